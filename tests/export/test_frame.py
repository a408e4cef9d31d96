from __future__ import annotations

import sys
from datetime import date

import pytest

from onrecord.errors import OnRecordError
from onrecord.export import rows_to_frame, to_frame
from onrecord.export.table import COLUMNS, rows
from onrecord.record.rows import AgendaRow, SpeakerRow, StatsRow
from tests.export.samples import SAID_ON, TEXT, empty, reading


def test_without_pandas_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(OnRecordError, match=r"pip install onrecord\[pandas\]"):
        to_frame(reading())


def test_one_row_a_statement():
    pytest.importorskip("pandas")
    frame = to_frame([reading(), empty()])
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == 5
    assert frame.loc[0, "said_from"].date() == SAID_ON.start
    assert frame["said_from"].isna().sum() == 4
    assert frame["speaker"].tolist() == ["Anna Kolm", "Anna Kolm", None, "Anna Kolm", None]
    first = frame.iloc[0]
    assert TEXT[first["start"] : first["end"]] == first["content"]


def test_columns_and_types_do_not_depend_on_the_rows():
    pytest.importorskip("pandas")
    assert empty().to_pandas().dtypes.to_dict() == reading().to_pandas().dtypes.to_dict()


def test_dates_before_1678_fit(monkeypatch):
    pytest.importorskip("pandas")
    from dataclasses import replace

    made = reading()
    old = replace(SAID_ON, start=date(1648, 10, 24), end=date(1648, 10, 25))
    frame = to_frame(replace(made, statements=(replace(made.statements[0], said_on=old),)))
    assert frame.loc[0, "said_from"].year == 1648


def test_rows_enclose_all_content():
    second = list(rows(reading()))[1]
    assert TEXT[second.start : second.end] == '"We said no, and we mean <no>," Kolm said. "Ask me again in 2030."'


SPEAKER = SpeakerRow(
    entity="p:kolm",
    name="Anna Kolm",
    type="person",
    country=None,
    names=("Anna Kolm", "A. Kolm"),
    roles=(),
    statements=3,
    documents=2,
    first_day=date(1648, 10, 24),
    last_day=None,
)


def test_rows_of_a_record():
    pytest.importorskip("pandas")
    frame = rows_to_frame(iter([SPEAKER]), SpeakerRow)
    row = frame.iloc[0]
    assert (row["entity"], row["statements"], row["names"]) == ("p:kolm", 3, ("Anna Kolm", "A. Kolm"))
    assert row["first_day"].year == 1648
    assert frame["last_day"].isna().all()
    assert frame["statements"].dtype == "int64"
    assert frame.dtypes.to_dict() == rows_to_frame([], SpeakerRow).dtypes.to_dict()


@pytest.mark.parametrize("kind", [AgendaRow, StatsRow])
def test_no_rows_still_have_columns(kind):
    pytest.importorskip("pandas")
    frame = rows_to_frame([], kind)
    assert list(frame.columns) == list(kind.__dataclass_fields__)
    assert str(frame["first_day"].dtype) == "datetime64[s]"
    assert str(frame["statements"].dtype) == "int64"
