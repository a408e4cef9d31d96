"""Deadlines: what falls due, in the order in which it does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select, tuple_

from onrecord.errors import QuestionError
from onrecord.record.excerpt import one_line
from onrecord.record.rows import DeadlineRow, Page
from onrecord.record.tables import appearances, deadlines, documents, readings, statements

_d, _s, _a = deadlines.c, statements.c, appearances.c
_ONE_DAY = timedelta(days=1)


def page(
    connection: Connection, *, since: date | None, until: date | None, on: date, limit: int, after: str | None
) -> Page[DeadlineRow]:
    """`limit` deadlines whose last day is not before `since` and not after `until`, the nearest first."""
    if limit < 1:
        raise QuestionError("limit must be 1 or more")
    question = _due(since, until)
    if after is not None:
        question = question.where(tuple_(_d.due_to, _d.key) > tuple_(*_place(after)))
    rows = connection.execute(question.order_by(_d.due_to, _d.key).limit(limit + 1)).all()
    shown = rows[:limit]
    more = f"{shown[-1].due_to.isoformat()}.{shown[-1].key:x}" if len(rows) > limit else None
    total = len(rows) if after is None and more is None else None
    return Page(rows=tuple(_row(row, on) for row in shown), next=more, total=total)


def passed(connection: Connection, before: date) -> int:
    """How many deadlines had their last day before this one."""
    question = _due(None, before - _ONE_DAY).with_only_columns(func.count(), maintain_column_froms=True)
    return connection.scalar(question.order_by(None)) or 0


def _due(since: date | None, until: date | None) -> Select[Any]:
    words = func.substr(documents.c.text, _d.start_char + 1, _d.end_char - _d.start_char)
    question = (
        select(
            *(_d.key, _d.what, _d.due_from, _d.due_to, _d.start_char, _d.end_char),
            words.label("words"),
            *(_s.id.label("statement_id"), _s.speaker_name, _s.speaker_role, _s.speaker_country),
            documents.c.id.label("document_id"),
            *(_a.publisher, _a.title, _a.published, _a.url),
        )
        .join(readings, readings.c.key == _d.reading_key)
        .join(documents, documents.c.key == readings.c.document_key)
        .outerjoin(statements, _s.key == _d.statement_key)
        .outerjoin(appearances, (_a.document_key == documents.c.key) & _a.first)
        .where(readings.c.current, or_(_d.statement_key.is_(None), _s.shown), _d.due_to.is_not(None))
    )
    # The end of a deadline is exclusive: its last day is the one before.
    if since is not None:
        question = question.where(_d.due_to > since)
    if until is not None and until < date.max:
        question = question.where(_d.due_to <= until + _ONE_DAY)
    return question


def _row(row: Row[Any], on: date) -> DeadlineRow:
    return DeadlineRow(
        what=row.what,
        words=one_line(row.words),
        due_from=row.due_from,
        due_to=row.due_to,
        state="open" if on < row.due_to else "passed",
        statement_id=row.statement_id,
        document_id=row.document_id,
        speaker=row.speaker_name or row.speaker_role,
        country=row.speaker_country,
        publisher=row.publisher,
        title=row.title,
        published=row.published,
        start=row.start_char,
        end=row.end_char,
        url=row.url,
    )


def _place(cursor: str) -> tuple[date, int]:
    day, _, key = cursor.partition(".")
    try:
        return date.fromisoformat(day), int(key, 16)
    except ValueError:
        raise QuestionError(f"{cursor!r} is not where a page ended") from None
