from __future__ import annotations

import gzip
import io
import tracemalloc
from pathlib import Path

import pytest

from onrecord.errors import SourceError
from onrecord.intake import Place, documents, read_place
from onrecord.intake.streams import rewound
from onrecord.settings import Settings
from onrecord.types import Document
from tests.intake.make_samples import WORDS, gzipped, lines, page

SETTINGS = Settings(max_bytes=200_000)


def read(tmp_path: Path, name: str, data: bytes, *, settings: Settings = SETTINGS) -> list[Document | SourceError]:
    (tmp_path / name).write_bytes(data)
    return list(documents([str(tmp_path / name)], settings=settings))


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.gz", "a", "a.ndjson"])
def test_lines_in_gzip(tmp_path: Path, name: str) -> None:
    results = read(tmp_path, name, gzipped())
    assert [result.text for result in results if isinstance(result, Document)][49] == "Envoy 49 said no."
    assert len(results) == 50


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt.gz", WORDS.encode(), WORDS),
        ("a.html.gz", page(body="<p>The envoy said no.</p>"), "The envoy said no."),
        ("a.gz", page(body="<p>The envoy said no.</p>"), "The envoy said no."),
        ("a.gz", WORDS.encode(), WORDS),
    ],
)
def test_one_text_in_gzip(tmp_path: Path, name: str, data: bytes, text: str) -> None:
    for packed in (gzipped(data), gzipped(data[:20]) + gzipped(data[20:])):
        (document,) = read(tmp_path, name, packed)
        assert isinstance(document, Document)
        assert document.text == text


def test_lines_before_the_cut_are_read(tmp_path: Path) -> None:
    data = gzipped(lines(5_000))
    *found, error = read(tmp_path, "a.jsonl.gz", data[: len(data) // 2])
    assert len(found) > 1_000
    assert all(isinstance(result, Document) for result in found)
    assert isinstance(error, SourceError)
    assert error.reason == "is a damaged gzip file, or one that is cut short"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt.gz", gzipped(gzipped(b"no")), "is compressed more than once"),
        ("a.gz", gzipped(gzipped(gzipped(b"no"))), "is compressed more than once"),
        ("a.txt.gz", b"\x1f\x8b\x08", "damaged gzip file"),
        ("a.txt.gz", b"\x1f\x8b" + b"?" * 50, "damaged gzip file"),
        ("a.txt.gz", gzipped(b""), "is empty"),
        ("a.txt.gz", gzipped(b"no " * 100_000), "larger than 200,000 bytes"),
        ("a.gz", gzipped(b"\x89PNG\r\n\x1a\n...."), "looks like a PNG image"),
        ("a.txt.gz", WORDS.encode(), ""),
    ],
)
def test_what_cannot_be_unpacked_is_one_line(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (result,) = read(tmp_path, name, data)
    if words:
        assert isinstance(result, SourceError)
        assert words in result.reason
    else:
        assert isinstance(result, Document)


def test_a_thousandfold_bomb_is_left_early(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * 100_000_000, 1)
    tracemalloc.start()
    *_, error = read(tmp_path, "a.jsonl.gz", bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "more than 200 times" in str(error)
    assert peak < 5_000_000
    (error,) = read(tmp_path, "a.jsonl.gz", gzipped(lines(100_000)), settings=Settings(max_unpacked=1_000))[-1:]
    assert "unpacks to more than 1,000 bytes" in str(error)


class _Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False


@pytest.mark.parametrize("stream", [io.BytesIO(b"abcdef\nghi"), _Pipe(b"abcdef\nghi")])
def test_what_was_read_ahead_is_read_again(stream: io.BytesIO) -> None:
    head = stream.read(4)
    again = rewound(head, stream)
    assert again.readline() == b"abcdef\n"
    assert again.read() == b"ghi"


def test_lines_that_are_passed_over_are_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"not json\n\n" + lines(1) + b"{}\n")
    place = Place(name=str(tmp_path / "a.jsonl"), where="file")
    parsed = 0

    def count(*_: object, **__: object) -> None:
        nonlocal parsed
        parsed += 1

    (error,) = read_place(place, settings=SETTINGS, skip=2)
    assert str(error).endswith('a.jsonl:4: has no "text"')
    monkeypatch.setattr("onrecord.intake.jsonl._record", count)
    assert list(read_place(place, settings=SETTINGS, skip=3)) == []
    assert parsed == 0


@pytest.mark.parametrize("name", ["gone.txt", "gone", "gone.jsonl", "gone.zip"])
def test_a_failure_counts_as_a_result(tmp_path: Path, name: str) -> None:
    place = Place(name=str(tmp_path / name), where="file")
    (error,) = read_place(place, settings=SETTINGS)
    assert isinstance(error, SourceError)
    assert list(read_place(place, settings=SETTINGS, skip=1)) == []
