"""Agenda: what two sides have said of each other's business, issue by issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Date, select, text

from onrecord.record.questions_filters import Asked
from onrecord.record.questions_rows import statement_rows
from onrecord.record.questions_search import matches
from onrecord.record.rows import AgendaRow
from onrecord.record.tables import statements
from onrecord.record.words import KEYS, Query, facet, match, number, pair

_s = statements.c
# Ids shown as evidence of an issue, newest first.
EVIDENCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issue:
    """An issue of one side: how often, from when to when, and the row to show it by."""

    id: str
    statements: int
    first_day: date | None
    last_day: date | None
    shown: int


def agenda(connection: Connection, country: str, counterpart: str) -> Iterator[AgendaRow]:
    """Issues on which `country` has spoken about `counterpart`, then the other way round; the most spoken of first."""
    sides = [(country, counterpart)] if country == counterpart else [(country, counterpart), (counterpart, country)]
    for one, other in sides:
        found = _issues(connection, one, other)
        evidence = _evidence(connection, one, other, [issue.id for issue in found])
        keys = [issue.shown & KEYS for issue in found]
        for issue, row in zip(found, statement_rows(connection, keys), strict=True):
            yield AgendaRow(
                country=one,
                counterpart=other,
                issue=issue.id,
                statements=issue.statements,
                first_day=issue.first_day,
                last_day=issue.last_day,
                stance=row.stance,
                commitment=row.commitment,
                speaker=row.speaker or row.role,
                words=row.words,
                newest=row.id,
                evidence=evidence[issue.id],
            )


def _issues(connection: Connection, country: str, counterpart: str) -> list[_Issue]:
    condition, value = match(connection.dialect.name, Query(facets=((pair(country, counterpart),),)))
    # Rows of the index are numbered by day: the highest number is the newest statement.
    found = connection.execute(
        text(
            "SELECT i.issue, count(*) AS statements, min(i.day) AS first_day, max(i.day) AS last_day,"
            " max(w.rowid) AS newest, max(CASE WHEN i.stance IS NOT NULL THEN w.rowid END) AS position"
            " FROM statement_words AS w CROSS JOIN issues AS i"
            f" WHERE {condition} AND i.statement_key = (w.rowid & {KEYS}) AND i.shown"
            " GROUP BY i.issue ORDER BY statements DESC, i.issue"
        ).columns(first_day=Date, last_day=Date),
        {"match": value},
    )
    return [
        _Issue(
            id=row.issue,
            statements=row.statements,
            first_day=row.first_day,
            last_day=row.last_day,
            shown=row.newest if row.position is None else row.position,
        )
        for row in found
    ]


def _evidence(
    connection: Connection, country: str, counterpart: str, issues: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Ids of the newest statements on each issue."""
    found = {}
    for issue in issues:
        facets = ((pair(country, counterpart),), (facet("issue", issue),))
        question = Asked(query=Query(facets=facets), low=0, high=number(date.max, KEYS))
        found[issue] = [row & KEYS for row in matches(connection, question, limit=EVIDENCE)]
    every = {key for keys in found.values() for key in keys}
    ids = {row.key: row.id for row in connection.execute(select(_s.key, _s.id).where(_s.key.in_(every)))}
    return {issue: tuple(ids[key] for key in keys) for issue, keys in found.items()}
