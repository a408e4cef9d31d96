"""Why a question found nothing, in one sentence for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, Select, select

from onrecord.record.questions_filters import Filters, asked, entity_keys_of
from onrecord.record.questions_search import count
from onrecord.record.tables import agendas, counterparts, deadlines, instruments, issues, statements

ANEW = "if an older release read the articles, add them again with this one"

# Something that only readings with this field have.
_ANY: dict[str, Select[Any]] = {
    "counterpart": select(counterparts.c.statement_key),
    "issue": select(issues.c.statement_key),
    "instrument": select(instruments.c.key),
    "stance": select(statements.c.key).where(statements.c.stance.is_not(None)),
    "commitment": select(statements.c.key).where(statements.c.commitment.is_not(None)),
    "deadline": select(deadlines.c.key),
    "agenda": select(agendas.c.key),
}
_SHOWN = select(statements.c.key).where(statements.c.shown)


def why_empty(connection: Connection, filters: Filters) -> str:
    """Why no statement meets `filters`: the first reason that holds."""
    return next(_reasons(connection, filters))


def lacking(connection: Connection, *names: str) -> str | None:
    """One sentence if the record is empty, or nothing in it has one of these fields; else None."""
    if connection.execute(_SHOWN.limit(1)).first() is None:
        return "the record has no statements yet; `onrecord add SOURCE` adds articles"
    for name in names:
        if name in _ANY and connection.execute(_ANY[name].limit(1)).first() is None:
            article = "an" if name[0] in "aeiou" else "a"
            return f"no statement in this record has {article} {name}; {ANEW}"
    return None


def _reasons(connection: Connection, filters: Filters) -> Iterator[str]:
    given = [field.name for field in fields(Filters) if getattr(filters, field.name)]
    lack = lacking(connection, *given)
    if lack:
        yield lack
    for name in filters.speaker:
        if not entity_keys_of(connection, [name]):
            yield f"nobody called {name!r} is on record; `onrecord speakers` lists who is"
    for name in given:
        if len(given) > 1 and count(connection, asked(connection, replace(filters, **{name: _NOTHING[name]})), 1):
            yield f"nothing meets all of the question; without {_called(name)} there are answers"
    yield "nothing in this record meets the question"


def _called(name: str) -> str:
    return "the words" if name == "words" else f"--{name}"


_NOTHING = {field.name: getattr(Filters(), field.name) for field in fields(Filters)}
