"""How a record is made, and an older one brought up to date: alembic's migrations, run from here.

Each is a file of `versions/`, named by what it does; `onrecord_migrations` in the record says which were applied, when
and by which version of onrecord. A migration is what it was when it was released: it takes nothing from `tables.py`,
which moves on, but brings its own SQL along (`sql/`). A test holds that all of them make what `tables.py` says.

All missing migrations are applied in one transaction, in either database, so that a record is never half made.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from onrecord.errors import RecordError
from onrecord.record.database import begin_writing

HERE = Path(__file__).parent
VERSION_TABLE = "onrecord_version"
# In their order. Kept here so that opening a record that is up to date need not load alembic (0.1 s).
NAMES = ("0001_first_record",)


def check(engine: Engine, where: str) -> None:
    """RecordError where the database holds no record, or not one of this onrecord's making."""
    with engine.connect() as connection:
        found = _version(connection)
    if found is None:
        raise RecordError(where, "holds no record; `onrecord add SOURCE` makes one")
    _known(found, where)
    if found != NAMES[-1]:
        raise RecordError(where, "was made by an older onrecord; the next `onrecord add` brings it up to date")


def bring_up_to_date(engine: Engine, where: str) -> None:
    """Apply what is missing. RecordError where the record was made by a newer onrecord."""
    with engine.connect() as connection:
        if _version(connection) == NAMES[-1]:
            return
    with engine.begin() as connection:
        begin_writing(connection)
        found = _version(connection)  # another process may have been quicker
        if found is not None:
            _known(found, where)
        if found != NAMES[-1]:
            _apply(connection)


def run_sql(connection: Connection, name: str) -> None:
    """Run a file of `sql/`: the one for this database where there are two. A blank line ends a statement."""
    paths = HERE / "sql" / f"{name}.{connection.dialect.name}.sql", HERE / "sql" / f"{name}.sql"
    path = next(path for path in paths if path.exists())
    for statement in path.read_text(encoding="utf-8").split("\n\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def _known(found: str, where: str) -> None:
    if found not in NAMES:
        raise RecordError(where, f"was made by a newer onrecord ({found}); update onrecord to use it")


def _version(connection: Connection) -> str | None:
    """The newest migration applied; None where there is none."""
    from sqlalchemy import inspect

    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
    return None if found is None else str(found)


def _apply(connection: Connection) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(HERE)
    environment = EnvironmentContext(Config(), script, fn=lambda current, _: script._upgrade_revs("head", current))
    with environment:
        environment.configure(connection=connection, version_table=VERSION_TABLE, on_version_apply=_note)
        environment.run_migrations()


def _note(ctx: Any, step: Any, heads: Any, run_args: Any) -> None:
    from onrecord import __version__

    for name in step.up_revision_ids:
        ctx.connection.execute(
            text("INSERT INTO onrecord_migrations (name, at, version) VALUES (:name, :at, :version)"),
            {"name": name, "at": datetime.now(UTC).isoformat(timespec="seconds"), "version": __version__},
        )
