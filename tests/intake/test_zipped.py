from __future__ import annotations

import io
import os
import random
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from onrecord.errors import SourceError
from onrecord.intake import Place, documents, read_place, zipped
from onrecord.settings import Settings
from onrecord.types import Document
from tests.intake import make_samples
from tests.intake.loopback import serving
from tests.intake.make_samples import WORDS, gzipped, lines, opml, page, rss

SETTINGS = Settings(max_bytes=200_000)
Entries = dict[str, bytes]


def read(tmp_path: Path, data: bytes, *, settings: Settings = SETTINGS) -> list[Document | SourceError]:
    (tmp_path / "a.zip").write_bytes(data)
    return list(documents([str(tmp_path / "a.zip")], settings=settings))


def shown(results: list[Document | SourceError], root: Path) -> list[str]:
    lines = (result.path or "" if isinstance(result, Document) else str(result) for result in results)
    return [line.removeprefix(str(root) + "/") for line in lines]


def test_entries_are_read_like_files_in_order_of_their_names(tmp_path: Path) -> None:
    entries = {
        "z.txt": WORDS.encode(),
        "a/page.html": page(),
        "a/lines.jsonl": lines(2),
        "a/more.jsonl.gz": gzipped(lines(1)),
        "feed.rss": rss(),
        "notes.docx": b"?",
        "__MACOSX/z.txt": b"?",
        ".hidden.txt": b"?",
        "a/.git/x.txt": b"?",
        "empty/": b"",
    }
    results = read(tmp_path, make_samples.zipped(entries))
    assert shown(results, tmp_path) == [
        "a.zip!a/lines.jsonl#0",
        "a.zip!a/lines.jsonl#1",
        "a.zip!a/more.jsonl.gz#0",
        "a.zip!a/page.html",
        "a.zip!feed.rss#1",
        "a.zip!feed.rss#2",
        "a.zip!feed.rss#3",
        "a.zip!z.txt",
    ]
    assert all(isinstance(result, Document) for result in results)
    assert isinstance(results[-1], Document)
    assert results[-1].text == WORDS


