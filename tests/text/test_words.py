"""Words are what the tokenizer's pieces never straddle."""

from __future__ import annotations

import pytest

from onrecord.text.words import words

CASES = [
    ("Moscow's don't", ["Moscow", "'", "s", "don", "'", "t"]),
    ("5.2.2021, 2+2", ["5", ".", "2", ".", "2021", ",", "2", "+", "2"]),
    ("“Größe”—ça", ["“", "Größe", "”", "—", "ça"]),
    ("a_b \u200b\t", ["a", "_", "b", "\u200b"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.of(text) for word in words(text)] == expected
