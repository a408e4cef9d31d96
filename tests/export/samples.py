"""A reading of a short article, built by hand: no network, no pipeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.types import (
    Agenda,
    AgendaItem,
    Attribution,
    Condition,
    DateExpression,
    Deadline,
    Document,
    Event,
    Flag,
    InstrumentMention,
    Issue,
    Kind,
    Occasion,
    Position,
    Reading,
    Run,
    Span,
    Speaker,
    Statement,
    Via,
)

TEXT = """Minister rejects toll

Anna Kolm, Estonia's transport minister, told Radio Nord in Tartu on 2 March that the toll "will not return" this year.\
 "We said no, and we mean <no>," Kolm said. "Ask me again in 2030."

A senior official said Kolm had said that ships must wait until 3.4.2026.

REPORTER: Is that final?
"""

RUN = Run(version="0.1.0", model="m1", settings="s1", started="2026-03-03T10:00:00Z", ended="2026-03-03T10:00:01Z")


def at(excerpt: str, nth: int = 0, text: str = TEXT) -> Span:
    """The span of the `nth` occurrence of `excerpt`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(excerpt, start + 1)
    return Span(start, start + len(excerpt))


KOLM = Speaker(
    name="Anna Kolm",
    role="Minister of Transport of Estonia",
    country="EST",
    type="person",
    id="kolm",
    mention=at("Anna Kolm"),
    how="name",
    score=0.91234567,
)
OFFICIAL = Speaker(
    name=None,
    role="a senior official",
    country=None,
    type="unnamed",
    id="official",
    mention=None,
    how="description",
    score=0.5,
)
NOBODY = Speaker(name=None, role=None, country=None, type="unnamed", id="none", mention=None, how="none", score=0.0)

SAID_ON = DateExpression(
    span=at("on 2 March"),
    grain="day",
    timex="2026-03-02",
    basis="published",
    start=date(2026, 3, 2),
    end=date(2026, 3, 3),
)
UNRESOLVED = DateExpression(span=at("this year"), grain="year", timex="XXXX", basis="none", start=None, end=None)
AMBIGUOUS = DateExpression(
    span=at("3.4.2026"),
    grain="day",
    timex="2026-04-03",
    basis="stated",
    start=date(2026, 4, 3),
    end=date(2026, 4, 4),
    other=date(2026, 3, 4),
)
YEAR = DateExpression(
    span=at("2030"), grain="year", timex="2030", basis="stated", start=date(2030, 1, 1), end=date(2031, 1, 1)
)


def statement(
    id: str,
    speaker: Speaker,
    kind: Kind,
    *,
    content: list[Span],
    cue: list[Span],
    source: Span | None = None,
    parent: tuple[int, str] | None = None,
) -> Statement:
    """A statement with no way, occasion or date."""
    attribution = Attribution(
        source=source,
        cue=tuple(cue),
        content=tuple(content),
        kind=kind,
        score=0.87654321,
        parent=parent[0] if parent else None,
    )
    return Statement(
        id=id,
        attribution=attribution,
        speaker=speaker,
        via=(),
        occasion=None,
        said_on=None,
        parent=parent[1] if parent else None,
    )


def reading() -> Reading:
    """Five statements: mixed, direct in two pieces, nested, and one of nobody in particular."""
    told = replace(
        statement(
            "s1",
            KOLM,
            "mixed",
            source=at("Anna Kolm"),
            cue=[at("told")],
            content=[at('that the toll "will not return" this year')],
        ),
        via=(Via(name="Radio Nord", type="outlet", span=at("Radio Nord")),),
        occasion=Occasion(span=at("in Tartu"), text="interview", place="Tartu"),
        said_on=SAID_ON,
        counterparts=("LVA", "EU"),
        issues=(Issue(id="transport", score=0.75123456, evidence=(at("toll", 1),)),),
        instruments=(InstrumentMention(name="Toll Accord", span=at("toll", 1)),),
        position=Position(stance="opposes", commitment="refuses", evidence=(at('"will not return"'),), score=0.5),
        event=Event(category="REJECT", actor="EST", recipient="LVA", evidence=(at('"will not return"'),)),
        conditions=(Condition(kind="temporal", span=at("this year")),),
        deadlines=(
            Deadline(
                span=at("this year"),
                what="no toll",
                start=date(2026, 1, 1),
                end=date(2027, 1, 1),
                kind="promised",
                who="EST",
            ),
        ),
    )
    statements = (
        told,
        statement(
            "s2",
            KOLM,
            "direct",
            source=at("Kolm", 1),
            cue=[at("said", 1)],
            content=[at('"We said no, and we mean <no>,"'), at('"Ask me again in 2030."')],
        ),
        statement(
            "s3",
            OFFICIAL,
            "indirect",
            source=at("A senior official"),
            cue=[at("said", 2)],
            content=[at("Kolm had said that ships must wait until 3.4.2026")],
        ),
        statement(
            "s4",
            KOLM,
            "indirect",
            source=at("Kolm", 2),
            cue=[at("said", 3)],
            content=[at("that ships must wait until 3.4.2026")],
            parent=(2, "s3"),
        ),
        statement("s5", NOBODY, "direct", cue=[at(":")], content=[at("Is that final?")]),
    )
    document = Document(
        id="d1",
        text=TEXT,
        path="kolm.txt",
        publisher="Nordic Wire",
        title="Minister rejects toll",
        published=date(2026, 3, 3),
    )
    flags = (Flag(kind="ambiguous-date", span=at("3.4.2026"), message="3.4.2026 can be 3 April or 4 March 2026."),)
    dates = (SAID_ON, UNRESOLVED, YEAR, AMBIGUOUS)
    return Reading(
        document=document,
        statements=statements,
        dates=dates,
        headings=(at("Minister rejects toll"),),
        flags=flags,
        run=RUN,
        agendas=(
            Agenda(
                actor="EST",
                counterpart=None,
                stated_count=2,
                items=(AgendaItem(span=at("toll"), issue="transport"), AgendaItem(span=at("ships"), issue=None)),
            ),
        ),
        instruments=(InstrumentMention(name="Toll Accord", span=at("toll")),),
        deadlines=(Deadline(span=at("2030"), what="asked again", start=None, end=None),),
    )


def empty() -> Reading:
    """A reading in which nothing was found."""
    document = Document(id="d0", text="Rain.\n")
    return Reading(document=document, statements=(), dates=(), headings=(), flags=(), run=RUN)
