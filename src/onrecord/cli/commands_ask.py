"""The commands that ask a record, and their options. Imports nothing heavy."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.guard import guarded
from onrecord.cli.options import Database


class AnswerFormat(StrEnum):
    """How an answer is written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    md = "md"


class AnswerColor(StrEnum):
    """When to use colour."""

    auto = "auto"
    always = "always"
    never = "never"


Several = list[str] | None
Format = Annotated[AnswerFormat, typer.Option("--format", "-f", help="How to write the answer.")]
Color = Annotated[AnswerColor, typer.Option(help="Colour in the text format.")]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="So many rows, then how to get the next ones.")]
After = Annotated[str | None, typer.Option(metavar="CURSOR", help="Go on where a page ended; printed below it.")]
Words = Annotated[
    Several,
    typer.Argument(metavar="[WORDS]...", help="Words that must all occur; '\"a phrase\"', word*, -word, OR."),
]
Speaker = Annotated[
    Several, typer.Option(metavar="NAME", help="Who said it: a name in any spelling, or an entity's id.")
]
Country = Annotated[Several, typer.Option(metavar="COUNTRY", help="State or organisation spoken for: RUS, Russia, EU.")]
Counterpart = Annotated[Several, typer.Option(metavar="COUNTRY", help="State or organisation that it concerns.")]
Issue = Annotated[Several, typer.Option(metavar="ISSUE", help="What it is about: arms-control.")]
Instrument = Annotated[Several, typer.Option(metavar="NAME", help="Treaty or resolution that it is about.")]
Kind = Annotated[Several, typer.Option(metavar="KIND", help="direct, indirect or mixed.")]
Stance = Annotated[Several, typer.Option(metavar="STANCE", help="supports, opposes or neutral.")]
Commitment = Annotated[
    Several, typer.Option(metavar="COMMITMENT", help="How far the speaker binds itself: commits, refuses, ...")
]
Publisher = Annotated[Several, typer.Option(metavar="NAME", help="Outlet that carried it, in capitals or not.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="First day: 2026-03-04, 2026-03 or 2026.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Last day, included: 2026-03-04, 2026-03 or 2026.")]


def register(app: typer.Typer) -> None:
    """Put the commands on `app`."""
    for command in (search, speakers, show, agenda, timeline, deadlines, contradictions, stats):
        app.command()(command)


def search(
    words: Words = None,
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
    limit: Limit = 20,
    after: After = None,
    db: Database = None,
    format: Format = AnswerFormat.text,
    color: Color = AnswerColor.auto,
) -> None:
    """Find statements by their words and by who made them about what; the newest first.

    An option may be given several times: any one of its values will do. Put -- before words that begin with a minus.
    Exit status: 0 answered, also with nothing, 1 the question or the record is at fault, 2 wrong usage.
    """
    fields = {
        **{"speaker": speaker, "country": country, "counterpart": counterpart, "issue": issue},
        **{"instrument": instrument, "kind": kind, "stance": stance, "commitment": commitment},
        "publisher": publisher,
    }

    def work() -> int:
        from onrecord.cli import ask

        job = ask.Job(database=db, format=format.value, color=color.value, limit=limit, after=after)
        return ask.search(job, words or [], fields, since, until)

    raise typer.Exit(guarded(work))


def timeline(
    words: Words = None,
    issue: Issue = None,
    speaker: Speaker = None,
    country: Country = None,
    counterpart: Counterpart = None,
    instrument: Instrument = None,
    kind: Kind = None,
    stance: Stance = None,
    commitment: Commitment = None,
    publisher: Publisher = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 100,
    after: After = None,
    db: Database = None,
    format: Format = AnswerFormat.text,
    color: Color = AnswerColor.auto,
) -> None:
    """Tell day by day who took which position on an issue; the oldest first, statements without a day left out."""
    fields = {
        **{"issue": issue, "speaker": speaker, "country": country, "counterpart": counterpart},
        **{"instrument": instrument, "kind": kind, "stance": stance, "commitment": commitment},
        "publisher": publisher,
    }

    def work() -> int:
        from onrecord.cli import ask

        job = ask.Job(database=db, format=format.value, color=color.value, limit=limit, after=after)
        return ask.timeline(job, words or [], fields, since, until)

    raise typer.Exit(guarded(work))


def speakers(
    name: Annotated[
        Several, typer.Argument(metavar="[NAME]...", help="A name in any spelling, or a part of one.")
    ] = None,
    country: Country = None,
    explain: Annotated[
        str | None,
        typer.Option(metavar="ENTITY", help="Tell instead why each article's speaker was taken for this one."),
    ] = None,
    limit: Limit = 20,
    after: After = None,
    db: Database = None,
    format: Format = AnswerFormat.text,
    color: Color = AnswerColor.auto,
) -> None:
    """List who is on record; those with the most statements first."""
    if explain and (name or country or after):
        raise typer.BadParameter("--explain takes no other question")

    def work() -> int:
        from onrecord.cli import ask

        job = ask.Job(database=db, format=format.value, color=color.value, limit=limit, after=after)
        return ask.explain(job, explain) if explain else ask.speakers(job, name or [], country)

    raise typer.Exit(guarded(work))


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a document or statement, or its first 8 characters.")],
    db: Database = None,
    format: Format = AnswerFormat.text,
    color: Color = AnswerColor.auto,
) -> None:
    """Show a document with its statements marked, or a statement with everything known of it and its variants."""

    def work() -> int:
        from onrecord.cli import ask

        return ask.show(ask.Job(database=db, format=format.value, color=color.value), id)

    raise typer.Exit(guarded(work))


def agenda(
    country: Annotated[str, typer.Argument(metavar="COUNTRY", help="One side: RUS, Russia, EU.")],
    counterpart: Annotated[str, typer.Argument(metavar="COUNTRY", help="The other side.")],
    db: Database = None,
    format: Format = AnswerFormat.text,
    color: Color = AnswerColor.auto,
) -> None:
    """Tell what each of two sides has said about the other, issue by issue, with its newest position."""

    def work() -> int:
        from onrecord.cli import ask

        return ask.agenda(ask.Job(database=db, format=format.value, color=color.value), country, counterpart)

    raise typer.Exit(guarded(work))


def deadlines(
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="First day to fall due on; by default what is still open.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day to fall due on, included.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day it is taken to be; by default today.")] = None,
    limit: Limit = 100,
    after: After = None,
    db: Database = None,
    format: Format = AnswerFormat.text,
    color: Color = AnswerColor.auto,
) -> None:
    """List what falls due; the nearest first."""

    def work() -> int:
        from onrecord.cli import ask

        job = ask.Job(database=db, format=format.value, color=color.value, limit=limit, after=after)
        return ask.deadlines(job, since, until, on)

    raise typer.Exit(guarded(work))


def contradictions(
    words: Words = None,
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
    limit: Limit = 20,
    after: After = None,
    db: Database = None,
    format: Format = AnswerFormat.text,
    color: Color = AnswerColor.auto,
) -> None:
    """Find who spoke against his own earlier words on the same thing; the newest first.

    Words and options are about the later statement, as in `search`. A page looks at some thousand statements and may
    be short though there is more: the line below it goes on.
    """
    fields = {
        **{"speaker": speaker, "country": country, "counterpart": counterpart, "issue": issue},
        **{"instrument": instrument, "kind": kind, "stance": stance, "commitment": commitment},
        "publisher": publisher,
    }

    def work() -> int:
        from onrecord.cli import ask

        job = ask.Job(database=db, format=format.value, color=color.value, limit=limit, after=after)
        return ask.contradictions(job, words or [], fields, since, until)

    raise typer.Exit(guarded(work))


def stats(db: Database = None, format: Format = AnswerFormat.text, color: Color = AnswerColor.auto) -> None:
    """Count what is in the record."""

    def work() -> int:
        from onrecord.cli import ask

        return ask.stats(ask.Job(database=db, format=format.value, color=color.value))

    raise typer.Exit(guarded(work))
