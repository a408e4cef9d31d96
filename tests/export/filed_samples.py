"""Rows and readings with text that breaks careless writers: formulas, markup, line ends, emoji, right-to-left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from onrecord.record.rows import DeadlineRow, StatementRow
from onrecord.types import Condition, Deadline, Event, InstrumentMention, Issue, Position, Reading
from tests.export.samples import at, reading

NASTY = (
    '=HYPERLINK("http://example.org","click")',
    "+1-555",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "''@x",
    "＝1+1",
    "it's plain",
    "'quoted'",
    'say "yes", now; or\nnever',
    "👩‍🚀 lift-off",
    "\u202eevil\u202c שלום",
    "bell\x07 and null-like\x01",
    "<b>&amp;]]></b>",
    "line\u2028separator\x85next",
    "BEGIN:VEVENT\r\nSUMMARY:forged",
    "",
    " ",
)


def row(number: int = 1, **changes: object) -> StatementRow:
    """A statement for arms control by a minister, with its id from `number`."""
    plain = StatementRow(
        id=f"s{number}",
        document_id=f"d{number}",
        day=date(2026, 3, 2),
        speaker="Anna Kolm",
        role="Minister of Transport of Estonia",
        country="EST",
        speaker_type="person",
        entity="e1",
        kind="indirect",
        words="that the toll will not return",
        source="Kolm",
        cue="said",
        counterparts=("RUS", "EU"),
        issues=("transport",),
        instruments=("New START",),
        stance="opposes",
        commitment="refuses",
        category=None,
        conditions=("if ships wait",),
        via=("Radio Nord",),
        publisher="Nordic Wire",
        title="Minister rejects toll",
        url="https://example.org/a?b=1&c=2",
        path=None,
        published=date(2026, 3, 3),
        start=10,
        end=39,
        score=0.8765,
        variants=2,
    )
    return replace(plain, **changes)


def nasty_rows() -> list[StatementRow]:
    """A row for each nasty text, which stands wherever text can stand."""
    return [
        row(
            number,
            words=text,
            speaker=text,
            title=text,
            source=text,
            publisher=text,
            via=(text,),
            conditions=(text, "b"),
        )
        for number, text in enumerate(NASTY)
    ]


def many_rows(count: int) -> Iterator[StatementRow]:
    """Rows of a few hundred speakers on a few issues, made as they are asked for."""
    stances = ("supports", "opposes", "neutral", None)
    for number in range(count):
        yield row(
            number,
            speaker=f"Speaker {number % 300}",
            entity=f"e{number % 300}",
            issues=(f"issue-{number % 20}",),
            stance=stances[number % 4],
            words="that " + "talks go on " * 10,
        )


def deadline(**changes: object) -> DeadlineRow:
    """A treaty that runs out."""
    plain = DeadlineRow(
        what="New START expires",
        words="by 5 February 2026",
        due_from=date(2026, 2, 5),
        due_to=date(2026, 2, 6),
        state="passed",
        statement_id="s1",
        document_id="d1",
        speaker="Anna Kolm",
        country="EST",
        publisher="Nordic Wire",
        title="Minister rejects toll",
        published=date(2026, 1, 3),
        start=10,
        end=28,
        url="https://example.org/a",
    )
    return replace(plain, **changes)


def full_reading(url: str | None = "https://example.org/a b?q=ä") -> Reading:
    """The sample reading with everything a statement can hold in its first one."""
    plain = reading()
    told, *others = plain.statements
    filled = replace(
        told,
        counterparts=("RUS",),
        issues=(Issue(id="transport", score=0.9, evidence=(at("toll", 1),)),),
        instruments=(InstrumentMention(name="Harbour Accord", span=at("toll", 1)),),
        position=Position(stance="opposes", commitment="refuses", evidence=(at("will not return"),), score=0.8),
        event=Event(category="REJECT", actor="EST", recipient=None, evidence=(at("will not return"),)),
        conditions=(Condition(kind="temporal", span=at("this year")),),
        deadlines=(
            Deadline(span=at("this year"), what="the toll stays off", start=date(2026, 1, 1), end=date(2027, 1, 1)),
            Deadline(
                span=at("in Tartu"),
                what="nobody knows when",
                start=None,
                end=None,
                kind="demanded",
                who="LVA",
                source="register",
            ),
        ),
    )
    document = replace(plain.document, url=url, language="en", author='Ada "Quill" Pen')
    return replace(plain, document=document, statements=(filled, *others))
