from __future__ import annotations

from typing import get_args

import pytest

from onrecord.meaning.categories import categorise, find_events
from onrecord.meaning.positions import find_positions
from onrecord.meaning.registers import load
from onrecord.types import Category, Event
from tests.meaning.test_positions import context_of

SENTENCES = [
    ("Norway and Denmark agreed on Monday to share the cost of the bridge.", "AGREE"),
    ("Norway will send blankets to the island after the storm.", "AGREE"),
    ("The Danish premier met his Norwegian colleague in Skagen.", "CONSULT"),
    ("Denmark praised the work of the Norwegian coast guard.", "SUPPORT"),
    ("Norway has opened talks with Denmark on the strait.", "CONSULT"),
    ("Norway donated two ferries to the islands.", "AID"),
    ("The government lifted the curfew in the old town.", "CONCEDE"),
    ("Norway pulled its troops out of the valley.", "RETREAT"),
    ("Danish fishermen demanded that Oslo open the bay.", "REQUEST"),
    ("Denmark accused Norway of fishing in closed waters.", "ACCUSE"),
    ("Prosecutors launched an investigation into the sinking.", "ACCUSE"),
    ("Norway refused to hand over the logbooks.", "REJECT"),
    ("Norway vetoed the draft.", "REJECT"),
    ("Denmark threatened to close the strait.", "THREATEN"),
    ("Denmark will expel two diplomats unless the ship is freed.", "THREATEN"),
    ("Thousands of fishermen marched through Bergen.", "PROTEST"),
    ("Denmark imposed sanctions on three shipowners.", "SANCTION"),
    ("Norway put its coastal batteries on alert.", "MOBILIZE"),
    ("Police arrested eleven smugglers in Aalborg.", "COERCE"),
    ("Rebels shelled the harbour overnight.", "ASSAULT"),
]


@pytest.mark.parametrize(("sentence", "category"), SENTENCES)
def test_bare_sentences(sentence: str, category: str) -> None:
    assert categorise(sentence) == category


def test_a_sentence_of_nothing_has_no_category() -> None:
    assert categorise("The harbour has two cranes and a lighthouse.") is None
    assert categorise("") is None


def test_a_noun_gives_way_to_the_verb() -> None:
    assert categorise("The government accepted the demands of the crews.") == "CONCEDE"


def test_what_is_not_done_is_refused() -> None:
    assert categorise("Norway will not release the trawler.") == "REJECT"


def event_of(marked: str, codes: tuple[str, ...] = ("DNK",)) -> Event | None:
    context = context_of(marked)
    [event] = find_events(context, find_positions(context), [codes])
    return event


STATEMENTS = [
    ("Halle <called> {on Denmark to open its books}.", "REQUEST"),
    ("Halle <pledged> {to share the catch data}.", "AGREE"),
    ("Halle <condemned> {the closure of the port}.", "ACCUSE"),
    ("Halle <welcomed> {the opening of the port}.", "SUPPORT"),
    ("Halle <rejected> {the Danish offer}.", "REJECT"),
    ("Halle <denied> {that Norway had closed the port}.", "REJECT"),
    ("Halle <threatened> {to close the port}.", "THREATEN"),
]


@pytest.mark.parametrize(("marked", "category"), STATEMENTS)
def test_statements(marked: str, category: str) -> None:
    event = event_of(marked)
    assert event is not None
    assert (event.category, event.actor, event.recipient) == (category, "NOR", "DNK")
    assert event.evidence


@pytest.mark.parametrize(
    "marked",
    [
        "Halle <said> {the port has two cranes}.",
        "Halle <hoped> {the talks would go on}.",
        "Halle <doubted> {that the talks would go on}.",
    ],
)
def test_plain_reports_hopes_and_doubts_are_no_events(marked: str) -> None:
    assert event_of(marked) is None


def test_a_reported_deed_has_its_own_actor() -> None:
    event = event_of("Halle <said> {that Denmark had detained two sailors near Iceland}.", ())
    assert event is not None
    assert (event.category, event.actor, event.recipient) == ("COERCE", "DNK", "ISL")


def test_the_speakers_own_code_is_never_the_recipient() -> None:
    event = event_of("Halle <called> {on Denmark to open its books}.", ("NOR", "DNK"))
    assert event is not None
    assert event.recipient == "DNK"


def test_the_register_names_every_category_once_at_least() -> None:
    rows = load("categories")["event"]
    assert {row["category"] for row in rows} == set(get_args(Category))
    assert {row["kind"] for row in rows} <= {"act", "deed", "thing"}
