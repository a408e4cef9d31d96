"""`onrecord add`: settings from the flags, sources into the record, what failed and what it came to."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn

from onrecord import pool
from onrecord.adding import Added, Engine, add
from onrecord.cli.answers import Answer, write
from onrecord.cli.console import clean, report
from onrecord.cli.output import opened
from onrecord.cli.progress import Watch
from onrecord.cli.read import default_workers
from onrecord.errors import RecordError
from onrecord.export.flat import csv_rows, jsonl_rows
from onrecord.record.database import default_database, open_database, shown
from onrecord.record.excerpt import one_line
from onrecord.record.outcomes import failures, size
from onrecord.record.rows import FailureRow
from onrecord.settings import Settings, usable_cores


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the flags ask for. `workers` None is as many as the sources are worth."""

    sources: tuple[str, ...]
    database: str | None = None
    resume: bool = False
    published: date | None = None
    workers: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    follow_links: bool = True
    registers: Path | None = None
    quiet: bool = False


# The reader that a test puts in place of the network.
engine: Engine | None = None


def run(job: Job) -> int:
    """Do the job; 0 if nothing failed, else 1."""
    database = job.database or default_database()
    workers = job.workers or (default_workers(job.sources) if job.sources else usable_cores())
    settings = Settings(
        published=job.published,
        workers=workers,
        columns=job.columns,
        follow_links=job.follow_links,
        registers=job.registers,
    )
    watch = Watch(off=job.quiet)
    try:
        added = add(job.sources, database=database, settings=settings, resume=job.resume, progress=watch, engine=engine)
    except RecordError as error:
        watch.end()
        raise RecordError(error.where, f"{error.reason}; {_go_on(job)}") if watch.begun else error from error
    except (KeyboardInterrupt, SystemExit):
        watch.end()
        if watch.begun:
            report(f"stopped; what was added is kept: {_go_on(job)}")
        raise
    watch.end()
    return _close(added, database)


def _close(added: Added, database: str) -> int:
    with open_database(database).connect() as connection:
        for row in failures(connection, intake_id=added.intake):
            report(f"{row.source}: {row.reason}")
        articles, statements = size(connection)
    print(
        f"added {_count(added.added, 'article')} ({_count(added.statements, 'statement')}), "
        f"{added.known:,} known already, {added.failed:,} failed; "
        f"record {shown(database)} has {_count(articles, 'article')}, {_count(statements, 'statement')}"
    )
    return 1 if added.failed else 0


def list_failed(database: str | None, format: str) -> int:
    """Write the failures of the record, oldest first."""
    where = database or default_database()
    with open_database(where).connect() as connection:
        _write(failures(connection), format)
    return 0


def _write(rows: Iterator[FailureRow], format: str) -> None:
    with opened(None, machine=format != "text") as stream:
        if format == "csv":
            csv_rows(rows, stream, FailureRow)
        elif format == "jsonl":
            jsonl_rows(rows, stream, FailureRow)
        elif format == "text":
            for row in rows:
                print(one_line(clean(f"{row.at[:16].replace('T', ' ')}  {row.source}: {row.reason}")), file=stream)
        else:  # these two are written as a whole
            found = tuple(rows)
            write(Answer(kind=FailureRow, rows=found, total=len(found)), stream, format, color="never", reason="")


def leave(status: int) -> NoReturn:
    """Exit. Python aborts on its way out if a thread still waits for standard input, as intake's may when stopped."""
    if any(thread.name == pool.AHEAD_NAME for thread in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(status)
    sys.exit(status)


def _go_on(job: Job) -> str:
    if "-" in job.sources:
        return "pipe it in again to go on: what is on record by now is not read again"
    database = f" --db {shown(job.database)}" if job.database else ""
    return f"'onrecord add --resume{database}' goes on"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
