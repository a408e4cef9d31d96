from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.meaning.context import Context
from onrecord.meaning.mentions import find_cast
from onrecord.meaning.positions import decide, find_positions, position_scores
from onrecord.meaning.positions.phrases import base, book, vocabulary
from onrecord.meaning.positions.votes import COMMITMENTS, STANCES, Tally, Votes
from onrecord.meaning.registers import load
from onrecord.text import segment
from onrecord.types import Attribution, Position, Span, Speaker, SpeakerType

# An article of one statement: <cue>, {content}.
MARKED = re.compile(r"[<{]([^<>{}]*)[>}]")


def context_of(
    marked: str,
    country: str | None = "NOR",
    role: str | None = "Minister of Trade of Norway",
    kind: SpeakerType = "person",
) -> Context:
    text, cue, content, at = "", [], [], 0
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        span = Span(len(text), len(text) + len(match[1]))
        (cue if marked[match.start()] == "<" else content).append(span)
        text, at = text + match[1], match.end()
    text += marked[at:]
    segments = segment(text)
    attribution = Attribution(source=None, cue=tuple(cue), content=tuple(content), kind="indirect", score=1.0)
    speaker = Speaker(
        name="Tove Halle" if kind == "person" else None, role=role, country=country, type=kind, id="x", mention=None,
        how="test", score=1.0,
    )  # fmt: skip
    return Context(
        segments=segments, published=None, dates=(), cast=find_cast(segments), attributions=(attribution,),
        speakers=(speaker,),
    )  # fmt: skip


def position_of(marked: str, **speaker: str | None) -> Position:
    [position] = find_positions(context_of(marked, **speaker))  # type: ignore[arg-type]
    assert position is not None
    return position


# What a minister of Norway says, with stance and commitment.
CASES = [
    ("Halle <said> {Norway would reopen the port in May}.", "supports", "commits"),
    ("Halle <said> {that Norway will not reopen the port}.", "opposes", "refuses"),
    ('"{We won\'t reopen the port}," Halle <said>.', "opposes", "refuses"),
    ("Halle <pledged> {to share the catch data}.", "supports", "commits"),
    ("Halle <said> {her government was ready to share the catch data}.", "supports", "ready"),
    ("Halle <said> {Norway was not ready to share the catch data}.", "opposes", "refuses"),
    ("Halle <offered> {to host the talks}.", "supports", "ready"),
    ("Halle <said> {she hoped the talks would go on}.", "supports", "hopes"),
    ("Halle <expressed the hope> {that the talks would go on}.", "supports", "hopes"),
    ("Halle <called> {on Denmark to open its books}.", "supports", "demands"),
    ("Halle <urged> {Denmark to open its books}.", "supports", "demands"),
    ("Halle <said> {Denmark must open its books}.", "supports", "demands"),
    ("Halle <warned> {that a second closure would hurt both ports}.", "opposes", "warns"),
    ("Halle <said> {there was no guarantee that the talks would go on}.", "neutral", "doubts"),
    ("Halle <doubted> {that the talks would go on}.", "neutral", "doubts"),
    ("Halle <ruled out> {a second closure of the port}.", "opposes", "refuses"),
    ("Halle <did not rule out> {a second meeting}.", "neutral", "none"),
    ("Halle <did not rule out> {sanctions against the shipowners}.", "neutral", "warns"),
    ("Halle <denied> {that Norway had closed the port}.", "neutral", "none"),
    ("Halle <refused> {to comment on the closure}.", "neutral", "refuses"),
    ("Halle <failed to confirm> {the date of the meeting}.", "neutral", "none"),
    ("Halle <condemned> {the closure of the port}.", "opposes", "none"),
    ("Halle <welcomed> {the opening of the port}.", "supports", "none"),
    ("Halle <said> {Norway would welcome a return to the talks}.", "supports", "none"),
    ("Halle <said> {Norway would open the port only if Denmark did the same}.", "supports", "conditional"),
    ('"{If Denmark closes its port, we will respond}," Halle <said>.', "opposes", "warns"),
    ("Halle <said> {the port has two cranes}.", "neutral", "none"),
    ("<Asked> {whether Norway would close the port}, Halle smiled.", "neutral", "none"),
]


@pytest.mark.parametrize(("marked", "stance", "commitment"), CASES)
def test_stance_and_commitment(marked: str, stance: str, commitment: str) -> None:
    position = position_of(marked)
    assert (position.stance, position.commitment) == (stance, commitment)


# Whose act it is: what others do or say binds nobody.
OTHERS = [
    "Halle <said> {Denmark will reopen its port}.",
    "Halle <said> {that Denmark would not reopen its port}.",
    "Halle <said> {Denmark was ready to share the catch data}.",
    "Halle <recalled> {that Denmark had offered to host the talks}.",
    '"{You will be late}," Halle <said>.',
    "Halle <noted> {that Danish negotiators hoped for a second meeting}.",
]


@pytest.mark.parametrize("marked", OTHERS)
def test_other_sides_do_not_bind_the_speaker(marked: str) -> None:
    assert position_of(marked).commitment == "none"


