"""The two-mode network of discourse network analysis: who speaks of which issue, for it or against.

P. Leifeld, "Discourse Network Analysis: Policy Debates as Dynamic Networks", Oxford Handbook of Political Networks
(2017): actors and concepts are the nodes, a statement is an edge, agreement its qualifier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from onrecord.record.rows import StatementRow

Actors = Literal["speaker", "country"]
AGREEMENT = {"supports": True, "opposes": False, "neutral": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A speaker or a country. `id` is the entity, or the code of the country; `name` what it was called most often."""

    id: str
    name: str
    type: str
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What one actor said of one issue with one stance: `statements` of them, on days from `first_day` on."""

    actor: Actor
    issue: str
    stance: str
    statements: int
    first_day: date | None
    last_day: date | None

    @property
    def agreement(self) -> bool | None:
        """True for support, False for opposition, None for neither."""
        return AGREEMENT[self.stance]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Edges in order of actor, issue and stance, and how many statements were left out for which reason."""

    edges: tuple[Edge, ...]
    statements: int
    no_actor: int
    no_issue: int
    no_stance: int
    neutral: int

    def why_empty(self) -> str | None:
        """One plain sentence on why there are no edges; None where there are some."""
        if self.edges:
            return None
        if not self.statements:
            return "the network is empty: no statement was asked for"
        counts = {
            "no issue": self.no_issue,
            "no stance": self.no_stance,
            "a neutral stance (see --neutral)": self.neutral,
            "no named actor": self.no_actor,
        }
        reasons = ", ".join(f"{count} have {what}" for what, count in counts.items() if count)
        return f"the network is empty: of {self.statements} statements {reasons}"


def network(rows: Iterable[StatementRow], *, actors: Actors = "speaker", neutral: bool = False) -> Network:
    """The network of `rows`; memory grows with its edges, not with the rows.

    A statement on two issues counts for both. Unnamed speakers are no actors; of countries, only what is said for one.
    Neutral statements are left out unless `neutral`.
    """
    found = _Gathered(actors=actors, neutral=neutral)
    for row in rows:
        found.add(row)
    return found.network()


def ties(row: StatementRow, *, neutral: bool = False) -> Iterator[str]:
    """The issues that a statement takes a stance on."""
    if row.stance in AGREEMENT and (neutral or row.stance != "neutral"):
        yield from row.issues


@dataclass(slots=True)
class _Weight:
    statements: int = 0
    first_day: date | None = None
    last_day: date | None = None

    def add(self, day: date | None) -> None:
        self.statements += 1
        if day is not None:
            self.first_day = min(self.first_day or day, day)
            self.last_day = max(self.last_day or day, day)


@dataclass(slots=True, kw_only=True)
class _Gathered:
    """The edges so far, and under which names, types and countries each actor was met."""

    actors: Actors
    neutral: bool
    edges: dict[tuple[str, str, str], _Weight] = field(default_factory=dict)
    met: dict[str, Counter[tuple[str, str, str | None]]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    statements: int = 0

    def add(self, row: StatementRow) -> None:
        self.statements += 1
        actor = self._actor(row)
        reason = _reason(row, actor, neutral=self.neutral)
        if reason or actor is None:
            self.left_out[reason or "actor"] += 1
            return
        self.met.setdefault(actor.id, Counter())[actor.name, actor.type, actor.country] += 1
        for issue in ties(row, neutral=self.neutral):
            self.edges.setdefault((actor.id, issue, row.stance or ""), _Weight()).add(row.day)

    def _actor(self, row: StatementRow) -> Actor | None:
        if self.actors == "country":
            return Actor(id=row.country, name=row.country, type="country", country=row.country) if row.country else None
        if row.speaker is None:
            return None
        return Actor(id=row.entity or row.speaker, name=row.speaker, type=row.speaker_type, country=row.country)

    def network(self) -> Network:
        known = {id: _most(id, counted) for id, counted in self.met.items()}
        order = sorted(self.edges, key=lambda key: (known[key[0]].name, key))
        return Network(
            edges=tuple(self._edge(key, known[key[0]]) for key in order),
            statements=self.statements,
            no_actor=self.left_out["actor"],
            no_issue=self.left_out["issue"],
            no_stance=self.left_out["stance"],
            neutral=self.left_out["neutral"],
        )

    def _edge(self, key: tuple[str, str, str], actor: Actor) -> Edge:
        weight = self.edges[key]
        return Edge(
            actor=actor,
            issue=key[1],
            stance=key[2],
            statements=weight.statements,
            first_day=weight.first_day,
            last_day=weight.last_day,
        )


def _reason(row: StatementRow, actor: Actor | None, *, neutral: bool) -> str | None:
    """In one word why a statement is no edge; None where it is one."""
    if not row.issues:
        return "issue"
    if row.stance not in AGREEMENT:
        return "stance"
    if row.stance == "neutral" and not neutral:
        return "neutral"
    return "actor" if actor is None else None


def _most(id: str, counted: Counter[tuple[str, str, str | None]]) -> Actor:
    """The actor as it was met most often; of equals the longest name, then the first in the alphabet."""
    name, type, country = min(
        counted, key=lambda seen: (-counted[seen], -len(seen[0]), seen[0], seen[1], seen[2] or "")
    )
    return Actor(id=id, name=name, type=type, country=country)
