"""What kind of source some first bytes begin, where the name does not tell."""

from __future__ import annotations

import codecs
import re
import zlib

from onrecord.intake.raw import Kind

# Enough to get past the declaration, comments and style sheets that stand before the first element of a feed.
HEAD = 8192
_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_ROOTS: dict[str, Kind] = {"rss": "feed", "feed": "feed", "rdf": "feed", "opml": "opml"}
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!doctype\b[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")


def kind_of_head(head: bytes) -> Kind | None:
    """The kind that the first bytes of a stream give away; None for text, web pages, tables and JSON Lines."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return _kind_of_root(_as_text(head))


def is_gzip(head: bytes) -> bool:
    """Whether a stream that begins so is a gzip file."""
    return head.startswith(b"\x1f\x8b")


def unpacked_head(head: bytes) -> bytes:
    """The first bytes inside the first bytes of a gzip file; empty where they are damaged."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        return b""


def _as_text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _kind_of_root(text: str) -> Kind | None:
    at = 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    root = _ROOT.match(text, at)
    return _ROOTS.get(root[1].lower()) if root else None
