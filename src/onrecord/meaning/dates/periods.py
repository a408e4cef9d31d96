"""What the shapes of longer stretches mean: years, decades, quarters, halves, seasons, their beginnings and ends."""

from __future__ import annotations

import re
from datetime import date

from onrecord.meaning.dates import calendar
from onrecord.meaning.dates.calendar import DAY, Period
from onrecord.meaning.dates.context import Context
from onrecord.meaning.dates.grammar import Shape
from onrecord.meaning.dates.shared import Handler, amount, labelled, relative_year, year_of
from onrecord.meaning.dates.words import date_words
from onrecord.types import DateExpression, Span

_YEAR_LEAD = re.compile(
    r"\b(?:in|since|until|till|by|from|before|after|during|between|around|circa|c\.|early|late|of|year|and|ca\.|around|about|to|the|through|born|b\.)\s$",
    re.I,
)


def a_year(shape: Shape, ctx: Context) -> DateExpression | None:
    """In 2021; the 2015 nuclear deal; not resolution 2231, Boeing 737 or 2000 people."""
    at, y = shape.span, int(shape.part("y") or 0)
    if labelled(ctx, at) and not re.search(r"\b(?:part|office|act|bill)\s$", ctx.before(at, 8), re.I):
        return None
    if amount(ctx, at) and not re.search(r"(?:^|\s)In\s$", ctx.before(at, 4)):
        return None
    before = ctx.before(at, 14)
    if re.search(
        rf"\b(?:over|under|some|every|least|most|to|{'|'.join(date_words().approximations)})\s$", before
    ) and re.match(r"\s[a-z]+s\b", ctx.after(at, 20)):
        return None
    if not 1900 <= y <= 2040 and not _old_year(ctx, at, y):
        return None
    if re.match(r"\s?[-–]?(?:strong|plus|word|person|page|mile|km)\b", ctx.after(at, 10)):
        return None
    return ctx.stated(at, calendar.year(y))


def _old_year(ctx: Context, at: Span, y: int) -> bool:
    """Whether a number outside our own time is a year: words before tell, and no plural noun after it."""
    if re.match(r"\s(?!was\b|is\b|as\b|its\b|his\b|this\b|has\b)[a-z]+s\b", ctx.after(at, 20)):
        return False
    before = ctx.before(at, 14)
    return bool(_YEAR_LEAD.search(before)) or (y < 1900 and re.search(r"(?:['’]s\s|[tT]his\s|\()$", before) is not None)


def other_year(shape: Shape, ctx: Context) -> DateExpression | None:
    """FY2023, pre-2015, '98."""
    y = year_of(shape, ctx)
    return ctx.stated(shape.span, calendar.year(y)) if y else None


def years(shape: Shape, ctx: Context) -> DateExpression | None:
    """Between 2015 and 2018; 2015-16."""
    at, y1, tail = shape.span, int(shape.part("y1") or 0), shape.part("y2") or ""
    y2 = int(tail) if len(tail) == 4 else y1 // 100 * 100 + int(tail)
    to, lead = (shape.part("to") or "").strip(), (shape.part("lead") or "").strip().lower()
    spoken = to.isalpha() or to == "&"
    if (spoken and len(tail) == 2) or (to in ("and", "&") and lead != "between") or (to == "/" and y2 != y1 + 1):
        return None
    if (
        not 0 < y2 - y1 <= 400
        or y2 > 2100
        or labelled(ctx, at)
        or amount(ctx, at)
        or (len(tail) == 2 and to == "-" and int(tail) <= 12 and y2 - y1 > 12)
    ):
        return None
    return ctx.stated(at, Period(grain="year", timex=f"{y1}/{y2}", start=date(y1, 1, 1), end=date(y2 + 1, 1, 1)))


def a_decade(shape: Shape, ctx: Context) -> DateExpression | None:
    """The 1990s, the '90s."""
    short = shape.part("yy") or shape.part("y2")
    first = int(shape.part("y") or 0) or (2000 if int(short or 0) <= 20 else 1900) + int(short or 0)
    return ctx.stated(shape.span, calendar.decade(first))


