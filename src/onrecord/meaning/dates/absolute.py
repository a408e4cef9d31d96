"""What the calendar shapes of `dates_grammar` mean: days, months, years, quarters, seasons, decades."""

from __future__ import annotations

import re

from onrecord.meaning.dates import calendar
from onrecord.meaning.dates.calendar import DAY, Period
from onrecord.meaning.dates.context import Context
from onrecord.meaning.dates.grammar import Shape
from onrecord.meaning.dates.shared import LAST_WORD, Handler, amount, labelled, relative_year, year_of
from onrecord.meaning.dates.words import date_words
from onrecord.types import DateExpression, Span

_FUNCTION_WORD = re.compile(
    r"\s*(?:[.,;:)\]!?\"”’'–—-]|$|\s(?:in|at|on|and|the|to|that|with|for|by|from|after|before|during|when|he|she|it|they|of|as|his|her|put|said|told|[A-Z]\w+)\b)"
)
_MONTH_LEAD = re.compile(
    r"\b(?:in|since|until|till?|by|from|of|last|next|this|early|mid|late|through|before|after|during|between|for|and|or|to|"
    r"on an?|every|following|previous|past|coming|week|weekend|as of|est|end)[\s-]$",
    re.I,
)
_SURE_MONTH_LEAD = re.compile(
    r"\b(?:in|since|until|last|next|this|early|mid|late|during|through|throughout|following)[\s-]$", re.I
)


def _a_day(ctx: Context, at: Span, y: int | None, m: int, d: int, weekday: int | None = None) -> DateExpression:
    """A day of a month; the year may have to be found. An impossible day keeps its TIMEX3 value and no dates."""
    stated = y is not None
    told = None if stated else ctx.told_year(at, m)
    if told and (found := calendar.day_or_none(told, m, d)):
        return ctx.anchored(at, calendar.day(found))
    y = y if stated else ctx.year_for(at, m, d, weekday)
    found = calendar.day_or_none(y, m, d) if y else None
    period = calendar.day(found) if found else Period(grain="day", timex=f"{y or 'XXXX'}-{m:02d}-{d:02d}")
    return ctx.stated(at, period) if stated else ctx.resolved(at, period)


def iso(shape: Shape, ctx: Context) -> DateExpression | None:
    """2022-09-14."""
    y, m, d = (int(shape.part(name) or 0) for name in "ymd")
    found = calendar.day_or_none(y, m, d) if 1000 <= y <= 2200 else None
    return ctx.stated(shape.span, calendar.day(found)) if found else None


def _both_ways(shape: Shape, ctx: Context, day_first: bool) -> DateExpression | None:
    a, b = int(shape.part("a") or 0), int(shape.part("b") or 0)
    y = year_of(shape, ctx)
    if y is None or labelled(ctx, shape.span):
        return None
    first, second = calendar.day_or_none(y, b, a), calendar.day_or_none(y, a, b)
    if not day_first:
        first, second = second, first
    chosen, other = (first, second) if first else (second, None)
    if chosen is None:
        return None
    return ctx.stated(shape.span, calendar.day(chosen), other if other != chosen else None)


def dotted(shape: Shape, ctx: Context) -> DateExpression | None:
    """14.9.2022, 14.09.22: day first; the other reading is kept where the calendar allows it."""
    if len(shape.part("y") or "") == 2 and amount(ctx, shape.span):
        return None
    return _both_ways(shape, ctx, day_first=True)


def slashed(shape: Shape, ctx: Context) -> DateExpression | None:
    """9/14/16: month first unless another date in the document tells otherwise."""
    if shape.part("sep") == "-" and len(shape.part("y") or "") == 2:
        return None
    return _both_ways(shape, ctx, day_first=ctx.day_first or _only_ahead(shape, ctx))


def _only_ahead(shape: Shape, ctx: Context) -> bool:
    """Whether the words look ahead and only the reading with the day first does: "will attend on 1/10/2009"."""
    y, a, b = year_of(shape, ctx), int(shape.part("a") or 0), int(shape.part("b") or 0)
    if y is None or ctx.reference is None or ctx.direction(shape.span) != "future":
        return False
    by_month, by_day = calendar.day_or_none(y, a, b), calendar.day_or_none(y, b, a)
    return by_month is not None and by_day is not None and by_month < ctx.reference < by_day


