"""onrecord: the record of who said what.

    document -> text of record -> network -> attributions -> statements -> reading -> views
      intake      text            encoder    attribution      meaning      pipeline    cli, export

                            reading -> record -> answers
                             adding    record     cli, export

`read(text)` reads one text; `Reader().pipe(documents)` reads many. `add(sources, database=...)` puts what they say on
a record, and `Record` answers questions about it.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from onrecord.adding import add
    from onrecord.errors import FetchRefused, ModelError, OnRecordError, QuestionError, RecordError, SourceError
    from onrecord.intake import document_from_text, documents
    from onrecord.pipeline import Reader
    from onrecord.record.record import Record
    from onrecord.record.writer import Writer
    from onrecord.settings import Settings
    from onrecord.types import (
        Agenda,
        AgendaItem,
        Attribution,
        Condition,
        DateExpression,
        Deadline,
        Document,
        Flag,
        InstrumentMention,
        Issue,
        Occasion,
        Position,
        Reading,
        Run,
        Span,
        Speaker,
        Statement,
        Via,
    )

# Loaded when first used, so that the command answers `--help` before numpy is there.
_HOMES = {
    "Reader": "onrecord.pipeline",
    "Record": "onrecord.record.record",
    "Writer": "onrecord.record.writer",
    "add": "onrecord.adding",
    "Settings": "onrecord.settings",
    "document_from_text": "onrecord.intake",
    "documents": "onrecord.intake",
    **dict.fromkeys(
        ("FetchRefused", "ModelError", "OnRecordError", "QuestionError", "RecordError", "SourceError"),
        "onrecord.errors",
    ),
    **dict.fromkeys(
        (
            "Agenda",
            "AgendaItem",
            "Attribution",
            "Condition",
            "DateExpression",
            "Deadline",
            "Document",
            "Flag",
            "InstrumentMention",
            "Issue",
            "Occasion",
            "Position",
            "Reading",
            "Run",
            "Span",
            "Speaker",
            "Statement",
            "Via",
        ),
        "onrecord.types",
    ),
}

__all__ = [
    "Agenda",
    "AgendaItem",
    "Attribution",
    "Condition",
    "DateExpression",
    "Deadline",
    "Document",
    "FetchRefused",
    "Flag",
    "InstrumentMention",
    "Issue",
    "ModelError",
    "Occasion",
    "OnRecordError",
    "Position",
    "QuestionError",
    "Reader",
    "Reading",
    "Record",
    "RecordError",
    "Run",
    "Settings",
    "SourceError",
    "Span",
    "Speaker",
    "Statement",
    "Via",
    "Writer",
    "add",
    "document_from_text",
    "documents",
    "read",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")


def read(text: str, *, published: date | str | None = None, title: str | None = None) -> Reading:
    """Read one article given as text.

    `published` (a date or an ISO date) is what "today" and "next week" are resolved against. SourceError where the
    text is empty, binary, over-large or not English; ValueError where `published` is no date.
    """
    from onrecord.intake import document_from_text
    from onrecord.pipeline import Reader

    day = date.fromisoformat(published) if isinstance(published, str) else published
    return Reader().read(document_from_text(text, title=title, published=day))
