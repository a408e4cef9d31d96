"""The calendar: well formed, and right where a rule or another register tells."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from onrecord.meaning.registers import load, states
from onrecord.meaning.registers.events import by_phrase, elections_of, events, wording
from onrecord.meaning.registers.members import members_of, permanent_members

KINDS = {
    "election", "referendum", "inauguration", "summit", "attack", "war", "annexation", "act", "revolution", "coup",
    "resolution", "disaster", "history",
}  # fmt: skip


def test_it_is_well_formed() -> None:
    codes = {*states(), *(row.get("country") for row in load("organisations")["organisation"]), "G8"}
    assert len(events()) > 200
    for event in events():
        assert event.kind in KINDS and event.source and event.name, event
        assert event.start <= event.end <= event.start + timedelta(days=60), event.name
        assert event.codes and set(event.codes) <= codes, event
        assert (event.kind == "election") == (event.body is not None), event.name


def test_names_of_one_day_are_told_apart() -> None:
    seen = Counter((event.name, event.start) for event in events())
    assert max(seen.values()) == 1


def test_phrases_say_what_they_name() -> None:
    for phrase, rows in by_phrase().items():
        assert len(phrase) > 4 and phrase == phrase.strip().lower()
        assert len({row.kind for row in rows}) == 1, phrase


@pytest.mark.parametrize("body", ["president", "midterm"])
def test_americans_vote_on_the_day_the_law_sets(body: str) -> None:
    rows = [each for each in elections_of("USA") if each.body == body]
    assert len(rows) >= 6
    for each in rows:
        assert each.start.month == 11 and each.start.weekday() == 1 and 2 <= each.start.day <= 8
        assert each.fixed and each.verified


@pytest.mark.parametrize(
    ("code", "weekday"),
    [("DEU", 6), ("FRA", 6), ("GBR", 3), ("UKR", 6), ("RUS", 6), ("POL", 6), ("ESP", 6), ("JPN", 6), ("TWN", 5),
     ("NZL", 5), ("AUS", 5), ("BRA", 6), ("MEX", 6), ("TUR", 6), ("IRN", 4), ("ZAF", 2), ("NOR", 0)],
)  # fmt: skip
def test_states_vote_on_their_weekday(code: str, weekday: int) -> None:
    assert {each.end.weekday() for each in elections_of(code)} == {weekday}


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("attacks of 11 September", date(2001, 9, 11)),
        ("full-scale invasion of Ukraine by Russia", date(2022, 2, 24)),
        ("attack of Hamas on Israel", date(2023, 10, 7)),
        ("entry of Finland into NATO", date(2023, 4, 4)),
        ("second round of the French presidential election", date(2022, 4, 24)),
        ("US presidential election", date(2020, 11, 3)),
    ],
)
def test_days_that_everybody_knows(name: str, day: date) -> None:
    assert any(event.name == name and event.near(day) for event in events())


def test_rounds_follow_each_other() -> None:
    rounds = [each for each in elections_of("FRA") if each.body == "president"]
    assert [each.round for each in rounds] == [1, 2] * 5
    assert all((b.start - a.start).days == 14 for a, b in zip(rounds[::2], rounds[1::2], strict=True))


def test_how_far_a_day_is() -> None:
    event = next(each for each in elections_of("RUS") if each.start == date(2024, 3, 15))
    assert event.near(date(2024, 3, 17)) and not event.near(date(2024, 3, 18)) and event.near(date(2024, 3, 18), 1)
    assert event.away(date(2024, 3, 16)) == 0 and event.away(date(2024, 3, 27)) == 10 == event.away(date(2024, 3, 5))


def test_the_words_for_elections_do_not_contradict_each_other() -> None:
    types = wording("president") | wording("parliament") | wording("midterm")
    assert not types & wording("other") and not wording("described") & wording("other")


@pytest.mark.parametrize(
    ("code", "state", "day", "belongs"),
    [
        ("EU", "GBR", date(2020, 1, 31), True),
        ("EU", "GBR", date(2020, 2, 1), False),
        ("EU", "HRV", date(2013, 6, 30), False),
        ("NATO", "FIN", date(2023, 4, 3), False),
        ("NATO", "FIN", date(2023, 4, 4), True),
        ("NATO", "SWE", date(2024, 3, 7), True),
        ("BRICS", "ZAF", date(2009, 6, 16), False),
        ("OPEC", "QAT", date(2019, 6, 1), False),
        ("COE", "RUS", None, False),
        ("ASEAN", "VNM", None, True),
        ("EU", "NOR", None, False),
    ],
)
def test_members_on_a_day(code: str, state: str, day: date | None, belongs: bool) -> None:
    assert (state in members_of(code, day)) is belongs


@pytest.mark.parametrize(
    ("code", "number"),
    [("EU", 27), ("NATO", 32), ("G7", 7), ("G20", 21), ("OSCE", 57), ("ASEAN", 11), ("OECD", 38), ("COE", 46),
     ("BRICS", 10), ("SCO", 10), ("APEC", 21), ("GCC", 6), ("LAS", 22), ("FVEY", 5), ("QUAD", 4), ("AUKUS", 3)],
)  # fmt: skip
def test_how_many_members(code: str, number: int) -> None:
    assert len(members_of(code)) == number


def test_members_are_states_and_their_days_are_days() -> None:
    for row in load("organisations")["organisation"]:
        members = set(row.get("members", ())) | set(row.get("permanent", ()))
        assert members <= {*states(), "EU", "AU"}, row["name"]
        for days in (row.get("joined", {}), row.get("left", {})):
            assert set(days) <= members and all(date.fromisoformat(day) for day in days.values()), row["name"]
    assert permanent_members() == {"CHN", "FRA", "RUS", "GBR", "USA"}
    assert members_of("nobody") == frozenset()
