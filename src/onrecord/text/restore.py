"""Spans of a reading, from the working copy back to the text of record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from onrecord.text.repair import Repaired
from onrecord.types import (
    AgendaItem,
    Attribution,
    Condition,
    DateExpression,
    Deadline,
    Flag,
    InstrumentMention,
    Reading,
    Span,
    Spans,
    Speaker,
    Statement,
    Via,
)

Back = Callable[[Span], Span]
Row = TypeVar("Row", AgendaItem, Condition, DateExpression, Deadline, Flag, InstrumentMention, Via)


def restore(reading: Reading, repaired: Repaired) -> Reading:
    """The same reading with every span pointing into `reading.document.text`."""
    if not repaired.maps:
        return reading
    back = repaired.original
    return replace(
        reading,
        statements=tuple(_statement(statement, back) for statement in reading.statements),
        dates=_each(reading.dates, back),
        headings=_spans(reading.headings, back),
        flags=_each(reading.flags, back),
        agendas=tuple(replace(agenda, items=_each(agenda.items, back)) for agenda in reading.agendas),
        instruments=_each(reading.instruments, back),
        deadlines=_each(reading.deadlines, back),
    )


def _each(rows: tuple[Row, ...], back: Back) -> tuple[Row, ...]:
    return tuple(replace(row, span=back(row.span)) for row in rows)


def _spans(spans: Spans, back: Back) -> Spans:
    return tuple(back(span) for span in spans)


def _statement(statement: Statement, back: Back) -> Statement:
    occasion, said_on, position = statement.occasion, statement.said_on, statement.position
    event = statement.event
    return replace(
        statement,
        attribution=_attribution(statement.attribution, back),
        speaker=_speaker(statement.speaker, back),
        via=_each(statement.via, back),
        occasion=occasion and replace(occasion, span=back(occasion.span)),
        said_on=said_on and replace(said_on, span=back(said_on.span)),
        issues=tuple(replace(issue, evidence=_spans(issue.evidence, back)) for issue in statement.issues),
        event=event and replace(event, evidence=_spans(event.evidence, back)),
        instruments=_each(statement.instruments, back),
        position=position and replace(position, evidence=_spans(position.evidence, back)),
        conditions=_each(statement.conditions, back),
        deadlines=_each(statement.deadlines, back),
    )


def _attribution(attribution: Attribution, back: Back) -> Attribution:
    """Two words made of one damaged character come back to the same place: the later role lets go of it."""
    content = _spans(attribution.content, back)
    taken = list(content)
    cue = tuple(span for span in _spans(attribution.cue, back) if not any(span.overlaps(other) for other in taken))
    taken += cue
    source = back(attribution.source) if attribution.source else None
    if source and any(source.overlaps(other) for other in taken):
        source = None
    return replace(attribution, source=source, cue=cue, content=_disjoint(content))


def _disjoint(spans: Spans) -> Spans:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or not kept[-1].overlaps(span):
            kept.append(span)
    return tuple(kept)


def _speaker(speaker: Speaker, back: Back) -> Speaker:
    return replace(speaker, mention=speaker.mention and back(speaker.mention))
