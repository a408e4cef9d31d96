from __future__ import annotations

import pytest

from onrecord.meaning.context import Context
from onrecord.meaning.mentions import find_cast
from onrecord.meaning.positions import observed
from onrecord.meaning.positions.model import commitment_scores, stance_scores
from onrecord.meaning.positions.votes import COMMITMENTS, STANCES
from onrecord.meaning.registers import load
from onrecord.text import segment
from onrecord.types import Attribution, Condition, Span, Speaker


def seen(cue: str, content: str, conditions: tuple[Condition, ...] = ()) -> dict[str, float]:
    text = f"{cue} {content}."
    attribution = Attribution(
        source=None, cue=(Span(0, len(cue)),), content=(Span(len(cue) + 1, len(text) - 1),), kind="indirect", score=1.0
    )
    speaker = Speaker(
        name=None, role="Minister of Trade of Norway", country="NOR", type="person", id="x", mention=None, how="test",
        score=1.0,
    )  # fmt: skip
    segments = segment(text)
    context = Context(
        segments=segments, published=None, dates=(), cast=find_cast(segments), attributions=(attribution,),
        speakers=(speaker,),
    )  # fmt: skip
    return observed(context, 0, conditions)[1]


@pytest.mark.parametrize(
    ("content", "feature"),
    [
        ("we will open the port", "modal:will own"),
        ("we will not open the port", "modal:will own not"),
        ("Denmark should open the port", "modal:should other"),
        ("we will open it if they ask", "condition:if"),
        ("are they ready ?", "question"),
        ("they opened the port", "pronoun:they"),
        ("that the port is open", "first:that"),
        ("nobody wants a quarrel", "negation"),
        ("nobody wants a quarrel", "not:quarrel"),
        ("a quarrel over fish", "word:quarrel"),
    ],
)
def test_features_of_the_content(content: str, feature: str) -> None:
    assert seen("He said", content)[feature] == 1.0


def test_votes_cue_and_speaker_are_features() -> None:
    found = seen("He warned", "that the port would close")
    assert found["vote:warns"] > 0
    assert found["vote:opposes"] > 0
    assert found["cue:warn"] == found["official"] == found["unnamed"] == found["type:person"] == 1.0
    assert "no commitment" not in found


def test_nothing_that_votes_is_a_feature_too() -> None:
    assert seen("He said", "the port has two cranes")["no commitment"] == 1.0


def test_words_of_approval_are_turned_by_a_negation() -> None:
    assert seen("He said", "the round is a success")["balance"] > 0
    assert seen("He said", "the round is not a success")["balance"] < 0
    assert seen("He said", "the raid was a crime")["balance"] < 0


def test_conditions_found_elsewhere_count() -> None:
    assert seen("He said", "we will open it")["under a condition"] == 0.0
    condition = Condition(kind="condition", span=Span(0, 2))
    found = seen("He said", "we will open it", (condition,))
    assert found["under a condition"] == found["under:condition"] == 1.0


def test_unknown_features_weigh_nothing() -> None:
    assert stance_scores({"word:xyzzy": 1.0}) == dict.fromkeys(STANCES, 0.0)
    assert commitment_scores({}) == dict.fromkeys(COMMITMENTS, 0.0)


def test_a_feature_counts_by_its_value() -> None:
    once, twice = (commitment_scores({"vote:warns": value})["warns"] for value in (1.0, 2.0))
    assert twice == pytest.approx(2 * once)
    assert once > 0


@pytest.mark.parametrize(("table", "classes"), [("stance", STANCES), ("commitment", COMMITMENTS)])
def test_the_register_has_a_weight_for_every_class(table: str, classes: tuple[str, ...]) -> None:
    assert all(len(row) == len(classes) for row in load("positions_weights")[table].values())


def test_no_word_is_both_good_and_bad() -> None:
    words = load("positions")["words"]
    assert not set(words["good"].split()) & set(words["bad"].split())
