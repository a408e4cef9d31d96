"""`onrecord add` and its options. Imports nothing heavy."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.commands_ask import AnswerFormat
from onrecord.cli.guard import guarded
from onrecord.cli.options import Column, Database, FollowLinks, Published, Registers, Workers, columns


def register(app: typer.Typer) -> None:
    """Put the command on `app`."""
    app.command()(add)


def add(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]...", help="Files, folders, addresses; - is standard input."),
    ] = None,
    db: Database = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where the newest unfinished intake (of these sources) stood.")
    ] = False,
    failed: Annotated[
        bool, typer.Option("--failed", help="List the sources that failed and were not mended since, and add nothing.")
    ] = False,
    format: Annotated[
        AnswerFormat | None, typer.Option("--format", "-f", help="With --failed: what to write; by default text.")
    ] = None,
    published: Published = None,
    workers: Workers = None,
    column: Column = None,
    follow_links: FollowLinks = True,
    registers: Registers = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show no progress; failures are reported all the same.")
    ] = False,
) -> None:
    """Read articles and put what they say on the record.

    Exit status: 0 all added, 1 some source failed, 2 wrong usage.
    """
    mapped = columns(column)
    _check(sources, resume=resume, failed=failed, format=format)
    from onrecord.cli.add import Job, leave, list_failed, run

    if failed:
        shown = (format or AnswerFormat.text).value
        raise typer.Exit(guarded(lambda: list_failed(db, shown)))
    job = Job(
        sources=tuple(sources or ()),
        database=db,
        resume=resume,
        published=published,
        workers=workers,
        columns=mapped,
        follow_links=follow_links,
        registers=registers,
        quiet=quiet,
    )
    try:
        status = guarded(lambda: run(job))
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    leave(status)


def _check(sources: list[str] | None, *, resume: bool, failed: bool, format: AnswerFormat | None) -> None:
    if failed and (sources or resume):
        raise typer.BadParameter("--failed lists what failed; it takes no sources and no --resume")
    if format is not None and not failed:
        raise typer.BadParameter("--format goes with --failed")
    if not sources and not resume and not failed:
        raise typer.BadParameter("which sources? Name files, folders or addresses, or give --resume")
