"""Deadlines: what falls due, in the order in which it does; behind it what comes round again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select, tuple_

from onrecord.errors import QuestionError
from onrecord.record.excerpt import one_line
from onrecord.record.rows import DeadlineRow, Page
from onrecord.record.tables import appearances, deadlines, documents, instruments, readings, statements
from onrecord.types import Deadline, Span

_d, _s, _a = deadlines.c, statements.c, appearances.c
_DAYS = (_d.due_from, _d.due_to, _d.repeats, _d.start_char, _d.end_char)
_ONE_DAY = timedelta(days=1)
# A page of what comes round again begins with this in its cursor.
_AGAIN = "again"
# Rows of what comes round again that are looked at together.
_BATCH = 500


def page(
    connection: Connection, *, since: date | None, until: date | None, on: date, limit: int, after: str | None
) -> Page[DeadlineRow]:
    """`limit` deadlines whose last day is not before `since` and not after `until`, the nearest first.

    Behind them stands what comes round again in that time, in the order in which it was added.
    """
    if limit < 1:
        raise QuestionError("limit must be 1 or more")
    found: list[Row[Any]] = []
    if after is None or not after.startswith(_AGAIN):
        found += _dated(connection, since, until, after, limit + 1)
    if len(found) <= limit:
        start = int(_key(after), 16) if after and after.startswith(_AGAIN) else 0
        found += _repeating(connection, since or on, until, start, limit + 1 - len(found))
    shown = found[:limit]
    more = _cursor(shown[-1]) if len(found) > limit else None
    total = len(found) if after is None and more is None else None
    return Page(rows=tuple(_rows(connection, shown, on)), next=more, total=total)


def passed(connection: Connection, before: date) -> int:
    """How many deadlines had their last day before this one."""
    question = _within(_joined(select(func.count(_d.key))), None, before - _ONE_DAY)
    return connection.scalar(question) or 0


def _dated(
    connection: Connection, since: date | None, until: date | None, after: str | None, limit: int
) -> Sequence[Row[Any]]:
    question = _within(_current(), since, until)
    if after is not None:
        question = question.where(tuple_(_d.due_to, _d.key) > tuple_(*_place(after)))
    return connection.execute(question.order_by(_d.due_to, _d.key).limit(limit)).all()


def _repeating(connection: Connection, since: date, until: date | None, start: int, limit: int) -> list[Row[Any]]:
    """What comes round again from `since` to `until`, after the row `start`. Words are fetched last."""
    again = _joined(select(_d.key, *_DAYS, _s.day, _a.published)).where(_d.repeats.is_not(None)).order_by(_d.key)
    found: list[int] = []
    while len(found) < limit:
        rows = connection.execute(again.where(_d.key > start).limit(_BATCH)).all()
        for row in rows:
            day = _next(row, since)
            if until is None or (day is not None and day <= until):
                found.append(row.key)
        if len(rows) < _BATCH:
            break
        start = rows[-1].key
    wanted = _current().where(_d.key.in_(found[:limit])).order_by(_d.key)
    return list(connection.execute(wanted)) if found else []


def _within(question: Select[Any], since: date | None, until: date | None) -> Select[Any]:
    question = question.where(_d.due_to.is_not(None), _d.repeats.is_(None))
    # The end of a deadline is exclusive: its last day is the one before.
    if since is not None:
        question = question.where(_d.due_to > since)
    if until is not None and until < date.max:
        question = question.where(_d.due_to <= until + _ONE_DAY)
    return question


def _current() -> Select[Any]:
    words = func.substr(documents.c.text, _d.start_char + 1, _d.end_char - _d.start_char)
    return _joined(
        select(
            *(_d.key, _d.what, *_DAYS, _d.kind, _d.who, _d.source, _d.statement_key),
            words.label("words"),
            *(_s.id.label("statement_id"), _s.speaker_name, _s.speaker_role, _s.speaker_country, _s.day),
            documents.c.id.label("document_id"),
            *(_a.publisher, _a.title, _a.published, _a.url),
        )
    )


def _joined(question: Select[Any]) -> Select[Any]:
    """Deadlines of what is shown, with their statement, if any, and their document."""
    return (
        question.select_from(deadlines)
        .join(readings, readings.c.key == _d.reading_key)
        .join(documents, documents.c.key == readings.c.document_key)
        .outerjoin(statements, _s.key == _d.statement_key)
        .outerjoin(appearances, (_a.document_key == documents.c.key) & _a.first)
        .where(readings.c.current, or_(_d.statement_key.is_(None), _s.shown))
    )


def _rows(connection: Connection, rows: Sequence[Row[Any]], on: date) -> Iterator[DeadlineRow]:
    names = _instruments(connection, [row.statement_key for row in rows if row.statement_key is not None])
    for row in rows:
        yield _row(row, on, names.get(row.statement_key, ()))


def _row(row: Row[Any], on: date, names: Sequence[str]) -> DeadlineRow:
    return DeadlineRow(
        what=row.what,
        words=one_line(row.words),
        due_from=row.due_from,
        due_to=row.due_to,
        state=_state(row, on, names),
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
        kind=row.kind,
        who=row.who,
        repeats=row.repeats,
        next=_next(row, on),
        source=row.source,
    )


def _state(row: Row[Any], on: date, names: Sequence[str]) -> str:
    from onrecord.meaning.deadlines.state import deadline_state  # with the registers, which other questions save
    from onrecord.record.deadlines_met import Due, came_about

    happened = None
    said = row.day or row.published
    if row.due_to is not None and row.repeats is None and said is not None:
        codes = tuple(code for code in (row.who, row.speaker_country) if code)
        due = Due(
            what=row.what,
            first=row.due_from or row.due_to - _ONE_DAY,
            end=row.due_to,
            said=said,
            who=row.who,
            codes=codes,
            instruments=tuple(names),
        )
        happened = came_about(due)
    return deadline_state(_deadline(row), on, happened)


def _next(row: Row[Any], on: date) -> date | None:
    from onrecord.meaning.deadlines.state import next_occurrence

    try:
        return next_occurrence(_deadline(row), on, since=row.day or row.published)
    except ValueError:  # a period that this release does not know
        return None


def _deadline(row: Row[Any]) -> Deadline:
    """The days of a deadline as they were read. Where only its end is known, its last day is its first."""
    first = row.due_from or (row.due_to - _ONE_DAY if row.due_to else None)
    return Deadline(span=Span(row.start_char, row.end_char), what="", start=first, end=row.due_to, repeats=row.repeats)


def _instruments(connection: Connection, keys: Sequence[int]) -> dict[int, list[str]]:
    """Names of the instruments of statements, each once."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    i = instruments.c
    for start in range(0, len(keys), 900):
        some = keys[start : start + 900]
        rows = connection.execute(select(i.statement_key, i.name).where(i.statement_key.in_(some)).order_by(i.ordinal))
        for key, name in rows:
            found[key][name] = None
    return {key: list(names) for key, names in found.items()}


def _cursor(row: Row[Any]) -> str:
    return f"{row.due_to.isoformat() if row.repeats is None else _AGAIN}.{row.key:x}"


def _place(cursor: str) -> tuple[date, int]:
    day, _, key = cursor.partition(".")
    try:
        return date.fromisoformat(day), int(key, 16)
    except ValueError:
        raise QuestionError(f"{cursor!r} is not where a page ended") from None


def _key(cursor: str) -> str:
    key = cursor.partition(".")[2]
    try:
        int(key, 16)
    except ValueError:
        raise QuestionError(f"{cursor!r} is not where a page ended") from None
    return key
