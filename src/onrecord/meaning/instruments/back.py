"""Instruments taken up again: "the treaty" after New START was named, not after another treaty came between.

Everything an article speaks of as an agreement is kept in order: instruments by name, and rivals, such as "a bilateral
deal signed in December" or "the ceasefire agreement", that take the noun over without being in the register.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.meaning.context import Context
from onrecord.meaning.instruments.names import Naming, codes
from onrecord.meaning.registers.instruments import instruments, nouns_of, vocabulary
from onrecord.types import Span

_WORD = re.compile(r"[^\W_](?:[\w’'‐‑-]|\.(?=\w))*")
_DEFINITE = frozenset(("the", "this", "that", "these", "said"))
_INDEFINITE = frozenset(("a", "an", "another"))
_PREDICATE = re.compile(
    r"\b(?:is|was|are|were|be|been|being|it|as|such|called|’s|'s|not)\s+(?:[\w-]+ly\s+|quite\s+|never\s+)?$"
)
_AFTER = re.compile(
    r"[”\"’']?\s+(?:(?P<with>between|with|among)|(?P<on>on|over|about|of|concerning|regarding|to end|to stop)"
    r"|(?:being\s+|already\s+)?(?P<act>reached|signed|struck|concluded|brokered|sealed|negotiated|agreed))\b"
)
_WHEN = re.compile(r"\s+(?:the\s+)?(?:\d|[A-Z][a-z]+day\b|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
# "the 12-nation deal", "the ten-year treaty" is the one just named.
_COUNTED = re.compile(r"[\w]+[-‐‑](?:nation|country|member|state|party|page|year|point|power|way|side|sided|lateral)")
# Conventions of parties are no instruments, and an article that has one calls it "the convention".
_PARTIES = re.compile(
    r"\b(?:national|republican|democratic|party|gop|contested|brokered|constitutional)\s+convention\b", re.I
)
# A noun alone loses its hold; measured in sentences.
_REACH = 25
# A headline may say "the corridor" before the text says which; measured in sentences.
_OPENING = 2


@dataclass(frozen=True, slots=True)
class _Referent:
    """Something called an agreement. `exact` are its own nouns, `loose` those that may stand for them."""

    naming: Naming | None
    exact: frozenset[str]
    loose: frozenset[str]
    sentence: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase with such a noun: its determiner, what stands between, the noun."""

    span: Span
    determiner: str
    modifiers: tuple[str, ...]
    noun: str


def taken_up(context: Context, named: list[Naming]) -> list[Naming]:
    """Namings for "the treaty", "this accord", "the Initiative", in order."""
    if not named:
        return []
    found: list[Naming] = []
    heard: list[_Referent] = []
    ahead = iter(sorted(named, key=lambda n: n.span))
    following = next(ahead, None)
    opening = _referent(context, following) if following else None
    for phrase in _phrases(context, [n.span for n in named]):
        while following and following.span.start < phrase.span.start:
            heard.append(_referent(context, following))
            following = next(ahead, None)
        naming = _read(context, phrase, heard, opening)
        if naming:
            found.append(naming)
    return found


def _foretold(context: Context, phrase: _Phrase, opening: _Referent | None) -> _Referent | None:
    """The first instrument named, for a phrase of a headline shortly before it with its very noun."""
    if opening is None or phrase.noun not in opening.exact:
        return None
    sentence = context.cast.sentence(phrase.span.start)
    headline = sentence == 0 or any(heading.covers(phrase.span) for heading in context.segments.headings)
    return opening if headline and opening.sentence - sentence <= _OPENING else None


def _read(context: Context, phrase: _Phrase, heard: list[_Referent], opening: _Referent | None) -> Naming | None:
    """What a phrase means; one that means something else is heard as a rival."""
    sentence = context.cast.sentence(phrase.span.start)
    meant = _antecedent(phrase.noun, heard, sentence) if heard else _foretold(context, phrase, opening)
    if phrase.determiner in _INDEFINITE:
        if _introduces(context, phrase, meant):
            heard.append(_rival(phrase.noun, sentence))
        return None
    if meant is None or meant.naming is None:
        return None
    if not _fits(context, phrase, meant.naming):
        heard.append(_rival(phrase.noun, sentence))
        return None
    heard.append(replace(meant, sentence=sentence))
    return Naming(name=meant.naming.name, span=phrase.span, entry=meant.naming.entry, head=phrase.noun)


def _antecedent(noun: str, heard: list[_Referent], sentence: int) -> _Referent | None:
    """The last thing of that very noun, else the last that the noun may stand for."""
    near = [r for r in reversed(heard) if sentence - r.sentence <= _REACH]
    exact = next((r for r in near if noun in r.exact), None)
    return exact or next((r for r in near if noun in r.loose), None)


