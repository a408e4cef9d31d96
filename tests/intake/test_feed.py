from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import SourceError
from onrecord.intake import Place, documents, feed, read_place
from onrecord.settings import Settings
from onrecord.types import Document
from tests.intake.loopback import Answers, serving
from tests.intake.make_samples import ARTICLE, WORDS, atom, page, rdf, rss

FEED = "http://news.test/feed"
SETTINGS = Settings(max_bytes=200_000, fetch_timeout=5)
META = '<meta property="og:site_name" content="The Wire"><meta property="article:published_time" content="2024-03-06">'
EVIL = """<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://news.test/x">
]>"""


def from_disk(tmp_path: Path, data: bytes, name: str = "news.rss") -> list[Document | SourceError]:
    (tmp_path / name).write_bytes(data)
    return list(documents([str(tmp_path / name)], settings=SETTINGS))


def one(results: list[Document | SourceError]) -> Document:
    (document,) = results
    assert isinstance(document, Document), document
    return document


def online(answers: Answers, *, settings: Settings = SETTINGS) -> tuple[list[Document | SourceError], list[str]]:
    with serving(answers) as (network, asked):
        return list(documents([FEED], settings=settings, network=network)), asked


def test_entries_on_disk_are_read_from_the_feed_alone(tmp_path: Path) -> None:
    first, second, third = from_disk(tmp_path, rss())
    assert isinstance(first, Document)
    assert first.text.split("\n\n")[1] == "“We are close to a text,” she told reporters in the harbour town."
    assert (first.title, first.author) == ("Envoys meet again", "Ann Lee, Omar Haddad")
    assert (first.publisher, first.url) == ("The Courier & Post", "http://news.test/one?id=7")
    assert (first.published, first.published_at) == (date(2024, 3, 5), "2024-03-05T22:10:00-05:00")
    assert first.path == str(tmp_path / "news.rss#1")
    assert isinstance(second, Document)
    assert (second.text, second.url) == ("Talks go on, the envoy says.", "http://news.test/two")
    assert isinstance(third, Document)
    assert (third.text, third.url, third.published) == ("The minister said no to the offer.", None, None)


def test_atom_and_rss_one(tmp_path: Path) -> None:
    first, second = from_disk(tmp_path, atom(), "a.atom")
    assert isinstance(first, Document)
    assert (first.title, first.author, first.publisher) == ("AT&T and the <treaty>", "Ann Lee", "The Gazette")
    assert (first.url, first.published_at) == ("http://news.test/one", "2024-03-05T23:10:00+05:00")
    assert isinstance(second, Document)
    assert second.published == date(2024, 3, 6)
    document = one(from_disk(tmp_path, rdf(), "a.rdf"))
    assert (document.title, document.published_at) == ("Envoys meet", "2024-03-05T22:10:00+03:00")


@pytest.mark.parametrize("name", ["feed", "feed.xml", "feed.xml.gz"])
def test_a_feed_without_a_telling_name_is_known_by_its_first_element(tmp_path: Path, name: str) -> None:
    from tests.intake.make_samples import gzipped

    data = b"\xef\xbb\xbf" + rss(declaration="<!-- made by hand --><?xml-stylesheet href='a.xsl'?>")[38:]
    assert len(from_disk(tmp_path, gzipped(data) if name.endswith("gz") else data, name)) == 3


def test_linked_pages_are_fetched_where_a_feed_of_the_network_has_only_summaries() -> None:
    results, asked = online({"/feed": ("application/rss+xml", rss()), "/two": ("text/html", page(head=META))})
    whole, linked, note = results
    assert asked == ["/feed", "/two"]
    assert isinstance(whole, Document)
    assert whole.text.count("harbour town") == 2
    assert isinstance(linked, Document)
    assert linked.text.startswith(WORDS[:30])
    assert (linked.title, linked.publisher, linked.url) == ("Envoys meet", "The Wire", "http://news.test/two")
    assert (linked.published, linked.published_at) == (date(2024, 3, 6), "2024-03-06T08:00:00+00:00")
    assert isinstance(note, Document)
    assert (note.text, note.url) == ("The minister said no to the offer.", FEED)


def test_what_a_page_does_not_say_is_taken_from_the_feed() -> None:
    results, _ = online({"/feed": ("text/xml", rss()), "/two": ("text/plain", WORDS.encode())})
    linked = results[1]
    assert isinstance(linked, Document)
    assert (linked.title, linked.publisher) == ("Ports reopen", "The Courier & Post")
    assert linked.published_at == "2024-03-06T08:00:00+00:00"


@pytest.mark.parametrize("kind", ["text/html", "text/xml", "application/xml", "application/octet-stream", "text/plain"])
def test_feeds_are_known_under_any_content_type(kind: str) -> None:
    results, _ = online({"/feed": (kind, rss()), "/two": ("text/html", page())})
    assert [isinstance(result, Document) for result in results] == [True, True, True]


@pytest.mark.parametrize(
    ("answer", "source", "words"),
    [
        (("", b""), "http://news.test/two", "404 Not Found"),
        (("http://inside.test/two", b""), "http://news.test/two", "10.0.0.5, not a public address"),
        (("text/html", b"<html></html>"), "http://news.test/two", "no text"),
        (("application/rss+xml", rss()), "http://news.test/two", "is a feed, which inside a feed is not read"),
        (("application/zip", b"PK\x03\x04"), "http://news.test/two", "is a zip archive, which inside a feed"),
        (("application/x-ndjson", b'{"text": "no"}'), "http://news.test/two", "JSON Lines, which inside a feed"),
        (("image/png", b"\x89PNG"), "http://news.test/two", "image/png"),
    ],
)
def test_a_linked_page_that_cannot_be_read_is_one_error(answer: tuple[str, bytes], source: str, words: str) -> None:
    results, _ = online({"/feed": ("application/rss+xml", rss()), "/two": answer})
    assert [type(result).__name__ == "Document" for result in results] == [True, False, True]
    error = results[1]
    assert isinstance(error, SourceError)
    assert error.source == source
    assert words in error.reason


