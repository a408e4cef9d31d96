"""The way a document takes, on one screen: repair, segments, network, attributions, meaning, reading."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from onrecord import __version__, attribution, encoder, facts, meaning, pool, text
from onrecord.errors import ModelError, SourceError
from onrecord.meaning import Chained, Context, Understood
from onrecord.settings import Settings
from onrecord.types import Attribution, Document, Reading, Run, Segments, Speaker, Statement


class Reader:
    """Reads documents. The network is loaded with the first one and kept for the life of the process."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        if self.settings.registers:
            meaning.use_own(self.settings.registers)

    def read(self, document: Document) -> Reading:
        """All that is on record in one document. ModelError where the packaged network is damaged."""
        started = _now()
        document = replace(document, published=self.settings.published or document.published)
        repaired = text.repair(document.text)
        segments = text.segment(repaired.text)
        chained = _attributions(segments)
        context = meaning.read_context(segments, [row.attribution for row in chained], published=document.published)
        understood = meaning.understand(context)
        reading = Reading(
            document=document,
            statements=_statements(document, context, chained, understood),
            dates=understood.dates,
            headings=segments.headings,
            flags=tuple(sorted((*text.damage(segments, repaired), *understood.flags), key=lambda flag: flag.span)),
            run=_run(self.settings, started),
            agendas=understood.agendas,
            instruments=understood.instruments,
            deadlines=understood.deadlines,
        )
        return text.restore(reading, repaired)

    def pipe(self, documents: Iterable[Document | SourceError]) -> Iterator[Reading | SourceError]:
        """Readings in the order of `documents`, in `settings.workers` processes; errors pass through.

        A document that cannot be read becomes a SourceError; the others are read all the same.
        """
        read = partial(read_one, self.settings)
        if self.settings.workers == 1:
            return map(read, documents)
        return pool.ordered(read, documents, workers=self.settings.workers, crashed=unread)


def _attributions(segments: Segments) -> tuple[Chained, ...]:
    """One pass of the network, and what it says: sources, cues and contents, with the way the words came."""
    network = encoder.packaged()
    found = attribution.attribute(segments, network.score(segments), attribution.Decoder.of(network.card.decoder))
    return meaning.settle_chain(segments, found)


def _statements(
    document: Document, context: Context, chained: tuple[Chained, ...], understood: Understood
) -> tuple[Statement, ...]:
    sayings = meaning.settle(context.segments, context.attributions, understood.dates, published=document.published)
    pairs = zip(context.attributions, context.speakers, strict=True)
    ids = [_statement_id(document, found, speaker) for found, speaker in pairs]
    return tuple(
        Statement(
            id=id_,
            attribution=link.attribution,
            speaker=speaker,
            via=link.via,
            occasion=saying.occasion,
            said_on=saying.said_on,
            parent=None if link.attribution.parent is None else ids[link.attribution.parent],
            counterparts=means.counterparts,
            issues=means.issues,
            instruments=means.instruments,
            position=means.position,
            event=means.event,
            conditions=means.conditions,
            deadlines=means.deadlines,
        )
        for id_, link, speaker, saying, means in zip(
            ids, chained, context.speakers, sayings, understood.statements, strict=True
        )
    )


def _statement_id(document: Document, found: Attribution, speaker: Speaker) -> str:
    """Hash of the document, the content and the speaker's mention: the same reading gives the same id."""
    spans = [*found.content, *found.cue, *([speaker.mention] if speaker.mention else [])]
    key = f"{document.id} {[(span.start, span.end) for span in spans]} {speaker.name}"
    return "s" + hashlib.sha256(key.encode()).hexdigest()[:24]


class RunKey(NamedTuple):
    """What makes two runs the same."""

    version: str
    model: str
    settings: str


def run_key(settings: Settings) -> RunKey:
    """What the run of a reader with these settings is known by, before anything is read."""
    reference = settings.published.isoformat() if settings.published else ""
    registers = f" registers={facts.digest(settings.registers)}" if settings.registers else ""
    digest = hashlib.sha256(f"published={reference}{registers}".encode()).hexdigest()[:16]
    return RunKey(__version__, encoder.packaged_card().sha256[:16], digest)


def _run(settings: Settings, started: str) -> Run:
    return Run(**run_key(settings)._asdict(), started=started, ended=_now())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def read_one(settings: Settings, document: Document | SourceError) -> Reading | SourceError:
    """The reading of one document; a SourceError where it cannot be read. Errors pass through."""
    if isinstance(document, SourceError):
        return document
    try:
        return Reader(settings).read(document)
    except ModelError:
        raise
    except Exception as error:
        if os.environ.get("ONRECORD_DEBUG"):
            raise
        return SourceError(_name(document), f"could not be read: {type(error).__name__}: {error}")


def unread(document: Document | SourceError) -> Reading | SourceError:
    """What is said of a document that the process reading it died of."""
    if isinstance(document, SourceError):
        return document
    return SourceError(_name(document), "could not be read: the process reading it died (out of memory?)")


def _name(document: Document) -> str:
    return document.path or document.url or document.id
