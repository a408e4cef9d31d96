"""Work of the kind `feed`, in the child process: one RSS or Atom feed, or one OPML list.

Entities are never expanded and nothing outside is opened: document type declarations are taken out before any parser
sees the text, and what is left of crafted ones is made plain text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]
from lxml import etree, html  # type: ignore[import-untyped]

from onrecord.intake.messages import Message

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"<!doctype\b[^\[\]<>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_LEFT_OVER = re.compile(r"<!(?=\s*(?:doctype|entity|element|attlist|notation))", re.IGNORECASE)
# Not allowed in XML 1.0 at all; one of them would send the whole feed to the slower, guessing parser.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Without one of these there is nothing to find, and guessing parsers are slow on what is no feed at all.
_FEED = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!]")
# How a summary ends that is the opening of a longer text.
_CUT = re.compile(
    r"(?:…|\.\.\.|(?:read|continue|see|full) (?:more|reading|story|article|the full \w+).{0,20})\W*$", re.IGNORECASE
)


def read(request: Message) -> Message:
    """What is in the feed or list under `text`: `what` says which, `url` where it came from, `most` the entries kept.

    A feed gives `title` and `entries` (title, authors, published, link, publisher, content, markup, words, cut), a
    list `feeds` (the addresses). Both have `more`: whether there were more than `most`.
    """
    text = _harmless(request["text"])
    if request["what"] == "opml":
        found = list(dict.fromkeys(_outlines(text)))
        return {"feeds": found[: request["most"]], "more": len(found) > request["most"]}
    return _feed(text, url=request["url"], most=request["most"])


def _harmless(text: str) -> str:
    text = _FORBIDDEN.sub("", text.removeprefix("\ufeff"))
    text = _DOCTYPE.sub("", _DECLARATION.sub("", text, count=1))
    return _LEFT_OVER.sub("&lt;!", text).lstrip()


def _outlines(text: str) -> Iterator[str]:
    """Addresses of the feeds of an OPML list, however deep its folders are, in order."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    tree = etree.fromstring(text.encode("utf-8"), parser)
    for outline in () if tree is None else tree.iter("{*}outline"):
        attributes = {name.lower(): value for name, value in outline.attrib.items()}
        if address := attributes.get("xmlurl", "").strip():
            yield address


def _feed(text: str, *, url: str | None, most: int) -> Message:
    if not _FEED.search(text):
        return {"known": False, "title": None, "entries": [], "more": False}
    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": url} if url else {})}
    # The page code takes the text out of the markup later; nothing of it is ever shown as markup.
    feed = feedparser.parse(io.BytesIO(text.encode("utf-8")), response_headers=headers, sanitize_html=False)
    entries = [_entry(entry) for entry in feed.entries[:most]]
    return {
        "known": bool(feed.version or feed.entries),
        "title": _title(feed.feed),
        "entries": entries,
        "more": len(feed.entries) > most,
    }


def _entry(entry: Any) -> Message:
    content, markup = _content(entry)
    plain = _plain(content) if markup else content
    day, moment = _published(entry)
    return {
        "title": _title(entry),
        "authors": list(dict.fromkeys(name for author in entry.get("authors", ()) if (name := author.get("name")))),
        "published": day,
        "published_at": moment,
        "link": entry.get("link"),
        "publisher": _title(entry.get("source", {})),
        "content": content,
        "markup": markup,
        "words": len(plain.split()),
        "cut": bool(_CUT.search(plain[-60:].rstrip())),
    }


def _content(entry: Any) -> tuple[str, bool]:
    """The longest of what the entry says, and whether it is HTML."""
    given = [*entry.get("content", ()), entry.get("summary_detail", {})]
    texts = [part for part in given if str(part.get("type", "text/plain")).startswith(("text/", "application/xhtml"))]
    best: Any = max(texts, key=lambda part: len(part.get("value") or ""), default={})
    value = best.get("value") or ""
    return value, best.get("type") != "text/plain" and bool(_TAG.search(value) or "&" in value)


def _title(named: Any) -> str | None:
    detail = named.get("title_detail", {})
    value = named.get("title") or ""
    return (_plain(value) if detail.get("type") != "text/plain" else value) or None


def _plain(markup: str) -> str:
    if not markup.strip() or not ("<" in markup or "&" in markup):
        return markup
    try:
        return str(html.document_fromstring(markup).text_content())
    except (etree.ParserError, ValueError):
        return ""


def _published(entry: Any) -> tuple[str | None, str | None]:
    """Day and moment as the feed gives them, in its own time zone; in UTC where only feedparser can read them."""
    for name in ("published", "updated", "created"):
        value = str(entry.get(name) or "").strip()
        if not value:
            continue
        for reading in (datetime.fromisoformat, parsedate_to_datetime):
            try:
                moment = reading(value)
            except (ValueError, TypeError, IndexError, OverflowError):
                continue
            return moment.date().isoformat(), moment.isoformat(timespec="seconds") if ":" in value else None
        if parsed := entry.get(f"{name}_parsed"):
            moment = datetime(*parsed[:6])
            return moment.date().isoformat(), f"{moment.isoformat()}+00:00" if ":" in value else None
    return None, None
