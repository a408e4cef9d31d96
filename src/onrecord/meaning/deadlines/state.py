"""What has become of a deadline on a given day, and when it comes round again. Pure functions over `types.Deadline`."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal

from onrecord.types import Deadline

State = Literal["open", "met", "passed"]
_PERIOD = re.compile(r"P(\d+)([DWMY])")


def deadline_state(deadline: Deadline, on: date, happened: date | None = None) -> State:
    """Whether a deadline is open on a day, was met, or has passed without a sign of having been met.

    `happened` is the day what was due came about, None where that is not on record. What comes round again, or has no
    known day, stays open.
    """
    done = happened is not None and happened <= on
    if deadline.repeats or deadline.start is None:
        return "met" if done and not deadline.repeats else "open"
    end = deadline.end or deadline.start + timedelta(days=1)
    if done and happened is not None:
        return "met" if happened < end else "passed"
    return "open" if on < end else "passed"


def next_occurrence(deadline: Deadline, on: date, *, since: date | None = None) -> date | None:
    """The first day on or after `on` on which a deadline falls due; None where it never does again or nothing tells.

    What comes round again is counted from its first day, or, where that is not known, from `since` (the day it was
    agreed, say), which is itself no occurrence. ValueError for a period that is no ISO 8601 duration of one unit.
    """
    if deadline.repeats is None:
        return deadline.start if deadline.start and deadline.start >= on else None
    first = deadline.start or since
    if first is None:
        return None
    number, unit = _period(deadline.repeats)
    step = 0 if deadline.start else 1
    while (day := _later(first, number * step, unit)) is not None and day < on:
        step += 1
    return day


def _period(repeats: str) -> tuple[int, str]:
    match = _PERIOD.fullmatch(repeats)
    if match is None or int(match[1]) < 1:
        raise ValueError(f"not a period of one unit: {repeats}")
    return int(match[1]), match[2]


def _later(day: date, number: int, unit: str) -> date | None:
    """A day so many days, weeks, months or years later; the last of the month where it has no such day."""
    try:
        if unit in "DW":
            return day + timedelta(days=number * (7 if unit == "W" else 1))
        month = day.month - 1 + number * (12 if unit == "Y" else 1)
        year, month = day.year + month // 12, month % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return None
