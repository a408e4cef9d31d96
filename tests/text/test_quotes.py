"""Quotations in clean, British, translated and broken print."""

from __future__ import annotations

import re

import pytest

from onrecord.text.quotes import quotations
from onrecord.types import Span


def found(text: str) -> list[str]:
    paragraphs = tuple(Span(*match.span()) for match in re.finditer(r"\S(?:[^\n]*\S)?", text))
    return [span.of(text) for span in quotations(text, paragraphs)]


CASES = [
    ('He said: "We go." She left.', ['"We go."']),
    ("He said: “We go.” She left.", ["“We go.”"]),
    ('"We go," he said, "and soon."', ['"We go,"', '"and soon."']),
    ("‘We’ve kept them,’ Marsh said. The miners’ pay rose.", ["‘We’ve kept them,’"]),
    ("‘The miners’ wives won’t wait,’ she said.", ["‘The miners’ wives won’t wait,’"]),
    ("'We don't know,' he said, 'yet.'", ["'We don't know,'", "'yet.'"]),
    ("It was the '90s and the teachers' strike.", []),
    ('" The port feeds both sides " - Sezer said.', ['" The port feeds both sides "']),
    ('"We are ready to share "- said the envoy. "No," she said.', ['"We are ready to share "', '"No,"']),
    ('“Nobody "likes" it,” he said.', ['“Nobody "likes" it,”']),
    ('"First.\n\n"Second," he said.', ['"First.', '"Second,"']),
    ('"First.\n\nSecond " - Agency quoted him.', ['"First.', 'Second "']),
    ('"We will not yield - said Orlov.', ['"We will not yield']),
    ('"We wait. The end', ['"We wait. The end']),
    ("A plain line.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quotations(text: str, expected: list[str]) -> None:
    assert found(text) == expected
