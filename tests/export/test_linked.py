"""The JSON-LD is expanded by one library and turned into triples by another; neither may fetch anything."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from pyld import jsonld as processor
from rdflib import Graph, Literal, URIRef
from rdflib import namespace as terms

from onrecord.export.linked import CONTEXT, jsonld
from onrecord.types import Via
from tests.export.filed_samples import NASTY, full_reading
from tests.export.samples import KOLM, at, empty, statement

# rdflib warns of its own classes, and its namespaces of names that pytest asks them for.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

ONR = "urn:onrecord:vocabulary:"
DOCUMENT = URIRef("urn:onrecord:document:d1")
FIRST, SECOND = URIRef("urn:onrecord:statement:s1"), URIRef("urn:onrecord:statement:s2")
KOLM_ID = URIRef("urn:onrecord:speaker:kolm")


def written(readings) -> str:
    stream = io.StringIO(newline="")
    assert jsonld(iter(readings), stream) == sum(len(reading.statements) for reading in readings)
    return stream.getvalue()


def refuse(url: str, options: object = None) -> None:
    raise AssertionError(f"{url} was fetched")


def triples(text: str) -> Graph:
    return Graph().parse(data=text, format="json-ld")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return triples(written([full_reading()]))


def test_a_statement_in_its_own_words_and_one_reported(graph):
    assert set(graph.objects(SECOND, terms.RDF.type)) == {terms.SDO.Quotation, terms.PROV.Entity}
    assert set(graph.objects(FIRST, terms.RDF.type)) == {terms.SDO.Claim, terms.PROV.Entity}
    assert graph.value(SECOND, terms.SDO.text) == Literal('"We said no, and we mean <no>," ... "Ask me again in 2030."')
    assert graph.value(SECOND, terms.SDO.spokenByCharacter) == graph.value(SECOND, terms.SDO.author) == KOLM_ID
    assert graph.value(FIRST, terms.SDO.author) == KOLM_ID and graph.value(FIRST, terms.SDO.spokenByCharacter) is None
    assert graph.value(FIRST, terms.SDO.appearance) == graph.value(SECOND, terms.SDO.isPartOf) == DOCUMENT


def test_the_speaker(graph):
    assert graph.value(KOLM_ID, terms.RDF.type) == terms.SDO.Person
    assert graph.value(KOLM_ID, terms.SDO.name) == Literal("Anna Kolm")
    assert graph.value(KOLM_ID, terms.SDO.jobTitle) == Literal("Minister of Transport of Estonia")
    assert graph.value(KOLM_ID, URIRef(ONR + "country")) == Literal("EST")


def test_who_is_not_named_has_no_name_across_articles(graph):
    third = graph.value(URIRef("urn:onrecord:statement:s3"), terms.SDO.author)
    assert not isinstance(third, URIRef)
    assert graph.value(third, terms.SDO.name) == Literal("a senior official")
    assert graph.value(URIRef("urn:onrecord:statement:s5"), terms.SDO.author) is None


def test_several_who_speak_as_one_are_no_person():
    both = replace(KOLM, id="j:kolm-and-saar", name="Anna Kolm and Juri Saar")
    made = statement("s9", both, "indirect", cue=[], content=[at("Is that final?")])
    found = triples(written([replace(full_reading(), statements=(made,))]))
    speaker = URIRef("urn:onrecord:speaker:j:kolm-and-saar")
    assert (found.value(speaker, terms.RDF.type), found.value(speaker, terms.SDO.jobTitle)) == (terms.SDO.Thing, None)


def test_the_article(graph):
    assert set(graph.objects(DOCUMENT, terms.RDF.type)) == {terms.SDO.NewsArticle, terms.PROV.Entity}
    assert graph.value(DOCUMENT, terms.SDO.headline) == Literal("Minister rejects toll")
    assert graph.value(DOCUMENT, terms.SDO.datePublished) == Literal("2026-03-03", datatype=terms.XSD.date)
    assert graph.value(DOCUMENT, terms.SDO.url) == URIRef("https://example.org/a%20b?q=%C3%A4")
    assert graph.value(graph.value(DOCUMENT, terms.SDO.author), terms.SDO.name) == Literal('Ada "Quill" Pen')
    assert graph.value(graph.value(DOCUMENT, terms.SDO.publisher), terms.SDO.name) == Literal("Nordic Wire")


def test_what_it_is_about_and_where_it_stands(graph):
    about = list(graph.objects(FIRST, terms.SDO.about))
    assert Literal("transport") in {graph.value(node, terms.SDO.termCode) for node in about}
    assert Literal("Harbour Accord") in {graph.value(node, terms.SDO.name) for node in about}
    facts = {name: graph.value(FIRST, URIRef(ONR + name)) for name in ("stance", "commitment", "category", "kind")}
    assert {name: str(value) for name, value in facts.items()} == {
        "stance": "opposes",
        "commitment": "refuses",
        "category": "REJECT",
        "kind": "mixed",
    }
    assert graph.value(FIRST, URIRef(ONR + "counterpart")) == Literal("RUS")
    assert graph.value(FIRST, terms.SDO.dateCreated) == Literal("2026-03-02", datatype=terms.XSD.date)
    assert graph.value(graph.value(FIRST, terms.SDO.locationCreated), terms.SDO.name) == Literal("Tartu")
    assert graph.value(URIRef("urn:onrecord:statement:s4"), URIRef(ONR + "within")) == URIRef(
        "urn:onrecord:statement:s3"
    )


def test_the_event_the_conditions_and_what_falls_due(graph):
    def of(node, name):
        found = graph.value(node, URIRef(ONR + name))
        return None if found is None else str(found)

    assert (of(FIRST, "category"), of(FIRST, "actor"), of(FIRST, "recipient")) == ("REJECT", "EST", None)
    assert of(FIRST, "condition") == "this year"
    by_name = {str(graph.value(node, terms.SDO.name)): node for node in graph.objects(FIRST, URIRef(ONR + "due"))}
    stays, unknown = by_name["the toll stays off"], by_name["nobody knows when"]
    assert graph.value(stays, URIRef(ONR + "dueFrom")) == Literal("2026-01-01", datatype=terms.XSD.date)
    assert graph.value(stays, URIRef(ONR + "dueBefore")) == Literal("2027-01-01", datatype=terms.XSD.date)
    assert [of(stays, name) for name in ("kind", "who", "basis")] == ["scheduled", None, "text"]
    assert [of(unknown, name) for name in ("kind", "who", "basis")] == ["demanded", "LVA", "register"]
    assert of(unknown, "dueFrom") is None


def test_where_it_comes_from(graph):
    run = graph.value(FIRST, terms.PROV.wasGeneratedBy)
    assert graph.value(FIRST, terms.PROV.wasDerivedFrom) == DOCUMENT
    assert graph.value(run, terms.RDF.type) == terms.PROV.Activity
    assert graph.value(run, terms.PROV.endedAtTime).toPython().isoformat() == "2026-03-03T10:00:01+00:00"
    software = graph.value(run, terms.PROV.wasAssociatedWith)
    assert graph.value(software, terms.RDF.type) == terms.PROV.SoftwareAgent
    assert graph.value(software, terms.SDO.softwareVersion) == Literal("0.1.0")
    assert graph.value(software, URIRef(ONR + "model")) == Literal("m1")


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("direct", terms.PROV.wasQuotedFrom),
        ("mixed", terms.PROV.wasQuotedFrom),
        ("indirect", terms.PROV.hadPrimarySource),
    ],
)
def test_the_way_it_came(kind, way):
    via = (
        Via(name="Radio Nord", type="outlet", span=at("Radio Nord")),
        Via(name="Ole Fisk", type="person", span=at("Radio Nord")),
    )
    made = replace(statement("s9", KOLM, kind, cue=[], content=[at("Is that final?")]), via=via)
    found = triples(written([replace(full_reading(), statements=(made,))]))
    sources = list(found.objects(URIRef("urn:onrecord:statement:s9"), way))
    assert len(sources) == 2
    assert {str(found.value(found.value(node, terms.SDO.publisher), terms.SDO.name)) for node in sources} >= {
        "Radio Nord"
    }
    assert {str(found.value(found.value(node, terms.SDO.author), terms.SDO.name)) for node in sources} >= {"Ole Fisk"}


def test_every_key_is_a_term_of_the_context():
    """A key that no term explains vanishes on expansion without a word."""
    document = json.loads(written([full_reading()]))

    def keys(value):
        if isinstance(value, dict):
            yield from value
            for inner in value.values():
                yield from keys(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    assert set(keys(document["@graph"])) <= set(CONTEXT)
    types = {
        kind
        for node in document["@graph"]
        for kind in ([node["type"]] if isinstance(node["type"], str) else node["type"])
    }
    assert types <= set(CONTEXT)


def test_two_processors_find_the_same_triples_and_fetch_nothing():
    text = written([full_reading(), empty()])
    quads = processor.to_rdf(json.loads(text), {"documentLoader": refuse, "format": "application/n-quads"})
    other = Graph().parse(data=quads, format="nquads")
    assert len(other) == len(triples(text)) > 80
    assert set(other.predicates()) == set(triples(text).predicates())


def test_terms_are_those_that_are_published():
    """rdflib's namespaces know which terms schema.org and PROV define."""
    for name, meaning in CONTEXT.items():
        iri = meaning["@id"] if isinstance(meaning, dict) else meaning
        prefix, _, term = str(iri).partition(":")
        if prefix in ("schema", "prov") and "/" not in term:
            assert term in (terms.SDO if prefix == "schema" else terms.PROV), name


@pytest.mark.parametrize("text", [text for text in NASTY if text.strip()])
def test_any_text_comes_back(text):
    made = full_reading()
    named = replace(made, document=replace(made.document, title=text, publisher=text))
    found = triples(written([named]))
    assert str(found.value(DOCUMENT, terms.SDO.headline)) == text


def test_nothing_is_a_graph_without_statements():
    assert len(triples(written([]))) == 0


def test_it_is_written_as_it_is_read():
    stream = io.StringIO()

    def watching():
        yield full_reading()
        assert "urn:onrecord:statement:s1" in stream.getvalue()

    jsonld(watching(), stream)
