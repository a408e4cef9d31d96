"""Changed articles keep their annotation on the same words."""

from __future__ import annotations

import random

import pytest

from training.augment import CHANGES, apply, straight_quotes
from training.corpus import ROLES, Article, parse_markup

MARKED = """{T1|“We will go,”} {S1|the Minister} {C1|said}, {T1|“and they’ll see it.”}

{S2|She} {C2|added} {T2|that the “door” stays open until the talks in the capital end}. Rain fell.

{T3|“No comment,”} {S3|Orlov} {C3|said}."""


def words(article: Article) -> list[list[list[str]]]:
    """The letters of each span, without marks, points and case, which the changes touch."""

    def plain(text: str) -> str:
        return "".join(char for char in text.lower() if char.isalpha())

    return [
        [[plain(article.text[low:high]) for low, high in getattr(gold, role)] for role in ROLES]
        for gold in article.attributions
    ]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("seed", range(5))
def test_changes_move_the_annotation_along(change, seed: int) -> None:  # type: ignore[no-untyped-def]
    article = parse_markup("a", MARKED)
    assert words(apply(article, change(article.text, random.Random(seed)))) == words(article)


def test_every_change_changes_something() -> None:
    article = parse_markup("a", MARKED)
    for change in CHANGES:
        texts = {apply(article, change(article.text, random.Random(seed))).text for seed in range(20)}
        assert texts - {article.text}, change.__name__


def test_what_is_inserted_at_an_edge_stays_outside() -> None:
    article = Article("a", "one two", parse_markup("a", "{T1|one}{C1| }{S1|two}").attributions)
    moved = apply(article, [(3, 3, "-"), (4, 7, "TWO!")])
    gold = moved.attributions[0]
    assert moved.text == "one- TWO!"
    assert [moved.text[low:high] for low, high in (*gold.content, *gold.source)] == ["one", "TWO!"]


def test_straight_quotes_keep_length() -> None:
    article = parse_markup("a", MARKED)
    assert len(apply(article, straight_quotes(article.text, random.Random(0))).text) == len(article.text)
