"""Readings as a pandas data frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

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
    try:
        import numpy
        import pandas
    except ImportError as error:
        raise OnRecordError("data frames need pandas: pip install onrecord[pandas]") from error
    many = [readings] if isinstance(readings, Reading) else readings
    found: list[Row] = [row for reading in many for row in rows(reading)]
    frame = pandas.DataFrame(
        {name: pandas.Series([getattr(row, name) for row in found], dtype=object) for name in COLUMNS}
    )
    for name in _DATES:
        # Not to_datetime: in pandas 2 it counts nanoseconds and cannot hold a date before 1678.
        frame[name] = numpy.array([getattr(row, name) for row in found], dtype="datetime64[s]")
    return frame.astype({**dict.fromkeys(_WHOLE, "int64"), **dict.fromkeys(_REAL, "float64")})
