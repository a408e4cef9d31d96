"""The two-mode network as GraphML and as an edge list, and its statements as an event list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from onrecord import __version__
from onrecord.export.cells import Table
from onrecord.export.characters import printable
from onrecord.export.network import AGREEMENT, Actor, Edge, Network, ties
from onrecord.record.rows import StatementRow

# Name, what it is for and its type; the ids of keys are `node.` or `edge.` and the name.
_NODE = {"mode": "string", "name": "string", "type": "string", "country": "string"}
_EDGE = {"agreement": "boolean", "stance": "string", "weight": "int", "first_day": "string", "last_day": "string"}

_OPEN = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def graphml(network: Network, stream: TextIO) -> int:
    """Write `network` as GraphML; return its number of edges.

    Nodes have `mode` (actor, issue), `name`, and actors `type` and `country`; edges have `agreement` (absent where
    neutral), `stance`, `weight` (the count of statements), `first_day` and `last_day`. Who both supports and opposes an
    issue has two edges to it.
    """
    stream.write(_OPEN)
    for place, attributes in (("node", _NODE), ("edge", _EDGE)):
        for name, type in attributes.items():
            stream.write(f'<key id="{place}.{name}" for="{place}" attr.name="{name}" attr.type="{type}"/>\n')
    stream.write(f"<!-- written by onrecord {__version__} -->\n")
    stream.write('<graph id="onrecord" edgedefault="undirected">\n')
    stream.writelines(_nodes(network))
    stream.writelines(_edge(number, edge) for number, edge in enumerate(network.edges))
    stream.write("</graph>\n</graphml>\n")
    return len(network.edges)


def _nodes(network: Network) -> Iterator[str]:
    actors = {edge.actor.id: edge.actor for edge in network.edges}
    for actor in actors.values():
        facts = {"mode": "actor", "name": actor.name, "type": actor.type, "country": actor.country}
        yield f'<node id="{_node("actor", actor.id)}">{_data("node", facts)}</node>\n'
    for issue in sorted({edge.issue for edge in network.edges}):
        yield f'<node id="{_node("issue", issue)}">{_data("node", {"mode": "issue", "name": issue})}</node>\n'


def _edge(number: int, edge: Edge) -> str:
    facts = {
        "agreement": edge.agreement,
        "stance": edge.stance,
        "weight": edge.statements,
        "first_day": edge.first_day,
        "last_day": edge.last_day,
    }
    source, target = quoteattr(_node("actor", edge.actor.id)), quoteattr(_node("issue", edge.issue))
    return f'<edge id="e{number}" source={source} target={target}>{_data("edge", facts)}</edge>\n'


def _data(place: str, facts: Mapping[str, object]) -> str:
    return "".join(
        f'<data key="{place}.{name}">{escape(printable(_xml(value)))}</data>'
        for name, value in facts.items()
        if value is not None
    )


def _xml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _node(mode: str, id: str) -> str:
    """A node's id: the GraphML schema wants a name token, so other characters are written as their numbers."""
    return f"{mode}." + re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", id)


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeRow:
    """A line of the edge list. `agreement` is 1, 0, or None where neutral."""

    actor: str
    actor_id: str
    actor_type: str
    actor_country: str | None
    issue: str
    agreement: int | None
    stance: str
    weight: int
    first_day: date | None
    last_day: date | None


EDGE_COLUMNS = tuple(field.name for field in fields(EdgeRow))


def edges(network: Network, stream: TextIO) -> int:
    """Write `network` as CSV, one line an edge, cells as `cells.safe` makes them; return the number of edges."""
    out = Table(stream)
    out.line(EDGE_COLUMNS)
    for edge in network.edges:
        out.line(astuple(_edge_row(edge)))
    return len(network.edges)


def _edge_row(edge: Edge) -> EdgeRow:
    actor: Actor = edge.actor
    return EdgeRow(
        actor=actor.name,
        actor_id=actor.id,
        actor_type=actor.type,
        actor_country=actor.country,
        issue=edge.issue,
        agreement=None if edge.agreement is None else int(edge.agreement),
        stance=edge.stance,
        weight=edge.statements,
        first_day=edge.first_day,
        last_day=edge.last_day,
    )


# As the event list of Discourse Network Analyzer 2 and 3 has them: its own columns, then the variables of a statement,
# in its standard type `person`, `organization`, `concept`, `agreement`.
EVENT_COLUMNS = (
    *("statement ID", "time", "document ID", "document title", "author", "source", "section", "type", "text"),
    *("person", "organization", "country", "concept", "agreement"),
)


def events(rows: Iterable[StatementRow], stream: TextIO, *, neutral: bool = False) -> int:
    """Write one line a statement and issue, as Discourse Network Analyzer exports an event list; return their number.

    Semicolons part the cells; `agreement` is 1 or 0, and empty where neutral. Constant memory.
    """
    count = 0
    out = Table(stream, delimiter=";")
    out.line(EVENT_COLUMNS)
    for row in rows:
        for issue in ties(row, neutral=neutral) if row.speaker else ():
            out.line(_event(row, issue))
            count += 1
    return count


def _event(row: StatementRow, issue: str) -> tuple[object, ...]:
    person = row.speaker if row.speaker_type == "person" else None
    agreement = AGREEMENT[row.stance or "neutral"]
    return (
        row.id,
        f"{row.day} 00:00:00" if row.day else None,
        row.document_id,
        row.title,
        None,
        row.publisher,
        None,
        None,
        row.words,
        person,
        None if person else row.speaker,
        row.country,
        issue,
        None if agreement is None else int(agreement),
    )
