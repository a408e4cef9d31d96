"""Cue phrases of issues, found in a text in one pass. What the cues are is data: `registers/issues.toml`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from onrecord.meaning.registers import load_cached
from onrecord.types import Span

Strength = Literal["strong", "weak", "topic", "not"]

_TOKEN = re.compile(r"[^\W_]+")
# What no phrase runs across. A full stop before a small letter is what a translation left behind.
_BREAK = re.compile(r"[,;:()!?\n]|\.\s+[^a-z\s]")
_GAP, _MOST = "...", 3
# Letters that a stem is looked up by; shorter ones are kept apart.
_KEY = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that speaks for an issue. `rest` are the tokens after the first; "..." stands for up to three words."""

    issue: str
    strength: Strength
    first: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue met in the text."""

    start: int
    end: int
    issue: str
    strength: Strength

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Hits:
    """All cues met in one text, in order of their starts."""

    rows: tuple[Hit, ...]
    starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Hit]) -> Hits:
        """Cues in any order."""
        found = tuple(sorted(rows, key=lambda hit: (hit.start, hit.end)))
        return cls(found, [hit.start for hit in found])

    def before(self, at: int) -> Iterator[Hit]:
        """Those that end before a position, the last first."""
        for index in range(bisect_left(self.starts, at) - 1, -1, -1):
            if self.rows[index].end <= at:
                yield self.rows[index]

    def within(self, span: Span) -> Iterator[Hit]:
        """Those that lie in a span."""
        for row in self.rows[bisect_left(self.starts, span.start) : bisect_right(self.starts, span.end - 1)]:
            if row.end <= span.end:
                yield row


@dataclass(slots=True)
class _Node:
    """Cues by their first token: those of one token, those by their second, and those whose second is open."""

    alone: list[Cue] = field(default_factory=list)
    followed: dict[str, list[Cue]] = field(default_factory=dict)
    open: list[Cue] = field(default_factory=list)

    def add(self, cue: Cue) -> None:
        if not cue.rest:
            self.alone.append(cue)
        elif "*" in cue.rest[0] or cue.rest[0] == _GAP:
            self.open.append(cue)
        else:
            self.followed.setdefault(cue.rest[0].lower(), []).append(cue)


@dataclass(slots=True)
class _Book:
    whole: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, _Node] = field(default_factory=dict)

    def add(self, cue: Cue) -> None:
        stem, star, _ = cue.first.lower().partition("*")
        table, key = (self.stems, stem[:_KEY]) if star else (self.whole, stem)
        table.setdefault(key, _Node()).add(cue)

    def nodes(self, token: str) -> tuple[_Node, ...]:
        """Where cues that may begin with a token are kept."""
        short = self.stems.get(token[: _KEY - 1]) if len(token) >= _KEY else None
        found = (self.whole.get(token), self.stems.get(token[:_KEY]), short)
        return tuple(node for node in found if node is not None)


@lru_cache(maxsize=32768)
def _nodes(token: str) -> tuple[_Node, ...]:
    return _book().nodes(token)


@lru_cache(maxsize=16384)
def _fits(pattern: str, token: str) -> bool:
    if pattern == pattern.lower():
        token = token.lower()
    stem, star, tail = pattern.partition("*")
    if not star:
        return token == stem
    return token.startswith(stem) and token.endswith(tail) and len(token) >= len(stem) + len(tail)


def ids() -> tuple[str, ...]:
    """Ids of the issues, in the order of the register."""
    return tuple(dict.fromkeys(row["id"] for row in load_cached("issues")["issue"]))


def cues(rows: Iterable[dict[str, Any]]) -> Iterator[Cue]:
    """The cues of register entries."""
    strengths: tuple[Strength, ...] = ("strong", "weak", "topic", "not")
    for row in rows:
        for strength in strengths:
            for phrase in row.get(strength, "").split(","):
                if tokens := _cut(phrase):
                    yield Cue(row["id"], strength, tokens[0], tokens[1:])


def _cut(phrase: str) -> tuple[str, ...]:
    plain = re.sub(r"['’](?:s\b)?", " ", phrase).replace("-", " ")
    return tuple(plain.split())


@lru_cache(maxsize=1)
def _book() -> _Book:
    book = _Book()
    for cue in cues(load_cached("issues")["issue"]):
        book.add(cue)
    return book


@lru_cache(maxsize=4)
def article_cues(text: str) -> Hits:
    """`find_cues`, kept: every step that reads an article asks for the same ones."""
    return find_cues(text)


def find_cues(text: str) -> Hits:
    """Every cue in a text, but those inside a phrase that means something else.

    Phrases do not run across punctuation, save a stray full stop before a small letter.
    """
    words = [m for m in _TOKEN.finditer(text) if m[0] != "s" or text[max(0, m.start() - 1)] not in "'’"]
    tokens = [m[0] for m in words]
    small = [token.lower() for token in tokens] + [""]
    found = []
    for i in range(len(tokens)):
        for node in _nodes(small[i]):
            for cue in (*node.alone, *node.followed.get(small[i + 1], ()), *node.open):
                if (last := _end(cue, tokens, i)) is not None:
                    start, end = words[i].start(), words[last].end()
                    if last == i or not _BREAK.search(text, start, end):
                        found.append(Hit(start, end, cue.issue, cue.strength))
    return Hits.of(_settled(found))


def _end(cue: Cue, tokens: list[str], at: int) -> int | None:
    """Index of the last token of a cue whose first token stands at `at`; None where it is not there."""
    return _rest(cue.rest, tokens, at + 1) if _fits(cue.first, tokens[at]) else None


def _rest(rest: tuple[str, ...], tokens: list[str], at: int) -> int | None:
    if not rest:
        return at - 1
    if rest[0] == _GAP:
        ends = (_rest(rest[1:], tokens, at + skip) for skip in range(_MOST + 1))
        return next((end for end in ends if end is not None), None)
    return _rest(rest[1:], tokens, at + 1) if at < len(tokens) and _fits(rest[0], tokens[at]) else None


def _settled(found: list[Hit]) -> Iterator[Hit]:
    """Without what lies in a phrase that denies it, in a longer cue of its issue, or, if weak, in a strong cue."""
    strong: _Cover = {}
    for hit in found:
        if hit.strength == "strong":
            _lay(hit, strong)
    kept: dict[str, _Cover] = {}
    for hit in sorted(found, key=lambda hit: (hit.start - hit.end, _ORDER[hit.strength])):
        own = kept.setdefault(hit.issue, {})
        if any(other.start <= hit.start and hit.end <= other.end for other in own.get(hit.start >> _BLOCK, ())):
            continue
        _lay(hit, own)
        if hit.strength == "strong" or (hit.strength != "not" and not _inside(hit, strong)):
            yield hit


# Hits by every block of the text that they touch.
_Cover = dict[int, list[Hit]]


def _lay(hit: Hit, cover: _Cover) -> None:
    for block in range(hit.start >> _BLOCK, (hit.end >> _BLOCK) + 1):
        cover.setdefault(block, []).append(hit)


def _inside(hit: Hit, cover: _Cover) -> bool:
    size = hit.end - hit.start
    return any(
        k.start <= hit.start and hit.end <= k.end and size < k.end - k.start for k in cover.get(hit.start >> _BLOCK, ())
    )


_ORDER = {"not": 0, "strong": 1, "weak": 2, "topic": 3}
_BLOCK = 6
