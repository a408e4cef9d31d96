from __future__ import annotations

from datetime import date

import pytest

from onrecord.meaning.registers import given_names, holder, holder_of, lexicon, load, plural, states, tokens
from onrecord.meaning.speakers.lex import lex

REGISTERS = ["states", "organisations", "outlets", "offices", "persons", "given_names", "words"]


@pytest.mark.parametrize(
    ("phrase", "kind", "country"),
    [
        ("Britain", "state", "GBR"),
        ("U.S.", "state", "USA"),
        ("Norwegian", "dem", "NOR"),
        ("Poles", "people", "POL"),
        ("Moscow", "capital", "RUS"),
        ("Foggy Bottom", "seat", "USA"),
        ("Kremlin", "org", "RUS"),
        ("State Department", "org", "USA"),
        ("European Commission", "org", "EU"),
        ("Brussels", "org", "EU"),
        ("International Atomic Energy Agency", "org", "IAEA"),
        ("Hamas", "org", None),
        ("Xinhua", "outlet", None),
        ("Ohio", "part", "USA"),
        ("Kosovo", "state", "XKX"),
    ],
)
def test_a_phrase_means_what_the_press_means(phrase: str, kind: str, country: str | None) -> None:
    (token,) = lex(phrase)
    assert token.kind == kind
    assert token.ref is not None and token.ref.country == country


@pytest.mark.parametrize("text", ["us", "turkey", "The time is short", "china cups", "a fox"])
def test_common_words_are_no_names(text: str) -> None:
    assert all(t.ref is None for t in lex(text))


def test_state_codes_are_unique_and_well_formed() -> None:
    codes = [row["iso3"] for row in load("states")["state"]]
    assert len(codes) == len(set(codes)) > 195
    assert all(len(code) == 3 and code.isupper() for code in codes)
    assert set(states()) == set(codes)


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_notes_its_source(name: str) -> None:
    from importlib.resources import files

    text = files("onrecord.meaning.registers").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    assert "ource" in text or "ompiled by hand" in text


def test_persons_have_countries_and_terms_in_order() -> None:
    known = {row["iso3"] for row in load("states")["state"]}
    known |= {row.get("country") for row in load("organisations")["organisation"]}
    for row in load("persons")["person"]:
        assert row["country"] in known, row["name"]
        for start, end in row["terms"]:
            assert not end or date.fromisoformat(start) < date.fromisoformat(end), row["name"]


@pytest.mark.parametrize(
    ("name", "day", "full"),
    [
        ("Trump", date(2016, 5, 1), None),
        ("Trump", date(2018, 5, 1), "Donald Trump"),
        ("Johnson", date(2020, 5, 1), "Boris Johnson"),
        ("Guterres", date(2017, 5, 1), "António Guterres"),
        ("Lavrov", None, "Sergei Lavrov"),
        ("Nobody", date(2020, 1, 1), None),
    ],
)
def test_holder_is_one_person_or_none(name: str, day: date | None, full: str | None) -> None:
    found = holder(name, day)
    assert (found.name if found else None) == full


def test_holder_of_an_office() -> None:
    row = holder_of("President", "FRA", date(2020, 1, 1))
    assert row is not None and row.name == "Emmanuel Macron"
    assert holder_of("President", "FRA", None) is None


def test_given_names_of_both_are_left_out() -> None:
    names = given_names()
    assert names["Ingrid"] == "f" and names["Pavel"] == "m"


@pytest.mark.parametrize(
    ("noun", "many"),
    [("spokesman", "spokesmen"), ("envoy", "envoys"), ("deputy", "deputies"), ("consul general", "consuls general")],
)
def test_plural(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_every_phrase_can_be_met_by_the_lexer() -> None:
    book = lexicon()
    assert all(cut and book.longest.get(cut[0], 0) >= len(cut) for cut in (*book.exact, *book.folded))


def test_tokens_keep_points_and_possessives_apart() -> None:
    assert tokens("the U.S. ambassador's O'Brien al-Attas") == (
        "the",
        "U.S.",
        "ambassador",
        "'s",
        "O'Brien",
        "al-Attas",
    )
