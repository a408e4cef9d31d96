"""The same utterance in different articles: same speaker, near day, near-same words, another document.

Candidates come from the index of statements by speaker and day, and from copies of the same story; the words decide
(`wording.py`). Speakers without a name are joined only within one story. Where a day is not known, on either side, only
long wordings that hardly differ are joined. A wrong join does more harm than a missed one: what says little ("We are
ready for talks") is joined only within a story.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from sqlalchemy import Connection, delete, func, insert, select, true, update

from onrecord.record.tables import documents, statements, utterances
from onrecord.record.utterances_near import DAYS, Wording, copies_of, near_ones, worded
from onrecord.record.wording import Likeness, Terms, compare


@dataclass(frozen=True, slots=True)
class Floor:
    """What a likeness must reach: in weight, in the part of the shorter wording, and of both; `put` is the most of it
    that may stand against other words.
    """

    shared: float
    shorter: float
    both: float
    put: float

    def reached(self, by: Likeness) -> bool:
        """Whether `by` reaches all."""
        enough = by.shared >= self.shared and by.shorter >= self.shorter and by.both >= self.both
        return enough and by.put < self.put and by.plain >= PLAIN


# By what else speaks for one utterance. Any floor of a list will do.
FLOORS: dict[str, tuple[Floor, ...]] = {
    "story": (Floor(1.2, 0.8, 0.7, 0.2), Floor(3.0, 0.7, 0.6, 0.2)),
    "day": (Floor(2.6, 0.85, 0.85, 0.1), Floor(3.5, 0.8, 0.72, 0.12), Floor(6.0, 0.75, 0.65, 0.12)),
    "days": (Floor(4.0, 0.85, 0.75, 0.1), Floor(7.0, 0.8, 0.7, 0.1)),
    "undated": (Floor(7.0, 0.9, 0.85, 0.08),),
    "unnamed": (Floor(3.0, 0.85, 0.8, 0.1),),
}
PLAIN = 1.5  # weight of shared words that are no names or figures: who is named is not yet what is said
MERGE = 0.8  # part of both wordings from which a wording makes one utterance of two


def join(connection: Connection, document_key: int, statement_keys: Sequence[int]) -> None:
    """Join statements of a document with those of other documents that are the same utterance.

    Sets `utterance_key` on both sides of a match; a statement that nobody else carries has none. Must be called after
    the statements' entities are known, in the same transaction. Where two utterances turn out to be one, the older key
    stays.
    """
    own = worded(connection, statement_keys)
    copies = copies_of(connection, document_key)
    found = near_ones(connection, own, document_key, copies)
    if found:
        joining = _Joining(connection, [*own, *found])
        for same in _matches(own, found, frozenset(copies)):
            joining.join(same)
        joining.write()


def rejoin(connection: Connection, document_id: str, speaker_id: str) -> None:
    """Take what a speaker of a document says out of its utterances and join it anew: he became another entity."""
    of_document = select(documents.c.key).where(documents.c.id == document_id).scalar_subquery()
    his = (statements.c.document_key == of_document) & (statements.c.speaker_id == speaker_id)
    columns = (statements.c.key, statements.c.document_key, statements.c.shown, statements.c.utterance_key)
    rows = connection.execute(select(*columns).where(his)).all()
    joined = {row.utterance_key for row in rows if row.utterance_key is not None}
    if joined:
        connection.execute(update(statements).where(his).values(utterance_key=None))
        _take_apart(connection, joined)
    if shown := [row.key for row in rows if row.shown]:
        join(connection, rows[0].document_key, shown)


def _take_apart(connection: Connection, keys: set[int]) -> None:
    """An utterance that one statement is left of is none."""
    column = statements.c.utterance_key
    left = connection.execute(select(column, func.count()).where(column.in_(keys)).group_by(column))
    ended = keys - {key for key, count in left if count > 1}
    connection.execute(update(statements).where(column.in_(ended)).values(utterance_key=None))
    connection.execute(delete(utterances).where(utterances.c.key.in_(ended)))


def variants(connection: Connection, statement_key: int) -> list[int]:
    """The statements that are shown and carry the same utterance, this one among them, in order of day."""
    utterance = connection.scalar(select(statements.c.utterance_key).where(statements.c.key == statement_key))
    if utterance is None:
        return [statement_key]
    rows = connection.execute(
        select(statements.c.key, statements.c.day).where(
            statements.c.utterance_key == utterance, statements.c.shown == true()
        )
    )
    found = {key: day for key, day in rows}
    return sorted({*found, statement_key}, key=lambda key: (found.get(key) or date.max, key))


def nearness(first: Wording, other: Wording, copies: frozenset[int]) -> str | None:
    """What speaks for one utterance besides the words: the name of a list of floors, None for nothing."""
    in_story = other.document_key in copies or first.document_key in copies
    if first.entity_key is None or other.entity_key is None:
        return "unnamed" if in_story else None
    if first.entity_key != other.entity_key:
        return None
    if in_story:
        return "story"
    if first.day is None or other.day is None:
        return "undated"
    apart = abs((first.day - other.day).days)
    return "day" if apart <= 1 else "days" if apart <= DAYS else None


def likeness(first: Terms, other: Terms, near: str) -> Likeness | None:
    """How alike two wordings are, None where they are not one utterance."""
    alike = compare(first, other)
    if alike.clash or not any(floor.reached(alike) for floor in FLOORS[near]):
        return None
    return alike


def _matches(own: Sequence[Wording], found: Sequence[Wording], copies: frozenset[int]) -> Iterator[list[Wording]]:
    """Each of `own` with what it is the same utterance as among `found`."""
    shelf = _Shelf(found)
    for wording in own:
        alike: list[tuple[float, Wording]] = []
        for other in shelf.sharing(wording):
            near = nearness(wording, other, copies)
            match = likeness(wording.terms, other.terms, near) if near else None
            if match:
                alike.append((match.both, other))
        if alike:
            best, nearest = max(alike, key=lambda match: (match[0], -match[1].key))
            yield [
                wording,
                nearest,
                *(other for both, other in alike if other is not nearest and both >= MERGE <= best),
            ]


class _Shelf:
    """Wordings by their terms, so that only those are compared that share some."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = wordings
        self._weights = [sum(_weights(wording).values()) for wording in wordings]
        self._by_term: dict[str, list[int]] = defaultdict(list)
        for place, wording in enumerate(wordings):
            for key in _weights(wording):
                self._by_term[key].append(place)

    def sharing(self, wording: Wording) -> Iterator[Wording]:
        """Those with half or more of the weight of the shorter wording in common, oldest first."""
        shared: dict[int, float] = defaultdict(float)
        own = _weights(wording)
        for key, weight in own.items():
            for place in self._by_term.get(key, ()):
                shared[place] += weight
        total = sum(own.values())
        for place in sorted(shared):
            if shared[place] >= min(total, self._weights[place]) / 2:
                yield self._wordings[place]


