"""From rows that were asked for to the readings they come from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace

from onrecord.record.rows import StatementRow
from onrecord.types import Reading, Statement

_TABLES = """
CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT UNIQUE);
CREATE TABLE asked (document TEXT, statement TEXT, entity TEXT, PRIMARY KEY (document, statement)) WITHOUT ROWID;
"""


def readings_of(rows: Iterable[StatementRow], reading: Callable[[str], Reading]) -> Iterator[Reading]:
    """The readings that `rows` lie in, each once, with those statements alone and their speakers' ids across articles.

    `reading` gives the reading of a document by its id. Rows come by day, and a document may tell of several: so which
    statements were asked for is kept in a temporary database on disk first, and one document at a time in memory.
    """
    # SQLite keeps a database without a name in a file that it removes itself, on disk as soon as it outgrows its cache.
    with closing(sqlite3.connect("", isolation_level=None)) as kept:
        kept.executescript(f"PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; {_TABLES}")
        kept.execute("BEGIN")
        for row in rows:
            kept.execute("INSERT OR IGNORE INTO documents (id) VALUES (?)", (row.document_id,))
            kept.execute("INSERT OR IGNORE INTO asked VALUES (?, ?, ?)", (row.document_id, row.id, row.entity))
        kept.execute("COMMIT")
        for (document,) in kept.execute("SELECT id FROM documents ORDER BY number"):
            asked = dict(kept.execute("SELECT statement, entity FROM asked WHERE document = ?", (document,)))
            found = reading(document)
            named = tuple(_named(row, asked[row.id]) for row in found.statements if row.id in asked)
            yield replace(found, statements=named)


def _named(statement: Statement, entity: str | None) -> Statement:
    return replace(statement, speaker=replace(statement.speaker, id=entity)) if entity else statement
