"""A stream -> documents, by the reader for its kind: the suffix or content type decides, else the first bytes."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import BinaryIO, Literal

from onrecord.errors import SourceError
from onrecord.intake.checked import document_from_text
from onrecord.intake.decode import decode
from onrecord.intake.found import SINGLE, Found, Job, Results, whole_of
from onrecord.intake.jsonl import documents_in_lines
from onrecord.intake.raw import Kind, Raw
from onrecord.intake.sniff import HEAD, is_gzip, kind_of_head, unpacked_head
from onrecord.intake.streams import rewound, unpacked
from onrecord.settings import Settings
from onrecord.types import Document

_PAGE_STARTS = ("<!doctype html", "<html", "<head", "<body", "<?xml", "<!--")
_NAMES: dict[Kind, str] = {
    "text": "a text",
    "html": "a web page",
    "pdf": "a PDF document",
    "feed": "a feed",
    "opml": "an OPML list",
    "warc": "a WARC archive",
    "parquet": "a Parquet table",
    "csv": "a CSV table",
    "zip": "a zip archive",
    "jsonl": "JSON Lines",
}


def read_found(found: Found, job: Job) -> Results:
    """Every document of a stream, in a fixed order; SourceError raised where the stream itself cannot be read on."""
    found = _opened(found, max_unpacked=job.settings.max_unpacked)
    if (found.kind or "text") not in job.kinds:
        raise SourceError(found.source, f"is {_NAMES[found.kind or 'text']}, which inside {job.within} is not read")
    if found.kind is None or found.kind in SINGLE:
        return _plain(found, job)
    if found.kind == "jsonl":
        return documents_in_lines(found.stream, source=found.source, settings=job.settings, skip=job.skip)
    if found.kind in ("warc", "csv", "parquet"):
        return _records(found, job)
    return _contents(found, job)


def _opened(found: Found, *, max_unpacked: int) -> Found:
    """The stream unpacked, at its beginning, with its kind where the first bytes give it away."""
    stream, kind = found.stream, found.kind
    head = stream.read(HEAD)
    stream = rewound(head, stream)
    begun = kind_of_head(head)
    if is_gzip(head):
        begun = kind_of_head(inside := unpacked_head(head))
        if is_gzip(inside):
            raise SourceError(found.source, "is compressed more than once")
        # The records of a WARC file are compressed one by one: its reader unpacks them, and can so skip damaged ones.
        if (kind or begun) != "warc":
            stream = unpacked(stream, source=found.source, max_unpacked=max_unpacked)
    # Servers send feeds as text/html; a file's name is believed.
    mislabelled = kind == "html" and found.url is not None and begun in ("feed", "opml")
    if kind is None or mislabelled:
        kind = begun
    return replace(found, stream=stream, kind=kind)


def _records(found: Found, job: Job) -> Results:
    if found.kind == "warc":
        from onrecord.intake.warc import documents_in_warc

        return documents_in_warc(found.stream, source=found.source, settings=job.settings, skip=job.skip)
    from onrecord.intake.table import documents_in_table

    kind: Literal["csv", "parquet"] = "csv" if found.kind == "csv" else "parquet"
    stream = found.stream if kind == "csv" else _seekable(found, settings=job.settings)
    return documents_in_table(stream, source=found.source, kind=kind, settings=job.settings, skip=job.skip)


def _contents(found: Found, job: Job) -> Results:
    if found.kind == "zip":
        from onrecord.intake.zipped import documents_in_zip

        return documents_in_zip(_seekable(found, settings=job.settings), source=found.source, job=job, read=read_found)
    if found.kind == "opml":
        from onrecord.intake.opml import documents_in_opml

        return documents_in_opml(whole_of(found, settings=job.settings), job=job, read=read_found)
    from onrecord.intake.feed import documents_in_feed

    return documents_in_feed(whole_of(found, settings=job.settings), job=job, read=read_found)


def _seekable(found: Found, *, settings: Settings) -> BinaryIO:
    """The stream, in memory where it cannot be read from any end."""
    if found.stream.seekable():
        return found.stream
    return io.BytesIO(whole_of(found, settings=settings).data)


def _plain(found: Found, job: Job) -> Results:
    """One document, or lines of them in a stream without a telling name."""
    if found.kind is None and "jsonl" in job.kinds:
        first = found.stream.readline(job.settings.max_bytes + 1)
        if _is_record(first):
            yield from documents_in_lines(
                found.stream, source=found.source, first=first, settings=job.settings, skip=job.skip
            )
            return
        found = replace(found, stream=rewound(first, found.stream))
    if not job.skip.take():
        yield _document(whole_of(found, settings=job.settings), settings=job.settings)


def _document(raw: Raw, *, settings: Settings) -> Document:
    if raw.kind == "pdf":
        from onrecord.intake.pdf import document_from_pdf

        return document_from_pdf(raw, settings=settings)
    text = decode(raw)
    if raw.kind == "html" or _is_page(text):
        from onrecord.intake.html import document_from_html

        return document_from_html(raw, html=text, settings=settings)
    if raw.kind is None and text.lstrip().startswith("<?xml"):
        raise SourceError(raw.source, "is XML of a kind that is not read; feeds, OPML lists and web pages are")
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
