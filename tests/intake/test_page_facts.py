"""What a page says of itself, and which of several answers counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.intake import documents
from onrecord.settings import Settings
from onrecord.types import Document

TEXT = "<p>The two ministers met for three hours and agreed to send their experts to the capital.</p>"


def read(tmp_path: Path, head: str, body: str = "") -> Document:
    path = tmp_path / "page.html"
    path.write_text(f"<html><head>{head}</head><body><article>{body}{TEXT}</article></body></html>")
    (document,) = documents([str(path)], settings=Settings())
    assert isinstance(document, Document), document
    return document


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def meta(**values: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in values.items())


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Envoys meet &amp; part",
    "datePublished": "2024-03-05T22:10:00-05:00",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "By Omar Haddad"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Courier"},
}
OPEN_GRAPH = meta(
    og__title="Other", og__site_name="Other", article__published_time="2020-01-01", article__author="Other"
)


def facts(document: Document) -> tuple[str | None, ...]:
    return document.title, document.author, document.publisher, str(document.published), document.published_at


STATED = ("Envoys meet & part", "Ann Lee, Omar Haddad", "The Courier", "2024-03-05", "2024-03-05T22:10:00-05:00")
SITE = {"@type": "WebSite", "name": "Elsewhere", "headline": "Home", "datePublished": "1999-01-01"}
ORGANISATION = {"@id": "#org", "@type": "Organization", "name": "The Courier"}


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE,
        [SITE, ARTICLE],
        {"@graph": [SITE, ARTICLE]},
        {"@graph": [{**ARTICLE, "publisher": {"@id": "#org"}}, ORGANISATION]},
        {"@graph": [{**ARTICLE, "author": [{"@id": "#a"}, "Omar Haddad"]}, {"@id": "#a", "name": "Ann Lee"}]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {**ARTICLE, "@type": ["Thing", "ReportageNewsArticle"]},
        {**ARTICLE, "author": ["Ann Lee", "Omar Haddad", "https://courier.example/people/ann"]},
        {**ARTICLE, "publisher": [{"name": "The Courier"}, {"name": "Second"}]},
        [{"@type": "NewsArticle", "headline": "A teaser"}, ARTICLE],
    ],
)
def test_linked_data_goes_before_everything(tmp_path: Path, data: object) -> None:
    assert facts(read(tmp_path, linked(data) + OPEN_GRAPH)) == STATED
    assert facts(read(tmp_path, OPEN_GRAPH + linked(data))) == STATED


@pytest.mark.parametrize(
    "script",
    [
        "{broken",
        "[" * 100_000,
        '"words"',
        "null",
        '{"@type": "NewsArticle", "headline": 3, "author": {"name": null}, "publisher": 7, "datePublished": []}',
        '{"@type": "NewsArticle", "headline": " ", "author": [[]], "publisher": {"@id": "#none"}}',
    ],
)
def test_broken_linked_data_is_passed_over(tmp_path: Path, script: str) -> None:
    document = read(tmp_path, f'<script type="application/ld+json">{script}</script>{OPEN_GRAPH}')
    assert facts(document) == ("Other", "Other", "Other", "2020-01-01", None)


def test_linked_data_in_wrappers(tmp_path: Path) -> None:
    for before, after in (("<![CDATA[", "]]>"), ("\n//<![CDATA[\n", "\n//]]>"), ("", ";"), ("<!--", "-->")):
        script = f'<script type="application/ld+json">{before}{json.dumps(ARTICLE)}{after}</script>'
        assert facts(read(tmp_path, script)) == STATED


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (meta(og__title="A", og__site_name="B", author="C", article__published_time="2024-03-05T10:00:00Z"),
         ("A", "C", "B", "2024-03-05", "2024-03-05T10:00:00+00:00")),
        ('<meta name="DC.title" content="A"><meta name="DC.Publisher" content="B"><meta name="dc.creator" content="C">'
         '<meta name="DC.creator" content="D"><meta name="DC.date" content="2024-03-05">',
         ("A", "C, D", "B", "2024-03-05", None)),
        (meta(article__author="https://social.example/ann", author="By Ann Lee", og__title="A", og__site_name="B",
              article__published_time="2024-03-05T10:00:00+02:00"),
         ("A", "Ann Lee", "B", "2024-03-05", "2024-03-05T10:00:00+02:00")),
    ],
)  # fmt: skip
def test_meta_elements(tmp_path: Path, head: str, expected: tuple[str | None, ...]) -> None:
    assert facts(read(tmp_path, head)) == expected


def test_microdata(tmp_path: Path) -> None:
    body = """<h1 itemprop="headline">Envoys meet</h1>
    <span itemprop="author" itemscope><b itemprop="name">Ann Lee</b></span>
    <span itemprop="publisher" itemscope><meta itemprop="name" content="The Courier"></span>
    <time itemprop="datePublished" datetime="2024-03-05T10:00+01:00">5 March</time>"""
    expected = ("Envoys meet", "Ann Lee", "The Courier", "2024-03-05", "2024-03-05T10:00:00+01:00")
    assert facts(read(tmp_path, "", body)) == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        # A day stated first, and the time of that same day stated second.
        (linked({"@type": "NewsArticle", "datePublished": "2024-03-05"})
         + meta(article__published_time="2024-03-05T10:00:00Z"), "", ("2024-03-05", "2024-03-05T10:00:00+00:00")),
        # The time of another day is not taken.
        (linked({"@type": "NewsArticle", "datePublished": "2024-03-05"})
         + meta(article__published_time="2024-03-06T10:00:00Z"), "", ("2024-03-05", None)),
        # A clock that readers see, and no zone.
        ("", '<time itemprop="datePublished" datetime="2024-03-05">5 March 2024</time>'
         '<time datetime="2024-03-04">4 March, 9:00</time><time datetime="2024-03-05">5 March 2024, 9:05</time>',
         ("2024-03-05", "2024-03-05T09:05:00")),
        ("", '<time itemprop="datePublished" datetime="2024-03-05">5 March 2024, 9:05 pm</time>', ("2024-03-05", None)),
        ("", '<p>Last updated at <time datetime="2024-04-01">1 April 2024, 8:00</time></p>'
         '<p>Publication date: <time datetime="2024-03-05">5 March 2024, 9:05</time></p>',
         ("2024-03-05", "2024-03-05T09:05:00")),
        # The day is the one the page gives, not the one it was in UTC.
        (meta(article__published_time="2024-03-05T23:30:00-08:00"), "", ("2024-03-05", "2024-03-05T23:30:00-08:00")),
        (meta(article__published_time="2024-03-05T10:00:00.123456+0000"), "",
         ("2024-03-05", "2024-03-05T10:00:00+00:00")),
        (meta(article__published_time="yesterday"), "", ("None", None)),
        (meta(article__published_time="2024-13-45T10:00:00Z"), "", ("None", None)),
    ],
)  # fmt: skip
def test_day_and_time(tmp_path: Path, head: str, body: str, expected: tuple[str, str | None]) -> None:
    document = read(tmp_path, head, body)
    assert (str(document.published), document.published_at) == expected


def test_what_no_database_takes_is_settled(tmp_path: Path) -> None:
    document = read(tmp_path, linked({**ARTICLE, "headline": "A\x00B\ud800C\n D", "author": "Ann\x07 Lee"}))
    assert (document.title, document.author) == ("A B\ufffdC D", "Ann Lee")
