"""`role-conflict`: somebody is given an office that, by the register of persons, was another's on that day.

Precision first. News tells of the past with the titles of the past ("Ukrainian President Petro Poroshenko signed the
law in 2015"), and Americans keep theirs for life. So an office counts only where it is claimed for the day of the
article: the state stands with it, the person named by it speaks or acts, and the day beside the verb is one of the
days around publication ("Ukrainian President Petro Poroshenko said on Monday"). And the register must know another
holder on that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.meaning.context import Context
from onrecord.meaning.registers import Named, load_cached, namesakes_of, states
from onrecord.meaning.registers.holders import Term, kept_until, terms_by, terms_of
from onrecord.meaning.speakers.lex import Token
from onrecord.types import Flag, Span

_MARGIN = 60  # days around a change of office in which titles lag behind
_AROUND = 10  # days between the article and a day that is its present
_TITLE, _NAME = 5, 5  # tokens that a title and a name have at most
_CLOSE = 40  # code points between the verb and its day
_OWNERS = ("dem", "state", "org")
# Office, state or organisation, and the title's first and last token.
_Title = tuple[str, Named, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """`Ukrainian President Petro Poroshenko`: an office of a state, and the name behind it."""

    office: str
    country: str
    owner: str
    name: str
    span: Span


def office_flags(context: Context) -> tuple[Flag, ...]:
    """Flags `role-conflict` for those who are given another's office, once a person, in order of place."""
    day = context.published
    if day is None or day > kept_until():
        return ()
    flags: dict[tuple[str, str], Flag] = {}
    for claim in _claims(context):
        rival = _rival(claim, day)
        if rival is not None and _is_present(context, claim, day):
            flags.setdefault((claim.name, claim.office), _flag(claim, rival, day))
    return tuple(flags.values())


def _claims(context: Context) -> Iterator[_Claim]:
    tokens = context.cast.tokens
    for i, token in enumerate(tokens):
        if token.kind != "office" or not token.upper or i + 1 >= len(tokens):
            continue
        title = _title(tokens, i) if tokens[i + 1].kind == "cap" else _title_of(tokens, i)
        if title is None:
            continue
        office, owner, start, last = title
        country = owner.country or ""
        name, end = _name(tokens, last + 1, country)
        if name and not (end + 1 < len(tokens) and tokens[end + 1].kind == "poss"):
            span = Span(tokens[start].start, tokens[end].end)
            yield _Claim(office=office, country=country, owner=_owner(owner), name=name, span=span)


def _title(tokens: Sequence[Token], i: int) -> _Title | None:
    """`Ukrainian President`, `Russia's Defence Minister`, ending at token `i`."""
    words, k = [tokens[i].text.lower()], i - 1
    if k >= 0 and tokens[k].kind == "portfolio":
        words.insert(0, tokens[k].text.lower())
        k -= 1
    office = _offices().get(" ".join(words))
    if k >= 0 and tokens[k].kind == "poss":
        k -= 1
    if office is None or k < 0 or tokens[k].kind not in _OWNERS:
        return None
    ref = tokens[k].ref
    if ref is None or ref.country is None or _qualified(tokens, k):
        return None
    return office, ref, k, i


def _title_of(tokens: Sequence[Token], i: int) -> _Title | None:
    """`President of Russia`, `Secretary-General of the United Nations`, with its head at token `i`."""
    office, k = _offices().get(tokens[i].text.lower()), i + 2
    if k < len(tokens) and tokens[k].text == "the":
        k += 1
    if office is None or k >= len(tokens) or tokens[i + 1].text != "of" or tokens[k].kind not in ("state", "org"):
        return None
    ref = tokens[k].ref
    return None if ref is None or ref.country is None or _qualified(tokens, i) else (office, ref, i, k)


def _owner(ref: Named) -> str:
    state = states().get(ref.country or "")
    return state.name if state else ref.name


