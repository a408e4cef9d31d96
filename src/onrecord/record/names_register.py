"""What the registers know of names (`registers/*.toml`), read once per process."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=4)
def load(name: str) -> dict[str, Any]:
    """The register `name` as TOML tables."""
    return tomllib.loads(files("onrecord.record").joinpath(f"registers/{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def words(table: str, field: str) -> frozenset[str]:
    """One list of `names.toml`."""
    return frozenset(load("names")[table][field])


@lru_cache(maxsize=1)
def letters() -> dict[int, str]:
    """Letters without a combining mark, for `str.translate`."""
    return {ord(letter): plain for letter, plain in load("names")["letters"].items()}


@lru_cache(maxsize=1)
def sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The spellings of one sound, in the order in which they are applied."""
    return tuple((re.compile(row["from"]), row["to"]) for row in load("names")["sound"])


@lru_cache(maxsize=1)
def family_first() -> frozenset[str]:
    """Surnames that stand before the given name."""
    return frozenset(word for row in load("names")["family_first"].values() for word in row)


@lru_cache(maxsize=1)
def patronymics() -> tuple[str, ...]:
    """Endings of patronymics."""
    return tuple(load("names")["patronymics"]["endings"])


def _groups(rows: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    """Word -> the heads of the groups that it is in."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for word in row:
            found.setdefault(word, set()).add(row[0])
    return {word: frozenset(heads) for word, heads in found.items()}


@lru_cache(maxsize=4)
def groups(table: str, field: str) -> dict[str, frozenset[str]]:
    """Word -> groups of one list of lists of `names.toml`."""
    return _groups(load("names")[table][field])


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """Whom a name means from `start` until before `end`; always, if there are none."""

    name: str
    country: str
    start: date | None
    end: date | None

    def on(self, day: date | None) -> bool:
        """Whether the name means this person in an article of that day."""
        if self.start is None or self.end is None:
            return True
        return day is not None and self.start <= day < self.end


@lru_cache(maxsize=1)
def namesakes() -> dict[str, tuple[Namesake, ...]]:
    """Name as written -> whom it means, by day."""
    found: dict[str, list[Namesake]] = {}
    for row in load("namesakes")["namesake"]:
        start, end = (date.fromisoformat(row[key]) if key in row else None for key in ("from", "to"))
        for written in row["written"]:
            found.setdefault(written.casefold(), []).append(
                Namesake(name=row["name"], country=row["country"], start=start, end=end)
            )
    return {written: tuple(rows) for written, rows in found.items()}