def doubled(shape: Shape, ctx: Context) -> DateExpression | None:
    """December 2.12: machine translation gave the month twice. The half that is the named month is dropped."""
    at, m = shape.span, date_words().month(shape.part("m") or "")
    a, b = int(shape.part("a") or 0), int(shape.part("b") or 0)
    if amount(ctx, at) or (m not in (a, b) and not _FUNCTION_WORD.match(ctx.after(at, 20))):
        return None
    d = a if b == m or a != m else b
    if not 1 <= d <= 31 or not min(a, b) >= 1 or max(a, b) > 31:
        return None
    y = shape.part("y")
    return _a_day(ctx, at, int(y) if y else None, m, d)


def dotted2(shape: Shape, ctx: Context) -> DateExpression | None:
    """25.11 after "on" and the like; after other prepositions only where the document writes its dates so."""
    at, (a, b) = shape.span, (int(shape.part("a") or 0), int(shape.part("b") or 0))
    lead = ctx.before(at, 8).split()[-1:]
    sure = lead in (["on"], ["On"], ["before"], ["until"], ["since"]) or ctx.dotted
    if not (sure and 1 <= a <= 31 and 1 <= b <= 12) or amount(ctx, at) or not _FUNCTION_WORD.match(ctx.after(at, 24)):
        return None
    if re.match(r"\s(?:of|to)\s", ctx.after(at, 8)):
        return None
    made = _a_day(ctx, at, None, b, a)
    return made if made.start or ctx.reference is None else None


def slashed2(shape: Shape, ctx: Context) -> DateExpression | None:
    """On 11/8 (never 9/11, which is a name)."""
    a, b = int(shape.part("a") or 0), int(shape.part("b") or 0)
    m, d = (b, a) if ctx.day_first or a > 12 else (a, b)
    if (a, b) in ((9, 11), (7, 7)) or not (1 <= m <= 12 and 1 <= d <= 31):
        return None
    made = _a_day(ctx, shape.span, None, m, d)
    return made if made.start or ctx.reference is None else None


def days_range(shape: Shape, ctx: Context) -> DateExpression | None:
    """From 3 to 5 May; March 28 - April 3, 2023."""
    words, at = date_words(), shape.span
    m2, m1 = shape.part("m2"), shape.part("m1")
    last_month = words.month(m2 or m1 or "")
    first_month = words.month(m1 or m2 or "")
    d1, d2 = words.day(shape.part("d1") or ""), words.day(shape.part("d2") or "")
    joined = (shape.part("to") or "").strip() in ("and", "&")
    between = (shape.part("lead") or "").lower().startswith("between")
    if first_month == last_month and (d2 <= d1 or (joined and not between and d2 != d1 + 1)):
        return None
    if joined and not between and first_month != last_month:
        return None
    if amount(ctx, at) and not shape.part("y"):
        return None
    y2 = year_of(shape, ctx)
    y1 = year_of(shape, ctx, "y1")
    stated = y2 or y1
    if not stated:
        y1 = ctx.year_for(at, first_month, d1)
    y1 = y1 or (y2 - (first_month > last_month) if y2 else None)
    y2 = y2 or (y1 + (first_month > last_month) if y1 else None)
    first = calendar.day_or_none(y1, first_month, d1) if y1 else None
    last = calendar.day_or_none(y2, last_month, d2) if y2 else None
    if first is None or last is None or last < first:
        return (
            None
            if ctx.reference or stated
            else ctx.resolved(
                at, Period(grain="day", timex=f"XXXX-{first_month:02d}-{d1:02d}/XXXX-{last_month:02d}-{d2:02d}")
            )
        )
    period = Period(grain="day", timex=f"{first}/{last}", start=first, end=last + DAY)
    return ctx.stated(at, period) if stated else ctx.resolved(at, period)


def day_of_month(shape: Shape, ctx: Context) -> DateExpression | None:
    """14 September 2022; Wednesday, Sept. 14; the first of May."""
    words, at = date_words(), shape.span
    name, number = shape.part("m") or "", shape.part("d") or ""
    y = year_of(shape, ctx)
    if y is None and amount(ctx, at):
        return None
    if shape.kind == "day_month" and (labelled(ctx, at) or re.search(r"[\d/.:]$|\d\s$", ctx.before(at, 2))):
        return None
    if not number[0].isdigit() and " of " not in at.of(ctx.text) and name.lower() in ("march", "may"):
        return None
    weekday = shape.part("weekday")
    if (which := shape.part("which")) and (y := relative_year(ctx, which)):
        found = calendar.day_or_none(y, words.month(name), words.day(number))
        return ctx.resolved(at, calendar.day(found)) if found else None
    return _a_day(
        ctx, at, y, words.month(name), words.day(number), words.weekdays[weekday.lower()] if weekday else None
    )


