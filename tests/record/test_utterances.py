"""One utterance in several articles: joined across documents, and never where it is another claim."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from onrecord.record import utterances
from onrecord.record.tables import documents, statements
from onrecord.record.tables import entities as entities_table
from onrecord.record.tables import utterances as utterances_table
from onrecord.record.writer import Writer
from onrecord.types import Reading
from tests.record.samples import NEWER, PEOPLE, RUN, said
from tests.record.samples import reading as article

DAY = date(2026, 3, 3)
NAME, ROLE, COUNTRY = PEOPLE[0]
WORDS = "we will reopen the northern railway to grain trains before the harvest ends"
REWORDED = "that Norway would re-open the northern railway for trains with grain before the end of the harvest"
LONG = f"{WORDS}, and every station on the line will be rebuilt with loans that the customs union has promised"


def reading(words: str, number: int, *, after: int = 0, name: str | None = NAME, **rest: Any) -> Reading:
    """An article that carries `words`, with enough of its own that it is no copy of the others."""
    filler = " ".join(f"{word}{number}" for word in ("ports", "winter", "budget", "museum", "clinic", "radar") * 6)
    who: dict[str, Any] = {"role": ROLE, "country": COUNTRY} if name == NAME else {"role": "a senior official"}
    published = None if rest.pop("undated", False) else DAY + timedelta(days=after)
    run = rest.pop("run", RUN)
    other = said(PEOPLE[1][0], filler, role=PEOPLE[1][1], country=PEOPLE[1][2])
    return article(said(name, words, **who, **rest), other, title=f"Report {number}", published=published, run=run)


def groups(writer: Writer) -> list[list[int]]:
    """Documents by utterance, numbered from 0 as they were added."""
    with writer.engine.connect() as connection:
        rows = connection.execute(
            select(statements.c.utterance_key, statements.c.document_key)
            .where(statements.c.utterance_key.is_not(None))
            .order_by(statements.c.key)
        ).all()
        first = min(connection.scalars(select(documents.c.key)))
        kept = set(connection.scalars(select(utterances_table.c.key)))
    found: dict[int, list[int]] = {}
    for utterance, document in rows:
        found.setdefault(utterance, []).append(document - first)
    assert set(found) == kept
    return list(found.values())


def added(database: str, *readings: Reading) -> list[list[int]]:
    with Writer(database) as writer:
        for one in readings:
            writer.add([one])
        return groups(writer)


@pytest.mark.parametrize(
    ("other", "after"), [(WORDS, 0), (WORDS, 3), (REWORDED, 1), (LONG, 1), (WORDS.replace("before", "by when"), 0)]
)
def test_near_same_words_of_near_days_are_one_utterance(database: str, other: str, after: int) -> None:
    assert added(database, reading(WORDS, 1, direct=True), reading(other, 2, after=after)) == [[0, 1]]


@pytest.mark.parametrize(
    ("other", "rest"),
    [
        (WORDS, {"after": 9}),
        (WORDS, {"name": "Ilse Brandner"}),
        (WORDS, {"name": None}),
        (WORDS.replace("will", "will not"), {}),
        (WORDS.replace("grain", "steel"), {}),
        (WORDS.replace("reopen", "close"), {}),
        (WORDS.replace("northern railway", "road to Finland"), {}),
    ],
)
def test_another_claim_speaker_or_time_is_another_utterance(database: str, other: str, rest: dict[str, Any]) -> None:
    assert added(database, reading(WORDS, 1), reading(other, 2, **rest)) == []


def test_what_says_little_is_not_joined(database: str) -> None:
    assert added(database, reading("we are ready for talks", 1), reading("we are ready for talks", 2)) == []


def test_without_a_day_only_long_wordings_are_joined(database: str) -> None:
    short = "we will reopen the northern railway"
    assert added(database, reading(short, 1), reading(short, 2, undated=True), reading(short, 3, undated=True)) == []


def test_long_wordings_are_joined_without_a_day(database: str) -> None:
    assert added(database, reading(LONG, 1), reading(LONG, 2, undated=True), reading(LONG, 3, undated=True)) == [
        [0, 1, 2]
    ]


def test_unnamed_speakers_are_joined_within_a_story_alone(database: str) -> None:
    first = reading(WORDS, 1, name=None)
    copy = article(
        said(None, WORDS, role="a senior official"),
        said(PEOPLE[1][0], first.statements[1].attribution.content[0].of(first.document.text)[5:], role=PEOPLE[1][1]),
        title="Another heading",
        published=DAY,
    )
    found = added(database, first, copy, reading(WORDS, 2, name=None))
    assert [0, 1] in found and not any(2 in group for group in found)


def test_one_article_is_not_joined_with_itself(database: str) -> None:
    twice = article(said(NAME, WORDS, role=ROLE), said(NAME, LONG, role=ROLE), published=DAY)
    assert added(database, twice) == []


def test_a_wording_that_bridges_two_utterances_makes_them_one(database: str) -> None:
    one, other = f"{WORDS} with armed escorts", f"{WORDS} and carry tourists"
    readings = [reading(one, 1), reading(one, 2), reading(other, 3), reading(other, 4)]
    with Writer(database) as writer:
        for each in readings:
            writer.add([each])
        assert groups(writer) == [[0, 1], [2, 3]]
        with writer.engine.connect() as connection:
            oldest = min(connection.scalars(select(utterances_table.c.key)))
        writer.add([reading(WORDS, 5)])
        assert groups(writer) == [[0, 1, 2, 3, 4]]
        with writer.engine.connect() as connection:
            assert list(connection.scalars(select(utterances_table.c.key))) == [oldest]


def test_a_newer_reading_joins_the_same_utterance(database: str) -> None:
    with Writer(database) as writer:
        writer.add([reading(WORDS, 1), reading(REWORDED, 2)])
        writer.add([reading(WORDS, 1, run=NEWER)])
        assert groups(writer) == [[0, 1, 0]]
        with writer.engine.connect() as connection:
            newest = connection.scalar(
                select(statements.c.key).where(statements.c.shown).order_by(statements.c.key.desc())
            )
            key = connection.scalar(
                select(statements.c.key).where(statements.c.utterance_key.is_not(None), statements.c.shown)
            )
            assert newest is not None and key is not None
            shown = utterances.variants(connection, key)
            assert len(shown) == 2
            assert shown == _by_day(connection, shown)


def _by_day(connection: Connection, keys: list[int]) -> list[int]:
    rows = connection.execute(select(statements.c.day, statements.c.key).where(statements.c.key.in_(keys)))
    return [key for _, key in sorted((row.day, row.key) for row in rows)]


def test_what_a_person_rejected_is_no_variant(database: str) -> None:
    with Writer(database) as writer:
        writer.add([reading(WORDS, 1), reading(WORDS, 2)])
        with writer.engine.begin() as connection:
            first, other = connection.scalars(
                select(statements.c.key).where(statements.c.utterance_key.is_not(None)).order_by(statements.c.key)
            )
            assert utterances.variants(connection, first) == [first, other]
            connection.execute(update(statements).where(statements.c.key == other).values(shown=False))
            assert utterances.variants(connection, first) == [first]


def test_a_much_copied_utterance_stays_one(database: str) -> None:
    readings = [reading(f"{WORDS} for {number} weeks" if number % 2 else WORDS, number) for number in range(12)]
    assert sorted(map(len, added(database, *readings)))[-1] >= 6


def test_words_are_compared_anew_when_people_join_or_split_who_said_them(database: str) -> None:
    twin = "Olaf Brandvik"
    assert added(database, reading(WORDS, 0), reading(WORDS, 1, name=twin)) == []
    with Writer(database) as writer:
        entities = {name: ident for name, ident in _entities(writer)}
        writer.join(entities[twin], entities[NAME], by="mk", why="his name in office")
        assert groups(writer) == [[0, 1]]
        writer.split(entities[twin], by="mk", why="two persons after all")
        assert groups(writer) == []


def _entities(writer: Writer) -> list[tuple[str, str]]:
    with writer.engine.connect() as connection:
        return [(row.name, row.id) for row in connection.execute(select(entities_table.c.name, entities_table.c.id))]
