"""Articles -> windows with labels and link targets."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from onrecord.attribution.attribute import paragraph_numbers
from onrecord.encoder.features import Features, Ints, featurise
from onrecord.encoder.windows import window
from onrecord.text import Repaired, repair, segment
from onrecord.types import Segments
from training.corpus import ROLES, Article, Range


@dataclass(frozen=True, slots=True)
class Prepared:
    """One article with its words' labels and paragraphs (words,), its attributions as ranges of words for each role."""

    article: Article
    segments: Segments
    features: Features
    labels: Ints
    paragraphs: Ints
    attributions: list[dict[str, list[Range]]]


@dataclass(frozen=True, slots=True)
class Example:
    """A window with labels and paragraphs (words,), and its links.

    Spans are ranges of the window's words. `content_cue[i]` is the cue of content i or -1; `cue_source[k]` the source
    of cue k, -1 where it has none, -2 where it lies outside the window.
    """

    inputs: Ints
    heads: Ints
    labels: Ints
    paragraphs: Ints
    cues: list[Range]
    contents: list[Range]
    sources: list[Range]
    content_cue: list[int]
    cue_source: list[int]


def prepare(article: Article, tokenizer: Tokenizer) -> Prepared:
    """The article as the reader sees it: repaired, cut up, with the annotation on its words."""
    repaired = repair(article.text)
    segments = segment(repaired.text)
    starts = np.array([word.start for word in segments.words])
    ends = np.array([word.end for word in segments.words])
    labels = np.zeros(len(starts), np.int64)
    rows = []
    for gold in article.attributions:
        row: dict[str, list[Range]] = {}
        for number, role in enumerate(ROLES):
            row[role] = _word_ranges([_forward(repaired, span) for span in getattr(gold, role)], starts, ends)
            for low, high in row[role]:
                labels[low:high] = 2 * number + 2
                labels[low] = 2 * number + 1
        rows.append(row)
    return Prepared(article, segments, featurise(segments, tokenizer), labels, paragraph_numbers(segments), rows)


def _forward(repaired: Repaired, span: Range) -> Range:
    """A range of the original in the repaired text; empty where all of it was removed."""
    for offsets in repaired.maps:
        if span[0] >= span[1]:
            break
        span = offsets.forward(*span)
    return span


def _word_ranges(spans: list[Range], starts: Ints, ends: Ints) -> list[Range]:
    """Ranges of words that the character spans touch; adjoining ones joined."""
    ranges: list[Range] = []
    for low, high in sorted(spans):
        first, last = int(np.searchsorted(ends, low, "right")), int(np.searchsorted(starts, high, "left"))
        if first >= last:
            continue
        if ranges and first <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
        else:
            ranges.append((first, last))
    return ranges


def examples(prepared: Prepared, *, size: int, rng: random.Random) -> list[Example]:
    """The article cut into windows of at most `size` pieces, from a random phase."""
    first, words = prepared.features.first, len(prepared.labels)
    found = []
    low, room = 0, size - 2
    room_now = rng.randint(room // 3, room) if first[-1] > room else room
    while low < words:
        high = int(np.searchsorted(first, first[low] + room_now, "right")) - 1
        high = max(min(high, words), low + 1)
        found.append(_example(prepared, low, high, room))
        low, room_now = high, room
    return found


def _example(prepared: Prepared, low: int, high: int, room: int) -> Example:
    cut = window(prepared.features, low, high, room)
    cues: list[Range] = []
    contents: list[Range] = []
    content_cue: list[int] = []
    cue_source: list[int] = []
    source_at: dict[Range, int] = {}

    def inside(span: Range) -> Range | None:
        a, b = max(span[0], low) - low, min(span[1], high) - low
        return (a, b) if a < b else None

    for row in sorted(prepared.attributions, key=lambda row: row["cue"]):
        cue = next((found for span in row["cue"] if (found := inside(span))), None)
        if cue:
            source: int = -1
            if row["source"]:
                key = inside(row["source"][0])
                source = -2 if key is None else source_at.setdefault(key, len(source_at))
            cues.append(cue)
            cue_source.append(source)
        for span in row["content"]:
            if found := inside(span):
                contents.append(found)
                content_cue.append(len(cues) - 1 if cue else -1)
    return Example(
        inputs=cut.inputs,
        heads=cut.heads,
        labels=prepared.labels[low:high],
        paragraphs=prepared.paragraphs[low:high],
        cues=cues,
        contents=contents,
        sources=list(source_at),
        content_cue=content_cue,
        cue_source=cue_source,
    )
