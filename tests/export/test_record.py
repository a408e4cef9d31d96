from __future__ import annotations

import json
from dataclasses import replace

import pytest

from onrecord.export import to_dict
from tests.export.samples import TEXT, UNRESOLVED, empty, reading

STATEMENT_KEYS = [
    "id",
    "kind",
    "source",
    "cue",
    "content",
    "parent",
    "speaker",
    "via",
    "occasion",
    "said_on",
    "counterpart",
    "issues",
    "instruments",
    "position",
    "category",
    "event",
    "conditions",
    "deadlines",
    "score",
]
MEANING = {
    "counterpart": ["LVA", "EU"],
    "issues": [{"id": "transport", "score": 0.7512, "evidence": [{"start": 109, "end": 113, "text": "toll"}]}],
    "instruments": [{"name": "Toll Accord", "start": 109, "end": 113, "text": "toll"}],
    "position": {
        "stance": "opposes",
        "commitment": "refuses",
        "evidence": [{"start": 114, "end": 131, "text": '"will not return"'}],
        "score": 0.5,
    },
    "category": "REJECT",
    "event": {
        "actor": "EST",
        "recipient": "LVA",
        "evidence": [{"start": 114, "end": 131, "text": '"will not return"'}],
    },
    "conditions": [{"kind": "temporal", "start": 132, "end": 141, "text": "this year"}],
    "deadlines": [
        {
            "text": "this year",
            "what": "no toll",
            "start": "2026-01-01",
            "end": "2027-01-01",
            "kind": "promised",
            "who": "EST",
            "repeats": None,
            "source": "text",
            "start_char": 132,
            "end_char": 141,
        }
    ],
}


def spans(value: object) -> list[dict[str, object]]:
    """Every span object anywhere in a record."""
    if isinstance(value, dict):
        own = [value] if {"start", "end", "text"} <= value.keys() and isinstance(value["start"], int) else []
        return own + [span for inner in value.values() for span in spans(inner)]
    return [span for inner in value for span in spans(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("made", [reading(), empty()], ids=["full", "empty"])
def test_top_level_keys_are_always_there_in_order(made):
    keys = ["document", "statements", "agendas", "instruments", "deadlines", "dates", "headings", "flags", "run"]
    assert list(to_dict(made)) == keys


def test_statement_keys_are_always_there():
    for statement in to_dict(reading())["statements"]:
        assert list(statement) == STATEMENT_KEYS


def test_what_a_statement_means_stands_in_it_with_its_words():
    first, second, *_ = to_dict(reading())["statements"]
    assert {key: first[key] for key in MEANING} == MEANING
    assert {key: second[key] for key in MEANING} == {
        key: None if key in ("position", "category", "event") else [] for key in MEANING
    }


def test_what_the_whole_article_tells_is_at_the_top():
    record = to_dict(reading())
    assert [item["text"] for item in record["agendas"][0]["items"]] == ["toll", "ships"]
    assert [row["name"] for row in record["instruments"]] == ["Toll Accord"]
    due = [(row["text"], row["what"], row["start"]) for row in record["deadlines"]]
    assert due == [("this year", "no toll", "2026-01-01"), ("2030", "asked again", None)]


def test_every_text_is_the_slice_of_its_span():
    found = [span for span in spans(to_dict(reading())) if not {"place"} & span.keys()]
    assert len(found) > 15
    assert all(TEXT[span["start"] : span["end"]] == span["text"] for span in found)


def test_dates_and_flags_carry_character_offsets_beside_their_days():
    record = to_dict(reading())
    for item in record["dates"] + record["flags"] + [record["statements"][0]["said_on"]]:
        assert TEXT[item["start_char"] : item["end_char"]] == item["text"]
    ambiguous = record["dates"][3]
    assert (ambiguous["start"], ambiguous["end"], ambiguous["other"]) == ("2026-04-03", "2026-04-04", "2026-03-04")


def test_speaker_via_occasion_and_parent():
    first, _, third, fourth, fifth = to_dict(reading())["statements"]
    assert first["speaker"] == {
        "name": "Anna Kolm",
        "role": "Minister of Transport of Estonia",
        "country": "EST",
        "type": "person",
        "id": "kolm",
        "score": 0.9123,
        "how": "name",
        "mention": {"start": 23, "end": 32, "text": "Anna Kolm"},
    }
    assert [via["name"] for via in first["via"]] == ["Radio Nord"]
    assert first["occasion"]["place"] == "Tartu"
    assert first["said_on"]["start"] == "2026-03-02"
    assert (third["parent"], fourth["parent"]) == (None, "s3")
    assert (fifth["source"], fifth["speaker"]["mention"]) == (None, None)


def test_a_day_of_speaking_that_could_not_be_resolved_is_null():
    made = reading()
    vague = replace(made, statements=(replace(made.statements[0], said_on=UNRESOLVED),))
    assert to_dict(vague)["statements"][0]["said_on"] is None


def test_the_record_is_plain_json_and_the_method_gives_the_same():
    record = to_dict(reading())
    assert json.loads(json.dumps(record)) == record == reading().to_dict()
