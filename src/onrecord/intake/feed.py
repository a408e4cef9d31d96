"""An RSS or Atom feed -> a document an entry: its own text, or the page it links to. Feeds are parsed in a child."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from onrecord.errors import SourceError
from onrecord.intake import child
from onrecord.intake.checked import document_from_text, iso_date, one_line
from onrecord.intake.decode import decode
from onrecord.intake.found import SINGLE, Job, Read, Results, found_at
from onrecord.intake.raw import Raw
from onrecord.intake.skip import Skip
from onrecord.settings import Settings
from onrecord.types import Document

# An entry of fewer words is taken for a summary: news reports have hundreds of words, summaries a sentence or three.
ARTICLE_WORDS = 120
# A feed lists its newest few dozen entries; one of more is no reason to fetch a whole site.
MAX_LINKS = 1000
# The line that WordPress puts under every entry of its feeds.
_TRAILER = re.compile(r"\n\nThe post .{1,300} (?:appeared first|first appeared) on [^\n]{1,200}\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as the feed gives it; `markup`: whether `content` is HTML, `cut`: whether it ends in the middle."""

    name: str
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    published_at: str | None
    link: str | None
    content: str
    markup: bool
    words: int
    cut: bool

    def is_article(self) -> bool:
        """Whether the entry carries the text itself and not the opening of it."""
        return self.words >= ARTICLE_WORDS and not self.cut


def documents_in_feed(raw: Raw, *, job: Job, read: Read) -> Results:
    """One document, or SourceError, for each entry, in the order of the feed.

    An entry that carries the article (`ARTICLE_WORDS` words or more, not cut short) is its own text. For others the
    linked page is fetched, one after the other, where the feed itself came from the network and
    `settings.follow_links` holds; of feeds on disk, and where there is no link, the summary is read. SourceError is
    raised for what is no feed.
    """
    answer = _parsed(raw, what="feed", settings=job.settings)
    if not answer["known"]:
        raise SourceError(raw.source, "is no RSS or Atom feed that can be read")
    follow = raw.url is not None and job.settings.follow_links
    linked = 0
    for entry in _entries(answer, raw=raw):
        fetched = follow and entry.link is not None and not entry.is_article()
        linked += fetched
        if not job.skip.take():
            yield _result(entry, raw=raw, job=job, read=read, fetched=fetched, linked=linked)
    if not answer["entries"]:
        yield from job.skip.over([SourceError(raw.source, "the feed has no entries")])
    if answer["more"]:
        reason = f"only the first {job.settings.max_entries:,} entries of the feed are read"
        yield from job.skip.over([SourceError(raw.source, reason)])


def addresses_in_opml(raw: Raw, *, settings: Settings) -> list[str]:
    """The addresses of feeds in an OPML list, each once; SourceError where it cannot be read or is too long."""
    answer = _parsed(raw, what="opml", settings=settings)
    if answer["more"]:
        raise SourceError(raw.source, f"lists more than {settings.max_entries:,} feeds")
    return list(answer["feeds"])


def _parsed(raw: Raw, *, what: str, settings: Settings) -> dict[str, Any]:
    request = {"what": what, "text": decode(raw), "url": raw.url, "most": settings.max_entries}
    try:
        return child.ask("feed", request, seconds=settings.html_timeout)
    except TimeoutError as error:
        raise SourceError(raw.source, f"cannot be parsed in {settings.html_timeout:g} seconds") from error
    except child.ChildDied as error:
        raise SourceError(raw.source, "cannot be parsed (the parser gave up or ran out of memory)") from error


def _entries(answer: dict[str, Any], *, raw: Raw) -> Iterator[Entry]:
    for number, given in enumerate(answer["entries"], start=1):
        link = given["link"] if str(given["link"]).lower().startswith(("http://", "https://")) else None
        yield Entry(
            name=f"{raw.source}#{number}",
            title=given["title"],
            author=", ".join(given["authors"]) or None,
            publisher=given["publisher"] or answer["title"],
            published=given["published"],
            published_at=given["published_at"],
            link=link,
            content=given["content"],
            markup=given["markup"],
            words=given["words"],
            cut=given["cut"],
        )


def _result(entry: Entry, *, raw: Raw, job: Job, read: Read, fetched: bool, linked: int) -> Document | SourceError:
    try:
        if not fetched:
            return _own_text(entry, raw=raw, settings=job.settings)
        if linked > MAX_LINKS:
            raise SourceError(entry.name, f"not fetched: of one feed, {MAX_LINKS:,} linked pages are")
        return _linked_page(entry, job=job, read=read)
    except SourceError as error:
        return error


def _own_text(entry: Entry, *, raw: Raw, settings: Settings) -> Document:
    if not entry.content.strip():
        raise SourceError(entry.name, "the entry has no text of its own, and the page it links to was not fetched")
    text = entry.content.strip()
    if entry.markup:
        from onrecord.intake.html import read_page

        text = read_page(_page(text), url=entry.link, source=entry.name, settings=settings)["text"]
        text = _TRAILER.sub("", text)
    return document_from_text(
        text,
        path=None if raw.path is None else f"{raw.path}#{entry.name.rpartition('#')[2]}",
        url=entry.link or raw.url,
        title=entry.title,
        author=entry.author,
        publisher=entry.publisher,
        published=iso_date(entry.published),
        published_at=entry.published_at,
        retrieved_at=raw.retrieved_at,
        raw_sha256=hashlib.sha256(entry.content.encode("utf-8", "replace")).hexdigest(),
        source=entry.name,
        settings=settings,
    )


def _page(content: str) -> str:
    """An entry's markup as the page that the page code expects."""
    return f"<html><body><article><div itemprop='articleBody'>{content}</div></article></body></html>"


def _linked_page(entry: Entry, *, job: Job, read: Read) -> Document:
    """The page of an entry; what the page does not say of itself is taken from the feed."""
    assert entry.link is not None
    alone = replace(job, kinds=SINGLE, within="a feed", skip=Skip())
    for found in read(found_at(entry.link, job), alone):
        if isinstance(found, SourceError):
            raise found
        return replace(
            found,
            title=found.title or one_line(entry.title),
            author=found.author or one_line(entry.author),
            publisher=_stated_publisher(found) or one_line(entry.publisher) or found.publisher,
            published=found.published or iso_date(entry.published),
            published_at=found.published_at or _moment_on(found.published, entry.published_at),
        )
    raise SourceError(entry.link, "is empty")


def _stated_publisher(page: Document) -> str | None:
    """The publisher a page names; not its host, which is what is put there where a page names none."""
    host = urlsplit(page.url or "").hostname or ""
    return page.publisher if page.publisher and page.publisher.lower() not in host else None


def _moment_on(day: date | None, moment: str | None) -> str | None:
    """The feed's time of publication, where it does not contradict the page's own day."""
    return moment if day is None or iso_date(moment) == day else None
