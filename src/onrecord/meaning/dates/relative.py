"""What the relative shapes of `dates_grammar` mean: weekdays, today, last week, two days ago, within 30 days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from onrecord.meaning.dates import calendar
from onrecord.meaning.dates.calendar import DAY, Period
from onrecord.meaning.dates.context import Context
from onrecord.meaning.dates.grammar import Shape
from onrecord.meaning.dates.words import date_words
from onrecord.types import DateExpression, Span

Handler = Callable[[Shape, Context], DateExpression | None]
_STOP = re.compile(r"\s*(?:[.,;:)\]!?\"”’'–—-]|$|\s(?:that|and|but|he|she|they|it|in|at|said|to|with|when|on|from)\b)")
_END = re.compile(r"\s*(?:[.,;:)!?]|$)")
_AHEAD = ("from now", "from today", "hence")
_STEP = {"yesterday": -1, "today": 0, "tomorrow": 1}


def _unresolved(ctx: Context, at: Span, timex: str, unit: str = "day") -> DateExpression:
    return ctx.resolved(at, Period(grain=calendar.grain_of(unit), timex=timex))


def deictic_day(shape: Shape, ctx: Context) -> DateExpression | None:
    """Today, yesterday morning, tonight, last night, this afternoon."""
    at, word, part = shape.span, (shape.part("day") or "").lower(), shape.part("part")
    if word == "today" and re.search(r"\b(?:Russia|USA|India|Psychology|History)\s$", ctx.before(at, 12)):
        return None
    if tonight := shape.part("tonight"):
        word, part = ("yesterday" if tonight.lower().startswith("last") else "today"), "night"
    elif this := shape.part("this"):
        word, part = "today", this
    if ctx.reference is None:
        return _unresolved(ctx, at, {"yesterday": "PAST_REF", "today": "PRESENT_REF", "tomorrow": "FUTURE_REF"}[word])
    of = ctx.reference + _STEP[word] * DAY
    return ctx.resolved(at, calendar.time_of(of, part) if part else calendar.day(of))


def day_beyond(shape: Shape, ctx: Context) -> DateExpression | None:
    """The day before yesterday, the day after tomorrow."""
    steps = {("before", "yesterday"): -2, ("after", "tomorrow"): 2}.get(
        (shape.part("way") or "", shape.part("day") or "")
    )
    if steps is None:
        return None
    if ctx.reference is None:
        return _unresolved(ctx, shape.span, "PAST_REF" if steps < 0 else "FUTURE_REF")
    return ctx.resolved(shape.span, calendar.day(ctx.reference + steps * DAY))


def weekday(shape: Shape, ctx: Context) -> DateExpression | None:
    """On Thursday, last Tuesday, next Friday, Monday morning, Monday of next week."""
    at, words = shape.span, date_words()
    before, after = ctx.before(at, 20).rstrip(), ctx.after(at, 20)
    if before.endswith(words.weekday_name_before) or after.startswith(
        tuple(f" {name}" for name in words.weekday_name_after)
    ):
        return None
    number = words.weekdays[(shape.part("weekday") or "").lower()]
    which = (shape.part("which") or "").lower()
    part = shape.part("part")
    if which in ("the following", "the next", "the previous", "the preceding"):
        return _weekday_from_anchor(ctx, at, number, which)
    if ctx.reference is None:
        return _unresolved(ctx, at, f"XXXX-WXX-{number + 1}")
    of = _weekday_near(ctx, at, number, which, shape.part("week"))
    return ctx.resolved(at, calendar.time_of(of, part) if part else calendar.day(of))


def _weekday_near(ctx: Context, at: Span, number: int, which: str, week: str | None) -> date:
    today = ctx.reference
    assert today is not None
    monday = today - today.weekday() * DAY
    latest = today - (today.weekday() - number) % 7 * DAY
    if week:
        return monday + (number + {"last": -7, "this": 0, "next": 7}[week]) * DAY
    if which == "next":
        return monday + (number + 7) * DAY
    if which in ("last", "this past"):
        return latest if latest < today else latest - 7 * DAY
    coming = latest if latest == today else latest + 7 * DAY
    if which == "this coming":
        return latest + 7 * DAY
    return coming if ctx.direction(at) == "future" or (which == "this" and ctx.direction(at) is None) else latest


def _weekday_from_anchor(ctx: Context, at: Span, number: int, which: str) -> DateExpression:
    anchor = ctx.anchor(at)
    if anchor is None:
        return _unresolved(ctx, at, f"XXXX-WXX-{number + 1}")
    ahead = (number - anchor.weekday() - 1) % 7 + 1
    return ctx.anchored(
        at,
        calendar.day(
            anchor + (ahead if which in ("the following", "the next") else ahead - 7 if ahead < 7 else -7) * DAY
        ),
    )


def counted(shape: Shape, ctx: Context) -> DateExpression | None:
    """Two days ago, three weeks later, a year earlier, six months from now."""
    at, way = shape.span, re.sub(r"\s", " ", shape.part("way") or "")
    if way in ("before", "after", "prior", "on", "later", "earlier") and not _STOP.match(ctx.after(at, 12)):
        return None
    if way == "on" or re.match(r"\sthan\b", ctx.after(at, 6)):
        return None
    unit = _unit(shape)
    count = date_words().number(shape.part("n") or "") if shape.kind == "ago" else None
    sign = -1 if way in ("ago", "earlier", "before", "prior") else 1
    if way in ("before", "prior", "after") and not _END.match(ctx.after(at, 6)):
        return None
    if way in _AHEAD and count is not None:
        return _due(ctx, at, ctx.reference, count, unit, anchored=False)
    anchor = ctx.reference if way in ("ago", *_AHEAD) else ctx.anchor(at)
    anchored = anchor is not None and way not in ("ago", *_AHEAD)
    made = _moved(anchor, count, unit, sign, half=bool(shape.part("half") or shape.part("half2")))
    if made is None:
        return _unresolved(ctx, at, calendar.duration(count, unit), unit)
    return ctx.anchored(at, made) if anchored else ctx.resolved(at, made)


def _unit(shape: Shape) -> str:
    unit = (shape.part("unit") or "").lower()
    return "century" if unit.startswith("centur") else unit


def _moved(anchor: date | None, count: int | None, unit: str, sign: int, *, half: bool) -> Period | None:
    """The calendar unit a length of time away from the anchor; None where there is no saying."""
    if anchor is None or (count is None and not half):
        return None
    try:
        to = calendar.shift(anchor, sign * (count or 0), unit)
        if half:
            months = {"year": 6, "decade": 60, "century": 600}.get(unit)
            to = calendar.shift(to, sign * months, "month") if months else to
    except (ValueError, OverflowError):
        return None
    if half and unit == "year":
        return calendar.around(to, "month")
    if unit in ("decade", "century"):
        return calendar.around(to, "year")
    return calendar.around(to, unit)


def the_day_before(shape: Shape, ctx: Context) -> DateExpression | None:
    """The day before, the week after: counted from the last date named; not "the day before the vote"."""
    at, unit = shape.span, shape.part("unit") or ""
    if not re.match(r"\s*(?:[.,;:)!?\"”—–]|$|\s(?:that|and|he|she|in)\b)", ctx.after(at, 8)):
        return None
    made = _moved(ctx.anchor(at), 1, unit, -1 if shape.part("way") != "after" else 1, half=False)
    return ctx.anchored(at, made) if made else _unresolved(ctx, at, calendar.duration(1, unit), unit)


def within(shape: Shape, ctx: Context) -> DateExpression | None:
    """Within ten days, in three weeks: `start` is the day it falls due, `end` the day after.

    Counted from the day of saying where one is named just before, else from publication.
    """
    at, unit, count = shape.span, _unit(shape), date_words().number(shape.part("n") or "")
    ahead = (
        shape.part("in") in ("Within", "within", "inside", "Inside")
        or bool(shape.part("from"))
        or "time" in at.of(ctx.text)[-6:]
    )
    if not ahead and not (shape.part("in") or "").lower().startswith("no") and not _plain_in_is_ahead(ctx, at):
        return None
    if re.match(r"\s(?:of|after)\s", ctx.after(at, 8)) or count is None:
        return _unresolved(ctx, at, calendar.duration(count, unit), unit)
    said = ctx.saying(at)
    return _due(ctx, at, said or ctx.reference, count, unit, anchored=said not in (None, ctx.reference))


def _plain_in_is_ahead(ctx: Context, at: Span) -> bool:
    """ "In three weeks" looks ahead only with a verb that does; "the first time in three years" looks back."""
    if re.search(r"\b(?:times?|first|once|twice|\w+est|more|only|ever|since)(?:\s\w+)?\s$", ctx.before(at, 30)):
        return False
    if re.match(r"\s(?:of|that|to|since|ago)\b|['’]", ctx.after(at, 8)):
        return False
    return ctx.direction(at) == "future"


def _due(ctx: Context, at: Span, since: date | None, count: int, unit: str, *, anchored: bool) -> DateExpression:
    timex, grain = calendar.duration(count, unit), calendar.grain_of(unit)
    try:
        due = calendar.shift(since, count, unit) if since else None
    except (ValueError, OverflowError):
        due = None
    period = Period(grain=grain, timex=timex, start=due, end=due + DAY if due else None)
    return ctx.anchored(at, period) if anchored else ctx.resolved(at, period)


def window(shape: Shape, ctx: Context) -> DateExpression | None:
    """In the next two years: the day it falls due. Over the past decade: from then until the day of reference."""
    at, unit = shape.span, _unit(shape)
    count = date_words().number(shape.part("n") or "")
    if count is None or (ctx.reference is None):
        return _unresolved(ctx, at, calendar.duration(count, unit), unit)
    if shape.part("which") in ("next", "coming", "following"):
        return _due(ctx, at, ctx.reference, count, unit, anchored=False)
    return _since(ctx, at, count, unit)


def _since(ctx: Context, at: Span, count: int, unit: str) -> DateExpression:
    assert ctx.reference is not None
    timex, grain = calendar.duration(count, unit), calendar.grain_of(unit)
    try:
        start = calendar.shift(ctx.reference, -count, unit)
    except (ValueError, OverflowError):
        return _unresolved(ctx, at, timex, unit)
    return ctx.resolved(at, Period(grain=grain, timex=timex, start=start, end=ctx.reference))


def period(shape: Shape, ctx: Context) -> DateExpression | None:
    """This week, last month, next year, that year, the same day."""
    at, unit, which = shape.span, _unit(shape), (shape.part("which") or "").lower()
    if unit == "day" and which in ("this", "last", "next", "this past", "this coming", "the current"):
        return None
    if which in ("that", "the same", "that same"):
        return _from_anchor(ctx, at, unit, 0)
    if ctx.reference is None:
        timex = {"last": "PAST_REF", "this past": "PAST_REF", "next": "FUTURE_REF", "this coming": "FUTURE_REF"}
        return _unresolved(ctx, at, timex.get(which, "PRESENT_REF"), unit)
    step = {"last": -1, "this past": -1, "next": 1, "this coming": 1}.get(which, 0)
    if unit == "weekend":
        return ctx.resolved(at, _weekend(ctx, at, which))
    return ctx.resolved(
        at,
        calendar.around(
            calendar.shift(
                ctx.reference.replace(day=1) if unit in ("month", "quarter", "year", "decade") else ctx.reference,
                step,
                unit,
            ),
            unit,
        ),
    )


def _weekend(ctx: Context, at: Span, which: str) -> Period:
    today = ctx.reference
    assert today is not None
    this = calendar.weekend(today)
    if which in ("next", "this coming"):
        return calendar.weekend(today + 7 * DAY) if which == "next" else this
    back = (
        which in ("last", "this past")
        or (today.weekday() <= 2 and ctx.direction(at) is None)
        or ctx.direction(at) == "past"
        or (which == "the" and ctx.direction(at) is None)
    )
    return calendar.weekend(today - 7 * DAY) if back and (today.weekday() < 5 or which == "last") else this


def period_the(shape: Shape, ctx: Context) -> DateExpression | None:
    """The previous day and the following week count from the last date named; the past week from publication."""
    at, unit, which = shape.span, _unit(shape), shape.part("which") or ""
    if unit in ("morning", "evening"):
        if which not in ("next", "previous", "following", "same"):
            return None
        unit = "day"
    if unit == "night":
        unit = "day"
    if which in ("previous", "preceding", "following", "next", "same") and not (which == "next" and unit != "day"):
        return _from_anchor(ctx, at, unit, {"previous": -1, "preceding": -1, "same": 0}.get(which, 1))
    if ctx.reference is None:
        return _unresolved(ctx, at, calendar.duration(1, unit), unit)
    if which == "current":
        return ctx.resolved(at, calendar.around(ctx.reference, unit))
    if unit == "weekend":
        return ctx.resolved(at, _weekend(ctx, at, {"past": "last", "coming": "this coming"}.get(which, which)))
    if which in ("next", "coming"):
        return _due(ctx, at, ctx.reference, 1, unit, anchored=False)
    return _since(ctx, at, 1, unit)


def _from_anchor(ctx: Context, at: Span, unit: str, step: int) -> DateExpression:
    made = _moved(ctx.anchor(at), abs(step), unit, -1 if step < 0 else 1, half=False)
    return ctx.anchored(at, made) if made else _unresolved(ctx, at, calendar.duration(1, unit), unit)


def the_weekend(shape: Shape, ctx: Context) -> DateExpression | None:
    """Over the weekend."""
    if ctx.reference is None:
        return _unresolved(ctx, shape.span, "XXXX-WXX-WE")
    return ctx.resolved(shape.span, _weekend(ctx, shape.span, "the"))


def nth(shape: Shape, ctx: Context) -> DateExpression | None:
    """On the 14th: of the month of reference, or of the one before or after as the tense tells."""
    at, number = shape.span, date_words().day(shape.part("d") or "")
    if not 1 <= number <= 31:
        return None
    if ctx.reference is None:
        return _unresolved(ctx, at, f"XXXX-XX-{number:02d}")
    index = ctx.reference.year * 12 + ctx.reference.month - 1
    step = {"last": -1, "next": 1, "this": 0}.get(shape.part("which") or "")
    if step is None:
        way = ctx.direction(at)
        step = (
            -1
            if way != "future" and number > ctx.reference.day
            else 1
            if way == "future" and number < ctx.reference.day
            else 0
        )
    found = calendar.day_or_none((index + step) // 12, (index + step) % 12 + 1, number)
    return ctx.resolved(at, calendar.day(found)) if found else None


HANDLERS: dict[str, Handler] = {
    "deictic_day": deictic_day,
    "day_beyond": day_beyond,
    "weekday": weekday,
    "ago": counted,
    "half_ago": counted,
    "the_day_before": the_day_before,
    "within": within,
    "window": window,
    "period": period,
    "period_the": period_the,
    "weekend": the_weekend,
    "nth": nth,
}
