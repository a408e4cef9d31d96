"""Tests that several shapes share: is a number an amount or a label, which year is meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.meaning.dates.context import Context
from onrecord.meaning.dates.grammar import Shape
from onrecord.meaning.dates.words import date_words
from onrecord.types import DateExpression, Span

Handler = Callable[[Shape, Context], DateExpression | None]
LAST_WORD = re.compile(r"([\w'’]+)\.?\s?$")
_AMOUNTS = re.compile(
    r"[\s-]{0,2}(?:" + "|".join(re.escape(a) for a in sorted(date_words().amounts, key=len, reverse=True)) + r")(?!\w)"
)
_NAME_LABEL = re.compile(r"(?:[Rr]esolutions?|[Nn]umbers?|[Ff]lights?)\s[\d, and]+$")


def amount(ctx: Context, at: Span) -> bool:
    """Whether the number counts something: "2000 people", "2.12 percent"."""
    return _AMOUNTS.match(ctx.after(at, 16)) is not None


def labelled(ctx: Context, at: Span) -> bool:
    """Whether the number is part of a name: "resolution 2231", "Article 5.2"."""
    before = ctx.before(at, 30)
    word = LAST_WORD.search(before)
    return bool(word and word[1].lower() in date_words().labels) or _NAME_LABEL.search(before) is not None


def year_of(shape: Shape, ctx: Context, name: str = "y", short: str = "yy") -> int | None:
    """The year a shape states, in four figures or two; None where it states none."""
    full, two = shape.part(name), shape.part(short)
    if full and len(full) == 4:
        return int(full)
    digits = (two or full or "").strip("'\u2019")
    return _century(int(digits), ctx) if digits else None


def _century(two: int, ctx: Context) -> int:
    pivot = (ctx.reference.year if ctx.reference else 2030) % 100 + 10
    return 2000 + two if two <= pivot else 1900 + two


def relative_year(ctx: Context, which: str | None) -> int | None:
    """Last, this or next year as a number; None without a reference day."""
    if ctx.reference is None:
        return None
    return ctx.reference.year + {"last": -1, "next": 1}.get(which or "", 0)
