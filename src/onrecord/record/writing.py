"""One reading, or one more appearance of a text, written in the transaction that is given; called by `writer.py`."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from onrecord.record import entities, judging, stored, stories, utterances, words
from onrecord.record.tables import appearances, documents, readings, runs, statements
from onrecord.types import Document, Reading, Run

# Offsets count code points of the text, so unlike any other string a text cannot be settled afterwards.
_UNFIT = re.compile("[\x00\ud800-\udfff]")
# Characters; what is longer is no name but a sentence taken for one, and PostgreSQL indexes 2,700 bytes at most.
_LONGEST_NAME = 600


def now() -> str:
    """The time as it is written in the record."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def unfit(document: Document) -> str | None:
    """Why a text cannot be kept, if so. Intake lets none of these through; readings made by hand may hold them."""
    if not document.text:
        return "the text is empty"
    return "the text holds NUL bytes or lone surrogates" if _UNFIT.search(document.text) else None


def put_reading(connection: Connection, reading: Reading) -> tuple[int, bool]:
    """Write a reading: the document's key, and whether this is new. Another by the same run is not written again."""
    document_key, is_new = _put_document(connection, reading.document)
    run_key = _run_key(connection, reading.run)
    if not is_new and _reading_key(connection, document_key, run_key) is not None:
        put_appearance(connection, document_key, reading.document)
        return document_key, False
    if is_new:
        _insert_appearance(connection, document_key, reading.document, first=True)
        stories.place(connection, document_key, reading.document.text)
    else:
        put_appearance(connection, document_key, reading.document)
    _put_statements(connection, reading, document_key, run_key)
    return document_key, True


def put_again(connection: Connection, document: Document) -> int | None:
    """Note where a text on record has turned up; its key, None if it is not on record."""
    key = connection.scalar(select(documents.c.key).where(documents.c.id == document.id))
    if key is not None:
        put_appearance(connection, key, document)
    return key


def put_appearance(connection: Connection, document_key: int, document: Document) -> None:
    """Note where a text has turned up, once."""
    known = select(appearances.c.key).where(appearances.c.id == _appearance_id(document))
    if connection.scalar(known) is None:
        _insert_appearance(connection, document_key, document, first=False)
        words.appeared(connection, document_key)


def run_key(connection: Connection, version: str, model: str, settings: str) -> int | None:
    """The key of a run that is on record."""
    wanted = (runs.c.version == version) & (runs.c.model == model) & (runs.c.settings == settings)
    return connection.scalar(select(runs.c.key).where(wanted))


def _put_document(connection: Connection, document: Document) -> tuple[int, bool]:
    known = connection.scalar(select(documents.c.key).where(documents.c.id == document.id))
    if known is not None:
        return known, False
    row = {
        "id": document.id,
        "text": document.text,
        "language": document.language,
        "words": len(document.text.split()),
        "added_at": now(),
    }
    return _insert(connection, documents, row), True


def _insert_appearance(connection: Connection, document_key: int, document: Document, *, first: bool) -> None:
    row = {
        "id": _appearance_id(document),
        "document_key": document_key,
        "first": first,
        "path": document.path,
        "url": document.url,
        "publisher": document.publisher,
        "title": document.title,
        "author": document.author,
        "published": document.published,
        "published_at": document.published_at,
        "retrieved_at": document.retrieved_at,
        "raw_sha256": document.raw_sha256,
    }
    connection.execute(insert(appearances), row)


def _appearance_id(document: Document) -> str:
    place = document.url or document.path
    key = repr((document.id, place, document.publisher, document.published and document.published.isoformat()))
    return "a" + hashlib.sha256(key.encode()).hexdigest()[:24]


def _run_key(connection: Connection, run: Run) -> int:
    known = run_key(connection, run.version, run.model, run.settings)
    if known is not None:
        return known
    row = {"version": run.version, "model": run.model, "settings": run.settings, "started": run.started}
    return _insert(connection, runs, row)


def _reading_key(connection: Connection, document_key: int, run_key: int) -> int | None:
    wanted = (readings.c.document_key == document_key) & (readings.c.run_key == run_key)
    return connection.scalar(select(readings.c.key).where(wanted))


def _put_statements(connection: Connection, reading: Reading, document_key: int, run_key: int) -> None:
    newest = connection.scalar(select(func.max(readings.c.run_key)).where(readings.c.document_key == document_key))
    current = newest is None or newest < run_key
    if newest is not None and current:
        _supersede(connection, document_key)
    row = {"document_key": document_key, "run_key": run_key, "current": current}
    reading_key = _insert(connection, readings, {**row, "started": reading.run.started, "ended": reading.run.ended})
    if not reading.statements:
        stored.save(connection, reading, reading_key, document_key, {}, shown=current)
        return
    # Who speaks is settled first, so that the statements need not be touched again.
    speakers = [statement.speaker for statement in reading.statements]
    named = [speaker for speaker in speakers if len(speaker.id) + len(speaker.name or "") <= _LONGEST_NAME]
    known = entities.resolve(connection, document_key, named, day=reading.document.published)
    keys = stored.save(connection, reading, reading_key, document_key, known, shown=current)
    words.index(connection, stored.indexed(reading, keys))
    if current:
        utterances.join(connection, document_key, keys)
    if newest is not None:
        judging.carry_over(connection, document_key, reading_key)


def _supersede(connection: Connection, document_key: int) -> None:
    """What an older run read is kept, and no longer shown."""
    mine = readings.c.document_key == document_key
    connection.execute(update(readings).where(mine, readings.c.current).values(current=False))
    stored.show(connection, (statements.c.document_key == document_key) & statements.c.shown, shown=False)


def _insert(connection: Connection, table: Table, row: dict[str, Any]) -> int:
    """The key of the new row."""
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None
    return int(key[0])
