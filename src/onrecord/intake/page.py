"""One HTML page -> main text and what the page says of itself. Runs only inside the child process of `html.py`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from trafilatura import bare_extraction, load_html
from trafilatura.metadata import extract_metadata

from onrecord.intake.page_facts import facts, iso_day

_SPACE = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n ?")
_BLANK = re.compile(r"\n{2,}")
_BLOCKS = frozenset(("p", "head", "item", "quote", "code", "row", "fw", "div", "list", "table", "body", "ab"))
# Shorter results than this are checked against the page's plain paragraphs.
_SHORT = 250
_LONG = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was read from a page; `published` is an ISO date, `published_at` an ISO time."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_at: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    prune: tuple[etree.XPath, ...]
    keep: etree.XPath
    standfirst: tuple[etree.XPath, ...]


@cache
def _register() -> _Register:
    register = tomllib.loads(files("onrecord.intake").joinpath("registers/page.toml").read_text("utf-8"))
    lists = {name: tuple(map(etree.XPath, register[name])) for name in ("prune", "standfirst")}
    return _Register(keep=etree.XPath(register["keep"]), **lists)


def read_page(html: str, url: str | None) -> Page:
    """Main text (paragraphs parted by blank lines) and what the page says of itself.

    Extraction is trafilatura's (Barbaresi 2021, ACL demo), and so is what `page_facts` finds stated nowhere: title,
    site name, author and day, and the canonical address. The text is empty where a page has none;
    any exception means that the page cannot be parsed.
    """
    tree = load_html(html)
    if tree is None:
        # trafilatura swallows the parser's MemoryError; a page this long without a tree is no empty page.
        if len(html) > _LONG:
            raise MemoryError
        return Page(text="")
    stated = facts(tree)
    # Pruned first: metadata then takes half the time, and cannot pick up the dates of pictures.
    _prune(tree)
    known = extract_metadata(
        tree, default_url=url, date_config={"original_date": True, "extensive_search": False}, extensive=False
    )
    standfirst = _standfirst(tree)
    paragraphs = _main_text(tree, titles={stated.title, known.title})
    return Page(
        text="\n\n".join([*_missing(standfirst, paragraphs), *paragraphs] or _last_resort(known)),
        title=stated.title or known.title,
        author=stated.author or known.author,
        publisher=stated.publisher or known.sitename,
        published=stated.published or iso_day(known.date),
        published_at=stated.published_at,
        url=known.url,
    )


def _prune(tree: Any) -> None:
    register = _register()
    half = len(_words(tree)) / 2
    for path in register.prune:
        for element in path(tree):
            # Class names mislead now and then: what holds half of the page is no decoration.
            if element.getparent() is not None and not register.keep(element) and len(_words(element)) < half:
                element.drop_tree()


def _main_text(tree: Any, *, titles: set[str | None]) -> list[str]:
    marked = tree.xpath("//*[@itemprop='articleBody']")
    plain = [paragraph for element in (marked or [tree])[0].iter("p") if (paragraph := _words(element))]
    bold = {_words(element).rstrip(" :") for element in tree.iter("b", "strong")}
    found: Any = bare_extraction(tree, include_comments=False, include_tables=True, include_formatting=True)
    # The headline is metadata: extraction keeps it in the text of some pages and not of others.
    paragraphs = [] if found is None else [words for words in _paragraphs(found.body) if words not in titles]
    # Of very short articles, extraction takes the frame for the text.
    if sum(map(len, paragraphs)) < _SHORT and (sum(map(len, plain)) > _SHORT or (marked and plain)):
        paragraphs = plain
    return _with_speakers(paragraphs, bold)


def _with_speakers(paragraphs: list[str], bold: set[str]) -> list[str]:
    """Joins a speaker's name that stands alone in bold, with a colon, to the words after it."""
    joined: list[str] = []
    for paragraph in paragraphs:
        name, line_break, words = paragraph.partition("\n")
        if line_break and name.endswith(":") and name.rstrip(" :") in bold:
            paragraph = f"{name} {words}"
        if joined and joined[-1].endswith(":") and joined[-1].rstrip(" :") in bold:
            paragraph = f"{joined.pop()} {paragraph}"
        joined.append(paragraph)
    return joined


def _standfirst(tree: Any) -> list[str]:
    for path in _register().standfirst:
        if found := [words for element in path(tree) if (words := _words(element))]:
            return found[:1]
    return []


def _missing(standfirst: list[str], paragraphs: list[str]) -> list[str]:
    body = "\n".join(paragraphs)
    return [words for words in standfirst if words not in " ".join(body.split())]


def _last_resort(known: Any) -> list[str]:
    """Pages that are all pictures or links still say in a sentence what they are about."""
    return [words for words in (known.title, known.description) if words]


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext(with_tail=False)).split())


def _paragraphs(body: Any) -> Iterator[str]:
    """The text of each block of a trafilatura tree, line breaks inside blocks kept."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from _flushed(pieces)
        if event == "start":
            pieces.append("\n" if element.tag == "lb" else "")
            pieces.append(_joined(element.text))
        else:
            pieces.append(" " if element.tag == "cell" else "")
            pieces.append(_joined(element.tail))
    yield from _flushed(pieces)


def _joined(text: str | None) -> str:
    return " ".join(f"|{text or ''}|".split())[1:-1]


def _flushed(pieces: list[str]) -> Iterator[str]:
    text = _BREAKS.sub("\n", _SPACE.sub(" ", "".join(pieces)))
    pieces.clear()
    yield from (part for part in _BLANK.split(text.strip()) if part)