def _referent(context: Context, naming: Naming) -> _Referent:
    words = frozenset(w.lower() for w in _WORD.findall(naming.span.of(context.text)))
    sentence = context.cast.sentence(naming.span.start)
    if naming.entry is None:
        own = words & _nouns()
        return _Referent(naming, own | {naming.head}, own | {naming.head}, sentence)
    form = nouns_of(naming.entry.form)
    own = (words & _nouns()) | {naming.entry.form} | set(naming.entry.nouns)
    return _Referent(naming, frozenset(own), form | own, sentence)


def _rival(noun: str, sentence: int) -> _Referent:
    loose = nouns_of("deal") if noun in nouns_of("deal") else frozenset((noun,))
    return _Referent(None, frozenset((noun,)), loose, sentence)


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    """Every noun by which the register's instruments can be taken up."""
    return frozenset(vocabulary("taken_up")).union(
        *(nouns_of(entry.form) for entry in instruments()), *(entry.nouns for entry in instruments())
    )


@lru_cache(maxsize=1)
def _noun() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_nouns(), key=len, reverse=True))})\b(?![-‐‑])", re.IGNORECASE)


def _phrases(context: Context, taken: list[Span]) -> Iterator[_Phrase]:
    """Noun phrases with a determiner, outside the names."""
    text = context.text
    parties = bool(_PARTIES.search(text))
    for match in _noun().finditer(text):
        if parties and match.group().lower() == "convention":
            continue
        if any(span.start <= match.start() < span.end for span in taken):
            continue
        before = list(_WORD.finditer(text, max(0, match.start() - 60), match.start()))[-4:]
        phrase = _phrase(text, before, match)
        if phrase:
            yield phrase


def _phrase(text: str, before: list[re.Match[str]], noun: re.Match[str]) -> _Phrase | None:
    edge = noun.start()
    modifiers: list[str] = []
    for word in reversed(before):
        if text[word.end() : edge].strip(" \n\t“”\"‘’'"):
            return None
        low = word.group().lower()
        if low in _DEFINITE or low in _INDEFINITE:
            return _Phrase(Span(word.start(), noun.end()), low, tuple(modifiers), noun.group().lower())
        modifiers.insert(0, word.group())
        edge = word.start()
    return None


def _introduces(context: Context, phrase: _Phrase, meant: _Referent | None) -> bool:
    """Whether "a ... deal" brings up another one: not "it was a terrible deal"."""
    if _PREDICATE.search(context.text[max(0, phrase.span.start - 40) : phrase.span.start]):
        return False
    if meant is None or meant.naming is None:
        return True
    after = _AFTER.match(context.text, phrase.span.end)
    return bool(after) or any(m.lower() in vocabulary("subjects") for m in phrase.modifiers)


def _fits(context: Context, phrase: _Phrase, naming: Naming) -> bool:
    words = words_of(naming)
    return all(_modifier(m, words, naming) for m in phrase.modifiers) and _afterwards(context, phrase, words, naming)


@lru_cache(maxsize=512)
def _vocabulary_of(titles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w.lower() for title in titles for w in re.findall(r"[^\W_]+", title))


def words_of(naming: Naming) -> frozenset[str]:
    """The words of all its titles and issues, in small letters."""
    entry = naming.entry
    return _vocabulary_of((*entry.titles, *entry.article, *entry.sentence, *entry.issues) if entry else (naming.name,))


def _modifier(word: str, words: frozenset[str], naming: Naming) -> bool:
    low = word.lower()
    if low in vocabulary("plain") or _COUNTED.fullmatch(low):
        return True
    if low.isdigit():
        return _year_of(int(low), naming)
    parts = re.findall(r"[^\W_]+", low)
    if low in vocabulary("subjects"):
        return low in words or all(p in words for p in parts)
    return any(p in words for p in parts)


def _year_of(year: int, naming: Naming) -> bool:
    entry = naming.entry
    days = (entry.signed, entry.provisional, entry.in_force, *(a.day for a in entry.events)) if entry else ()
    return not days or any(day and day.year == year for day in days)


def _afterwards(context: Context, phrase: _Phrase, words: frozenset[str], naming: Naming) -> bool:
    """Whether what follows the noun ("with Pakistan", "on fishing", "signed in 1972") suits the instrument."""
    text, sentence = context.text, context.sentence(phrase.span.start)
    after = _AFTER.match(text, phrase.span.end)
    if not after or after.end() > sentence.end:
        return True
    rest = text[after.end() : min(sentence.end, after.end() + 50)]
    if after["with"]:
        sides = codes(context, after.end(), min(sentence.end, after.end() + 50))
        return bool(sides) and naming.entry is not None and sides <= set(naming.entry.parties)
    if after["act"]:
        # "the agreements reached at the summit" are those of the summit.
        return not phrase.noun.endswith("s") and all(_year_of(int(year), naming) for year in _YEAR.findall(rest))
    if _WHEN.match(rest):
        return all(_year_of(int(year), naming) for year in _YEAR.findall(rest)) or after["on"] == "on"
    ours = {w.lower() for w in _WORD.findall(rest)[:6]} - {"the", "of", "and", "a", "in", "its", "on", "to", "for"}
    return bool(ours & words)
