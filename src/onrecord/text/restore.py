"""Spans of a reading, from the working copy back to the text of record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from onrecord.text.repair import Repaired
from onrecord.types import Attribution, Reading, Span, Spans, Speaker, Statement

Back = Callable[[Span], Span]


def restore(reading: Reading, repaired: Repaired) -> Reading:
    """The same reading with every span pointing into `reading.document.text`."""
    if not repaired.maps:
        return reading
    back = repaired.original
    return replace(
        reading,
        statements=tuple(_statement(statement, back) for statement in reading.statements),
        dates=tuple(replace(date, span=back(date.span)) for date in reading.dates),
        headings=_spans(reading.headings, back),
        flags=tuple(replace(flag, span=back(flag.span)) for flag in reading.flags),
    )


def _spans(spans: Spans, back: Back) -> Spans:
    return tuple(back(span) for span in spans)


def _statement(statement: Statement, back: Back) -> Statement:
    occasion, said_on = statement.occasion, statement.said_on
    return replace(
        statement,
        attribution=_attribution(statement.attribution, back),
        speaker=_speaker(statement.speaker, back),
        via=tuple(replace(via, span=back(via.span)) for via in statement.via),
        occasion=occasion and replace(occasion, span=back(occasion.span)),
        said_on=said_on and replace(said_on, span=back(said_on.span)),
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
