"""Words: the units that are labelled. A word is a run of word characters or one other visible character."""

from __future__ import annotations

import re

from onrecord.types import Span, Spans

# The same cut the uncased WordPiece pre-tokeniser makes, so that a piece never straddles two words. Possessive 's and
# n't fall apart on purpose: sources often end before them.
WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


def words(text: str) -> Spans:
    """The words of `text`, in order."""
    return tuple(Span(*match.span()) for match in WORD.finditer(text))
