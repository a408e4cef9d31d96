"""How far the title before a name and the apposition after it reach in running text."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from onrecord.meaning.registers import words
from onrecord.meaning.speakers.lex import SMALL, Token
from onrecord.meaning.speakers.phrases import PREPOSITIONS, name_runs

if TYPE_CHECKING:
    from onrecord.meaning.mentions import Cast

_TITLE = frozenset(
    (
        "dem",
        "state",
        "org",
        "part",
        "capital",
        "poss",
        "portfolio",
        "rank",
        "drop",
        "body",
        "party",
        "cap",
        "office",
        "hon",
        "seat",
    )
)
_EASY = words("easy")
_FIRST = frozenset(("the", "a", "an"))


def title_start(cast: Cast, a: int) -> int:
    """Index of the first token of the title before a name at `a`; `a` where there is none."""
    tokens = cast.tokens
    floor = max(0, a - 14)
    first = bisect_right(cast.token_starts, cast.sentence_span(tokens[a].start)[0] - 1)
    if 0 < first < len(tokens) and tokens[first - 1].kind == "dem" and tokens[first].start - tokens[first - 1].end == 1:
        first -= 1  # a headline run into the sentence, cut one word too late
    floor = max(floor, first)
    honorific = a
    while honorific > floor and tokens[honorific - 1].kind == "hon":
        honorific -= 1
    if floor < honorific < a and tokens[honorific - 1].text == ",":
        # "the Representative in Sudan, Dr Yusuf Berhane": the title stands before the comma
        start = _title_before(tokens, honorific, floor)
        return start if start < honorific else honorific
    return _title_before(tokens, a, floor)


def _title_before(tokens: list[Token], a: int, floor: int) -> int:
    k = a - 1
    if k >= floor and tokens[k].text == ",":
        k -= 1
    comma = k < a - 1
    while k >= floor and tokens[k].kind not in ("office", "hon"):
        inside = (
            tokens[k].kind in _TITLE
            or tokens[k].text.lower() in PREPOSITIONS
            or tokens[k].text.lower() in ("the", "and")
            or (tokens[k].text == "before" and comma)
            or (comma and tokens[k].text in ("(", ")"))
        )
        if not inside and not (comma and tokens[k].kind == "low" and tokens[k].text not in SMALL):
            return a
        k -= 1
    if k < floor:
        return a
    while k - 1 >= floor and tokens[k].text.lower() not in _FIRST and _extends(tokens, k - 1, floor):
        k -= 1
    return _whose(tokens, k, floor)


def _whose(tokens: list[Token], k: int, floor: int) -> int:
    """From `delegation` in `the head of the American delegation` to `head`."""
    back = k - 1
    if back >= floor and tokens[back].text == "the":
        back -= 1
    if back - 1 < floor or tokens[back].text != "of" or tokens[back - 1].kind != "office":
        return k
    back -= 1
    while back - 1 >= floor and tokens[back - 1].kind in ("rank", "drop", "office", "dem"):
        back -= 1
    return back


def _extends(tokens: list[Token], k: int, floor: int) -> bool:
    token = tokens[k]
    if token.kind in ("body", "cap") and tokens[k + 1].kind == "dem":
        return False  # a headline run in: `the closed embassies Venezuelan Foreign Minister ...`
    if token.kind in _TITLE or token.text.lower() in _EASY:
        return True
    if token.kind != "low" or token.text in SMALL:
        return token.text.lower() in ("a", "an")
    ahead = [t for t in tokens[max(floor, k - 3) : k]]
    return any(t.kind in ("poss", "dem") for t in ahead) and all(t.kind != "punct" for t in ahead)


def apposition_end(cast: Cast, b: int) -> int:
    """Index after the apposition, affiliation or relative clause that follows a name ending at `b`."""
    tokens = cast.tokens
    if b >= len(tokens):
        return b
    end = cast.sentence_span(tokens[b - 1].start)[1]
    k = b
    if tokens[k].text == "(":
        while k < min(len(tokens), b + 8) and tokens[k].text != ")":
            k += 1
        k += 1
    if k < len(tokens) and tokens[k].text in ("of", "from", "at"):
        stop = k + 1
        while (
            stop < len(tokens)
            and stop < k + 9
            and (tokens[stop].kind in _TITLE or tokens[stop].text in ("the", "of", "for", "group", "on"))
        ):
            stop += 1
        return stop if tokens[k].text == "of" else b
    if k >= len(tokens) or tokens[k].text not in (",", "who", "–", "—", "-"):
        return b
    stop = k + 1
    while (
        stop < len(tokens)
        and stop < k + 22
        and tokens[stop].start < end
        and tokens[stop].text not in (",", ".", ";", ":", "”", '"')
    ):
        stop += 1
    inner = tokens[k + 1 : stop]
    if _another_person(inner):
        return b
    telling = tokens[k].text == "who" or any(t.kind in ("office", "hon") or t.text == "who" for t in inner[:9])
    verb = any(
        t.text in ("said", "says", "told", "added", "was", "is", "were", "has", "had", "will", "would")
        for t in inner[:3]
    )
    return stop if telling and not (verb and tokens[k].text == ",") else b


def _another_person(inner: list[Token]) -> bool:
    """Whether a title leads to a name of its own: Anna Berg, President of Chile Luis Rojas and ..."""
    for start, end in name_runs(inner):
        before = inner[:start]
        if end - start > 1 and before and before[-1].kind in ("state", "dem", "office", "portfolio", "rank", "hon"):
            return all(token.text not in ("for", "to", "who") for token in before)
    return False
