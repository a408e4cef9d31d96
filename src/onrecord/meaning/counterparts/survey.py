"""States and organisations named in an article, with how each is named: the material for counterparts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from onrecord.meaning.context import Context
from onrecord.meaning.mentions import Place
from onrecord.meaning.registers import load_cached, states
from onrecord.meaning.speakers.dateline import cities, dateline
from onrecord.meaning.speakers.lex import Token, lex
from onrecord.types import Span, Speaker

_LOOSE = ("part", "city", "continent")
How = Literal["noun", "adjective", "capital", "part", "person", "city", "organ", "continent"]
_HOW: dict[str, How] = {
    "state": "noun", "org": "noun", "seat": "noun", "dem": "adjective", "people": "noun", "capital": "capital",
    "part": "part",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A state or organisation named at a place of the text. `spot`: a place where something is ("in Vienna")."""

    code: str
    start: int
    end: int
    how: How
    spot: bool


@dataclass(slots=True, kw_only=True)
class Survey:
    """All namings of an article in order, how often each code is named, and which are named at its head."""

    namings: list[Naming]
    starts: list[int]
    counts: Counter[str]
    head: frozenset[str]
    spoken: Counter[str] = field(default_factory=Counter)
    home: str | None = None
    title: frozenset[str] = frozenset()
    sentences: int = 1
    by_speaker: dict[str, Counter[str]] = field(default_factory=dict)
    in_contents: Counter[str] = field(default_factory=Counter)
    orders: dict[frozenset[str], list[str]] = field(default_factory=dict)

    def within(self, start: int, end: int) -> list[Naming]:
        """Namings that begin in a range."""
        return self.namings[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def ranked(self, own: frozenset[str]) -> list[str]:
        """Codes but those of `own`, the most named first, organisations for half; the first named of equals first."""
        if own in self.orders:
            return self.orders[own]
        weight = {code: n if code in states() else n / 2 for code, n in self.counts.items() if code not in own}
        self.orders[own] = sorted(weight, key=lambda code: -weight[code])
        return self.orders[own]


def survey(context: Context) -> Survey:
    """Every naming of the working text; datelines and names of treaties and institutions name nobody."""
    found = [*_places(context), *_persons(context), *_cities(context)]
    found.sort(key=lambda naming: naming.start)
    found += _organs(context, found)
    found.sort(key=lambda naming: naming.start)
    counts = Counter(naming.code for naming in found if naming.how not in _LOOSE and not naming.spot)
    edge = _head_end(context)
    head = frozenset(n.code for n in found if n.start < edge and not n.spot and n.how != "part")
    spoken = Counter(speaker.country for speaker in context.speakers if speaker.country)
    result = Survey(namings=found, starts=[n.start for n in found], counts=counts, head=head, spoken=spoken)
    for row, speaker in zip(context.attributions, context.speakers, strict=True):
        codes = {n.code for s in row.content for n in result.within(s.start, s.end) if not n.spot}
        result.by_speaker.setdefault(speaker.id, Counter()).update(codes)
        result.in_contents.update(codes)
    line = dateline(context.cast)
    result.home = line.country if line else None
    if result.home is not None:
        counts[result.home] += 1
    result.title, result.sentences = _title(context, found), max(1, len(context.segments.sentences))
    return result


def _title(context: Context, found: list[Naming]) -> frozenset[str]:
    """Codes in the first line of the text."""
    end = context.text.find("\n", 1)
    return frozenset(n.code for n in found if n.start < end)


def _head_end(context: Context) -> int:
    """Where the head of an article ends: its title and its first paragraph of running text."""
    spans = context.segments.paragraphs
    return spans[min(1, len(spans) - 1)].end if spans else len(context.text)


def _places(context: Context) -> list[Naming]:
    cast, found = context.cast, []
    for place in cast.places:
        code = place.named.country
        at = bisect_left(cast.token_starts, place.start)
        if code is None or at >= len(cast.tokens) or place.named.kind in ("party", "private", "outlet"):
            continue
        kind = cast.tokens[at].kind
        if kind in ("capital", "dem", "state", "part") and _in_name(cast.tokens, at, kind):
            continue
        how = _HOW.get(kind, "noun")
        spot = kind == "capital" and _is_spot(context, cast.tokens, at)
        found.append(Naming(code=code, start=place.start, end=place.end, how=how, spot=spot))
    return found


def _in_name(tokens: list[Token], at: int, kind: str) -> bool:
    """`the Paris Agreement`, `Moscow State University`, `Bank of Japan`: part of a longer name."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    joined = after is not None and after.start - tokens[at].end == 1
    if kind == "capital" and joined and after is not None and (after.kind == "cap" or _named_after(after)):
        return True
    if joined and after is not None and after.text in words("waters"):
        return True
    if kind == "capital" and at > 1 and tokens[at - 1].text in ("of", "on") and tokens[at - 2].kind == "cap":
        return True
    return at > 1 and tokens[at - 1].text == "of" and tokens[at - 2].text in words("institutions")


def _named_after(token: Token) -> bool:
    return token.text.lower() in words("texts") and (token.upper or token.text.lower() not in words("loose"))


def _is_spot(context: Context, tokens: list[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    if before is not None and before.text.lower() in words("locative"):
        return True
    # A dateline: "VIENNA, Sept 8 -".
    return tokens[at].text.isupper() and len(tokens[at].text) > 3


def _organs(context: Context, named: list[Naming]) -> list[Naming]:
    """`The agency`, `the bloc`: the organisation of that noun named last before."""
    places = [p for p in context.cast.places if p.named.kind == "organisation" and p.named.country not in states()]
    if not places:
        return []
    found, taken, known = [], {n.start for n in named}, dict[str, list[Place]]()
    for before, token in pairwise(context.cast.tokens):
        noun = token.text.lower()
        if noun not in words("organs") or before.text.lower() not in ("the", "our", "this") or token.start in taken:
            continue
        if noun not in known:
            stems = _STEMS.get(noun, (noun[:6],))
            known[noun] = [p for p in places if any(stem in p.named.name.lower() for stem in stems)]
        last = bisect_left(known[noun], token.start, key=lambda place: place.start) - 1
        if last >= 0 and (code := known[noun][last].named.country):
            found.append(Naming(code=code, start=token.start, end=token.end, how="organ", spot=False))
    return found


_STEMS = {
    "bloc": ("union", "community", "association", "mercosur"),
    "organisation": ("organi",),
    "organization": ("organi",),
    "alliance": ("alliance", "atlantic"),
    "inspectors": ("atomic energy",),
    "watchdog": ("atomic energy",),
}


def _cities(context: Context) -> list[Naming]:
    """Towns that are no capitals: their states, as places ("the drone attacks on Odesa")."""
    known, found = cities(), []
    for token in context.cast.tokens:
        if token.text in ("Europe", "European", "Europeans") and token.kind == "cap":
            found.append(Naming(code="EU", start=token.start, end=token.end, how="continent", spot=False))
        elif token.kind == "cap" and (code := known.get(token.text)):
            found.append(Naming(code=code, start=token.start, end=token.end, how="city", spot=False))
    return found


def _persons(context: Context) -> list[Naming]:
    found = []
    for mention in context.cast.mentions:
        if mention.person.country:
            code = mention.person.country
            found.append(Naming(code=code, start=mention.start, end=mention.end, how="person", spot=False))
    return found


@lru_cache(maxsize=16)
def words(name: str) -> frozenset[str]:
    """One list of words of `counterparts.toml`."""
    return frozenset(load_cached("counterparts")["words"][name].split())


@lru_cache(maxsize=8)
def pattern(name: str) -> re.Pattern[str]:
    """One list of phrases of `counterparts.toml` as one expression."""
    return re.compile(r"\b(?:" + "|".join(load_cached("counterparts")["phrases"][name]) + r")\b", re.IGNORECASE)


_SEVERAL = re.compile(
    r"(?:the |both |two )*(?:sides|parties|ministers|foreign ministers|leaders|presidents|delegations|governments"
    r"|countries|heads of state|prime ministers|negotiators|interlocutors|diplomats)$",
    re.IGNORECASE,
)


def members(context: Context, found: Survey, speaker: Speaker) -> frozenset[str]:
    """Codes of the two or more that a joint source ("both sides", "the two ministers") joins; else none."""
    if speaker.name is None and speaker.country is None and _SEVERAL.match(speaker.role or ""):
        return frozenset(found.ranked(frozenset())[:2])
    if not speaker.name or " and " not in speaker.name:
        return frozenset()
    if not (speaker.id.startswith("j:") or speaker.type == "document"):
        return frozenset()
    codes = {t.ref.country for t in lex(speaker.name) if t.ref is not None and t.ref.country}
    known = {p.country for p in context.cast.persons if p.country and p.name in speaker.name}
    both = frozenset(codes) or frozenset(known)
    return both if len(both) > 1 else frozenset()


@lru_cache(maxsize=256)
def posted_to(role: str | None) -> str | None:
    """The state or organisation that an office is posted to: `Ambassador of Turkey to the United Kingdom`."""
    match = _POSTED.search(role or "")
    if match is None:
        return None
    tokens = lex(match.group(1))
    return next((t.ref.country for t in tokens if t.ref is not None and t.ref.country), None)


_POSTED = re.compile(
    r"(?:ambassador|envoy|representative|high commissioner|charg[eé] d.affaires|consul(?: general)?|negotiator"
    r"|attach[eé])\b[^,]*? (?:to|in|at|on|for) (.+)$",
    re.IGNORECASE,
)


def sentence_of(context: Context, index: int) -> Span:
    """From the first to the last sentence that an attribution touches."""
    row = context.attributions[index]
    spans = [*row.content, *row.cue, *([row.source] if row.source else [])]
    first, last = context.sentence(min(s.start for s in spans)), context.sentence(max(s.end for s in spans) - 1)
    return Span(first.start, max(first.end, last.end))
