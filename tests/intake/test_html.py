from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import SourceError
from onrecord.intake import child, documents, html
from onrecord.settings import Settings
from onrecord.types import Document

LONG = "The two ministers met for three hours and agreed to send their experts to the capital within a month. "
ARTICLE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Envoys meet • The Courier</title>
<meta property="og:title" content="Envoys meet"><meta property="og:site_name" content="The Courier">
<meta property="og:url" content="https://courier.example/world/1"><link rel="canonical" href="1.html">
<meta itemprop="datePublished" content="2020-01-01">
<script type="application/ld+json">{{"@graph": [{{"@type": "WebSite", "datePublished": "1999-01-01"}},
{{"@type": ["NewsArticle"], "datePublished": "2024-03-05T22:10:00Z"}}]}}</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><a rel="category" href="/w">World news</a><h1>Envoys meet</h1>
<div itemprop="description"><p>The envoys of both sides met in the harbour town.</p></div>
<div class="slider"><div class="slide">Envoy at the table. Photo: Pool</div></div>
<div itemprop="articleBody"><p>{LONG * 3}</p>
<p><b>Minister <a href="/p">Ann Lee<span class="card__tooltip">Born in 1960</span></a></b>: Good
morning, colleagues.</p>
<p><strong>Omar Haddad:</strong></p><p>Thank you. We agree on three points.</p>
<p><b>Question:</b><br>When will you sign?</p>
<ul><li>First, the border.</li><li>Second, the port.</li></ul>
<p>It was “a start”,<br>she said.</p>
<div class="article-share">Share this on every network</div>
<aside role="complementary"><h3>See also</h3><p>Other story of the day</p></aside></div>
<div class="read__status"><h3>Publication status</h3><p>Published in section: News</p></div></article>
<footer role="contentinfo"><p>All rights reserved by the Courier company.</p></footer></body></html>"""


def read(tmp_path: Path, page: str | bytes, *, settings: Settings | None = None) -> Document | SourceError:
    path = tmp_path / "page.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    (found,) = documents([str(path)], settings=settings or Settings())
    return found


def text_of(tmp_path: Path, page: str | bytes) -> str:
    document = read(tmp_path, page)
    assert isinstance(document, Document), document
    return document.text


def test_an_article(tmp_path: Path) -> None:
    document = read(tmp_path, ARTICLE)
    assert isinstance(document, Document)
    assert document.text.split("\n\n") == [
        "The envoys of both sides met in the harbour town.",
        (LONG * 3).strip(),
        "Minister Ann Lee: Good morning, colleagues.",
        "Omar Haddad: Thank you. We agree on three points.",
        "Question: When will you sign?",
        "First, the border.",
        "Second, the port.",
        "It was “a start”,\nshe said.",
    ]
    assert (document.title, document.publisher) == ("Envoys meet", "The Courier")
    assert (document.published, document.url) == (date(2024, 3, 5), "https://courier.example/world/1")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2021-05-06T10:00:00+02:00">', date(2021, 5, 6)),
        ('<script type="application/ld+json">{broken</script>', None),
        ('<script type="application/ld+json">[{"@type": "NewsArticle", "datePublished": "x"}]</script>', None),
    ],
)
def test_dates(tmp_path: Path, head: str, published: date | None) -> None:
    document = read(tmp_path, f"<html><head>{head}</head><body><p>{LONG}</p></body></html>")
    assert isinstance(document, Document)
    assert document.published == published


def test_the_time_element_of_the_article_goes_before_those_of_pictures(tmp_path: Path) -> None:
    page = f"""<html><body><article><meta itemprop="datePublished" content="2019-01-01">
        <time itemprop="datePublished" datetime="2019-02-02">2 February</time><p>{LONG * 4}</p></article></body>"""
    document = read(tmp_path, page)
    assert isinstance(document, Document)
    assert document.published == date(2019, 2, 2)


def test_short_and_bare_pages_are_read(tmp_path: Path) -> None:
    assert text_of(tmp_path, "<html><body><p>The envoy said no.</p></body></html>") == "The envoy said no."
    only_title = "<html><head><title>The envoy said no</title></head><body><img src=a.png></body></html>"
    assert text_of(tmp_path, only_title) == "The envoy said no"
    cyrillic = "<html><meta charset=windows-1251><body><p>The “envoy” said no.</p></body></html>"
    assert "“envoy”" in text_of(tmp_path, cyrillic.encode("cp1251"))


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html",
        "<!-- nothing -->",
        "<html><body><script>alert(1)</script></body></html>",
    ],
)
def test_pages_without_text(tmp_path: Path, page: str) -> None:
    error = read(tmp_path, page)
    assert isinstance(error, SourceError)
    assert "no text" in error.reason


def test_hostile_pages_give_a_document_or_one_line(tmp_path: Path) -> None:
    nested = "<div>" * 30_000 + LONG + "</div>" * 30_000
    for page in (
        nested,
        f"<html><body>{nested}</body></html>",
        "<table><tr><td>" * 5000 + LONG,
        "<p>&#0;&#xD800;no</p>",
    ):
        found = read(tmp_path, page, settings=Settings(html_timeout=10))
        assert isinstance(found, (Document, SourceError))
    assert text_of(tmp_path, ARTICLE)


def test_a_late_page_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    text_of(tmp_path, ARTICLE)
    slow = "<html><body>" + f"<div><p>{LONG}</p></div>" * 20_000 + "</body></html>"
    started = time.monotonic()
    error = read(tmp_path, slow, settings=Settings(html_timeout=0.1))
    assert isinstance(error, SourceError)
    assert error.reason == "cannot be parsed in 0.1 seconds"
    assert time.monotonic() - started < 5
    assert text_of(tmp_path, ARTICLE)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is kept by Linux only")
def test_a_page_that_takes_too_much_memory_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = child.Parser("html", memory=30_000_000)
    monkeypatch.setitem(child._parsers, "html", parser)
    assert text_of(tmp_path, ARTICLE)
    error = read(tmp_path, "<html><body>" + f"<div><p>{LONG}</p></div>" * 60_000 + "</body></html>")
    assert isinstance(error, SourceError)
    assert "gave up" in error.reason
    assert text_of(tmp_path, ARTICLE)
    parser.close()


def test_a_killed_child_is_replaced(tmp_path: Path) -> None:
    text_of(tmp_path, ARTICLE)
    process = child._parsers["html"]._child
    assert process is not None
    process._process.kill()
    process._process.wait()
    assert text_of(tmp_path, ARTICLE)


def test_one_child_reads_many_pages(tmp_path: Path) -> None:
    text_of(tmp_path, ARTICLE)
    first = child._parsers["html"]._child
    text_of(tmp_path, ARTICLE)
    assert child._parsers["html"]._child is first


@pytest.mark.parametrize("method", [m for m in ("fork", "spawn") if m in multiprocessing.get_all_start_methods()])
def test_daemonic_pool_workers_read_pages(tmp_path: Path, method: str) -> None:
    expected = text_of(tmp_path, ARTICLE)
    code = (
        "import multiprocessing, sys\nfrom onrecord.intake import documents\nfrom onrecord.settings import Settings\n"
        "def text(path):\n    return [d.text for d in documents([path], settings=Settings())]\n"
        "if __name__ == '__main__':\n"
        "    text(sys.argv[1])\n"
        f"    with multiprocessing.get_context('{method}').Pool(2) as pool:\n"
        "        found = pool.map(text, [sys.argv[1]] * 4)\n"
        "    print(len(found), len({f[0] for f in found}), len(found[0][0]))\n"
    )
    (tmp_path / "job.py").write_text(code)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "job.py"), str(tmp_path / "page.html")],
        capture_output=True, text=True, timeout=60, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(html.__file__).parents[2])},
    )  # fmt: skip
    assert done.stdout.split() == ["4", "1", str(len(expected))], done.stderr
