from __future__ import annotations

import hashlib
import io
import os
import tracemalloc
from pathlib import Path

import pytest

from onrecord.errors import SourceError
from onrecord.intake import documents
from onrecord.settings import Settings
from onrecord.types import Document

SETTINGS = Settings(max_bytes=10_000, max_chars=5_000)


def read(*sources: str | Path, settings: Settings = SETTINGS) -> list[Document | SourceError]:
    return list(documents([str(source) for source in sources], settings=settings))


def one(*sources: str | Path) -> Document:
    (document,) = read(*sources)
    assert isinstance(document, Document), document
    return document


def reason(*sources: str | Path) -> str:
    (error,) = read(*sources)
    assert isinstance(error, SourceError)
    assert "\n" not in str(error)
    assert error.source == str(sources[0])
    return error.reason


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_newlines_stay_as_they_are_in_the_file(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfHe said no.\r\nShe said \xe2\x80\x9cyes\xe2\x80\x9d.\rThey left.\n\x0cEnd"
    (tmp_path / "a.txt").write_bytes(data)
    document = one(tmp_path / "a.txt")
    assert document.text == "He said no.\r\nShe said “yes”.\rThey left.\n\x0cEnd"
    assert document.raw_sha256 == hashlib.sha256(data).hexdigest()
    assert (document.path, document.url, document.retrieved_at) == (str(tmp_path / "a.txt"), None, None)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n \n", "is empty"),
        ("renamed.csv.txt", b"%PDF-1.4 ...", "looks like a PDF document"),
        ("renamed.txt", b"PK\x03\x04\x14\x00", "looks like a ZIP archive"),
        ("binary", bytes(range(256)) * 8, "looks like binary data"),
        ("huge.txt", b"He said no. " * 1000, "larger than 10,000 bytes"),
        ("long.txt", b"He said no. " * 500, "texts over 5,000 are not read"),
        ("fremd.txt", "Er sagte, dass die Gespräche nicht zu Ende sind.".encode(), "looks like German"),
        ("empty.jsonl", b"\n\n", "is empty"),
    ],
)
def test_bad_files_give_one_line_each(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert words in reason(tmp_path / name)


def test_a_missing_file(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.txt") == "no such file"
    assert "name" in reason(tmp_path / ("n" * 300)).lower()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("He said no.")
    (tmp_path / "a.txt").chmod(0)
    assert "permission denied" in reason(tmp_path / "a.txt")


def test_permission_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("onrecord.intake.read.open", refuse, raising=False)
    assert reason(tmp_path / "a.txt") == "may not be read (permission denied)"


def test_errors_stand_in_their_place_and_the_rest_is_read(tmp_path: Path) -> None:
    for name, text in (("a.txt", "He said no."), ("b.txt", ""), ("c.txt", "She said yes.")):
        (tmp_path / name).write_text(text)
    found = read(tmp_path, tmp_path / "gone.txt", tmp_path / "a.txt")
    assert [getattr(item, "text", None) or str(item).rpartition("/")[2] for item in found] == [
        "He said no.",
        "b.txt: is empty",
        "She said yes.",
        "gone.txt: no such file",
    ]


def test_standard_input_as_text_page_and_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, "He said “no”.\r\nTwice.".encode())
    document = one("-")
    assert (document.text, document.path) == ("He said “no”.\r\nTwice.", None)
    piped(monkeypatch, b'{"text": "He said no.", "id": 7}\n{"text": "She said yes."}\n')
    assert [getattr(item, "path", None) for item in read("-")] == ["-#7", "-"]
    piped(monkeypatch, b"<!DOCTYPE html>\n<html><body><p>The envoy said the talks would go on.</p></body></html>")
    assert one("-").text == "The envoy said the talks would go on."
    piped(monkeypatch, b'{"not": "ours"}')
    assert one("-").text == '{"not": "ours"}'
    piped(monkeypatch, b"")
    assert reason("-") == "is empty"


def test_many_lines_are_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    with path.open("w") as lines:
        for number in range(3_000):
            lines.write(f'{{"text": "Envoy {number} said the talks on treaty {number} would go on."}}\n')
    assert path.stat().st_size > SETTINGS.max_bytes
    stream = documents([str(path)], settings=SETTINGS)
    next(stream)
    tracemalloc.start()
    count = 1 + sum(isinstance(document, Document) for document in stream)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3_000
    assert peak < 150_000
