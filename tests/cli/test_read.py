from __future__ import annotations

import sys
from pathlib import Path

import pytest

from onrecord.cli import progress
from onrecord.cli.read import LITTLE_TEXT, Job, default_workers, run, total
from onrecord.settings import usable_cores
from tests.cli.fake import fake


def test_little_text_is_read_by_one_process_and_much_by_all(tmp_path):
    small, large = tmp_path / "small.txt", tmp_path / "large.txt"
    small.write_text("x" * 100)
    large.write_text("x" * (LITTLE_TEXT + 1))
    assert default_workers((str(small),)) == 1
    assert default_workers((str(small),) * 50) == 1
    assert default_workers((str(tmp_path / "none.txt"),)) == 1
    assert default_workers(("https://example.org/a",)) == 1
    assert default_workers((str(large),)) == usable_cores()
    assert default_workers((str(tmp_path),)) == usable_cores()
    assert default_workers((str(tmp_path / "*.txt"),)) == usable_cores()
    assert default_workers(("https://example.org/a",) * 9) == usable_cores()


def test_the_flags_reach_the_reader(tmp_path):
    seen = []

    def spy(sources, settings):
        seen.append(settings)
        return fake(sources, settings)

    mapped = (("text", "Volltext"),)
    job = Job(sources=("a",), output=tmp_path / "o.csv", format="csv", workers=3, columns=mapped, follow_links=False)
    run(job, engine=spy)
    assert (seen[0].workers, seen[0].columns, seen[0].follow_links) == (3, mapped, False)


def test_the_total_is_known_only_for_plain_files(tmp_path):
    article = tmp_path / "a.txt"
    article.write_text("x")
    (tmp_path / "b.jsonl").write_text("{}")
    assert total((str(article), str(article))) == 2
    for unsure in (str(tmp_path), "-", "https://example.org", str(tmp_path / "b.jsonl"), str(Path("none"))):
        assert total((str(article), unsure)) is None


@pytest.mark.parametrize(
    ("done", "seconds", "among", "shown"),
    [
        (120, 4.0, 400, "120 of 400 articles, 30.0 a second, 9 s left"),
        (50, 2.0, None, "50 articles, 25.0 a second"),
        (10, 10.0, 610, "10 of 610 articles, 1.0 a second, 10 min left"),
        (1, 2.0, 5000, "1 of 5000 articles, 0.5 a second, 2 h 47 min left"),
    ],
)
def test_progress_line(done, seconds, among, shown):
    assert progress.line(done, seconds, among) == shown


def test_progress_shows_on_a_terminal_only_and_leaves_a_clean_line(monkeypatch, capsys):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    assert list(progress.watched([1, 2], total=2)) == [1, 2]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(progress.watched([1, 2], total=2, off=True)) == [1, 2]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(progress.watched([1, 2], total=2)) == [1, 2]
    shown = capsys.readouterr().err
    assert "1 of 2 articles" in shown
    assert shown.endswith("\r\x1b[K")


def test_short_work_shows_no_progress(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(progress.watched(range(100), total=100)) == list(range(100))
    assert capsys.readouterr().err == ""
