"""Both annotation formats, and the project's own articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.corpus import parse_markup, read_brat, read_markup

ARTICLES = Path(__file__).parents[2] / "training" / "articles"


def test_markup() -> None:
    article = parse_markup("a", "{S1,2|He} {C1|said} {T1|yes} and {C2|added} {T2|no}.")
    first, second = article.attributions
    assert article.text == "He said yes and added no."
    assert first.source == second.source == [(0, 2)]
    assert (second.cue, second.content) == ([(16, 21)], [(22, 24)])


def test_markup_with_a_lone_brace_is_refused() -> None:
    with pytest.raises(ValueError, match="braces"):
        parse_markup("a", "{S1|He} {C1|said {T1|yes}")


def test_brat(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "x.txt").write_text("“Go,” he said, “now.”", encoding="utf-8")
    (tmp_path / "attributions" / "x_b.ann").write_text("T1\tSource 0 1\tx\n", encoding="utf-8")
    (tmp_path / "attributions" / "x_a.ann").write_text(
        "E1\tAttribution:T4 Content:T1 Cue:T2 Source:T3\n"
        "T1\tContent 0 5;15 21\tGo now\nT2\tCue 9 13\tsaid\nT3\tSource 6 8\the\nT4\tAttribution 9 13\tsaid\n",
        encoding="utf-8",
    )
    (article,) = read_brat(tmp_path)
    (gold,) = article.attributions
    assert [article.text[low:high] for low, high in gold.content] == ["“Go,”", "“now.”"]
    assert (gold.source, gold.cue) == ([(6, 8)], [(9, 13)])


def test_own_articles_are_whole() -> None:
    articles = read_markup(ARTICLES)
    assert len(articles) >= 60
    for article in articles:
        for gold in article.attributions:
            assert gold.cue and gold.content, article.name
