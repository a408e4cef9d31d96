"""Whether the registers show that what was due came about: an act of an instrument, or an event of the calendar."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.meaning.registers.events import CalendarEvent
    from onrecord.meaning.registers.instruments import Instrument

_LONGEST = timedelta(days=31)  # of a longer period the calendar does not say which of its events was meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What falls due from `first` to the day before `end`, as it was known on the day `said`.

    `codes` are those of who must act and of who spoke; `instruments` the short names of what the words are about.
    """

    what: str
    first: date
    end: date
    said: date
    who: str | None = None
    codes: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()


def came_about(due: Due) -> date | None:
    """The first day from `said` on which it came about; None where the registers do not show that.

    Nothing is guessed: the words must name the act, and where a party does it for itself, be about that party.
    """
    book = _book()
    if book["not"].search(due.what):
        return None
    acts = [act for act, words in book["acts"].items() if words.search(due.what)]
    days = list(_acts(due, acts)) if len(acts) == 1 and len(due.instruments) == 1 else []
    if due.end - due.first <= _LONGEST and (book["election"].search(due.what) or book["other"].search(due.what)):
        days += [event.start for event in _events(due)]
    return min((day for day in days if day >= due.said), default=None)


def _acts(due: Due, acts: Iterable[str]) -> Iterator[date]:
    from onrecord.meaning.registers.instruments import instrument  # read only where an act is named

    entry = instrument(due.instruments[0])
    if entry is None:
        return
    for act in acts:
        for day, who in _known(entry, act):
            if due.who in who or (act not in _book()["own"] and not (due.who and who)):
                yield day


def _known(entry: Instrument, act: str) -> Iterator[tuple[date, tuple[str, ...]]]:
    if act == "signed" and entry.signed:
        yield entry.signed, ()
    elif act == "in_force" and entry.in_force:
        yield entry.in_force, ()
    for row in entry.events:
        if row.kind == act:
            yield row.day, row.who


def _events(due: Due) -> Iterator[CalendarEvent]:
    """Events of the calendar in the days of a deadline that its words name."""
    from onrecord.meaning.registers.events import events

    for event in events():
        if event.verified and due.first <= event.start and event.end < due.end and _names(due, event):
            yield event


def _names(due: Due, event: CalendarEvent) -> bool:
    if event.kind == "election":
        if not _book()["election"].search(due.what):
            return False
        named = [code for code in event.codes if _state(code).search(due.what)]
        return bool(named) or (any(code in due.codes for code in event.codes) and not _any_state(due.what))
    return any(re.search(rf"\b{re.escape(phrase)}\b", due.what, re.I) for phrase in event.phrases)


@cache
def _state(code: str) -> re.Pattern[str]:
    """The names and adjectives of a state."""
    from onrecord.meaning.registers import load_cached

    rows = [row for row in load_cached("states")["state"] if row["iso3"] == code]
    names = [name for row in rows for name in _all_names(row)]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names or ["\0"])) + r")\b")


def _any_state(what: str) -> bool:
    from onrecord.meaning.registers import load_cached

    return any(_state(row["iso3"]).search(what) for row in load_cached("states")["state"])


def _all_names(row: dict[str, Any]) -> Iterator[str]:
    for key in ("name", "official", "aliases", "adjectives", "people"):
        value = row.get(key, ())
        yield from (value,) if isinstance(value, str) else value


@cache
def _book() -> dict[str, Any]:
    data = tomllib.loads(files("onrecord.record").joinpath("registers/met.toml").read_text("utf-8"))
    return {
        "acts": {act: _words(words) for act, words in data["acts"].items()},
        "own": frozenset(data["own"]["acts"]),
        "election": _words(data["events"]["election"]),
        "other": _words(data["events"]["other"]),
        "not": re.compile(r"\b(?:" + "|".join(data["not"]["words"]) + r")\b|n['’]t\b", re.I),
    }


def _words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.I)
