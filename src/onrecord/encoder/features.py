"""What the network sees of a text: WordPiece ids, and for each word its letter case, quotation state and layout."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.types import Segments, Spans

# Letter case of a word: the WordPiece vocabulary is uncased.
CASES = ("symbol", "lower", "title", "upper", "mixed", "digit")
# Where a word stands in a quotation.
QUOTE_STATES = ("outside", "opening", "inside", "closing")
# Where a word stands in its paragraph.
LAYOUTS = ("middle", "first", "last")

UNKNOWN = 100  # [UNK] of the BERT uncased vocabulary

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Arrays over the words of one text, and over their pieces.

    `case`, `quote`, `layout`: (words,). `pieces`: WordPiece ids (pieces,); word i owns
    `pieces[first[i]:first[i + 1]]`, so `first` has one entry more than there are words.
    """

    case: Ints
    quote: Ints
    layout: Ints
    pieces: Ints
    first: Ints


def featurise(segments: Segments, tokenizer: Tokenizer) -> Features:
    """The features of a text; every word has at least one piece (the tokenizer's unknown one if need be)."""
    texts = [segments.text[word.start : word.end] for word in segments.words]
    pieces, first = _pieces(texts, tokenizer)
    starts = np.fromiter((word.start for word in segments.words), np.int64, len(texts))
    return Features(
        case=np.fromiter((letter_case(text) for text in texts), np.int64, len(texts)),
        quote=_quote_states(starts, segments.quotes, segments.text),
        layout=_layout(starts, segments.paragraphs),
        pieces=pieces,
        first=first,
    )


def letter_case(word: str) -> int:
    """Index into `CASES`."""
    if word.islower():
        return 1
    if word.isdigit():
        return 5
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word.istitle():
        return 2
    return 4 if word[0].isalpha() else 0


def _pieces(texts: list[str], tokenizer: Tokenizer) -> tuple[Ints, Ints]:
    if not texts:
        return np.zeros(0, np.int64), np.zeros(1, np.int64)
    encoding = tokenizer.encode(texts, is_pretokenized=True, add_special_tokens=False)
    ids = np.array(encoding.ids, np.int64)
    owners = np.array(encoding.word_ids, np.int64)
    counts = np.bincount(owners, minlength=len(texts)) if len(owners) else np.zeros(len(texts), np.int64)
    empty = np.flatnonzero(counts == 0)
    if len(empty):
        ids = np.insert(ids, np.searchsorted(owners, empty), UNKNOWN)
        counts[empty] = 1
    first = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(counts, out=first[1:])
    return ids, first


def _quote_states(starts: Ints, quotes: Spans, text: str) -> Ints:
    states = np.zeros(len(starts), np.int64)
    for quote in quotes:
        low, high = np.searchsorted(starts, (quote.start, quote.end))
        states[low:high] = 2
        if low < high:
            if starts[low] == quote.start and not text[quote.start].isalnum():
                states[low] = 1
            if starts[high - 1] == quote.end - 1 and text[quote.end - 1] in "\"”»“'’":
                states[high - 1] = 3
    return states


def _layout(starts: Ints, paragraphs: Spans) -> Ints:
    layout = np.zeros(len(starts), np.int64)
    for paragraph in paragraphs:
        low, high = np.searchsorted(starts, (paragraph.start, paragraph.end))
        if low < high:
            layout[high - 1] = 2
            layout[low] = 1
    return layout
