"""What people say of statements: appended, and held on to when a newer run reads the document anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select

from onrecord.errors import QuestionError
from onrecord.record import stored
from onrecord.record.tables import (
    conditions,
    counterparts,
    deadlines,
    instruments,
    issues,
    judgement_targets,
    judgements,
    readings,
    statements,
    vias,
)

VERDICTS = ("accept", "correct", "reject")
# What a correction may name, and the column that holds what was read.
FIELDS = {
    "speaker": "speaker_name",
    "role": "speaker_role",
    "country": "speaker_country",
    "speaker_type": "speaker_type",
    "kind": "kind",
    "day": "day",
    "occasion": "occasion",
    "place": "place",
    "stance": "stance",
    "commitment": "commitment",
    "category": "category",
    "actor": "actor",
    "recipient": "recipient",
}
# What it may name besides, of which a statement has several, and the columns that hold each.
LISTS: dict[str, Select[Any]] = {
    "via": select(vias.c.name, vias.c.type).order_by(vias.c.ordinal),
    "counterparts": select(counterparts.c.country).order_by(counterparts.c.ordinal),
    "issues": select(issues.c.issue).order_by(issues.c.ordinal),
    "instruments": select(instruments.c.name).order_by(instruments.c.ordinal),
    "conditions": select(conditions.c.kind, conditions.c.start_char, conditions.c.end_char).order_by(
        conditions.c.ordinal
    ),
    "deadlines": select(
        *(deadlines.c.what, deadlines.c.kind, deadlines.c.who, deadlines.c.due_from, deadlines.c.due_to),
        *(deadlines.c.repeats, deadlines.c.source, deadlines.c.start_char, deadlines.c.end_char),
    ).order_by(deadlines.c.ordinal),
}
# The part of the longer of two contents that both have, from which they are taken for one statement.
OVERLAP = 0.5

Statement = Row[Any]


def judge(
    connection: Connection,
    statement_id: str,
    verdict: str,
    *,
    at: str,
    by: str,
    field: str | None,
    after: object,
    why: str | None,
) -> str:
    """Append a judgement of a statement; its id. QuestionError if there is no such statement or verdict."""
    if verdict not in VERDICTS:
        raise QuestionError(f"a verdict is one of {', '.join(VERDICTS)}, not {verdict}")
    found = connection.execute(_statements(statements.c.id == statement_id)).first()
    if found is None:
        raise QuestionError(f"there is no statement {statement_id} on record")
    row = {
        "statement_id": statement_id,
        "document_key": found.document_key,
        "start_char": found.start_char,
        "end_char": found.end_char,
        "at": at,
        "by": by,
        "verdict": verdict,
        "field": field,
        "before": _json(_read(connection, found, field)),
        "after": _json(after),
        "why": why,
    }
    row["id"] = "j" + hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:24]
    known = connection.scalar(select(judgements.c.key).where(judgements.c.id == row["id"]))
    if known is None:
        connection.execute(insert(judgements), row)
        for reading_key in connection.scalars(_readings(found.document_key)).all():
            carry_over(connection, found.document_key, reading_key)
    return str(row["id"])


def carry_over(connection: Connection, document_key: int, reading_key: int) -> None:
    """Find what was judged again among the statements of a reading; what was last rejected is not shown."""
    made = connection.execute(
        select(judgements).where(judgements.c.document_key == document_key).order_by(judgements.c.key)
    ).all()
    if not made:
        return
    here = connection.execute(_statements(statements.c.reading_key == reading_key)).all()
    targets = list(_targets(made, here))
    held = judgement_targets.c
    held_here = held.statement_key.in_([s.key for s in here])
    known = set(map(tuple, connection.execute(select(held.judgement_key, held.statement_key).where(held_here))))
    new = [row for row in targets if (row["judgement_key"], row["statement_key"]) not in known]
    if new:
        connection.execute(insert(judgement_targets), new)
    verdicts = {judgement.key: judgement.verdict for judgement in made}
    last = {row["statement_key"]: verdicts[row["judgement_key"]] for row in targets}
    _show(connection, reading_key, last)


def _read(connection: Connection, found: Statement, field: str | None) -> object:
    """What was read in a field: a value, or for fields of several a list of values or of objects; None without one."""
    if field in FIELDS:
        value: object = getattr(found, FIELDS[field])
        return value
    if field not in LISTS:
        return None
    table = next(iter(LISTS[field].selected_columns)).table
    rows = connection.execute(LISTS[field].where(table.c.statement_key == found.key)).all()
    return [row[0] if len(row) == 1 else dict(row._mapping) for row in rows]


def _readings(document_key: int) -> Select[Any]:
    return select(readings.c.key).where(readings.c.document_key == document_key).order_by(readings.c.key)


def _statements(wanted: ColumnElement[bool]) -> Select[Any]:
    """Statements; those of the newest reading first."""
    return select(statements).where(wanted).order_by(statements.c.shown.desc(), statements.c.reading_key.desc())


def _targets(made: Sequence[Row[Any]], here: Sequence[Statement]) -> Iterator[dict[str, Any]]:
    """For each judgement the statement that it holds for, if there is one."""
    for judgement in made:
        same = [s for s in here if s.id == judgement.statement_id]
        near = same or sorted((s for s in here if _overlap(judgement, s) >= OVERLAP), key=lambda s: _rank(judgement, s))
        for statement in near[:1]:
            yield {
                "judgement_key": judgement.key,
                "statement_key": statement.key,
                "how": "id" if same else "overlap",
            }


def _rank(judgement: Row[Any], statement: Statement) -> tuple[float, int]:
    return -_overlap(judgement, statement), statement.ordinal


def _overlap(one: Row[Any], other: Row[Any]) -> float:
    shared = min(one.end_char, other.end_char) - max(one.start_char, other.start_char)
    return float(shared / max(one.end_char - one.start_char, other.end_char - other.start_char))


def _show(connection: Connection, reading_key: int, last: dict[int, str]) -> None:
    """In the current reading, what was last rejected is hidden, and what was last accepted or corrected shown."""
    if not connection.scalar(select(readings.c.current).where(readings.c.key == reading_key)):
        return
    for shown in (True, False):
        keys = [key for key, verdict in last.items() if (verdict != "reject") == shown]
        if keys:
            stored.show(connection, statements.c.key.in_(keys), shown=shown)


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
