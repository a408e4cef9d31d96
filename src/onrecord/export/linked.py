"""Statements as linked data: JSON-LD with schema.org for what was said and PROV for where it comes from.

    statement   Quotation or Claim, isPartOf its document, wasGeneratedBy its run, wasQuotedFrom or hadPrimarySource
                the outlets it came through
    document    NewsArticle
    run         Activity, by the software and its network
    speaker     Person, Organization, Country, CreativeWork

https://schema.org/Quotation, https://schema.org/Claim, https://www.w3.org/TR/prov-o/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from onrecord.export.characters import address, urn
from onrecord.export.view import words
from onrecord.export.writers import one_physical_line
from onrecord.record.excerpt import one_line
from onrecord.types import DateExpression, Deadline, Document, Reading, Run, Speaker, Statement, Via, outer

Node = dict[str, Any]

_REFERENCE = {"@type": "@id"}
_DAY = "xsd:date"
_MOMENT = "xsd:dateTime"

# Every term the file uses, so that reading it fetches nothing.
CONTEXT: Node = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "onr": "urn:onrecord:vocabulary:",
    "id": "@id",
    "type": "@type",
    **{
        name: f"schema:{name}"
        for name in (
            *("Quotation", "Claim", "NewsArticle", "Person", "Organization", "Country", "CreativeWork", "Place"),
            *("DefinedTerm", "Event", "Thing"),
            *("about", "author", "citation", "headline", "identifier", "inLanguage", "jobTitle", "locationCreated"),
            *("name", "publisher", "recordedAt", "softwareVersion", "spokenByCharacter", "termCode", "text"),
        )
    },
    "appearance": {"@id": "schema:appearance", **_REFERENCE},
    "dateCreated": {"@id": "schema:dateCreated", "@type": _DAY},
    "datePublished": {"@id": "schema:datePublished", "@type": _DAY},
    "inDefinedTermSet": {"@id": "schema:inDefinedTermSet", **_REFERENCE},
    "isPartOf": {"@id": "schema:isPartOf", **_REFERENCE},
    "url": {"@id": "schema:url", **_REFERENCE},
    "Activity": "prov:Activity",
    "Entity": "prov:Entity",
    "SoftwareAgent": "prov:SoftwareAgent",
    **{
        name: {"@id": f"prov:{name}", **_REFERENCE}
        for name in ("hadPrimarySource", "wasAssociatedWith", "wasDerivedFrom", "wasGeneratedBy", "wasQuotedFrom")
    },
    "endedAtTime": {"@id": "prov:endedAtTime", "@type": _MOMENT},
    "startedAtTime": {"@id": "prov:startedAtTime", "@type": _MOMENT},
    **{
        name: f"onr:{name}"
        for name in (
            *("actor", "basis", "category", "commitment", "condition", "country", "counterpart", "cue", "due", "end"),
            *("kind", "model", "recipient", "repeats", "score", "settings", "speakerType", "stance", "start", "who"),
        )
    },
    **{name: {"@id": f"onr:{name}", "@type": _DAY} for name in ("dueFrom", "dueBefore")},
    "within": {"@id": "onr:within", **_REFERENCE},
}


def jsonld(readings: Iterable[Reading], stream: TextIO) -> int:
    """Write the statements of `readings` as one JSON-LD document; return how many there were.

    The graph is written node by node, one a line, in constant memory. A run, and a speaker who was met in several
    articles, is described again with each article; in RDF that says nothing twice.
    """
    stream.write('{"@context": ' + json.dumps(CONTEXT) + ',\n"@graph": [')
    count = 0
    between = "\n"
    for reading in readings:
        for node in _nodes(reading):
            stream.write(between + one_physical_line(json.dumps(node, ensure_ascii=False)))
            between = ",\n"
        count += len(reading.statements)
    stream.write("\n]}\n")
    return count


def _nodes(reading: Reading) -> Iterator[Node]:
    run = _run(reading.run)
    yield run
    yield _document(reading.document)
    for statement in reading.statements:
        yield _statement(statement, reading.document, run["id"])


def _run(run: Run) -> Node:
    """One reading of one document; the software agent is shared by all readings with the same settings."""
    return _filled(
        id=urn("run", f"{run.version}:{run.model}:{run.settings}:{run.started}"),
        type="Activity",
        startedAtTime=run.started,
        endedAtTime=run.ended,
        settings=run.settings,
        wasAssociatedWith={
            "id": urn("software", f"{run.version}:{run.model}"),
            "type": "SoftwareAgent",
            "name": "onrecord",
            "softwareVersion": run.version,
            "model": run.model,
        },
    )


def _document(document: Document) -> Node:
    return _filled(
        id=urn("document", document.id),
        type=["NewsArticle", "Entity"],
        headline=document.title,
        author=_filled(type="Person", name=document.author) if document.author else None,
        publisher=_filled(type="Organization", name=document.publisher) if document.publisher else None,
        datePublished=document.published and document.published.isoformat(),
        inLanguage=document.language,
        url=address(document.url),
        identifier=document.id,
    )


def _statement(statement: Statement, document: Document, run: str) -> Node:
    quoted = statement.attribution.kind == "direct"
    source = urn("document", document.id)
    speaker = _speaker(statement)
    extent = outer(statement.attribution.content)
    return _filled(
        id=urn("statement", statement.id),
        type=["Quotation" if quoted else "Claim", "Entity"],
        text=words(statement, document.text),
        author=speaker,
        spokenByCharacter={"id": speaker["id"]} if speaker and quoted else None,
        isPartOf=source,
        appearance=None if quoted else source,
        citation=_citation(document),
        datePublished=document.published and document.published.isoformat(),
        dateCreated=_day(statement.said_on),
        locationCreated={"type": "Place", "name": statement.occasion.place}
        if statement.occasion and statement.occasion.place
        else None,
        recordedAt={"type": "Event", "name": statement.occasion.text} if statement.occasion else None,
        about=_about(statement),
        within=statement.parent and urn("statement", statement.parent),
        kind=statement.attribution.kind,
        cue=" ... ".join(span.of(document.text) for span in statement.attribution.cue) or None,
        counterpart=list(statement.counterparts),
        stance=statement.position and statement.position.stance,
        commitment=statement.position and statement.position.commitment,
        category=statement.event and statement.event.category,
        actor=statement.event and statement.event.actor,
        recipient=statement.event and statement.event.recipient,
        condition=[one_line(row.span.of(document.text)) for row in statement.conditions],
        due=[_due(deadline) for deadline in statement.deadlines],
        score=round(statement.attribution.score, 4),
        start=extent.start,
        end=extent.end,
        wasDerivedFrom=source,
        wasGeneratedBy=run,
        **_via(statement),
    )


_SPEAKERS = {"person": "Person", "organisation": "Organization", "state": "Country", "document": "CreativeWork"}


def speaker_id(speaker: Speaker) -> str | None:
    """The speaker's name on the web of data; None for who is not named, whom two articles cannot have in common."""
    return urn("speaker", speaker.id) if speaker.name else None


