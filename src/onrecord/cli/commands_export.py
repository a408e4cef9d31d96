"""`onrecord export` and its options. Imports nothing heavy."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.commands_ask import (
    Commitment,
    Counterpart,
    Country,
    Instrument,
    Issue,
    Kind,
    Publisher,
    Since,
    Speaker,
    Stance,
    Until,
    Words,
)
from onrecord.cli.guard import guarded
from onrecord.cli.options import Database
from onrecord.cli.paths import writable


class ExportFormat(StrEnum):
    """What `export` writes."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    ics = "ics"
    jsonld = "jsonld"
    webannotation = "webannotation"
    graphml = "graphml"
    edges = "edges"


class Actors(StrEnum):
    """Who the actors of a network are."""

    speaker = "speaker"
    country = "country"


_SUFFIXES = {
    ".jsonl": ExportFormat.jsonl,
    ".ndjson": ExportFormat.jsonl,
    ".csv": ExportFormat.csv,
    ".parquet": ExportFormat.parquet,
    ".ics": ExportFormat.ics,
    ".jsonld": ExportFormat.jsonld,
    ".graphml": ExportFormat.graphml,
}
_ROWS = (ExportFormat.jsonl, ExportFormat.edges)
_NETWORKS = (ExportFormat.graphml, ExportFormat.edges)


def register(app: typer.Typer) -> None:
    """Put the command on `app`."""
    app.command()(export)


def export(
    words: Words = None,
    format: Annotated[
        ExportFormat | None, typer.Option("--format", "-f", help="What to write; by default as the name after -o ends.")
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Write here, all or nothing; - is standard output.")
    ] = "-",
    speaker: Speaker = None,
    country: Country = None,
    counterpart: Counterpart = None,
    issue: Issue = None,
    instrument: Instrument = None,
    kind: Kind = None,
    stance: Stance = None,
    commitment: Commitment = None,
    publisher: Publisher = None,
    since: Since = None,
    until: Until = None,
    db: Database = None,
    rows: Annotated[
        bool, typer.Option("--rows", help="jsonl: one statement a line; edges: one statement and issue a line.")
    ] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="jsonl: put the text that offsets count in into each document.")
    ] = False,
    actors: Annotated[Actors, typer.Option(help="graphml, edges: whose statements are added up.")] = Actors.speaker,
    neutral: Annotated[
        bool, typer.Option("--neutral", help="graphml, edges: keep statements neither for nor against.")
    ] = False,
) -> None:
    """Write statements of the record to a file that other programs read.

    The words and options of `search` say which ones, all of them without; --since and --until of a calendar (ics) are
    about the days on which things fall due.
    Exit status: 0 written, 1 failed and nothing written, 2 wrong usage.
    """
    chosen = format or _inferred(output)
    _fits(chosen, rows=rows, with_text=with_text, actors=actors, neutral=neutral)
    writable(output)
    asked = {
        "speaker": speaker,
        "country": country,
        "counterpart": counterpart,
        "issue": issue,
        "instrument": instrument,
        "kind": kind,
        "stance": stance,
        "commitment": commitment,
        "publisher": publisher,
    }

    def work() -> int:
        from onrecord.cli.export import Job, run
        from onrecord.record.questions_filters import Filters

        job = Job(
            format=chosen.value,
            database=db,
            output=None if output == "-" else Path(output),
            filters=Filters.of(words=" ".join(words or ()), since=since, until=until, **asked),
            rows=rows,
            with_text=with_text,
            actors=actors.value,
            neutral=neutral,
        )
        return run(job)

    raise typer.Exit(guarded(work))


def _inferred(output: str) -> ExportFormat:
    suffix = Path(output).suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    raise typer.BadParameter(f"which format? Give --format, or -o with a name that ends in {', '.join(_SUFFIXES)}")


def _fits(format: ExportFormat, *, rows: bool, with_text: bool, actors: Actors, neutral: bool) -> None:
    """Refuse options that the format has no use for."""
    if rows and format not in _ROWS:
        raise typer.BadParameter("--rows goes with the formats jsonl and edges")
    if with_text and (format is not ExportFormat.jsonl or rows):
        raise typer.BadParameter("--with-text goes with the format jsonl, without --rows")
    if neutral and format not in _NETWORKS:
        raise typer.BadParameter("--neutral goes with the formats graphml and edges")
    if actors is not Actors.speaker and (format not in _NETWORKS or rows):
        raise typer.BadParameter("--actors goes with the formats graphml and edges, without --rows")
