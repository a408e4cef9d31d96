"""Quotations, with marks that may be mixed, stray, British or missing.

A quotation is cut at paragraph ends: one span for each paragraph it runs through. A span starts with its opening mark
and ends with its closing mark, unless the quotation goes on from or into a neighbouring paragraph or the mark is
missing.
"""

from __future__ import annotations

import re

from onrecord.types import Span, Spans

DOUBLE = '"“”„«»'
# Marks worth a look: every double mark; a single one only where it can open (before a word, after none) or close.
MARK = re.compile(r"[\"“”„«»]|(?<!\w)[‘'](?=\w)|['’](?!\w)")
# 'tis, '90s, 'em: an apostrophe that opens no quotation.
ELISION = re.compile(r"['’‘](?:\d\ds?\b|tis\b|twas\b|em\b|cause\b|til\b|n\b)", re.IGNORECASE)
# Where an unclosed quotation probably ends: a dash before the speaker, in machine translation.
DASH = re.compile(r"\s*[-–—]\s+(?=\w)")
OPENING_PUNCTUATION = "([{-–—/"


def quotations(text: str, paragraphs: Spans) -> Spans:
    """The quotations of `text`, cut at paragraph ends, in order and disjoint."""
    found: list[Span] = []
    carried = False
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        carried = _scan(text, paragraph, following, carried, found)
    return tuple(found)


def _scan(text: str, paragraph: Span, following: Span | None, carried: bool, found: list[Span]) -> bool:
    """Append the quotations of one paragraph to `found`; True if the last one goes on in the `following` one."""
    opened: int | None = None
    single = False
    marks = [match.start() for match in MARK.finditer(text, paragraph.start, paragraph.end)]
    if carried and not (marks and marks[0] == paragraph.start and text[marks[0]] in "\"“„«‘'"):
        opened = paragraph.start
    last_closing = max((at for at in marks if text[at] in "'’" and not text[at + 1 : at + 2].isalnum()), default=-1)
    curly_closes = _curly_closes(text, marks)
    for order, at in enumerate(marks):
        mark = text[at]
        if mark in DOUBLE:
            if opened is None:
                if _leans(text, at, paragraph) >= 0:
                    opened, single = at, False
                continue
            if single or (text[opened] == "“" and mark == '"' and curly_closes[order]):
                continue  # a quotation inside this one
            if _leans(text, at, paragraph) > 0:  # a second opening mark: the first was never closed
                found.append(Span(opened, _last_visible(text, opened, _unclosed_end(text, opened, at))))
                opened = at
                continue
            found.append(Span(opened, at + 1))
            opened = None
        elif opened is None:
            if mark in "‘'" and _opens_single(text, at, last_closing):
                opened, single = at, True
        elif single and mark in "'’" and _closes_single(text, marks, order, paragraph):
            found.append(Span(opened, at + 1))
            opened = None
    if opened is None:
        return False
    if following and _goes_on(text, opened, single, following):
        found.append(Span(opened, paragraph.end))
        return True
    found.append(Span(opened, _last_visible(text, opened, _unclosed_end(text, opened, paragraph.end))))
    return False


def _leans(text: str, at: int, paragraph: Span) -> int:
    """+1 where a double mark plainly opens, -1 where it plainly closes, 0 where only the count can tell."""
    mark = text[at]
    if mark in "“„«":
        return 1
    if mark in "”»":
        return -1
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    opens = (before.isspace() or before in OPENING_PUNCTUATION) and not after.isspace() and after not in "-–—,.;:)"
    # A mark before a dash or comma closes even after a stray space: share with you "- said Antonov.
    closes = (not before.isspace() and before not in OPENING_PUNCTUATION and not after.isalnum()) or after in "-–—,.;:)"
    return int(opens) - int(closes)


def _curly_closes(text: str, marks: list[int]) -> list[bool]:
    """For each mark, whether the next curly double mark after it is a closing one."""
    closes, table = False, []
    for at in reversed(marks):
        table.append(closes)
        if text[at] in "“”":
            closes = text[at] == "”"
    return table[::-1]


def _opens_single(text: str, at: int, last_closing: int) -> bool:
    """A curly mark opens; a straight one if another follows that can close. Elisions do not."""
    return not ELISION.match(text, at) and (text[at] == "‘" or at < last_closing)


def _closes_single(text: str, marks: list[int], order: int, paragraph: Span) -> bool:
    """A closing mark, not the apostrophe of a plural possessive (the ministers' meeting)."""
    at = marks[order]
    if text[at - 1] != "s" or at + 1 >= paragraph.end or not text[at + 1].isspace():
        return True
    # After an s: an apostrophe if the quotation still has a mark to close it before another one opens.
    for index in range(order + 1, len(marks)):
        mark = marks[index]
        if text[mark] == "‘" or (text[mark] == "'" and text[mark - 1].isspace()):
            return True
        if text[mark] in "'’":
            return False
    return True


def _goes_on(text: str, opened: int, single: bool, following: Span) -> bool:
    """Whether a quotation left open runs into the next paragraph.

    It does if that one opens with the same mark (the convention of print), or if its first mark plainly closes.
    """
    first = text[following.start]
    if first in ("‘'" if single else '"“„«'):
        return True
    if single:
        return False
    marks = [at for at in range(following.start, following.end) if text[at] in DOUBLE]
    if not marks:
        return False
    first_leans = _leans(text, marks[0], following)
    return first_leans < 0 or (first_leans == 0 and len(marks) % 2 == 1)


def _unclosed_end(text: str, opened: int, limit: int) -> int:
    """Where a quotation without closing mark ends: before a dash and the speaker, else at `limit`."""
    dash = DASH.search(text, opened + 1, limit)
    return dash.start() if dash and dash.start() > opened + 1 else limit


def _last_visible(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end
