from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord.export.overview import (
    agenda_items,
    agenda_words,
    counts,
    falls_due,
    flag_sentences,
    instrument_dates,
    instrument_end,
    instruments_named,
    made_by,
    positions_line,
    ranges,
    side_of,
    stands,
    where,
)
from onrecord.types import Deadline, Flag, InstrumentMention, Issue, Position, Span
from tests.export.samples import TEXT, at, empty, reading


@pytest.mark.parametrize(
    ("numbers", "shown"), [([], ""), ([4], "4"), ([2, 1, 3, 3, 5], "1-3, 5"), ([7, 9, 10], "7, 9-10")]
)
def test_ranges(numbers, shown):
    assert ranges(numbers) == shown


def test_what_stands_in_no_statement_is_in_the_article():
    assert (where((1, 2)), where(())) == ("in 1-2", "in the article")


def test_what_there_is_none_of_is_not_counted():
    assert counts(reading()) == "5 statements by 3 speakers, 1 agenda, 2 deadlines, 1 instrument, 1 flag"
    assert counts(empty()) == "0 statements"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "EST, 2 items"),
        ({"counterpart": "LVA"}, "EST with LVA, 2 items"),
        ({"stated_count": 3, "actor": None}, "2 items (3 stated)"),
    ],
)
def test_an_agenda(changes, words):
    agenda = replace(reading().agendas[0], **changes)
    assert agenda_words(agenda) == words
    assert agenda_items(agenda, TEXT) == ["toll (transport)", "ships"]


def test_an_item_that_is_called_as_its_issue_names_it_once():
    agenda = reading().agendas[0]
    item = replace(agenda.items[0], issue="toll")
    assert agenda_items(replace(agenda, items=(item,)), TEXT) == ["toll"]


def due(what: str, day: int | None, **changes: object) -> Deadline:
    start, end = (date(2026, 5, day), date(2026, 5, day + 1)) if day else (None, None)
    return replace(Deadline(span=at("toll"), what=what, start=start, end=end), **changes)  # type: ignore[arg-type]


def test_deadlines_are_sorted_and_each_stands_once():
    made = reading()
    one = replace(made.statements[0], deadlines=(due("Vote", 9), due("report", None)))
    two = replace(made.statements[1], deadlines=(due("vote", 9), due("talks", 2)))
    found = falls_due(replace(made, statements=(one, two), deadlines=(due("march", 5),)))
    assert [(row.when, row.deadline.what, row.numbers) for row in found] == [
        ("2026-05-02", "talks", (2,)),
        ("2026-05-05", "march", ()),
        ("2026-05-09", "Vote", (1, 2)),
        ("no day", "report", (1,)),
    ]


def test_the_end_of_an_instrument_is_told_once():
    made = reading()
    known = due("Toll Accord expires", 9, kind="expires", source="register")
    one = replace(made.statements[0], deadlines=(known,))
    told = (due("the pact is set to expire", 9, kind="expires"), due("ministers meet", 9))
    found = falls_due(replace(made, statements=(one,), deadlines=told))
    assert [(row.deadline.what, row.deadline.source, row.numbers) for row in found] == [
        ("Toll Accord expires", "text", (1,)),
        ("ministers meet", "text", ()),
    ]


def test_what_comes_round_again_without_a_day_says_how_often():
    made = replace(reading(), statements=(), deadlines=(due("review", None, repeats="P6M"),))
    assert [row.when for row in falls_due(made)] == ["every 6 months"]


def test_instruments_stand_in_the_order_of_the_text_with_their_statements():
    made = reading()
    later = InstrumentMention(name="Ship Pact", span=at("ships"))
    statements = (made.statements[0], replace(made.statements[3], instruments=(later, later)))
    found = instruments_named(replace(made, statements=statements))
    assert [(row.name, row.numbers) for row in found] == [("Toll Accord", (1,)), ("Ship Pact", (2,))]


def test_dates_of_an_instrument_are_what_a_reader_of_the_day_could_know():
    known = instrument_dates("New START", date(2020, 12, 3))
    assert known == "signed 2010-04-08, in force 2011-02-05, expires 2021-02-05"
    assert instrument_end("INF Treaty", date(2020, 1, 1)) == "ended 2019-08-02"
    assert instrument_end("INF Treaty", date(2015, 1, 1)) == ""
    assert instrument_dates("Toll Accord", None) == ""


def test_stands_are_one_row_for_each_side_and_issue():
    made = reading()
    issues = (Issue(id="transport", score=1.0), Issue(id="trade", score=1.0))
    hopes = Position(stance="neutral", commitment="hopes", evidence=(Span(0, 1),), score=1.0)
    second = replace(made.statements[1], issues=issues, position=hopes, counterparts=("RUS",))
    fourth = replace(made.statements[3], issues=issues[:1])
    rows = stands(replace(made, statements=(made.statements[0], second, fourth)))
    assert [(row.side, row.issue, row.toward, positions_line(row)) for row in rows] == [
        ("EST", "transport", ("LVA", "EU", "RUS"), "opposes, refuses (1); hopes (2); no position (3)"),
        ("EST", "trade", ("RUS",), "hopes (2)"),
    ]


def test_a_position_without_an_issue_is_a_row_and_neither_is_none():
    made = reading()
    bare = replace(made.statements[0], issues=())
    assert [row.issue for row in stands(replace(made, statements=(bare, made.statements[1])))] == [""]


def test_a_side_is_a_code_or_a_name_or_a_description():
    sides = [side_of(statement, TEXT) for statement in reading().statements]
    assert sides == ["EST", "EST", "a senior official", "EST", "no speaker given"]
    private = replace(reading().statements[0].speaker, country=None)
    assert side_of(replace(reading().statements[0], speaker=private), TEXT) == "Anna Kolm"


def test_places_of_damage_are_told_in_one_sentence():
    made = reading()
    damage = [Flag(kind="text-damage", span=at(words), message="Broken.") for words in ("ships", "Kolm said")]
    assert flag_sentences(replace(made, flags=(damage[0], *made.flags, damage[1]))) == [
        "3.4.2026 can be 3 April or 4 March 2026.",
        'The text looks damaged in 2 places: "ships"; "Kolm said".',
    ]
    assert flag_sentences(replace(made, flags=(damage[0],))) == ['Broken. ("ships")']


def test_the_last_line_names_what_made_the_reading():
    assert made_by(reading()) == "Made by onrecord 0.1.0, model m1, settings s1, 2026-03-03T10:00:01Z; document d1"
