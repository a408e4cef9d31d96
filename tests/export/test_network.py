from __future__ import annotations

import csv
import io
import tracemalloc
from datetime import date

import networkx
import pytest
from lxml import etree

from onrecord.export.cells import unsafe
from onrecord.export.network import network
from onrecord.export.network_files import EDGE_COLUMNS, EVENT_COLUMNS, edges, events, graphml
from tests.export.filed_samples import NASTY, many_rows, row

ROWS = [
    row(1, stance="opposes", day=date(2026, 3, 2)),
    row(2, stance="opposes", day=date(2026, 1, 9), speaker="Kolm"),
    row(3, stance="supports", day=None, issues=("transport", "trade")),
    row(4, stance="neutral", speaker="Juri Saar", entity="e2", issues=("trade",)),
    row(5, stance="supports", speaker="Juri Saar", entity="e2", country=None, issues=("trade",)),
    row(6, stance="supports", speaker=None, entity=None, issues=("trade",)),
    row(7, stance=None),
    row(8, issues=()),
]


def table(found) -> list[tuple[str, str, str, int]]:
    return [(edge.actor.name, edge.issue, edge.stance, edge.statements) for edge in found.edges]


def text_of(write, *args, **options) -> str:
    stream = io.StringIO(newline="")
    write(*args, stream, **options)
    return stream.getvalue()


def test_who_is_for_and_against_what():
    found = network(ROWS)
    assert table(found) == [
        ("Anna Kolm", "trade", "supports", 1),
        ("Anna Kolm", "transport", "opposes", 2),
        ("Anna Kolm", "transport", "supports", 1),
        ("Juri Saar", "trade", "supports", 1),
    ]
    against = found.edges[1]
    assert (against.agreement, against.first_day, against.last_day) == (False, date(2026, 1, 9), date(2026, 3, 2))
    assert (found.edges[0].agreement, found.edges[0].first_day) == (True, None)
    assert (found.statements, found.no_actor, found.no_issue, found.no_stance, found.neutral) == (8, 1, 1, 1, 1)


def test_neutral_statements_come_when_asked_for():
    assert ("Juri Saar", "trade", "neutral", 1) in table(network(ROWS, neutral=True))
    assert network(ROWS, neutral=True).edges[-2].agreement is None


def test_countries_speak_through_their_speakers_named_or_not():
    assert table(network(ROWS, actors="country")) == [
        ("EST", "trade", "supports", 2),
        ("EST", "transport", "opposes", 2),
        ("EST", "transport", "supports", 1),
    ]


def test_the_order_of_rows_changes_nothing():
    assert network(ROWS).edges == network(ROWS[::-1]).edges


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "no statement was asked for"),
        ([row(issues=(), stance=None)] * 3, "of 3 statements 3 have no issue"),
        ([row(stance=None), row(stance="neutral")], "of 2 statements 1 have no stance, 1 have a neutral stance"),
        ([row(speaker=None)], "1 have no named actor"),
    ],
)
def test_an_empty_network_says_why(rows, says):
    found = network(rows)
    assert says in found.why_empty()
    assert len(networkx.parse_graphml(text_of(graphml, found))) == 0
    assert text_of(edges, found).count("\n") == 1


def test_networkx_reads_the_graphml():
    graph = networkx.parse_graphml(text_of(graphml, network(ROWS, neutral=True)), force_multigraph=True)
    assert dict(graph.nodes["actor.e1"]) == {
        "mode": "actor",
        "name": "Anna Kolm",
        "type": "person",
        "country": "EST",
    }
    assert dict(graph.nodes["issue.trade"]) == {"mode": "issue", "name": "trade"}
    ties = sorted(graph.get_edge_data("actor.e1", "issue.transport").values(), key=lambda tie: tie["stance"])
    assert ties == [
        {"agreement": False, "stance": "opposes", "weight": 2, "first_day": "2026-01-09", "last_day": "2026-03-02"},
        {"agreement": True, "stance": "supports", "weight": 1},
    ]
    neutral = [tie for _, _, tie in graph.edges(data=True) if tie["stance"] == "neutral"]
    assert neutral and all("agreement" not in tie for tie in neutral)
    assert networkx.is_bipartite(networkx.Graph(graph))


