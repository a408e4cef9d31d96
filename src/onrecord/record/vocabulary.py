"""The words that a question can be put in: issues, kinds, stances, commitments, countries. Unknown ones are named."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import Any, get_args

from onrecord import facts
from onrecord.errors import QuestionError
from onrecord.types import Commitment, Kind, Stance

_LISTS = {"kind": get_args(Kind), "stance": get_args(Stance), "commitment": get_args(Commitment)}
_LONGEST_CODE = 8


def issues() -> dict[str, str]:
    """Ids and names of the issues, in the order of the register."""
    return {row["id"]: row["name"] for row in _register("issues")["issue"]}


def known(field: str, value: str) -> str:
    """`value` as the record writes it: an issue by id or name, a kind, stance or commitment.

    Capitals, and blanks or underscores for hyphens, make no difference. QuestionError with the known values otherwise.
    """
    names = issues() if field == "issue" else dict.fromkeys(_LISTS[field], "")
    wanted = _plain(value)
    for id_, name in names.items():
        if wanted in (_plain(id_), _plain(name)):
            return id_
    raise QuestionError(f"unknown {field} {value!r}; there are {', '.join(names)}")


def country(value: str) -> str:
    """The code of a country or international organisation, given by code or by name ("Russia", "rus", "EU").

    Short words in capitals that no register knows are taken as codes. QuestionError, with what may have been meant,
    for anything else.
    """
    codes = _countries()
    wanted = value.strip().casefold()
    if wanted in codes:
        return codes[wanted]
    if value.isalpha() and value.isupper() and 2 <= len(value) <= _LONGEST_CODE:
        return value
    near = [codes[name] for name in get_close_matches(wanted, codes, n=3)]
    hint = f"; did you mean {' or '.join(dict.fromkeys(near))}?" if near else "; give a name or a code such as RUS"
    raise QuestionError(f"unknown country or organisation {value!r}{hint}")


def called(who: str) -> str:
    """The name of the state or organisation with this code; any other word as it is."""
    return _names().get(who, who)


def _plain(value: str) -> str:
    return "-".join(value.casefold().replace("_", " ").replace("-", " ").split())


@cache
def _countries() -> dict[str, str]:
    """Codes by every name. Codes first, then states, then organisations: what comes first keeps a name."""
    states, organisations = _register("states")["state"], _register("organisations")["organisation"]
    found = {row["iso3"].casefold(): row["iso3"] for row in states}
    found |= {row["country"].casefold(): row["country"] for row in organisations if row.get("country")}
    for row in states:
        _name(found, row["iso3"], [row["name"], row["official"], *row.get("aliases", [])])
    for row in organisations:
        if row.get("country"):
            _name(found, row["country"], [row["name"], *row.get("aliases", [])])
    return found


@cache
def _names() -> dict[str, str]:
    """Names by code; an organisation that speaks for itself is called by its code, which people know it by."""
    return {row["iso3"]: row["name"] for row in _register("states")["state"]}


def _name(found: dict[str, str], code: str, names: Iterable[str]) -> None:
    for name in names:
        found.setdefault(name.casefold(), code)
        found.setdefault(name.casefold().removeprefix("the "), code)


@cache
def _register(name: str) -> dict[str, Any]:
    return facts.load(name)
