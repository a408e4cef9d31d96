"""Readings, and answers of a record, as pandas data frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from onrecord.errors import OnRecordError
from onrecord.export.table import COLUMNS, Row, rows
from onrecord.types import Reading

if TYPE_CHECKING:
    from pandas import DataFrame

_DATES = ("published", "said_from", "said_to")
_WHOLE = ("start", "end")
_REAL = ("score", "speaker_score")


def to_frame(readings: Reading | Iterable[Reading]) -> DataFrame:
    """One row a statement, the columns and their order always the same, dates as `datetime64[s]`.

    Raises OnRecordError where pandas is not installed.
    """
    many = [readings] if isinstance(readings, Reading) else readings
    found: list[Row] = [row for reading in many for row in rows(reading)]
    return _frame(
        found, COLUMNS, dates=_DATES, types={**dict.fromkeys(_WHOLE, "int64"), **dict.fromkeys(_REAL, "float64")}
    )


def rows_to_frame(rows: Iterable[object], kind: type[Any]) -> DataFrame:
    """One row for each row of `kind` (StatementRow, SpeakerRow, ...), its fields as columns, also where there are none.

    Days are `datetime64[s]`, counts and offsets `int64`, scores `float64`; lists stay tuples, `highlights` tuples of
    `Span`. Raises OnRecordError where pandas is not installed.
    """
    declared = {field.name: str(field.type) for field in fields(kind)}
    dates = tuple(name for name, type_ in declared.items() if type_.startswith("date"))
    numbers = {name: {"int": "int64", "float": "float64"}[t] for name, t in declared.items() if t in ("int", "float")}
    return _frame(list(rows), tuple(declared), dates=dates, types=numbers)


def _frame(found: Sequence[Any], columns: Sequence[str], *, dates: Sequence[str], types: dict[str, str]) -> DataFrame:
    try:
        import numpy
        import pandas
    except ImportError as error:
        raise OnRecordError("data frames need pandas: pip install onrecord[pandas]") from error
    frame = pandas.DataFrame(
        {name: pandas.Series([getattr(row, name) for row in found], dtype=object) for name in columns}
    )
    for name in dates:
        # Not to_datetime: in pandas 2 it counts nanoseconds and cannot hold a date before 1678.
        frame[name] = numpy.array([getattr(row, name) for row in found], dtype="datetime64[s]")
    return frame.astype(types)
