"""What comes round again: "review progress every two years"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.meaning.dates.words import date_words
from onrecord.meaning.deadlines.words import deadline_words
from onrecord.types import Span

_TRIM = " \t\n\r,;:.!?\"“”‘’'«»()–—-"
_BOUND = re.compile(r"[;:,]\s|\b(?:that|and|but|to)\s")


def repeated(text: str) -> Iterator[tuple[Span, str]]:
    """The places that name a period after which something comes round again, with the period as ISO 8601."""
    for match in deadline_words().every.finditer(text):
        period = _period(match)
        if period is not None:
            yield Span(match.start(), match.end()), period


def recurs(words: str) -> bool:
    """Whether an act that is done again and again stands before the period, and is still to be done."""
    known = deadline_words().verbs
    return known["recurring"].search(words) is not None and any(
        known[kind].search(words) for kind in ("ahead", "promised", "demanded", "ordered")
    )


def what_recurs(text: str, start: int, at: Span) -> str:
    """The clause before the period, cut from the text."""
    first = max((match.end() for match in _BOUND.finditer(text, start, at.start)), default=start)
    words = " ".join(text[first : at.start].split()).strip(_TRIM)
    return re.sub(r"\s(?:on|at|in|by)(?:\sthe)?$", "", words)


def _period(match: re.Match[str]) -> str | None:
    periods = deadline_words().periods
    if match["adverb"]:
        return periods[" ".join(match["adverb"].lower().split())]
    if match["part"]:
        return _iso(1, periods[match["part"].lower()])
    count = (match["count"] or "one").lower()
    unit = periods[match["unit"].lower()]
    if count in ("other", "second"):
        return _iso(2, unit)
    number = date_words().number(count)
    if number is None or (unit == "D" and number == 1):  # "every day" is a turn of speech
        return None
    return _iso(number, unit)


def _iso(number: int, unit: str) -> str:
    return f"P{number * 3}M" if unit == "3M" else f"P{number}{unit}"
