"""Who held which office when: the register of persons asked by office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.meaning.registers import load_cached


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One person's time in an office; `end` None while it lasts."""

    name: str
    country: str
    office: str
    start: date
    end: date | None

    def covers(self, day: date, margin: int = 0) -> bool:
        """Whether `day` lies in it, or at most `margin` days beside it."""
        return (self.start - day).days <= margin and (self.end is None or (day - self.end).days <= margin)


def kept_until() -> date:
    """The day until which the terms were kept up."""
    return date.fromisoformat(load_cached("persons")["checked"])


def same_office(office: str) -> str:
    """An office in the words under which all states' ("Foreign Secretary", "Minister for Foreign Affairs") are one."""
    office = office.replace("Defense", "Defence").replace("National Defence", "Defence")
    if office.startswith("Minister for "):
        office = office.replace("Minister for ", "Minister of ", 1)
    same: dict[str, str] = load_cached("holders")["same"]
    return same.get(office, office)


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """All terms of office, in order of their beginning."""
    found = [
        Term(
            name=row["name"],
            country=row["country"],
            office=same_office(row["office"]),
            start=date.fromisoformat(start),
            end=date.fromisoformat(end) if end else None,
        )
        for row in load_cached("persons")["person"]
        if row.get("office")
        for start, end in row["terms"]
    ]
    return tuple(sorted(found, key=lambda term: (term.start, term.name)))


@lru_cache(maxsize=512)
def terms_of(office: str, country: str) -> tuple[Term, ...]:
    """The terms of one office of a state or organisation."""
    office = same_office(office)
    return tuple(term for term in terms() if term.country == country and term.office == office)


@lru_cache(maxsize=512)
def terms_by(name: str) -> tuple[Term, ...]:
    """The terms of one person, by the name in the register."""
    return tuple(term for term in terms() if term.name == name)
