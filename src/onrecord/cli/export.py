"""`onrecord export`: rows and readings of the record into the chosen file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, TextIO, cast

from onrecord.cli.console import report
from onrecord.cli.output import opened, opened_binary
from onrecord.cli.progress import watched
from onrecord.record.questions_filters import Filters
from onrecord.record.rows import DeadlineRow, Page, StatementRow
from onrecord.types import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the flags ask for. `database` None is the default record; `output` None standard output."""

    format: str
    database: str | None = None
    output: Path | None = None
    filters: Filters = field(default_factory=Filters)
    rows: bool = False
    with_text: bool = False
    actors: str = "speaker"
    neutral: bool = False


class Source(Protocol):
    """What an export needs of a record."""

    def statements(self, filters: Filters) -> Iterator[StatementRow]:
        """Rows of statements, one after the other."""

    def readings(self) -> Iterator[Reading]:
        """Every document's current reading."""

    def reading(self, document_id: str) -> Reading:
        """The current reading of one document."""

    def why_empty(self, filters: Filters) -> str:
        """Why no statement was found."""

    def why_no_deadlines(self, since: date | None) -> str:
        """Why nothing falls due."""

    def deadlines(self, since: date | None, until: date | None, *, limit: int, after: str | None) -> Page[DeadlineRow]:
        """What falls due, a page of it."""


# Deadlines fetched at once.
_PAGE = 500
# Before every deadline; `date.min` has no day before it, which some questions need.
_EVER = date(1, 1, 2)

# Why there is nothing in the file; None where there is something.
Lack = str | None
Opener = Callable[[str | None], AbstractContextManager[Source]]


def run(job: Job, *, opener: Opener | None = None) -> int:
    """Do the job; 0 when the file is written, with one line on standard error if there is nothing in it."""
    with (opener or _record)(job.database) as record:
        if job.format == "parquet":
            with opened_binary(job.output) as bytes_out:
                lack = _parquet(record, job, bytes_out)
        else:
            with opened(job.output, machine=True) as text_out:
                lack = _TEXT[job.format](record, job, text_out)
    if lack:
        report(lack)
    return 0


def _record(database: str | None) -> AbstractContextManager[Source]:
    from onrecord.record.record import Record

    return cast(AbstractContextManager[Source], Record(database))


def _rows(record: Source, job: Job) -> Iterator[StatementRow]:
    return watched(record.statements(job.filters), total=None, off=_to_screen(job), noun="statements")


def _to_screen(job: Job) -> bool:
    return job.output is None and sys.stdout is not None and sys.stdout.isatty()


def _readings(record: Source, job: Job) -> Iterator[Reading]:
    """Readings with the statements that were asked for."""
    from onrecord.export.filed import readings_of

    return readings_of(_rows(record, job), record.reading)


def _parquet(record: Source, job: Job, stream: BinaryIO) -> Lack:
    from onrecord.export.columnar import parquet_rows

    return _lack(record, job, parquet_rows(_rows(record, job), stream, StatementRow))


def _jsonl(record: Source, job: Job, stream: TextIO) -> Lack:
    from onrecord.export import write
    from onrecord.export.flat import jsonl_rows

    if job.rows:
        return _lack(record, job, jsonl_rows(_rows(record, job), stream, StatementRow))
    every = job.filters == Filters()
    readings = watched(record.readings(), total=None, off=_to_screen(job)) if every else _readings(record, job)
    return _lack(record, job, write(readings, stream, "jsonl", with_text=job.with_text))


def _csv(record: Source, job: Job, stream: TextIO) -> Lack:
    from onrecord.export.flat import csv_rows

    return _lack(record, job, csv_rows(_rows(record, job), stream, StatementRow))


def _lack(record: Source, job: Job, count: int) -> Lack:
    return None if count else f"nothing to write: {record.why_empty(job.filters)}"


def _ics(record: Source, job: Job, stream: TextIO) -> Lack:
    """The period is that of the days on which things fall due; the other filters are those of the statements."""
    from onrecord.export.calendar import due, ics

    since, until = job.filters.since, job.filters.until
    others = replace(job.filters, since=None, until=None)
    if others == Filters():
        rows = _deadlines(record, since or _EVER, until)
        return None if ics(rows, stream) else f"the calendar is empty: {record.why_no_deadlines(since or _EVER)}"
    rows = due(_readings(record, replace(job, filters=others)), since=since, until=until)
    return None if ics(rows, stream) else "the calendar is empty: nothing falls due of what was asked for"


def _deadlines(record: Source, since: date, until: date | None) -> Iterator[DeadlineRow]:
    """All pages of deadlines."""
    page = record.deadlines(since, until, limit=_PAGE, after=None)
    yield from page.rows
    while page.next is not None:
        page = record.deadlines(since, until, limit=_PAGE, after=page.next)
        yield from page.rows


def _jsonld(record: Source, job: Job, stream: TextIO) -> Lack:
    from onrecord.export.linked import jsonld

    return _lack(record, job, jsonld(_readings(record, job), stream))


def _webannotation(record: Source, job: Job, stream: TextIO) -> Lack:
    from onrecord.export.annotations import webannotation

    return _lack(record, job, webannotation(_readings(record, job), stream))


def _network(record: Source, job: Job, stream: TextIO) -> Lack:
    from onrecord.export.network import network
    from onrecord.export.network_files import edges, graphml

    actors: Literal["speaker", "country"] = "country" if job.actors == "country" else "speaker"
    found = network(_rows(record, job), actors=actors, neutral=job.neutral)
    (graphml if job.format == "graphml" else edges)(found, stream)
    return found.why_empty()


def _edges(record: Source, job: Job, stream: TextIO) -> Lack:
    from onrecord.export.network_files import events

    if not job.rows:
        return _network(record, job, stream)
    if events(_rows(record, job), stream, neutral=job.neutral):
        return None
    return "the list is empty: it takes statements with a named speaker, an issue and a stance (neutral: see --neutral)"


_TEXT: dict[str, Callable[[Source, Job, TextIO], Lack]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "ics": _ics,
    "jsonld": _jsonld,
    "webannotation": _webannotation,
    "graphml": _network,
    "edges": _edges,
}
