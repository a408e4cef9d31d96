"""A made-up record of any size, written straight into the tables of a SQLite file; see record_size.py."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Table, text

from onrecord.record import words
from onrecord.record.database import open_database
from onrecord.record.names import fold, keys, parse
from onrecord.types import Reading

FIRST_DAY, DAYS = date(2006, 1, 1), 20 * 365
WORDS, SPEAKERS, PUBLISHERS, INSTRUMENTS = 60_000, 20_000, 300, 200
BATCH = 400  # articles written at once
COMMITMENTS = ("commits", "ready", "conditional", "hopes", "demands", "warns", "doubts", "refuses", "none")
COUNTRIES = (
    *("USA", "RUS", "CHN", "GBR", "DEU", "FRA", "UKR", "EU", "UN", "IRN", "ISR", "TUR", "IND", "JPN", "NATO", "KOR"),
    *("PRK", "SAU", "POL", "ITA", "ESP", "BRA", "CAN", "AUS", "PAK", "EGY", "SYR", "IRQ", "AFG", "VEN", "MEX", "NGA"),
    *("ZAF", "SWE", "FIN", "NOR", "DNK", "NLD", "BEL", "CHE", "AUT", "CZE", "SVK", "HUN", "ROU", "BGR", "SRB", "GRC"),
    *("CYP", "LTU", "LVA", "EST", "BLR", "KAZ", "UZB", "ARM", "AZE", "GEO", "MDA", "QAT", "ARE", "JOR", "LBN", "YEM"),
    *("TUN", "DZA", "MAR", "SDN", "ETH", "KEN", "UGA", "AU", "ASEAN", "IAEA", "OSCE", "VNM", "THA", "IDN", "MYS"),
)
_ONSETS = (
    "b",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "z",
    "br",
    "dr",
    "gr",
    "kr",
    "pr",
    "st",
)
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_CODAS = ("", "", "", "n", "r", "s", "l", "t", "nd", "rk")


@dataclass(frozen=True, kw_only=True)
class Speaker:
    number: int
    name: str
    role: str
    country: str
    id: str


@dataclass(frozen=True, kw_only=True)
class Made:
    """What was made, and what to ask it about."""

    statements: int
    documents: int
    vocabulary: tuple[str, ...]
    weights: np.ndarray
    speakers: tuple[Speaker, ...]
    publishers: tuple[str, ...]
    issues: tuple[str, ...]
    phrases: tuple[str, ...]
    countries: tuple[str, ...] = tuple(COUNTRIES)

    def picker(self, rng: np.random.Generator) -> Picker:
        return Picker(self, rng)

    def share(self, word: str) -> float:
        """The share of statements of 25 words that hold the word."""
        return float(1 - (1 - self.weights[self.vocabulary.index(word)]) ** 25)

    def word_in(self, share: float) -> str:
        """The word that is in about this share of the statements."""
        wanted = 1 - (1 - share) ** (1 / 25)
        return self.vocabulary[int(np.argmin(abs(self.weights - wanted)))]

    def article(self, number: int) -> Reading:
        """A new article of 15 statements, as the reader gives it."""
        from tests.record import samples

        return samples.article(number, statements=15)


@dataclass(frozen=True)
class Picker:
    """Values to ask about: frequent ones more often."""

    made: Made
    rng: np.random.Generator

    def word(self, least: float, most: float) -> str:
        """A word whose share of all words lies between the two, each as likely."""
        fit = np.flatnonzero((self.made.weights >= least) & (self.made.weights <= most))
        return self.made.vocabulary[int(self.rng.choice(fit))]

    def phrase(self) -> str:
        return str(self.rng.choice(self.made.phrases))

    def country(self) -> str:
        return self.made.countries[self._rank(len(self.made.countries))]

    def issue(self) -> str:
        return self.made.issues[self._rank(len(self.made.issues))]

    def publisher(self) -> str:
        return self.made.publishers[self._rank(PUBLISHERS)]

    def speaker(self) -> str:
        return self.made.speakers[self._rank(len(self.made.speakers))].name

    def day(self) -> date:
        return FIRST_DAY + timedelta(days=int(self.rng.integers(DAYS)))

    def _rank(self, count: int) -> int:
        return draw(self.rng, count, 1)[0]


def zipf(count: int, power: float = 1.0) -> np.ndarray:
    weights = 1 / np.arange(1, count + 1) ** power
    return weights / weights.sum()


def invented(rng: np.random.Generator, count: int) -> list[str]:
    """So many different words that can be pronounced; the frequent ones are short."""
    chance = random.Random(int(rng.integers(1 << 30)))
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = 1 + (len(found) > 60) + (len(found) > 3000) + (chance.random() < 0.3)
        parts = (chance.choice(_ONSETS) + chance.choice(_NUCLEI) + chance.choice(_CODAS) for _ in range(syllables))
        found["".join(parts)] = None
    return list(found)


def _speakers(rng: np.random.Generator, names: Sequence[str], count: int) -> Iterator[Speaker]:
    homes = rng.choice(len(COUNTRIES), count, p=zipf(len(COUNTRIES)))
    for number in range(count):
        given, family = names[number % 997 + 100].title(), names[(number * 7919) % 30011 + 2000].title()
        country = COUNTRIES[homes[number]]
        yield Speaker(
            number=number + 1,
            name=f"{given} {family}",
            role=("Foreign Minister of ", "Spokesperson of ", "President of ")[number % 3] + country,
            country=country,
            id=f"p:{given.lower()}-{family.lower()}",
        )


class Maker:
    """Draws articles and writes them."""

    def __init__(self, connection: Connection, statements: int) -> None:
        self.connection = connection
        self.rng = rng = np.random.default_rng(20_060_101)
        self.vocabulary = invented(rng, WORDS)
        self.weights = zipf(WORDS)
        self.speakers = list(_speakers(rng, self.vocabulary, min(SPEAKERS, statements // 10)))
        self.publishers = [f"{self.vocabulary[n + 300].title()} News" for n in range(PUBLISHERS)]
        self.instruments = [f"{self.vocabulary[n + 700].title()} Treaty" for n in range(INSTRUMENTS)]
        from onrecord.record.vocabulary import issues

        self.issues = list(issues())
        self.phrases: list[str] = []
        self.wanted = statements
        self.statements = self.documents = 0

    def write(self) -> None:
        self._people()
        while self.statements < self.wanted:
            self._batch(BATCH)
            self.connection.commit()  # or else the log grows as long as the record, and slow to look into

    def _insert(self, table: Table | str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(columns.split()))
            name = table if isinstance(table, str) else table.name
            self.connection.exec_driver_sql(
                f"INSERT INTO {name} ({', '.join(columns.split())}) VALUES ({marks})", list(rows)
            )

    def _people(self) -> None:
        self._insert("runs", "key version model settings started", [(1, "0", "made", "made", "2026-01-01")])
        self._insert(
            "entities",
            "key id name type country",
            [(s.number, f"e{s.number:08x}", s.name, "person", s.country) for s in self.speakers],
        )
        self._insert(
            "entity_names", "entity_key name folded", [(s.number, s.name, fold(s.name)) for s in self.speakers]
        )
        sounds = {(key, s.number) for s in self.speakers for key in keys(parse(s.name))}
        self._insert("entity_keys", "folded entity_key", sorted(sounds))

    def _batch(self, count: int) -> None:
        rng = self.rng
        # The later years are fuller; articles come in the order of their days, but for one in ten of the archive.
        days = np.sort((DAYS * rng.random(self._articles()) ** 0.6).astype(int)) if not self.documents else None
        if days is not None:
            late = rng.random(len(days)) < 0.1
            days[late] = rng.permutation(days[late])
            self._days = days
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        indexed: list[tuple[int, str, str]] = []
        sizes = np.clip(rng.poisson(15, count), 1, None)
        for size in sizes:
            indexed += self._article(int(size))
        for name, columns in _COLUMNS.items():
            self._insert(name, columns, self._rows.get(name, []))
        words.index(self.connection, indexed)

    def _articles(self) -> int:
        return self.wanted // 14 + 2 * BATCH

    def _add(self, table: str, *row: Any) -> None:
        self._rows.setdefault(table, []).append(row)

    def _article(self, size: int) -> Iterator[tuple[int, str, str]]:
        rng = self.rng
        self.documents += 1
        document, day = self.documents, FIRST_DAY + timedelta(days=int(self._days[self.documents - 1]))
        present = self._present()
        lengths = np.clip(rng.normal(25, 9, size).astype(int), 4, 80)
        drawn = draw(rng, WORDS, int(lengths.sum()) + 12 * size)
        text_, at = "", 0
        made = []
        for length in lengths:
            said = [self.vocabulary[n] for n in drawn[at : at + length]]
            told = [self.vocabulary[n] for n in drawn[at + length : at + length + 12]]
            at += length + 12
            content = " ".join(said)
            speaker = present[int(rng.integers(len(present)))] if rng.random() > 0.12 else None
            source = speaker.name if speaker else "an official"
            start = len(text_)
            text_ += f"{source} said that {content}. {' '.join(told)}.\n"
            made.append((start, source, content, speaker))
            if len(self.phrases) < 5000 and rng.random() < 0.02:
                place = int(rng.integers(length - 2))
                self.phrases.append(" ".join(said[place : place + 3]))
        self._document(document, day, text_)
        spoke = {s.id: s for *_, s in made if s}
        for s in spoke.values():
            self._add(
                "identities", document, s.id, s.number, "same", "made up", s.name, s.role, s.country, day.isoformat()
            )
        for ordinal, (start, source, content, speaker) in enumerate(made):
            self.statements += 1
            self._statement(document, ordinal, day, start, source, content, speaker)
            yield self.statements, content, f"{speaker.name} {speaker.role}" if speaker else source

    def _present(self) -> list[Speaker]:
        return [self.speakers[n] for n in draw(self.rng, len(self.speakers), 4)]

    def _document(self, key: int, day: date, text_: str) -> None:
        id_ = hashlib.sha256(f"{key}".encode()).hexdigest()
        publisher = self.publishers[draw(self.rng, PUBLISHERS, 1)[0]]
        url = f"https://news.example/{key}"
        self._add("stories", key, id_)
        self._add("documents", key, id_, text_, "en", len(text_.split()), key, "2026-01-01")
        self._add("appearances", id_, key, True, url, publisher, f"Report {key}", day.isoformat())
        self._add("readings", key, key, 1, True, "2026-01-01", "2026-01-01")

    def _statement(
        self, document: int, ordinal: int, day: date, start: int, source: str, content: str, speaker: Speaker | None
    ) -> None:
        rng, key = self.rng, self.statements
        chance = rng.random(10)
        begin = start + len(source) + 6
        country = speaker.country if speaker else None
        stance = ("supports", "opposes", "neutral")[int(chance[0] * 3)] if chance[1] < 0.45 else None
        self._add(
            *(
                "statements",
                key,
                "s" + hashlib.md5(f"{key}".encode()).hexdigest()[:24],
                document,
                document,
                ordinal,
                True,
            ),
            *("direct" if chance[2] < 0.3 else "indirect", begin, begin + 5 + len(content), 0.9, day.isoformat()),
            *(speaker.id if speaker else "u:official", speaker.name if speaker else None),
            *(speaker.role if speaker else source, country, "person" if speaker else "unnamed", "name", 0.9),
            *(speaker.number if speaker else None, self._utterance(key, chance[3])),
            *(stance, COMMITMENTS[int(chance[4] * 9)] if stance else None),
        )
        self._add("spans", key, "source", 0, 0, start, start + len(source))
        self._add("spans", key, "cue", 0, 0, start + len(source) + 1, start + len(source) + 5)
        self._add("spans", key, "content", 0, 0, begin, begin + 5 + len(content))
        named = set(draw(rng, len(self.issues), int(chance[8] > 0.15) + int(chance[8] > 0.85)))
        for place, issue in enumerate(sorted(named)):
            self._add("issues", key, place, self.issues[issue], 0.8, True, stance, day.isoformat())
        others = set(draw(rng, len(COUNTRIES), int(chance[9] > 0.4) + int(chance[9] > 0.9)))
        for place, other in enumerate(sorted(others)):
            if COUNTRIES[other] != country:
                self._add("counterparts", key, place, COUNTRIES[other])
        if chance[5] < 0.05:
            name = self.instruments[draw(rng, INSTRUMENTS, 1)[0]]
            self._add("instruments", document, key, 0, name, begin, begin + 8)
        if chance[6] < 0.04:
            self._add("conditions", key, 0, "condition", begin + 5, begin + 12)
        if chance[7] < 0.04:
            due = day + timedelta(days=int(rng.exponential(200)))
            again = chance[7] < 0.002  # one in twenty comes round again
            days = (None, None) if again else (due.isoformat(), (due + timedelta(days=1)).isoformat())
            self._add(
                *("deadlines", document, key, 0, begin + 5, begin + 12, "due", *days),
                *("scheduled", "P2Y" if again else None, "text"),
            )

    def _utterance(self, key: int, chance: float) -> int | None:
        """One statement in ten carries the utterance of an earlier one."""
        if chance < 0.1:
            self._add("utterances", key, f"u{key}")
            self._last = key
            return key
        return getattr(self, "_last", None) if chance < 0.2 else None


_CUMULATED: dict[int, np.ndarray] = {}


def draw(rng: np.random.Generator, kinds: int, count: int) -> list[int]:
    """`count` numbers below `kinds`, by Zipf's law. Generator.choice would sum the weights up every time."""
    if kinds not in _CUMULATED:
        _CUMULATED[kinds] = np.cumsum(zipf(kinds))
    return np.minimum(np.searchsorted(_CUMULATED[kinds], rng.random(count)), kinds - 1).tolist()  # type: ignore[no-any-return]


