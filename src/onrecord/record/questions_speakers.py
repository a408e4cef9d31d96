"""Speakers: who is on record, how often and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from onrecord.errors import QuestionError
from onrecord.record.questions_filters import entity_keys_of
from onrecord.record.rows import Page, SpeakerRow
from onrecord.record.tables import entities, entity_names, statements

_s, _e, _n = statements.c, entities.c, entity_names.c


def page(
    connection: Connection, words: str, *, country: Sequence[str], limit: int, after: str | None
) -> Page[SpeakerRow]:
    """`limit` speakers, those with the most statements first; of `words` in their names, or of a country."""
    if limit < 1:
        raise QuestionError("limit must be 1 or more")
    counted = _counted(connection, words, country).subquery()
    question = select(counted).order_by(counted.c.statements.desc(), counted.c.entity_key)
    if after is not None:
        question = question.where(_behind(counted.c.statements, counted.c.entity_key, after))
    rows = connection.execute(question.limit(limit + 1)).all()
    shown = rows[:limit]
    more = f"{shown[-1].statements:x}.{shown[-1].entity_key:x}" if len(rows) > limit else None
    total = connection.scalar(select(func.count()).select_from(counted)) if after is None and more else None
    return Page(
        rows=tuple(_rows(connection, shown)), next=more, total=len(rows) if after is None and not more else total
    )


def _counted(connection: Connection, words: str, country: Sequence[str]) -> Select[Any]:
    """How many shown statements each entity has."""
    question = (
        select(_s.entity_key, func.count().label("statements"))
        .where(_s.shown, _s.entity_key.is_not(None))
        .group_by(_s.entity_key)
    )
    if words.strip():
        question = question.where(_named(connection, words))
    if country:
        question = question.where(_s.entity_key.in_(select(_e.key).where(_e.country.in_(country))))
    return question


def _named(connection: Connection, words: str) -> ColumnElement[bool]:
    """Whether the name is another spelling of `words`, or holds them."""
    from onrecord.record.names import fold  # with the registers of the reader: 0.2 s that other questions save

    spelled = _s.entity_key.in_(entity_keys_of(connection, [words]))
    parts = [_n.folded.contains(word, autoescape=True) for word in fold(words).split()]
    if not parts:
        return spelled
    # Asked within the database: a short part can be in more names than a question may have parameters.
    holding = select(func.coalesce(_e.joined_key, _e.key)).join(entity_names, _n.entity_key == _e.key).where(*parts)
    return or_(spelled, _s.entity_key.in_(holding))


def _rows(connection: Connection, counted: Sequence[Row[Any]]) -> Iterable[SpeakerRow]:
    keys = [row.entity_key for row in counted]
    who = {row.key: row for row in connection.execute(select(entities).where(_e.key.in_(keys)))}
    facts = {row.entity_key: row for row in connection.execute(_facts(keys))}
    names, roles = _names(connection, keys), _roles(connection, keys)
    for row in counted:
        one, fact = who[row.entity_key], facts[row.entity_key]
        yield SpeakerRow(
            entity=one.id,
            name=one.name,
            type=one.type,
            country=one.country,
            names=tuple(dict.fromkeys([one.name, *names[one.key]])),
            roles=tuple(roles[one.key]),
            statements=row.statements,
            documents=fact.documents,
            first_day=fact.first_day,
            last_day=fact.last_day,
        )


def _facts(keys: Sequence[int]) -> Select[Any]:
    return (
        select(
            _s.entity_key,
            func.count(_s.document_key.distinct()).label("documents"),
            func.min(_s.day).label("first_day"),
            func.max(_s.day).label("last_day"),
        )
        .where(_s.entity_key.in_(keys), _s.shown)
        .group_by(_s.entity_key)
    )


def _names(connection: Connection, keys: Sequence[int]) -> dict[int, list[str]]:
    """Every name an entity was seen under, also those of entities joined to it."""
    found: dict[int, list[str]] = defaultdict(list)
    owner = func.coalesce(_e.joined_key, _e.key)
    rows = connection.execute(
        select(owner, _n.name)
        .join(entities, _e.key == _n.entity_key)
        .where(or_(_e.key.in_(keys), _e.joined_key.in_(keys)))
        .order_by(_n.name)
    )
    for key, name in rows:
        found[key].append(name)
    return found


def _roles(connection: Connection, keys: Sequence[int]) -> dict[int, list[str]]:
    """Roles as articles gave them, the newest first."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = connection.execute(
        select(_s.entity_key, _s.speaker_role)
        .where(_s.entity_key.in_(keys), _s.shown, _s.speaker_role.is_not(None))
        .group_by(_s.entity_key, _s.speaker_role)
        .order_by(func.max(_s.day).desc(), _s.speaker_role)
    )
    for key, role in rows:
        found[key].append(role)
    return found


def _behind(count: ColumnElement[int], key: ColumnElement[int], cursor: str) -> ColumnElement[bool]:
    first, _, second = cursor.partition(".")
    try:
        statements_, entity = int(first, 16), int(second, 16)
    except ValueError:
        raise QuestionError(f"{cursor!r} is not where a page ended") from None
    return or_(count < statements_, and_(count == statements_, key > entity))
