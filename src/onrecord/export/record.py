"""The output contract: one JSON object a document. Every key is always there; docs/reference.md explains each."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from onrecord.types import (
    Agenda,
    DateExpression,
    Deadline,
    Document,
    Event,
    Flag,
    InstrumentMention,
    Position,
    Reading,
    Span,
    Spans,
    Speaker,
    Statement,
)

Plain = dict[str, Any]


def to_dict(reading: Reading) -> Plain:
    """The reading as plain values (str, int, float, None, list, dict), ready for `json.dumps`.

    Dates are ISO 8601, ends exclusive.
    """
    text = reading.document.text
    return {
        "document": _document(reading.document),
        "statements": [_statement(statement, text) for statement in reading.statements],
        "agendas": [_agenda(agenda, text) for agenda in reading.agendas],
        "instruments": [_instrument(found, text) for found in reading.instruments],
        "deadlines": [_deadline(deadline, text) for deadline in _all_deadlines(reading)],
        "dates": [_date(expression, text) for expression in reading.dates],
        "headings": _spans(reading.headings, text),
        "flags": [_flag(flag, text) for flag in reading.flags],
        "run": asdict(reading.run),
    }


def _document(document: Document) -> Plain:
    return {
        "path": document.path,
        "id": document.id,
        "title": document.title,
        "author": document.author,
        "published": _day(document.published),
        "published_at": document.published_at,
        "publisher": document.publisher,
        "url": document.url,
        "language": document.language,
        "retrieved_at": document.retrieved_at,
        "raw_sha256": document.raw_sha256,
    }


def _statement(statement: Statement, text: str) -> Plain:
    attribution, occasion = statement.attribution, statement.occasion
    said_on = statement.said_on if statement.said_on and statement.said_on.start else None
    return {
        "id": statement.id,
        "kind": attribution.kind,
        "source": _span(attribution.source, text) if attribution.source else None,
        "cue": _spans(attribution.cue, text),
        "content": _spans(attribution.content, text),
        "parent": statement.parent,
        "speaker": _speaker(statement.speaker, text),
        "via": [{"name": v.name, "type": v.type, "start": v.span.start, "end": v.span.end} for v in statement.via],
        "occasion": {
            "text": occasion.text,
            "place": occasion.place,
            "start": occasion.span.start,
            "end": occasion.span.end,
        }
        if occasion
        else None,
        "said_on": _date(said_on, text) if said_on else None,
        "counterpart": list(statement.counterparts),
        "issues": [
            {"id": issue.id, "score": round(issue.score, 4), "evidence": _spans(issue.evidence, text)}
            for issue in statement.issues
        ],
        "instruments": [_instrument(found, text) for found in statement.instruments],
        "position": _position(statement.position, text) if statement.position else None,
        "category": statement.event.category if statement.event else None,
        "event": _event(statement.event, text) if statement.event else None,
        "conditions": [{"kind": row.kind, **_span(row.span, text)} for row in statement.conditions],
        "deadlines": [_deadline(deadline, text) for deadline in statement.deadlines],
        "score": round(attribution.score, 4),
    }


def _speaker(speaker: Speaker, text: str) -> Plain:
    return {
        "name": speaker.name,
        "role": speaker.role,
        "country": speaker.country,
        "type": speaker.type,
        "id": speaker.id,
        "score": round(speaker.score, 4),
        "how": speaker.how,
        "mention": _span(speaker.mention, text) if speaker.mention else None,
    }


def _position(position: Position, text: str) -> Plain:
    return {
        "stance": position.stance,
        "commitment": position.commitment,
        "evidence": _spans(position.evidence, text),
        "score": round(position.score, 4),
    }


def _all_deadlines(reading: Reading) -> list[Deadline]:
    """Those of the narration and of all statements, in the order of the text."""
    said = [deadline for statement in reading.statements for deadline in statement.deadlines]
    return sorted([*reading.deadlines, *said], key=lambda deadline: deadline.span)


def _event(event: Event, text: str) -> Plain:
    return {"actor": event.actor, "recipient": event.recipient, "evidence": _spans(event.evidence, text)}


def _instrument(found: InstrumentMention, text: str) -> Plain:
    return {"name": found.name, **_span(found.span, text)}


def _deadline(deadline: Deadline, text: str) -> Plain:
    """`start` and `end` are days, as in `dates`; where the words stand is `start_char` to `end_char`."""
    return {
        "text": deadline.span.of(text),
        "what": deadline.what,
        "start": _day(deadline.start),
        "end": _day(deadline.end),
        "kind": deadline.kind,
        "who": deadline.who,
        "repeats": deadline.repeats,
        "source": deadline.source,
        "start_char": deadline.span.start,
        "end_char": deadline.span.end,
    }


def _agenda(agenda: Agenda, text: str) -> Plain:
    return {
        "actor": agenda.actor,
        "counterpart": agenda.counterpart,
        "stated_count": agenda.stated_count,
        "items": [{"issue": item.issue, **_span(item.span, text)} for item in agenda.items],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(expression: DateExpression, text: str) -> Plain:
    return {
        "text": expression.span.of(text),
        "start": _day(expression.start),
        "end": _day(expression.end),
        "grain": expression.grain,
        "timex": expression.timex,
        "basis": expression.basis,
        "other": _day(expression.other),
        "start_char": expression.span.start,
        "end_char": expression.span.end,
    }


def _flag(flag: Flag, text: str) -> Plain:
    return {
        "kind": flag.kind,
        "text": flag.span.of(text),
        "start_char": flag.span.start,
        "end_char": flag.span.end,
        "message": flag.message,
    }


def _spans(spans: Spans, text: str) -> list[Plain]:
    return [_span(span, text) for span in spans]


def _span(span: Span, text: str) -> Plain:
    return {"start": span.start, "end": span.end, "text": span.of(text)}
