"""One flat row a statement, for CSV and data frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta

from onrecord.export.view import words
from onrecord.record.excerpt import one_line
from onrecord.types import Deadline, Reading, Statement, outer


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A statement in one row. `start` and `end` enclose all content; `said_to` is exclusive.

    Lists are joined by `; `. A deadline is its first and its last day, `..` for one that is not known, and what is due.
    """

    document_id: str
    path: str | None
    url: str | None
    publisher: str | None
    title: str | None
    published: date | None
    statement_id: str
    parent: str | None
    kind: str
    speaker: str | None
    role: str | None
    country: str | None
    speaker_type: str
    speaker_id: str
    source: str | None
    cue: str
    content: str
    start: int
    end: int
    via: str
    occasion: str | None
    place: str | None
    said_from: date | None
    said_to: date | None
    counterparts: str
    issues: str
    instruments: str
    stance: str | None
    commitment: str | None
    category: str | None
    actor: str | None
    recipient: str | None
    conditions: str
    deadlines: str
    score: float
    speaker_score: float


COLUMNS = tuple(field.name for field in fields(Row))


def rows(reading: Reading) -> Iterator[Row]:
    """The statements of a reading as rows, in the order of the text."""
    return (_row(reading, statement) for statement in reading.statements)


def _row(reading: Reading, statement: Statement) -> Row:
    document, attribution, speaker = reading.document, statement.attribution, statement.speaker
    said, occasion = statement.said_on, statement.occasion
    position, event = statement.position, statement.event
    extent = outer(attribution.content)
    return Row(
        document_id=document.id,
        path=document.path,
        url=document.url,
        publisher=document.publisher,
        title=document.title,
        published=document.published,
        statement_id=statement.id,
        parent=statement.parent,
        kind=attribution.kind,
        speaker=speaker.name,
        role=speaker.role,
        country=speaker.country,
        speaker_type=speaker.type,
        speaker_id=speaker.id,
        source=attribution.source.of(document.text) if attribution.source else None,
        cue=" ... ".join(span.of(document.text) for span in attribution.cue),
        content=words(statement, document.text),
        start=extent.start,
        end=extent.end,
        via="; ".join(via.name for via in statement.via),
        occasion=occasion.text if occasion else None,
        place=occasion.place if occasion else None,
        said_from=said.start if said else None,
        said_to=said.end if said else None,
        counterparts="; ".join(statement.counterparts),
        issues="; ".join(issue.id for issue in statement.issues),
        instruments="; ".join(dict.fromkeys(row.name for row in statement.instruments)),
        stance=position.stance if position else None,
        commitment=position.commitment if position else None,
        category=event.category if event else None,
        actor=event.actor if event else None,
        recipient=event.recipient if event else None,
        conditions="; ".join(one_line(row.span.of(document.text)) for row in statement.conditions),
        deadlines="; ".join(_deadline(row) for row in statement.deadlines),
        score=round(attribution.score, 4),
        speaker_score=round(speaker.score, 4),
    )


def _deadline(row: Deadline) -> str:
    """`2026-01-01/2026-12-31 no toll`: an ISO 8601 interval, both days included, and what is due."""
    last = row.end - timedelta(days=1) if row.end else None
    days = f"{row.start or '..'}/{last or '..'}" if row.start != last else f"{row.start}" if row.start else ""
    return f"{days} {one_line(row.what)}".strip()
