"""Lists of topics in running text and in lines: where they start and end, and what their items are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.meaning.registers import load_cached
from onrecord.types import Span

# The end of a sentence; a full stop before a small letter is what a translation left behind. A line ends a list too.
_END = re.compile(
    r"[.!?][\"”’']?(?=\s+[\"“‘']?[A-Z0-9(]|\s*$)|\n|[\"”]\s*[-–—,]?\s*(?=said|added|stated)|\s[-–—]\s*(?=said|added)"
)
_MARK = re.compile(r"(?:(?<=[\s:;,])|^)\(?(?:(\d{1,2})|([a-h])|(i{1,3}|iv|v|vi{0,3}))[).](?=\s)", re.M)
_ORDINAL = re.compile(
    r"\b(?:and\s+)?(?:(?:first|second|third|fourth|fifth|sixth)(?:ly)?|finally|lastly)\s*[,:-]\s", re.I
)
_BULLET = re.compile(r"[ \t]*(?:[-–—•*·▪●]|\(?\d{1,2}[.)]|\(?[a-h]\)|\(?[ivx]{1,4}\))[ \t]+(?=\S)")
_LAST = re.compile(r"\s+(?:and(?:\s+also)?|as\s+well\s+as|or|&)\s+", re.I)
_SUCH = re.compile(r"\bsuch\s+(?:\w+\s+)?as\s+", re.I)
_LEAD = re.compile(r"(?:and|or|as\s+well\s+as|also|then|finally|including)\s+|(?:the|a|an|on|in|of)\s+(?=\S)", re.I)
_STRAY = re.compile(r"\.\s+(?=[a-z])")
# What goes on with the sentence after the last item.
_AFTER = re.compile(
    r",?\s+(?:is|are|was|were|will|would|has|have|had|can|could|should|must|which|who|whose|where|when|while|but|because|"
    r"although|though|according\s+to|(?:he|she|they)\s+(?:said|added)|said|adding|saying|stressing|noting|as\s+part\s+of|"
    r"during|at\s+the\s+meeting|among\s+others?|and\s+others?|etc|and\s+so\s+on|in\s+order\s+to|so\s+that|if|unless|"
    r"(?:and\s+)?(?:asked|proposed|invited|agreed|expressed|called))\b|\s[-–—]\s|\s\(",
    re.I,
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_MOST_WORDS = 16
# Characters that a list may take.
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its items, how few and how many there may be as it is written, and whether it is plainly complete."""

    span: Span
    items: tuple[Span, ...]
    fewest: int
    most: int
    marked: bool
    closed: bool


def inline(text: str, start: int, *, count: int | None) -> Listing | None:
    """The list that starts at `start` (after a colon or "such as"); None where no list of topics does.

    `count` is the number of items announced: it decides whether "science and technology" is one item or two.
    """
    found = _END.search(text, start, start + _LONGEST)
    end = found.start() if found else min(len(text), start + _LONGEST)
    cuts = _marks(text, start, end)
    if len(cuts) >= 2:
        pieces = [(b, c) for (_, b), (c, _) in zip(cuts, [*cuts[1:], (end, end)], strict=True)]
        return _listing(text, start, end, pieces, marked=True)
    after = _AFTER.search(text, start + 1, end)
    if after and re.search(r",| and ", text[start : after.start()]):
        end = after.start()
    if text.find(";", start, end) >= 0:
        return _listing(text, start, end, list(_split(text, start, end, ";")), marked=True)
    return _commas(text, start, end, count)


