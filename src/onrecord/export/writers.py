"""Readings written to a text stream, one after the other, so that memory does not grow with their number."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import astuple
from typing import TextIO

from onrecord.export.markdown import markdown
from onrecord.export.record import to_dict
from onrecord.export.table import COLUMNS, rows
from onrecord.types import Reading


def write(readings: Iterable[Reading], stream: TextIO, format: str, *, with_text: bool = False) -> int:
    """Write `readings` to `stream` as `jsonl`, `json`, `csv` or `md`; return how many there were.

    `with_text` puts the text of record into `document` of the JSON formats; the others have no place for it.

    Open files for it with `encoding="utf-8", newline=""`. ValueError for any other format.
    """
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}: there are {', '.join(FORMATS)}")
    return FORMATS[format](readings, stream, with_text)


def _jsonl(readings: Iterable[Reading], stream: TextIO, with_text: bool) -> int:
    count = 0
    for count, reading in enumerate(readings, 1):  # noqa: B007
        stream.write(_line(reading, with_text) + "\n")
    return count


def _json(readings: Iterable[Reading], stream: TextIO, with_text: bool) -> int:
    count = 0
    stream.write("[")
    for count, reading in enumerate(readings, 1):
        stream.write((",\n" if count > 1 else "\n") + _line(reading, with_text))
    stream.write("\n]\n" if count else "]\n")
    return count


def _csv(readings: Iterable[Reading], stream: TextIO, with_text: bool) -> int:
    """Words stand as in the article, even where a spreadsheet would take them for a formula (see docs/reference.md)."""
    count = 0
    out = csv.writer(stream, lineterminator="\n")
    out.writerow(COLUMNS)
    for count, reading in enumerate(readings, 1):  # noqa: B007
        out.writerows(astuple(row) for row in rows(reading))
    return count


def _md(readings: Iterable[Reading], stream: TextIO, with_text: bool) -> int:
    count = 0
    for count, reading in enumerate(readings, 1):
        stream.write(("\n" if count > 1 else "") + markdown(reading))
    return count


def _line(reading: Reading, with_text: bool) -> str:
    record = to_dict(reading)
    if with_text:
        record["document"]["text"] = reading.document.text
    return one_physical_line(json.dumps(record, ensure_ascii=False))


def one_physical_line(text: str) -> str:
    """JSON in which no character ends a line for any program: these three are legal there, and escaped here."""
    return text.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


FORMATS: dict[str, Callable[[Iterable[Reading], TextIO, bool], int]] = {
    "jsonl": _jsonl,
    "json": _json,
    "csv": _csv,
    "md": _md,
}
