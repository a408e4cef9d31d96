"""A stand-in for the network: the first sentence of a text is what "the speaker" says.

A text with the word REFUSE cannot be read, CRASH kills the process, INTERRUPT and TERMINATE signal the parent.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from onrecord.errors import SourceError
from onrecord.pipeline import run_key
from onrecord.settings import Settings
from onrecord.types import Attribution, Document, Reading, Run, Span, Speaker, Statement

SPEAKER = Speaker(
    name="Anna Kolm",
    role="Minister",
    country="EST",
    type="person",
    id="p:anna kolm",
    mention=None,
    how="name",
    score=0.9,
)


def read(document: Document) -> Reading | SourceError:
    if "REFUSE" in document.text:
        return SourceError(document.path or document.id, "could not be read: refused")
    if "CRASH" in document.text:
        os._exit(3)
    for word, number in (("INTERRUPT", signal.SIGINT), ("TERMINATE", signal.SIGTERM)):
        if word in document.text:
            if number == signal.SIGINT:  # a test run started in the background hands SIGINT down as ignored
                signal.signal(signal.SIGINT, signal.default_int_handler)
            os.kill(os.getpid(), number)
    return reading(document)


def reading(document: Document, settings: Settings | None = None) -> Reading:
    version, model, digest = run_key(settings or Settings())
    said = Attribution(
        source=None, cue=(), content=(Span(0, document.text.index(".") + 1),), kind="indirect", score=0.8
    )
    statement = Statement(
        id=f"s{document.id[:20]}", attribution=said, speaker=SPEAKER, via=(), occasion=None, said_on=None, parent=None
    )
    run = Run(
        version=version, model=model, settings=digest, started="2026-03-03T10:00:00Z", ended="2026-03-03T10:00:01Z"
    )
    return Reading(document=document, statements=(statement,), dates=(), headings=(), flags=(), run=run)


def counted(seen: list[str]) -> Callable[[Document], Reading | SourceError]:
    """The same, noting each text it reads."""

    def counting(document: Document) -> Reading | SourceError:
        seen.append(document.text)
        return read(document)

    return counting
