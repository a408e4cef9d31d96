"""Facts about states, organisations, outlets, offices and persons, kept as TOML beside this file.

Every register names its source. `lexicon()` turns them into one table of phrases for the lexer; it is built once per
process, on first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from onrecord import facts

TermKind = Literal[
    "state", "dem", "people", "capital", "seat", "part", "org", "outlet", "office", "hon", "body", "portfolio", "rank",
    "drop", "doc", "party",
]  # fmt: skip

# Abbreviations with inner points, possessives, words with inner hyphens or apostrophes, figures, single symbols.
TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Ms|Mrs|Dr|Sens?|Reps?|Gov|Gen|Col|Capt|Adm|Lt|Sgt|Maj|Brig|Amb|Prof|Rev|Pres|Atty|St|Jr|Sr|No|[A-Z])\.(?!\w)"
    r"|['’]s\b|[^\W_]+(?:(?:[-‐‑]|['’](?!s\b))[^\W_]+)*(?:/[A-Z]+\b)?|\+|[^\w\s]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A state, organisation or outlet. `name` carries its article; `country` is the code it speaks for, if any."""

    name: str
    country: str | None
    kind: Literal["state", "part", "organisation", "body", "party", "private", "outlet"]

    @property
    def bare(self) -> str:
        """The name without its article."""
        return self.name.removeprefix("the ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What a phrase means: its kind, the thing named, and for an office its canonical words (`key`) and class."""

    kind: TermKind
    ref: Named | None = None
    key: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person of the register; `terms` are (from, to), `to` None while in office."""

    name: str
    gender: str
    country: str
    office: str | None
    surnames: tuple[str, ...]
    variants: tuple[str, ...]
    terms: tuple[tuple[date, date | None], ...]

    def current(self, day: date | None) -> bool:
        """Whether the register knows this person as one of the news on `day`."""
        return day is None or any(start <= day and (end is None or day <= end) for start, end in self.terms)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`exact` is keyed by tokens as written, `folded` by tokens in lower case; `longest` by first token."""

    exact: dict[tuple[str, ...], Term]
    folded: dict[tuple[str, ...], Term]
    longest: dict[str, int]


def load(name: str) -> dict[str, Any]:
    """The register `name` as TOML tables, with what the user adds to it."""
    return facts.load(name)


def tokens(phrase: str) -> tuple[str, ...]:
    """A phrase cut the way the lexer cuts text."""
    return tuple(TOKEN.findall(phrase))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """All phrases of the registers, ready for the lexer."""
    book = Lexicon({}, {}, {})
    for phrase, term in [*_offices(), *_parties(), *_states(), *_organisations(), *_outlets()]:
        folded = term.kind in ("office", "body", "portfolio", "rank", "drop", "doc")
        cut = tokens(phrase.lower() if folded else phrase)
        (book.folded if folded else book.exact).setdefault(cut, term)
        for first in {cut[0], cut[0].lower()}:
            book.longest[first] = max(book.longest.get(first, 0), len(cut))
    return book


def _offices() -> Iterable[tuple[str, Term]]:
    data = load("offices")
    for short, key in data["abbreviations"].items():
        group = head_group(key.removesuffix("s")) or "official"
        yield from ((s, Term(kind="hon", key=key, group=group)) for s in (short, short.removesuffix(".")) if len(s) > 2)
    yield from ((word, Term(kind="hon", key=gender and f"={gender}")) for word, gender in data["honorifics"].items())
    for group, heads in data["heads"].items():
        yield from ((head, Term(kind="office", key=head, group=group)) for head in heads)
        yield from ((plural(head), Term(kind="office", key=head, group=group)) for head in heads)
    yield from ((noun, Term(kind="body", key=noun)) for noun in data["bodies"]["nouns"])
    yield from ((noun, Term(kind="doc", key=noun)) for noun in data["documents"]["nouns"])
    yield from ((word, Term(kind="portfolio", key=spelled)) for word, spelled in data["portfolios"].items())
    yield from ((word, Term(kind="rank", key=word)) for word in data["modifiers"]["rank"])
    yield from ((word, Term(kind="drop", key=word)) for word in data["modifiers"]["drop"])


def _parties() -> Iterable[tuple[str, Term]]:
    usa = {
        word: Named(name=word, country="USA", kind="party") for word in ("Republican", "Democratic", "Democrat", "GOP")
    }
    yield from ((word, Term(kind="party", ref=ref)) for word, ref in usa.items())


def _states() -> Iterable[tuple[str, Term]]:
    data = load("states")
    bodies = {alias for body in load("organisations")["body"] for alias in [body["name"], *body.get("aliases", [])]}
    for row in data["state"]:
        ref = Named(name=row["name"], country=row["iso3"], kind="state")
        for name in {ref.bare, row["official"], *row.get("aliases", [])}:
            yield name, Term(kind="state", ref=ref)
        for key, kind in (("adjectives", "dem"), ("people", "people"), ("capitals", "capital"), ("seats", "seat")):
            for word in row.get(key, []):
                if word not in bodies:
                    yield word, Term(kind=kind, ref=ref)  # type: ignore[arg-type]
    for row in data["part"]:
        ref = Named(name=row["name"], country=row["state"], kind="part")
        for word in [row["name"], *row.get("aliases", []), *row.get("adjectives", [])]:
            yield word, Term(kind="part", ref=ref)


def _organisations() -> Iterable[tuple[str, Term]]:
    for kind, rows in load("organisations").items():
        for row in rows:
            ref = Named(name=row["name"], country=row.get("country"), kind=kind)  # type: ignore[arg-type]
            for name in {ref.bare, *row.get("aliases", [])}:
                yield name, Term(kind="org", ref=ref)


def _outlets() -> Iterable[tuple[str, Term]]:
    for rows in load("outlets").values():
        for names in rows:
            ref = Named(name=names[0], country=None, kind="outlet")
            yield from ((name, Term(kind="outlet", ref=ref)) for name in names)


def plural(noun: str) -> str:
    """The regular plural of a head noun (of the last word; `man` -> `men`)."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("person"):
        return noun[:-6] + "people"
    if noun.endswith("y") and noun[-2] not in "aeou":
        return noun[:-1] + "ies"
    if noun.endswith("general") and " " in noun:
        return noun.replace(" general", "s general")
    return noun if noun.endswith("s") else noun + "s"


@lru_cache(maxsize=512)
def head_group(head: str) -> str | None:
    """The class of a head noun (`offices.toml`, `[heads]`)."""
    return next((group for group, heads in load_cached("offices")["heads"].items() if head in heads), None)


@lru_cache(maxsize=64)
def load_cached(name: str) -> dict[str, Any]:
    """`load`, kept."""
    return load(name)


@lru_cache(maxsize=32)
def words(name: str) -> frozenset[str]:
    """One list of `words.toml`."""
    return frozenset(load_cached("words")[name].split())


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given name -> "m" or "f"; names in both lists are left out."""
    data = load("given_names")
    women, men = set(data["f"].split()), set(data["m"].split())
    return {**dict.fromkeys(women - men, "f"), **dict.fromkeys(men - women, "m")}


@lru_cache(maxsize=1)
def gendered() -> dict[str, str]:
    """Word for a person -> "m" or "f"."""
    return {word: gender for gender, words in load_cached("offices")["gendered"].items() for word in words}


@lru_cache(maxsize=1)
def not_persons() -> frozenset[str]:
    """Words that no person's name has."""
    return frozenset(load_cached("offices")["not_persons"]["words"])


@lru_cache(maxsize=1)
def states() -> dict[str, Named]:
    """Code -> state."""
    return {row["iso3"]: Named(name=row["name"], country=row["iso3"], kind="state") for row in load("states")["state"]}


@lru_cache(maxsize=1)
def _holders() -> dict[str, tuple[Holder, ...]]:
    found: dict[str, list[Holder]] = {}
    for row in load("persons")["person"]:
        terms = tuple((date.fromisoformat(a), date.fromisoformat(b) if b else None) for a, b in row["terms"])
        holder = Holder(
            name=row["name"], gender=row["gender"], country=row["country"], office=row.get("office"),
            surnames=tuple(row["surnames"]), variants=tuple(row.get("variants", [])), terms=terms,
        )  # fmt: skip
        for key in {holder.name, *holder.surnames, *holder.variants}:
            found.setdefault(key.casefold(), []).append(holder)
    return {key: tuple(rows) for key, rows in found.items()}


def holder(name: str, day: date | None) -> Holder | None:
    """The one person known by `name` (surname or full name) on `day`; None if nobody or more than one.

    Without a day it is the office held last; None for one who spoke for a state and for an organisation.
    """
    rows = _holders().get(name.casefold(), ())
    known = [row for row in rows if row.current(day)]
    if len({row.name for row in known}) != 1 or (day is None and len({row.country for row in known}) != 1):
        return None
    return known[-1] if day else max(known, key=lambda row: row.terms[-1][0])


def namesakes_of(name: str) -> tuple[Holder, ...]:
    """All entries for a full name or a surname, whoever is meant."""
    return _holders().get(name.casefold(), ())


def nominee(party: str, day: date | None) -> str | None:
    """Who stood for a party of the United States ("Republican", "Democratic", "GOP") for president on `day`."""
    short = "Republican" if party in ("GOP", "the Republican Party", "Republican") else "Democratic"
    rows = load_cached("persons")["nominee"] if day else []
    return next(
        (r["name"] for r in rows if r["party"] == short and r["from"] <= str(day) <= r["to"]),
        None,
    )


def holder_of(office: str, country: str, day: date | None) -> Holder | None:
    """The one holder of an office ("President", "Minister of Foreign Affairs") of a state on `day`."""
    if day is None:
        return None
    rows = {(row.name, row.terms): row for rows in _holders().values() for row in rows}
    known = [r for r in rows.values() if r.country == country and r.office == office and r.current(day)]
    return known[0] if len(known) == 1 else None
