"""Frozen settings, built once at the edge (flags, environment) and passed in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path


def usable_cores() -> int:
    """Cores this process may run on (its affinity mask, where the system has one)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to read. Sizes are bytes, times seconds.

    `published` is the reference date, in place of the documents' own. `max_bytes` caps a file or a response,
    `max_chars` a text of record. `fetch_timeout` covers a whole download, `html_timeout` the parsing of one page,
    feed or PDF. `max_entries` caps the entries of a feed, an OPML list or a zip folder, `max_unpacked` the bytes that a
    compressed file or zip folder may turn into. `follow_links`: whether the linked page is fetched and read where an
    entry of a feed from the network has only a summary; otherwise the summary is read. `columns` are pairs of a
    field (`text`, `id`, `title`, `author`, `publisher`, `url`, `published`) and the name of its column in tables; an
    empty name means that there is none. Fields that are not named are found by the usual names of columns. `registers`
    is a folder with registers of your own, which add to the packaged ones; one for the life of a process.
    """

    published: date | None = None
    workers: int = 1
    max_bytes: int = 20_000_000
    max_chars: int = 2_000_000
    fetch_timeout: float = 30.0
    html_timeout: float = 8.0
    max_entries: int = 100_000
    max_unpacked: int = 20_000_000_000
    follow_links: bool = True
    columns: tuple[tuple[str, str], ...] = ()
    registers: Path | None = None

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise ValueError("workers must be 1 or more")
