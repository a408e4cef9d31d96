"""Likeness of wordings: what is the same in other words, and what must not pass for it."""

from __future__ import annotations

import pytest

from onrecord.record.utterances import FLOORS, likeness
from onrecord.record.wording import compare, terms


def clash(first: str, other: str) -> str:
    return compare(terms(first, "NOR"), terms(other, "NOR")).clash


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("We have been there", []),
        ("The Norwegian fleet", ["fleet"]),
        ("The Finnish fleet", ["FIN", "fleet"]),
        ("in Helsinki", ["FIN"]),
        ("United States", ["USA"]),
        ("1,500 men and 2.0", ["#1500", "=man", "#2"]),
        ("twelve reindeer", ["#12", "reindeer"]),
        ("can't swim", ["not", "swim"]),
        ("cannot swim", ["not", "swim"]),
        ("won’t swim", ["not", "swim"]),
        ("not only swim", ["swim"]),
        ("Nobody swims", ["not", "swim"]),
        ("unfounded", ["not", "=base"]),
        ("groundless", ["not", "=base"]),
    ],
)
def test_terms(words: str, keys: list[str]) -> None:
    assert [term.key for term in terms(words, "NOR")] == keys


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("the ferries sail quickly", "the ferries sail fast"),
        ("We will not accept the toll on ferries", "that Norway rejects the toll on ferries"),
        ("No ferry has been sold to Finland", "A ferry has not been sold to Helsinki"),
        ("Zelenskyy sold the ferries", "the ferries that Zelensky sold"),
        ("twelve ferries were bought", "they buy 12 ferries"),
    ],
)
def test_the_same_in_other_words(first: str, other: str) -> None:
    alike = compare(terms(first, "NOR"), terms(other, "NOR"))
    assert alike.both > 0.85 and not alike.clash


@pytest.mark.parametrize(
    ("first", "other", "what"),
    [
        ("the ferries will sail at night", "the ferries will not sail at night", "denied"),
        ("the ferries accept cars", "the ferries reject cars", "denied"),
        ("they never bought the ferries", "they bought the ferries", "denied"),
        ("twelve ferries sail", "nine ferries sail", "figure"),
        ("the ferries sail on Monday", "the ferries sail on Friday", "figure"),
        ("the ferries sail to Estonia", "the ferries sail to Latvia", "name"),
        ("the ferries carry Solveig Dahl", "the ferries carry Anders Moen", "name"),
        ("Estonia sold ferries to Latvia", "Latvia sold ferries to Estonia", "order"),
        ("the toll on ferries will increase", "the toll on ferries will fall", "opposite"),
    ],
)
def test_two_claims(first: str, other: str, what: str) -> None:
    assert clash(first, other) == clash(other, first) == what


def test_a_cut_quote_is_found_in_the_whole_one() -> None:
    cut = "the ferries will be painted green by the sailors themselves"
    whole = f"I have good news for the islands. Fares go down in spring. And {cut}. Nobody else would do it."
    alike = compare(terms(cut), terms(whole))
    assert alike.shorter == 1 and not alike.clash


def test_words_scattered_over_a_speech_are_no_cut_quote() -> None:
    scattered = " ".join(
        f"{word} and the harbour {place} master sang about lanterns, boots, herring and ropes."
        for place, word in enumerate(["ferries", "painted", "green", "sailors", "themselves"])
    )
    assert likeness(terms("ferries painted green by sailors themselves"), terms(scattered), "day") is None


@pytest.mark.parametrize("near", FLOORS)
def test_names_alone_are_no_claim(near: str) -> None:
    names = terms("the Speaker, Solveig Dahl of Bergen, and Anders Moen of Oslo")
    assert likeness(names, names, near) is None


def test_the_farther_off_the_more_must_be_shared() -> None:
    words = terms("the ferries will be painted")
    assert likeness(words, words, "story")
    assert not likeness(words, words, "undated")


def test_nothing_is_like_nothing() -> None:
    assert compare((), terms("ferries")).shared == 0
