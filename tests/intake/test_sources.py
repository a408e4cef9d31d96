from __future__ import annotations

import os
from pathlib import Path

import pytest

from onrecord.errors import SourceError
from onrecord.intake.raw import Kind
from onrecord.intake.sources import Place, kind_of, places

LOOKED_FOR = ".txt .text .md .html .htm .xhtml .jsonl .ndjson .rss .atom .rdf .opml .warc .csv .tsv .parquet .pdf .zip"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.html", "c.docx", ".hidden.txt", "sub/z.jsonl", "sub/deep/y.MD", ".git/x.txt", "notes.log"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("He said no.")
    return tmp_path


def names(sources: list[str], root: Path) -> list[str]:
    found = list(places(sources))
    return [os.path.relpath(p.name, root) if isinstance(p, Place) else f"! {p.reason}" for p in found]


def test_a_directory_is_read_in_order_without_hidden_and_unknown_files(tree: Path) -> None:
    assert names([str(tree)], tree) == ["a.html", "b.txt", "sub/deep/y.MD", "sub/z.jsonl"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["b.txt"]),
        ("*", ["a.html", "b.txt"]),
        ("**/*.jsonl", ["sub/z.jsonl"]),
        ("**", ["a.html", "b.txt", "sub/deep/y.MD", "sub/z.jsonl"]),
        ("*.log", ["notes.log"]),
        ("*.xyz", ["! matches no file"]),
        ("[q]*", [f"! matches no file that can be read (looked for {LOOKED_FOR})"]),
    ],
)
def test_patterns(tree: Path, pattern: str, found: list[str]) -> None:
    assert names([str(tree / pattern)], tree) == found


def test_the_same_file_is_read_once(tree: Path) -> None:
    (tree / "sub" / "link.txt").symlink_to(tree / "b.txt")
    named = [
        str(tree / "b.txt"),
        str(tree / "sub" / ".." / "b.txt"),
        str(tree / "sub" / "link.txt"),
        str(tree / "*.txt"),
    ]
    assert names(named, tree) == ["b.txt"]
    assert list(places(["-", "-"])) == [Place(name="-", where="stdin")]


def test_links_that_loop_are_not_followed(tree: Path) -> None:
    (tree / "sub" / "loop").symlink_to(tree)
    assert names([str(tree)], tree) == ["a.html", "b.txt", "sub/deep/y.MD", "sub/z.jsonl"]


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("x")
    assert names([str(tmp_path / "a[1].txt")], tmp_path) == ["a[1].txt"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("ftp://example.org/a", "not ftp"),
        ("file:///etc/passwd", "not file"),
        ("", "not the name"),
        ("a\0b", "not the name"),
    ],
)
def test_what_names_nothing_readable(source: str, reason: str) -> None:
    (error,) = places([source])
    assert isinstance(error, SourceError)
    assert reason in error.reason


def test_an_empty_directory_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"")
    (error,) = places([str(tmp_path)])
    assert isinstance(error, SourceError)
    assert "holds no file that can be read" in error.reason


def test_a_deep_directory(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("x")
    assert len(list(places([str(tmp_path)]))) == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text"),
        ("a.HTML", "html"),
        ("a.jsonl.gz", "jsonl"),
        ("a.warc.gz", "warc"),
        ("news/2024.CSV.GZ", "csv"),
        ("a.tsv", "csv"),
        ("a.parquet", "parquet"),
        ("a.zip", "zip"),
        ("a.zip.gz", None),
        ("a.gz", None),
        ("a.xml", None),
        ("gz", None),
        (".gz", None),
    ],
)
def test_what_a_suffix_says(name: str, kind: Kind | None) -> None:
    assert kind_of(name) == kind
