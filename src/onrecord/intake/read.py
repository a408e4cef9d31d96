"""Sources -> documents, one after the other; what cannot be read is named and the rest goes on."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import SourceError
from onrecord.intake.checked import document_from_text
from onrecord.intake.decode import decode
from onrecord.intake.jsonl import documents_in_lines
from onrecord.intake.raw import Raw
from onrecord.intake.sources import Place, kind_of, places
from onrecord.settings import Settings
from onrecord.types import Document

if TYPE_CHECKING:
    from onrecord.intake.network import Network

_PAGE_STARTS = ("<!doctype html", "<html", "<head", "<body", "<?xml", "<!--")


def documents(
    sources: Sequence[str], *, settings: Settings, network: Network | None = None
) -> Iterator[Document | SourceError]:
    """Read files, `-` (standard input), http(s) addresses, directories and glob patterns, in the order given.

    One document is held at a time. A source, file or line that cannot be read is yielded as a SourceError in its
    place, never raised. `network` is the way out for http(s); None is the system's.
    """
    for place in places(sources):
        if isinstance(place, SourceError):
            yield place
            continue
        try:
            yield from _read(place, settings=settings, network=network)
        except SourceError as error:
            yield error


def _read(place: Place, *, settings: Settings, network: Network | None) -> Iterator[Document | SourceError]:
    if place.where == "stdin":
        yield from _from_stream(sys.stdin.buffer, place=place, settings=settings)
    elif place.where == "file":
        yield from _from_file(place, settings=settings)
    else:
        yield from _from_address(place.name, settings=settings, network=network)


def _from_address(url: str, *, settings: Settings, network: Network | None) -> Iterator[Document | SourceError]:
    from onrecord.intake.fetch import fetch
    from onrecord.intake.network import Network

    raw = fetch(url, settings=settings, network=network or Network())
    if raw.kind == "jsonl" or (raw.kind is None and _is_record(raw.data.partition(b"\n")[0])):
        yield from documents_in_lines(io.BytesIO(raw.data), source=url, settings=settings)
    else:
        yield _document(raw, settings=settings)


def _from_file(place: Place, *, settings: Settings) -> Iterator[Document | SourceError]:
    try:
        stream = open(place.name, "rb")  # noqa: SIM115
    except (OSError, ValueError) as error:
        raise SourceError(place.name, _explained(error)) from error
    with stream:
        yield from _from_stream(stream, place=place, settings=settings)


def _from_stream(stream: BinaryIO, *, place: Place, settings: Settings) -> Iterator[Document | SourceError]:
    path = None if place.where == "stdin" else place.name
    kind = kind_of(place.name)
    limit = settings.max_bytes + 1
    try:
        first = stream.readline(limit) if kind is None else b""
        if kind == "jsonl" or (kind is None and _is_record(first)):
            yield from documents_in_lines(stream, source=place.name, first=first, settings=settings)
            return
        data = first + stream.read(limit - len(first))
    except OSError as error:
        raise SourceError(place.name, _explained(error)) from error
    if len(data) >= limit:
        raise SourceError(place.name, f"larger than {settings.max_bytes:,} bytes")
    yield _document(Raw(source=place.name, path=path, data=data, kind=kind), settings=settings)


def _document(raw: Raw, *, settings: Settings) -> Document:
    text = decode(raw)
    if raw.kind == "html" or _is_page(text):
        from onrecord.intake.html import document_from_html

        return document_from_html(raw, html=text, settings=settings)
    return document_from_text(
        text,
        path=raw.path,
        url=raw.url,
        retrieved_at=raw.retrieved_at,
        raw_sha256=raw.sha256(),
        source=raw.source,
        settings=settings,
    )


def _is_page(text: str) -> bool:
    """Whether a text without a telling name is a saved web page."""
    head = text[:2048].lstrip().lower()
    return head.startswith(_PAGE_STARTS) and "<html" in head + text[2048:4096].lower()


def _is_record(line: bytes) -> bool:
    """Whether the first line of an unnamed stream is one of JSON Lines."""
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and "text" in record


def _explained(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    return str(getattr(error, "strerror", None) or "is not the name of a file")
