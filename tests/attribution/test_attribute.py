"""Kinds, datelines, headings and transcripts, on scores made by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest

from onrecord.attribution import Decoder, attribute
from onrecord.attribution.decode import BUCKETS, LINK_SIZE
from onrecord.text.segment import segment
from onrecord.types import Attribution, Segments

FLAT = Decoder(
    transitions=np.zeros((7, 7), np.float32),
    content_bias=np.zeros(BUCKETS, np.float32),
    source_bias=np.zeros(BUCKETS, np.float32),
)
MARK = re.compile(r"\{([SCT])\|([^{}]*)\}")


def read(marked: str) -> tuple[str, tuple[Attribution, ...]]:
    """The text without its marks, and what is made of a network output that favours just these spans."""
    text, wanted, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        wanted.append((len(text), len(text) + len(match[2]), "SCT".index(match[1])))
        text += match[2]
        at = match.end()
    text += marked[at:]
    segments = segment(text)
    return text, attribute(segments, output(segments, wanted), FLAT)


def output(segments: Segments, wanted: list[tuple[int, int, int]]) -> np.ndarray:
    rows = np.zeros((len(segments.words), 8 + 4 * LINK_SIZE), np.float32)
    rows[:, 7] = -1  # any source is better than none
    rows[:, 0] = 2
    seen = [0, 0, 0]
    for start, end, role in wanted:
        seen[role] += 1  # the nth content belongs to the nth cue
        for number, word in enumerate(segments.words):
            if start <= word.start < end:
                rows[number, 2 * role + (1 if word.start == start else 2)] = 9
                rows[number, [8 + seen[role], 8 + LINK_SIZE + seen[role]]] = 10
    return rows


KINDS = [
    ('{T|"We are ready,"} {S|he} {C|said}.', "direct"),
    ("{S|He} {C|said} {T|that they were ready}.", "indirect"),
    ('{S|He} {C|said} {T|that they were "more than ready" to go}.', "mixed"),
    ("{T|‘We’re ready,’} {S|she} {C|told} the BBC.", "direct"),
    ('{T|"We are ready. share with you "}- {C|said} {S|Orlov}.', "direct"),
]


@pytest.mark.parametrize(("marked", "kind"), KINDS)
def test_kind(marked: str, kind: str) -> None:
    _, (found,) = read(marked)
    assert found.kind == kind


def test_a_dateline_is_nobodys_words() -> None:
    text, (found,) = read("{S|OSLO, May 3 (Agency) - Norway's army} {C|said} {T|that it was ready}.")
    assert found.source is not None
    assert found.source.of(text) == "Norway's army"


BRIEFING = """QUESTION: {S|Two envoys} {C|told} us {T|that the talks had failed}. Is it so?

AHLGREN: {S|I} {C|think} {T|that they go on}. {S|They} {C|want} {T|peace}.

AHLGREN: We will see."""


def test_in_a_transcript_turns_stand_and_only_others_are_quoted_inside_them() -> None:
    text, found = read(BRIEFING)
    rows = [(row.source.of(text) if row.source else None, row.content[0].of(text)[:12]) for row in found]
    assert rows == [
        ("Two envoys", "that the tal"),
        ("AHLGREN", "I think that"),
        ("AHLGREN", "We will see."),
    ]


def test_no_words() -> None:
    assert read("") == ("", ())
