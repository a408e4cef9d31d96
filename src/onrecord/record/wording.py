"""Whether two wordings say the same: terms without inflection, synonyms as one, and what must not differ.

A wording is its terms in order, weighed by how much they say. Two wordings are alike where their terms agree, whatever
the order, since translation and indirect speech change it. Whatever the likeness, they are two claims where one denies
what the other says, where both have a figure, a day or a name that the other has not, or where one has the opposite of
a word of the other.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from rapidfuzz.distance import JaroWinkler

from onrecord.meaning import registers
from onrecord.record.terms import plain, stem

TermKind = Literal["word", "light", "name", "figure", "not"]

WEIGHTS: dict[TermKind, float] = {"word": 1.0, "light": 0.4, "name": 0.6, "figure": 0.8, "not": 0.6}
SYNONYM = 0.85  # what a synonym counts against the word itself
SPELLING = 0.85  # likeness from which two names are one name written in two ways
SCOPE = 2  # terms behind a "not" that it may deny
QUOTE = 4.0  # weight from which what stands before and behind the shared words is taken for the rest of a cut quote
WINDOW = 1.35  # how much longer than the shorter wording the piece of the longer may be that it is held against


@dataclass(frozen=True, slots=True)
class Term:
    """A word that says something. `key` is the same for synonyms, `stem` for forms of one word."""

    key: str
    stem: str
    kind: TermKind
    sentence: int = 0

    @property
    def weight(self) -> float:
        """How much the word says."""
        return WEIGHTS[self.kind]


Terms = tuple[Term, ...]
Pair = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two wordings are.

    `shared` weighs the terms they share, `plain` those of them that are neither names nor figures; `shorter` is the
    part of the shorter wording that is shared, `both` that of the two together; `put` is the part of the shorter that
    stands against other words in the longer. `clash` says what makes them two claims, or is empty.
    """

    shared: float
    plain: float
    shorter: float
    both: float
    put: float = 0.0
    clash: str = ""


_TOKEN = re.compile(r"[.!?;](?=[\s\"'“”’»)]*(?:\s|$))|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|%")
_ENDS = frozenset(".!?;")
_SHORT_NOT = re.compile(r"(?i)\b(?:(ca)n|(wo)n|(sha)n|(\w+)n)['’]t\b|\b(can)not\b")
_PREFIX = re.compile(r"(?i)\b(re|co|pre|anti|semi|multi|inter)[-‐‑](?=[^\W\d_])")
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s)")


@lru_cache(maxsize=4096)
def terms(words: str, country: str | None = None) -> Terms:
    """The terms of a wording. The name of the speaker's own `country` counts as "we" does: not at all."""
    return tuple(_terms(_tokens(words), country))


def _tokens(words: str) -> list[str]:
    spelled = _SHORT_NOT.sub(lambda m: f"{''.join(g for g in m.groups() if g)} not", words)
    return _TOKEN.findall(_PREFIX.sub(r"\1", _POSSESSIVE.sub("", spelled)))


def _terms(tokens: Sequence[str], country: str | None) -> Iterator[Term]:
    place = sentence = 0
    opening = True
    while place < len(tokens):
        if tokens[place] in _ENDS:
            place, sentence, opening = place + 1, sentence + 1, True
            continue
        length, named = _named(tokens, place)
        if named:
            if named != country:
                yield Term(named, named, "name", sentence)
        else:
            length, word = _phrase(tokens, place)
            for term in _kept_terms(word, opening):
                yield Term(term.key, term.stem, term.kind, sentence)
        place, opening = place + length, False


@lru_cache(maxsize=1 << 16)
def _kept_terms(token: str, opening: bool) -> Terms:
    return tuple(_word_terms(token, opening=opening))


def _word_terms(token: str, *, opening: bool) -> Iterator[Term]:
    book = _book()
    word = token.casefold()
    word = book.irregular.get(word, word)
    if not word or word in book.empty:
        return
    if word[0].isdigit() or word in book.figures:
        figure = book.figures.get(word) or _figure(word)
        yield Term(f"#{figure}", figure, "figure")
        return
    form = _stem(word)
    if form in book.negative:
        yield Term("not", "not", "not")
        word = book.negative[form]
        if not word:
            return
        form = _stem(word)
    if form in book.calendar:
        yield Term(form, form, "figure")
    elif token[:1].isupper() and not opening and form not in book.synonyms:
        yield Term(word, word, "name")
    else:
        yield Term(book.synonyms.get(form, form), form, "light" if form in book.light else "word")


def _figure(word: str) -> str:
    """`1,500` and `1500`, `2.0` and `2` are one."""
    bare = re.sub(r",(?=\d{3}(?!\d))", "", word).replace(",", ".")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare


