"""Phrases of a register, found in words that were brought to their base form.

A phrase of a register is words with spaces between: `a|b` is either (`a_b|c`: two words or one), `?` after a word means
that it may be missing, `*` stands for up to three words within a clause, `**` for up to eight. Verbs are written in the
base form: "rule out" also finds "ruled out".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from onrecord.meaning.registers import load_cached

REGISTERS = ("positions", "categories")
_GAP = r"[^\s.,;:!?]+ "
_PARTS = {"*": f"(?:{_GAP}){{0,3}}?", "**": f"(?:{_GAP}){{0,8}}?"}
_ENDINGS = ("s", "es", "ed", "d", "ing")


@dataclass(frozen=True, slots=True)
class Entry:
    """One group of phrases of a register with what it says, as the register gives it."""

    values: dict[str, Any]

    def text(self, key: str, default: str = "") -> str:
        """A word of the entry."""
        return str(self.values.get(key, default))

    def number(self, key: str, default: float) -> float:
        """A figure of the entry."""
        return float(self.values.get(key, default))


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: words `first` to `last`, without `last`."""

    first: int
    last: int
    entry: Entry


Accept = Callable[[Hit], bool]


Row = tuple[re.Pattern[str], Entry]


@dataclass(frozen=True, slots=True)
class Book:
    """The phrases of a table of a register by their first word; those of a word are compiled when it is first met."""

    phrases: dict[str, list[tuple[str, Entry]]]
    compiled: dict[str, tuple[Row, ...]] = field(default_factory=dict)

    def rows(self, word: str) -> tuple[Row, ...]:
        """The patterns of the phrases that begin with a word."""
        if word not in self.compiled:
            self.compiled[word] = tuple((re.compile(pattern), entry) for pattern, entry in self.phrases[word])
        return self.compiled[word]

    def find(
        self, words: Sequence[str], low: int = 0, high: int | None = None, accept: Accept | None = None
    ) -> list[Hit]:
        """All phrases that begin in `words[low:high]`, from left to right, the longest at each place; none overlap.

        `accept` may turn a hit down; the next longest at its place is then taken.
        """
        line = " ".join(words) + " "
        found: list[Hit] = []
        at, free = 0, 0
        for index, word in enumerate(words[: len(words) if high is None else high]):
            known = low <= index >= free and word in self.phrases
            if known and (hit := _longest(self.rows(word), line, at, index, accept)):
                free = hit.last
                found.append(hit)
            at += len(word) + 1
        return found


def _longest(rows: Iterable[Row], line: str, at: int, index: int, accept: Accept | None) -> Hit | None:
    matches = [(match.end(), entry) for pattern, entry in rows if (match := pattern.match(line, at))]
    for end, entry in sorted(matches, key=lambda pair: -pair[0]):
        hit = Hit(index, index + line.count(" ", at, end), entry)
        if accept is None or accept(hit):
            return hit
    return None


@lru_cache(maxsize=8)
def book(register: str, table: str) -> Book:
    """One table of a register, ready to be searched."""
    rows: dict[str, list[tuple[str, Entry]]] = {}
    for values in load_cached(register)[table]:
        entry = Entry({key: value for key, value in values.items() if key != "phrases"})
        for first, phrases in _by_first(values["phrases"]).items():
            pattern = "|".join(f"(?:{_pattern(p)})" for p in sorted(phrases, key=len, reverse=True))
            rows.setdefault(first, []).append((pattern, entry))
    return Book(rows)


def _by_first(phrases: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        first, _, rest = phrase.partition(" ")
        for word in first.split("|"):
            found.setdefault(base(word), []).append(f"{word} {rest}".strip())
    return found


def _pattern(phrase: str) -> str:
    parts = []
    for part in phrase.split():
        if part in _PARTS:
            parts.append(_PARTS[part])
            continue
        words = "|".join(_spelled(word) for word in part.removesuffix("?").split("|"))
        parts.append(f"(?:(?:{words}) )" + ("?" if part.endswith("?") else ""))
    return "".join(parts)


def _spelled(word: str) -> str:
    return " ".join(re.escape(base(part)) for part in word.split("_"))


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Every word of every phrase of the registers, and the words of the polarity lists."""
    found: set[str] = set()
    for register in REGISTERS:
        for rows in load_cached(register).values():
            for values in rows if isinstance(rows, list) else []:
                found.update(w for phrase in values["phrases"] for w in re.split(r"[ |?_]+", phrase))
    for polarity in ("good", "bad"):
        found.update(load_cached("positions")["words"][polarity].split())
    return frozenset(found - {"*", "**", ""})


@lru_cache(maxsize=1)
def irregular() -> dict[str, str]:
    """Irregular form -> base form."""
    return {form: base for base, forms in load_cached("positions")["irregular"].items() for form in forms.split()}


@lru_cache(maxsize=20_000)
def base(word: str) -> str:
    """The base form of a word in lower case if a register knows it; the word itself if none does."""
    known = vocabulary()
    if word in irregular():
        return irregular()[word]
    if word.endswith("ing") and word in known:  # a noun the registers name: "meeting"
        return word
    return next((stem for stem in _stems(word) if stem in known and len(stem) > 2), word)


def _stems(word: str) -> Iterable[str]:
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or (ending == "d" and not word.endswith("ed")):
            continue
        yield stem
        if ending in ("ed", "ing"):
            yield stem + "e"
            if stem[-1:] == stem[-2:-1]:
                yield stem[:-1]
        if ending in ("es", "ed") and stem.endswith("i"):
            yield stem[:-1] + "y"
