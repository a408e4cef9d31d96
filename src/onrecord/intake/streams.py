"""Streams with a limit: what a compressed source may turn into is counted while it is read."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from onrecord.errors import SourceError

# Text shrinks to between a third and a tenth, a bomb to a thousandth. Below _FREE any ratio is harmless: as many empty
# lines are read in a second or two.
MAX_RATIO = 200
_FREE = 4_000_000


class Budget:
    """How many bytes may still come out of a compressed source.

    `packed` tells how many bytes went in so far. `spend` raises a SourceError for `source` once more than
    `max_unpacked` came out, or more than `MAX_RATIO` times what went in.
    """

    def __init__(self, source: str, *, max_unpacked: int, packed: Callable[[], int]) -> None:
        self._source = source
        self._max = max_unpacked
        self._packed = packed
        self._spent = 0

    def spend(self, size: int) -> None:
        """Count `size` bytes more."""
        self._spent += size
        if self._spent > self._max:
            raise SourceError(self._source, f"unpacks to more than {self._max:,} bytes")
        if self._spent > _FREE and self._spent > MAX_RATIO * self._packed():
            raise SourceError(self._source, f"unpacks to more than {MAX_RATIO} times its size and is not read further")


class Counted(io.RawIOBase):
    """A stream whose every read is told to `count`; wrapped in a BufferedReader it has lines."""

    def __init__(self, stream: BinaryIO, count: Callable[[int], None]) -> None:
        self._stream = stream
        self._count = count

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill some of the buffer; 0 at the end."""
        data = self._stream.read(len(buffer))
        self._count(len(data))
        buffer[: len(data)] = data
        return len(data)


class _Replayed(io.RawIOBase):
    """Bytes already taken off a stream, then the rest of it."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Unpacked(io.RawIOBase):
    """The inside of a gzip file; what is damaged or cut short is a SourceError where the damage begins."""

    def __init__(self, stream: BinaryIO, *, source: str) -> None:
        self._gzip = gzip.GzipFile(fileobj=stream)
        self._source = source

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            return self._gzip.read(size)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise SourceError(self._source, "is a damaged gzip file, or one that is cut short") from error


def rewound(head: bytes, stream: BinaryIO) -> BinaryIO:
    """The stream as it was before `head` was read."""
    if stream.seekable():
        stream.seek(-len(head), io.SEEK_CUR)
        return stream
    return buffered(_Replayed(head, stream))


def buffered(raw: io.RawIOBase, size: int = 1 << 16) -> BinaryIO:
    """`raw` with lines and whole reads, `size` bytes ahead."""
    return cast("BinaryIO", io.BufferedReader(raw, size))


def unpacked(stream: BinaryIO, *, source: str, max_unpacked: int) -> BinaryIO:
    """The inside of a gzip file as a stream, not seekable; SourceError where it is damaged or grows too large."""
    went_in = 0

    def count(size: int) -> None:
        nonlocal went_in
        went_in += size

    # Read ahead by little: what is counted as gone in must not run far ahead of what came out.
    packed = buffered(Counted(stream, count), 4096)
    budget = Budget(source, max_unpacked=max_unpacked, packed=lambda: went_in)
    return buffered(Counted(cast("BinaryIO", _Unpacked(packed, source=source)), budget.spend))