def compare(first: Terms, other: Terms) -> Likeness:
    """How alike two wordings are; the longer may hold more than the shorter."""
    short, long = _by_weight(first, other)
    long = _window(short, long)
    pairs = _pair(short, long)
    if not pairs:
        return Likeness(0.0, 0.0, 0.0, 0.0)
    left = [p for p in range(len(short)) if p not in {a for a, _, _ in pairs}]
    shared = sum(worth for _, _, worth in pairs)
    piece = _within(short, long, pairs) if shared >= QUOTE else range(len(long))
    added = [p for p in piece if p not in {b for _, b, _ in pairs}]
    left, added = _less_given_names(short, left), _less_given_names(long, added)
    said = sum(worth for a, _, worth in pairs if short[a].kind not in ("name", "figure"))
    missing, more = _weight(short[p] for p in left), _weight(long[p] for p in added)
    # Synonyms count less than the words themselves, on both sides.
    own = shared + missing + sum(short[a].weight - worth for a, _, worth in pairs)
    both = shared + more + sum(long[b].weight - worth for _, b, worth in pairs)
    clash = _clash(short, long, pairs, [short[p] for p in left], [long[p] for p in added])
    return Likeness(shared, said, shared / own, 2 * shared / (own + both), min(missing, more) / own, clash)


def _within(short: Terms, long: Terms, pairs: Sequence[Pair]) -> range:
    """The piece of `long` that answers to `short`: where an end of `short` is in it, it ends there, or at a "not"."""
    ends, places = {a for a, _, _ in pairs}, [b for _, b, _ in pairs]
    first = min(places)
    before = (p for p in range(max(0, first - SCOPE), first) if long[p].kind == "not")
    start = next((p for p in before if long[p].sentence == long[first].sentence), first) if 0 in ends else 0
    return range(start, max(places) + 1 if len(short) - 1 in ends else len(long))


def _less_given_names(of: Terms, places: Sequence[int]) -> list[int]:
    """Without names before or behind a name that both have: the rest of it."""
    left = set(places)

    def full(place: int) -> bool:
        near = [p for p in (place - 1, place + 1) if 0 <= p < len(of) and p not in left]
        return of[place].kind == "name" and of[place].key.islower() and any(_personal(of[p]) for p in near)

    return [place for place in places if not full(place)]


def _personal(term: Term) -> bool:
    return term.kind == "name" and term.key.islower()


def _by_weight(first: Terms, other: Terms) -> tuple[Terms, Terms]:
    return (first, other) if _weight(first) < _weight(other) else (other, first)


def _weight(of: Iterable[Term]) -> float:
    return sum(term.weight for term in of)


def _window(short: Terms, long: Terms) -> Terms:
    """The piece of `long` that shares most with `short`, the first of several."""
    room = _weight(short) * WINDOW + 1.0
    if _weight(long) < room:
        return long
    wanted = Counter(term.key for term in short)
    names = [term.key for term in short if term.kind == "name"]
    have: Counter[str] = Counter()
    start, weight, shared, best = 0, 0.0, 0.0, (0.0, 0, 0)
    keys = [_spelled(term, names) for term in long]
    for end, term in enumerate(long):
        have[keys[end]] += 1
        weight += term.weight
        shared += term.weight if have[keys[end]] <= wanted[keys[end]] else 0.0
        while weight > room:
            dropped = long[start]
            shared -= dropped.weight if have[keys[start]] <= wanted[keys[start]] else 0.0
            have[keys[start]] -= 1
            weight -= dropped.weight
            start += 1
        if shared > best[0] + 1e-9:
            best = (shared, start, end + 1)
    return long[best[1] : best[2]]


def _spelled(term: Term, names: Sequence[str]) -> str:
    if term.kind != "name":
        return term.key
    return next((name for name in names if _one_name(name, term.key)), term.key)


def _one_name(first: str, other: str) -> bool:
    if first == other:
        return True
    return min(len(first), len(other)) > 4 and JaroWinkler.normalized_similarity(first, other) >= SPELLING + 0.05


def _pair(short: Terms, long: Terms) -> list[Pair]:
    """Places of terms that stand for one another, with what each pair is worth."""
    rest, left = list(range(len(short))), list(range(len(long)))
    pairs: list[Pair] = []
    for worth, alike in ((1.0, _same_stem), (SYNONYM, _same_key), (1.0, _same_name)):
        waiting, rest = rest, []
        for place in waiting:
            other = next((p for p in left if alike(short[place], long[p])), None)
            if other is None:
                rest.append(place)
            else:
                left.remove(other)
                pairs.append((place, other, worth * min(short[place].weight, long[other].weight)))
    return pairs


def _same_stem(first: Term, other: Term) -> bool:
    return first.stem == other.stem


def _same_key(first: Term, other: Term) -> bool:
    return first.key == other.key


def _same_name(first: Term, other: Term) -> bool:
    return "name" in (first.kind, other.kind) and _one_name(first.key, other.key)


