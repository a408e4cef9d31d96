"""What is in a record: its size, its failures, and its documents and statements by id."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table, func, or_, select

from onrecord.errors import QuestionError
from onrecord.record.outcomes import count_failures
from onrecord.record.rows import AppearanceRow, StatsRow
from onrecord.record.tables import (
    appearances,
    documents,
    entities,
    judgements,
    readings,
    runs,
    statements,
    stories,
)

# A beginning of an id is taken for it from this length on.
SHORTEST = 8


def stats(connection: Connection) -> StatsRow:
    """Everything counted. Statements are those shown: of each document's newest reading, and not rejected."""
    s, a = statements.c, appearances.c
    shown = select(func.count(), func.count(s.utterance_key), func.count(s.utterance_key.distinct())).where(s.shown)
    said, joined, utterances = connection.execute(shown).one()
    first, last = connection.execute(select(func.min(a.published), func.max(a.published))).one()
    return StatsRow(
        documents=_count(connection, documents),
        appearances=_count(connection, appearances),
        stories=_count(connection, stories),
        publishers=connection.scalar(select(func.count(a.publisher.distinct()))) or 0,
        statements=said,
        utterances=said - joined + utterances,
        speakers=connection.scalar(select(func.count()).select_from(entities).where(entities.c.joined_key.is_(None)))
        or 0,
        judgements=_count(connection, judgements),
        failures=count_failures(connection),
        runs=_count(connection, runs),
        first_day=first,
        last_day=last,
    )


def story(connection: Connection, document_id: str) -> tuple[AppearanceRow, ...]:
    """Every place where a text was found, the first one first, then those of its copies by day."""
    a, d = appearances.c, documents.c
    own = select(d.story_key).where(d.id == document_id).scalar_subquery()
    facts = (a.publisher, a.title, a.author, a.published, a.published_at, a.url, a.path, a.retrieved_at)
    rows = connection.execute(
        select(d.id.label("document_id"), *facts)
        .join(appearances, a.document_key == d.key)
        .where(or_(d.id == document_id, d.story_key == own))
        .order_by(d.id != document_id, a.published.is_(None), a.published, a.first.desc(), a.key)
    )
    return tuple(AppearanceRow(**row) for row in rows.mappings())


def document_id(connection: Connection, given: str) -> str | None:
    """The id of the document that `given` is the id of, or the one beginning of (8 characters or more)."""
    return _one(given, _ids(connection, documents, given))


def statement_key(connection: Connection, given: str) -> int | None:
    """The key of the shown statement whose id is `given`, or begins with it; else of the newest one not shown."""
    ids = _ids(connection, statements, given)
    id_ = _one(given, ids)
    if id_ is None:
        return None
    s = statements.c
    return connection.scalar(select(s.key).where(s.id == id_).order_by(s.shown.desc(), s.key.desc()).limit(1))


def reading_key(connection: Connection, given: str) -> int | None:
    """The key of the current reading of the document that `given` names (see `document_id`)."""
    r = readings.c
    wanted = select(r.key).join(documents, documents.c.key == r.document_key).where(r.current)
    return connection.scalar(wanted.where(documents.c.id == document_id(connection, given)))


def _ids(connection: Connection, table: Table, given: str) -> list[str]:
    id_ = table.c.id
    exact = connection.scalar(select(id_).where(id_ == given).limit(1))
    if exact is not None or len(given) < SHORTEST or not given.isalnum():
        return [exact] if exact is not None else []
    # Ids are of small letters and figures, which every collation puts below a row of z.
    return list(connection.scalars(select(id_).where(id_ >= given, id_ < given + "zzzz").distinct().limit(4)))


def _one(given: str, ids: Sequence[str]) -> str | None:
    if len(ids) > 1:
        raise QuestionError(f"{given!r} is the beginning of several ids: {', '.join(sorted(ids))}, ...")
    return ids[0] if ids else None


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
