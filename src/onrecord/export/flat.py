"""The record's rows as tables: CSV for spreadsheets, JSON Lines for programs. One row at a time, in constant memory."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import Field, fields
from datetime import date
from typing import Any, TextIO

from onrecord.export.cells import Table
from onrecord.export.writers import one_physical_line

# Where a search matched is for a screen; a table that is kept has no use for it.
_LEFT_OUT = "highlights"


def columns(kind: type[Any]) -> tuple[str, ...]:
    """The columns of a table of these rows, in order."""
    return tuple(field.name for field in kept(kind))


def kept(kind: type[Any]) -> tuple[Field[Any], ...]:
    """The fields of a row that go into a table."""
    return tuple(field for field in fields(kind) if field.name != _LEFT_OUT)


def csv_rows(rows: Iterable[object], stream: TextIO, kind: type[Any]) -> int:
    """Write rows of `kind` as CSV with a header; return how many there were.

    Lists are joined by `; `. No cell can start a formula in a spreadsheet: see `cells.safe`, and `cells.unsafe` for
    the way back. Open files for it with `encoding="utf-8", newline=""`.
    """
    names = columns(kind)
    out = Table(stream)
    out.line(names)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        out.line(getattr(row, name) for name in names)
    return count


def jsonl_rows(rows: Iterable[object], stream: TextIO, kind: type[Any]) -> int:
    """Write rows of `kind` as JSON Lines, one object a row; return how many there were."""
    names = columns(kind)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        line = json.dumps({name: _plain(getattr(row, name)) for name in names}, ensure_ascii=False)
        stream.write(one_physical_line(line) + "\n")
    return count


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
