"""Paragraphs: blocks between blank lines, and lines, where lines are not just wrapped."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.types import Span, Spans

LINE = re.compile(r"\S[^\n]*")
TERMINAL = re.compile(r"[.!?…:][\"”»’')\]]*$")
# Typewriters, mail and plain-text wires wrap between these widths; shorter lines are lists, longer ones paragraphs.
NARROWEST, WIDEST = 40, 100
# A line that stays this far short of the width was ended on purpose.
FULL = 0.8


def paragraphs(text: str) -> Spans:
    """The paragraphs of `text`, trimmed of white space, in order."""
    lines = _lines(text)
    if not lines:
        return ()
    width = _wrap_width(text, lines)
    found: list[Span] = []
    start = lines[0].start
    for line, following in pairwise(lines):
        if not _runs_on(text, line, following, width):
            found.append(Span(start, line.end))
            start = following.start
    found.append(Span(start, lines[-1].end))
    return tuple(found)


def _lines(text: str) -> list[Span]:
    """Visible lines without the white space around them."""
    lines = []
    for match in LINE.finditer(text):
        start = match.start()
        lines.append(Span(start, start + len(match.group().rstrip())))
    return lines


def _wrap_width(text: str, lines: list[Span]) -> int:
    """The column at which the text is wrapped; 0 if it is not."""
    inner = [line for line, following in pairwise(lines) if _adjacent(text, line, following)]
    if len(inner) < 2:
        return 0
    lengths = sorted(line.end - line.start for line in inner)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if not NARROWEST <= width <= WIDEST:
        return 0
    full = sum(length >= FULL * width for length in lengths)
    ended = sum(bool(TERMINAL.search(text, max(line.start, line.end - 4), line.end)) for line in inner)
    return width if 2 * full > len(inner) and 2 * ended <= len(inner) else 0


def _adjacent(text: str, line: Span, following: Span) -> bool:
    return text.count("\n", line.end, following.start) == 1


def _runs_on(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether `following` goes on with the paragraph of `line`."""
    if not _adjacent(text, line, following):
        return False
    if text[line.end - 1] not in ".!?:" and line.end - line.start > NARROWEST and text[following.start].islower():
        return True
    return width > 0 and line.end - line.start >= FULL * width and not _indented(text, line, following)


def _indented(text: str, line: Span, following: Span) -> bool:
    """Whether `following` is set in by two columns or more: the first line of a paragraph in typescript."""
    return following.start - text.rfind("\n", line.end, following.start) > 2
