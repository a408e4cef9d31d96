"""The lines of a PDF's pages -> paragraphs. A PDF says where its lines stand, not which of them belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# How many lines at the top and at the bottom of a page may be running heads, footers and page numbers.
_EDGE = 2
# In units of the usual distance from line to line, of the height of a line and of the width of a column.
_GAP = 1.45
_HEADING_GAP = 1.15
_SIZE = 1.2
_INDENT = 0.8
_SHORT = 0.85
_VERY_SHORT = 0.6
# Characters of a line that may be a running head with a page number.
_SHORT_LINE = 90

_END = re.compile(r"[.!?:;…][\"'”’»)\]]*\d{0,2}$")
_HYPHEN = re.compile(r"(?<=\w)[-\u00ad\u2010\x02\ufffe]$")
_BULLET = re.compile(r"[•▪●◦‣∙]\s")
_ITEM = re.compile(r"(?:[·*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")
_NUMBERED = re.compile(r"(\d{1,4})\b.*|.*?\b(\d{1,4})")
_NUMBER = re.compile(r"\d+|\b[ivxl]+\b")
_PAGE_NUMBER = re.compile(r"[-–—\[( ]*(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\]) ]*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_JUNK = re.compile(r"[\x00-\x01\x03-\x1f\x7f\ufffd\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a page: its words and its box, in points from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """Of the letters, never 0."""
        return max(self.top - self.bottom, 0.1)


Page = Sequence[Line]


def paragraphs(pages: Sequence[Page]) -> list[str]:
    """Running heads, footers and page numbers dropped, words parted at line ends joined, lines made paragraphs."""
    clean = [[line for line in page if line.text.strip()] for page in pages]
    bodies = _without_furniture(clean)
    known = Counter(word for page in bodies for line in page for word in _WORD.findall(line.text))
    return [text for lines in _grouped(bodies) if (text := _joined(lines, known))]


def _without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    seen = Counter(shape for page in pages for shape in {_shape(line) for line in _edges(page)})
    often = {shape for shape, count in seen.items() if count >= 2 and count * 2 >= len(pages)}
    offsets = Counter(
        offset for at, page in enumerate(pages) for offset in {_offset(line, at) for line in _edges(page)}
    )
    del offsets[None]
    offset, count = offsets.most_common(1)[0] if offsets else (None, 0)
    # Heads that change from chapter to chapter are known by the page number that they carry.
    counted = offset if count >= 3 and count * 2 >= len(pages) else None
    return [_body(page, often, at=at, counted=counted) for at, page in enumerate(pages)]


def _offset(line: Line, at: int) -> int | None:
    """How far the number that a short line begins or ends with is from the place of its page."""
    words = " ".join(line.text.split())
    found = _NUMBERED.fullmatch(words) if len(words) < _SHORT_LINE else None
    return int(found[1] or found[2]) - at if found else None


def _edges(page: Page) -> list[Line]:
    ordered = sorted(page, key=lambda line: -line.top)
    return ordered[:_EDGE] + ordered[_EDGE:][-_EDGE:]


def _shape(line: Line) -> str:
    return _NUMBER.sub("#", " ".join(line.text.split()).casefold())


def _body(page: Page, often: set[str], *, at: int, counted: int | None) -> list[Line]:
    lowest = min(page, key=lambda line: line.bottom, default=None)
    gone = {id(line) for line in _edges(page) if _shape(line) in often}
    if counted is not None:
        # Headings begin with a number too, but stand out.
        usual = _SIZE * median(line.height for line in page) if page else 0
        gone |= {id(line) for line in _edges(page) if _offset(line, at) == counted and line.height < usual}
    if lowest is not None and len(page) > 1 and _PAGE_NUMBER.fullmatch(lowest.text.strip()):
        gone.add(id(lowest))
    return [line for line in page if id(line) not in gone]


def _grouped(pages: Sequence[Page]) -> Iterator[list[Line]]:
    pitch = _pitch(pages)
    group: list[Line] = []
    for page in pages:
        for at, line in enumerate(page):
            following = page[at + 1] if at + 1 < len(page) else None
            if group and _parts(group[-1], line, following, page=page, pitch=pitch, jumps=at == 0):
                yield group
                group = []
            group.append(line)
    if group:
        yield group


def _pitch(pages: Sequence[Page]) -> float:
    """The usual distance from one line to the next."""
    steps = [
        step
        for page in pages
        for one, other in pairwise(page)
        if 0.5 * one.height < (step := one.top - other.top) < 3 * one.height
    ]
    return median(steps) if steps else 14.0


def _parts(before: Line, line: Line, following: Line | None, *, page: Page, pitch: float, jumps: bool) -> bool:
    """Whether a paragraph ends between two lines."""
    step = before.top - line.top
    jumps = jumps or step < -0.5 * pitch or line.left > before.right
    ended = _END.search(before.text.rstrip()) is not None
    if max(before.height, line.height) > _SIZE * min(before.height, line.height):
        return True
    if (not jumps and step > _GAP * pitch) or _BULLET.match(line.text):
        return True
    if _HYPHEN.search(before.text.rstrip()) and line.text[:1].islower():
        return False
    share = (before.right - before.left) / _width(before, line, page)
    if ended:
        return share < _SHORT or _indented(before, line, following, jumps=jumps) or bool(_ITEM.match(line.text))
    return line.text[:1].isupper() and (
        share < _VERY_SHORT or (not jumps and share < _SHORT and step > _HEADING_GAP * pitch)
    )


def _width(before: Line, line: Line, page: Page) -> float:
    """Of the column: of the longest line that begins about where one of these does."""
    near = [other for other in page if abs(other.left - before.left) < 3 * before.height]
    return max(1.0, *(other.right - min(before.left, other.left) for other in (*near, before, line)))


def _indented(before: Line, line: Line, following: Line | None, *, jumps: bool) -> bool:
    by = _INDENT * line.height
    if following is not None and not following.left < line.left - by:
        return False
    return (jumps and following is not None) or line.left > before.left + by


def _joined(lines: Sequence[Line], known: Counter[str]) -> str:
    text = ""
    for line in lines:
        words = " ".join(_JUNK.sub("", line.text).split())
        if text and words and _HYPHEN.search(text):
            text = _unhyphenated(text, words, known)
        else:
            text = f"{text} {words}" if text else words
    return text.replace("\x02", "-").replace("\ufffe", "-").replace("\u00ad", "")


def _unhyphenated(text: str, words: str, known: Counter[str]) -> str:
    """Joins a word parted at the end of a line; as elsewhere in the document, where it stands there in one piece."""
    first, second = _WORD.findall(text[:-1])[-1:], _WORD.match(words)
    if not first or second is None:
        return f"{text[:-1]}-{words}"
    whole, compound = first[0] + second[0], f"{first[0]}-{second[0]}"
    keeps = known[compound] > known[whole] or (not words[:1].islower() and not known[whole])
    return f"{text[:-1]}-{words}" if keeps else text[:-1] + words
