"""What the statements of a document mean, step by step: each step knows the context and what those before it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.meaning.agendas import agenda_flags, find_agendas
from onrecord.meaning.categories import find_events
from onrecord.meaning.conditions import find_conditions
from onrecord.meaning.context import Context
from onrecord.meaning.counterparts import find_counterparts
from onrecord.meaning.dates import date_flags, find_dates
from onrecord.meaning.dates.register import settle_by_register
from onrecord.meaning.deadlines import find_deadlines
from onrecord.meaning.flags.events import event_flags
from onrecord.meaning.flags.instruments import instrument_flags
from onrecord.meaning.flags.offices import office_flags
from onrecord.meaning.flags.self import self_contradictions
from onrecord.meaning.instruments import find_instruments
from onrecord.meaning.issues import find_issues
from onrecord.meaning.mentions import find_cast
from onrecord.meaning.positions import find_positions
from onrecord.meaning.speakers import resolve
from onrecord.types import (
    Agenda,
    Attribution,
    Condition,
    DateExpression,
    Deadline,
    Event,
    Flag,
    InstrumentMention,
    Issue,
    Position,
    Segments,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What one statement means."""

    counterparts: tuple[str, ...]
    issues: tuple[Issue, ...]
    instruments: tuple[InstrumentMention, ...]
    position: Position | None
    event: Event | None
    conditions: tuple[Condition, ...]
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """`statements` in the order of the context's attributions; the rest is the article's. `dates` are settled by the
    register where they could be read two ways.
    """

    statements: tuple[Means, ...]
    dates: tuple[DateExpression, ...]
    agendas: tuple[Agenda, ...]
    instruments: tuple[InstrumentMention, ...]
    deadlines: tuple[Deadline, ...]
    flags: tuple[Flag, ...]


def read_context(segments: Segments, attributions: Sequence[Attribution], *, published: date | None) -> Context:
    """The dates, persons and places of a document, and who speaks; `published` is the reference date."""
    cast = find_cast(segments)
    return Context(
        segments=segments,
        published=published,
        dates=find_dates(segments, published=published),
        cast=cast,
        attributions=tuple(attributions),
        speakers=resolve(cast, attributions, published=published),
    )


def understand(context: Context) -> Understood:
    """All that this package knows to say of a document beyond who speaks."""
    instruments = find_instruments(context)
    settled = settle_by_register(context, instruments.mentions)
    context = replace(context, dates=settled.dates)
    counterparts = find_counterparts(context)
    issues = find_issues(context, instruments)
    conditions = find_conditions(context)
    positions = find_positions(context, conditions)
    deadlines = find_deadlines(context, instruments)
    rows = zip(
        counterparts,
        issues,
        instruments.of,
        positions,
        find_events(context, positions, counterparts),
        conditions,
        deadlines.of,
        strict=True,
    )
    flags = (
        *date_flags(context.segments, settled.dates, published=context.published, reasons=settled.reasons),
        *event_flags(context),
        *office_flags(context),
        *instrument_flags(context, instruments),
        *agenda_flags(context),
        *self_contradictions(context, positions, issues, instruments),
    )
    return Understood(
        statements=tuple(
            Means(
                counterparts=codes,
                issues=about,
                instruments=named,
                position=position,
                event=event,
                conditions=hangs,
                deadlines=due,
            )
            for codes, about, named, position, event, hangs, due in rows
        ),
        dates=settled.dates,
        agendas=find_agendas(context, counterparts),
        instruments=instruments.narration,
        deadlines=deadlines.narration,
        flags=flags,
    )
