from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest

from onrecord.meaning.registers import load, load_cached, states
from onrecord.meaning.registers.instruments import (
    Act,
    ActKind,
    Instrument,
    folded,
    in_force,
    instrument,
    instruments,
    known_expiry,
    nouns_of,
)

ENTRIES = instruments()
BY_NAME = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
ORGANISATIONS = {row["country"] for row in load("organisations")["organisation"] if row.get("country")}
CODES = set(states()) | ORGANISATIONS
ISSUES = {row["id"] for row in load("issues")["issue"]}


def test_the_register_is_large_and_its_names_are_unique() -> None:
    names = [folded(entry.name) for entry in ENTRIES]
    assert len(names) == len(set(names)) >= 80


@BY_NAME
def test_dates_are_in_order(entry: Instrument) -> None:
    born = [d for d in (entry.signed, entry.provisional or entry.in_force, entry.ended or entry.expires) if d]
    assert born == sorted(born)
    if entry.provisional and entry.in_force:
        assert entry.provisional < entry.in_force
    days = [act.day for act in entry.events if act.kind != "adoption"]
    assert days == sorted(days)
    assert all(act.until is None or act.day <= act.until for act in entry.events)
    if entry.signed:
        assert all(entry.signed <= day for day in days)


@BY_NAME
def test_codes_and_issues_are_known(entry: Instrument) -> None:
    assert entry.parties
    named = {*entry.parties, *entry.beside, *(code for act in entry.events for code in act.who)} - {"multilateral"}
    assert named <= CODES
    assert ("multilateral" in entry.parties) == bool(entry.depositary)
    assert entry.issues and set(entry.issues) <= ISSUES


@BY_NAME
def test_source_form_and_loose_wordings_are_complete(entry: Instrument) -> None:
    data = load_cached("instruments")
    assert entry.source in data["sources"]
    assert nouns_of(entry.form)
    assert bool(entry.beside) == bool(entry.article or entry.sentence)
    assert {act.kind for act in entry.events} <= set(get_args(ActKind))


def test_no_wording_means_two_instruments() -> None:
    owners: dict[str, str] = {}
    for entry in ENTRIES:
        for title in entry.titles:
            assert owners.setdefault(folded(title), entry.name) == entry.name, title


@pytest.mark.parametrize(
    ("wording", "name"),
    [
        ("START-3", "New START"),
        ("start 3", "New START"),
        ("New Strategic Arms Reduction Treaty", "New START"),
        ("Iran nuclear agreement", "JCPOA"),
        ("2015 nuclear deal", "JCPOA"),
        ("Treaty on the Nonproliferation of Nuclear Weapons", "NPT"),
        ("Minsk accords", "Minsk agreements"),
        ("T-MEC", "USMCA"),
        ("Belfast Agreement", "Good Friday Agreement"),
    ],
)
def test_an_instrument_is_found_by_any_wording(wording: str, name: str) -> None:
    found = instrument(wording)
    assert found is not None and found.name == name


def test_an_unknown_name_finds_nothing() -> None:
    assert instrument("Treaty of Nowhere") is None


@pytest.mark.parametrize(
    ("name", "day", "expiry"),
    [
        ("New START", date(2010, 4, 7), None),
        ("New START", date(2020, 12, 3), date(2021, 2, 5)),
        ("New START", date(2021, 2, 2), date(2021, 2, 5)),
        ("New START", date(2021, 2, 3), date(2026, 2, 5)),
        ("New START", date(2026, 3, 1), date(2026, 2, 5)),
        ("Black Sea Grain Initiative", date(2022, 11, 1), date(2022, 11, 19)),
        ("Black Sea Grain Initiative", date(2023, 5, 11), date(2023, 5, 18)),
        ("Black Sea Grain Initiative", date(2023, 6, 1), date(2023, 7, 17)),
        ("INF Treaty", date(2019, 2, 1), None),
        ("INF Treaty", date(2019, 3, 1), date(2019, 8, 2)),
        ("INF Treaty", date(2020, 11, 26), date(2019, 8, 2)),
        ("Paris Agreement", date(2020, 1, 1), None),
    ],
)
def test_an_expiry_is_what_could_be_known_that_day(name: str, day: date, expiry: date | None) -> None:
    assert known_expiry(_entry(name), day) == expiry


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("New START", date(2011, 2, 4), False),
        ("New START", date(2011, 2, 5), True),
        ("New START", date(2023, 3, 1), True),
        ("New START", date(2026, 2, 5), False),
        ("INF Treaty", date(2019, 8, 1), True),
        ("INF Treaty", date(2019, 8, 2), False),
        ("CETA", date(2018, 1, 1), True),
        ("TPP", date(2018, 1, 1), None),
        ("CTBT", date(2020, 1, 1), None),
    ],
)
def test_force_on_a_day(name: str, day: date, expected: bool | None) -> None:
    assert in_force(_entry(name), day) is expected


def test_an_extension_counts_from_the_day_it_was_agreed() -> None:
    day, until = date(2000, 6, 1), date(2005, 1, 1)
    made = Instrument(
        name="Toy Pact", official="Toy Pact", form="treaty", issues=("trade",), parties=("NOR", "SWE"),
        source="PARTIES", verified=False, signed=date(1995, 1, 1), in_force=date(1996, 1, 1), expires=date(2001, 1, 1),
        events=(Act(day=day, kind="extension", until=until),),
    )  # fmt: skip
    assert known_expiry(made, day - timedelta(days=1)) == date(2001, 1, 1)
    assert known_expiry(made, day) == until
    assert in_force(made, date(2004, 12, 31)) is True
    assert in_force(made, until) is False


def _entry(name: str) -> Instrument:
    found = instrument(name)
    assert found is not None
    return found
