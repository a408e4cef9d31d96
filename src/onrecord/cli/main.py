"""The `onrecord` command and its options. Imports nothing heavy: `onrecord --help` answers at once."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord import __version__, facts
from onrecord.cli import commands_add, commands_ask, commands_entities, commands_export
from onrecord.cli.guard import INTERRUPTED, guarded
from onrecord.cli.options import Column, FollowLinks, Published, Registers, Workers, columns
from onrecord.cli.paths import writable

# Without rich markup: importing rich for the help page alone takes longer than everything else (0.16 s against 0.07 s).
app = typer.Typer(
    help="Read news and keep the record of who said what.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """What `read` writes."""

    text = "text"
    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    md = "md"


class Show(StrEnum):
    """What the text format shows of each article."""

    statements = "statements"
    text = "text"
    both = "both"
    details = "details"


class Color(StrEnum):
    """When to use colour."""

    auto = "auto"
    always = "always"
    never = "never"


_SUFFIXES = {
    ".txt": Format.text,
    ".jsonl": Format.jsonl,
    ".ndjson": Format.jsonl,
    ".json": Format.json,
    ".csv": Format.csv,
    ".md": Format.md,
}


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Read news and keep the record of who said what."""
    folder = os.environ.get("ONRECORD_REGISTERS")
    if folder and (status := guarded(lambda: _use(folder))):
        raise typer.Exit(status)


def _use(folder: str) -> int:
    facts.use(Path(folder))
    return 0


@app.command()
def read(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE", help="Files, folders, URLs; - is standard input.")],
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="What to write; by default as the name after -o ends, else text."),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Write here, all or nothing; - is standard output.")
    ] = "-",
    show: Annotated[
        Show, typer.Option(help="Text format: the record on one screen, the marked article, both, or every detail.")
    ] = Show.statements,
    published: Published = None,
    workers: Workers = None,
    column: Column = None,
    follow_links: FollowLinks = True,
    registers: Registers = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="JSON formats: put the text that offsets count in into the record.")
    ] = False,
    color: Annotated[Color, typer.Option(help="Colour in the text format.")] = Color.auto,
) -> None:
    """Read articles and write down who said what.

    Exit status: 0 all read, 1 some source could not be read, 2 wrong usage.
    """
    chosen = format or _inferred(output)
    writable(output)
    mapped = columns(column)
    from onrecord.cli.read import Job, run

    job = Job(
        sources=tuple(sources),
        format=chosen.value,
        output=None if output == "-" else Path(output),
        show=show.value,
        published=published,
        workers=workers,
        columns=mapped,
        follow_links=follow_links,
        registers=registers,
        color=color.value,
        with_text=with_text,
    )
    raise typer.Exit(guarded(lambda: run(job)))


def _inferred(output: str) -> Format:
    if output == "-":
        return Format.text
    suffix = Path(output).suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if Path(output).exists() and not Path(output).is_file():
        return Format.text  # a device or a pipe
    raise typer.BadParameter(f"which format is {output!r}? Give --format, or end it in {', '.join(_SUFFIXES)}")


commands_add.register(app)
commands_ask.register(app)
commands_entities.register(app)
commands_export.register(app)


def main() -> None:
    """Run the command and exit; an interrupt while it starts up ends it as one while it reads."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
