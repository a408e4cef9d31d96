"""Work of the kind `parquet`, in the child process: the rows of a table, one row group after the other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

# The other allocators reserve address space by the gigabyte, which the memory cap counts.
os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"

import pyarrow as arrow
import pyarrow.parquet as parquet

from onrecord.intake.columns import NoColumn, columns_of
from onrecord.intake.messages import Message

# Rows decoded at a time; articles of 20 MB each would be 320 MB.
_BATCH = 16
_BUFFER = 1 << 20


def rows(request: Message, stream: BinaryIO) -> Iterator[Message]:
    """Items: `cells` by field with the `number` of the row, from 1, or a `fault`, of the table where without number.

    `request` has the `columns` that the user chose, and `max_bytes` for one cell.
    """
    try:
        arrow.set_cpu_count(1)
        arrow.set_io_thread_count(1)
        table = parquet.ParquetFile(arrow.PythonFile(stream, mode="r"), buffer_size=_BUFFER, pre_buffer=False)
        names = list(table.schema_arrow.names)
        columns = columns_of(names, [(field, name) for field, name in request["columns"]])
    except NoColumn as error:
        yield {"fault": str(error)}
        return
    except (arrow.ArrowException, OSError, ValueError) as error:
        yield {"fault": f"is no Parquet table that can be read ({_short(error)})"}
        return
    yield from _groups(table, {field: names[place] for field, place in columns.items()}, request["max_bytes"])


def _groups(table: Any, columns: Mapping[str, str], max_bytes: int) -> Iterator[Message]:
    begin = 0
    for group in range(table.num_row_groups):
        number = begin
        begin += max(0, table.metadata.row_group(group).num_rows)
        try:
            for batch in table.iter_batches(
                _BATCH, row_groups=[group], columns=sorted(set(columns.values())), use_threads=False
            ):
                for row in range(batch.num_rows):
                    number += 1
                    yield {"number": number, **_row(batch, row, columns, max_bytes)}
        except (arrow.ArrowException, OSError, ValueError) as error:
            yield {"number": number + 1, "fault": f"and the rows after it cannot be read ({_short(error)})"}


def _row(batch: Any, row: int, columns: Mapping[str, str], max_bytes: int) -> Message:
    try:
        cells = {field: _plain(batch.column(name)[row].as_py()) for field, name in columns.items()}
        if sum(map(len, cells.values())) > max_bytes:
            return {"fault": f"larger than {max_bytes:,} bytes"}
        return {"cells": cells}
    except (arrow.ArrowException, ValueError, OverflowError) as error:
        return {"fault": f"cannot be read ({_short(error)})"}


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (str, int, float)):
        return str(value)
    raise ValueError(f"a cell holds a {type(value).__name__}")


def _short(error: Exception) -> str:
    lines = str(error).splitlines()
    return (lines[0] if lines else type(error).__name__)[:200]
