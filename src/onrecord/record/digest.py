"""What a record holds, as one hash: equal for two records that were filled alike, in either database.

Times, integer keys, and the order in which rows lie do not count; everything else does. Every row becomes a line that
names other rows by their content hashes; the hashes of the lines are added up, which needs no sorting and no memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, FromClause, Select, Table, select

from onrecord.record import tables

__all__ = ["digest", "parts"]

_WHOLE = 1 << 256


def digest(connection: Connection) -> str:
    """The hash of all that the record holds."""
    return hashlib.sha256(repr(sorted(parts(connection).items())).encode()).hexdigest()


def parts(connection: Connection) -> dict[str, tuple[int, str]]:
    """For each table how many lines it makes and the hash of them, to see where two records differ."""
    found = {name: _sum(_rows(connection, query)) for name, query in _queries()}
    found["stories"] = _sum(_sets(connection, _story_members()))
    found["utterances"] = _sum(_sets(connection, _utterance_members()))
    return found


def _sum(lines: Iterable[tuple[Any, ...]]) -> tuple[int, str]:
    """How many lines there are, and the sum of their hashes (lines that are there twice count twice)."""
    count = total = 0
    for line in lines:
        count += 1
        words = repr(tuple(map(_plain, line))).encode("utf-8", "backslashreplace")
        total += int.from_bytes(hashlib.sha256(words).digest())
    return count, f"{total % _WHOLE:064x}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _rows(connection: Connection, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
    return map(tuple, connection.execution_options(yield_per=1000).execute(query))


def _sets(connection: Connection, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
    """The members of each group; a row is the group's key and a member."""
    for _, rows in groupby(_rows(connection, query), key=lambda row: row[0]):
        yield tuple(sorted(row[1:] for row in rows))


def _queries() -> Iterator[tuple[str, Select[Any]]]:
    d, r, e = tables.documents, tables.readings, tables.entities
    yield "documents", _line(d, [])
    yield "appearances", _line(tables.appearances, [d.c.id], d)
    yield "runs", _line(tables.runs, [])
    yield "readings", _line(r, _READING, d, tables.runs)
    yield "statements", _statements()
    for table in (tables.headings, tables.flags, tables.agendas):
        yield table.name, _line(table, _READING, r, d, tables.runs)
    yield "agenda_items", _line(tables.agenda_items, [*_READING, tables.agendas.c.ordinal], tables.agendas, r, d, _RUNS)
    for table in (tables.spans, tables.vias, tables.counterparts, tables.issues, tables.conditions):
        yield table.name, _line(table, _STATEMENT, tables.statements, r, d, _RUNS)
    for table in (tables.instruments, tables.deadlines, tables.dates):
        yield table.name, _of_either(table)
    yield from _about_entities(d, e)
    yield from _about_people(d)
    yield from _about_intakes(d)


_RUNS = tables.runs
_READING = [tables.documents.c.id, _RUNS.c.version, _RUNS.c.model, _RUNS.c.settings]
_STATEMENT = [*_READING, tables.statements.c.ordinal]
# Keys, times, and what is random.
_LEFT_OUT = {"added_at", "retrieved_at", "started", "ended", "at"}


def _own(table: Table) -> list[Any]:
    return [c for c in table.c if c.name not in _LEFT_OUT and c.name != "key" and not c.name.endswith("_key")]


def _line(table: Table, more: list[Any], *joined: Table) -> Select[Any]:
    """A table's own columns and `more` of the tables it hangs on, each `joined` to the one before it that names it."""
    source: FromClause = table
    for other in joined:
        source = source.join(other, _link(table, joined, other))
    return select(*_own(table), *more).select_from(source)


def _link(table: Table, joined: tuple[Table, ...], other: Table) -> Any:
    name = {"entities": "entity"}.get(other.name, other.name.removesuffix("s"))
    holder = next(t for t in (table, *joined) if t is not other and f"{name}_key" in t.c)
    return holder.c[f"{name}_key"] == other.c.key


