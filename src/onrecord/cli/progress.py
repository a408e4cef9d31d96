"""A progress line on standard error, for people only and for work that takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 2.0  # seconds before anything shows: below that a bar is noise


def watched(items: Iterable[T], *, total: int | None, off: bool = False) -> Iterator[T]:
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
                _show(line(done, now - began, total))
            yield item
    finally:
        if shown is not None:
            _show("")


def line(done: int, seconds: float, total: int | None) -> str:
    """`120 of 400 articles, 31.2 a second, 9 s left`; without `total` only the number and the rate."""
    rate = done / seconds
    if total is None:
        return f"{done} articles, {rate:.1f} a second"
    left = round((total - done) / rate)
    return f"{done} of {total} articles, {rate:.1f} a second, {_clock(left)} left"


def _clock(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _show(text: str) -> None:
    # Return to the first column and clear the line, so that the next message or prompt starts clean.
    sys.stderr.write(f"\r\x1b[K{text}")
    sys.stderr.flush()
