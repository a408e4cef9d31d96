"""JSON Lines -> documents, one a line; a line that cannot be read is named by its number and the rest goes on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from onrecord.errors import SourceError
from onrecord.intake.checked import document_from_text, iso_date, iso_moment
from onrecord.intake.skip import Skip
from onrecord.settings import Settings
from onrecord.types import Document

_FIELDS = ("id", "title", "author", "publisher", "url", "published", "published_at")
_SKIP = 1 << 20
# A file with so many lines in a row that are no records is none of JSON Lines: each would be an error of its own.
_STRAY = 1000


class _Stray(SourceError):
    """A line that is no record at all."""


def documents_in_lines(
    stream: BinaryIO, *, source: str, first: bytes = b"", settings: Settings, skip: Skip | None = None
) -> Iterator[Document | SourceError]:
    """Read line by line, in constant memory. `first` is a line already taken off the stream.

    A line is an object with `text` and optionally `id`, `title`, `author`, `published`, `published_at`, `publisher`,
    `url`. A given id is kept in the path (`FILE#id`): Document.id itself is always the hash of the text. Lines that
    are skipped are not parsed.
    """
    skip = skip or Skip()
    number = filled = stray = 0
    for number, line in enumerate(_lines(stream, first=first, max_bytes=settings.max_bytes), start=1):
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        filled += 1
        if skip.take():
            continue
        found = _result(line, source=source, number=number, settings=settings)
        stray = stray + 1 if isinstance(found, _Stray) else 0
        yield found
        if stray == _STRAY:
            raise SourceError(source, f"{_STRAY:,} lines in a row are no records; the rest is not read")
    if not filled:
        yield SourceError(source, "is empty")


def _lines(stream: BinaryIO, *, first: bytes, max_bytes: int) -> Iterator[bytes]:
    """Lines of at most `max_bytes` + 1 bytes; what a longer one has beyond that is skipped, not held in memory."""
    line = first or stream.readline(max_bytes + 1)
    while line:
        yield line
        while len(line) > max_bytes and not line.endswith(b"\n"):
            if not (rest := stream.readline(_SKIP)) or rest.endswith(b"\n"):
                break
        line = stream.readline(max_bytes + 1)


def _result(line: bytes, *, source: str, number: int, settings: Settings) -> Document | SourceError:
    try:
        return _document(line, source=source, number=number, settings=settings)
    except SourceError as error:
        return error


def _document(line: bytes, *, source: str, number: int, settings: Settings) -> Document:
    place = f"{source}:{number}"
    if len(line) > settings.max_bytes:
        raise SourceError(place, f"larger than {settings.max_bytes:,} bytes")
    record = _record(line.removeprefix(b"\xef\xbb\xbf"), place=place)
    text = record.get("text")
    if not isinstance(text, str):
        raise SourceError(place, 'has no "text"' if text is None else '"text" is not a string')
    known = {name: _field(record, name, place=place) for name in _FIELDS}
    return document_from_text(
        text,
        path=f"{source}#{known['id']}" if known["id"] else source,
        url=known["url"],
        title=known["title"],
        author=known["author"],
        publisher=known["publisher"],
        published=_date(known["published"] or known["published_at"], place=place),
        published_at=iso_moment(known["published_at"]) or iso_moment(known["published"]),
        raw_sha256=hashlib.sha256(line.rstrip(b"\r\n")).hexdigest(),
        source=place,
        settings=settings,
    )


def _record(line: bytes, *, place: str) -> dict[str, object]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _Stray(place, f"is not valid UTF-8 (byte {error.start:,} of the line)") from error
    except json.JSONDecodeError as error:
        raise _Stray(place, f"is not JSON ({error.msg}, column {error.colno})") from error
    except (RecursionError, ValueError) as error:
        # Thousands of nested brackets, or a number of thousands of digits.
        raise _Stray(place, "is not JSON that can be read (nested too deep, or a number too long)") from error
    if not isinstance(record, dict):
        raise _Stray(place, "is not a JSON object")
    return record


def _field(record: dict[str, object], name: str, *, place: str) -> str | None:
    value = record.get(name)
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise SourceError(place, f'"{name}" is not a string')
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(place, f'"{name}" holds half a character (an unpaired surrogate)') from error
    return " ".join(value.replace("\0", " ").split()) or None


def _date(value: str | None, *, place: str) -> date | None:
    try:
        return iso_date(value)
    except ValueError as error:
        raise SourceError(place, f'"published" is not an ISO date: {str(value)[:40]!r}') from error