_COLUMNS = {
    "stories": "key id",
    "documents": "key id text language words story_key added_at",
    "appearances": "id document_key first url publisher title published",
    "readings": "key document_key run_key current started ended",
    "identities": "document_key speaker_id entity_key rule reason name role country day",
    "utterances": "key id",
    "statements": "key id reading_key document_key ordinal shown kind start_char end_char score day speaker_id"
    " speaker_name speaker_role speaker_country speaker_type speaker_how speaker_score entity_key utterance_key"
    " stance commitment",
    "spans": "statement_key part owner ordinal start_char end_char",
    "issues": "statement_key ordinal issue score shown stance day",
    "counterparts": "statement_key ordinal country",
    "instruments": "reading_key statement_key ordinal name start_char end_char",
    "conditions": "statement_key ordinal kind start_char end_char",
    "deadlines": "reading_key statement_key ordinal start_char end_char what due_from due_to kind repeats source",
}


def make(path: Path, statements: int) -> Made:
    """Make the record at `path`, or take the one that stands there (made with the same figures)."""
    there = path.exists()
    engine = open_database(path, write=True)
    with engine.connect() as connection:
        maker = Maker(connection, statements)
        if there:
            maker.statements, maker.documents = connection.execute(
                text("SELECT max(key), max(document_key) FROM statements")
            ).one()
            maker.phrases = _phrases(connection)
        else:
            maker.write()
    engine.dispose()
    return Made(
        statements=maker.statements,
        documents=maker.documents,
        vocabulary=tuple(maker.vocabulary),
        weights=maker.weights,
        speakers=tuple(maker.speakers),
        publishers=tuple(maker.publishers),
        issues=tuple(maker.issues),
        phrases=tuple(maker.phrases),
    )


def _phrases(connection: Connection) -> list[str]:
    """Three words in a row out of some of the statements."""
    rows: Iterable[Any] = connection.execute(text("SELECT text FROM documents WHERE key % 40 = 0 LIMIT 3000"))
    return [" ".join(row.text.split(" said that ")[1].split()[1:4]) for row in rows]
