"""Statements that a question asks for: a page of them, or all of them as a stream."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, text

from onrecord.errors import QuestionError
from onrecord.record.questions_filters import Asked, Filters, asked
from onrecord.record.questions_rows import statement_rows
from onrecord.record.rows import Page, StatementRow
from onrecord.record.words import KEYS, match, number

# Beyond this many the matches are not counted: counting all of a common word would take longer than finding a page.
COUNTED = 1000
_BATCH = 500


def page(
    connection: Connection, filters: Filters, *, limit: int, after: str | None, oldest: bool
) -> Page[StatementRow]:
    """`limit` statements from where `after` stands, newest first or oldest first (then only those with a day)."""
    if limit < 1:
        raise QuestionError("limit must be 1 or more")
    question = asked(connection, filters)
    if oldest:
        question = replace(question, low=max(question.low, number(date.min)))
    total = _total(connection, question)
    if after is not None:
        question = _behind(question, _place(after, filters, oldest), oldest)
    found = matches(connection, question, limit=limit + 1, oldest=oldest)
    shown = found[:limit]
    rows = statement_rows(connection, [row & KEYS for row in shown], question.query)
    more = _cursor(shown[-1], filters, oldest) if len(found) > limit else None
    return Page(rows=tuple(rows), next=more, total=total)


def stream(connection: Connection, filters: Filters) -> Iterator[StatementRow]:
    """All statements that meet `filters`, newest first, in constant memory. For one transaction."""
    question = asked(connection, filters)
    while found := matches(connection, question, limit=_BATCH):
        yield from statement_rows(connection, [row & KEYS for row in found], question.query)
        question = _behind(question, found[-1], oldest=False)


def matches(connection: Connection, question: Asked, *, limit: int, oldest: bool = False) -> list[int]:
    """Numbers of the first rows of the index that answer `question`; their low bits are the statements' keys."""
    order = "ASC" if oldest else "DESC"
    return list(
        connection.scalars(
            text(f"SELECT w.rowid {_shown(connection, question)} ORDER BY w.rowid {order} LIMIT :limit"),
            {**_values(connection, question), "limit": limit},
        )
    )


def count(connection: Connection, question: Asked, most: int) -> int:
    """How many statements answer `question`, counted no further than `most`."""
    found = connection.scalar(
        text(f"SELECT count(*) FROM (SELECT 1 {_shown(connection, question)} LIMIT :limit) AS found"),
        {**_values(connection, question), "limit": most},
    )
    return int(found or 0)


def _total(connection: Connection, question: Asked) -> int | None:
    found = count(connection, question, COUNTED + 1)
    return found if found <= COUNTED else None


def _shown(connection: Connection, question: Asked) -> str:
    """From the index to the statements, in that order (CROSS JOIN tells SQLite so)."""
    condition, _ = match(connection.dialect.name, question.query)
    who = (
        f" AND s.entity_key IN ({', '.join(map(str, question.entities)) or 'NULL'})"
        if question.entities is not None
        else ""
    )
    return (
        f"FROM statement_words AS w CROSS JOIN statements AS s WHERE {condition}"
        f" AND w.rowid >= :low AND w.rowid <= :high AND s.key = (w.rowid & {KEYS}) AND s.shown{who}"
    )


def _values(connection: Connection, question: Asked) -> dict[str, str | int]:
    return {
        "match": match(connection.dialect.name, question.query)[1],
        "low": question.low,
        "high": question.high,
    }


def _behind(question: Asked, row: int, oldest: bool) -> Asked:
    if oldest:
        return replace(question, low=max(question.low, row + 1))
    return replace(question, high=min(question.high, row - 1))


def _cursor(row: int, filters: Filters, oldest: bool) -> str:
    """Where a page ends: its last row, and which question it answers."""
    return f"{row:x}.{_question(filters, oldest)}"


def _place(cursor: str, filters: Filters, oldest: bool) -> int:
    place, _, question = cursor.partition(".")
    if question != _question(filters, oldest):
        raise QuestionError(f"{cursor!r} does not continue this question: give the same words and filters as before")
    try:
        return int(place, 16)
    except ValueError:
        raise QuestionError(f"{cursor!r} is not where a page ended") from None


def _question(filters: Filters, oldest: bool) -> str:
    return hashlib.sha256(f"{oldest} {filters}".encode()).hexdigest()[:8]