# What http://graphml.graphdrawing.org/xmlns/1.0/graphml-structure.xsd asks of the elements used here: their order,
# their attributes, ids that are name tokens, keys and nodes that exist.
GRAPHML = etree.XMLSchema(
    etree.fromstring(
        """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://graphml.graphdrawing.org/xmlns"
            xmlns:g="http://graphml.graphdrawing.org/xmlns"
            targetNamespace="http://graphml.graphdrawing.org/xmlns" elementFormDefault="qualified">
        <xs:complexType name="data"><xs:simpleContent><xs:extension base="xs:string">
          <xs:attribute name="key" type="xs:NMTOKEN" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:element name="graphml"><xs:complexType><xs:sequence>
          <xs:element name="key" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
            <xs:attribute name="id" type="xs:NMTOKEN" use="required"/>
            <xs:attribute name="for"><xs:simpleType><xs:restriction base="xs:NMTOKEN">
              <xs:enumeration value="node"/><xs:enumeration value="edge"/>
            </xs:restriction></xs:simpleType></xs:attribute>
            <xs:attribute name="attr.name" type="xs:NMTOKEN"/>
            <xs:attribute name="attr.type"><xs:simpleType><xs:restriction base="xs:NMTOKEN">
              <xs:enumeration value="boolean"/><xs:enumeration value="int"/><xs:enumeration value="string"/>
            </xs:restriction></xs:simpleType></xs:attribute></xs:complexType></xs:element>
          <xs:element name="graph"><xs:complexType><xs:sequence>
            <xs:element name="node" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
              <xs:element name="data" type="data" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
              <xs:attribute name="id" type="xs:NMTOKEN" use="required"/></xs:complexType></xs:element>
            <xs:element name="edge" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
              <xs:element name="data" type="data" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
              <xs:attribute name="id" type="xs:NMTOKEN"/>
              <xs:attribute name="source" type="xs:NMTOKEN" use="required"/>
              <xs:attribute name="target" type="xs:NMTOKEN" use="required"/></xs:complexType></xs:element>
            </xs:sequence><xs:attribute name="id" type="xs:NMTOKEN"/>
            <xs:attribute name="edgedefault" use="required"/></xs:complexType>
            <xs:unique name="edges"><xs:selector xpath="g:edge"/><xs:field xpath="@id"/></xs:unique>
            <xs:key name="nodes"><xs:selector xpath="g:node"/><xs:field xpath="@id"/></xs:key>
            <xs:keyref name="from" refer="nodes"><xs:selector xpath="g:edge"/><xs:field xpath="@source"/></xs:keyref>
            <xs:keyref name="to" refer="nodes"><xs:selector xpath="g:edge"/><xs:field xpath="@target"/></xs:keyref>
          </xs:element></xs:sequence></xs:complexType>
          <xs:key name="keys"><xs:selector xpath="g:key"/><xs:field xpath="@id"/></xs:key>
          <xs:keyref name="used" refer="keys">
            <xs:selector xpath="g:graph/*/g:data"/><xs:field xpath="@key"/></xs:keyref>
        </xs:element></xs:schema>"""
    )
)


def test_graphml_is_valid_with_any_name_and_id():
    rows = [row(n, speaker=text or "x", entity=text or None, issues=(text,)) for n, text in enumerate(NASTY)]
    found = network(rows)
    assert len(found.edges) == len(NASTY)
    page = text_of(graphml, found)
    GRAPHML.assertValid(etree.fromstring(page.encode()))
    names = {data["name"] for _, data in networkx.parse_graphml(page).nodes(data=True)}
    assert {"<b>&amp;]]></b>", "👩‍🚀 lift-off", "bell\ufffd and null-like\ufffd"} <= names
    assert text_of(graphml, network(rows[::-1])) == page


def test_the_edge_list():
    lines = list(csv.DictReader(io.StringIO(text_of(edges, network(ROWS, neutral=True)))))
    assert tuple(lines[0]) == EDGE_COLUMNS
    assert [(line["actor"], line["issue"], line["agreement"], line["weight"]) for line in lines] == [
        ("Anna Kolm", "trade", "1", "1"),
        ("Anna Kolm", "transport", "0", "2"),
        ("Anna Kolm", "transport", "1", "1"),
        ("Juri Saar", "trade", "", "1"),
        ("Juri Saar", "trade", "1", "1"),
    ]


def test_the_event_list_has_the_columns_of_discourse_network_analyzer():
    lines = list(csv.DictReader(io.StringIO(text_of(events, ROWS), newline=""), delimiter=";"))
    assert tuple(lines[0]) == EVENT_COLUMNS
    assert [(line["statement ID"], line["concept"], line["agreement"]) for line in lines] == [
        ("s1", "transport", "0"),
        ("s2", "transport", "0"),
        ("s3", "transport", "1"),
        ("s3", "trade", "1"),
        ("s5", "trade", "1"),
    ]
    assert (lines[0]["time"], lines[2]["time"]) == ("2026-03-02 00:00:00", "")
    assert (lines[0]["person"], lines[0]["organization"], lines[0]["source"]) == ("Anna Kolm", "", "Nordic Wire")


def test_states_and_organisations_are_organizations_there():
    (line,) = csv.DictReader(
        io.StringIO(text_of(events, [row(speaker="NATO", speaker_type="organisation")])), delimiter=";"
    )
    assert (line["person"], line["organization"]) == ("", "NATO")


def test_events_survive_any_text():
    rows = [row(n, words=text, speaker=text or "x", title=text) for n, text in enumerate(NASTY)]
    lines = csv.DictReader(io.StringIO(text_of(events, rows), newline=""), delimiter=";")
    assert [unsafe(line["text"]) for line in lines] == list(NASTY)


def test_memory_grows_with_edges_not_with_rows():
    assert peak_of(6_000) < 1.5 * peak_of(600)


def peak_of(count: int) -> int:
    """Bytes that a network of so many rows holds at most."""
    tracemalloc.start()
    network(many_rows(count))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
