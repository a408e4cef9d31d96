from __future__ import annotations

import importlib.util
import io
import sys
from datetime import date, datetime
from typing import Any, Literal

import pytest

from onrecord.errors import SourceError
from onrecord.intake import table
from onrecord.intake.skip import Skip
from onrecord.intake.table import documents_in_table
from onrecord.settings import Settings
from onrecord.types import Document
from tests.intake.make_archives import csv_table, parquet_table, rows

ROWS = rows(3)


def read(
    data: bytes, *, kind: Literal["csv", "parquet"] = "csv", skip: int = 0, **options: Any
) -> list[Document | SourceError]:
    settings = Settings(**options)
    return list(documents_in_table(io.BytesIO(data), source="t", kind=kind, settings=settings, skip=Skip(skip)))


def shown(found: list[Document | SourceError]) -> list[str]:
    return [one.text if isinstance(one, Document) else str(one) for one in found]


CSV = csv_table(ROWS)
TABLES: list[tuple[Literal["csv", "parquet"], bytes]] = [
    ("csv", CSV),
    ("csv", csv_table(ROWS, separator=";")),
    ("csv", csv_table(ROWS, separator="\t")),
    ("csv", csv_table(ROWS, separator="|")),
    ("csv", b"\xef\xbb\xbf" + CSV),
    ("csv", b"\r\n\r\n" + CSV.replace(b"\r\n", b"\n")),
    ("csv", CSV.decode().encode("utf-16")),
    ("csv", CSV.decode().encode("cp1252")),
    ("parquet", parquet_table(ROWS)),
    ("parquet", parquet_table(ROWS, group=1, compression="zstd", use_dictionary=False)),
]


@pytest.mark.parametrize(("kind", "data"), TABLES)
def test_the_usual_columns_are_found(kind: Literal["csv", "parquet"], data: bytes) -> None:
    found = read(data, kind=kind)
    assert [one.replace("\r\n", "\n") for one in shown(found)] == [row["body"] for row in ROWS]
    first = found[0]
    assert isinstance(first, Document)
    assert (first.path, first.title, first.publisher) == ("t#a1", "Report 1", "The Courier")
    assert (first.url, first.published) == ("https://courier.example/world/1", date(2024, 3, 2))
    assert shown(read(data, kind=kind, skip=2)) == shown(found)[2:]
    assert read(data, kind=kind, skip=3) == []


def test_columns_are_chosen_by_name() -> None:
    data = b"a;Text;Date;Author\nThe envoy said no.;wrong;2024-01-01;Ann Lee\n"
    (found,) = read(data, columns=(("text", "a"), ("published", "")))
    assert isinstance(found, Document)
    assert (found.text, found.published, found.author) == ("The envoy said no.", None, "Ann Lee")
    (missing,) = read(data, columns=(("text", "b"),))
    assert str(missing) == "t: has no column 'b' (it has 'a', 'Text', 'Date', 'Author')"
    (missing,) = read(b"a,b\n1,2\n")
    assert str(missing) == "t: has no column of texts (it has 'a', 'b'); name it with --text-column"
    (missing,) = read(parquet_table([{"a": 1}]), kind="parquet")
    assert str(missing) == "t: has no column of texts (it has 'a'); name it with --text-column"


@pytest.mark.parametrize(
    ("cell", "day", "moment"),
    [
        ("2024-03-05", date(2024, 3, 5), None),
        ("2024-03-05 23:10", date(2024, 3, 5), "2024-03-05T23:10:00"),
        ("2024-03-05 23:10:11 UTC", date(2024, 3, 5), "2024-03-05T23:10:11+00:00"),
        ("2024-03-05T23:10:00Z", date(2024, 3, 5), "2024-03-05T23:10:00+00:00"),
        ('"Tue, 05 Mar 2024 23:10:00 +0100"', date(2024, 3, 5), "2024-03-05T23:10:00+01:00"),
        ('"March 5, 2024"', date(2024, 3, 5), None),
        ("5 Mar 2024", date(2024, 3, 5), None),
        ("05.03.2024", date(2024, 3, 5), None),
        ("2024/03/05", date(2024, 3, 5), None),
        ("", None, None),
    ],
)
def test_dates(cell: str, day: date | None, moment: str | None) -> None:
    (found,) = read(f"text,date\nThe envoy said no.,{cell}\n".encode())
    assert isinstance(found, Document)
    assert (found.published, found.published_at) == (day, moment)


