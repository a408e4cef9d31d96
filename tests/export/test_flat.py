from __future__ import annotations

import csv
import io
import json
import tracemalloc
from dataclasses import fields

import pytest

from onrecord.export.cells import unsafe
from onrecord.export.flat import columns, csv_rows, jsonl_rows
from onrecord.record.rows import FailureRow, StatementRow
from tests.export.filed_samples import many_rows, nasty_rows, row


def written(write, rows, kind=StatementRow) -> str:
    stream = io.StringIO(newline="")
    assert write(iter(rows), stream, kind) == len(rows)
    return stream.getvalue()


def expected(row: StatementRow) -> dict[str, str]:
    """A row as text, by rules written again."""
    found = {}
    for name in columns(StatementRow):
        value = getattr(row, name)
        found[name] = "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return found


def test_csv_rows_come_back_as_they_were():
    rows = [*nasty_rows(), row(99, day=None, speaker=None, entity=None, counterparts=(), score=-0.25)]
    read = csv.DictReader(io.StringIO(written(csv_rows, rows), newline=""))
    assert [{name: unsafe(cell) for name, cell in line.items()} for line in read] == [expected(one) for one in rows]


def test_numbers_in_csv_are_left_alone():
    line = next(csv.DictReader(io.StringIO(written(csv_rows, [row(score=-0.25, start=0)]))))
    assert (line["score"], line["start"], line["variants"]) == ("-0.25", "0", "2")


def test_jsonl_rows_keep_types_and_lines():
    rows = nasty_rows()
    lines = written(jsonl_rows, rows).splitlines()
    assert len(lines) == len(rows)
    for line, one in zip(map(json.loads, lines), rows, strict=True):
        assert (line["words"], line["via"], line["day"], line["score"]) == (
            one.words,
            [one.words],
            "2026-03-02",
            0.8765,
        )
        assert line["category"] is None and "highlights" not in line


def test_any_row_of_the_record_makes_a_table():
    rows = [FailureRow(source="=a", reason="gone", at="2026-03-03", intake="i1")]
    assert written(csv_rows, rows, FailureRow) == '"source","reason","at","intake"\n"\'=a","gone","2026-03-03","i1"\n'


def test_a_table_of_nothing_has_its_header():
    assert written(csv_rows, []) == ",".join(f'"{name}"' for name in columns(StatementRow)) + "\n"
    assert written(jsonl_rows, []) == ""
    assert {*columns(StatementRow), "highlights"} == {field.name for field in fields(StatementRow)}


class Sink(io.StringIO):
    """Takes what is written and forgets it."""

    def write(self, text: str) -> int:
        return len(text)


@pytest.mark.parametrize("write", [csv_rows, jsonl_rows])
def test_memory_does_not_grow_with_the_rows(write):
    write(many_rows(10), Sink(), StatementRow)
    tracemalloc.start()
    write(many_rows(2_000), Sink(), StatementRow)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000  # the rows together would take three million
