"""The fitted weights of positions: what is learned."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from training.fit_positions import Row, fit


def rows(field: str, per_class: dict[str, tuple[str, int]]) -> list[Row]:
    return [
        Row("own", f"a{n}", {"bias": 1.0, feature: 1.0}, {field: label})
        for label, (feature, times) in per_class.items()
        for n in range(times)
    ]


def test_a_feature_of_one_class_tells_it() -> None:
    known = rows("stance", {"supports": ("word:hail", 20), "opposes": ("word:slam", 20), "neutral": ("word:say", 20)})
    model = fit(known, "stance")
    told = model.tell(rows("stance", {"opposes": ("word:slam", 1), "supports": ("word:hail", 1)}))
    assert told == ["opposes", "supports"]


def test_a_rare_feature_has_no_weight() -> None:
    known = rows("stance", {"supports": ("word:hail", 20), "opposes": ("word:slam", 3)})
    assert "word:slam" not in fit(known, "stance").names


def test_a_vote_counts_for_its_class_where_nothing_was_taught() -> None:
    known = rows("commitment", {"none": ("word:say", 8)})
    known += [Row("own", "b", {"vote:warns": 0.001}, {"commitment": "none"}) for _ in range(8)]
    model = fit(known, "commitment")
    assert model.tell([Row("own", "c", {"vote:warns": 5.0}, {"commitment": "warns"})]) == ["warns"]


def test_articles_are_never_split() -> None:
    assert {Row("own", "a7", {}, {}).part for _ in range(5)} == {Row("records", "a7", {}, {}).part}