def _statements() -> Select[Any]:
    s, e = tables.statements, tables.entities
    source = s.join(tables.readings, s.c.reading_key == tables.readings.c.key)
    source = source.join(tables.documents, s.c.document_key == tables.documents.c.key)
    source = source.join(_RUNS, tables.readings.c.run_key == _RUNS.c.key)
    return select(*_own(s), *_READING, e.c.id).select_from(source.outerjoin(e, s.c.entity_key == e.c.key))


def _of_either(table: Table) -> Select[Any]:
    """Rows of a statement, or of the reporter's own narration."""
    s, r, d = tables.statements, tables.readings, tables.documents
    source = table.join(r, table.c.reading_key == r.c.key).join(d, r.c.document_key == d.c.key)
    source = source.join(_RUNS, r.c.run_key == _RUNS.c.key).outerjoin(s, table.c.statement_key == s.c.key)
    return select(*_own(table), *_STATEMENT).select_from(source)


def _about_entities(d: Table, e: Table) -> Iterator[tuple[str, Select[Any]]]:
    other, one, hand = e.alias(), e.alias(), tables.entity_decisions
    yield "entities", select(*_own(e), other.c.id).outerjoin_from(e, other, e.c.joined_key == other.c.key)
    for table in (tables.entity_names, tables.entity_keys):
        yield table.name, _line(table, [e.c.id], e)
    yield "identities", _line(tables.identities, [d.c.id, e.c.id], d, e)
    joined = hand.join(one, hand.c.from_key == one.c.key).join(other, hand.c.to_key == other.c.key)
    # Not the ids: they are hashes of times too.
    yield (
        hand.name,
        select(hand.c.by, hand.c.action, hand.c.moved, hand.c.why, one.c.id, other.c.id).select_from(joined),
    )


def _about_people(d: Table) -> Iterator[tuple[str, Select[Any]]]:
    j, t = tables.judgements, tables.judgement_targets
    said = [c for c in _own(j) if c.name != "id"]
    yield "judgements", select(*said, d.c.id).join_from(j, d, j.c.document_key == d.c.key)
    source = t.join(j, t.c.judgement_key == j.c.key).join(
        tables.statements, t.c.statement_key == tables.statements.c.key
    )
    source = source.join(tables.readings, tables.statements.c.reading_key == tables.readings.c.key)
    source = source.join(d, j.c.document_key == d.c.key).join(_RUNS, tables.readings.c.run_key == _RUNS.c.key)
    yield t.name, select(t.c.how, j.c.statement_id, j.c.verdict, j.c.by, *_STATEMENT).select_from(source)


def _about_intakes(d: Table) -> Iterator[tuple[str, Select[Any]]]:
    o, p, i = tables.outcomes, tables.places, tables.intakes
    source = o.join(p, o.c.place_key == p.c.key).join(i, p.c.intake_key == i.c.key)
    source = source.outerjoin(d, o.c.document_key == d.c.key)
    yield "outcomes", select(*_own(o), p.c.name, i.c.sources, i.c.options, d.c.id).select_from(source)
    yield "places", select(*_own(p), i.c.sources, i.c.options).join_from(p, i, p.c.intake_key == i.c.key)
    yield (
        "story_bands",
        select(tables.story_bands.c.band, tables.story_bands.c.value, d.c.id).join_from(
            tables.story_bands, d, tables.story_bands.c.document_key == d.c.key
        ),
    )


def _story_members() -> Select[Any]:
    d = tables.documents
    return select(d.c.story_key, d.c.id).where(d.c.story_key.is_not(None)).order_by(d.c.story_key)


def _utterance_members() -> Select[Any]:
    s, r = tables.statements, tables.readings
    source = s.join(r, s.c.reading_key == r.c.key).join(_RUNS, r.c.run_key == _RUNS.c.key)
    members = select(s.c.utterance_key, s.c.id, s.c.ordinal, _RUNS.c.model).select_from(source)
    return members.where(s.c.utterance_key.is_not(None)).order_by(s.c.utterance_key)
