"""What a page says of itself: who published it, under which title, by whom and when. Runs only in the child process.

Each fact is taken from the first place that states it: the article's object in JSON-LD, then `<meta>` (Open Graph,
Parse.ly, Dublin Core, ...), then microdata and `<time>` in the body. `registers/page.toml` lists the names.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from onrecord.intake.checked import iso_moment, one_line

_ARTICLES = ("Article", "Posting", "Report", "Review")
_WRAPPERS = re.compile(r"^\s*(?:<!\[CDATA\[|<!--|//<!\[CDATA\[)|(?:\]\]>|-->|//\]\]>)?\s*;?\s*$")
_BY = re.compile(r"^by[\s:]+(?=\S)", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])(?!\s*[ap]\.?m)", re.IGNORECASE)
_PUBLISHED = re.compile(r"\s*(?:first )?publi(?:cation date|shed)(?: on| at)?[\s:]*$", re.IGNORECASE)
_LONGEST_NAME = 200
Object = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is stated; `published` is an ISO day, `published_at` an ISO time on that day, in the page's own zone."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    published_at: str | None = None


@cache
def _register() -> tuple[dict[str, list[str]], dict[str, list[etree.XPath]]]:
    register = tomllib.loads(files("onrecord.intake").joinpath("registers/page.toml").read_text("utf-8"))
    return register["meta"], {name: list(map(etree.XPath, paths)) for name, paths in register["body"].items()}


def facts(tree: Any) -> Facts:
    """The facts of a parsed page. A page that states nothing gives nothing; nothing is guessed from its text."""
    article, named = _linked_data(tree)
    metas = _metas(tree)
    dates = [*_strings(article.get("datePublished")), *_stated("published", tree, metas), *_labelled_times(tree)]
    day = next(filter(None, map(iso_day, dates)), None)
    return Facts(
        title=_first([*_strings(article.get("headline")), *_stated("title", tree, metas)]),
        publisher=_first([*_names(article.get("publisher"), named), *_stated("publisher", tree, metas)]),
        author=_authors(_names(article.get("author"), named)) or _stated_authors(tree, metas),
        published=day,
        published_at=_moment(day, dates, tree),
    )


def iso_day(value: str | None) -> str | None:
    """The day at the head of an ISO date or time; None where there is none."""
    try:
        return date.fromisoformat((value or "").strip()[:10]).isoformat()
    except ValueError:
        return None


def _linked_data(tree: Any) -> tuple[Object, dict[str, Object]]:
    """The first article described in JSON-LD (empty where there is none), and every object by its `@id`."""
    objects: list[Object] = []
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            objects += _objects(json.loads(_WRAPPERS.sub("", script.text or ""), strict=False))
        except (ValueError, RecursionError):
            continue
    articles = [found for found in objects if _is_article(found)]
    # An article that says when it was published goes before a teaser of another.
    best = next((found for found in articles if found.get("datePublished")), articles[0] if articles else {})
    return best, {found["@id"]: found for found in objects if isinstance(found.get("@id"), str) and len(found) > 1}


def _objects(data: object) -> Iterator[Object]:
    """Objects at the top, in `@graph`, and those a page is said to be about; not what is nested elsewhere."""
    if isinstance(data, list):
        for item in data:
            yield from _objects(item)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(key))


def _is_article(found: Object) -> bool:
    return any(name.endswith(_ARTICLES) for name in _strings(found.get("@type")))


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [html.unescape(item) for item in values if isinstance(item, str)]


def _names(value: object, named: dict[str, Object]) -> list[str]:
    """Names of the persons or organisations under a key: strings, objects, lists of them, or references."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            found.append(html.unescape(item))
        elif isinstance(item, dict):
            if "name" not in item and isinstance(item.get("@id"), str):
                item = named.get(item["@id"], item)
            found += _strings(item.get("name"))
    return found


def _metas(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        if name and (content := meta.get("content")):
            metas.setdefault(name, []).append(content)
    return metas


def _stated(fact: str, tree: Any, metas: dict[str, list[str]]) -> Iterator[str]:
    names, paths = _register()
    for name in names[fact]:
        yield from metas.get(name, ())
    for path in paths[fact]:
        yield from map(_value, path(tree))


def _labelled_times(tree: Any) -> Iterator[str]:
    """Times right after the word "Published" or "Publication date"; pages show when they were updated as well."""
    for element in tree.iterfind(".//time[@datetime]"):
        before = element.getprevious()
        label = element.getparent().text if before is None else before.tail
        if _PUBLISHED.match(label or ""):
            yield element.get("datetime")


def _value(found: Any) -> str:
    if isinstance(found, str):
        return found
    return found.get("content") or " ".join("".join(found.itertext(with_tail=False)).split())


def _stated_authors(tree: Any, metas: dict[str, list[str]]) -> str | None:
    """Several authors stand in several elements of one kind: the first kind that names anybody counts."""
    names, paths = _register()
    kinds: list[list[str]] = [metas.get(name, []) for name in names["author"]]
    return next(filter(None, map(_authors, kinds)), None) or next(
        filter(None, (_authors([_value(found) for found in path(tree)]) for path in paths["author"])), None
    )


def _authors(values: list[str]) -> str | None:
    named = [_BY.sub("", name) for value in values if (name := _name(value))]
    return ", ".join(dict.fromkeys(named)) or None


def _first(values: list[str]) -> str | None:
    return next(filter(None, map(one_line, values)), None)


def _name(value: str) -> str | None:
    """A name, where it is one: profiles' addresses and whole sentences are not."""
    name = one_line(value)
    return None if name is None or "://" in name or len(name) > _LONGEST_NAME else name


def _moment(day: str | None, dates: list[str], tree: Any) -> str | None:
    """The first time stated for that day, or the clock that a `<time>` of the day shows to readers."""
    if day is None:
        return None
    for value in dates:
        if iso_day(value) == day and (moment := iso_moment(value)):
            return moment
    for element in tree.iterfind(".//time[@datetime]"):
        if element.get("datetime").strip() == day and (clock := _CLOCK.search(_value(element))):
            return f"{day}T{int(clock[1]):02}:{clock[2]}:00"
    return None
