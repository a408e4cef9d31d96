"""Where an article was written ("VIENNA, Sept 8 -", "Wellington, 3 July"), and the state of that place."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.meaning.mentions import Cast
from onrecord.meaning.registers import Named, lexicon, load_cached, states, tokens

_REACH = 500  # characters: title, letterhead and the first line
_LINE = re.compile(
    r"(?:^|\n|\)\s)\s*([A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,2})(?:, [A-Z][\w. ]{2,20})?"
    r"(?:,? +(?:on )?(?:\d{1,2}[ .]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d)"
    r"| ?(?: - | – | — | -- |--))"
)


@lru_cache(maxsize=1)
def cities() -> dict[str, str]:
    """City that is no capital -> code of its state."""
    return {city: code for code, names in load_cached("cities")["cities"].items() for city in names}


@lru_cache(maxsize=1)
def _city() -> re.Pattern[str]:
    longest = sorted(cities(), key=len, reverse=True)
    return re.compile(r"\b(?:in|at|from) (" + "|".join(map(re.escape, longest)) + r")\b")


def scene_of(cast: Cast) -> Named | None:
    """The state of the first city that the head of an article says something is in."""
    found = _city().search(cast.segments.text, 0, _REACH)
    return states().get(cities()[found.group(1)]) if found else None


def dateline(cast: Cast) -> Named | None:
    """The state of the capital in the dateline; None where there is no dateline or its town is no capital."""
    for match in _LINE.finditer(cast.segments.text, 0, _REACH):
        town = match.group(1)
        town = town.title() if town.isupper() else town
        if code := cities().get(town):
            return states().get(code)
        term = lexicon().exact.get(tokens(town))
        if term is not None and term.ref is not None and term.kind in ("capital", "state"):
            return states().get(term.ref.country or "")
    return None
