"""A record is opened here and nowhere else: a SQLite file, or a PostgreSQL database by its URL.

SQLite is set up so that readers never wait for the one writer (WAL), what was committed survives a power cut
(`synchronous=FULL`), writers queue up at their first statement and not in the middle (BEGIN IMMEDIATE), and a file that
somebody else prepared can do no harm (`trusted_schema` off, no memory mapping, cell sizes checked). PostgreSQL writers
queue up the same way, behind one advisory lock. Readers cannot write, and see one state of the record throughout a
transaction, on either.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import stamina
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from onrecord.errors import RecordError
from onrecord.record.faults import BUSY_SECONDS, explained, raised

# What a record says it is, in the file's header: "onrc".
APPLICATION_ID = 0x6F6E7263
_HEADER = b"SQLite format 3\0"
_CONNECT_SECONDS = 10
_DEFENSIVE = 1010  # SQLITE_DBCONFIG_DEFENSIVE, which the module of Python 3.11 does not name
# Any number will do as long as no other program that shares the database uses it.
_WRITERS = 0x6F6E7263

_EVERY_CONNECTION = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",  # KiB
)
_WRITER = ("PRAGMA synchronous=FULL", "PRAGMA journal_size_limit=67108864")
_READER = ("PRAGMA query_only=ON",)


def default_database() -> str:
    """The record used where none is named: `ONRECORD_DB`, or else `onrecord.db` in the working directory."""
    return os.environ.get("ONRECORD_DB") or "onrecord.db"


def open_database(where: str | Path, *, write: bool = False) -> Engine:
    """An engine for the record at `where`: a path, or a `postgresql://` URL.

    With `write` it is made if it is missing and brought up to date if it is older; otherwise nothing is changed and
    nothing can be. RecordError where it cannot be reached, is no record, or was made by a newer onrecord.
    """
    from onrecord.record import migrations

    url = _url(where)
    engine = _postgresql(url, shown(where), write=write) if url else _sqlite(Path(where), write=write)
    try:
        if write:
            _settle_strings(engine)
        (migrations.bring_up_to_date if write else migrations.check)(engine, shown(where))
    except BaseException:
        engine.dispose()
        raise
    return engine


def shown(where: str | Path) -> str:
    """The database as it may be printed: without a password."""
    url = _url(where)
    if url is None:
        return str(where)
    query = {name: value for name, value in url.query.items() if "password" not in name}
    url = url.set(drivername="postgresql", password=None, query=query)
    return url.render_as_string()


def begin_writing(connection: Connection) -> None:
    """Wait until no other transaction writes; call it first in a transaction. SQLite's BEGIN has waited already."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def _url(where: str | Path) -> URL | None:
    """The URL if it is PostgreSQL's, None for a path."""
    if isinstance(where, Path) or "://" not in where:
        return None
    try:
        url = make_url(where.replace("postgres://", "postgresql://", 1) if where.startswith("postgres://") else where)
    except ArgumentError:
        raise RecordError(where.partition("://")[0] + "://...", "is not a URL that can be read") from None
    if url.get_backend_name() != "postgresql":
        reason = "is no database that onrecord knows; give the path of a file, or postgresql://USER@HOST/NAME"
        raise RecordError(url.render_as_string(hide_password=True), reason)
    return url.set(drivername="postgresql+psycopg")


# --- SQLite --------------------------------------------------------------------------------------------------------


def _sqlite(path: Path, *, write: bool) -> Engine:
    _look_at(path, write=write)
    mode = "rwc" if write else "ro"
    if not write and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        # On a read-only medium WAL's index cannot be made; nobody can be writing there either.
        mode = "ro&immutable=1"

    def connect() -> sqlite3.Connection:
        address = f"file:{quote(str(path.absolute()))}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)
        return _set_up(connection, write=write)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    _explain(engine, str(path))
    event.listen(engine, "begin", _begin_immediate if write else _begin)
    return engine


def _look_at(path: Path, *, write: bool) -> None:
    """RecordError where the file, or the folder it is to be made in, is clearly not what is needed."""
    try:
        with path.open("rb") as file:
            start = file.read(100)
    except FileNotFoundError:
        if not write:
            raise RecordError(str(path), "there is no record here; `onrecord add SOURCE` makes one") from None
        if not path.parent.is_dir():
            raise RecordError(str(path), f"the folder {path.parent} does not exist") from None
        return
    except OSError as error:
        raise RecordError(str(path), f"cannot be opened: {error.strerror}") from None
    if start and not start.startswith(_HEADER):
        raise RecordError(str(path), "is not a record: it is no SQLite database")
    if start and start[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        raise RecordError(str(path), "is not a record: it is a SQLite database of another program")
    if not start and not write:
        raise RecordError(str(path), "is empty, not a record; `onrecord add SOURCE` makes one")


def _set_up(connection: sqlite3.Connection, *, write: bool) -> sqlite3.Connection:
    try:
        # SQLAlchemy begins transactions (below), not the driver.
        connection.isolation_level = None
        if hasattr(connection, "setconfig"):  # from Python 3.12 on
            connection.setconfig(_DEFENSIVE, True)
        for pragma in (*_EVERY_CONNECTION, *(_WRITER if write else _READER)):
            connection.execute(pragma)
        if write:
            _mark(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _mark(connection: sqlite3.Connection) -> None:
    """Say in the file's header, while it is still empty, that it is a record; then let readers in beside the writer."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    for attempt in stamina.retry_context(
        # Two processes may make a record at once, and for this one change SQLite does not wait by itself.
        on=lambda error: getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"),
        attempts=None,
        timeout=BUSY_SECONDS,
        wait_initial=0.01,
        wait_max=0.2,
    ):
        with attempt:
            connection.execute("PRAGMA journal_mode=WAL")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


# --- PostgreSQL ----------------------------------------------------------------------------------------------------


def _postgresql(url: URL, name: str, *, write: bool) -> Engine:
    options: dict[str, Any] = {"application_name": "onrecord", "connect_timeout": _CONNECT_SECONDS}
    if not write:
        options["options"] = f"{url.query.get('options', '')} -c default_transaction_read_only=on".strip()
    try:
        engine = create_engine(
            url,
            connect_args={**options, **{key: value for key, value in url.query.items() if key != "options"}},
            isolation_level="READ COMMITTED" if write else "REPEATABLE READ",
            pool_pre_ping=True,
        )
    except ImportError:
        reason = "PostgreSQL needs a driver that is not installed: pip install 'onrecord[postgres]'"
        raise RecordError(name, reason) from None
    _explain(engine, name)
    return engine


# --- both ----------------------------------------------------------------------------------------------------------


def _settle_strings(engine: Engine) -> None:
    """Strings that a database refuses (with NUL, or lone surrogates) are written with these spelled out: `\\udce9`.

    File names and metadata may hold them. A document's text may not: its offsets would no longer be right.
    """

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def settle(_: Any, __: Any, statement: str, given: Any, ___: Any, many: bool) -> tuple[str, Any]:
        return statement, [_settled(one) for one in given] if many else _settled(given)


def _settled(given: Any) -> Any:
    if isinstance(given, Mapping):
        return {name: _plain(value) for name, value in given.items()}
    return tuple(map(_plain, given))


def _plain(value: Any) -> Any:
    if not isinstance(value, str) or (value.isascii() and "\0" not in value):
        return value
    return value.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def _explain(engine: Engine, name: str) -> None:
    """Errors of the driver become RecordErrors of one line."""

    @event.listens_for(engine, "handle_error")
    def explain(context: Any) -> None:
        error = explained(name, context.original_exception)
        if error is not None:
            raise raised(error, context)
