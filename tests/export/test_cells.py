from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.cells import safe, unsafe
from tests.export.filed_samples import NASTY


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (-3, "-3"),
        (-0.5, "-0.5"),
        (date(2026, 3, 4), "2026-03-04"),
        (("RUS", "EU"), "RUS; EU"),
        ([], ""),
        (("=1", "b"), "'=1; b"),
        ("plain", "plain"),
        ("'plain'", "'plain'"),
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("-5", "'-5"),
        ("＠x", "'＠x"),
    ],
)
def test_a_cell(value, cell):
    assert safe(value) == cell


@pytest.mark.parametrize("text", NASTY)
def test_no_cell_starts_a_formula(text):
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@given(st.text() | st.text(alphabet="'=+-@\t\rx"))
def test_what_was_guarded_comes_back(text):
    assert unsafe(safe(text)) == text
