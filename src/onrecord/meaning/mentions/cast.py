"""Persons, states and organisations mentioned in the working text, found by rules (no statistical model).

A person is a run of capitalised words that no register explains, with the title before it ("Russian Deputy Energy
Minister Viktor Larionov") or the apposition after it ("Ratna Wibisono, Indonesia's chief climate negotiator").
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

from onrecord.meaning.mentions.titles import apposition_end, title_start
from onrecord.meaning.registers import Named, given_names, holder, not_persons
from onrecord.meaning.speakers.lex import Token, lex
from onrecord.meaning.speakers.phrases import PREPOSITIONS, Phrase, body_of, name_runs, person_like, read_phrase
from onrecord.types import Segments, Span

_CAPITALS = re.compile(r"\b[^\W\d_]{4,}\b(?<=[A-Z]{2})")
_PARTY = re.compile(r"\(?[RDI]-[A-Z]")


@dataclass(slots=True, kw_only=True)
class Person:
    """One person of an article, by all that the article says of them."""

    name: str
    mention: Span
    role: str | None = None
    country: str | None = None
    gender: str = ""
    head: str = ""
    group: str = ""
    owner: Named | None = None
    closed: bool = False
    at: int = 0
    sure: bool = False
    count: int = 0

    @property
    def famous(self) -> bool:
        """Whether the register knows the name: of two of a family the surname alone means this one."""
        return holder(self.name, None) is not None

    @property
    def keys(self) -> list[str]:
        """Words of the name, folded."""
        return fold(self.name).split()


@dataclass(slots=True, kw_only=True)
class Mention:
    """Where a person is named. `subject`: first person of the sentence, no preposition or possessive at it."""

    person: Person
    start: int
    end: int
    subject: bool
    quoted: bool


@dataclass(slots=True, kw_only=True)
class Place:
    """A state or organisation at a place of the text; `noun` is false for adjectives ("Turkish")."""

    named: Named
    start: int
    end: int
    noun: bool


@dataclass(slots=True)
class Cast:
    """Everyone and everything named in an article, in order."""

    segments: Segments
    tokens: list[Token] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    by_key: dict[str, list[Person]] = field(default_factory=dict)
    sentence_starts: list[int] = field(default_factory=list)
    quote_starts: list[int] = field(default_factory=list)
    token_starts: list[int] = field(default_factory=list)

    def sentence(self, at: int) -> int:
        """Index of the sentence at a position."""
        return max(0, bisect_right(self.sentence_starts, at) - 1)

    def sentence_span(self, at: int) -> tuple[int, int]:
        """Bounds of the sentence at a position (the whole text where there is none)."""
        if not self.segments.sentences:
            return 0, len(self.segments.text)
        span = self.segments.sentences[self.sentence(at)]
        return span.start, max(span.end, at)

    def quoted(self, at: int) -> bool:
        """Whether a position lies inside a quotation."""
        i = bisect_right(self.quote_starts, at) - 1
        return i >= 0 and at < self.segments.quotes[i].end

    def between(self, start: int, end: int) -> list[Token]:
        """Tokens that begin in a range."""
        return self.tokens[bisect_right(self.token_starts, start - 1) : bisect_right(self.token_starts, end - 1)]

    def add(self, person: Person) -> Person:
        """The person, or the one already known by that full name, with what is new added."""
        for known in self.by_key.get(person.keys[-1], []) if person.keys else []:
            if _same(known, person):
                _merge(known, person)
                return known
        self.persons.append(person)
        for key in dict.fromkeys(person.keys):
            self.by_key.setdefault(key, []).append(person)
        return person

    def named(self, name: str, before: int, gender: str = "") -> Person | None:
        """The person meant by a surname: the last named before a place, or else the first after it."""
        keys = fold(name).split()
        if not keys:
            return None
        if len(keys) == 1 and keys[0] not in self.by_key and "al-" + keys[0] in self.by_key:
            keys = ["al-" + keys[0]]  # Yahya al-Marwani is Marwani too
        found = [
            p for p in self.by_key.get(keys[-1], []) if set(keys) <= set(p.keys) and gender in ("", p.gender or gender)
        ]
        last = [p for p in found if p.keys[-1] == keys[-1]] or [p for p in found if p.keys[0] == keys[0]] or found
        earlier = [p for p in last if p.at <= before] or last[:1]
        best = max(earlier, key=lambda p: (p.sure, p.famous, p.count, p.at)) if earlier else None
        return self._just_met(earlier, before) or best if best and len(earlier) > 1 and not best.famous else best

    def _just_met(self, persons: list[Person], before: int) -> Person | None:
        """Of several of one surname the only one named in full in this sentence or the two before."""
        here = self.sentence(before)
        near = {
            id(m.person): m.person
            for m in self.mentions
            if m.start <= before and here - self.sentence(m.start) <= 2 and " " in self.segments.text[m.start : m.end]
        }
        met = [p for p in persons if id(p) in near]
        return met[0] if len(met) == 1 else None


def fold(name: str) -> str:
    """A name without accents, points and case, for comparison."""
    plain = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("Ø", "O").replace("ł", "l"))
    return " ".join(re.sub(r"[^\w\s-]", "", "".join(c for c in plain if not unicodedata.combining(c))).lower().split())


def _same(a: Person, b: Person) -> bool:
    x, y = a.keys, b.keys
    if len(y) == 1 or len(x) == 1:
        return x == y
    return x[-1] == y[-1] and (x[0] == y[0] or set(x) <= set(y) or set(y) <= set(x))


def _merge(known: Person, new: Person) -> None:
    if len(new.name) > len(known.name) and len(new.keys) > len(known.keys):
        known.name, known.mention = new.name, new.mention
    known.gender = known.gender or new.gender
    known.sure = known.sure or new.sure
    richer = new.role and (not known.role or (new.owner and not known.owner) or (new.country and not known.country))
    if richer and not (known.role and known.country and new.country not in (None, known.country)):
        known.role, known.head, known.group, known.owner = new.role, new.head, new.group, new.owner
        known.closed = new.closed
        known.country, known.at = new.country or known.country, new.at
    known.country = known.country or new.country


def find_cast(segments: Segments) -> Cast:
    """All persons, states and organisations of the working text. About ten microseconds a word."""
    cast = Cast(segments)
    cast.tokens = lex(segments.text)
    cast.token_starts = [t.start for t in cast.tokens]
    cast.sentence_starts = [s.start for s in segments.sentences]
    cast.quote_starts = [q.start for q in segments.quotes]
    cast.places = _places(cast.tokens)
    starts = {s.start for s in (*segments.sentences, *segments.paragraphs)}
    lower = {t.text for t in cast.tokens if t.kind == "low"}
    runs = [r for run in name_runs(cast.tokens) for r in _split(cast.tokens, run, starts, lower)]
    later: list[tuple[int, int]] = []
    for run in runs:
        if run[1] - run[0] > 1 and person_like(cast.tokens, run):
            _full_name(cast, run)
        else:
            later.append(run)
    for run in later:
        _surname(cast, run)
    cast.mentions.sort(key=lambda m: m.start)
    taken = {t.start for m in cast.mentions for t in cast.between(m.start, m.end)}
    cast.places = [p for p in cast.places if p.start not in taken]  # Jim Jordan is not the state
    _subjects(cast)
    return cast


def _split(tokens: list[Token], run: tuple[int, int], starts: set[int], lower: set[str]) -> list[tuple[int, int]]:
    a, b = run
    cuts = [a, *[i for i in range(a + 1, b) if tokens[i].start in starts], b]
    out = []
    for x, y in itertools.pairwise(cuts):
        first = tokens[x]
        if y - x == 2 and first.text in ("M.", "M"):
            x, first = x + 1, tokens[x + 1]  # Monsieur
        common = first.text.lower() in lower and first.text not in given_names()
        if first.start in starts and y - x > 1 and common:
            x += 1
        while (
            y - x > 2
            and tokens[x].text in not_persons()
            and any(tokens[k].text in given_names() for k in range(x + 1, y - 1))
        ):
            x += 1
        while y - x > 2 and _no_name(tokens[y - 1].text, lower):
            y -= 1
        while y - x > 2 and tokens[x].text not in given_names() and holder(_words(tokens, x + 1, y), None):
            x += 1
        out.append((x, y))
    return out


def _no_name(word: str, lower: set[str]) -> bool:
    """A capitalised word of a headline ("Hillary Clinton Goes After Trump") that the text has in small letters too."""
    return word.lower() in lower or word in ("Goes", "Says", "Calls", "Wins", "Warns", "Vows", "Gets", "Will", "Slams")


def _words(tokens: list[Token], x: int, y: int) -> str:
    return " ".join(t.text for t in tokens[x:y])


def _places(tokens: list[Token]) -> list[Place]:
    places = []
    for i, token in enumerate(tokens):
        if not token.ref or token.kind in ("outlet", "party"):
            continue
        after = i + 1
        while after < len(tokens) and after < i + 3 and tokens[after].kind == "poss":
            after += 1
        named = body_of(token.ref, tokens[after : after + 5]) if token.kind in ("dem", "state") else None
        noun = token.kind not in ("dem", "people") and not (after < len(tokens) and token.kind == "part")
        places.append(
            Place(named=named[0] if named else token.ref, start=token.start, end=token.end, noun=noun or bool(named))
        )
    return places


def _full_name(cast: Cast, run: tuple[int, int]) -> None:
    tokens = cast.tokens
    lo, hi = title_start(cast, run[0]), apposition_end(cast, run[1])
    phrase = read_phrase(tokens[lo:hi])
    if phrase.name != (run[0] - lo, run[1] - lo):
        phrase = Phrase(tokens=tokens[run[0] : run[1]], name=(0, run[1] - run[0]))
        phrase.gender = given_names().get(tokens[run[0]].text, "")
    known = tokens[run[0]].text in given_names()
    if not (known or phrase.role or run[1] - run[0] == 2):
        return
    person = person_of(phrase, tokens[lo].start)
    if not person:
        return
    person.sure = known or bool(phrase.head)
    if hi < len(tokens) and _PARTY.match(cast.segments.text[tokens[run[1] - 1].end :].lstrip()[:4]):
        person.country = person.country or "USA"
    person = cast.add(person)
    person.count += 1
    _mention(cast, person, run)


def person_of(phrase: Phrase, at: int) -> Person | None:
    """A person from a phrase with a name."""
    if not phrase.name:
        return None
    first, last = phrase.tokens[phrase.name[0]], phrase.tokens[phrase.name[1] - 1]
    name, role = phrase.words, phrase.role.rstrip(" ,") if phrase.role else None
    if name.isupper() and " " in name and not phrase.affiliated:  # the label of a transcript
        name = name.title()
        role = _CAPITALS.sub(lambda m: m.group().capitalize(), role) if role else None
    return Person(
        name=name,
        mention=Span(first.start, last.end),
        role=role,
        country=phrase.country,
        gender=phrase.gender,
        head=phrase.head,
        group=phrase.group,
        owner=phrase.owner,
        closed=phrase.closed,
        at=at,
    )


def _surname(cast: Cast, run: tuple[int, int]) -> None:
    words = _words(cast.tokens, *run)
    if words in not_persons():
        return
    title = cast.tokens[run[0] - 1].key if run[0] else ""
    person = cast.named(words, cast.tokens[run[0]].start, title[1:] if title in ("=m", "=f") else "")
    if person:
        if not person.gender and run[0] and cast.tokens[run[0] - 1].key in ("=m", "=f"):
            person.gender = cast.tokens[run[0] - 1].key[1:]
        _mention(cast, person, run)


def _mention(cast: Cast, person: Person, run: tuple[int, int]) -> None:
    start, end = cast.tokens[run[0]].start, cast.tokens[run[1] - 1].end
    after = cast.tokens[run[1]] if run[1] < len(cast.tokens) else None
    k = run[0] - 1
    while k >= 0 and (
        cast.tokens[k].kind in ("office", "hon", "dem", "state", "portfolio", "rank", "drop", "org", "party")
        or cast.tokens[k].text.lower() in ("the", "a", "an")
    ):
        k -= 1
    before = (
        cast.tokens[k].text.lower() if k >= 0 and cast.sentence(cast.tokens[k].start) == cast.sentence(start) else ""
    )
    oblique = before in PREPOSITIONS or bool(after and after.kind == "poss") or before in ("than", "like", "and")
    cast.mentions.append(Mention(person=person, start=start, end=end, subject=not oblique, quoted=cast.quoted(start)))


def _subjects(cast: Cast) -> None:
    seen: set[int] = set()
    for mention in cast.mentions:
        sentence = cast.sentence(mention.start)
        if mention.subject and not mention.quoted and sentence not in seen:
            seen.add(sentence)
        else:
            mention.subject = False
