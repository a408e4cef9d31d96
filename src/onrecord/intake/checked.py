"""A text and what is known of it -> a Document, or one sentence saying why not."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime

from onrecord.errors import SourceError
from onrecord.intake.language import foreign_language
from onrecord.settings import Settings
from onrecord.types import Document

_SURROGATE = re.compile("[\ud800-\udfff]")


def document_from_text(
    text: str,
    *,
    path: str | None = None,
    url: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    published: date | None = None,
    retrieved_at: str | None = None,
    raw_sha256: str | None = None,
    source: str | None = None,
    settings: Settings | None = None,
) -> Document:
    """A checked Document; its text is `text`, less a byte-order mark at the very start, and never changed again.

    `raw_sha256` is the hash of the bytes the text came from (of its own UTF-8 bytes where there are no others);
    `source` names the text in errors. SourceError for a text that is empty, too long, not English, or not text.
    """
    source = source or path or url or "text"
    text = text.removeprefix("\ufeff")
    _check(text, source=source, max_chars=(settings or Settings()).max_chars)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(
        id="d" + digest[:24],
        text=text,
        path=path,
        url=url,
        title=title,
        publisher=publisher,
        published=published,
        retrieved_at=retrieved_at,
        language="en",
        raw_sha256=raw_sha256 or digest,
    )


def iso_date(value: str | None) -> date | None:
    """The day of an ISO 8601 date or time, in the time's own zone; ValueError where it is neither."""
    return None if value is None else datetime.fromisoformat(value.strip()).date()


def _check(text: str, *, source: str, max_chars: int) -> None:
    if not text or text.isspace():
        raise SourceError(source, "is empty")
    if len(text) > max_chars:
        raise SourceError(source, f"is {len(text):,} characters long; texts over {max_chars:,} are not read")
    if "\0" in text:
        raise SourceError(source, f"holds a NUL character (at {text.index(chr(0)):,}) and looks like binary data")
    if lone := _SURROGATE.search(text):
        raise SourceError(source, f"holds half a character (an unpaired surrogate at {lone.start():,})")
    if language := foreign_language(text):
        raise SourceError(source, f"looks like {language}; only English is read")
