"""The calendar: dated events that news refers to, from `events.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from onrecord.meaning.registers import load_cached


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """An event of the calendar; `start` and `end` are its first and last day. `body` and `round` are of elections.

    `fixed`: the law sets the day years before. `verified`: the day was found at a second place.
    """

    name: str
    kind: str
    codes: tuple[str, ...]
    start: date
    end: date
    source: str
    verified: bool
    body: str | None = None
    round: int | None = None
    fixed: bool = False
    phrases: tuple[str, ...] = ()

    def near(self, day: date, margin: int = 0) -> bool:
        """Whether `day` is one of its days, or at most `margin` days before or after them."""
        return -margin <= (day - self.start).days and (day - self.end).days <= margin

    def away(self, day: date) -> int:
        """How many days lie between it and `day`."""
        return max((self.start - day).days, (day - self.end).days, 0)


@lru_cache(maxsize=1)
def events() -> tuple[CalendarEvent, ...]:
    """Every event of the calendar, in order of its day."""
    found = [*_elections(), *map(_event, load_cached("events")["event"])]
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.name)))


@lru_cache(maxsize=256)
def elections_of(code: str) -> tuple[CalendarEvent, ...]:
    """The national elections of a state (or of the European Union), in order."""
    return tuple(each for each in events() if each.kind == "election" and code in each.codes)


@lru_cache(maxsize=1)
def by_phrase() -> dict[str, tuple[CalendarEvent, ...]]:
    """What articles may mean by a phrase (in lower case): the events that it names."""
    found: dict[str, list[CalendarEvent]] = {}
    for each in events():
        for phrase in each.phrases:
            found.setdefault(phrase.lower(), []).append(each)
    return {phrase: tuple(rows) for phrase, rows in found.items()}


def wording(key: str) -> frozenset[str]:
    """One list of the words by which elections are named."""
    return frozenset(load_cached("events")["wording"][key])


def _elections() -> Iterator[CalendarEvent]:
    for row in load_cached("events")["election"]:
        for vote in row["votes"]:
            rounds = [vote] if isinstance(vote, str) else vote
            for number, days in enumerate(rounds, 1):
                yield _round(row, days, number if len(rounds) > 1 else None)


def _round(row: dict[str, Any], days: str, number: int | None) -> CalendarEvent:
    first, _, last = days.partition("..")
    ordinal = {1: "first round of the ", 2: "second round of the "}
    checked = row["verified"]
    return CalendarEvent(
        name=ordinal.get(number or 0, "") + row["name"],
        kind="election",
        codes=(row["code"],),
        start=date.fromisoformat(first),
        end=date.fromisoformat(last or first),
        source=row["source"],
        verified=checked if isinstance(checked, bool) else first in checked,
        body=row["body"],
        round=number,
        fixed=row.get("fixed", False),
    )


def _event(row: dict[str, Any]) -> CalendarEvent:
    return CalendarEvent(
        name=row["name"],
        kind=row["kind"],
        codes=tuple(row["codes"]),
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row.get("end", row["start"])),
        source=row["source"],
        verified=row["verified"],
        body=row.get("body"),
        fixed=row.get("fixed", False),
        phrases=tuple(row.get("phrases", ())),
    )