def _qualified(tokens: Sequence[Token], k: int) -> bool:
    """Whether `former`, `then`, `acting` and the like stand before the title."""
    before = " ".join(token.text.lower() for token in tokens[max(0, k - 4) : k])
    return bool(_past().search(before))


@lru_cache(maxsize=1)
def _offices() -> dict[str, str]:
    """The titles that the register can tell, in lower case, and their offices."""
    return dict(load_cached("holders")["titles"])


@lru_cache(maxsize=1)
def _past() -> re.Pattern[str]:
    words = load_cached("holders")["past"]["words"]
    return re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, words)) + r")(?![\w])")


def _name(tokens: Sequence[Token], i: int, country: str) -> tuple[str, int]:
    """The name of the register that begins at token `i`, and its last token; a surname alone by the state."""
    end = i
    while end < len(tokens) and end < i + _NAME and tokens[end].kind in ("cap", "hon"):
        end += 1
    for stop in range(end, i, -1):
        words = " ".join(token.text for token in tokens[i:stop])
        names = {row.name for row in namesakes_of(words) if stop - i > 1 or row.country == country}
        if len(names) == 1 and (stop - i > 1 or stop == end):
            return names.pop(), stop - 1
    return "", i


def _rival(claim: _Claim, day: date) -> Term | None:
    """Who held the office on that day, where it was for certain another than the one named."""
    current = [term for term in terms_of(claim.office, claim.country) if term.covers(day)]
    if len(current) != 1 or current[0].name == claim.name or not current[0].covers(day, -_MARGIN):
        return None
    own = [term for term in terms_by(claim.name) if term.country == claim.country]
    if not own or any(term.office == claim.office and term.covers(day, _MARGIN) for term in own):
        return None
    held = any(term.office == claim.office for term in own)
    return current[0] if held or any(term.covers(day) for term in own) else None


def _is_present(context: Context, claim: _Claim, day: date) -> bool:
    """Whether the one named acts on a day around `day`: `... said on Monday`, `On Monday, ... said`."""
    text, sentence = context.text, context.sentence(claim.span.start)
    if context.cast.quoted(claim.span.start) or _narrates().search(sentence.of(text)):
        return False
    verb = _verb().match(text, claim.span.end, min(sentence.end, claim.span.end + _CLOSE))
    if verb is None:
        return False
    near = [found for found in context.dates if sentence.covers(found.span)]
    present = [
        each
        for each in near
        if each.start and each.grain in ("day", "time") and abs((each.start - day).days) <= _AROUND
    ]
    if len(present) != len(near):
        return False
    return any(
        (verb.end() <= each.span.start <= verb.end() + _CLOSE and _plain(text[verb.end() : each.span.start]))
        or (each.span.end <= claim.span.start and _plain(text[each.span.end : claim.span.start]))
        for each in present
    )


def _plain(between: str) -> bool:
    return not re.search(r"\b(?:that|when|where|which|who|if|after|before|since|while)\b|[\"“”:;]", between)


@lru_cache(maxsize=1)
def _verb() -> re.Pattern[str]:
    verbs = "|".join(load_cached("holders")["present"]["verbs"])
    return re.compile(rf",?\s+(?:also\s+|has\s+|had\s+|again\s+)?(?:{verbs})\b")


@lru_cache(maxsize=1)
def _narrates() -> re.Pattern[str]:
    words = load_cached("holders")["narrates"]["words"]
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w-])", re.I)


def _flag(claim: _Claim, rival: Term, day: date) -> Flag:
    own = [term for term in terms_by(claim.name) if term.office == claim.office and term.country == claim.country]
    message = f"On {day.day} {day:%B %Y} the {claim.office} of {claim.owner} was {rival.name}, not {claim.name}"
    if own and own[-1].end and own[-1].end < day:
        message += f" (until {own[-1].end.day} {own[-1].end:%B %Y})"
    return Flag(kind="role-conflict", span=claim.span, message=f"{message}.")
