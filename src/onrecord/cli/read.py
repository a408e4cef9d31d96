"""`onrecord read`: settings from the flags, documents to readings, readings to the chosen view."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TextIO

from onrecord.cli.console import report
from onrecord.cli.output import opened
from onrecord.cli.progress import PER_URL, watched
from onrecord.errors import SourceError
from onrecord.settings import Settings, usable_cores
from onrecord.types import Reading

# Below this a second process costs more to start (it loads the network, about half a second) than it saves.
LITTLE_TEXT = 200_000

Engine = Callable[[tuple[str, ...], Settings], Iterator[Reading | SourceError]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the flags ask for. `workers` None is as many as the sources are worth; `output` None standard output."""

    sources: tuple[str, ...]
    format: str = "text"
    output: Path | None = None
    show: str = "statements"
    published: date | None = None
    workers: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    follow_links: bool = True
    registers: Path | None = None
    color: str = "auto"
    with_text: bool = False


@dataclass(slots=True)
class Tally:
    """Sources that failed so far; each is reported as it comes."""

    failed: int = 0

    def good(self, results: Iterable[Reading | SourceError]) -> Iterator[Reading]:
        """The readings among `results`; errors become one line each on standard error."""
        for result in results:
            if isinstance(result, SourceError):
                self.failed += 1
                report(str(result), result)
            else:
                yield result


def read_all(sources: tuple[str, ...], settings: Settings) -> Iterator[Reading | SourceError]:
    """Readings of `sources` in their order: the only place where the command meets the reader."""
    from onrecord.intake import documents
    from onrecord.pipeline import Reader

    return Reader(settings).pipe(documents(sources, settings=settings))


def run(job: Job, *, engine: Engine | None = None) -> int:
    """Do the job; 0 if every source was read, else 1. Nothing is written to a file if nothing could be read."""
    workers = job.workers or default_workers(job.sources)
    settings = Settings(
        published=job.published,
        workers=workers,
        columns=job.columns,
        follow_links=job.follow_links,
        registers=job.registers,
    )
    tally = Tally()
    to_screen = job.output is None and sys.stdout is not None and sys.stdout.isatty()
    readings = tally.good(watched((engine or read_all)(job.sources, settings), total=total(job.sources), off=to_screen))
    first = next(readings, None)
    if first is None and tally.failed:
        return 1
    with opened(job.output, machine=job.format != "text") as stream:
        _write(job, chain([first] if first else [], readings), stream)
    return 1 if tally.failed else 0


def _write(job: Job, readings: Iterable[Reading], stream: TextIO) -> None:
    if job.format == "text":
        from onrecord.cli.render import Screen

        screen = Screen(stream, color=job.color, show=job.show)
        for reading in readings:
            screen.reading(reading)
    else:
        from onrecord.export import write

        write(readings, stream, job.format, with_text=job.with_text)


def default_workers(sources: tuple[str, ...]) -> int:
    """All usable cores, or 1 where there is little text to read."""
    left = LITTLE_TEXT
    for source in sources:
        left -= _size(source, left)
        if left < 0:
            return usable_cores()
    return 1


def _size(source: str, enough: int) -> int:
    """Bytes behind a source, roughly; for a folder no further than `enough`."""
    if "://" in source:
        return PER_URL
    try:
        found = os.fstat(sys.stdin.fileno()) if source == "-" else os.stat(source)
        if stat.S_ISFIFO(found.st_mode):
            return enough + 1  # no telling how much comes
        return _folder_size(source, enough) if stat.S_ISDIR(found.st_mode) else found.st_size
    except (OSError, ValueError):
        # A pattern may match any number of files; of anything else the reader will say what is wrong with it.
        return enough + 1 if set(source) & set("*?[") else 0


def _folder_size(folder: str, enough: int) -> int:
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            size += os.lstat(os.path.join(place, name)).st_size
            if size > enough:
                return size
    return size


def total(sources: tuple[str, ...]) -> int | None:
    """How many documents there will be, if each source is surely one; None where only reading can tell."""
    from onrecord.intake.sources import kind_of

    sure = all(kind_of(source) in ("text", "html") and Path(source).is_file() for source in sources)
    return len(sources) if sure else None