def part_decade(shape: Shape, ctx: Context) -> DateExpression | None:
    """The early 1990s: years 0 to 3, the middle 4 to 6, late 7 to 9."""
    first = int(shape.part("y") or 0)
    low, high = {"early": (0, 4), "mid": (4, 7), "late": (7, 10)}[shape.part("part") or ""]
    period = Period(grain="decade", timex=f"{first // 10}", start=date(first + low, 1, 1), end=date(first + high, 1, 1))
    return ctx.stated(shape.span, period)


def quarter(shape: Shape, ctx: Context) -> DateExpression | None:
    """The third quarter of 2023; the first half of this year; Q3 2023."""
    code = "2" if shape.kind == "quarter_code" and shape.part("y2") else ""
    kind, nth = shape.part(f"kind{code}") or "", shape.part(f"nth{code}") or ""
    number = {"second": 2, "third": 3, "fourth": 4}.get(nth) or (int(nth[0]) if nth[0].isdigit() else 1)
    make = calendar.quarter if kind.lower().startswith("q") else calendar.half
    if nth in ("last", "final"):
        number = 4 if make is calendar.quarter else 2
    if make is calendar.half and number > 2:
        return None
    y = year_of(shape, ctx, f"y{code}")
    if y:
        return ctx.stated(shape.span, make(y, number))
    y = relative_year(ctx, shape.part("which"))
    if not y:
        return ctx.resolved(
            shape.span,
            Period(grain=make(2000, 1).grain, timex=f"XXXX-{'Q' if make is calendar.quarter else 'H'}{number}"),
        )
    return ctx.resolved(shape.span, make(y, number))


_STILL_TO_DO = re.compile(r"\bto\s[a-z]+(?:\s[\w’'-]+){0,6}?\s(?:in|by|until|before)\s$")


def quarter_bare(shape: Shape, ctx: Context) -> DateExpression | None:
    """In the third quarter: the next one where the words look ahead, the last one where they look back."""
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4}[shape.part("nth") or ""]
    ahead = _STILL_TO_DO.search(ctx.before(shape.span, 80)) is not None
    way = "future" if ahead else ctx.direction(shape.span)
    if ctx.reference is None or way is None:
        return None
    near = [calendar.quarter(ctx.reference.year + step, number) for step in (-1, 0, 1)]
    if way == "future":
        return ctx.resolved(shape.span, next(p for p in near if p.end and p.end > ctx.reference))
    return ctx.resolved(shape.span, next(p for p in reversed(near) if p.start and p.start <= ctx.reference))


def half_month(shape: Shape, ctx: Context) -> DateExpression | None:
    """The second half of May: from the 16th on."""
    number, y = date_words().month(shape.part("m") or ""), year_of(shape, ctx)
    stated = y is not None
    y = y or ctx.year_for(shape.span, number, None)
    if not y:
        return ctx.resolved(shape.span, Period(grain="month", timex=f"XXXX-{number:02d}"))
    whole = calendar.month(y, number)
    middle = date(y, number, 16)
    first = shape.part("nth") in ("first", "1st")
    period = Period(
        grain="month", timex=whole.timex, start=whole.start if first else middle, end=middle if first else whole.end
    )
    return ctx.stated(shape.span, period) if stated else ctx.resolved(shape.span, period)


def season(shape: Shape, ctx: Context) -> DateExpression | None:
    """Summer 2024; this summer; last winter; in the spring."""
    code, which = date_words().seasons[(shape.part("season") or "").lower()], (shape.part("which") or "").lower()
    y = year_of(shape, ctx)
    if y:
        return ctx.stated(shape.span, calendar.season(y, code))
    if ctx.reference is None:
        return ctx.resolved(shape.span, Period(grain="season", timex=f"XXXX-{code}"))
    if shape.kind == "season":
        return ctx.resolved(shape.span, calendar.season(relative_year(ctx, which) or 0, code))
    return ctx.resolved(shape.span, _season_near(ctx, shape.span, code, which))


