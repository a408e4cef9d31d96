"""Quotation marks that open and never close, or close what nobody opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.types import Flag, Segments, Span

MARK = re.compile(r"[\"“”„«»]")
STRAIGHT, CURLY = re.compile(r'"'), re.compile(r"[“”„«»]")
OPENING, CLOSING = 1, -1
# How many paragraphs without any mark a quotation may run through. One that begins with its paragraph may run through
# any number: letters and speeches are quoted at length.
SILENT = 3
# The words shown with a mark.
CONTEXT = re.compile(r"\W*(?:[\w'’-]+\W+){0,3}[\w'’-]+")
CONTEXT_BEFORE = re.compile(r"(?:[\w'’-]+[^\w\s]*\s+){0,2}[\w'’-]+[^\w\s]*\s*$")


def unbalanced(segments: Segments) -> Iterator[Flag]:
    """Flags for double marks without partner. Quotations may run through paragraphs that begin with a mark again.

    A quotation in straight marks may hold others in curly marks, and curly marks may hold curly marks: a mark is
    flagged that stays alone however the marks are paired.
    """
    text = segments.text
    headings = {heading.start for heading in segments.headings}
    bodies = [paragraph for paragraph in segments.paragraphs if paragraph.start not in headings]
    lone = _lone(text, bodies, MARK)
    if lone and STRAIGHT.search(text) and CURLY.search(text):
        apart = _lone(text, bodies, STRAIGHT) | _lone(text, bodies, CURLY)
        lone = {at: side for at, side in lone.items() if at in apart}
    if lone:
        nested = _nested(text, bodies)
        lone = {at: side for at, side in lone.items() if at not in nested}
    for at, side in sorted(lone.items()):
        yield _flag(text, at, side, segments)


def _lone(text: str, bodies: list[Span], mark: re.Pattern[str]) -> dict[int, int]:
    """The marks of one kind without partner, with their side."""
    opened: int | None = None
    carried = 0
    found: dict[int, int] = {}
    starts = {paragraph.start for paragraph in bodies}
    for paragraph in bodies:
        marks = [match.start() for match in mark.finditer(text, paragraph.start, paragraph.end)]
        if opened is not None:
            if marks and marks[0] == paragraph.start:
                marks = marks[1:]  # the convention of print: each paragraph opens again
            elif not marks and (carried < SILENT or opened in starts):
                carried += 1
                continue
            elif not marks or _side(text, marks[0], paragraph, opened) == OPENING:
                found[opened] = OPENING
                opened = None
        carried = 0
        lone, opened = _scan(text, paragraph, marks, opened)
        found.update(lone)
    if opened is not None:
        found[opened] = OPENING
    return found


def _nested(text: str, bodies: list[Span]) -> set[int]:
    """Curly marks of paragraphs in which each of them has its partner, quotations inside quotations counted."""
    found: set[int] = set()
    for paragraph in bodies:
        marks = [match.start() for match in CURLY.finditer(text, paragraph.start, paragraph.end)]
        depth, lowest = 0, 0
        for at in marks:
            depth += 1 if text[at] in "“„«" else -1
            lowest = min(lowest, depth)
        if depth == 0 and lowest == 0:
            found.update(marks)
    return found


def _scan(text: str, paragraph: Span, marks: list[int], opened: int | None) -> tuple[list[tuple[int, int]], int | None]:
    """The marks of a paragraph without partner, and the one left open at its end."""
    lone: list[tuple[int, int]] = []
    for at in marks:
        if _side(text, at, paragraph, opened) == OPENING:
            if opened is not None:
                lone.append((opened, OPENING))
            opened = at
        elif opened is not None:
            opened = None
        elif not (at and text[at - 1].isdigit()):  # inches and seconds
            lone.append((at, CLOSING))
    return lone, opened


def _side(text: str, at: int, paragraph: Span, opened: int | None) -> int:
    """Whether a mark opens or closes: by its neighbours, else by its form, else by what is open."""
    if at == paragraph.start:
        return OPENING  # whatever its form: there is nothing to close
    before = text[at - 1]
    after = text[at + 1] if at + 1 < paragraph.end else " "
    free_before = before.isspace() or before in "([{-–—/"
    free_after = after.isspace() or after in ".,;:!?)]}-–—/"
    if free_before != free_after:
        return OPENING if free_before else CLOSING
    if text[at] in "“„«":
        return OPENING
    if text[at] in "”»":
        return CLOSING
    return OPENING if opened is None else CLOSING


def _flag(text: str, at: int, side: int, segments: Segments) -> Flag:
    if side == OPENING:
        context = CONTEXT.match(text, at, _line_end(text, at))
        span = Span(at, context.end() if context else at + 1)
        return Flag(kind="quote-unbalanced", span=span, message="This quotation is opened and never closed.")
    context = CONTEXT_BEFORE.search(text, max(0, at - 60), at)
    span = Span(context.start() if context else at, at + 1)
    return Flag(kind="quote-unbalanced", span=span, message="This quotation is closed and was never opened.")


def _line_end(text: str, at: int) -> int:
    """The end of the line, or a few words further on."""
    end = text.find("\n", at, at + 60)
    return end if end > at else min(len(text), at + 60)