def _clash(short: Terms, long: Terms, pairs: Sequence[Pair], left: Sequence[Term], added: Sequence[Term]) -> str:
    if _denied(short, long, pairs):
        return "denied"
    for kind in ("figure", "name"):
        if any(term.kind == kind for term in left) and any(term.kind == kind for term in added):
            return kind
    opposites = _book().opposites
    if any(frozenset((a.key, b.key)) in opposites for a in left for b in added):
        return "opposite"
    return "order" if _turned(short, long, pairs) else ""


def _denied(short: Terms, long: Terms, pairs: Sequence[Pair]) -> bool:
    """Whether one denies more often than the other, and denies a term that the other does not."""
    nots = sum(term.kind == "not" for term in short), sum(long[p].kind == "not" for p in _within(short, long, pairs))
    open_terms = [(a, b) for a, b, _ in pairs if short[a].kind != "not"]
    return nots[0] != nots[1] and any(_in_scope(short, a) != _in_scope(long, b) for a, b in open_terms)


def _in_scope(of: Terms, place: int) -> bool:
    before = of[max(0, place - SCOPE) : place]
    return any(term.kind == "not" and term.sentence == of[place].sentence for term in before)


def _turned(short: Terms, long: Terms, pairs: Sequence[Pair]) -> bool:
    """Whether two names have changed places: who does what to whom."""
    names = [(a, b) for a, b, _ in pairs if short[a].kind == long[b].kind == "name"]
    if len(names) != 2:
        return False
    (first, one), (second, two) = names
    return (first < second) != (one < two)


@dataclass(frozen=True, slots=True)
class _Book:
    empty: frozenset[str]
    light: frozenset[str]
    negative: dict[str, str]
    synonyms: dict[str, str]
    opposites: frozenset[frozenset[str]]
    figures: dict[str, str]
    irregular: dict[str, str]
    calendar: frozenset[str]
    phrases: dict[tuple[str, ...], str]
    places: dict[tuple[str, ...], str]
    longest_phrase: dict[str, int]
    longest_place: dict[str, int]


@cache
def _book() -> _Book:
    data: dict[str, Any] = tomllib.loads(files("onrecord.record").joinpath("registers/wording.toml").read_text("utf-8"))
    synonyms: dict[str, str] = {}
    for group in data["synonyms"]["groups"]:
        name = f"={_stem(group.split()[0])}"
        for word in group.split():
            synonyms.setdefault(_stem(word), name)
    phrases = {tuple(_TOKEN.findall(phrase)): word for phrase, word in data["phrases"].items()}
    places = dict(_places())
    pairs = [[_stem(word) for word in pair.split()] for pair in data["opposites"]["pairs"]]
    return _Book(
        empty=frozenset(data["empty"]["words"].split()),
        light=frozenset(map(_stem, data["light"]["words"].split())),
        negative={_stem(word): other for word, other in data["negative"].items()},
        synonyms=synonyms,
        opposites=frozenset(frozenset(synonyms.get(word, word) for word in pair) for pair in pairs),
        figures=data["numbers"],
        irregular=data["irregular"],
        calendar=frozenset(map(_stem, data["calendar"]["words"].split())),
        phrases=phrases,
        places=places,
        longest_phrase=_longest(phrases),
        longest_place=_longest(places),
    )


def _places() -> Iterator[tuple[tuple[str, ...], str]]:
    """States, their people, capitals and seats of government, and organisations: one name for each."""
    for run, term in registers.lexicon().exact.items():
        if term.ref is not None and term.kind in ("state", "dem", "people", "capital", "seat", "org"):
            tokens = tuple(_TOKEN.findall(" ".join(run)))
            if tokens:
                yield tokens, term.ref.country if term.ref.country and term.kind != "org" else term.ref.name


def _named(tokens: Sequence[str], place: int) -> tuple[int, str | None]:
    """How many words from `place` on name a state or organisation, and its one name."""
    book = _book()
    for length in range(book.longest_place.get(tokens[place], 0), 0, -1):
        if named := book.places.get(tuple(tokens[place : place + length])):
            return length, named
    return 0, None


def _phrase(tokens: Sequence[str], place: int) -> tuple[int, str]:
    """How many words from `place` on stand for one, and that word; for most it is the word itself."""
    book = _book()
    for length in range(book.longest_phrase.get(tokens[place].lower(), 0), 1, -1):
        word = book.phrases.get(tuple(token.lower() for token in tokens[place : place + length]))
        if word is not None:
            return length, word
    return 1, tokens[place]


def _longest(runs: Iterable[tuple[str, ...]]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for run in runs:
        longest[run[0]] = max(longest.get(run[0], 0), len(run))
    return longest


def _stem(word: str) -> str:
    return stem(plain(word) or word)
