"""Which column of a table holds what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files

from onrecord.errors import SourceError
from onrecord.intake.checked import document_from_text, one_line
from onrecord.settings import Settings
from onrecord.types import Document

FIELDS = ("text", "id", "title", "author", "publisher", "url", "published")
_APART = re.compile(r"[\s_-]+")
_SHOWN = 12
# English dates written out, and figures where their order is certain: with points the day goes first wherever such
# dates are written, with strokes it does not.
_FORMATS = ("%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y")


class NoColumn(Exception):
    """The table has no column for something; the message is a plain clause."""


@cache
def _register() -> Mapping[str, Sequence[str]]:
    register = tomllib.loads(files("onrecord.intake").joinpath("registers/columns.toml").read_text("utf-8"))
    return {field: tuple(map(_key, names)) for field, names in register.items()}


def columns_of(names: Sequence[str], chosen: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Field -> place of its column. `chosen` are pairs of field and name; an empty name means that there is none.

    NoColumn where a chosen column is missing, or the one of the text.
    """
    places: dict[str, int] = {}
    for at, name in enumerate(names):
        places.setdefault(_key(name), at)
    wanted = dict(chosen)
    found = {field: place for field in FIELDS if (place := _place(field, wanted, places, names)) is not None}
    if "text" not in found:
        raise NoColumn(f"has no column of texts (it has {_listed(names)}); name it with --text-column")
    return found


def _place(field: str, wanted: Mapping[str, str], places: Mapping[str, int], names: Sequence[str]) -> int | None:
    if field not in wanted:
        return next((places[name] for name in _register()[field] if name in places), None)
    if not wanted[field]:
        return None
    if wanted[field] in names:
        return names.index(wanted[field])
    if _key(wanted[field]) in places:
        return places[_key(wanted[field])]
    raise NoColumn(f"has no column {wanted[field]!r} (it has {_listed(names)})")


def _key(name: str) -> str:
    return _APART.sub(" ", name.strip("\ufeff \t\r\n\0\"'")).casefold()


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:_SHOWN]) or "none"
    return shown + (f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else "")


def document_of(cells: Mapping[str, str], *, source: str, name: str, settings: Settings) -> Document:
    """The row whose cells, by field, these are; SourceError for `name` where it is none to be read.

    A given id is kept in the path (`FILE#id`), as with JSON Lines.
    """
    if not cells.get("text", "").strip():
        raise SourceError(name, "has no text")
    moment = _moment(cells.get("published", ""), name=name)
    given = one_line(cells.get("id"))
    return document_from_text(
        cells["text"],
        path=f"{source}#{given}" if given else source,
        url=cells.get("url"),
        title=cells.get("title"),
        author=cells.get("author"),
        publisher=cells.get("publisher"),
        published=moment.day,
        published_at=moment.at,
        source=name,
        settings=settings,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    day: date | None = None
    at: str | None = None


def _moment(value: str, *, name: str) -> _Moment:
    value = one_line(value) or ""
    if not value:
        return _Moment()
    for read in (_iso, _written, _mailed):
        if moment := read(value):
            return moment
    raise SourceError(name, f"the day of publication is no date that can be read: {value[:40]!r}")


def _iso(value: str) -> _Moment | None:
    try:
        at = datetime.fromisoformat(value.removesuffix(" UTC"))
    except ValueError:
        return None
    if value.endswith(" UTC"):
        at = at.replace(tzinfo=UTC)
    return _Moment(day=at.date(), at=at.isoformat(timespec="seconds") if ":" in value or "T" in value else None)


def _written(value: str) -> _Moment | None:
    for format_ in _FORMATS:
        try:
            return _Moment(day=datetime.strptime(value, format_).date())
        except ValueError:
            continue
    return None


def _mailed(value: str) -> _Moment | None:
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return _Moment(day=at.date(), at=at.isoformat(timespec="seconds"))
