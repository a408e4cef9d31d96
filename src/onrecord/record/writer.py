"""The one thing that writes to a record.

Every call is one transaction that can be repeated without changing anything: ids are hashes of contents, and each
result of an intake has its number. So a process that is killed at any moment, or a server that is restarted, leaves
either all of a batch behind or nothing of it, and the batch is simply written again.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import stamina
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from onrecord.errors import SourceError
from onrecord.record import entities, intaking, judging, utterances, writing
from onrecord.record.database import begin_writing, open_database, shown
from onrecord.record.faults import ConnectionLost
from onrecord.record.intaking import Intake
from onrecord.record.tables import documents, readings
from onrecord.types import Document, Reading

__all__ = ["Entry", "Intake", "Piece", "RunKey", "Writer", "Written"]

T = TypeVar("T")
# How long a server may be away, and how many readings `add` commits at once.
_AWAY_SECONDS = 60.0
_AT_ONCE = 64
# Parameters of one question: SQLite takes 32,766, some builds 999.
_IDS = 900

# stamina logs each retry as a warning; without a handler Python would print it on standard error.
logging.getLogger("stamina").addHandler(logging.NullHandler())


class RunKey(Protocol):
    """What makes two runs the same: a `types.Run`, or whatever else has these."""

    @property
    def version(self) -> str:
        """The version of onrecord."""

    @property
    def model(self) -> str:
        """The hash of the network."""

    @property
    def settings(self) -> str:
        """The hash of the settings that change what is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What came of one document: its reading, the document alone if this run has read it before, or the failure."""

    source: str
    result: Reading | Document | SourceError


@dataclass(slots=True, kw_only=True)
class Piece:
    """Entries of one place that follow one another; `done` if they are the last of it."""

    place: str
    first_number: int
    entries: list[Entry] = field(default_factory=list)
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a call has written. What was in already, from the same place and number, is not counted again."""

    added: int = 0
    known: int = 0
    failed: int = 0


