"""A text and what is known of it -> a Document, or one sentence saying why not."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime

from onrecord.errors import SourceError
from onrecord.intake.language import foreign_language
from onrecord.intake.urls import normalise
from onrecord.settings import Settings
from onrecord.types import Document

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def document_from_text(
    text: str,
    *,
    path: str | None = None,
    url: str | None = None,
    title: str | None = None,
    author: str | None = None,
    publisher: str | None = None,
    published: date | None = None,
    published_at: str | None = None,
    retrieved_at: str | None = None,
    raw_sha256: str | None = None,
    source: str | None = None,
    settings: Settings | None = None,
) -> Document:
    """A checked Document; its text is `text`, less a byte-order mark at the very start, and never changed again.

    `url` is normalised (`urls.normalise`); NUL and half characters are taken out of all that is not the text. Without
    `published` it is the day of `published_at`. `raw_sha256` is the hash of the bytes the text came from (of its own
    UTF-8 bytes where there are no others); `source` names the text in errors. SourceError for a text that is empty,
    too long, not English, or not text.
    """
    source = source or path or url or "text"
    text = text.removeprefix("\ufeff")
    _check(text, source=source, max_chars=(settings or Settings()).max_chars)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    address = one_line(url)
    return Document(
        id="d" + digest[:24],
        text=text,
        path=None if path is None else printable(path),
        url=normalise(address) if address else None,
        title=one_line(title),
        author=one_line(author),
        publisher=one_line(publisher),
        published=published or iso_date(iso_moment(published_at)),
        published_at=iso_moment(published_at),
        retrieved_at=retrieved_at,
        language="en",
        raw_sha256=raw_sha256 or digest,
    )


def iso_date(value: str | None) -> date | None:
    """The day of an ISO 8601 date or time, in the time's own zone; ValueError where it is neither."""
    return None if value is None else datetime.fromisoformat(value.strip()).date()


def iso_moment(value: str | None) -> str | None:
    """An ISO 8601 time in one spelling, with its zone where it has one; None for a day alone and for anything else."""
    value = (value or "").strip()
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    # 20240305 and 2024-03-05 are read as midnight, which nobody said.
    return moment.isoformat(timespec="seconds") if ":" in value or "T" in value else None


def whole(words: str) -> str:
    """The words without NUL, and with U+FFFD for half characters: no database takes either."""
    return _SURROGATE.sub("\ufffd", words.replace("\0", ""))


def printable(words: str) -> str:
    """The words `whole` and on one line, each control character a space."""
    return _CONTROL.sub(" ", whole(words))


def one_line(words: str | None) -> str | None:
    """What a source says of itself, `printable` and without needless space; None where nothing is left."""
    return " ".join(printable((words or "").replace("\0", " ")).split()) or None


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