def _weights(wording: Wording) -> dict[str, float]:
    return {term.key: term.weight for term in wording.terms}


class _Joining:
    """Which utterance each statement has, until all are settled and written."""

    def __init__(self, connection: Connection, wordings: Sequence[Wording]) -> None:
        self._connection = connection
        self._utterance = {wording.key: wording.utterance_key for wording in wordings}
        self._into: dict[int, int] = {}
        self._changed: dict[int, int] = {}

    def join(self, same: Sequence[Wording]) -> None:
        """Give these one utterance, the oldest that one of them has."""
        joined = {self._now(key) for wording in same if (key := self._utterance[wording.key]) is not None}
        kept = min(joined) if joined else self._begin(min(wording.key for wording in same))
        self._into.update(dict.fromkeys(joined - {kept}, kept))
        for wording in same:
            self._utterance[wording.key] = self._changed[wording.key] = kept

    def _now(self, utterance: int) -> int:
        while utterance in self._into:
            utterance = self._into[utterance]
        return utterance

    def _begin(self, first: int) -> int:
        """A new utterance, named after the oldest of its statements."""
        statement = self._connection.scalar(select(statements.c.id).where(statements.c.key == first))
        name = "u" + blake2b(f"utterance {statement}".encode(), digest_size=12).hexdigest()
        # An earlier reading of the same document may have given it already.
        key = self._connection.scalar(select(utterances.c.key).where(utterances.c.id == name))
        if key is None:
            key = self._connection.scalar(insert(utterances).values(id=name).returning(utterances.c.key))
        assert key is not None
        return int(key)

    def write(self) -> None:
        """Write what changed."""
        for gone in self._into:
            moved = update(statements).where(statements.c.utterance_key == gone)
            self._connection.execute(moved.values(utterance_key=self._now(gone)))
        by_utterance: dict[int, list[int]] = defaultdict(list)
        for key, utterance in self._changed.items():
            by_utterance[self._now(utterance)].append(key)
        for utterance, keys in by_utterance.items():
            moved = update(statements).where(statements.c.key.in_(keys))
            self._connection.execute(moved.values(utterance_key=utterance))
        for gone in self._into:
            self._connection.execute(delete(utterances).where(utterances.c.key == gone))
