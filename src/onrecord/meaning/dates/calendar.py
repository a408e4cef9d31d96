"""Calendar arithmetic for dates in prose: periods with a start, an exclusive end, a grain and a TIMEX3 value."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.types import Grain

DAY = timedelta(days=1)
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DESIGNATOR = {"day": "D", "night": "D", "week": "W", "month": "M", "year": "Y"}
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of days: `start` inclusive, `end` exclusive, both None where only the TIMEX3 value is known."""

    grain: Grain
    timex: str
    start: date | None = None
    end: date | None = None


def first_of_month(index: int) -> date:
    """The first day of the month with this count since the year 0 (`year * 12 + month - 1`)."""
    return date(index // 12, index % 12 + 1, 1)


def day(of: date) -> Period:
    """One day."""
    return Period(grain="day", timex=of.isoformat(), start=of, end=of + DAY)


def day_or_none(year: int, month: int, number: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    if 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]:
        return date(year, month, number)
    return None


def time_of(of: date, part: str) -> Period:
    """A part of a day; `part` is a word such as "morning"."""
    code = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}[part]
    return Period(grain="time", timex=f"{of.isoformat()}T{code}", start=of, end=of + DAY)


def week(of: date) -> Period:
    """The ISO week, Monday to Monday, around a day."""
    monday = of - timedelta(days=of.weekday())
    iso = monday.isocalendar()
    return Period(grain="week", timex=f"{iso.year}-W{iso.week:02d}", start=monday, end=monday + 7 * DAY)


def weekend(of: date) -> Period:
    """Saturday and Sunday of the ISO week around a day."""
    whole = week(of)
    assert whole.start is not None
    saturday = whole.start + 5 * DAY
    return Period(grain="day", timex=f"{whole.timex}-WE", start=saturday, end=saturday + 2 * DAY)


def month(year: int, number: int) -> Period:
    """A calendar month."""
    first = year * 12 + number - 1
    return Period(
        grain="month", timex=f"{year:04d}-{number:02d}", start=first_of_month(first), end=first_of_month(first + 1)
    )


def quarter(year: int, number: int) -> Period:
    """A calendar quarter, 1 to 4."""
    first = year * 12 + 3 * (number - 1)
    return Period(
        grain="quarter", timex=f"{year:04d}-Q{number}", start=first_of_month(first), end=first_of_month(first + 3)
    )


def half(year: int, number: int) -> Period:
    """Half a calendar year, 1 or 2."""
    first = year * 12 + 6 * (number - 1)
    return Period(
        grain="half", timex=f"{year:04d}-H{number}", start=first_of_month(first), end=first_of_month(first + 6)
    )


def season(year: int, code: str) -> Period:
    """A season by whole months of the northern half of the globe; winter runs on into the next year."""
    first = year * 12 + _SEASON_MONTH[code] - 1
    return Period(
        grain="season", timex=f"{year:04d}-{code}", start=first_of_month(first), end=first_of_month(first + 3)
    )


def year(number: int) -> Period:
    """A calendar year."""
    return Period(grain="year", timex=f"{number:04d}", start=date(number, 1, 1), end=date(number + 1, 1, 1))


def decade(first: int) -> Period:
    """Ten years from a year that ends in 0."""
    return Period(grain="decade", timex=f"{first // 10:03d}", start=date(first, 1, 1), end=date(first + 10, 1, 1))


def shift(of: date, count: int, unit: str) -> date:
    """The day `count` units away, negative for earlier; the 31st falls back to the month's last day.

    Raises ValueError or OverflowError outside the years 1 to 9999.
    """
    if unit == "hour":
        return of + timedelta(days=-(-abs(count) // 24) * (1 if count >= 0 else -1))
    if unit in ("day", "night"):
        return of + timedelta(days=count)
    if unit in ("week", "weekend"):
        return of + timedelta(weeks=count)
    index = of.year * 12 + of.month - 1 + count * _MONTHS_IN[unit]
    first = first_of_month(index)
    return first.replace(day=min(of.day, monthrange(first.year, first.month)[1]))


def around(of: date, unit: str) -> Period:
    """The calendar unit a day lies in."""
    if unit == "week":
        return week(of)
    if unit == "weekend":
        return weekend(of)
    if unit == "month":
        return month(of.year, of.month)
    if unit == "quarter":
        return quarter(of.year, (of.month + 2) // 3)
    if unit == "year":
        return year(of.year)
    if unit == "decade":
        return decade(of.year // 10 * 10)
    return day(of)


def duration(count: int | None, unit: str) -> str:
    """The TIMEX3 value of a length of time: P30D, PT48H, P2DE; X for a count not told."""
    number = "X" if count is None else str(count)
    if unit == "hour":
        return f"PT{number}H"
    if unit == "quarter":
        return f"P{number if count is None else 3 * count}M"
    if unit == "decade":
        return f"P{number}DE"
    if unit == "century":
        return f"P{number}CE"
    return f"P{number}{_DESIGNATOR.get(unit, 'W')}"


def grain_of(unit: str) -> Grain:
    """The grain of an expression counted in this unit."""
    grains: dict[str, Grain] = {
        "hour": "time",
        "day": "day",
        "night": "day",
        "week": "week",
        "weekend": "week",
        "month": "month",
        "quarter": "quarter",
        "year": "year",
        "decade": "decade",
    }
    return grains.get(unit, "decade")