def test_rows_that_cannot_be_read_are_named_as_a_spreadsheet_counts_them() -> None:
    data = (
        b"text,date\nThe envoy said no.,,,\n,2024-01-01\n,\nThe envoy said yes.\nNo,03/04/2024\nn\0o\n"
        b'"They left, he said.",\nx' + b"y" * 300_000 + b"\nDone, she said"
    )
    assert shown(read(data, max_bytes=200_000)) == [
        "t:2: has 4 cells, the header 2",
        "t:3: has no text",
        "The envoy said yes.",
        "t:6: the day of publication is no date that can be read: '03/04/2024'",
        "t:7: holds a NUL character (at 1) and looks like binary data",
        "They left, he said.",
        "t:9: larger than 200,000 characters",
        "t:10: the day of publication is no date that can be read: 'she said'",
    ]


def test_an_open_quote_loses_one_row_of_the_greatest_size() -> None:
    data = b'text\nFirst, he said\n"' + b"The envoy said no\n" * 2_000
    found = shown(read(data.replace(b"First, he", b"First he"), max_bytes=18_000))
    assert found[:3] == ["First he said", "t:3: larger than 18,000 characters", "The envoy said no"]


def test_a_long_field_is_read() -> None:
    (found,) = read(b'text\n"' + b"The envoy said no. " * 20_000 + b'"\n')
    assert isinstance(found, Document) and len(found.text) == 380_000


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "t: is empty"),
        (b"\n \n", "t: is empty"),
        (b"text,date\n", "t: holds no rows"),
        (b"\n\0\n", "t: has no column"),
    ],
)
def test_tables_without_rows(data: bytes, expected: str) -> None:
    (found,) = read(data)
    assert str(found).startswith(expected)


def test_values_of_parquet_tables() -> None:
    values = [
        {"text": "The envoy said no.", "id": 7, "date": datetime(2024, 3, 5, 1, 2, 3), "author": b"Ann Lee"},
        {"text": None, "id": None, "date": None, "author": None},
    ]
    first, second = read(parquet_table(values), kind="parquet")
    assert isinstance(first, Document)
    assert (first.path, first.author, first.published_at) == ("t#7", "Ann Lee", "2024-03-05T01:02:03")
    assert str(second) == "t:2: has no text"
    (nested,) = read(parquet_table([{"text": ["a"]}]), kind="parquet")
    assert str(nested) == "t:1: cannot be read (a cell holds a list)"


def test_damaged_parquet_tables() -> None:
    whole = parquet_table(rows(40), group=10, compression="none", use_dictionary=False)
    assert "no Parquet table" in str(read(whole[:-9], kind="parquet")[0])
    assert "no Parquet table" in str(read(b"", kind="parquet")[0])
    at = whole.index(b"report number 15.") - 400
    found = read(whole[:at] + bytes(300) + whole[at + 300 :], kind="parquet")
    assert sum(isinstance(one, Document) for one in found) >= 30
    assert any(isinstance(one, SourceError) for one in found)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is kept by Linux only")
def test_a_table_that_unpacks_to_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_MEMORY", 60_000_000)
    (found,) = read(parquet_table([{"text": "x" * 40_000_000}], compression="zstd"), kind="parquet")
    assert isinstance(found, SourceError)
    assert "malloc" in found.reason or "out of memory" in found.reason


def test_a_cell_that_is_too_long_is_named() -> None:
    found = read(parquet_table([{"text": "No, she said. " * 999}, *ROWS]), kind="parquet", max_bytes=9_999)
    assert str(found[0]) == "t:1: larger than 9,999 bytes"


def test_without_pyarrow_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.intake.table.find_spec", lambda name: None if name == "pyarrow" else importlib.util)
    (found,) = read(parquet_table(ROWS), kind="parquet")
    assert str(found) == 't: Parquet needs pyarrow: pip install "onrecord[parquet]"'
