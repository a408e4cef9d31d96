from __future__ import annotations

import io
import sys
from dataclasses import fields

import pytest

from onrecord import __version__
from onrecord.errors import OnRecordError
from onrecord.export.columnar import ROW_GROUP, parquet_rows
from onrecord.record.rows import StatementRow
from tests.export.filed_samples import many_rows, nasty_rows, row

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def written(rows) -> io.BytesIO:
    stream = io.BytesIO()
    rows = list(rows)
    assert parquet_rows(iter(rows), stream, StatementRow) == len(rows)
    stream.seek(0)
    return stream


def test_rows_come_back_as_they_were():
    rows = [*nasty_rows(), row(99, day=None, speaker=None, entity=None, counterparts=(), published=None)]
    read = parquet.read_table(written(rows)).to_pylist()
    listed = {field.name for field in fields(StatementRow) if "tuple" in field.type}
    again = [
        StatementRow(**{name: tuple(value) if name in listed else value for name, value in line.items()})
        for line in read
    ]
    assert again == rows


def test_columns_are_typed_and_the_file_says_what_wrote_it():
    schema = parquet.read_schema(written([row()]))
    types = {field.name: str(field.type) for field in schema}
    assert (types["day"], types["score"], types["start"]) == ("date32[day]", "double", "int32")
    assert types["issues"].startswith("list<") and types["words"] == "string"
    assert not schema.field("id").nullable and schema.field("speaker").nullable
    assert schema.metadata[b"onrecord.version"].decode() == __version__
    assert schema.metadata[b"onrecord.rows"] == b"StatementRow"


def test_no_rows_are_a_file_with_columns():
    assert parquet.read_table(written([])).num_rows == 0


def test_rows_are_written_in_groups_and_not_kept():
    before = pyarrow.total_allocated_bytes()
    stream = written(many_rows(2 * ROW_GROUP + 1))
    assert parquet.ParquetFile(stream).num_row_groups == 3
    assert pyarrow.total_allocated_bytes() - before < 5_000_000


def test_without_pyarrow_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OnRecordError, match=r"pip install onrecord\[parquet\]"):
        parquet_rows([], io.BytesIO(), StatementRow)
