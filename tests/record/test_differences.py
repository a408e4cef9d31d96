"""Differences between wordings: whole words, and the other wording exactly."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.differences import differences

# what was, what is, marked: [-left out-] {+added+}
CASES = [
    ("We have time", "We have time", "We have time"),
    ("We have time", "We have little time", "We have {+little +}time"),
    ("We have little time", "We have time", "We have [-little -]time"),
    ("The big red dog", "The small red dog", "The [-big-]{+small+} red dog"),
    ("we shall not sign it", "we will never sign it", "we [-shall not-]{+will never+} sign it"),
    ("1,500 tanks", "1,600 tanks", "[-1,500-]{+1,600+} tanks"),
    ("the S-400 deal", "the S-300 deal", "the [-S-400-]{+S-300+} deal"),
    ("“It’s over,”", '"It\'s over,"', '"It\'s over,"'),
    ("one, two", "one two", "one[-,-] two"),
    ("", "words", "{+words+}"),
    ("words", "", "[-words-]"),
    ("", "", ""),
    ("Она сказала да", "Она сказала нет", "Она сказала [-да-]{+нет+}"),
]
MARKS = {"same": "{}", "added": "{{+{}+}}", "left out": "[-{}-]"}


@pytest.mark.parametrize(("first", "other", "marked"), CASES)
def test_changes_are_marked(first: str, other: str, marked: str) -> None:
    assert "".join(MARKS[piece.change].format(piece.text) for piece in differences(first, other)) == marked


@given(st.text(alphabet="ab ,.'’\n-1“é", max_size=40), st.text(alphabet="ab ,.'’\n-1“é", max_size=40))
def test_same_and_added_are_the_other_wording(first: str, other: str) -> None:
    pieces = differences(first, other)
    assert "".join(piece.text for piece in pieces if piece.change != "left out") == other
    assert all(piece.text for piece in pieces)
    assert all(a.change != b.change for a, b in pairwise(pieces))
