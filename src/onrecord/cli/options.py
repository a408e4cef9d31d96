"""Options that several commands have. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

FIELDS = ("text", "id", "title", "author", "publisher", "url", "published")


def _iso(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a date such as 2026-03-04") from None


Database = Annotated[
    str | None,
    typer.Option("--db", metavar="PATH|URL", help="The record; by default ONRECORD_DB, else onrecord.db here."),
]
Published = Annotated[
    date | None,
    typer.Option(parser=_iso, metavar="DATE", help="Date of publication (2026-03-04), in place of the articles' own."),
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Processes to read with; by default all cores, 1 for little text."),
]
Column = Annotated[
    list[str] | None,
    typer.Option(metavar="FIELD=NAME", help=f"Column of a table for a field ({', '.join(FIELDS)}); repeatable."),
]
FollowLinks = Annotated[
    bool,
    typer.Option("--follow-links/--no-follow-links", help="Fetch the pages of feed entries that have only a summary."),
]

Registers = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        envvar="ONRECORD_REGISTERS",
        show_envvar=False,
        help="Folder with registers of your own (issues.toml, ...); by default ONRECORD_REGISTERS.",
    ),
]


def columns(given: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """`FIELD=NAME` as pairs; BadParameter where it is something else."""
    return tuple(_column(value) for value in given or ())


def _column(value: str) -> tuple[str, str]:
    field, equals, name = value.partition("=")
    if not equals or field not in FIELDS:
        raise typer.BadParameter(f"{value!r} is not FIELD=NAME with a field of {', '.join(FIELDS)}")
    return field, name
