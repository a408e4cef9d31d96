"""The words of a statement in their base form, and whose act a verb tells of: the speaker's own side or another's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from onrecord.meaning.context import Context
from onrecord.meaning.positions.phrases import base, irregular
from onrecord.meaning.registers import load_cached
from onrecord.meaning.speakers.lex import Token
from onrecord.types import Span, Spans

Side = Literal["own", "other", "thing"]
_CONTRACTED = {"won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not"),
               "ain't": ("be", "not")}  # fmt: skip
_TAILS = {"n't": "not", "'ll": "will", "'re": "be", "'ve": "have", "'d": "would", "'m": "be"}
_PLACES = frozenset(("state", "dem", "people", "capital", "seat", "part", "org"))


@dataclass(slots=True)
class Word:
    """A word of a statement: its base form, its token and the piece of the statement (0 the first) it stands in."""

    base: str
    token: Token
    piece: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.token.start, self.token.end)


def read_words(tokens: Sequence[Token], piece: int = 0) -> list[Word]:
    """Tokens in their base form; contractions are taken apart."""
    found: list[Word] = []
    for token in tokens:
        low = token.text.lower().replace("’", "'")
        if low == "'s":
            low = "be" if found and found[-1].base in listed("before_is") else low
        if found and found[-1].base == "would" and _had(found[-1].token, low):
            found[-1].base = "have"
        found.extend(Word(part, token, piece) for part in _parts(low))
    return found


def _had(before: Token, word: str) -> bool:
    """Whether "she'd" means "she had": a participle follows."""
    participle = word.endswith(("ed", "en")) or word in irregular()
    return participle and before.text[-2:].lower() in ("'d", "’d")


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[str, ...]:
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    for tail, spelled in _TAILS.items():
        if word.endswith(tail) and len(word) > len(tail):
            return (*_parts(word.removesuffix(tail)), spelled)
    return (base(word).replace(" ", "_"),)


def spans_of(words: Sequence[Word], first: int, last: int) -> Spans:
    """The places of some words: one span for each piece they stand in."""
    found: list[Span] = []
    for word, before in zip(words[first:last], [None, *words[first : last - 1]], strict=True):
        if before is not None and before.piece == word.piece:
            found[-1] = Span(found[-1].start, max(found[-1].end, word.token.end))
        else:
            found.append(word.span)
    return tuple(found)


@lru_cache(maxsize=64)
def listed(name: str) -> frozenset[str]:
    """One list of words of the register of positions."""
    return frozenset(load_cached("positions")["words"][name].split())


@dataclass(slots=True)
class Sides:
    """Tells the speaker's own side from others in one statement."""

    context: Context
    index: int

    def subject(self, words: Sequence[Word], at: int) -> Side:
        """Whose act the verb at `words[at]` is, by the first that the clause before it names."""
        clause = _clause(words, at)
        pronoun = next((w for w in reversed(clause) if w.base in listed("nominative")), None)
        if pronoun is not None:
            return self._pronoun(pronoun)
        if not clause:
            relative = at > 1 and words[at - 1].base in ("that", "which", "who")
            return "other" if relative else "thing"
        sides = [side for word in clause if (side := self._named(word))]
        return sides[0] if sides else "thing"

    def _pronoun(self, word: Word) -> Side:
        if word.base in ("i", "we"):
            return "own"
        quoted = self.context.cast.quoted(word.token.start)
        if word.base == "you":
            return "other"
        if quoted or (word.base == "it" and self.context.speakers[self.index].type == "person"):
            return "thing"
        if word.base in ("he", "she"):
            return "other" if self._gender() == ("f" if word.base == "he" else "m") else "own"
        return "own" if word.base == "it" or self._many() else "other"

    def _gender(self) -> str:
        speaker = self.context.speakers[self.index]
        if speaker.type != "person" or not speaker.name:
            return ""
        person = self.context.cast.named(speaker.name, len(self.context.text))
        return person.gender if person else ""

    def _many(self) -> bool:
        speaker = self.context.speakers[self.index]
        return speaker.type != "person" or " and " in (speaker.name or "")

    def _named(self, word: Word) -> Side | None:
        if word.base in listed("possessive"):
            return "own" if word.base in ("my", "our") or not self.context.cast.quoted(word.token.start) else "other"
        if word.token.kind == "party":
            return "other"
        ref = word.token.ref
        if ref is not None and word.token.kind in _PLACES:
            country = self._country()
            return "own" if ref.country == country or (country is None and self.official) else "other"
        if person := self._person(word):
            return person
        if word.base in listed("own_bodies") and self.official:
            return "own"
        return "own" if word.base in listed("own_offices") and self._speaks_for() else None

    def _person(self, word: Word) -> Side | None:
        person = _named_at(self.context, word.token.start)
        if person is None:
            return None
        speaker = self.context.speakers[self.index]
        if speaker.name and set(person.lower().split()) & set(speaker.name.lower().split()):
            return "own"
        return "own" if self._speaks_for() else "other"

    def _speaks_for(self) -> bool:
        speaker = self.context.speakers[self.index]
        role = (speaker.role or "").lower()
        return self.official and (speaker.type != "person" or any(part in role for part in listed("speaks_for")))

    @property
    def official(self) -> bool:
        """Whether the speaker speaks for a state or organisation, by its code or its role."""
        speaker = self.context.speakers[self.index]
        if speaker.country is not None or speaker.type in ("state", "document") or self._we():
            return True
        words = f"{speaker.role or ''} {'' if speaker.type == 'person' else speaker.name or ''}".lower()
        return any(part in words for part in listed("official"))

    def _country(self) -> str | None:
        return self.context.speakers[self.index].country

    def _we(self) -> bool:
        """Whether the source is the writers of a document themselves."""
        source = self.context.attributions[self.index].source
        return source is not None and source.of(self.context.text).lower() in ("we", "i")


def _named_at(context: Context, at: int) -> str | None:
    """The person whose name begins at a position."""
    mentions = context.cast.mentions
    index = bisect_left(mentions, at, key=lambda mention: mention.start)
    return mentions[index].person.name if index < len(mentions) and mentions[index].start == at else None


def _clause(words: Sequence[Word], at: int) -> list[Word]:
    ends = listed("clause_ends") | listed("telling")
    found: list[Word] = []
    for word in reversed(words[max(0, at - 20) : at]):
        if word.base in ends or (word.base == "," and any(w.token.kind not in ("punct", "num") for w in found)):
            break
        found.append(word)
    return found[::-1]