def _speaker(statement: Statement) -> Node | None:
    speaker = statement.speaker
    if not speaker.name and not speaker.role:
        return None
    # Several who speak as one ("both presidents") are none of the kinds that one of them is.
    kind = "Thing" if speaker.id.startswith("j:") else _SPEAKERS.get(speaker.type, "Thing")
    return _filled(
        id=speaker_id(speaker) or f"_:speaker-{statement.id}",
        type=kind,
        name=speaker.name or speaker.role,
        jobTitle=speaker.role if kind == "Person" else None,
        country=speaker.country,
        speakerType=speaker.type,
    )


def _about(statement: Statement) -> list[Node]:
    issues = [
        {"type": "DefinedTerm", "termCode": issue.id, "inDefinedTermSet": urn("vocabulary", "issues")}
        for issue in statement.issues
    ]
    names = dict.fromkeys(found.name for found in statement.instruments)
    return [*issues, *({"type": "CreativeWork", "name": name} for name in names)]


def _due(deadline: Deadline) -> Node:
    """What falls due: by when (`dueBefore` is the day after the last), how it came to be due, and on whom."""
    return _filled(
        type="Event",
        name=one_line(deadline.what) or None,
        kind=deadline.kind,
        dueFrom=deadline.start and deadline.start.isoformat(),
        dueBefore=deadline.end and deadline.end.isoformat(),
        who=deadline.who,
        repeats=deadline.repeats,
        basis=deadline.source,
    )


def _via(statement: Statement) -> dict[str, list[Node]]:
    """Words in quotation marks were quoted from the outlets; of words reported, the outlets are the source."""
    name = "hadPrimarySource" if statement.attribution.kind == "indirect" else "wasQuotedFrom"
    return {name: [_outlet(via) for via in statement.via]}


def _outlet(via: Via) -> Node:
    person = via.type == "person"
    by = {"type": "Person" if person else "Organization", "name": via.name}
    return {"type": ["CreativeWork", "Entity"], "author" if person else "publisher": by}


def _citation(document: Document) -> str | None:
    day = document.published and document.published.isoformat()
    return ", ".join(part for part in (document.publisher, document.title, day, document.url) if part) or None


def _day(said_on: DateExpression | None) -> str | None:
    """The day it was said; a week or a year is no day."""
    day = said_on.start if said_on and said_on.grain in ("day", "time") else None
    return day.isoformat() if day else None


def _filled(**facts: object) -> Node:
    """The facts that are known."""
    return {name: value for name, value in facts.items() if value is not None and value != []}
