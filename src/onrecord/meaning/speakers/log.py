"""The log of who has spoken in an article so far."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from onrecord.meaning.mentions import Cast, Person, fold
from onrecord.meaning.registers import Named
from onrecord.types import Attribution, Span, Speaker


@dataclass(slots=True, kw_only=True)
class Event:
    """Somebody spoke at a place. `states` and `persons` are the members of a joint source."""

    at: int
    speaker: Speaker
    person: Person | None = None
    plural: bool = False
    gender: str = ""
    head: str = ""
    group: str = ""
    states: tuple[Named, ...] = ()
    persons: tuple[Person, ...] = ()


@dataclass(slots=True, kw_only=True)
class Log:
    """All that resolving needs to know of an article."""

    cast: Cast
    published: date | None
    attributions: tuple[Attribution, ...]
    events: list[Event] = field(default_factory=list)
    speakers: dict[int, Event] = field(default_factory=dict)
    completed: set[int] = field(default_factory=set)
    weights: Counter[str] | None = None
    turns: list[tuple[int, int]] | None = None

    @property
    def text(self) -> str:
        """The working text."""
        return self.cast.segments.text


def slug(text: str) -> str:
    """A name as the tail of an id: folded, hyphens for spaces."""
    return "-".join(fold(text).split())


def person_speaker(person: Person, how: str, score: float) -> Speaker:
    """A person as a speaker."""
    return Speaker(
        name=person.name,
        role=person.role,
        country=person.country,
        type="person",
        id="p:" + (slug(person.name) or "unknown"),
        mention=person.mention,
        how=how,
        score=score,
    )


def person_event(at: int, person: Person, how: str, score: float) -> Event:
    """A person who spoke."""
    speaker = person_speaker(person, how, score)
    return Event(at=at, speaker=speaker, person=person, gender=person.gender, head=person.head, group=person.group)


def unnamed(log: Log, role: str | None, country: str | None, source: Span, score: float = 0.85) -> Speaker:
    """Somebody the article does not name; the id is the same for the same description within one article."""
    key = hashlib.sha256(f"{log.text[:2000]}\x00{role}\x00{country}".encode()).hexdigest()[:12]
    return Speaker(
        name=None, role=role, country=country, type="unnamed", id=f"u:{key}", mention=source, how="unnamed", score=score
    )


def named_speaker(named: Named, source: Span, how: str, score: float) -> Speaker:
    """A state or an organisation as a speaker."""
    if named.kind == "state":
        return Speaker(
            name=named.bare,
            role=None,
            country=named.country,
            type="state",
            id=f"s:{named.country}",
            mention=source,
            how=how,
            score=score,
        )
    return Speaker(
        name=named.bare,
        role=None,
        country=named.country,
        type="organisation",
        id="o:" + (slug(named.bare) or "unknown"),
        mention=source,
        how=how,
        score=score,
    )


def joined(words: Sequence[str | None]) -> str | None:
    """`A and B`, `A, B and C`; None where one is missing."""
    found = [w for w in words if w]
    if not found or len(found) < len(words):
        return None
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1]


def fits(known: str, wanted: str) -> bool:
    """Whether a known gender and a wanted one can be the same person's; "" is unknown."""
    return not known or not wanted or known == wanted
