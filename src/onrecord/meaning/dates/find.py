"""Dates in the prose of news, with TIMEX3 values: a small grammar, resolved against the day of publication.

Conventions. `start` is inclusive, `end` exclusive. A length of time ahead ("within 30 days", "in the next two years")
stands for the day it falls due: `start` is that day, `end` the next one, `timex` the length (P30D). A length behind
("over the past decade") runs from then until the reference day. "The end of June" is its last day, "early", "mid" and
"late" a third of a month or year. Dotted dates are day first; slashed ones month first unless another date in the
document cannot be read so; `other` keeps the second reading. A weekday alone is the nearest one at or before the
reference day, unless its sentence looks ahead. Spans leave out the preposition except where it makes the date, as in
"within ten days". Times of day, sets ("every Friday"), plain durations ("for three years") and holidays are not
reported.

TIMEX3: Pustejovsky et al., "TimeML", 2003; TimeML annotation guidelines 1.2.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from onrecord.meaning.dates import absolute as dates_absolute
from onrecord.meaning.dates import periods as dates_periods
from onrecord.meaning.dates import relative as dates_relative
from onrecord.meaning.dates.ambiguous import ambiguous_flags
from onrecord.meaning.dates.calendar import day_or_none
from onrecord.meaning.dates.context import Context, context
from onrecord.meaning.dates.grammar import Shape, find_shapes
from onrecord.meaning.dates.words import date_words
from onrecord.types import DateExpression, Flag, Segments, Span

_HANDLERS = {**dates_absolute.HANDLERS, **dates_periods.HANDLERS, **dates_relative.HANDLERS}
_DATELINE_REACH = 500  # code points from the top in which a dateline stands
_DAY = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")
_DOUBLED = re.compile(r"([A-Z][a-z]+)\.?\s(\d{1,2})\.(\d{1,2})")


def find_dates(segments: Segments, *, published: date | None) -> tuple[DateExpression, ...]:
    """Every date in the text, in order and disjoint; `published` is what incomplete ones are resolved against.

    Without it the dateline of the text serves, if it has one with a year; else incomplete dates get no days, only a
    TIMEX3 value.
    """
    if published is not None:
        return _read(context(segments, reference=published, basis="published"))
    found = _read(context(segments, reference=None, basis="none"))
    line = _dateline(segments.text, found)
    return found if line is None else _read(context(segments, reference=line, basis="anchor"))


def _read(ctx: Context) -> tuple[DateExpression, ...]:
    def accept(shape: Shape) -> bool:
        found = _HANDLERS[shape.kind](shape, ctx)
        if found is not None:
            ctx.done.append(found)
        return found is not None

    for _ in find_shapes(ctx.text, accept):
        pass
    return tuple(ctx.done)


def _dateline(text: str, found: tuple[DateExpression, ...]) -> date | None:
    """The day in "BERN, 20 March 2023 -" or alone on its line, near the top."""
    for each in found:
        if each.span.start > _DATELINE_REACH:
            return None
        line = text[text.rfind("\n", 0, each.span.start) + 1 : each.span.start]
        ends = re.match(r"\s*(?:[-\u2013\u2014:)(|]|\n|$|\.\s?\n)", text[each.span.end : each.span.end + 4])
        if (
            each.start
            and each.grain == "day"
            and each.basis == "stated"
            and ends
            and re.fullmatch(r"[^.!?]{0,60}", line)
        ):
            return each.start
    return None


def date_flags(
    segments: Segments,
    dates: tuple[DateExpression, ...],
    *,
    published: date | None = None,
    reasons: Mapping[Span, str] | None = None,
) -> tuple[Flag, ...]:
    """`ambiguous-date` for a date with a second reading; `date-conflict` for one that contradicts itself.

    A date contradicts itself where the calendar has no such day, where its month is given twice and differs, or where
    its weekday is not that day's. `reasons` says, by span, why a reading was taken (`settle_by_register`).
    """
    doubtful = ambiguous_flags(segments.text, dates, published=published, reasons=reasons or {})
    wrong = (_flag(each, each.span.of(segments.text)) for each in dates if each.other is None)
    return tuple(sorted((*doubtful, *(flag for flag in wrong if flag is not None)), key=lambda flag: flag.span))


def _flag(found: DateExpression, words: str) -> Flag | None:
    message_or_none = _impossible(found, words) or _disagrees(words) or _wrong_weekday(found, words)
    return Flag(kind="date-conflict", span=found.span, message=message_or_none) if message_or_none else None


def _impossible(found: DateExpression, words: str) -> str | None:
    parts = _DAY.fullmatch(found.timex)
    if found.grain != "day" or found.start is not None or parts is None:
        return None
    year = int(parts[1]) if parts[1].isdigit() else 2000
    return None if day_or_none(year, int(parts[2]), int(parts[3])) else f"There is no such day as {words}."


def _disagrees(words: str) -> str | None:
    doubled = _DOUBLED.match(words)
    if doubled is None or doubled[1].lower() not in date_words().months:
        return None
    if date_words().month(doubled[1]) in (int(doubled[2]), int(doubled[3])):
        return None
    return f"{words} names two months: {doubled[1]} and {doubled[3]}."


def _wrong_weekday(found: DateExpression, words: str) -> str | None:
    name = re.match(r"[A-Za-z]+", words)
    number = date_words().weekdays.get(name.group().lower()) if name else None
    if (
        number is None
        or found.start is None
        or found.grain != "day"
        or not re.search(r"\d", words)
        or found.start.weekday() == number
    ):
        return None
    return f"{words}: {found.start.isoformat()} is a {found.start:%A}."
