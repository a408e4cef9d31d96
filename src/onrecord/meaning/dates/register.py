"""Dates that can be read two ways, settled by what the register knows of an instrument named beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.meaning.context import Context
from onrecord.meaning.registers.instruments import Instrument, instrument, known_expiry
from onrecord.types import DateExpression, InstrumentMention, Span

_NEAR = 300  # code points between a date and the name of the instrument it belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The dates with the right reading first, and by span why it was taken."""

    dates: tuple[DateExpression, ...]
    reasons: dict[Span, str]


def settle_by_register(context: Context, mentions: Sequence[InstrumentMention]) -> Settled:
    """The dates of the text; of one with two readings the one that the register gives for an instrument near it.

    The reading that was second takes the place of the first where only it is a day of the instrument.
    """
    reasons: dict[Span, str] = {}
    dates = []
    for found in context.dates:
        if found.other is not None:
            found, reason = _settle(context, found, mentions)
            reasons.update({found.span: reason} if reason else {})
        dates.append(found)
    return Settled(dates=tuple(dates), reasons=reasons)


def _settle(
    context: Context, found: DateExpression, mentions: Sequence[InstrumentMention]
) -> tuple[DateExpression, str | None]:
    days = {day: reason for mention in _near(context, found.span, mentions) for day, reason in _days(mention, context)}
    if found.start in days:
        return found, days[found.start]
    if found.other not in days or found.other is None:
        return found, None
    day = found.other
    swapped = replace(found, start=day, end=day + timedelta(days=1), timex=day.isoformat(), other=found.start)
    return swapped, days[day]


def _near(context: Context, at: Span, mentions: Sequence[InstrumentMention]) -> list[InstrumentMention]:
    """The mentions in the paragraph of a date and not far from it, the nearest last so that it has the word."""
    paragraph = context.paragraph(at.start)
    rows = [(abs(m.span.start - at.start), n) for n, m in enumerate(mentions) if paragraph.covers(m.span)]
    return [mentions[n] for far, n in sorted(rows, reverse=True) if far <= _NEAR]


def _days(mention: InstrumentMention, context: Context) -> Iterator[tuple[date, str]]:
    """The days of an instrument as known on the day of publication, each with a sentence that says so."""
    entry = instrument(mention.name)
    if entry is not None:
        named = ((day, words) for day, words in _acts(entry, context.published) if day)
        yield from ((day, f"{entry.name} {words} {day}") for day, words in named)


def _acts(entry: Instrument, published: date | None) -> Iterator[tuple[date | None, str]]:
    yield from ((act.day, f"saw its {act.kind} on") for act in entry.events)
    yield entry.signed, "was signed on"
    yield entry.in_force, "entered into force on"
    yield entry.provisional, "was applied from"
    yield entry.expires, "expires on"
    end = known_expiry(entry, published) if published else entry.ended
    yield end, "expires on" if published is None or (end and end > published) else "ended on"
