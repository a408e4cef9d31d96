"""What went wrong with a database, in one line that says what to do."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from onrecord.errors import RecordError

BUSY_SECONDS = 60.0
_KEPT = "what was committed before is kept"


class ConnectionLost(RecordError):
    """PostgreSQL went away, or is starting or stopping; the transaction can be tried again."""


# By the beginning of SQLite's own name of the error; the longest that fits counts.
_SQLITE = {
    "SQLITE_FULL": f"the disk is full; {_KEPT}: make room, then resume",
    "SQLITE_IOERR": f"the file could not be read or written: {{}}; {_KEPT}",
    "SQLITE_IOERR_WRITE": (
        f"the file could not be written: it has reached the size limit of this user or file system; {_KEPT}"
    ),
    "SQLITE_IOERR_SHMSIZE": f"the disk is full; {_KEPT}: make room, then resume",
    "SQLITE_BUSY": f"another process has been writing for {BUSY_SECONDS:.0f} seconds; {_KEPT}: try again later",
    "SQLITE_LOCKED": f"another process has been writing for {BUSY_SECONDS:.0f} seconds; {_KEPT}: try again later",
    "SQLITE_READONLY": f"may not be written by this user: the file or its folder is read-only; {_KEPT}",
    "SQLITE_CANTOPEN": "cannot be opened: the file or its folder may not be read or written by this user",
    "SQLITE_PERM": "cannot be opened: the file or its folder may not be read or written by this user",
    "SQLITE_NOTADB": "is not a record: it is no SQLite database",
    "SQLITE_CORRUPT": "the file is damaged: restore it from a copy, or add the sources again to a new record",
    "SQLITE_NOMEM": f"there was not enough memory; {_KEPT}",
}

# By the class or code of PostgreSQL's SQLSTATE.
_POSTGRESQL = {
    "53100": f"the disk of the database server is full; {_KEPT}",
    "53200": f"the database server has not enough memory; {_KEPT}",
    "53300": "the database server takes no more connections; try again later",
    "25006": "may not be written: the database server is read-only",
    "42501": "this user may not do that in this database: {}",
    "3D000": "there is no such database on the server: create it first, as in `createdb NAME`",
}
_GONE = ("08", "57P")
# A connection that could not be made carries no SQLSTATE, and several lines, one for each address tried.
_STARTING = re.compile(
    r"starting up|shutting down|not yet accepting|recovery mode|server closed the connection|connection is lost"
    r"|connection is closed|connection refused|no such file or directory|terminating connection",
    re.IGNORECASE,
)
_REFUSED = (
    (re.compile(r"password authentication failed|no password supplied"), "the user or password was not accepted"),
    (re.compile(r'role "[^"]*" does not exist'), "the user was not accepted"),
    (re.compile(r'database "[^"]*" does not exist'), _POSTGRESQL["3D000"]),
    (re.compile(r"timeout expired|timed out"), "the database server did not answer in time"),
    (re.compile(r"could not translate host|resolve host"), "the database server was not found: check its name"),
)


def explained(where: str, error: BaseException | None) -> RecordError | None:
    """The error as people may read it; None where it is not the database's or the user's but a defect of ours."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(where, error)
    if error is not None and type(error).__module__.startswith("psycopg"):
        return _of_postgresql(where, error)
    return None


def raised(error: RecordError, context: Any) -> RecordError:
    """The error to raise in place of the driver's; the driver's stays its cause."""
    error.__cause__ = context.original_exception
    return error


def _of_sqlite(where: str, error: sqlite3.Error) -> RecordError | None:
    name = getattr(error, "sqlite_errorname", "")
    known = max((key for key in _SQLITE if name.startswith(key)), key=len, default=None)
    return RecordError(where, _SQLITE[known].format(error)) if known else None


def _of_postgresql(where: str, error: BaseException) -> RecordError | None:
    state, said = getattr(error, "sqlstate", None), str(error).strip()
    if state in _POSTGRESQL:
        return RecordError(where, _POSTGRESQL[state].format(_first_line(said)))
    if state and not state.startswith(_GONE):
        return None
    for pattern, reason in _REFUSED:
        if pattern.search(said):
            return RecordError(where, reason)
    if state or _STARTING.search(said):
        return ConnectionLost(where, f"the database server cannot be reached, or has gone away; {_KEPT}")
    if type(error).__name__ == "OperationalError":
        return RecordError(where, f"the database server cannot be used: {_first_line(said)}")
    return None


def _first_line(said: str) -> str:
    return said.splitlines()[0] if said else "it does not say why"
