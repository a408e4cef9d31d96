"""Entities joined and split by people. Each decision is appended with what it moved, so that it can be taken back.

A joined entity stays as a row that points to the one it was joined to: its names go on finding people, for that one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from onrecord.errors import RecordError
from onrecord.record.entities_store import Store, fullness, identify, person_words
from onrecord.record.names import fold
from onrecord.record.rows import IdentityRow
from onrecord.record.tables import (
    documents,
    entities,
    entity_decisions,
    entity_keys,
    entity_names,
    identities,
    statements,
)


def join(connection: Connection, from_id: str, to_id: str, *, by: str, why: str) -> str:
    """Make one entity of two: everything of the first is the second's from now on. The id of the decision.

    RecordError if there is no such entity, or they are one already. `split(from_id)` takes it back.
    """
    one, other = _last(connection, _entity(connection, from_id)), _last(connection, _entity(connection, to_id))
    if one.key == other.key:
        raise _error(connection, f"{from_id} and {to_id} are one entity already")
    rows = _identities(connection, one.key)
    decision = _decide(connection, "join", one, other, rows, by=by, why=why)
    values = {"entity_key": other.key, "rule": "hand", "reason": f"{one.id} joined to {other.id} by {by}: {why}"}
    connection.execute(update(identities).where(identities.c.entity_key == one.key).values(values))
    connection.execute(update(statements).where(statements.c.entity_key == one.key).values(entity_key=other.key))
    connection.execute(update(entities).where(entities.c.key == one.key).values(joined_key=other.key))
    _learn(connection, other, _names(connection, one.key))
    return decision


def split(
    connection: Connection,
    entity_id: str,
    *,
    documents: Sequence[str] = (),
    names: Sequence[str] = (),
    by: str,
    why: str,
) -> str:
    """Take some of an entity out as one of its own: what these documents or names say. The id of the decision.

    With neither, take back the join of this entity to another: what that moved comes back. RecordError if there is no
    such entity, nothing to move, or nothing would be left.
    """
    entity = _entity(connection, entity_id)
    if not documents and not names:
        return _part(connection, entity, by=by, why=why)
    entity = _last(connection, entity)
    rows = _identities(connection, entity.key)
    wanted, folded = set(documents), {fold(name) for name in names}
    chosen = [row for row in rows if row.document_id in wanted or fold(row.name or "") in folded]
    if unknown := wanted - {row.document_id for row in rows}:
        raise _error(connection, f"{entity_id} does not speak in {', '.join(sorted(unknown))}")
    if not chosen:
        raise _error(connection, f"{entity_id} has no name {', '.join(names)}")
    if len(chosen) == len(rows):
        raise _error(connection, f"all of {entity_id} would be taken out; nothing was changed")
    new = _new(connection, entity, chosen)
    decision = _decide(connection, "split", entity, new, chosen, by=by, why=why)
    reason = f"taken out of {entity.id} by {by}: {why}"
    _move(connection, [(row, "hand", reason) for row in chosen], new.key)
    _learn(connection, new, [row.name for row in chosen if row.name])
    _forget(connection, entity, chosen)
    return decision


def _part(connection: Connection, entity: Row[Any], *, by: str, why: str) -> str:
    """Take back a join, exactly: what it moved, with the rules and reasons from before."""
    if entity.joined_key is None:
        raise _error(connection, f"{entity.id} is not joined to another; say which documents or names to take out")
    last = _last(connection, entity)
    c = entity_decisions.c
    query = select(c.moved).where(c.action == "join", c.from_key == entity.key).order_by(c.key.desc()).limit(1)
    before = {(d, s): (rule, reason) for d, s, rule, reason in json.loads(connection.execute(query).scalar_one())}
    rows = [row for row in _identities(connection, last.key) if (row.document_id, row.speaker_id) in before]
    decision = _decide(connection, "split", last, entity, rows, by=by, why=why)
    _move(connection, [(row, *before[row.document_id, row.speaker_id]) for row in rows], entity.key)
    connection.execute(update(entities).where(entities.c.key == entity.key).values(joined_key=None))
    _forget(connection, last, rows)
    return decision


def moved(connection: Connection, decision: str) -> list[list[str]]:
    """What a decision moved: document id, speaker id, and the rule and reason from before, of each."""
    found = connection.execute(select(entity_decisions.c.moved).where(entity_decisions.c.id == decision)).scalar_one()
    return json.loads(found)  # type: ignore[no-any-return]


def explain(connection: Connection, entity_id: str) -> tuple[IdentityRow, ...]:
    """Why each speaker of each document is taken for this entity (or for the one it was joined to), oldest first."""
    rows = _identities(connection, _last(connection, _entity(connection, entity_id)).key)
    return tuple(
        IdentityRow(
            document_id=row.document_id, speaker_id=row.speaker_id, name=row.name, rule=row.rule, reason=row.reason
        )
        for row in rows
    )


# --- rows ----------------------------------------------------------------------------------------------------------


def _error(connection: Connection, reason: str) -> RecordError:
    if connection.dialect.name == "sqlite":
        files = {row[1]: row[2] for row in connection.exec_driver_sql("PRAGMA database_list")}
        where = files["main"] or ":memory:"
    else:
        where = connection.engine.url.set(drivername="postgresql", password=None).render_as_string()
    return RecordError(where, reason)


def _entity(connection: Connection, ident: str) -> Row[Any]:
    row = connection.execute(select(entities).where(entities.c.id == ident)).first()
    if row is None:
        raise _error(connection, f"no entity {ident!r}; `onrecord speakers` lists them")
    return row


def _last(connection: Connection, entity: Row[Any]) -> Row[Any]:
    """The entity that this one was joined to, or itself."""
    while entity.joined_key is not None:
        entity = connection.execute(select(entities).where(entities.c.key == entity.joined_key)).one()
    return entity


def _identities(connection: Connection, key: int) -> Sequence[Row[Any]]:
    query = select(identities, documents.c.id.label("document_id")).join(documents)
    order = (identities.c.document_key, identities.c.speaker_id)
    return connection.execute(query.where(identities.c.entity_key == key).order_by(*order)).all()


def _names(connection: Connection, key: int) -> list[str]:
    query = select(entity_names.c.name).where(entity_names.c.entity_key == key).order_by(entity_names.c.name)
    return list(connection.execute(query).scalars())


def _decide(
    connection: Connection, action: str, one: Row[Any], other: Row[Any], rows: Sequence[Row[Any]], *, by: str, why: str
) -> str:
    at = datetime.now(UTC).isoformat()
    moved = json.dumps([[r.document_id, r.speaker_id, r.rule, r.reason] for r in rows], ensure_ascii=False)
    ident = "e" + hashlib.sha256("\x00".join((action, one.id, other.id, at, by, why)).encode()).hexdigest()[:24]
    values = {"id": ident, "at": at, "by": by, "action": action, "moved": moved, "why": why}
    connection.execute(insert(entity_decisions), {**values, "from_key": one.key, "to_key": other.key})
    return ident


def _move(connection: Connection, moves: Sequence[tuple[Row[Any], str, str]], key: int) -> None:
    """Give these speakers of documents, with their statements, to an entity."""
    if not moves:
        return
    where = {"document_key": "of_document", "speaker_id": "of_speaker"}
    rows = [{"of_document": r.document_key, "of_speaker": r.speaker_id, "rule": a, "reason": b} for r, a, b in moves]
    of = [identities.c[column] == bindparam(name) for column, name in where.items()]
    change = {"entity_key": key, "rule": bindparam("rule"), "reason": bindparam("reason")}
    connection.execute(update(identities).where(*of).values(change), rows)
    of = [statements.c[column] == bindparam(name) for column, name in where.items()]
    spoken = [{"of_document": r.document_key, "of_speaker": r.speaker_id} for r, _, _ in moves]
    connection.execute(update(statements).where(*of).values(entity_key=key), spoken)


def _new(connection: Connection, entity: Row[Any], rows: Sequence[Row[Any]]) -> Row[Any]:
    name = max((row.name or entity.name for row in rows), key=lambda n: (fullness(n), n))
    seed = "|".join(f"{row.document_id}|{row.speaker_id}" for row in rows)
    store, country = Store(connection, set()), _country(rows)
    store.reserve([identify(name, entity.type, country)])
    key = store.create(name, entity.type, country, seed)
    key = store.write()[key]
    return connection.execute(select(entities).where(entities.c.key == key)).one()


def _country(rows: Sequence[Row[Any]]) -> str | None:
    counted = Counter(row.country for row in rows if row.country)
    return counted.most_common(1)[0][0] if counted else None


def _keys(connection: Connection, entity: Row[Any], names: Sequence[str]) -> set[str]:
    """What an entity with these names is looked up by. Those that are no person have one word, whatever their names."""
    if entity.type == "person":
        return {word for name in names for word in person_words(name)}
    query = select(entity_keys.c.folded).where(entity_keys.c.entity_key == entity.key)
    return set(connection.execute(query).scalars())


def _learn(connection: Connection, entity: Row[Any], names: Sequence[str]) -> None:
    """Add names, and what they are looked up by, to an entity."""
    new = sorted(set(names) - set(_names(connection, entity.key)))
    rows = [{"entity_key": entity.key, "name": name, "folded": fold(name)} for name in new]
    if rows:
        connection.execute(insert(entity_names), rows)
    _refresh(connection, entity)


def _forget(connection: Connection, entity: Row[Any], moved: Sequence[Row[Any]]) -> None:
    """Take those names from an entity that only what was moved bore."""
    left = _identities(connection, entity.key)
    gone = {row.name for row in moved} - {row.name for row in left}
    mine = (entity_names.c.entity_key == entity.key) & entity_names.c.name.in_(gone)
    if left:
        connection.execute(delete(entity_names).where(mine))
    if left and entity.country not in {row.country for row in left}:
        connection.execute(update(entities).where(entities.c.key == entity.key).values(country=_country(left)))
    _refresh(connection, entity)


def _refresh(connection: Connection, entity: Row[Any]) -> None:
    """Bring name and look-up words of an entity in line with its names."""
    names = _names(connection, entity.key)
    if names and entity.name not in names:
        best = max(names, key=lambda n: (fullness(n), n))
        connection.execute(update(entities).where(entities.c.key == entity.key).values(name=best))
    wanted = _keys(connection, entity, names)
    mine = entity_keys.c.entity_key == entity.key
    have = set(connection.execute(select(entity_keys.c.folded).where(mine)).scalars())
    if gone := have - wanted:
        connection.execute(delete(entity_keys).where(mine, entity_keys.c.folded.in_(gone)))
    if new := sorted(wanted - have):
        connection.execute(insert(entity_keys), [{"folded": w, "entity_key": entity.key} for w in new])
