"""Opening a record: what is set, who may write, and what is said when it cannot be opened."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from onrecord.errors import RecordError
from onrecord.record import faults
from onrecord.record.database import begin_writing, default_database, open_database, shown
from onrecord.record.tables import stories
from onrecord.record.writer import Writer
from tests.record import postgres
from tests.record.samples import article


def test_a_writer_makes_the_record_and_a_reader_finds_it(database: str) -> None:
    open_database(database, write=True).dispose()
    engine = open_database(database)
    with engine.connect() as connection:
        assert connection.scalar(select(stories.c.id)) is None
    engine.dispose()


def test_a_reader_cannot_write(database: str) -> None:
    open_database(database, write=True).dispose()
    engine = open_database(database)
    with pytest.raises(RecordError, match="read-only"), engine.begin() as connection:
        connection.execute(insert(stories).values(id="y1"))
    engine.dispose()


def test_a_reader_sees_one_state_while_a_writer_writes(database: str) -> None:
    with Writer(database) as writer:
        writer.add([article(1)])
        engine = open_database(database)
        with engine.begin() as connection:
            before = connection.execute(select(stories.c.id)).all()
            writer.add([article(2)])
            assert connection.execute(select(stories.c.id)).all() == before
        with engine.begin() as connection:
            assert len(connection.execute(select(stories.c.id)).all()) == 2
        engine.dispose()


def test_writers_take_turns(database: str) -> None:
    engine = open_database(database, write=True)
    order = []

    def second() -> None:
        with engine.begin() as connection:
            begin_writing(connection)
            order.append("second")

    with engine.begin() as connection:
        begin_writing(connection)
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(timeout=0.3)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    engine.dispose()


def test_sqlite_is_set_up_to_last_and_to_be_safe(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "record.db", write=True)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 60_000,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
    }
    with engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted
    engine.dispose()


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    path = tmp_path / "a b?mode=ro#é%20.db"
    open_database(path, write=True).dispose()
    assert path.stat().st_size > 0
    open_database(path).dispose()


def test_the_default_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_DB", raising=False)
    assert default_database() == "onrecord.db"
    monkeypatch.setenv("ONRECORD_DB", "postgresql://host/name")
    assert default_database() == "postgresql://host/name"


@pytest.mark.parametrize(
    ("where", "printed"),
    [
        ("folder/record.db", "folder/record.db"),
        ("postgresql://ann:secret@host:5433/news", "postgresql://ann:***@host:5433/news"),
        ("postgres://ann:secret@host/news", "postgresql://ann:***@host/news"),
        ("postgresql+psycopg://ann@host/news?password=secret", "postgresql://ann@host/news"),
    ],
)
def test_passwords_are_not_printed(where: str, printed: str) -> None:
    assert shown(where) == printed


def _another_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (note)")
    connection.close()


def _cut(path: Path) -> None:
    with Writer(path) as writer:
        writer.add([article(1)])
    os.truncate(path, 9000)


@pytest.mark.parametrize(
    ("make", "write", "said"),
    [
        (lambda path: None, False, "there is no record here; `onrecord add SOURCE` makes one"),
        (lambda path: path.write_bytes(b""), False, "is empty, not a record"),
        (lambda path: path.write_text("Dear Sir" * 100), True, "is no SQLite database"),
        (lambda path: path.write_text("Dear Sir" * 100), False, "is no SQLite database"),
        (_another_program, True, "is a SQLite database of another program"),
        (_another_program, False, "is a SQLite database of another program"),
        (lambda path: path.mkdir(), True, "Is a directory"),
        (_cut, False, "the file is damaged"),
        (_cut, True, "the file is damaged"),
    ],
)
def test_what_is_no_record_is_refused_in_one_line(tmp_path: Path, make, write: bool, said: str) -> None:
    path = tmp_path / "record.db"
    make(path)
    with pytest.raises(RecordError, match=said) as caught:
        open_database(path, write=write)
    assert str(caught.value).startswith(str(path)) and "\n" not in str(caught.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"the folder .*nowhere does not exist"):
        open_database(tmp_path / "nowhere" / "record.db", write=True)


def test_an_unknown_kind_of_database_is_refused_without_its_password() -> None:
    with pytest.raises(RecordError, match="postgresql://USER@HOST/NAME") as caught:
        open_database("mysql://ann:secret@host/news")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE onrecord_version SET version_num = '9999_later'", "was made by a newer onrecord"),
        ("DELETE FROM onrecord_version", "holds no record"),
    ],
)
def test_other_versions_are_told(database: str, change: str, said: str) -> None:
    engine = open_database(database, write=True)
    with engine.begin() as connection:
        connection.exec_driver_sql(change)
    engine.dispose()
    with pytest.raises(RecordError, match=said):
        open_database(database)


def test_a_newer_record_is_not_written_to_either(database: str) -> None:
    engine = open_database(database, write=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE onrecord_version SET version_num = '9999_later'")
    engine.dispose()
    with pytest.raises(RecordError, match="update onrecord"):
        open_database(database, write=True)


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(RecordError, match="cannot be reached") as caught:
        open_database("postgresql://ann:secret@127.0.0.1:1/news")
    assert "secret" not in str(caught.value) and "\n" not in str(caught.value)


def test_a_missing_database_of_a_server_is_told(postgres_server: postgres.Server) -> None:
    with pytest.raises(RecordError, match="there is no such database"):
        open_database(postgres_server.url("nowhere"), write=True)


def test_a_missing_user_is_told(postgres_server: postgres.Server) -> None:
    with pytest.raises(RecordError, match="the user was not accepted"):
        open_database(postgres_server.database().replace("onrecord@", "nobody:secret@"))


def test_the_driver_for_postgresql_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordError, match=r"pip install 'onrecord\[postgres\]'"):
        open_database("postgresql://ann@127.0.0.1:1/news")


def test_a_lock_that_is_never_let_go_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "record.db"
    monkeypatch.setattr("onrecord.record.database.BUSY_SECONDS", 0.2)
    first, second = open_database(path, write=True), open_database(path, write=True)
    with first.begin(), pytest.raises(RecordError, match="another process has been writing"), second.begin():
        pass
    first.dispose()
    second.dispose()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs users")
def test_a_read_only_folder_can_be_read() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        with Writer(path) as writer:
            writer.add([article(1)])
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        code = f"""
import os
from sqlalchemy.dialects.sqlite import pysqlite
from onrecord.record import migrations
from onrecord.record.database import open_database
if os.getuid() == 0: os.setresuid(65534, 65534, 65534)
engine = open_database({str(path)!r})
with engine.connect() as connection: print(connection.exec_driver_sql("SELECT count(*) FROM documents").scalar())
try: open_database({str(path)!r}, write=True)
except Exception as error: print(type(error).__name__, error)
"""
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd="/", check=False)
        Path(folder).chmod(0o755)
    count, refused = done.stdout.splitlines() or [done.stderr, ""]
    assert count == "1"
    assert refused.startswith("RecordError") and "may not be" in refused


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SQLITE_FULL", "the disk is full; what was committed before is kept"),
        ("SQLITE_IOERR_WRITE", "size limit"),
        ("SQLITE_CORRUPT_VTAB", "damaged"),
        ("SQLITE_IOERR_READ", "could not be read or written: words"),
    ],
)
def test_errors_of_sqlite_are_one_line(name: str, said: str) -> None:
    error = sqlite3.OperationalError("words")
    error.sqlite_errorname = name
    found = faults.explained("record.db", error)
    assert found is not None and said in found.reason


def test_defects_of_ours_are_not_explained_away() -> None:
    error = sqlite3.IntegrityError("words")
    error.sqlite_errorname = "SQLITE_CONSTRAINT_FOREIGNKEY"
    assert faults.explained("record.db", error) is None