@pytest.mark.parametrize("skip", range(10))
def test_the_first_results_are_passed_over(tmp_path: Path, skip: int) -> None:
    entries = {"a.txt": b"", "b.jsonl": lines(3), "c.zip": b"PK", "d.html": page(), "e.rss": rss()}
    everything = read(tmp_path, make_samples.zipped(entries))
    assert len(everything) == 9
    place = Place(name=str(tmp_path / "a.zip"), where="file")
    rest = list(read_place(place, settings=SETTINGS, skip=skip))
    assert list(map(str, rest)) == list(map(str, everything[skip:]))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("b.zip", b"", "a.zip!b.zip: is a zip archive, which inside a zip archive is not read"),
        ("b.opml", opml("http://news.test/feed"), "a.zip!b.opml: is an OPML list, which inside a zip archive"),
        ("b.txt", b"", "a.zip!b.txt: is empty"),
        ("b.txt", b"no " * 100_000, "a.zip!b.txt: larger than 200,000 bytes"),
        ("b.txt", b"\x89PNG\r\n\x1a\n", "a.zip!b.txt: looks like a PNG image"),
        ("b.txt.gz", gzipped(gzipped(b"no")), "a.zip!b.txt.gz: is compressed more than once"),
        ("b\n\x1b[31mc.txt", b"", "a.zip!b  [31m"),
    ],
)
def test_a_bad_entry_is_named_and_the_others_are_read(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    results = read(tmp_path, make_samples.zipped({"a.txt": WORDS.encode(), name: content, "c.txt": b"He said no."}))
    first, error, last = shown(results, tmp_path)
    assert (first, last) == ("a.zip!a.txt", "a.zip!c.txt")
    assert error.startswith(words)
    assert "\n" not in error


def test_damaged_encrypted_and_strangely_packed_entries(tmp_path: Path) -> None:
    good = make_samples.zipped({"a.txt": WORDS.encode() * 9, "b.txt": WORDS.encode() * 9, "c.txt": b"He said no."})
    at = good.index(b"b.txt") + 5
    damaged = good[: at + 10] + b"\xff\xff\xff" + good[at + 13 :]
    assert shown(read(tmp_path, damaged), tmp_path)[1] == "a.zip!b.txt: this entry of the archive is damaged"
    assert len(read(tmp_path, damaged)) == 3
    encrypted = bytearray(good)
    entry = good.index(b"PK\x01\x02", good.index(b"PK\x01\x02") + 1)
    encrypted[entry + 8] |= 1
    assert shown(read(tmp_path, bytes(encrypted)), tmp_path)[1] == "a.zip!b.txt: is encrypted"
    strange = make_samples.zipped({"a.txt": WORDS.encode() * 9}, method=zipfile.ZIP_BZIP2)
    assert "only stored and deflated" in shown(read(tmp_path, strange), tmp_path)[0]


def test_names_never_touch_the_file_system(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("He said it in secret.")
    names = ["../secret.txt", "/etc/hostname.txt", str(tmp_path / "secret.txt"), "..\\x.txt", "C:\\x.txt"]
    results = read(tmp_path / "in", make_samples.zipped(dict.fromkeys(names, b"He said no.")))
    assert {result.text for result in results if isinstance(result, Document)} == {"He said no."}
    assert len(results) == len(names)
    assert sorted(os.listdir(tmp_path)) == ["in", "secret.txt"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is a damaged zip archive"),
        (b"PK\x03\x04" + b"x" * 100, "is a damaged zip archive"),
        (make_samples.zipped()[:-30], "is a damaged zip archive"),
        (make_samples.zipped({"a.png": b""}), "holds no file that can be read"),
        (make_samples.zipped({"[Content_Types].xml": b"", "a.txt": b""}), "looks like an Office document"),
        (make_samples.zipped({f"{n}.txt": b"" for n in range(11)}), "holds 11 entries; archives of over 10"),
    ],
)
def test_archives_that_are_not_read(tmp_path: Path, data: bytes, words: str) -> None:
    (error,) = read(tmp_path, data, settings=Settings(max_entries=10))
    assert isinstance(error, SourceError)
    assert error.source == str(tmp_path / "a.zip")
    assert error.reason.startswith(words)


def test_bombs_are_left_at_the_cap(tmp_path: Path) -> None:
    bomb = make_samples.zipped({f"{n}.jsonl": b" " * 1_500_000 for n in range(6)})
    tracemalloc.start()
    results = read(tmp_path, bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "unpacks to more than 200 times its size" in str(results[-1])
    assert len(results) == 3
    assert peak < 5_000_000
    (error,) = read(tmp_path, bomb, settings=Settings(max_unpacked=1_000_000))
    assert "unpacks to more than 1,000,000 bytes" in str(error)


def test_a_directory_that_would_fill_the_memory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "_DIRECTORY", 500)
    (error,) = read(tmp_path, make_samples.zipped({f"{n}.txt": b"He said no." for n in range(50)}))
    assert isinstance(error, SourceError)
    assert "directory is larger" in error.reason


def test_folders_from_the_network_and_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_samples.zipped({"a.txt": b"He said no."})
    with serving({"/a": ("application/octet-stream", data), "/b": ("application/zip", data)}) as (network, _):
        for url in ("http://news.test/a", "http://news.test/b"):
            (document,) = documents([url], settings=SETTINGS, network=network)
            assert isinstance(document, Document)
            assert (document.text, document.path) == ("He said no.", f"{url}!a.txt")
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(data)
    with os.fdopen(reading, "rb") as pipe:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(pipe))
        (document,) = documents(["-"], settings=SETTINGS)
        assert isinstance(document, Document)
        assert document.path == "-!a.txt"


def test_any_damage_gives_documents_or_errors(tmp_path: Path) -> None:
    whole = make_samples.zipped()
    chance = random.Random(3)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = bytes(data[: chance.randrange(len(data))] if chance.random() < 0.2 else data)
        for result in read(tmp_path, cut):
            assert isinstance(result, (Document, SourceError))
            assert "\n" not in str(result) or isinstance(result, Document)


def test_an_archive_that_claims_to_be_huge(tmp_path: Path) -> None:
    data = bytearray(make_samples.zipped({"a.txt": b"He said no."}))
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<L", data, end + 12, 0x7FFFFFFF)
    (error,) = read(tmp_path, bytes(data))
    assert isinstance(error, SourceError)
