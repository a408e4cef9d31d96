"""Two writers on one record at once: nobody is told that it is locked, nothing is lost, nothing is there twice.

    python -m benchmarks.record_two_writers [--quick] [--articles 5000]

Two processes write 5,000 articles each (built by hand, no network), every tenth of them the other's as well, in batches
of 32, into one SQLite file and then into one PostgreSQL database.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select

from onrecord.record import tables
from onrecord.record.database import open_database
from onrecord.record.writer import Entry, Writer
from tests.record import postgres
from tests.record.samples import article

BATCH = 32


def numbers(writer: int, articles: int) -> list[int]:
    """The articles of one writer: every tenth is the same for both."""
    return [at if at % 10 == 0 else at + writer * articles for at in range(articles)]


def write(where: str, writer: int, articles: int) -> None:
    """One writer."""
    mine = numbers(writer, articles)
    with Writer(where) as record:
        intake = record.start_intake([f"writer {writer}"], {})
        for first in range(0, articles, BATCH):
            made = [article(number) for number in mine[first : first + BATCH]]
            entries = [Entry(source=one.document.url or "", result=one) for one in made]
            record.write(intake, f"writer {writer}", first, entries)
        record.finish_intake(intake)


def run(where: str, articles: int) -> tuple[float, list[str]]:
    """Both writers at once; the seconds it took, and what was wrong."""
    began = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.record_two_writers", "--articles", str(articles), "--into", where]
    both = [
        subprocess.Popen([*command, "--writer", str(writer)], stderr=subprocess.PIPE, text=True) for writer in (0, 1)
    ]
    said = [process.communicate()[1] for process in both]
    seconds = time.monotonic() - began
    wrong = [f"a writer ended with {p.returncode}: {s[-300:]}" for p, s in zip(both, said, strict=True) if p.returncode]
    return seconds, wrong + [
        f"{name}: {found}, not {wanted}" for name, found, wanted in counts(where, articles) if found != wanted
    ]


def counts(where: str, articles: int) -> Sequence[tuple[str, int, int]]:
    """What is there, and what should be."""
    both = [*numbers(0, articles), *numbers(1, articles)]
    made = [article(number) for number in sorted(set(both))]
    statements = sum(len(one.statements) for one in made)
    o = tables.outcomes.c
    engine = open_database(where)
    with engine.connect() as connection:

        def count(query: Select[Any]) -> int:
            return connection.scalar(select(func.count()).select_from(query.subquery())) or 0

        rows = [
            ("documents", count(select(tables.documents.c.key)), len(made)),
            ("statements", count(select(tables.statements.c.key)), statements),
            ("shown", count(select(tables.statements.c.key).where(tables.statements.c.shown)), statements),
            ("added", count(select(o.number).where(o.status == "added")), len(made)),
            ("known", count(select(o.number).where(o.status == "known")), len(both) - len(made)),
            ("failed", count(select(o.number).where(o.status == "failed")), 0),
        ]
        if connection.dialect.name == "sqlite":
            check = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            rows.append(("pages damaged", int(check != "ok"), 0))
    engine.dispose()
    return rows


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quick", action="store_true", help="100 articles each, not 5,000")
    arguments.add_argument("--articles", type=int, default=5000)
    arguments.add_argument("--only", choices=["sqlite", "postgresql"])
    arguments.add_argument("--into", help=argparse.SUPPRESS)
    arguments.add_argument("--writer", type=int, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.into:
        write(given.into, given.writer, given.articles)
        return 0
    articles, wrong = (100 if given.quick else given.articles), 0
    print(f"{'database':<12}{'articles':>10}{'seconds':>9}{'ms each':>9}  wrong")
    for name in [given.only] if given.only else ["sqlite", "postgresql"]:
        if name == "sqlite":
            with tempfile.TemporaryDirectory() as folder:
                seconds, found = run(str(Path(folder) / "record.db"), articles)
        else:
            with postgres.server(durable=True) as server:
                seconds, found = run(server.database(), articles)
        each = seconds / (2 * articles) * 1000
        print(f"{name:<12}{2 * articles:>10}{seconds:>9.0f}{each:>9.1f}  {'; '.join(found) or 'nothing'}", flush=True)
        wrong += len(found)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
