"""Who held which office when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from onrecord.meaning.registers import holder, load, namesakes_of, nominee
from onrecord.meaning.registers.holders import Term, kept_until, same_office, terms, terms_by, terms_of

SINGLE = (
    "President",
    "Prime Minister",
    "Chancellor",
    "Minister of Foreign Affairs",
    "Secretary of State",
    "Secretary-General",
)


def test_terms_lie_before_the_day_they_were_kept_until() -> None:
    assert len(terms()) > 700
    for term in terms():
        assert term.start <= kept_until() and (term.end is None or term.start < term.end <= kept_until()), term


@pytest.mark.parametrize("office", SINGLE)
def test_no_two_hold_an_office_at_once(office: str) -> None:
    by_state: dict[str, list[Term]] = defaultdict(list)
    for term in terms():
        if term.office == office:
            by_state[term.country].append(term)
    for rows in by_state.values():
        for a, b in pairwise(rows):
            assert a.end is not None and a.end <= b.start, (a, b)


def test_names_are_whole_and_surnames_belong_to_them() -> None:
    for row in load("persons")["person"]:
        assert row["gender"] in ("m", "f"), row["name"]
        assert len(row["name"].split()) > 1, row["name"]
        words = " ".join([row["name"], *row.get("variants", [])]).casefold()
        assert all(surname.casefold() in words or len(surname) > 3 for surname in row["surnames"]), row["name"]


@pytest.mark.parametrize(
    ("office", "country", "day", "name"),
    [
        ("President", "USA", date(2005, 6, 1), "George W. Bush"),
        ("Secretary of State", "USA", date(2010, 6, 1), "Hillary Clinton"),
        ("Minister of Defence", "RUS", date(2010, 6, 1), "Anatoly Serdyukov"),
        ("Foreign Secretary", "GBR", date(2012, 6, 1), "William Hague"),
        ("Prime Minister", "JPN", date(2010, 3, 1), "Yukio Hatoyama"),
        ("Minister of Foreign Affairs", "JPN", date(2018, 3, 1), "Taro Kono"),
        ("Premier", "CHN", date(2008, 3, 1), "Wen Jiabao"),
        ("Secretary General", "NATO", date(2025, 3, 1), "Mark Rutte"),
        ("President of the European Council", "EU", date(2016, 3, 1), "Donald Tusk"),
        ("Ambassador to the United States", "RUS", date(2020, 12, 2), "Anatoly Antonov"),
    ],
)
def test_who_held_an_office(office: str, country: str, day: date, name: str) -> None:
    assert [term.name for term in terms_of(office, country) if term.covers(day)] == [name]


def test_one_person_may_hold_several_offices() -> None:
    assert [term.office for term in terms_by("Donald Tusk")] == [
        "Prime Minister",
        "President of the European Council",
        "Prime Minister",
    ]


@pytest.mark.parametrize(
    ("name", "day", "office"),
    [
        ("Dmitry Medvedev", date(2010, 1, 1), "President"),
        ("Dmitry Medvedev", date(2014, 1, 1), "Prime Minister"),
        ("Dmitry Medvedev", None, "Deputy Chairman of the Security Council"),
        ("Joe Biden", None, "President"),
    ],
)
def test_the_office_of_a_day(name: str, day: date | None, office: str) -> None:
    row = holder(name, day)
    assert row is not None and row.office == office


def test_who_spoke_for_two_is_nobodys_without_a_day() -> None:
    assert holder("Donald Tusk", None) is None
    row = holder("Donald Tusk", date(2017, 1, 1))
    assert row is not None and row.country == "EU"
    assert {found.country for found in namesakes_of("Tusk")} == {"POL", "EU"}


@pytest.mark.parametrize(
    ("office", "same"),
    [
        ("Foreign Secretary", "Minister of Foreign Affairs"),
        ("Minister for Foreign Affairs", "Minister of Foreign Affairs"),
        ("Minister of National Defense", "Minister of Defence"),
        ("Secretary of Defense", "Minister of Defence"),
        ("Premier", "Prime Minister"),
        ("President", "President"),
    ],
)
def test_one_office_under_many_names(office: str, same: str) -> None:
    assert same_office(office) == same


@pytest.mark.parametrize(
    ("party", "day", "name"),
    [
        ("Republican", date(2020, 9, 1), "Donald Trump"),
        ("Democratic", date(2012, 9, 1), "Barack Obama"),
        ("GOP", date(2004, 10, 1), "George W. Bush"),
        ("Democratic", date(2005, 10, 1), None),
    ],
)
def test_nominees(party: str, day: date, name: str | None) -> None:
    assert nominee(party, day) == name


def test_margins() -> None:
    term = Term(name="A", country="USA", office="President", start=date(2001, 1, 20), end=date(2009, 1, 20))
    assert term.covers(date(2009, 1, 20)) and not term.covers(date(2009, 1, 21)) and term.covers(date(2009, 1, 30), 10)
    assert not term.covers(date(2001, 1, 25), -10)
