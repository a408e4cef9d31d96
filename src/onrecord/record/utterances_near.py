"""The statements that a document's statements are held against: few, and found by an index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, func, select, true

from onrecord.record.tables import documents, spans, statements
from onrecord.record.wording import Terms, terms

DAYS = 3  # how far apart the days of one utterance may be: reports follow, and zones differ
SAME_DAY = 300  # statements of one speaker on one day that a document is held against, the newest
OTHER_DAYS = 150  # of the days before, of the days after, and of those without a day
OWN_DAYS = 6  # days of one speaker in one document that are looked up, those with the most statements
STORY_DOCUMENTS = 12  # copies of its story that a document is held against, the newest
PER_UTTERANCE = 3  # wordings of one utterance that are compared, the oldest
CHUNK = 400  # keys in one query


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement as it is compared. `country` is the one its speaker speaks for."""

    key: int
    document_key: int
    entity_key: int | None
    day: date | None
    utterance_key: int | None
    country: str | None
    terms: Terms = ()


def _statements() -> Select[Any]:
    c = statements.c
    return select(c.key, c.document_key, c.entity_key, c.day, c.utterance_key, c.speaker_country)


def worded(connection: Connection, keys: Sequence[int]) -> list[Wording]:
    """Statements with their terms, in the order of their keys; those without a word are left out."""
    found: list[Wording] = []
    for chunk in _chunks(sorted(keys)):
        rows = connection.execute(_statements().where(statements.c.key.in_(chunk)).order_by(statements.c.key))
        found += _with_terms(connection, [Wording(*row) for row in rows])
    return found


def copies_of(connection: Connection, document_key: int) -> list[int]:
    """The newest other documents of the same story."""
    story = select(documents.c.story_key).where(documents.c.key == document_key).scalar_subquery()
    same = select(documents.c.key).where(documents.c.story_key == story, documents.c.key != document_key)
    return list(connection.scalars(same.order_by(documents.c.key.desc()).limit(STORY_DOCUMENTS)))


def near_ones(
    connection: Connection, own: Sequence[Wording], document_key: int, copies: Sequence[int]
) -> list[Wording]:
    """Statements of other documents that may be one of `own`, oldest first, with their terms."""
    if not own:
        return []
    look = _Look(connection, document_key)
    found = {row.key: row for row in (*look.copies(copies), *look.speakers(own))}
    few = list(_few_of_each(found[key] for key in sorted(found)))
    return [wording for chunk in _chunks(few) for wording in _with_terms(connection, chunk)]


class _Look:
    """Look-ups for one document. Each is answered from an index, in its order, so that its limit bounds the work."""

    def __init__(self, connection: Connection, document_key: int) -> None:
        self._connection = connection
        self._document_key = document_key

    def copies(self, documents: Sequence[int]) -> list[Wording]:
        """The statements of other documents of the story."""
        return self._run(_statements().where(statements.c.document_key.in_(documents))) if documents else []

    def speakers(self, own: Sequence[Wording]) -> Iterator[Wording]:
        """The statements of the same speakers on near days, and those that have no day."""
        days: dict[date | None, Counter[int]] = defaultdict(Counter)
        for wording in own:
            if wording.entity_key is not None:
                days[wording.day][wording.entity_key] += 1
        undated = days.pop(None, Counter())
        everybody = sorted({entity for count in days.values() for entity in count} | set(undated))
        yield from self._without_day(everybody)
        yield from (row for entity in sorted(undated) for row in self._run(_latest(entity)))
        for day in sorted(days, key=lambda day: (-days[day].total(), day or date.max))[:OWN_DAYS]:
            if day:
                yield from self._near_day(sorted(days[day]), day)

    def _near_day(self, entities: list[int], day: date) -> Iterator[Wording]:
        """All at once; one speaker at a time, nearest first, where somebody has said very much."""
        c, reach = statements.c, timedelta(days=DAYS)
        window = _statements().where(c.entity_key.in_(entities), c.day.between(day - reach, day + reach))
        rows = self._run(window.limit(SAME_DAY))
        if len(rows) < SAME_DAY:
            yield from rows
        else:
            yield from (row for entity in entities for query in _around(entity, day) for row in self._run(query))

    def _without_day(self, entities: list[int]) -> Iterator[Wording]:
        if not entities:
            return
        c = statements.c
        undated = _statements().where(c.day.is_(None)).limit(OTHER_DAYS)
        rows = self._run(undated.where(c.entity_key.in_(entities)))
        if len(rows) < OTHER_DAYS:
            yield from rows
        else:
            each = (undated.where(c.entity_key == entity).order_by(c.key.desc()) for entity in entities)
            yield from (row for query in each for row in self._run(query))

    def _run(self, query: Select[Any]) -> list[Wording]:
        c = statements.c
        shown = query.where(c.document_key != self._document_key, c.shown == true())
        return [Wording(*row) for row in self._connection.execute(shown)]


def _latest(entity: int) -> Select[Any]:
    c = statements.c
    said = _statements().where(c.entity_key == entity, c.day.is_not(None))
    return said.order_by(c.day.desc(), c.key.desc()).limit(OTHER_DAYS)


def _around(entity: int, day: date) -> Iterator[Select[Any]]:
    c, reach, one = statements.c, timedelta(days=DAYS), timedelta(days=1)
    said = _statements().where(c.entity_key == entity)
    yield said.where(c.day == day).order_by(c.key.desc()).limit(SAME_DAY)
    yield said.where(c.day.between(day - reach, day - one)).order_by(c.day.desc(), c.key.desc()).limit(OTHER_DAYS)
    yield said.where(c.day.between(day + one, day + reach)).order_by(c.day, c.key).limit(OTHER_DAYS)


def _few_of_each(found: Iterable[Wording]) -> Iterator[Wording]:
    """Not more than PER_UTTERANCE of one utterance: a much copied one must not cost more with each copy."""
    taken: Counter[int] = Counter()
    for wording in found:
        if wording.utterance_key is not None:
            taken[wording.utterance_key] += 1
            if taken[wording.utterance_key] > PER_UTTERANCE:
                continue
        yield wording


def _with_terms(connection: Connection, rows: Sequence[Wording]) -> list[Wording]:
    """Rows with the terms of their content, sliced in the database: a text may be long and a statement is short."""
    length = spans.c.end_char - spans.c.start_char
    query = (
        select(spans.c.statement_key, func.substr(documents.c.text, spans.c.start_char + 1, length))
        .join(statements, statements.c.key == spans.c.statement_key)
        .join(documents, documents.c.key == statements.c.document_key)
        .where(spans.c.statement_key.in_([row.key for row in rows]), spans.c.part == "content")
        .order_by(spans.c.statement_key, spans.c.owner, spans.c.ordinal)
    )
    words: dict[int, list[str]] = defaultdict(list)
    for key, piece in connection.execute(query):
        words[key].append(piece)
    found = (replace(row, terms=terms(" ".join(words[row.key]), row.country)) for row in rows)
    return [row for row in found if row.terms]


Item = TypeVar("Item")


def _chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
