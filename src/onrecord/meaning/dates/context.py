"""What a date is resolved against: the reference day, the dates found so far, the sentence around."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from onrecord.meaning.dates import calendar
from onrecord.meaning.dates.calendar import Period
from onrecord.meaning.dates.tense import Direction, direction
from onrecord.types import DateExpression, Segments, Span

Basis = Literal["stated", "published", "anchor", "none"]
_ANCHOR_REACH = 700  # code points back to the date that "two days later" counts from
_SAYING_REACH = 320  # code points back to the day of saying that "within ten days" counts from
_TOLD_REACH = 220  # code points back to the full date that tells the year of a narrative


@dataclass(slots=True, kw_only=True)
class Context:
    """The document while it is being read. `day_first` is the order of slashed dates, None where nothing tells."""

    segments: Segments
    reference: date | None
    basis: Basis
    day_first: bool
    dotted: bool
    may_is_a_person: bool
    done: list[DateExpression] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [sentence.start for sentence in self.segments.sentences]

    @property
    def text(self) -> str:
        """The working text."""
        return self.segments.text

    def sentence(self, at: int) -> Span:
        """The sentence around a place; all the text where there are none."""
        index = bisect_right(self._starts, at) - 1
        return self.segments.sentences[index] if index >= 0 else Span(0, len(self.text))

    def before(self, at: Span, reach: int = 40) -> str:
        """The words before a span, at most `reach` code points."""
        return self.text[max(0, at.start - reach) : at.start]

    def after(self, at: Span, reach: int = 40) -> str:
        """The words after a span, at most `reach` code points."""
        return self.text[at.end : at.end + reach]

    def direction(self, at: Span) -> Direction | None:
        """Whether the sentence speaks of the past or the future there."""
        return direction(self.text, self.sentence(at.start), at)

    def anchor(self, at: Span) -> date | None:
        """The first day of the nearest date before `at`, which "later" and "the following day" count from."""
        for earlier in reversed(self.done):
            if at.start - earlier.span.end > _ANCHOR_REACH:
                return None
            if earlier.start is not None and earlier.grain != "decade":
                return earlier.start
        return None

    def saying(self, at: Span) -> date | None:
        """The day the words were said, if one is named just before: a day of the month up to the reference day."""
        if self.reference is None:
            return None
        for earlier in reversed(self.done):
            if at.start - earlier.span.end > _SAYING_REACH:
                return None
            if earlier.start and earlier.grain in ("day", "time") and 0 <= (self.reference - earlier.start).days <= 31:
                return earlier.start
        return None

    def stated(self, at: Span, period: Period, other: date | None = None) -> DateExpression:
        """A date that needed nothing else."""
        return _made(at, period, "stated", other)

    def resolved(self, at: Span, period: Period, other: date | None = None) -> DateExpression:
        """A date completed with the reference day."""
        return _made(at, period, self.basis if period.start else "none", other)

    def anchored(self, at: Span, period: Period) -> DateExpression:
        """A date counted from an earlier one in the text."""
        return _made(at, period, "anchor" if period.start else "none", None)

    def told_year(self, at: Span, month: int) -> int | None:
        """The year a narrative of the past is in: that of a nearby full date well before the reference day."""
        if self.reference is None or self.direction(at) != "past":
            return None
        for earlier in reversed(self.done):
            if at.start - earlier.span.end > _TOLD_REACH:
                return None
            if self._names_something(earlier.span):
                continue
            if earlier.start and earlier.basis in ("stated", "anchor") and earlier.grain in ("day", "month", "year"):
                past = earlier.start.year < self.reference.year - 1 and "/" not in earlier.timex
                past = past and (earlier.grain == "year" or month >= earlier.start.month)
                return earlier.start.year if past else None
        return None

    def _names_something(self, at: Span) -> bool:
        """Whether a date is part of a name, "the 2016 accord": nothing is told of that time."""
        noun = re.match(r"\s[a-z]{3,}", self.after(at, 5))
        return noun is not None and _NAMED_BY.search(self.before(at, 12)) is not None

    def year_for(self, at: Span, month: int, day: int | None, weekday: int | None = None) -> int | None:
        """The year that puts a date without one nearest to the reference day, given the sentence's tense."""
        if self.reference is None:
            return None
        near = [
            y
            for y in range(self.reference.year - 1, self.reference.year + 2)
            if calendar.day_or_none(y, month, day or 1)
        ]
        if weekday is not None:
            near = [y for y in near if date(y, month, day or 1).weekday() == weekday] or near
        if re.search(r"\b[sS]ince\s(?:\w+\s)?$", self.before(at, 16)):
            near = [y for y in near if date(y, month, day or 1) <= self.reference]
        if not near:
            return None
        way = self.direction(at)
        return min(near, key=lambda y: self._distance(date(y, month, day or 1), day is None, way))

    def _distance(self, candidate: date, whole_month: bool, way: Direction | None) -> float:
        """Days from the reference, dearer against the tense; news looks back rather more than ahead."""
        assert self.reference is not None
        if whole_month and (candidate.year, candidate.month) == (self.reference.year, self.reference.month):
            return 0.0
        days = (candidate - self.reference).days
        if days > 0:
            return days * {"past": 2.0, "future": 0.5, None: 1.2}[way]
        return -days * (4.0 if way == "future" else 1.0)


def _made(at: Span, period: Period, basis: Basis, other: date | None) -> DateExpression:
    return DateExpression(
        span=at, grain=period.grain, timex=period.timex, basis=basis, start=period.start, end=period.end, other=other
    )


_NAMED_BY = re.compile(r"(?:\b(?:the|The|its|their|his|her|our|a|this)|['’]s)\s$")
_PERSON = re.compile(r"\b(?:Theresa|Mrs\.?|Ms\.?|Miss|Minister|PM|Lady) May\b")


def context(segments: Segments, *, reference: date | None, basis: Basis) -> Context:
    """Read the evidence of the whole document: the order of slashed dates, dotted dates, a person called May."""
    text = segments.text
    slashed = re.findall(r"(?<![\d/])(\d{1,2})[/-](\d{1,2})[/-](?:19|20)?\d\d(?![\d/])", text)
    return Context(
        segments=segments,
        reference=reference,
        basis=basis,
        day_first=any(int(a) > 12 >= int(b) for a, b in slashed) and not any(int(b) > 12 >= int(a) for a, b in slashed),
        dotted=re.search(r"\b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b", text) is not None,
        may_is_a_person=_PERSON.search(text) is not None,
    )
