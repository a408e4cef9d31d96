"""Progress on standard error, for work that takes a while: a line that moves on a terminal, few lines in a log."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from onrecord.cli.console import report
from onrecord.errors import SourceError

if TYPE_CHECKING:
    from onrecord.settings import Settings

T = TypeVar("T")

PATIENCE = 2.0  # seconds before anything shows: below that a bar is noise
EVERY = 30.0  # seconds between lines in a log
PER_URL = 50_000  # bytes a page is reckoned to have


def watched(items: Iterable[T], *, total: int | None, off: bool = False, noun: str = "articles") -> Iterator[T]:
    """Pass `items` on; after `PATIENCE` seconds show their number, rate and, with `total`, the time left.

    Shows nothing where standard error is no terminal, or `off` (the output itself runs over the same screen).
    """
    if off or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    began = time.monotonic()
    done = 0
    shown = None
    try:
        for item in items:
            done += 1
            now = time.monotonic()
            if now - began >= PATIENCE and (shown is None or now - shown >= 0.2):
                shown = now
                _show(line(done, now - began, total, noun))
            yield item
    finally:
        if shown is not None:
            _show("")


class Watch:
    """Shows an intake's progress: `adding.Progress`.

    On a terminal one line moves; elsewhere a line is printed every `EVERY` seconds, for logs. The time left is reckoned
    from the bytes of the files that are through; how many there are is found out on the side, by a thread.
    """

    def __init__(self, *, off: bool = False) -> None:
        self._off = off or sys.stderr is None
        self._terminal = not self._off and sys.stderr.isatty()
        self._began = self._shown = time.monotonic()
        self._visible = False
        self._done = self._failed = 0
        self._bytes = self._skipped = 0
        self._open: tuple[str, BinaryIO] | None = None
        self._position = 0
        self._total: int | None = None
        self.begun = False

    def begin(self, sources: Sequence[str], settings: Settings) -> None:
        """Take the time, and begin to add up what there is to read."""
        self.begun = True
        self._began = self._shown = time.monotonic()
        if not self._off:
            threading.Thread(target=self._measure, args=(sources,), daemon=True).start()

    def opened(self, place: str, stream: BinaryIO) -> None:
        """Look at this file for how far it has been read."""
        self._open = (place, stream)
        self._position = 0

    def result(self, result: object) -> None:
        """Count an article or a failure."""
        if isinstance(result, SourceError):
            self._failed += 1
        else:
            self._done += 1
        self._due()

    def through(self, place: str, *, skipped: bool) -> None:
        """Count the bytes of a file."""
        if self._open is not None and self._open[0] == place:
            self._open, self._position = None, 0
        if skipped:
            self._skipped += size_of(place)
        else:
            self._bytes += size_of(place)
        self._due()

    def end(self) -> None:
        """Leave a clear line."""
        if self._visible:
            _show("")
        self._visible = False

    def _measure(self, sources: Sequence[str]) -> None:
        from onrecord.intake import places

        total = 0
        for place in places(sources):
            if isinstance(place, SourceError):
                continue
            if place.where == "stdin":
                return  # no telling how much comes
            total += size_of(place.name)
        self._total = total

    def _due(self) -> None:
        now = time.monotonic()
        wait = (0.2 if self._visible else PATIENCE) if self._terminal else EVERY
        if self._off or now - self._shown < wait:
            return
        self._shown = now
        text = self._line(now - self._began)
        if self._terminal:
            self._visible = True
            _show(text)
        else:
            report(text)

    def _line(self, seconds: float) -> str:
        text = f"{self._done:,} article{'' if self._done == 1 else 's'}, {self._done / seconds:.1f} a second"
        if self._failed:
            text += f", {self._failed:,} failed"
        done = self._bytes + self._read_so_far()
        if self._total is not None and done:
            left = max(0, self._total - self._skipped - done)
            text += f", {_clock(round(left * seconds / done))} left"
        return text

    def _read_so_far(self) -> int:
        """Bytes of the file that is being read; where it has been closed by now, those of the last look."""
        if self._open is not None:
            with suppress(OSError, ValueError):
                self._position = os.lseek(self._open[1].fileno(), 0, os.SEEK_CUR)
        return self._position


def size_of(place: str) -> int:
    """Bytes of a file; what a page is reckoned to have for an address; 0 where there is no telling."""
    if "://" in place:
        return PER_URL
    try:
        return os.stat(place).st_size
    except (OSError, ValueError):
        return 0


def line(done: int, seconds: float, total: int | None, noun: str = "articles") -> str:
    """`120 of 400 articles, 31.2 a second, 9 s left`; without `total` only the number and the rate."""
    rate = done / seconds
    if total is None:
        return f"{done} {noun}, {rate:.1f} a second"
    left = round((total - done) / rate)
    return f"{done} of {total} {noun}, {rate:.1f} a second, {_clock(left)} left"


def _clock(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _show(text: str) -> None:
    # Return to the first column and clear the line, so that the next message or prompt starts clean.
    sys.stderr.write(f"\r\x1b[K{text}")
    sys.stderr.flush()
