"""Statements as W3C Web Annotations: each marks its words in the article and says whose they are.

https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from onrecord.export.characters import address, urn
from onrecord.export.linked import CONTEXT as LINKED
from onrecord.export.linked import speaker_id
from onrecord.export.writers import one_physical_line
from onrecord.record.excerpt import one_line
from onrecord.types import Deadline, Document, Reading, Run, Span, Speaker, Statement

Node = dict[str, Any]

# The model demands its own context by name. Only the terms it does not have are spelled out.
CONTEXT: list[object] = ["http://www.w3.org/ns/anno.jsonld", {"onr": LINKED["onr"]}]
# Code points of text before and after a quotation: enough to tell one "yes" from the next.
AROUND = 32


def webannotation(readings: Iterable[Reading], stream: TextIO) -> int:
    """Write the statements of `readings` as an AnnotationCollection with one page; return how many there were.

    One annotation a statement, one target for each piece of its content. Positions are half-open and count code points
    of the text of record. Written in constant memory: the count and the ids, which depend on all, come last.
    """
    stream.write('{"@context": ' + json.dumps(CONTEXT) + ',\n"type": "AnnotationCollection",\n')
    stream.write('"label": "Statements on record",\n"first": {"type": "AnnotationPage", "startIndex": 0, "items": [')
    count = 0
    digest = hashlib.sha256()
    for annotation in _annotations(readings):
        stream.write(",\n" if count else "\n")
        stream.write(one_physical_line(json.dumps(annotation, ensure_ascii=False)))
        digest.update(annotation["id"].encode() + b"\n")
        count += 1
    name = digest.hexdigest()[:24]
    collection, page = urn("annotations", name), urn("annotations", f"{name}:1")
    stream.write(f'\n], "id": "{page}", "partOf": "{collection}"}},\n"total": {count},\n"id": "{collection}"}}\n')
    return count


def _annotations(readings: Iterable[Reading]) -> Iterator[Node]:
    for reading in readings:
        for statement in reading.statements:
            yield _annotation(statement, reading)


def _annotation(statement: Statement, reading: Reading) -> Node:
    document, run = reading.document, reading.run
    return {
        "id": urn("annotation", statement.id),
        "type": "Annotation",
        "motivation": ["describing", "tagging"] if statement.issues else "describing",
        "created": run.ended,
        "creator": _software(run),
        "body": [_described(statement), *_who(statement.speaker), *_tags(statement)],
        "target": [_target(piece, document) for piece in statement.attribution.content],
    }


def _software(run: Run) -> Node:
    return {
        "id": urn("software", f"{run.version}:{run.model}"),
        "type": "Software",
        "name": f"onrecord {run.version}",
    }


def _described(statement: Statement) -> Node:
    """One line for people, and the same facts as data."""
    speaker, position, event = statement.speaker, statement.position, statement.event
    facts = {
        "onr:statement": {"id": urn("statement", statement.id)},
        "onr:kind": statement.attribution.kind,
        "onr:speaker": speaker.name,
        "onr:role": speaker.role,
        "onr:country": speaker.country,
        "onr:via": [via.name for via in statement.via],
        "onr:counterpart": list(statement.counterparts),
        "onr:stance": position.stance if position else None,
        "onr:commitment": position.commitment if position else None,
        "onr:category": event.category if event else None,
        "onr:actor": event.actor if event else None,
        "onr:recipient": event.recipient if event else None,
        "onr:due": [_due(deadline) for deadline in statement.deadlines],
        "onr:score": round(statement.attribution.score, 4),
    }
    return {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "language": "en",
        "value": _line(statement),
        **{name: value for name, value in facts.items() if value not in (None, [])},
    }


def _due(deadline: Deadline) -> Node:
    """What falls due: `onr:dueBefore` is the day after the last."""
    facts = {
        "onr:what": deadline.what,
        "onr:kind": deadline.kind,
        "onr:dueFrom": deadline.start and deadline.start.isoformat(),
        "onr:dueBefore": deadline.end and deadline.end.isoformat(),
        "onr:who": deadline.who,
        "onr:repeats": deadline.repeats,
        "onr:basis": deadline.source,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _line(statement: Statement) -> str:
    speaker, position = statement.speaker, statement.position
    who = ", ".join(part for part in (speaker.name, speaker.role) if part) or "not named"
    about = [statement.attribution.kind, *([position.stance, position.commitment] if position else [])]
    return one_line(f"{who}{f' ({speaker.country})' if speaker.country else ''}: {', '.join(about)}")


def _who(speaker: Speaker) -> list[Node]:
    name = speaker_id(speaker)
    return [{"type": "SpecificResource", "purpose": "identifying", "source": name}] if name else []


def _tags(statement: Statement) -> list[Node]:
    return [{"type": "TextualBody", "purpose": "tagging", "value": issue.id} for issue in statement.issues]


def _target(piece: Span, document: Document) -> Node:
    text = document.text
    quote = {
        "type": "TextQuoteSelector",
        "exact": piece.of(text),
        "prefix": text[max(0, piece.start - AROUND) : piece.start],
        "suffix": text[piece.end : piece.end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": piece.start, "end": piece.end}
    return {
        "type": "SpecificResource",
        "source": address(document.url) or urn("document", document.id),
        "selector": [quote, position],
    }
