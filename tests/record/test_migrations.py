"""What the migrations make is what `tables.py` says, in either database; they are named and recorded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.exc import DBAPIError

from onrecord import __version__
from onrecord.record import migrations
from onrecord.record.database import open_database
from onrecord.record.tables import metadata
from onrecord.record.writer import Writer
from tests.record.samples import RUN, full, reading, said

# The index of words is not SQLAlchemy's; the others are the migrations' own.
_OTHERS = re.compile("statement_words.*|onrecord_.*|sqlite_.*")


def _ours(name: str | None, kind: str, *_: object) -> bool:
    return kind != "table" or not _OTHERS.fullmatch(name or "")


def test_they_make_what_the_tables_say(database: str) -> None:
    engine = open_database(database, write=True)
    with engine.connect() as connection:
        options = {"include_name": _ours, "compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    engine.dispose()


def _schema(connection: Connection) -> set[str]:
    rows = connection.exec_driver_sql("SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index')").all()
    return {_tidy(sql) for table, sql in rows if sql and _ours(table, "table")}


def _tidy(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip()


def test_they_make_it_to_the_letter_in_sqlite(tmp_path: Path) -> None:
    engine, other = open_database(tmp_path / "record.db", write=True), create_engine("sqlite://")
    metadata.create_all(other)
    with engine.connect() as migrated, other.connect() as made:
        assert _schema(migrated) == _schema(made)
    engine.dispose()


def test_they_keep_the_checks_and_parts_of_indexes(database: str) -> None:
    engine = open_database(database, write=True)
    found = inspect(engine)
    assert [check["name"] for check in found.get_check_constraints("spans")] == ["ck_spans_order"]
    first = next(index for index in found.get_indexes("appearances") if index["name"] == "ix_appearances_first")
    assert first["unique"] and any("where" in option for option in first["dialect_options"])
    engine.dispose()


def test_they_are_listed_in_their_order() -> None:
    script = ScriptDirectory(migrations.HERE)
    names = [revision.revision for revision in script.walk_revisions()][::-1]
    assert tuple(names) == migrations.NAMES


def test_they_are_recorded(database: str) -> None:
    for _ in range(2):
        open_database(database, write=True).dispose()
    engine = open_database(database)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, version FROM onrecord_migrations").all()
    assert [tuple(row) for row in rows] == [(name, __version__) for name in migrations.NAMES]
    engine.dispose()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE judgements SET verdict = 'accept'",
        "DELETE FROM judgements",
        "UPDATE entity_decisions SET why = ''",
        "DELETE FROM entity_decisions",
    ],
)
def test_what_people_decided_is_only_added_to(database: str, change: str) -> None:
    with Writer(database) as writer:
        made = reading(said("Ann Berg", "we will sign"), said("Bo Lind", "we will not"))
        writer.add([made])
        writer.judge(made.statements[0].id, "reject", by="me")
        with writer.engine.connect() as connection:
            one, other = connection.exec_driver_sql("SELECT id FROM entities ORDER BY key").scalars().all()
        writer.join(one, other, by="me", why="a test")
        with pytest.raises(DBAPIError, match="only ever added"), writer.engine.begin() as connection:
            connection.exec_driver_sql(change)


def test_people_with_sql_find_the_newest_words(database: str) -> None:
    made = full()
    with Writer(database) as writer:
        writer.add([made, full(run=RUN)])
        writer.judge(made.statements[1].id, "reject", by="me")
        with writer.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT id, words, speaker, publisher, day FROM current_statements").all()
            spans = connection.exec_driver_sql("SELECT part, words FROM current_spans WHERE part = 'cue'").all()
            issues = connection.exec_driver_sql("SELECT issue FROM current_issues ORDER BY issue").scalars().all()
            due = connection.exec_driver_sql("SELECT what, speaker FROM current_deadlines ORDER BY what").all()
    (row,) = rows
    assert row.id == made.statements[0].id
    assert row.words.startswith("that we will sign if the inspectors return")
    assert (row.speaker, row.publisher, str(row.day)) == ("Marit Solvang", "Northern Wire", "2026-03-04")
    assert [tuple(span) for span in spans] == [("cue", "told")]
    assert issues == ["arms-control", "trade"]
    assert [tuple(one) for one in due] == [("due", "Marit Solvang"), ("the treaty ends", None)]
