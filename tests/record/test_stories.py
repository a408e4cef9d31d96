"""One story once: what is a copy, what is not, and how stories grow together."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, insert, select

from onrecord.record import stories
from onrecord.record.database import begin_writing, open_database
from onrecord.record.tables import documents, story_bands
from onrecord.record.tables import stories as stories_table

# Invented words, so that two texts made from different seeds share nothing.
SYLLABLES = ("ka", "lo", "mir", "ten", "sha", "vol", "pri", "dun", "eg", "or", "ba", "ul")


def prose(seed: int, words: int = 300) -> str:
    chance = random.Random(seed)
    made = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(words)]
    return ". ".join(" ".join(made[start : start + 12]).capitalize() for start in range(0, words, 12))


def changed(text: str, every: int) -> str:
    return " ".join("another" if place % every == every - 1 else word for place, word in enumerate(text.split()))


def cut(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: int(len(words) * share)])


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    engine = open_database(database, write=True)
    with engine.begin() as connection:
        begin_writing(connection)
        yield connection
    engine.dispose()


def put(connection: Connection, text: str) -> int:
    row = {"id": hashlib.sha256(text.encode()).hexdigest(), "text": text, "words": len(text.split()), "added_at": ""}
    key = connection.scalar(insert(documents).values(row).returning(documents.c.key))
    assert key is not None
    return stories.place(connection, key, text)


def stories_of(connection: Connection) -> list[int]:
    return list(connection.scalars(select(documents.c.story_key).order_by(documents.c.key)))


ORIGINAL = prose(1)
COPIES = {
    "light edit": changed(ORIGINAL, 25),
    "heavy edit": changed(ORIGINAL, 8),
    "trimmed": cut(ORIGINAL, 0.5),
    "trimmed short": cut(ORIGINAL, 0.25),
    "headline and paragraphs added": f"Wholly new heading\n\n{ORIGINAL}\n\n{prose(2, 150)}",
    "in capitals without marks": ORIGINAL.upper().replace(".", ""),
}


@pytest.mark.parametrize("kind", COPIES)
def test_a_copy_joins_the_story_of_its_original(connection: Connection, kind: str) -> None:
    first, other, copy = put(connection, ORIGINAL), put(connection, prose(3)), put(connection, COPIES[kind])
    assert copy == first != other
    score = connection.scalar(select(documents.c.story_score).where(documents.c.text == COPIES[kind]))
    assert score is not None and stories.CONTAINMENT <= score <= 1
    assert connection.scalar(select(documents.c.story_score).where(documents.c.text == ORIGINAL)) is None


@pytest.mark.parametrize(
    "other",
    [
        prose(4),
        f"{cut(ORIGINAL, 0.3)} {prose(5, 210)}",  # a shared background
        cut(ORIGINAL, 0.1),  # a line of it
        "",
        "?!",
    ],
)
def test_what_shares_little_is_another_story(connection: Connection, other: str) -> None:
    assert put(connection, ORIGINAL) != put(connection, other)


def form(head: str, state: str, day: str, field: str) -> str:
    return (
        f"The President congratulated {head} of {state} on {day}. The message reads: “Our nations have long been bound "
        f"by friendship and respect. I am sure that we shall develop our work in {field}, for the good of both peoples "
        f"and of security in the whole region. I wish you health and every success, and peace and well-being to all "
        f"citizens of {state}.” A meeting with {head} is being prepared."
    )


def test_one_form_filled_in_twice_is_two_stories(connection: Connection) -> None:
    first = form("King Orvald", "Lethania", "3 May", "trade")
    assert put(connection, first) != put(connection, form("Chairman Tibor Ansel", "Costa Brea", "9 June", "fisheries"))
    assert put(connection, first.replace("long been bound", "always been tied")) == stories_of(connection)[0]


def test_short_texts_must_be_nearly_the_same(connection: Connection) -> None:
    line = "The ministers meet at noon in the old town hall to sign the protocol on the railway bridge"
    first = put(connection, line)
    assert put(connection, line + ".") == first
    assert put(connection, "The ministers meet at noon in the old town hall") != first


def test_a_text_that_bridges_two_stories_makes_them_one_under_the_older_key(connection: Connection) -> None:
    words = prose(6).split()
    first, other = put(connection, " ".join(words[:190])), put(connection, " ".join(words[110:]))
    assert first != other
    between = put(connection, " ".join(words))
    assert between == first < other
    assert stories_of(connection) == [first] * 3
    assert connection.scalar(select(func.count()).select_from(stories_table)) == 1


def test_a_digest_of_two_articles_does_not_make_them_one(connection: Connection) -> None:
    first, other = put(connection, prose(7)), put(connection, prose(8))
    digest = put(connection, f"{prose(7)}\n\n{prose(8)}\n\nThat was the week.")
    assert first != other
    assert digest in (first, other)
    assert connection.scalar(select(func.count()).select_from(stories_table)) == 2


def test_placing_again_changes_nothing(connection: Connection) -> None:
    first = put(connection, ORIGINAL)
    bands = connection.scalar(select(func.count()).select_from(story_bands))
    key = connection.scalar(select(documents.c.key))
    assert key is not None
    assert stories.place(connection, key, ORIGINAL) == first
    assert connection.scalar(select(func.count()).select_from(story_bands)) == bands == stories.BANDS


def test_a_story_of_many_copies_stays_one_and_does_not_hide_another(connection: Connection) -> None:
    words = ORIGINAL.split()
    copies = [" ".join([*words[:place], "changed", *words[place + 1 :]]) for place in range(0, 120, 3)]
    assert len({put(connection, copy) for copy in copies}) == 1
    lone = put(connection, prose(9))
    assert put(connection, f"{prose(9)} {cut(ORIGINAL, 0.3)}") == lone


def test_the_story_is_named_after_its_first_text(connection: Connection) -> None:
    put(connection, ORIGINAL)
    assert connection.scalar(select(stories_table.c.id)) == "y964e3223970a1b7f43487e5b"


# A record's bands are only good as long as signatures stay what they were: through releases of rensa, on every machine.
def test_signatures_are_what_they_always_were() -> None:
    values = stories.signature("We have time, we can reach it very quickly; there is time.").values
    assert len(values) == stories.BANDS
    assert values[:3] == (27960494207003585, 587905829674205057, 147756088941380190)
    assert sum(values) == 31312881882264104667
    assert max(values) < 2**63  # what a database holds


def test_signatures_do_not_depend_on_the_process() -> None:
    code = f"from onrecord.record.stories import signature; print(signature({ORIGINAL!r}).values)"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": s}
        )
        for s in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout == f"{stories.signature(ORIGINAL).values}\n"


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_between_nothing_and_all_and_the_same_both_ways(first: str, other: str) -> None:
    a, b = stories.shingles(stories.words(first)), stories.shingles(stories.words(other))
    alike = stories.likeness(a, b)
    assert alike == stories.likeness(b, a)
    assert 0 <= alike.resemblance <= alike.containment <= 1
    assert not a or stories.likeness(a, a).resemblance == 1
