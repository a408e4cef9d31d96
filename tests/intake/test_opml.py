from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import SourceError
from onrecord.intake import Place, documents, read_place
from onrecord.settings import Settings
from onrecord.types import Document
from tests.intake.loopback import serving
from tests.intake.make_samples import atom, opml, page, rdf, rss

SETTINGS = Settings(fetch_timeout=5)


def read(path: Path) -> list[Document | SourceError]:
    return list(documents([str(path)], settings=SETTINGS))


def test_each_feed_is_read_and_each_failure_is_named(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.rdf").write_bytes(rdf())
    (tmp_path / "list.opml").write_bytes(
        opml("sub/b.rdf", "gone.rss", "http://news.test/feed", "http://inside.test/feed", "http://news.test/page",
             "http://news.test/list", "sub/b.rdf", "ftp://news.test/feed")
    )  # fmt: skip
    answers = {
        "/feed": ("text/xml", atom()),
        "/one": ("text/html", page("One")),
        "/two": ("text/html", page("Two")),
        "/page": ("text/html", page()),
        "/list": ("text/xml", opml("http://news.test/list")),
    }
    with serving(answers) as (network, asked):
        results = list(documents([str(tmp_path / "list.opml")], settings=SETTINGS, network=network))
    found = [result.title if isinstance(result, Document) else result.reason for result in results]
    assert found == [
        "Envoys meet",
        "No such file or directory",
        "One",
        "Two",
        "refused: inside.test leads to 10.0.0.5, not a public address",
        "is a web page, which inside an OPML list is not read",
        "is an OPML list, which inside an OPML list is not read",
        "is no http or https address of a feed",
    ]
    assert asked == ["/feed", "/one", "/two", "/page", "/list"]


@pytest.mark.parametrize(
    "address", ["../secret.rss", "sub/../../secret.rss", "/etc/hostname", "file:///etc/hostname", "link.rss"]
)
def test_no_file_outside_the_directory_of_the_list_is_opened(tmp_path: Path, address: str) -> None:
    (tmp_path / "secret.rss").write_bytes(rss())
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "link.rss").symlink_to(tmp_path / "secret.rss")
    (tmp_path / "in" / "list.opml").write_bytes(opml(address))
    (error,) = read(tmp_path / "in" / "list.opml")
    assert isinstance(error, SourceError)
    assert address in error.source
    assert "not read" in error.reason or "no http" in error.reason


def test_a_list_from_the_network_opens_no_file() -> None:
    with serving({"/list": ("text/x-opml", opml("news.rss", "/etc/hostname"))}) as (network, asked):
        results = list(documents(["http://news.test/list"], settings=SETTINGS, network=network))
    assert [str(result).rpartition(": ")[2] for result in results] == ["is no http or https address of a feed"] * 2
    assert asked == ["/list"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<opml/>", "lists no feeds"),
        (b"words", "lists no feeds"),
        (b"<opml><body>" + b"<outline>" * 20_000, "lists no feeds"),
        (b"", "is empty"),
        (opml("a.rss", "b.rss", "c.rss"), "more than 2 feeds"),
        (b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hostname">]><opml><outline xmlUrl="&a;"/></opml>', ""),
    ],
)
def test_lists_that_cannot_be_read(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "list.opml").write_bytes(data)
    (error,) = documents([str(tmp_path / "list.opml")], settings=Settings(max_entries=2))
    assert isinstance(error, SourceError)
    assert words in error.reason


def test_results_are_passed_over_across_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(rss())
    (tmp_path / "b.rdf").write_bytes(rdf())
    path = tmp_path / "list.opml"
    path.write_bytes(opml("a.rss", "gone.rss", "b.rdf"))
    everything = read(path)
    assert len(everything) == 5
    for skip in range(6):
        rest = list(read_place(Place(name=str(path), where="file"), settings=SETTINGS, skip=skip))
        assert list(map(str, rest)) == list(map(str, everything[skip:]))