def test_the_same_words_bind_their_own_side() -> None:
    words = "Krag <said> {Denmark will reopen its port}."
    assert position_of(words, country="DNK", role="Minister of Trade of Denmark").commitment == "commits"
    assert position_of(words).commitment == "none"


def test_a_plan_of_things_binds_only_those_who_answer_for_it() -> None:
    words = "Halle <said> {the first round would be held in May}."
    assert position_of(words).commitment == "commits"
    assert position_of(words, country=None, role="researcher").commitment == "none"


def test_the_speaker_in_another_gender_is_somebody_else() -> None:
    assert position_of("Ms Tove Halle <said> {he would reopen the port}.").commitment == "none"
    assert position_of("Ms Tove Halle <said> {she would reopen the port}.").commitment == "commits"


def test_evidence_is_the_deciding_words() -> None:
    context = context_of("Halle <said> {that Norway will not reopen the port}.")
    [position] = find_positions(context)
    assert position is not None
    assert "will not" in [span.of(context.text) for span in position.evidence]


def test_evidence_of_a_plain_report_is_its_cue() -> None:
    context = context_of("Halle <said> {the port has two cranes}.")
    [position] = find_positions(context)
    assert position is not None
    assert [span.of(context.text) for span in position.evidence] == ["said"]


def test_a_statement_without_a_cue_has_evidence() -> None:
    [position] = find_positions(context_of("{The port has two cranes}."))
    assert position is not None
    assert position.evidence


def test_learned_scores_are_added() -> None:
    votes = position_scores(context_of("Halle <said> {the port has two cranes}."), 0)
    assert decide(votes).commitment == "none"
    changed = decide(votes, stance={"opposes": 9.0}, commitment={"doubts": 9.0})
    assert (changed.stance, changed.commitment) == ("opposes", "doubts")


def test_scores_of_all_classes_are_there() -> None:
    votes = position_scores(context_of("Halle <said> {the port has two cranes}."), 0)
    assert set(votes.stance.scores) == set(STANCES)
    assert set(votes.commitment.scores) == set(COMMITMENTS)


def test_the_strongest_vote_counts_in_full_and_others_in_part() -> None:
    tally: Tally[str] = Tally()
    tally.vote("a", 1.0, (Span(0, 1),))
    tally.vote("a", 3.0, (Span(2, 3),))
    assert tally.scores["a"] == pytest.approx(3.25)
    assert tally.evidence["a"] == (Span(0, 1), Span(2, 3))


def test_a_decision_shows_words_where_nothing_voted() -> None:
    votes = Votes(words=(Span(4, 8),))
    votes.stance.scores["neutral"] = 1.0
    votes.commitment.scores["none"] = 1.0
    assert decide(votes).evidence == (Span(4, 8),)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ruled", "rule"), ("refused", "refuse"), ("stopped", "stop"), ("carries", "carry"), ("sought", "seek"),
        ("was", "be"), ("pleaded", "plead"), ("its", "its"), ("meeting", "meeting"),
    ],
)  # fmt: skip
def test_base_forms(word: str, expected: str) -> None:
    assert base(word) == expected


def test_phrases_prefer_the_longest_and_respect_a_refusal() -> None:
    words = ["do", "not", "rule", "out", "sanction"]
    [hit] = book("positions", "cue").find(words)
    assert (hit.first, hit.last, hit.entry.values["commitment"]) == (0, 5, "warns")
    hits = book("positions", "cue").find(words, accept=lambda hit: hit.last < 5)
    assert hits[0].last == 4


def test_a_gap_does_not_cross_a_comma() -> None:
    assert [hit.last - hit.first for hit in book("positions", "cue").find(["express", ",", "hope"])] == [1, 1]
    assert [hit.last - hit.first for hit in book("positions", "cue").find(["express", "great", "hope"])] == [3]


@pytest.mark.parametrize("table", ["cue", "content", "polarity"])
def test_the_register_uses_known_labels(table: str) -> None:
    for entry in load("positions")[table]:
        assert {entry.get("stance", "neutral"), entry.get("not_stance", "neutral")} <= set(STANCES)
        assert {entry.get("commitment", "none"), entry.get("not_commitment", "none")} <= set(COMMITMENTS)
        assert entry.get("subject", "own") in ("own", "thing", "else", "mine")
        assert entry["phrases"]
        assert len(set(entry["phrases"])) == len(entry["phrases"])


def test_the_register_has_no_upper_case_and_no_empty_words() -> None:
    assert all(word == word.lower() and word for word in vocabulary())


WORDS = [
    "we", "will", "not", "if", "Norway", "Denmark", "hope", "must", ",", ".", "that", "refuse", "’s", '"', "ready",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_any_words_give_a_position_within_the_text(words: list[str]) -> None:
    context = context_of("Halle <said> {" + " ".join(words) + "}.")
    [position] = find_positions(context)
    assert position is not None
    assert position.evidence
    assert all(span.end <= len(context.text) for span in position.evidence)
    assert 0 < position.score <= 1
