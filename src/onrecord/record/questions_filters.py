"""Filters of a question: checked, and turned into a query of the index with what the index leaves open."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from onrecord.errors import QuestionError
from onrecord.record import vocabulary
from onrecord.record.tables import entities, entity_names, identities
from onrecord.record.words import Query, facet, number, parse

Words = str | Sequence[str] | None
Day = date | str | None

_PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What statements must meet: all that is given, and of each field any one value. Both days are included.

    `speaker` is a name in any spelling or an entity's id; `country` the one the speaker speaks for. `since` and
    `until` leave out statements without a day.
    """

    words: str = ""
    speaker: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    counterpart: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    commitment: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, *, words: str = "", since: Day = None, until: Day = None, **fields: Words) -> Filters:
        """Filters as a caller gives them: one value or several, names or codes. QuestionError for unknown ones."""
        several = {name: tuple(_known(name, value) for value in _several(given)) for name, given in fields.items()}
        return cls(words=words, since=first_day(since), until=last_day(until), **several)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the index takes it: a query, the first and last number of a row, and the speakers, if any."""

    query: Query
    low: int
    high: int
    entities: tuple[int, ...] | None = None


def asked(connection: Connection, filters: Filters) -> Asked:
    """The question that `filters` put to this record."""
    groups = []
    for name in ("country", "counterpart", "issue", "instrument", "kind", "stance", "commitment", "publisher"):
        values: tuple[str, ...] = getattr(filters, name)
        if values:
            groups.append(tuple(dict.fromkeys(facet(name, value) for value in values)))
    who = entity_keys_of(connection, filters.speaker) if filters.speaker else None
    if who is not None:
        groups.append(_who(connection, who))
    low, high = _range(filters)
    return Asked(query=replace(parse(filters.words), facets=tuple(groups)), low=low, high=high, entities=who)


def first_day(given: Day) -> date | None:
    """A day, or the first day of a month (`2026-03`) or year (`2026`). QuestionError if it is none of them."""
    return _day(given, last=False)


def last_day(given: Day) -> date | None:
    """A day, or the last day of a month or year. QuestionError if it is none of them."""
    return _day(given, last=True)


def _day(given: Day, *, last: bool) -> date | None:
    if given is None or isinstance(given, date):
        return given
    try:
        whole = _PERIOD.fullmatch(given.strip())
        if whole is None:
            return date.fromisoformat(given.strip())
        year = int(whole[1])
        month = int(whole[2] or (12 if last else 1))
        return date(year, month, monthrange(year, month)[1] if last else 1)
    except ValueError:
        raise QuestionError(f"{given!r} is not a date such as 2026-03-04, 2026-03 or 2026") from None


def _several(given: Words) -> Sequence[str]:
    return () if given is None else (given,) if isinstance(given, str) else given


def _known(name: str, value: str) -> str:
    if name in ("country", "counterpart"):
        return vocabulary.country(value)
    if name in ("issue", "kind", "stance", "commitment"):
        return vocabulary.known(name, value)
    return value


def _range(filters: Filters) -> tuple[int, int]:
    # Without a lower bound rows without a day count too; with an upper one only, they do not.
    dated = filters.since is not None or filters.until is not None
    low = number(filters.since or date.min) if dated else 0
    return low, number(filters.until or date.max, (1 << 34) - 1)


def entity_keys_of(connection: Connection, speakers: Sequence[str]) -> tuple[int, ...]:
    """Keys of everyone whom these ids or names may mean, those joined to another as that other."""
    found = set(connection.scalars(select(entities.c.key).where(entities.c.id.in_(speakers))))
    for speaker in speakers:
        found.update(_named(connection, speaker))
    joined = select(entities.c.key, entities.c.joined_key).where(entities.c.joined_key.is_not(None))
    while found:
        moved = {row.key: row.joined_key for row in connection.execute(joined.where(entities.c.key.in_(found)))}
        if not moved:
            break
        found = {moved.get(key, key) for key in found}
    return tuple(sorted(found))


def _named(connection: Connection, speaker: str) -> Iterator[int]:
    """Those who bear this name, as written or as another spelling, form or part of it."""
    from onrecord.record import entities as who  # with the registers of the reader: 0.2 s that other questions save
    from onrecord.record.names import fold

    yield from who.find(connection, speaker)
    yield from connection.scalars(select(entity_names.c.entity_key).where(entity_names.c.folded == fold(speaker)))


def _who(connection: Connection, keys: Sequence[int]) -> tuple[str, ...]:
    """The facets of all speakers of articles who have been taken for these entities; never empty."""
    ids = connection.scalars(select(identities.c.speaker_id).where(identities.c.entity_key.in_(keys)).distinct())
    return tuple(sorted({facet("who", id_) for id_ in ids})) or (facet("who", ""),)
