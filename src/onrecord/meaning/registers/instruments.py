"""Treaties, deals and resolutions: what they are called, who is bound by them, and from when to when.

An extension, a notice of withdrawal or an end counts from the day it was agreed or given: `known_expiry` answers with
what a reader of that day could know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from onrecord.meaning.registers import load_cached

ActKind = Literal[
    "accession", "adoption", "extension", "implementation", "notice", "ratification", "resumption", "suspension",
    "termination", "withdrawal",
]  # fmt: skip
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What befell an instrument on a day: `who` did it (codes), `until` the last day it then was to hold to."""

    day: date
    kind: ActKind
    who: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One entry of the register.

    `aliases` mean it wherever they stand. Those in `article` mean it only where all of `beside` (codes) are named in
    the article, those in `sentence` only where they are named in the sentence. `form` says by which nouns a text takes
    it up again ("the treaty"); `nouns` are further ones. `expires` is the end foreseen at the outset, `ended` the first
    day on which it was no longer in force. `signed` is the day of signature, adoption or opening for signature.
    """

    name: str
    official: str
    form: str
    issues: tuple[str, ...]
    parties: tuple[str, ...]
    source: str
    verified: bool
    aliases: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    depositary: str | None = None
    signed: date | None = None
    provisional: date | None = None
    in_force: date | None = None
    expires: date | None = None
    ended: date | None = None
    events: tuple[Act, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """All that means it wherever it stands: not a name that others bear, which is among the loose wordings too."""
        loose = {folded(words) for words in (*self.article, *self.sentence)}
        if self.form == "resolution":
            loose.add(folded(self.name))  # "House Resolution 242" is another one
        rows = (words for words in (self.name, self.official, *self.aliases) if folded(words) not in loose)
        return tuple(dict.fromkeys(rows))


@lru_cache(maxsize=1)
def instruments() -> tuple[Instrument, ...]:
    """Every entry of the register, in its order."""
    return tuple(_instrument(row) for row in load_cached("instruments")["instrument"])


def instrument(name: str) -> Instrument | None:
    """The entry with this short name, title or alias, whatever its case and hyphens; None if there is none."""
    return _by_title().get(folded(name))


def folded(title: str) -> str:
    """A title without case, blanks and punctuation: "START-3" and "Start 3" are one."""
    return _NOT_LETTERS.sub("", title.lower())


@lru_cache(maxsize=1)
def _by_title() -> dict[str, Instrument]:
    return {folded(title): entry for entry in instruments() for title in (entry.name, *entry.titles)}


@lru_cache(maxsize=32)
def nouns_of(form: str) -> frozenset[str]:
    """The nouns by which a text takes up an instrument of this form again."""
    return frozenset(load_cached("instruments")["forms"].get(form, ()))


@lru_cache(maxsize=32)
def vocabulary(name: str) -> frozenset[str]:
    """One list of words of the register's table `words`."""
    return frozenset(load_cached("instruments")["words"][name])


def known_expiry(entry: Instrument, day: date) -> date | None:
    """When the instrument ends or ended, as far as this could be known on `day`.

    An extension agreed later does not count, nor does an end nobody had yet announced. None where it was not yet signed
    or where no end was in sight.
    """
    if entry.signed and day < entry.signed:
        return None
    if entry.ended and entry.ended <= day:
        return entry.ended
    announced = [act.until for act in entry.events if act.until and act.day <= day]
    return announced[-1] if announced else entry.expires


def in_force(entry: Instrument, day: date) -> bool | None:
    """Whether it bound its parties (provisionally at least) on `day`; None where the register does not know.

    A suspension by one party does not end it.
    """
    started = min((d for d in (entry.provisional, entry.in_force) if d), default=None)
    if started is None:
        return None
    end = known_expiry(entry, day)
    return started <= day and (end is None or day < end)


def _instrument(row: dict[str, Any]) -> Instrument:
    lists = ("issues", "parties", "aliases", "beside", "article", "sentence", "nouns")
    fields: dict[str, Any] = {
        key: tuple(value) if key in lists else value for key, value in row.items() if key != "events"
    }
    return Instrument(**fields, events=tuple(_act(act) for act in row.get("events", ())))


def _act(row: dict[str, Any]) -> Act:
    return Act(day=row["day"], kind=row["kind"], who=tuple(row.get("who", ())), until=row.get("until"))
