"""Scores over words -> labelled spans -> linked attributions.

Labels are BIO over source, cue and content. The best sequence of labels is found by Viterbi with learned transitions
(a linear-chain CRF, Lafferty et al. 2001); then every content chooses its cue and every cue its source.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("source", "cue", "content")
LINK_SIZE = 64  # length of a linking vector
# How a span lies to a cue: words between them, cues between them and paragraphs apart, each signed (negative where the
# span comes first) and cut into buckets. Each bucket has a learned bias. Cues and paragraphs between gave two points of
# triple F1 on dev over distance alone.
DISTANCES = np.array([-160, -80, -40, -20, -10, -5, -2, 0, 1, 3, 6, 11, 21, 41, 81, 161])
FARTHEST = 3
BUCKETS = len(DISTANCES) + 1 + 2 * (FARTHEST + 1) + 2 * FARTHEST + 1
# A content looks for its cue, and a cue for its source, this many words around.
REACH = 200

UNREACHED = -1e4  # the score of a link to a cue out of reach

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The network's output for one text, a row for each word.

    `labels` (words, 7). Linking vectors (words, LINK_SIZE): `cue_content` and `content` for the pair cue-content,
    `cue_source` and `source` for cue-source. `no_source` (words,) is the score of a cue that has none.
    """

    labels: Floats
    cue_content: Floats
    content: Floats
    cue_source: Floats
    source: Floats
    no_source: Floats

    @classmethod
    def split(cls, output: Floats) -> Scores:
        """Take a (words, 8 + 4 * LINK_SIZE) output apart."""
        at, size = 8, LINK_SIZE
        return cls(
            labels=output[:, :7],
            no_source=output[:, 7],
            cue_content=output[:, at : at + size],
            content=output[:, at + size : at + 2 * size],
            cue_source=output[:, at + 2 * size : at + 3 * size],
            source=output[:, at + 3 * size : at + 4 * size],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoder:
    """Learned numbers that are not in the network: (7, 7) transitions, and (BUCKETS,) biases of the two links."""

    transitions: Floats
    content_bias: Floats
    source_bias: Floats

    @classmethod
    def of(cls, numbers: dict[str, list[Any]]) -> Decoder:
        """From the lists on a network's card."""
        return cls(**{name: np.array(rows, np.float32) for name, rows in numbers.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """One attribution as half-open ranges of words."""

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    score: float


def allowed() -> NDArray[np.bool_]:
    """(7, 7): may label j follow label i? I-x follows only B-x and I-x."""
    table = np.ones((7, 7), bool)
    for inside in (2, 4, 6):
        table[:, inside] = False
        table[inside - 1, inside] = table[inside, inside] = True
    return table


def viterbi(emissions: Floats, transitions: Floats) -> list[int]:
    """The best label for each row of `emissions` (words, 7)."""
    if not len(emissions):
        return []
    table = np.where(allowed(), transitions, -1e4).astype(np.float32).T.copy()  # (to, from)
    score = emissions[0].copy()
    score[[2, 4, 6]] -= 1e4
    back = np.empty(emissions.shape, np.int64)
    for row in range(1, len(emissions)):
        paths = table + score
        best = paths.argmax(1)
        back[row] = best
        score = paths[np.arange(7), best] + emissions[row]
    label = int(score.argmax())
    labels = [label]
    for row in range(len(emissions) - 1, 0, -1):
        label = int(back[row, label])
        labels.append(label)
    return labels[::-1]


def spans(labels: list[int]) -> dict[str, list[Range]]:
    """Ranges of words for each role."""
    found: dict[str, list[Range]] = {role: [] for role in ROLES}
    start = 0
    for at in range(1, len(labels) + 1):
        if at == len(labels) or labels[at] == 0 or labels[at] % 2 == 1:
            if labels[start]:
                found[ROLES[(labels[start] - 1) // 2]].append((start, at))
            start = at
    return found


def layout(cues: Ints, others: Ints, paragraphs: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """How spans lie to cues: (others, cues, 3) indices into the biases, and (others, cues) whether within reach.

    `cues` (cues, 2), in order, and `others` (others, 2) are ranges of words; `paragraphs` (words,) numbers the
    paragraph of each word.
    """
    first = others[:, None, 0] < cues[None, :, 0]
    gaps = np.where(
        first,
        np.minimum(others[:, None, 1] - 1 - cues[None, :, 0], -1),
        np.maximum(others[:, None, 0] - cues[None, :, 1] + 1, 1),
    )
    earlier = np.searchsorted(cues[:, 0], others[:, 0])[:, None]  # cues that start before each span
    index = np.arange(len(cues))[None, :]
    between = np.clip(np.where(first, index - earlier, earlier - 1 - index), 0, FARTHEST)
    apart = paragraphs[others[:, 0]][:, None] - paragraphs[cues[:, 0]][None, :]
    table = np.stack(
        [
            np.searchsorted(DISTANCES, gaps, "right"),
            len(DISTANCES) + 1 + np.where(first, FARTHEST - between, FARTHEST + 1 + between),
            len(DISTANCES) + 1 + 2 * (FARTHEST + 1) + np.clip(apart, -FARTHEST, FARTHEST) + FARTHEST,
        ],
        2,
    )
    return table, np.abs(gaps) < REACH


def attributions(scores: Scores, decoder: Decoder, paragraphs: Ints) -> list[Linked]:
    """The attributions of a text, in the order of their first word; `paragraphs` numbers each word's paragraph."""
    found = spans(viterbi(scores.labels, decoder.transitions))
    if not found["cue"] or not found["content"]:
        return []
    cues = found["cue"]
    fits = _fits(scores.content, found["content"], scores.cue_content, cues, paragraphs, decoder.content_bias)
    owned: dict[int, list[Range]] = defaultdict(list)
    for content, row in zip(found["content"], fits, strict=True):
        if row.max() > UNREACHED:
            owned[int(row.argmax())].append(content)
    sources = _sources_of(scores, decoder, cues, found["source"], paragraphs)
    confidence = _confidence(scores.labels)
    rows = []
    for index, contents in owned.items():
        source, cue = sources[index], cues[index]
        score = _chance(confidence, source, cue, contents)
        rows.append(Linked(source=source, cue=cue, content=tuple(contents), score=score))
    return sorted(rows, key=lambda row: row.content[0])


def _fits(
    theirs: Floats, others: list[Range], ours: Floats, cues: list[Range], paragraphs: Ints, bias: Floats
) -> Floats:
    """(others, cues): how well each span fits each cue."""
    table, near = layout(np.array(cues), np.array(others), paragraphs)
    scores = _means(theirs, others) @ _means(ours, cues).T / np.sqrt(LINK_SIZE) + bias[table].sum(2)
    return np.where(near, scores, UNREACHED).astype(np.float32)


def _means(vectors: Floats, ranges: list[Range]) -> Floats:
    return np.stack([vectors[low:high].mean(0) for low, high in ranges])


def _sources_of(
    scores: Scores, decoder: Decoder, cues: list[Range], sources: list[Range], paragraphs: Ints
) -> list[Range | None]:
    if not sources:
        return [None] * len(cues)
    fits = _fits(scores.source, sources, scores.cue_source, cues, paragraphs, decoder.source_bias)
    nothing = [float(scores.no_source[low:high].mean()) for low, high in cues]
    best = fits.argmax(0)
    return [sources[best[c]] if fits[best[c], c] > nothing[c] else None for c in range(len(cues))]


# How the score of an attribution follows from the network's certainty of its cue and of the least sure beginning of its
# spans (log odds), and from having no source. Fitted by logistic regression on PolNeAR dev, where "right" is the
# scorer's relaxed match. Five-fold: area under the curve 0.755, calibration error 0.014. The certainty of the least
# sure word, tried first, tells nothing (0.47).
OF_CUE, OF_BEGINNING, OF_NO_SOURCE, CONSTANT = 0.446, 0.383, -1.766, 0.137


def _chance(confidence: Floats, source: Range | None, cue: Range, contents: list[Range]) -> float:
    """The chance that an attribution is right."""
    beginning = min(float(confidence[low]) for low, _ in [*contents, cue, *([source] if source else [])])
    odds = OF_CUE * _log_odds(float(confidence[cue[0] : cue[1]].mean())) + OF_BEGINNING * _log_odds(beginning)
    return 1 / (1 + math.exp(-odds - CONSTANT - (0 if source else OF_NO_SOURCE)))


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def _confidence(labels: Floats) -> Floats:
    """Probability of the most likely role of each word, B and I taken together."""
    p = np.exp(labels - labels.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    roles = np.stack([p[:, 0], p[:, 1] + p[:, 2], p[:, 3] + p[:, 4], p[:, 5] + p[:, 6]], 1)
    best: Floats = roles.max(1)
    return best