class Writer:
    """Writes to the record at `where`, which is made if it is missing; a context manager.

    RecordError where the record cannot be opened or written. Several writers may work at once: they take turns.
    """

    def __init__(self, where: str | Path) -> None:
        self.where = shown(where)
        self.engine = open_database(where, write=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    # --- adding ----------------------------------------------------------------------------------------------------

    def known(self, document_ids: Sequence[str], run: RunKey) -> set[str]:
        """Those of the documents that this very run has read already."""
        return self._reading(lambda connection: set(_known(connection, document_ids, run)))

    def add(self, found: Iterable[Reading]) -> Written:
        """Put readings on the record, without an intake; in batches, so that `found` may be endless."""
        counts: Counter[str] = Counter()
        rest = iter(found)
        while batch := [Entry(source=reading.document.id, result=reading) for reading in islice(rest, _AT_ONCE)]:
            counts.update(self._writing(partial(_put_all, batch)))
        return Written(**counts)

    def write(self, intake: Intake | None, place: str, first_number: int, entries: Sequence[Entry]) -> Written:
        """Write what came of documents `first_number`, ... of a place, and that it did; in one transaction.

        A number that is in already is passed over. Without an intake nothing but the readings is kept.
        """
        return self.write_pieces(intake, [Piece(place=place, first_number=first_number, entries=list(entries))])

    def write_pieces(self, intake: Intake | None, pieces: Sequence[Piece]) -> Written:
        """Write pieces of several places, in one transaction, and which places are through."""
        counts = self._writing(lambda connection: Counter(_put_pieces(connection, intake, pieces)))
        return Written(**counts)

    def start_intake(self, sources: Sequence[str], options: Mapping[str, Any]) -> Intake:
        """Begin an intake; `options` are JSON values."""
        return self._writing(lambda connection: intaking.start(connection, sources, options, at=writing.now()))

    def resume_intake(self, sources: Sequence[str] | None = None) -> Intake | None:
        """The newest intake that was not finished, of these sources if any are given; None if there is none."""
        return self._reading(lambda connection: intaking.resume(connection, sources))

    def finish_place(self, intake: Intake, place: str) -> None:
        """All that the place holds is in."""
        self.write_pieces(intake, [Piece(place=place, first_number=0, done=True)])

    def finish_intake(self, intake: Intake) -> None:
        """All sources are through."""
        self._writing(lambda connection: intaking.finish(connection, intake, at=writing.now()))

    # --- people's decisions ----------------------------------------------------------------------------------------

    def judge(
        self,
        statement_id: str,
        verdict: str,
        *,
        by: str,
        field: str | None = None,
        after: object = None,
        why: str | None = None,
    ) -> str:
        """Append a judgement: `accept`, `correct` (`field` is to be `after`) or `reject` a statement; its id.

        It holds for the same statement in every run, past and to come. What was rejected is no longer shown.
        QuestionError if there is no such statement or verdict.
        """
        at = writing.now()
        return self._writing(
            lambda connection: judging.judge(
                connection, statement_id, verdict, at=at, by=by, field=field, after=after, why=why
            )
        )

    def join(self, from_id: str, to_id: str, *, by: str, why: str) -> str:
        """Make one entity of two, the second; the id of the decision. RecordError if there is no such entity."""
        return self._deciding(lambda connection: entities.join(connection, from_id, to_id, by=by, why=why))

    def split(
        self, entity_id: str, *, documents: Sequence[str] = (), names: Sequence[str] = (), by: str, why: str
    ) -> str:
        """Take what these documents or names say out of an entity, or take back a join; the id of the decision."""
        return self._deciding(
            lambda connection: entities.split(connection, entity_id, documents=documents, names=names, by=by, why=why)
        )

    def _deciding(self, decide: Callable[[Connection], str]) -> str:
        """Make a decision about entities, and compare anew the words of the statements that it moved."""

        def work(connection: Connection) -> str:
            decision = decide(connection)
            for document_id, speaker_id, *_ in entities.moved(connection, decision):
                utterances.rejoin(connection, document_id, speaker_id)
            return decision

        return self._writing(work)

    # --- transactions ----------------------------------------------------------------------------------------------

    def _writing(self, work: Callable[[Connection], T]) -> T:
        def run(connection: Connection) -> T:
            begin_writing(connection)
            return work(connection)

        return self._reading(run)

    def _reading(self, work: Callable[[Connection], T]) -> T:
        """One transaction; begun anew while the server is away."""
        for attempt in stamina.retry_context(
            on=ConnectionLost, attempts=None, timeout=_AWAY_SECONDS, wait_initial=0.1, wait_max=2.0
        ):
            with attempt, self.engine.begin() as connection:
                return work(connection)
        raise AssertionError("unreachable")


def _known(connection: Connection, document_ids: Sequence[str], run: RunKey) -> Iterator[str]:
    run_key = writing.run_key(connection, run.version, run.model, run.settings)
    if run_key is None:
        return
    wanted = select(documents.c.id).join(readings).where(readings.c.run_key == run_key)
    for start in range(0, len(document_ids), _IDS):
        yield from connection.scalars(wanted.where(documents.c.id.in_(document_ids[start : start + _IDS])))


def _put_all(entries: Iterable[Entry], connection: Connection) -> list[str]:
    return [_put(connection, entry)["status"] for entry in entries]


def _put_pieces(connection: Connection, intake: Intake | None, pieces: Sequence[Piece]) -> Iterator[str]:
    """Write; what came of each entry."""
    for piece in pieces:
        key = intaking.place_key(connection, intake, piece.place) if intake else None
        known = intaking.known_numbers(connection, key, piece.first_number, len(piece.entries)) if key else set()
        rows = []
        for number, entry in enumerate(piece.entries, piece.first_number):
            if number not in known:
                row = _put_alone(connection, entry) if key else _put(connection, entry)
                rows.append({"place_key": key, "number": number, **row})
                yield row["status"]
        if key is not None:
            intaking.add_outcomes(connection, rows)
            if piece.done:
                intaking.finish_place(connection, key)


def _put_alone(connection: Connection, entry: Entry) -> dict[str, Any]:
    """Write one entry of many: if the database refuses what it holds, that is its outcome, and the others go on."""
    try:
        with connection.begin_nested():
            return _put(connection, entry)
    except DBAPIError as error:
        if os.environ.get("ONRECORD_DEBUG"):
            raise
        said = str(error.orig).strip().splitlines() or [""]
        return _outcome(entry) | {"reason": f"could not be written: {type(error.orig).__name__}: {said[0]}"}


def _outcome(entry: Entry) -> dict[str, Any]:
    return {"source": entry.source, "status": "failed", "reason": None, "document_key": None, "at": writing.now()}


def _put(connection: Connection, entry: Entry) -> dict[str, Any]:
    """Write one entry; what came of it."""
    outcome, result = _outcome(entry), entry.result
    if isinstance(result, SourceError):
        return outcome | {"reason": result.reason}
    reason = writing.unfit(result.document if isinstance(result, Reading) else result)
    if reason:
        return outcome | {"reason": reason}
    if isinstance(result, Document):
        key = writing.put_again(connection, result)
        return outcome | ({"status": "known", "document_key": key} if key else {"reason": "is not on record after all"})
    key, new = writing.put_reading(connection, result)
    return outcome | {"status": "added" if new else "known", "document_key": key}
