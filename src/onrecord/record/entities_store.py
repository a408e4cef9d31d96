"""Entities in the database, as `entities.resolve` needs them: found by names, compared by examples, added.

All that one article asks for is fetched with a few statements over indexes, however large the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Date, Select, bindparam, insert, or_, select, union_all, update

from onrecord.record.entities_fit import Said, Somebody
from onrecord.record.names import fold, keys, parse, patronymic, plausible
from onrecord.record.tables import entities, entity_decisions, entity_keys, entity_names, identities

# Examples looked at on each side of the day.
_EXAMPLES = 8
_LETTER = {"person": "p", "organisation": "o", "state": "s", "document": "d", "joint": "j"}


@dataclass(slots=True)
class Entry:
    """A row of `entities` with its names."""

    key: int
    id: str
    name: str
    kind: str
    country: str | None
    joined: int | None
    names: list[str] = field(default_factory=list)


class Store:
    """What one document needs of the entities. `here` are the keys of those who speak in it.

    New entities have negative keys until `write` puts everything into the database at once.
    """

    def __init__(self, connection: Connection, here: set[int]) -> None:
        self._connection = connection
        self._entries: dict[int, Entry] = {}
        self._by_word: dict[str, list[int]] = {}
        self._taken: set[str] = set()
        self._said: dict[int, list[Said]] = {}
        self._names: list[tuple[int, str]] = []
        self._words: list[tuple[int, str]] = []
        self._new: list[int] = []
        self._changed: dict[int, None] = {}
        self.here = here

    def look_up(self, words: Iterable[str]) -> None:
        """Fetch everybody who can be looked up by one of these, with their names."""
        wanted = sorted({word for word in words if word not in self._by_word})
        self._by_word.update({word: [] for word in wanted})
        query = select(entity_keys.c.folded, entity_keys.c.entity_key).where(entity_keys.c.folded.in_(wanted))
        for row in self._connection.execute(query.order_by(entity_keys.c.entity_key)):
            self._by_word[row.folded].append(row.entity_key)
        self._fetch({key for word in wanted for key in self._by_word[word]})

    def _fetch(self, wanted: Iterable[int | None]) -> None:
        missing = sorted({key for key in wanted if key is not None} - self._entries.keys())
        if not missing:
            return
        for row in self._connection.execute(select(entities).where(entities.c.key.in_(missing))):
            self._entries[row.key] = Entry(row.key, row.id, row.name, row.type, row.country, row.joined_key)
        query = select(entity_names).where(entity_names.c.entity_key.in_(missing)).order_by(entity_names.c.name)
        for row in self._connection.execute(query):
            self._entries[row.entity_key].names.append(row.name)
        self._fetch(self._entries[key].joined for key in missing if key in self._entries)

    def candidates(self, words: Iterable[str], kind: str) -> list[Somebody]:
        """Everybody of a kind found by these, the oldest first; who was joined to another stands for that one."""
        found = sorted({key for word in words for key in self._by_word.get(word, ())})
        entries = [self._entries[key] for key in found]
        return [self._somebody(entry) for entry in entries if entry.kind == kind]

    def _somebody(self, entry: Entry) -> Somebody:
        last = self._survivor(entry)
        names = tuple(parse(name) for name in entry.names) if entry.kind == "person" else ()
        return Somebody(last.key, last.id, entry.name, names, entry.country, here=last.key in self.here)

    def _survivor(self, entry: Entry) -> Entry:
        while entry.joined is not None:
            entry = self._entries[entry.joined]
        return entry

    def with_examples(self, known: Somebody, day: date | None) -> Somebody:
        """Somebody with what articles nearest to a day say of him, this one among them."""
        said = list(self._said.get(known.key, ()))
        if known.key > 0:
            query = _latest() if day is None else _nearest()
            said += [Said(*row) for row in self._connection.execute(query, {"entity": known.key, "day": day})]
        return replace(known, examples=tuple(said))

    def separated(self, a: int, b: int) -> bool:
        """Whether a person took one of these out of the other."""
        c = entity_decisions.c
        pair = or_((c.from_key == a) & (c.to_key == b), (c.from_key == b) & (c.to_key == a))
        return self._connection.execute(select(c.key).where(c.action == "split", pair).limit(1)).first() is not None

    def reserve(self, idents: Iterable[str]) -> None:
        """Find out which of these ids are taken."""
        wanted = sorted(set(idents))
        self._taken.update(self._connection.execute(select(entities.c.id).where(entities.c.id.in_(wanted))).scalars())

    def create(self, name: str, kind: str, country: str | None, seed: str) -> int:
        """A new entity. Its id, reserved before, is made of its name; `seed` tells it from others of that name."""
        ident = identify(name, kind, country)
        if ident in self._taken:
            ident = f"{ident}-{hashlib.sha256(seed.encode()).hexdigest()[:8]}"
        self._taken.add(ident)
        key = -1 - len(self._new)
        self._new.append(key)
        self._entries[key] = Entry(key, ident, name, kind, country, None)
        return key

    def learn(self, key: int, name: str, words: Iterable[str], said: Said) -> None:
        """Add what a mention adds to an entity: a name, what it is looked up by, a country, a fuller name."""
        entry = self._entries[key]
        self.here.add(key)
        self._said.setdefault(key, []).append(said)
        if name not in entry.names:
            entry.names.append(name)
            self._names.append((key, name))
        for word in words:
            if key not in self._by_word.setdefault(word, []):
                self._by_word[word].append(key)
                self._words.append((key, word))
        better = name if entry.kind == "person" and _better(name, entry.name) else entry.name
        if (better, entry.country or said.country) != (entry.name, entry.country):
            entry.name, entry.country = better, entry.country or said.country
            self._changed[key] = None

    def write(self) -> dict[int, int]:
        """Put what is new into the database; the keys that new entities have from now on."""
        rows = [self._row(key) for key in self._new]
        keys: dict[int, int] = {}
        if rows:
            self._connection.execute(insert(entities), rows)
            query = select(entities.c.id, entities.c.key).where(entities.c.id.in_([row["id"] for row in rows]))
            made = {row.id: row.key for row in self._connection.execute(query)}
            keys = {key: made[self._entries[key].id] for key in self._new}
        for table, column, values in (
            (entity_names, "name", [(key, name, {"folded": fold(name)}) for key, name in self._names]),
            (entity_keys, "folded", [(key, word, {}) for key, word in self._words]),
        ):
            if values:
                new = [{"entity_key": keys.get(key, key), column: value, **more} for key, value, more in values]
                self._connection.execute(insert(table), new)
        for key in self._changed:
            if key > 0:
                row = {column: value for column, value in self._row(key).items() if column in ("name", "country")}
                self._connection.execute(update(entities).where(entities.c.key == key).values(row))
        return keys

    def _row(self, key: int) -> dict[str, str | None]:
        entry = self._entries[key]
        return {"id": entry.id, "name": entry.name, "type": entry.kind, "country": entry.country}


def identify(name: str, kind: str, country: str | None) -> str:
    """The id that an entity has if nobody else has it."""
    return f"{_LETTER[kind]}:{country if kind == 'state' and country else _slug(name)}"


def _slug(name: str) -> str:
    return "-".join(fold(name).split())[:60] or hashlib.sha256(name.encode()).hexdigest()[:8]


def fullness(name: str) -> int:
    """How much of a person a name tells: whole words, patronymics aside."""
    return sum(len(word) > 1 and (not patronymic(word) or i == 0) for i, word in enumerate(reversed(parse(name).words)))


def _better(name: str, than: str) -> bool:
    """Whether to show the one name; `Rival Ilse Brandner` tells more words than `Ilse Brandner`, and no more names."""
    more = fullness(name) > fullness(than)
    return more and (not parse(than).full or plausible(parse(name)))


def person_words(name: str) -> tuple[str, ...]:
    """What a person is looked up by."""
    return keys(parse(name))


@lru_cache(maxsize=1)
def _nearest() -> Any:
    """The examples nearest to a day, on both sides, and some without a day."""
    c = identities.c
    columns = select(c.role, c.country, c.day).where(c.entity_key == bindparam("entity"))
    day = bindparam("day", type_=Date)
    order = (c.document_key, c.speaker_id)
    parts: list[Select[Any]] = [
        columns.where(c.day <= day).order_by(c.day.desc(), *order).limit(_EXAMPLES),
        columns.where(c.day > day).order_by(c.day, *order).limit(_EXAMPLES),
        columns.where(c.day.is_(None)).order_by(*order).limit(_EXAMPLES),
    ]
    return union_all(*[select(part.subquery()) for part in parts])


@lru_cache(maxsize=1)
def _latest() -> Any:
    """The newest examples, for a document without a day."""
    c = identities.c
    columns = select(c.role, c.country, c.day).where(c.entity_key == bindparam("entity"))
    return columns.order_by(c.day.desc(), c.document_key, c.speaker_id).limit(2 * _EXAMPLES)
