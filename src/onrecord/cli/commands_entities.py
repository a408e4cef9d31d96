"""`onrecord join` and `onrecord split`: who is who, decided by people. Imports nothing heavy."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.guard import guarded
from onrecord.cli.options import Database

Why = Annotated[str, typer.Option(help="Why, in a few words; kept with the decision.")]
By = Annotated[str | None, typer.Option(help="Who decides; by default the name you are logged in under.")]


def register(app: typer.Typer) -> None:
    """Put the commands on `app`."""
    app.command()(join)
    app.command()(split)


def join(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="Whose statements become the other's.")],
    other: Annotated[str, typer.Argument(metavar="ENTITY", help="Who both are from now on.")],
    why: Why,
    by: By = None,
    db: Database = None,
) -> None:
    """Make one speaker of two. `onrecord split ENTITY` takes it back.

    Exit status: 0 done, 1 no such speaker, or they are one already.
    """
    raise typer.Exit(guarded(lambda: _join(entity, other, why, _who(by), db)))


def split(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="Who is two; or who was joined to another.")],
    why: Why,
    document: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Take out what this document says; repeatable.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Take out what was said under this name; repeatable.")
    ] = None,
    by: By = None,
    db: Database = None,
) -> None:
    """Make two speakers of one; without --document and --name, take back a join.

    Exit status: 0 done, 1 no such speaker, nothing to take out, or nothing would be left.
    """
    raise typer.Exit(guarded(lambda: _split(entity, document or [], name or [], why, _who(by), db)))


def _who(by: str | None) -> str:
    import getpass

    try:
        return by or getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        raise typer.BadParameter("who decides? Give --by NAME") from None


def _join(entity: str, other: str, why: str, by: str, db: str | None) -> int:
    from onrecord.record.database import default_database
    from onrecord.record.writer import Writer

    with Writer(_existing(db or default_database())) as writer:
        decision = writer.join(entity, other, by=by, why=why)
    typer.echo(f"{entity} is {other} from now on ({decision})")
    return 0


def _split(entity: str, documents: list[str], names: list[str], why: str, by: str, db: str | None) -> int:
    from sqlalchemy import select

    from onrecord.record.database import default_database
    from onrecord.record.tables import entities, entity_decisions
    from onrecord.record.writer import Writer

    with Writer(_existing(db or default_database())) as writer:
        decision = writer.split(entity, documents=documents, names=names, by=by, why=why)
        made = select(entities.c.id).join(entity_decisions, entity_decisions.c.to_key == entities.c.key)
        with writer.engine.connect() as connection:
            new = connection.execute(made.where(entity_decisions.c.id == decision)).scalar_one()
    typer.echo(f"{new} stands for itself from now on ({decision})")
    return 0


def _existing(where: str) -> str:
    """The record, which must be there: a decision about nobody makes no record."""
    from onrecord.record.database import open_database

    open_database(where).dispose()
    return where
