"""Spaces on the wrong side of quotation marks: `" The corridor is open " - said`, `share with you "- said`.

Whether a straight mark opens or closes follows from the count of marks before it in the paragraph, so nothing is done
where a mark contradicts the count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.text.offsets import Edit
from onrecord.text.paragraphs import paragraphs
from onrecord.types import Span

# The cheap test: a straight mark with space on both sides, space and dash around it, or at the start of a line; or a
# curly mark with a space inside.
STRAY = re.compile(r"(?:(?<=\s)|^)\"[ \-–—]|[ ]\"$|“[ ]|[ ]”", re.MULTILINE)
MARK = re.compile(r"[\"“”]")
OPENING, CLOSING = 1, -1
# Marks behind which a space is needed, once the one before was taken away.
GLUED = re.compile(r"[-–—]\s|\w")


def mark_edits(text: str) -> Iterator[Edit]:
    """Edits that take away stray spaces inside quotations."""
    if not STRAY.search(text):
        return
    spans = paragraphs(text)
    marks = [_positions(text, span) for span in spans]
    opened = False
    for index, span in enumerate(spans):
        straight = [at for at in marks[index] if text[at] == '"']
        last = index + 1 == len(spans)
        goes_on = (len(straight) + opened) % 2 == 1
        sure = not goes_on or (not last and _carries(text, spans[index + 1], marks[index + 1]))
        sides = _sides(text, straight, opened) if sure else {}
        yield from _paragraph_edits(text, span, marks[index], sides)
        opened = goes_on and sure


def _positions(text: str, span: Span) -> list[int]:
    return [match.start() for match in MARK.finditer(text, span.start, span.end)]


def _carries(text: str, following: Span, marks: list[int]) -> bool:
    """Whether a quotation still open runs into the `following` paragraph: that one closes a quotation, too."""
    straight = [at for at in marks if text[at] == '"']
    return len(straight) % 2 == 1 and straight[0] != following.start


def _sides(text: str, straight: list[int], opened: bool) -> dict[int, int]:
    """The side of each mark by the count; nothing if a mark plainly is of the other side."""
    sides = {}
    for at in straight:
        side = CLOSING if opened else OPENING
        if _plain_side(text, at) == -side:
            return {}
        sides[at] = side
        opened = not opened
    return sides


def _plain_side(text: str, at: int) -> int:
    """The side that the neighbours show: a word on one side, white space on the other; 0 if they do not."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before.isspace() and after.isalnum():
        return OPENING
    if after.isspace() and (before.isalnum() or before in ".,!?"):
        return CLOSING
    if after.isspace() and before == " " and at > 1 and text[at - 2].isdigit():
        return CLOSING  # inches: a mark that would open here is none
    return 0


def _curly_side(text: str, at: int) -> int:
    """The side of a curly mark; 0 where its neighbours speak against it, for the two are confused: yes,“ he said."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] == "“":
        return OPENING if before.isspace() or before in "([—–-" else 0
    return 0 if after.isalnum() else CLOSING


def _paragraph_edits(text: str, span: Span, marks: list[int], sides: dict[int, int]) -> Iterator[Edit]:
    edits: list[Edit] = []
    for at in marks:
        side = sides.get(at, 0) if text[at] == '"' else _curly_side(text, at)
        if side == OPENING:
            edits += _after_opening(text, at, span)
        elif side == CLOSING:
            edits += _before_closing(text, at, span)
    done = -1
    for edit in edits:  # `" "`: the space between two marks is one
        if edit.span.start >= done:
            yield edit
            done = edit.span.end


def _after_opening(text: str, at: int, span: Span) -> Iterator[Edit]:
    end = at + 1
    while end < span.end and text[end] == " ":
        end += 1
    # ' and " apart are the marks of a quotation in a quotation, set with a thin space on purpose.
    if end > at + 1 and end < span.end and (text[end].isalnum() or text[end] in "[($€£"):
        yield Edit(span=Span(at + 1, end), new="", kind="stray-space")


def _before_closing(text: str, at: int, span: Span) -> Iterator[Edit]:
    start = at
    while start > span.start and text[start - 1] == " ":
        start -= 1
    if start == at or start == span.start or not (text[start - 1].isalnum() or text[start - 1] in ".,!?…)]%"):
        return
    yield Edit(span=Span(start, at), new="", kind="stray-space")
    if GLUED.match(text, at + 1):
        yield Edit(span=Span(at, at + 1), new=text[at] + " ", kind="wrong-side")
