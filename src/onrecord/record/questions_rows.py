"""Statements by key, as rows: one look-up for each table, however many statements there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.record.excerpt import excerpt
from onrecord.record.rows import StatementRow
from onrecord.record.tables import (
    appearances,
    conditions,
    counterparts,
    documents,
    entities,
    instruments,
    issues,
    spans,
    statements,
    vias,
)
from onrecord.record.words import Query, highlights
from onrecord.types import Span

_s, _a = statements.c, appearances.c
_STATEMENTS = (
    select(
        *(_s.key, _s.id, _s.day, _s.speaker_name, _s.speaker_role, _s.speaker_country, _s.speaker_type, _s.kind),
        *(_s.stance, _s.commitment, _s.category, _s.actor, _s.recipient),
        *(_s.score, _s.start_char, _s.end_char, _s.utterance_key),
        documents.c.key.label("document_key"),
        documents.c.id.label("document_id"),
        entities.c.id.label("entity"),
        *(_a.publisher, _a.title, _a.url, _a.path, _a.published),
    )
    .join(documents, documents.c.key == _s.document_key)
    .outerjoin(appearances, (_a.document_key == documents.c.key) & _a.first)
    .outerjoin(entities, entities.c.key == _s.entity_key)
)
_LISTS: dict[str, Select[Any]] = {
    "counterparts": select(counterparts.c.statement_key, counterparts.c.country).order_by(counterparts.c.ordinal),
    "issues": select(issues.c.statement_key, issues.c.issue).order_by(issues.c.ordinal),
    "instruments": select(instruments.c.statement_key, instruments.c.name).order_by(instruments.c.ordinal),
    "vias": select(vias.c.statement_key, vias.c.name).order_by(vias.c.ordinal),
}
_CONDITIONS = select(conditions.c.statement_key, conditions.c.start_char, conditions.c.end_char).order_by(
    conditions.c.ordinal
)
_SPANS = (
    select(spans.c.statement_key, spans.c.part, spans.c.start_char, spans.c.end_char)
    .where(spans.c.part.in_(("source", "cue", "content")))
    .order_by(spans.c.ordinal)
)
Lists = dict[int, list[Any]]


def statement_rows(connection: Connection, keys: Sequence[int], query: Query | None = None) -> list[StatementRow]:
    """Rows of the statements `keys`, in that order; what `query` asks for is marked in their words."""
    if not keys:
        return []
    found = {row.key: row for row in connection.execute(_STATEMENTS.where(_s.key.in_(keys)))}
    texts = _texts(connection, {row.document_key for row in found.values()})
    parts: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for key, part, start, end in connection.execute(_SPANS.where(spans.c.statement_key.in_(keys))):
        parts[key][part].append(Span(start, end))
    lists = {
        name: _lists(connection.execute(question.where(next(iter(question.selected_columns)).in_(keys))))
        for name, question in _LISTS.items()
    }
    lists["conditions"] = defaultdict(list)
    for key, start, end in connection.execute(_CONDITIONS.where(conditions.c.statement_key.in_(keys))):
        text = texts[found[key].document_key]
        lists["conditions"][key].append(excerpt(text, [Span(start, end)]))
    variants = _variants(connection, {row.utterance_key for row in found.values() if row.utterance_key})
    return [
        _row(found[key], texts[found[key].document_key], parts[key], lists, variants, query)
        for key in keys
        if key in found
    ]


def _row(
    row: Any,
    text: str,
    parts: dict[str, list[Span]],
    lists: dict[str, Lists],
    variants: dict[int, int],
    query: Query | None,
) -> StatementRow:
    words = excerpt(text, parts["content"])
    return StatementRow(
        id=row.id,
        document_id=row.document_id,
        day=row.day,
        speaker=row.speaker_name,
        role=row.speaker_role,
        country=row.speaker_country,
        speaker_type=row.speaker_type,
        entity=row.entity,
        kind=row.kind,
        words=words,
        source=excerpt(text, parts["source"]) or None,
        cue=excerpt(text, parts["cue"]),
        counterparts=tuple(lists["counterparts"][row.key]),
        issues=tuple(lists["issues"][row.key]),
        instruments=tuple(dict.fromkeys(lists["instruments"][row.key])),
        stance=row.stance,
        commitment=row.commitment,
        category=row.category,
        conditions=tuple(lists["conditions"][row.key]),
        via=tuple(lists["vias"][row.key]),
        publisher=row.publisher,
        title=row.title,
        url=row.url,
        path=row.path,
        published=row.published,
        start=row.start_char,
        end=row.end_char,
        score=round(row.score, 4),
        variants=variants.get(row.utterance_key, 1),
        highlights=highlights(words, query) if query else (),
        actor=row.actor,
        recipient=row.recipient,
    )


def _texts(connection: Connection, keys: Iterable[int]) -> dict[int, str]:
    """Texts of documents: apart from the statements, so that a document's many share one."""
    rows = connection.execute(select(documents.c.key, documents.c.text).where(documents.c.key.in_(list(keys))))
    return {key: text for key, text in rows}


def _lists(rows: Iterable[Any]) -> Lists:
    found: Lists = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found


def _variants(connection: Connection, utterances: Iterable[int]) -> dict[int, int]:
    """How many articles carry each utterance."""
    rows = connection.execute(
        select(_s.utterance_key, func.count(_s.document_key.distinct()))
        .where(_s.utterance_key.in_(list(utterances)), _s.shown)
        .group_by(_s.utterance_key)
    )
    return {key: count for key, count in rows}
