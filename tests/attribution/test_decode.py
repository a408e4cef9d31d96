"""Scores -> spans -> links, on numbers made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from onrecord.attribution.decode import (
    BUCKETS,
    DISTANCES,
    FARTHEST,
    LABELS,
    LINK_SIZE,
    Decoder,
    Linked,
    Scores,
    attributions,
    layout,
    spans,
    viterbi,
)

FLAT = Decoder(
    transitions=np.zeros((7, 7), np.float32),
    content_bias=np.zeros(BUCKETS, np.float32),
    source_bias=np.zeros(BUCKETS, np.float32),
)


def emissions(labels: str) -> np.ndarray:
    """Emissions that favour one label a word, named by short codes: O, S s, C c, T t for B- and I-."""
    codes = "OSsCcTt"
    rows = np.zeros((len(labels), 7), np.float32)
    rows[np.arange(len(labels)), [codes.index(code) for code in labels]] = 5
    return rows


def scores(labels: str, links: dict[int, int] | None = None) -> Scores:
    """`links` ties words by giving both ends of a pair the same unit vector."""
    count = len(labels)
    vectors = np.zeros((count, LINK_SIZE), np.float32)
    for word, group in (links or {}).items():
        vectors[word, group] = 10
    rows = emissions(labels)
    return Scores(
        labels=rows,
        cue_content=vectors,
        content=vectors,
        cue_source=vectors,
        source=vectors,
        no_source=np.zeros(count, np.float32),
    )


def found_in(rows: Scores) -> list[Linked]:
    return attributions(rows, FLAT, np.ones(len(rows.labels), np.int64))


def test_viterbi_never_starts_a_span_inside() -> None:
    rows = np.zeros((3, 7), np.float32)
    rows[:, LABELS.index("I-content")] = 4
    rows[0, LABELS.index("B-source")] = 1
    labels = [LABELS[label] for label in viterbi(rows, FLAT.transitions)]
    assert labels == ["B-content", "I-content", "I-content"]


def test_viterbi_heeds_transitions() -> None:
    transitions = np.zeros((7, 7), np.float32)
    transitions[LABELS.index("O"), LABELS.index("B-cue")] = -9
    rows = emissions("OC")
    assert viterbi(rows, FLAT.transitions) == [0, LABELS.index("B-cue")]
    assert viterbi(rows, transitions) != [0, LABELS.index("B-cue")]


def test_spans() -> None:
    codes = "OSsCcTt"
    labels = [codes.index(code) for code in "SsCTtTtO"]
    assert spans(labels) == {"source": [(0, 2)], "cue": [(2, 3)], "content": [(3, 5), (5, 7)]}


def test_links_join_pieces_of_content_and_share_a_source() -> None:
    # T t , S C , T t . and C T t
    labels = "TtOSCOTtOOCTt"
    links = {0: 1, 1: 1, 4: 1, 6: 1, 7: 1, 10: 2, 11: 2, 12: 2}
    found = found_in(scores(labels, links))
    assert [row.content for row in found] == [((0, 2), (6, 8)), ((11, 13),)]
    assert [row.cue for row in found] == [(4, 5), (10, 11)]


def test_a_cue_without_source_stays_without() -> None:
    rows = scores("SCTt")
    assert found_in(rows)[0].source is None  # 0 is not above the score of none
    assert found_in(_any_source(rows))[0].source == (0, 1)


def test_far_contents_are_not_linked() -> None:
    labels = "SC" + "O" * 300 + "Tt"
    assert found_in(scores(labels)) == []


def test_no_words() -> None:
    assert viterbi(np.zeros((0, 7), np.float32), FLAT.transitions) == []


def test_layout_counts_words_cues_and_paragraphs_between() -> None:
    # content 0-2, cue 3, content 5-7 in the next paragraph, cue 8
    cues, others = np.array([[3, 4], [8, 9]]), np.array([[0, 2], [5, 7]])
    paragraphs = np.array([0] * 5 + [1] * 5)
    table, near = layout(cues, others, paragraphs)
    assert near.all()
    cue_at, paragraph_at = len(DISTANCES) + 1, len(DISTANCES) + 1 + 2 * (FARTHEST + 1)
    assert (table[:, :, 1] - cue_at).tolist() == [[3, 2], [4, 3]]
    assert (table[:, :, 2] - paragraph_at - FARTHEST).tolist() == [[0, -1], [1, 0]]
    assert table[0, 0, 0] < np.searchsorted(DISTANCES, 0, "right") <= table[1, 0, 0]


def test_a_sure_attribution_with_a_source_scores_higher() -> None:
    sure, unsure = scores("SCTt"), scores("SCTt")
    unsure.labels[1] /= 5
    without = scores("OCTt")
    likely, doubtful, nobody = (found_in(_any_source(rows))[0].score for rows in (sure, unsure, without))
    assert 0 < nobody < likely < 1
    assert doubtful < likely


def _any_source(rows: Scores) -> Scores:
    return replace(rows, no_source=np.full(len(rows.labels), -1, np.float32))
