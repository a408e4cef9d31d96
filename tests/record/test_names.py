"""Names alone: what two of them have to do with one another, and what they are looked up by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.names import compare, fold, keys, parse, sound
from onrecord.record.names_register import load, namesakes

ALIKE = [
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "spelling"),
    ("Volodymyr Zelenskiy", "Vladimir Zelenskyi", "spelling"),
    ("Zelensky", "Volodymyr Zelenskyy", "surname"),
    ("Lavrov S.", "Sergei Lavrov", "initials"),
    ("S.V. Lavrov", "Sergey Viktorovich Lavrov", "initials"),
    ("Lavrov Sergei", "Sergei Lavrov", "order"),
    ("Lavrov, Sergei", "Foreign Minister Sergei Lavrov", "order"),
    ("Jinping Xi", "Xi Jinping", "order"),
    ("Kim Jong Un", "Kim Jong-un", "same"),
    ("Tsai Ing-wen", "Tsai Ingwen", "spelling"),
    ("Orbán Viktor", "Viktor Orban", "order"),
    ("Vladimir Vladimirovich Putin", "Vladimir Putin", "longer"),
    ("Putin Vladimir Vladimirovich", "Vladimir Putin", "longer"),
    ("Bashar al-Assad", "Bashar Assad", "same"),
    ("Ursula von der Leyen", "von der Leyen", "surname"),
    ("Marine Le Pen", "Le Pen", "surname"),
    ("Al Gore", "Albert Gore", "nickname"),
    ("Joe Biden", "Joseph R. Biden", "nickname"),
    ("Tony Blinken", "Antony Blinken", "nickname"),
    ("J.D. Vance", "JD Vance", "same"),
    ("Alexander Lukashenko", "Aliaksandr Lukashenka", "spelling"),
    ("Benjamin Netanyahu", "Binyamin Netanyaho", "spelling"),
    ("Recep Tayyip Erdoğan", "Tayyip Erdogan", "longer"),
    ("Javad Zarif", "Mohammad Javad Zarif", "longer"),
    ("Pedro Sánchez", "Pedro Sánchez Pérez-Castejón", "longer"),
    ("Gerhard Schröder", "Gerhard Schroeder", "spelling"),
    ("Hassan Rouhani", "Hasan Ruhani", "spelling"),
    ("Muammar Gaddafi", "Moammar Qaddafi", "spelling"),
    ("Emomali Rahmon", "Emomali Rakhmon", "spelling"),
    ("Amirabdollahian", "Amir-Abdollahian", "spelling"),
    ("Vladmir Putin", "Vladimir Putin", "spelling"),
    ("President George W. Bush", "George Bush", "longer"),
]

APART = [
    ("John Smith", "Jane Smith"),
    ("George W. Bush", "George H. W. Bush"),
    ("Kim Jong Un", "Kim Jong Il"),
    ("Wang Meng", "Wang Ming"),
    ("Donald Trump", "Donald Trump Jr."),
    ("Hafez al-Assad", "Bashar Assad"),
    ("Anna Petrova", "Anna Petrov"),
    ("Daniel Martin", "Daniela Martin"),
    ("Sergei Ivanov", "Igor Ivanov"),
    ("Chris Christie", "Chris Christie Calls Hillary Clinton"),
    ("Sergei Lavrov", "Sergei Lavrentyev"),
]


@pytest.mark.parametrize(("one", "other", "rule"), ALIKE)
def test_one_person_bears_both(one: str, other: str, rule: str) -> None:
    a, b = parse(one), parse(other)
    assert compare(a, b).rule == compare(b, a).rule == rule
    assert set(keys(a)) & set(keys(b)), "an index would not find one by the other"


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_persons(one: str, other: str) -> None:
    found = compare(parse(one), parse(other))
    assert not found
    assert found.reason


def test_letters_only_differ_in_names_out_of_another_script() -> None:
    one, other = parse("John Smith"), parse("John Smyth")
    assert compare(one, other, sounds_alike=True)
    assert not compare(one, other, sounds_alike=False)
    assert compare(parse("Jörg Müller"), parse("Joerg Mueller"), sounds_alike=False).rule == "spelling"


@pytest.mark.parametrize(
    ("written", "words", "suffix"),
    [
        ("Dr. Ilse Brandner", ("ilse", "brandner"), ""),
        ("Russian Foreign Minister Sergei Lavrov", ("sergei", "lavrov"), ""),
        ("Sen. Robert F. Kennedy Jr.", ("robert", "f", "kennedy"), "jr"),
        ("Mohammed bin Salman", ("mohammed", "salman"), ""),
        ("Marit Solvang, MP", ("marit", "solvang"), ""),
        ("Sultan Al Jaber", ("sultan", "jaber"), ""),
        ("Ærø Łukasz O’Brien", ("aero", "lukasz", "obrien"), ""),
        ("Лавров", ("лавров",), ""),
        ("***", ("***",), ""),
    ],
)
def test_cut_up(written: str, words: tuple[str, ...], suffix: str) -> None:
    name = parse(written)
    assert (name.words, name.suffix) == (words, suffix)


@given(st.text(min_size=1, max_size=40))
def test_any_text_is_some_name(text: str) -> None:
    name = parse(text)
    assert name.words and name.readings and keys(name)
    assert compare(name, name)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("rows", [load("names")["given"]["same"], load("names")["family"]["same"]])
def test_register_is_folded(rows: list[list[str]]) -> None:
    for row in rows:
        assert len(row) > 1
        assert [fold(word) for word in row] == row


def test_every_rule_of_sound_says_why_and_is_stable() -> None:
    assert all(row["why"] for row in load("names")["sound"])
    assert sound("zelenskyy") == sound("zelensky") == sound("selenskyj")
    assert namesakes()["george bush"][0].country == "USA"
