"""A reading that is stored and read back is the same."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass, replace
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from onrecord.record.database import open_database
from onrecord.record.restored import current, load
from onrecord.record.tables import documents, readings
from onrecord.record.writer import Writer
from onrecord.types import Category, Event, Reading, Span, outer
from tests.record import samples


def _back(database: str) -> list[Reading]:
    engine = open_database(database)
    with engine.connect() as connection:
        found = list(current(connection))
    engine.dispose()
    return found


def _empty(value: object) -> list[str]:
    """The names of fields that hold nothing, anywhere within."""
    if isinstance(value, tuple):
        return [name for one in value for name in _empty(one)]
    if not is_dataclass(value):
        return []
    own = [f"{type(value).__name__}.{f.name}" for f in fields(value) if getattr(value, f.name) in (None, ())]
    return own + [name for f in fields(value) for name in _empty(getattr(value, f.name))]


def _filled(value: object) -> set[str]:
    if isinstance(value, tuple):
        return {name for one in value for name in _filled(one)}
    if not is_dataclass(value):
        return set()
    own = {f"{type(value).__name__}.{f.name}" for f in fields(value) if getattr(value, f.name) not in (None, ())}
    return own.union(*(_filled(getattr(value, f.name)) for f in fields(value)))


def test_the_full_sample_has_everything_both_filled_and_empty() -> None:
    made = samples.full()
    assert set(_empty(made)) <= _filled(made)


def test_every_field_comes_back(database: str) -> None:
    made = [samples.full(), samples.article(1), samples.article(2), samples.reading(title="Nobody says a word")]
    with Writer(database) as writer:
        writer.add(made)
    assert _back(database) == made


def test_older_readings_come_back_too(database: str) -> None:
    old, new = samples.full(), samples.full(run=samples.NEWER)
    with Writer(database) as writer:
        writer.add([old, new])
        with writer.engine.connect() as connection:
            assert load(connection, connection.scalars(readings.select().with_only_columns(readings.c.key)).all()) == [
                old,
                new,
            ]


_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
_SPANS = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 50), st.integers(1, 20))
_EVENTS = st.builds(
    lambda category, actor, spans: Event(category=category, actor=actor, recipient=None, evidence=spans),
    st.sampled_from(get_args(Category)),
    st.none() | _TEXT,
    st.lists(_SPANS, max_size=2).map(tuple),
)


@st.composite
def _readings(draw: st.DrawFn) -> Reading:
    base = draw(st.sampled_from([samples.full(), samples.article(draw(st.integers(0, 50)))]))
    statements = []
    for statement in base.statements:
        speaker = replace(statement.speaker, role=draw(st.none() | _TEXT), score=draw(st.floats(0, 1)))
        content = tuple(sorted({draw(_SPANS)}))
        found = replace(statement.attribution, source=None, cue=(), content=content, score=draw(st.floats(0, 1)))
        statements.append(replace(statement, speaker=speaker, attribution=found, event=draw(st.none() | _EVENTS)))
    text = base.document.text + draw(_TEXT)
    document = replace(base.document, text=text, title=draw(st.none() | _TEXT))
    document = replace(document, id=hashlib.sha256(repr((document, statements)).encode()).hexdigest())
    return replace(base, document=document, statements=tuple(statements), headings=tuple(draw(st.lists(_SPANS))))


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=_readings())
def test_any_reading_comes_back(database: str, made: Reading) -> None:
    with Writer(database) as writer:
        writer.add([made])
        with writer.engine.connect() as connection:
            key = connection.scalar(select(readings.c.key).join(documents).where(documents.c.id == made.document.id))
            (back,) = load(connection, [key])
    assert back == made


def test_words_are_sliced_from_the_text(database: str) -> None:
    made = samples.full()
    with Writer(database) as writer:
        writer.add([made])
        with writer.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT id, words FROM current_statements").all()
    text = made.document.text
    assert {row.id: row.words for row in rows} == {
        statement.id: outer(statement.attribution.content).of(text) for statement in made
    }
