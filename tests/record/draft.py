"""Write the tables' SQL for a migration: `python -m tests.record.draft 0001_tables` (until 0.2 is released)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from onrecord.record import migrations
from onrecord.record.tables import metadata

DIALECTS: dict[str, Dialect] = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}  # type: ignore[no-untyped-call]


def statements(dialect: Dialect) -> Iterator[str]:
    """What makes the tables of `tables.py`, one statement at a time."""
    for table in metadata.sorted_tables:
        yield _tidy(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield _tidy(str(CreateIndex(index).compile(dialect=dialect)))


def _tidy(sql: str) -> str:
    return re.sub(r"[ \t]*\n\s*", "\n  ", sql.strip()).replace("\n  )", "\n)")


if __name__ == "__main__":
    for name, dialect in DIALECTS.items():
        path = migrations.HERE / "sql" / f"{sys.argv[1]}.{name}.sql"
        path.write_text("\n\n".join(statements(dialect)) + "\n", encoding="utf-8")
