from __future__ import annotations

import io
import json
from dataclasses import replace

import jsonschema
import pytest

from onrecord.export.annotations import AROUND, webannotation
from tests.export.filed_samples import NASTY, full_reading
from tests.export.samples import empty

IRI = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
COUNT = {"type": "integer", "minimum": 0}
MOTIVATION = {
    "enum": [
        *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
        *("identifying", "linking", "moderating", "questioning", "replying", "reviewing", "tagging"),
    ]
}
# The MUSTs of https://www.w3.org/TR/annotation-model/ for the classes used here (its sections 3.1 to 3.3, 4.1, 4.2.4,
# 4.2.5, 5.1 and 5.2), written from the text of the recommendation.
MODEL = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"type": "array", "contains": {"const": "http://www.w3.org/ns/anno.jsonld"}},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "total": COUNT,
        "first": {
            "type": "object",
            "required": ["id", "type", "items", "partOf"],
            "not": {"required": ["@context"]},
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "partOf": IRI,
                "startIndex": COUNT,
                "items": {"type": "array", "items": {"$ref": "#/$defs/annotation"}},
            },
        },
    },
    "$defs": {
        "annotation": {
            "type": "object",
            "required": ["id", "type", "target"],
            "properties": {
                "id": IRI,
                "type": {"const": "Annotation"},
                "motivation": {"anyOf": [MOTIVATION, {"type": "array", "items": MOTIVATION, "minItems": 1}]},
                "created": MOMENT,
                "creator": {"type": "object", "properties": {"id": IRI, "type": {"const": "Software"}}},
                "body": {"type": "array", "items": {"$ref": "#/$defs/body"}},
                "target": {"type": "array", "items": {"$ref": "#/$defs/resource"}, "minItems": 1},
            },
        },
        "body": {
            "oneOf": [
                {
                    "required": ["type", "value"],
                    "properties": {
                        "type": {"const": "TextualBody"},
                        "value": {"type": "string"},
                        "purpose": MOTIVATION,
                        "format": {"type": "string", "pattern": "^[a-z]+/[a-z]+$"},
                        "language": {"type": "string"},
                    },
                },
                {"$ref": "#/$defs/resource"},
            ]
        },
        "resource": {
            "type": "object",
            "required": ["source", "type"],
            "properties": {
                "type": {"const": "SpecificResource"},
                "source": IRI,
                "purpose": MOTIVATION,
                "selector": {"type": "array", "items": {"$ref": "#/$defs/selector"}},
            },
        },
        "selector": {
            "oneOf": [
                {
                    "required": ["type", "exact"],
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": {"type": "string", "minLength": 1},
                        "prefix": {"type": "string"},
                        "suffix": {"type": "string"},
                    },
                    "additionalProperties": False,
                },
                {
                    "required": ["type", "start", "end"],
                    "properties": {"type": {"const": "TextPositionSelector"}, "start": COUNT, "end": COUNT},
                    "additionalProperties": False,
                },
            ]
        },
    },
}


def written(readings) -> dict:
    stream = io.StringIO(newline="")
    count = webannotation(iter(readings), stream)
    found = json.loads(stream.getvalue())
    jsonschema.Draft202012Validator(MODEL).validate(found)
    assert found["total"] == len(found["first"]["items"]) == count
    return found


def test_the_schema_is_one_and_refuses_what_is_wrong():
    jsonschema.Draft202012Validator.check_schema(MODEL)
    found = written([full_reading()])
    found["first"]["items"][0]["target"][0]["selector"][1]["start"] = -1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(MODEL).validate(found)


def test_one_annotation_a_statement_one_target_a_piece():
    reading = full_reading()
    items = written([reading])["first"]["items"]
    assert [item["id"] for item in items] == [f"urn:onrecord:annotation:s{n}" for n in range(1, 6)]
    assert [len(item["target"]) for item in items] == [1, 2, 1, 1, 1]


def test_selectors_point_at_the_words_in_code_points():
    text = "👩‍🚀 שלום " + full_reading().document.text
    moved = len(text) - len(full_reading().document.text)
    reading = full_reading()
    shifted = replace(
        reading,
        document=replace(reading.document, text=text),
        statements=tuple(
            replace(
                row,
                deadlines=(),
                attribution=replace(
                    row.attribution,
                    content=tuple(
                        replace(s, start=s.start + moved, end=s.end + moved) for s in row.attribution.content
                    ),
                    cue=(),
                    source=None,
                ),
            )
            for row in reading.statements
        ),
    )
    for item in written([shifted])["first"]["items"]:
        for target in item["target"]:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])
            assert len(quote["prefix"]) == min(start, AROUND) and len(quote["suffix"]) == min(len(text) - end, AROUND)


def test_the_body_says_whose_words_they_are():
    first, *_, last = written([full_reading()])["first"]["items"]
    described, who, tag = first["body"]
    assert described["value"] == "Anna Kolm, Minister of Transport of Estonia (EST): mixed, opposes, refuses"
    assert described["onr:via"] == ["Radio Nord"] and described["onr:statement"] == {"id": "urn:onrecord:statement:s1"}
    assert (who["purpose"], who["source"]) == ("identifying", "urn:onrecord:speaker:kolm")
    assert (tag["purpose"], tag["value"]) == ("tagging", "transport")
    assert first["motivation"] == ["describing", "tagging"]
    assert last["motivation"] == "describing" and last["body"][0]["value"] == "not named: direct"


def test_the_body_has_the_event_and_what_falls_due():
    first, *_, last = written([full_reading()])["first"]["items"]
    described = first["body"][0]
    assert (described["onr:category"], described["onr:actor"]) == ("REJECT", "EST")
    assert "onr:recipient" not in described and not {"onr:category", "onr:due"} & set(last["body"][0])
    stays, unknown = described["onr:due"]
    assert (stays["onr:dueFrom"], stays["onr:dueBefore"], stays["onr:basis"]) == ("2026-01-01", "2027-01-01", "text")
    assert unknown == {
        "onr:what": "nobody knows when",
        "onr:kind": "demanded",
        "onr:who": "LVA",
        "onr:basis": "register",
    }


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://example.org/a b?q=ä", "https://example.org/a%20b?q=%C3%A4"),
        ("https://example.org/100%25", "https://example.org/100%25"),
        (None, "urn:onrecord:document:d1"),
        ("javascript:alert(1)", "urn:onrecord:document:d1"),
        ("news.html", "urn:onrecord:document:d1"),
    ],
)
def test_the_target_is_the_page_or_the_text_of_record(url, source):
    (target,) = written([full_reading(url)])["first"]["items"][0]["target"]
    assert target["source"] == source


@pytest.mark.parametrize("text", [text for text in NASTY if text])
def test_any_text_can_be_quoted(text):
    reading = full_reading()
    (row, *_) = reading.statements
    span = replace(row.attribution.content[0], start=0, end=len(text))
    row = replace(row, attribution=replace(row.attribution, source=None, cue=(), content=(span,)))
    made = replace(reading, document=replace(reading.document, text=text), statements=(row,))
    (item,) = written([made])["first"]["items"]
    assert item["target"][0]["selector"][0]["exact"] == text


def test_ids_depend_on_what_is_in_it_alone():
    one, same, other = written([full_reading()]), written([full_reading()]), written([empty()])
    assert one == same and one["id"] != other["id"]
    assert one["first"]["partOf"] == one["id"]
    assert other["total"] == 0