def _season_near(ctx: Context, at: Span, code: str, which: str) -> Period:
    today = ctx.reference
    assert today is not None
    near = [calendar.season(today.year + step, code) for step in (-2, -1, 0, 1)]
    gone = [p for p in near if p.end and p.end <= today]
    ahead = [p for p in near if p.start and p.start > today]
    now = [p for p in near if p not in gone and p not in ahead]
    way = ctx.direction(at)
    if which in ("last", "this past", "the past"):
        return gone[-1]
    if which in ("next", "this coming", "the coming"):
        return ahead[0]
    if now:
        return now[0]
    if which == "this" and not (code == "WI" and today.month <= 5 and way != "future"):
        return next((p for p in near if p.start and p.start.year == today.year), ahead[0])
    return ahead[0] if way == "future" else gone[-1]


_FIRST_PARTS = ("early", "beginning", "start", "turn")


def _cut(part: str, whole: Period) -> Period:
    """Early, mid, late: thirds of a period; its end and its beginning: the last and the first day."""
    word = part.lower().removeprefix("the ").split()[0].rstrip("-.")
    start, end = whole.start, whole.end
    if start is None or end is None:
        return whole
    if word in ("end", "close"):
        return calendar.day(end - DAY)
    if word in ("beginning", "start", "turn"):
        return calendar.day(start)
    third = (end - start) / 3
    if whole.grain == "year":
        cuts = [start, date(start.year, 5, 1), date(start.year, 9, 1), end]
    elif whole.grain == "month":
        cuts = [start, start.replace(day=11), start.replace(day=21), end]
    else:
        cuts = [start, start + third, start + 2 * third, end]
    at = {"early": 0, "mid": 1, "middle": 1, "late": 2}[word]
    return Period(grain=whole.grain, timex=whole.timex, start=cuts[at], end=cuts[at + 1])


def part_month(shape: Shape, ctx: Context) -> DateExpression | None:
    """Early March; the end of June 2023."""
    number, y = date_words().month(shape.part("m") or ""), year_of(shape, ctx)
    at, part = shape.span, shape.part("part") or ""
    if y:
        return ctx.stated(at, _cut(part, calendar.month(y, number)))
    y = ctx.year_for(at, number, None)
    whole = calendar.month(y, number) if y else Period(grain="month", timex=f"XXXX-{number:02d}")
    return ctx.resolved(at, _cut(part, whole))


def part_year(shape: Shape, ctx: Context) -> DateExpression | None:
    """Late 2023; the end of 2024."""
    return ctx.stated(shape.span, _cut(shape.part("part") or "", calendar.year(int(shape.part("y") or 0))))


def part_unit(shape: Shape, ctx: Context) -> DateExpression | None:
    """The end of next month; early this year; the end of the week."""
    unit, which = shape.part("unit") or "", (shape.part("which") or "").lower()
    if re.match(r"['’]s\b|-", ctx.after(shape.span, 2)):
        return None
    if ctx.reference is None:
        return ctx.resolved(
            shape.span, Period(grain=calendar.grain_of(unit), timex=calendar.duration(1, unit).replace("P1", "XX"))
        )
    step = {"last": -1, "next": 1, "the following": 1}.get(which, 0)
    whole = calendar.around(calendar.shift(ctx.reference, step, unit), unit)
    return ctx.resolved(shape.span, _cut(shape.part("part") or "", whole))


def period_end(shape: Shape, ctx: Context) -> DateExpression | None:
    """By year-end; at month-end: the last day."""
    unit = shape.kind.removesuffix("_end")
    if ctx.reference is None:
        return ctx.resolved(shape.span, Period(grain="day", timex="XXXX-12-31" if unit == "year" else "XXXX-XX-XX"))
    whole = calendar.around(ctx.reference, unit)
    assert whole.end is not None
    return ctx.resolved(shape.span, calendar.day(whole.end - DAY))


HANDLERS: dict[str, Handler] = {
    "part_month": part_month,
    "part_year": part_year,
    "part_unit": part_unit,
    "year_end": period_end,
    "month_end": period_end,
    "part_decade": part_decade,
    "half_month": half_month,
    "quarter_bare": quarter_bare,
    "quarter": quarter,
    "quarter_code": quarter,
    "season": season,
    "season_this": season,
    "season_the": season,
    "decade": a_decade,
    "years": years,
    "year": a_year,
    "year_pre": other_year,
    "year_short": other_year,
    "fiscal": other_year,
}
