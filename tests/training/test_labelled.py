"""What annotators said of statements, as it is read for fitting."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("numpy")

from training.corpus import Gold
from training.labelled import HERE, RECORDS, Meaning, labelled, own_articles, read_labels, records

LINE = "a01:1\tsupports\tcommits\ttrade,energy\tAGREE\tEU\t-\t-\t-\n"


def test_labels_are_read_by_place(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text(LINE, encoding="utf-8")
    (tmp_path / "x_published.tsv").write_text("a01\t2024-05-06\na02\t-\n", encoding="utf-8")
    meanings, days = read_labels(tmp_path)
    assert meanings == {"a01:1": Meaning("supports", "commits", ("trade", "energy"), ("EU",))}
    assert {name: day.day for name, day in days.items()} == {"a01": 6}


def test_a_line_without_nine_fields_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text(LINE + "a01:2\tsupports\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2: 2 fields"):
        read_labels(tmp_path)


def test_every_label_of_our_own_has_its_statement() -> None:
    meanings, days = read_labels(HERE / "meaning")
    own = list(own_articles(HERE / "articles", meanings, days))
    found = sum(means is not None for article in own for means in article.gold)
    assert found == sum(place[1:3].isdigit() and place[3] == ":" for place in meanings)


def test_records_are_read_with_their_attributions() -> None:
    articles = list(records(RECORDS))
    assert len(articles) == len(list(RECORDS.glob("*.json")))
    for article in articles:
        assert len(article.gold) == len(article.context.attributions)
        assert all(
            found.source is None or found.source.of(article.context.text) for found in article.context.attributions
        )


def test_spans_follow_the_repair() -> None:
    raw = "\u200bNorway said it will stay."
    gold = Gold(source=[(1, 7)], cue=[(8, 12)], content=[(13, 25)])
    article = labelled("x", raw, [gold], [None], None)
    (found,) = article.context.attributions
    assert found.source is not None and found.source.of(article.context.text) == "Norway"
    assert found.content[0].of(article.context.text) == "it will stay"
