"""The bytes of a WARC archive as one plain run, whether it is compressed or not. Runs only inside the child process.

A compressed archive is a row of gzip members (one a record, as Common Crawl writes them, or one for all). Where a
member is damaged the run is broken off with `Damaged` and goes on at the next member that holds a record.
"""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO, Protocol

_MAGIC = b"\x1f\x8b\x08"
_GZIP = 16 + zlib.MAX_WBITS
# Bytes read at a time.What a damaged member gave from the piece in which the damage lies is lost.
_PIECE = 1 << 16
_PLAIN_PIECE = 1 << 18
_STEPS = (4096, 64, 1)
_MOST_OUT = 1 << 20
# Web pages shrink to a tenth, runs of one byte to a thousandth: a member that is long and shrank more is a bomb.
_BOMB_RATIO = 200
_BOMB_SIZE = 50_000_000
# Enough of a member to tell what it begins with.
_HEAD = 4096
_START = re.compile(rb"WARC/\d")


class Damaged(Exception):
    """The archive's bytes are broken here; reading may go on after this."""


class Pieces(Protocol):
    """A source of plain bytes."""

    @property
    def whole(self) -> bool:
        """Whether all bytes given so far are known to be those that were written."""

    @property
    def cut(self) -> bool:
        """Whether the end came too early."""

    def read(self) -> bytes | None:
        """The next bytes (there may be none this time), None at the end; Damaged where the archive is broken."""


def pieces_of(stream: BinaryIO) -> Pieces:
    """The plain bytes of an archive, told by its first bytes."""
    first = stream.read(_PIECE)
    if _START.match(first.lstrip()) or _MAGIC not in first:
        return _Plain(stream, first)
    return _Gunzipped(stream, first)


class _Plain:
    # Without a checksum nothing is known to be right, nor, at the end, whether more was meant to come.
    whole = False
    cut = False

    def __init__(self, stream: BinaryIO, first: bytes) -> None:
        self._stream = stream
        self._first = first

    def read(self) -> bytes | None:
        first, self._first = self._first, b""
        return first or self._stream.read(_PLAIN_PIECE) or None


class _Gunzipped:
    cut = False

    def __init__(self, stream: BinaryIO, first: bytes) -> None:
        self._stream = stream
        self._raw = first
        self._fault: str | None = None
        self._in = self._out = 0
        self._begin()

    @property
    def whole(self) -> bool:
        # The checksum stands at the end of a member: only then are its bytes known to be right.
        return self._in == 0

    def read(self) -> bytes | None:
        if not self._in:
            # Some writers pad members with zeros.
            self._raw = self._raw.lstrip(b"\0")
        if not self._raw and not self._more():
            self.cut = self.cut or self._in > 0
            self._in = 0
            return None
        if self._fault is None:
            before = self._member.copy()
            try:
                return self._decompressed()
            except zlib.error as error:
                self._fault = str(error).rpartition(": ")[2]
                return self._salvaged(before)
        fault, self._fault = self._fault, None
        self._find_next()
        raise Damaged(f"the compressed data are damaged: {fault}")

    def _begin(self) -> None:
        self._member = zlib.decompressobj(_GZIP)
        self._in = self._out = 0

    def _more(self) -> bool:
        self._raw = self._stream.read(_PIECE)
        return bool(self._raw)

    def _decompressed(self) -> bytes:
        data = self._member.decompress(self._raw, _MOST_OUT)
        rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        self._in += len(self._raw) - len(rest)
        self._out += len(data)
        if self._out > _BOMB_SIZE and self._out > _BOMB_RATIO * self._in:
            raise zlib.error(f"they expand more than {_BOMB_RATIO} times")
        self._raw = rest
        if self._member.eof:
            self._begin()
        return data

    def _salvaged(self, member: zlib._Decompress) -> bytes:
        """What comes out of `_raw` before the byte that cannot be unpacked, found by ever shorter steps."""
        data, at = b"", 0
        for step in _STEPS:
            while at < len(self._raw):
                before = member.copy()
                try:
                    data += member.decompress(self._raw[at : at + step])
                except zlib.error:
                    member = before
                    break
                at += step
        self._in = self._in or 1
        return data[:_MOST_OUT]

    def _find_next(self) -> None:
        """Leave `_raw` at the next member that begins with a record, or empty at the end of the archive."""
        # A first byte that can be no part of the magic: where the damaged member itself begins, none is looked for.
        self._raw = b"\0" + self._raw[1:]
        while not self._at_member():
            at = self._raw.find(_MAGIC, 1)
            tail = self._raw[-2:]
            if at >= 0:
                self._raw = self._raw[at:]
            elif self._more():
                self._raw = b"\0" + tail + self._raw
            else:
                break
        self._begin()

    def _at_member(self) -> bool:
        if not self._raw.startswith(_MAGIC):
            return False
        if len(self._raw) < _HEAD:
            kept = self._raw
            self._more()
            self._raw = kept + self._raw
        try:
            head = zlib.decompressobj(_GZIP).decompress(self._raw[:_HEAD], 64)
        except zlib.error:
            return False
        return _START.match(head) is not None
