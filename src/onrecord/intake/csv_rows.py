"""CSV -> rows of cells, in constant memory: separator and encoding told by the beginning, sizes capped."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from onrecord.intake.columns import NoColumn, columns_of

# What the encoding is told by. A whole table is never held.
_SAMPLE = 1 << 20
_SEPARATORS = (",", ";", "\t", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class BadRow(Exception):
    """A row that cannot be read; the message is a plain clause."""


class Rows:
    """The rows of a table, header first. Iterating again after a BadRow goes on behind it."""

    def __init__(self, stream: BinaryIO, *, max_chars: int, chosen: Sequence[tuple[str, str]]) -> None:
        head = stream.read(_SAMPLE)
        encoding, mark = _encoding(head)
        joined = io.BufferedReader(_Joined(head[mark:], stream))
        text = io.TextIOWrapper(joined, encoding=encoding, errors="replace", newline="")
        self._lines = _Lines(text, max_chars=max_chars)
        self._separator = ","
        # Of the whole process, and 131,072 without this; longer articles are in one field.
        csv.field_size_limit(max(csv.field_size_limit(), max_chars))
        first = self._lines.first()
        self._separator = _separator(first, chosen)
        self._reader = self._new_reader()

    def _new_reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._separator)

    def __iter__(self) -> Rows:
        return self

    def __next__(self) -> list[str]:
        self._lines.begin_row()
        try:
            return next(self._reader)
        except (csv.Error, BadRow) as error:
            # The reader is left in the middle of a row.
            self._reader = self._new_reader()
            if isinstance(error, BadRow):
                raise
            raise BadRow(f"is no row of a table ({error})") from error


class _Joined(io.RawIOBase):
    def __init__(self, first: bytes, stream: BinaryIO) -> None:
        self._first = first
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._first[: len(buffer)] or self._stream.read(len(buffer))
        self._first = self._first[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


class _Lines:
    """Lines for the reader, those of one row counted together."""

    def __init__(self, text: io.TextIOWrapper, *, max_chars: int) -> None:
        self._text = text
        self._max = max_chars
        self._left = max_chars
        self._kept: str | None = None

    def first(self) -> str:
        """The first line with anything in it, which stays to be read."""
        line = self._text.readline(self._max)
        while line and not line.strip():
            line = self._text.readline(self._max)
        self._kept = line
        return line

    def begin_row(self) -> None:
        self._left = self._max

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line, self._kept = self._kept or self._text.readline(self._left + 1), None
        if not line:
            raise StopIteration
        self._left -= len(line)
        if self._left < 0:
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(_SAMPLE)
            raise BadRow(f"larger than {self._max:,} characters")
        return line


def _encoding(head: bytes) -> tuple[str, int]:
    """Encoding, and the length of the mark that gave it."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
        return "utf-8", 0
    except UnicodeDecodeError:
        return _eight_bit(head), 0


def _eight_bit(head: bytes) -> str:
    broken = head.decode("utf-8", "replace").count("\ufffd")
    beyond_ascii = len(head) - len(head.decode("ascii", "ignore"))
    # As in decode.py: a few broken bytes are damage, many another code.
    if broken * 10 <= beyond_ascii:
        return "utf-8"
    try:
        head.decode("cp1252")
        return "cp1252"
    except UnicodeDecodeError:
        return "latin-1"


def _separator(header: str, chosen: Sequence[tuple[str, str]]) -> str:
    """The one that gives the header most of the columns looked for, else the most columns."""

    def fits(separator: str) -> tuple[int, int]:
        try:
            names = next(csv.reader([header], delimiter=separator))
        except (csv.Error, StopIteration):
            return 0, 0
        try:
            return len(columns_of(names, chosen)), len(names)
        except NoColumn:
            return 0, len(names)

    return max(_SEPARATORS, key=fits)
