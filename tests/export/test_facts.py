from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord.export.facts import (
    condition_label,
    due_line,
    due_note,
    event_words,
    facts,
    position_words,
    repeats_words,
    said_words,
    when_due,
)
from onrecord.types import Condition, Deadline, Event, Position, Span
from tests.export.samples import TEXT, at, reading

FIRST = reading().statements[0]
DAY = Deadline(span=Span(0, 1), what="first round", start=date(2021, 3, 1), end=date(2021, 3, 2))


@pytest.mark.parametrize(
    ("stance", "commitment", "words"),
    [
        ("supports", "ready", "supports, ready"),
        ("neutral", "warns", "warns"),
        ("opposes", "none", "opposes"),
        ("neutral", "none", ""),
    ],
)
def test_a_position_in_plain_words(stance, commitment, words):
    made = Position(stance=stance, commitment=commitment, evidence=(Span(0, 1),), score=1.0)
    assert position_words(made) == words
    assert position_words(None) == ""


@pytest.mark.parametrize(
    ("kind", "label"),
    [("condition", "condition"), ("temporal", "when"), ("exchange", "in return"), ("exception", "exception")],
)
def test_every_kind_of_condition_has_a_label(kind, label):
    assert condition_label(Condition(kind=kind, span=Span(0, 1))) == label


@pytest.mark.parametrize(
    ("actor", "recipient", "words"),
    [
        ("EST", "LVA", "REJECT, EST toward LVA"),
        ("EST", None, "REJECT, EST"),
        (None, "LVA", "REJECT, ? toward LVA"),
        (None, None, "REJECT"),
    ],
)
def test_an_event_with_the_sides_that_are_known(actor, recipient, words):
    assert event_words(Event(category="REJECT", actor=actor, recipient=recipient, evidence=())) == words


@pytest.mark.parametrize(
    ("changes", "when", "line"),
    [
        ({"kind": "promised"}, "2021-03-01", "by 2021-03-01: first round"),
        ({"kind": "scheduled"}, "2021-03-01", "on 2021-03-01: first round"),
        ({"kind": "expires"}, "2021-03-01", "expires 2021-03-01: first round"),
        ({"kind": "expires", "what": "the truce expires"}, "2021-03-01", "2021-03-01: the truce expires"),
        ({"end": date(2021, 4, 1)}, "2021-03", "in 2021-03: first round"),
        ({"start": date(2021, 1, 1), "end": date(2022, 1, 1), "kind": "ordered"}, "2021", "by 2021: first round"),
        ({"end": date(2021, 3, 8)}, "2021-03-01 to 2021-03-07", "2021-03-01 to 2021-03-07: first round"),
        ({"start": None}, "until 2021-03-01", "until 2021-03-01: first round"),
        ({"end": None}, "2021-03-01", "on 2021-03-01: first round"),
        ({"start": None, "end": None}, "", "due: first round"),
        ({"start": None, "end": None, "repeats": "P2Y"}, "", "every 2 years: first round"),
    ],
)
def test_when_something_falls_due(changes, when, line):
    made = replace(DAY, **changes)
    assert (when_due(made), due_line(made)) == (when, line)


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"kind": "promised", "who": "EST"}, "promised, EST"),
        ({"kind": "expires", "what": "it expires", "source": "register"}, "date from the register"),
        ({"repeats": "P1M"}, "scheduled, every month"),
    ],
)
def test_how_it_came_to_be_due(changes, note):
    assert due_note(replace(DAY, **changes)) == note


def test_who_must_act_can_be_left_out():
    assert due_note(replace(DAY, who="EST"), who=False) == "scheduled"


@pytest.mark.parametrize(
    ("duration", "words"),
    [("P1W", "every week"), ("P10D", "every 10 days"), ("P1Y6M", "every P1Y6M"), ("PT6H", "every PT6H"), (None, "")],
)
def test_what_comes_round_again(duration, words):
    assert repeats_words(duration) == words


def test_a_place_that_the_occasion_names_is_not_repeated():
    assert FIRST.occasion is not None
    known = replace(FIRST, occasion=replace(FIRST.occasion, text="talks in Tartu"))
    assert said_words(known) == "2026-03-02, talks in Tartu, via Radio Nord"


def test_facts_are_those_that_are_known():
    assert [(fact.label, fact.words) for fact in facts(FIRST, TEXT)] == [
        ("position", "opposes, refuses"),
        ("issues", "transport"),
        ("toward", "LVA, EU"),
        ("instruments", "Toll Accord"),
        ("when", "this year"),
        ("due", "2026, no toll (promised, EST)"),
        ("event", "REJECT, EST toward LVA"),
        ("said", "2026-03-02, interview, Tartu, via Radio Nord"),
    ]
    assert facts(reading().statements[1], TEXT) == []
    assert [(f.label, f.words) for f in facts(FIRST, TEXT, within=3)][-1] == ("within", "statement 3")


def test_evidence_stands_behind_the_facts_with_its_score():
    shown = {fact.label: fact.words for fact in facts(FIRST, TEXT, evidence=True)}
    assert shown["kind"] == 'mixed, "told"'
    assert shown["source"] == '"Anna Kolm"'
    assert shown["position"] == 'opposes, refuses ("will not return"), 0.50'
    assert shown["issues"] == 'transport ("toll") 0.75'
    assert shown["instruments"] == 'Toll Accord ("toll")'
    assert shown["due"] == '2026, no toll (promised, EST, "this year")'
    assert shown["said"] == '2026-03-02, interview, Tartu, via Radio Nord ("on 2 March", "in Tartu", "Radio Nord")'
    assert shown["score"] == "0.88, speaker 0.91"


def test_with_evidence_a_neutral_position_is_shown_too():
    neutral = Position(stance="neutral", commitment="none", evidence=(at("told"),), score=0.5)
    shown = {fact.label: fact.words for fact in facts(replace(FIRST, position=neutral), TEXT, evidence=True)}
    assert shown["position"] == 'neutral, none ("told"), 0.50'