def test_links_are_not_followed_where_the_settings_say_so() -> None:
    results, asked = online({"/feed": ("text/xml", rss())}, settings=Settings(follow_links=False))
    assert asked == ["/feed"]
    assert isinstance(results[1], Document)
    assert results[1].text == "Talks go on, the envoy says."


def test_a_long_summary_that_is_cut_is_not_the_article() -> None:
    long = f"<description>{WORDS * 12} [...]</description>"
    feed_of_one = rss().replace(b"<description>Talks go on, the envoy says.</description>", long.encode())
    _, asked = online({"/feed": ("text/xml", feed_of_one), "/two": ("text/html", page())})
    assert asked == ["/feed", "/two"]
    _, asked = online({"/feed": ("text/xml", feed_of_one.replace(b" [...]", b"")), "/two": ("text/html", page())})
    assert asked == ["/feed"]


def test_only_so_many_links_of_one_feed_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MAX_LINKS", 0)
    results, asked = online({"/feed": ("text/xml", rss())})
    assert asked == ["/feed"]
    assert isinstance(results[1], SourceError)
    assert "not fetched" in results[1].reason


def test_the_first_results_are_passed_over_without_being_fetched() -> None:
    with serving({"/feed": ("text/xml", rss())}) as (network, asked):
        place = Place(name=FEED, where="url")
        (last,) = read_place(place, settings=SETTINGS, network=network, skip=2)
        assert asked == ["/feed"]
        assert isinstance(last, Document)
        assert last.title == "A note"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"<rss", "no RSS or Atom feed"),
        (b"words", "no RSS or Atom feed"),
        (b"<?xml version='1.0'?><opml/>", "no RSS or Atom feed"),
        (b"<rss version='2.0'><channel><title>T</title></channel></rss>", "has no entries"),
        (b"<rss version='2.0'><channel><item><title>T</title></item></channel></rss>", "no text of its own"),
        (b"<rss><channel>" + b"<x>" * 50_000, ""),
        (b"%PDF-1.7", "PDF document"),
        (b"<rss>" + b"x" * 300_000, "larger than 200,000 bytes"),
    ],
)
def test_what_is_no_feed_is_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    (error,) = from_disk(tmp_path, data)
    assert isinstance(error, SourceError)
    assert words in error.reason


@pytest.mark.parametrize(
    "declaration", [EVIL, EVIL.replace("]>", '"]>"]>'), EVIL + EVIL, "<!DOCTYPE rss SYSTEM 'http://news.test/x'>"]
)
def test_entities_are_not_expanded_and_nothing_else_is_opened(declaration: str) -> None:
    hostile = rss(declaration=declaration, summary="Talks &c; go on &x; today &y; &c;&c;")
    results, asked = online({"/feed": ("application/rss+xml", hostile)}, settings=Settings(follow_links=False))
    assert asked == ["/feed"]
    assert len(results) == 3
    texts = " ".join(result.text if isinstance(result, Document) else str(result) for result in results)
    assert "aaaaaaaaaa" not in texts
    assert "root:" not in texts


def test_entries_are_capped(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(rss())
    *read, error = documents([str(tmp_path / "a.rss")], settings=Settings(max_entries=2))
    assert len(read) == 2
    assert isinstance(error, SourceError)
    assert "only the first 2 entries" in error.reason


def test_dates_that_only_feeds_write(tmp_path: Path) -> None:
    def moment(written: str) -> tuple[str | None, str | None]:
        item = f"<item><description>He said no.</description><pubDate>{written}</pubDate></item>"
        document = one(from_disk(tmp_path, f"<rss version='2.0'><channel>{item}</channel></rss>".encode()))
        return str(document.published), document.published_at

    assert moment("Tue, 05 Mar 2024 22:10 EST") == ("2024-03-05", "2024-03-05T22:10:00-05:00")
    assert moment("5 Mar 24 22:10:00 +0300") == ("2024-03-05", "2024-03-05T22:10:00+03:00")
    assert moment("2024-03-05T22:10:00Z") == ("2024-03-05", "2024-03-05T22:10:00+00:00")
    assert moment("2024-03-05") == ("2024-03-05", None)
    assert moment("yesterday") == ("None", None)
    assert moment("Tue, 99 Mar 2024 99:99:99 GMT")[1] is None


def test_markup_that_is_no_markup(tmp_path: Path) -> None:
    summary = "<description>Trade fell 3 &lt; 4 percent, she said.</description>"
    item = f"<item><title>Q&amp;amp;A: 2 &lt; 3</title>{summary}</item>"
    document = one(from_disk(tmp_path, f"<rss version='2.0'><channel>{item}</channel></rss>".encode()))
    assert document.text == "Trade fell 3 < 4 percent, she said."
    assert (document.title or "").startswith("Q&A: 2")
    assert ARTICLE not in document.text


def test_the_trailer_of_a_blog_is_no_part_of_the_text(tmp_path: Path) -> None:
    trailer = '<p>The post <a href="x">Envoys meet</a> appeared first on <a href="y">The Courier</a>.</p>'
    data = rss().replace(b"]]>", f"{trailer}]]>".encode())
    first = from_disk(tmp_path, data)[0]
    assert isinstance(first, Document)
    assert first.text == one(from_disk(tmp_path, rss())[:1]).text
    assert first.text.endswith("town.")
