"""Dates in figures that can be read day first or month first: which to ask about, and why one reading was taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from onrecord.types import DateExpression, Flag, Span

_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})[./-](?:19|20)?\d\d(?![\d/-])")


def ambiguous_flags(
    text: str, dates: tuple[DateExpression, ...], *, published: date | None, reasons: Mapping[Span, str]
) -> Iterator[Flag]:
    """A flag for each date with two readings that the article leaves in doubt, once for each spelling.

    The article leaves no doubt where it also names the day in words, or, for slashed dates, where another of them can
    be read in one order only. The order of dotted dates is asked about all the same: translations mix both.
    """
    spelled = {each.start for each in dates if each.other is None and not _FIGURES.fullmatch(each.span.of(text))}
    orders = {match[2] for match in _FIGURES.finditer(text) if int(match[1]) > 12 or int(match[3]) > 12}
    asked: set[str] = set()
    for found in dates:
        words = found.span.of(text)
        if found.other is None or found.start is None or words in asked:
            continue
        settled = found.start in spelled or ("/" in words and "/" in orders) or ("-" in words and "-" in orders)
        asked.add(words)
        if not settled or found.span in reasons:
            yield Flag(
                kind="ambiguous-date",
                span=found.span,
                message=f"{words} may be {found.start} or {found.other}; read as {found.start} because "
                f"{reasons.get(found.span) or _reason(found, words, published)}.",
            )


def _reason(found: DateExpression, words: str, published: date | None) -> str:
    assert found.start is not None and found.other is not None
    if published is not None and found.start <= published < found.other:
        return "the other reading is after publication"
    return "dotted dates put the day first" if "." in words else "nothing in the article tells otherwise"
