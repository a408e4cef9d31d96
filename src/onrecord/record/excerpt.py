"""Words of a document as an answer shows them: sliced from its text, on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.types import Span

_BLANKS = re.compile(r"\s+")


def one_line(text: str) -> str:
    """The same words with every run of white space made one blank."""
    return _BLANKS.sub(" ", text).strip()


def excerpt(text: str, spans: Sequence[Span]) -> str:
    """The words under `spans` on one line, ` ... ` where words between two of them are left out; empty for none."""
    if not spans:
        return ""
    line = spans[0].of(text)
    for before, span in pairwise(spans):
        gap = text[before.end : span.start]
        line += (gap if not gap.strip() else " ... ") + span.of(text)
    return one_line(line)