def _marks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of "(1)", "(2)" or "first,", "second," in a range, if they count up from one."""
    found = [m for m in _MARK.finditer(text, start, end)]
    values = [_value(m) for m in found]
    if len(found) >= 2 and values == list(range(1, len(values) + 1)):
        return [m.span() for m in found]
    ordinals = [m.span() for m in _ORDINAL.finditer(text, start, end)]
    return ordinals if len(ordinals) >= 2 and ordinals[0][0] - start < 4 else []


def _value(match: re.Match[str]) -> int:
    digit, letter, roman = match.groups()
    if digit:
        return int(digit)
    return "abcdefgh".index(letter) + 1 if letter else _ROMAN.index(roman) + 1


def _split(text: str, start: int, end: int, mark: str) -> Iterator[tuple[int, int]]:
    at = start
    while (cut := text.find(mark, at, end)) >= 0:
        yield at, cut
        at = cut + 1
    yield at, end


def _commas(text: str, start: int, end: int, count: int | None) -> Listing | None:
    pieces = list(_split(text, start, end, ","))
    tail = _LEAD.match(text[pieces[-1][0] : end].lstrip())
    oxford = len(pieces) > 1 and tail is not None and tail[0].lower().startswith(("and", "or", "as"))
    inner = sum(len(_LAST.findall(text, a, b)) for a, b in pieces[: len(pieces) - oxford])
    fewest, most = len(pieces), len(pieces) + inner + oxford
    last = list(_LAST.finditer(text, pieces[-1][0] + 1, end))
    if last and (count == len(pieces) + 1 if oxford or count == len(pieces) else True):
        cut = last[-1]
        pieces[-1:] = [(pieces[-1][0], cut.start()), (cut.end(), end)]
    if count is not None and len(pieces) < count <= most:
        pieces = _more(text, pieces, count)
    closed = bool(last) or oxford
    return _listing(text, start, end, pieces, marked=False, fewest=fewest, most=most, closed=closed)


def _more(text: str, pieces: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Split items at their "and" until there are `count`."""
    found: list[tuple[int, int]] = []
    for n, (a, b) in enumerate(pieces):
        cut = _LAST.search(text, a + 1, b)
        if cut and len(found) + len(pieces) - n < count:
            found += [(a, cut.start()), (cut.end(), b)]
        else:
            found.append((a, b))
    return found


def _listing(
    text: str, start: int, end: int, pieces: list[tuple[int, int]], *, marked: bool,
    fewest: int = 0, most: int = 0, closed: bool = True,
) -> Listing | None:  # fmt: skip
    items = tuple(span for a, b in pieces if (span := trim(text, a, b)))
    if len(items) < 2 or any(len(span.of(text).split()) > _MOST_WORDS * (1 + marked) for span in items):
        return None
    n = len(items)
    return Listing(Span(start, max(items[-1].end, start + 1)), items, min(fewest or n, n), max(most, n), marked, closed)


def trim(text: str, start: int, end: int) -> Span | None:
    """An item without blanks, marks and joining words at its ends, and without what stands after a stray full stop."""
    stray = _STRAY.search(text, start, end)
    if stray and text[start : stray.start()].strip():
        end = stray.start()
    while start < end and (text[start].isspace() or text[start] in "\"“”'‘’;,.:-–—•"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\"“”'‘’;,.:-–—"):
        end -= 1
    while lead := _LEAD.match(text, start, end):
        start = lead.end()
    if nested := _SUCH.search(text, start, end):
        start = nested.end()
    tail = re.search(r"[\s;,]+(?:and|or)$", text[start:end])
    end -= len(tail[0]) if tail else 0
    return Span(start, end) if start < end else None


def lines(text: str, start: int) -> Listing | None:
    """The bulleted or numbered lines that follow at `start`."""
    items: list[Span] = []
    at = start
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            bullet = _BULLET.match(text, at, end)
            if not bullet:
                break
            item = trim(text, bullet.end(), _clause(text, bullet.end(), end))
            items += [item] if item else []
        at = end + 1
    if len(items) < 2:
        return None
    return Listing(Span(start, items[-1].end), tuple(items), len(items), len(items), True, True)


def _clause(text: str, start: int, end: int) -> int:
    """Where the heading of a bulleted line ends: its first sentence, or its words before a colon or dash."""
    stop = re.search(r"[.!?](?=\s+[A-Z])|:\s|\s[–—]\s", text[start:end])
    return start + stop.start() if stop else end


@lru_cache(maxsize=1)
def numbers() -> dict[str, int]:
    """Number words of the register of agendas, and what they stand for."""
    return dict(load_cached("agendas")["numbers"])