def month(shape: Shape, ctx: Context) -> DateExpression | None:
    """September 2022; in August; last May (the words before decide, the span is the month alone)."""
    at, name = shape.span, shape.part("m") or ""
    y = year_of(shape, ctx)
    number = date_words().month(name)
    before = ctx.before(at, 24)
    if y is None and (which := shape.part("which")):
        if ctx.reference is None:
            return ctx.resolved(at, Period(grain="month", timex=f"XXXX-{number:02d}"))
        return ctx.resolved(at, calendar.month(ctx.reference.year + {"last": -1, "this": 0, "next": 1}[which], number))
    if y is not None:
        return ctx.stated(at, calendar.month(y, number))
    if not _is_month(name, before, ctx, at):
        return None
    if ctx.reference is None:
        return ctx.resolved(at, Period(grain="month", timex=f"XXXX-{number:02d}"))
    if not re.search(r"\b(?:[lL]ast|[nN]ext|[tT]his)\s$", before) and (y := ctx.told_year(at, number)):
        return ctx.anchored(at, calendar.month(y, number))
    if re.search(r"\b[lL]ast\s$", before):
        index = ctx.reference.year * 12 + ctx.reference.month - 1
        y = (index - 1 - (index - 1 - (number - 1)) % 12) // 12
    elif re.search(r"\b[nN]ext\s$", before):
        index = ctx.reference.year * 12 + ctx.reference.month
        y = (index + (number - 1 - index) % 12) // 12
    else:
        y = ctx.year_for(at, number, None)
    return ctx.resolved(at, calendar.month(y, number)) if y else None


def _is_month(name: str, before: str, ctx: Context, at: Span) -> bool:
    plain = name.rstrip(".").lower()
    after = ctx.after(at, 20)
    word = LAST_WORD.search(before)
    if (word and word[1].rstrip("’'s") in date_words().person_before) or (
        word and word[1] in date_words().person_before
    ):
        return False
    if name.isupper() or (len(plain) < 5 and plain not in ("may", "june", "july")):
        return _SURE_MONTH_LEAD.search(before) is not None
    if plain == "may" and ctx.may_is_a_person:
        return _SURE_MONTH_LEAD.search(before) is not None and not after.startswith(("'s", "’s"))
    if plain in ("may", "march"):
        if re.search(r"\b(?:[aA]|[tT]he)\s$", before):
            return re.match(r"\s(?!on|for|of|to|against|in|was|is|not|be|have|by|and|that)[a-z]{3,}", after) is not None
        return _MONTH_LEAD.search(before) is not None and not re.match(r"\s(?:not|be|have)\b", after)
    if plain in ("april", "june", "august", "january") and re.match(r"\s[A-Z][a-z]+", after):
        return _MONTH_LEAD.search(before) is not None
    return not (word and word[1] in ("Black", "Red"))


def months_range(shape: Shape, ctx: Context) -> DateExpression | None:
    """From March to June 2023."""
    words = date_words()
    m1, m2 = words.month(shape.part("m1") or ""), words.month(shape.part("m2") or "")
    y2 = int(shape.part("y") or 0)
    y1 = year_of(shape, ctx, "y1") or y2 - (m1 > m2)
    if (shape.part("to") or "").strip() in ("and", "&") and not re.match(r"[bB]etween", shape.span.of(ctx.text)):
        return None
    first, last = calendar.month(y1, m1), calendar.month(y2, m2)
    period = Period(grain="month", timex=f"{first.timex}/{last.timex}", start=first.start, end=last.end)
    return ctx.stated(shape.span, period) if y1 * 12 + m1 < y2 * 12 + m2 else None


HANDLERS: dict[str, Handler] = {
    "iso": iso,
    "dotted": dotted,
    "slashed": slashed,
    "doubled": doubled,
    "dotted2": dotted2,
    "slashed2": slashed2,
    "days_month": days_range,
    "month_days": days_range,
    "day_month": day_of_month,
    "month_day": day_of_month,
    "months_range": months_range,
    "month": month,
}
