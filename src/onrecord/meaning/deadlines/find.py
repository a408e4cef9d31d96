"""What was promised, ordered, demanded, expires or is scheduled: by when, and on whom.

A date is a deadline where it lies ahead of the day of publication and the words around it look ahead or bind: not the
day of the saying, not a date of the past, not a guess. An instrument whose end is spoken of without a date brings the
date of its register entry.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from onrecord.meaning.conditions.pieces import Piece, Pieces, bounds_at, innermost, pieces_of, touching
from onrecord.meaning.context import Context
from onrecord.meaning.deadlines.clause import clause_at, what_is_due
from onrecord.meaning.deadlines.kinds import cue_words, is_deadline, kind_of, who_of
from onrecord.meaning.deadlines.repeats import recurs, repeated, what_recurs
from onrecord.meaning.deadlines.state import State, deadline_state, next_occurrence
from onrecord.meaning.deadlines.words import deadline_words
from onrecord.meaning.registers.instruments import instrument, known_expiry
from onrecord.types import DateExpression, Deadline, InstrumentMention, Span

__all__ = ["Deadlines", "Mentioned", "State", "deadline_state", "find_deadlines", "next_occurrence"]
_RELATIVE = re.compile(r",?\s(?:which|who|whose|that)\b[^.;:!?\"“”]*")
_TOLD = re.compile(
    r"[\"”’'»]\s?[-–—,]{0,2}\s?.*\b(?:said|told|wrote|stated|added|declared|warned|announced|insisted|tweeted)\b"
)
_STRAY = re.compile(r"\b(?:by|before|until|till|on|in|from|within)\.\s$")
_RECENT = 31  # days that a saying may lie back
_CLAUSE = 200  # code points of a relative clause before its date
_AHEAD = timedelta(days=1100)  # an instrument's end further off is no news when its extension is spoken of


class Mentioned(Protocol):
    """Every mention of an instrument in the article, as `find_instruments` gives them."""

    @property
    def mentions(self) -> Sequence[InstrumentMention]:
        """In the order of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """`of` by attribution; `narration` what the reporter says in his own words."""

    of: tuple[tuple[Deadline, ...], ...]
    narration: tuple[Deadline, ...]

    @property
    def article(self) -> tuple[Deadline, ...]:
        """Every deadline of the article, in the order of the text."""
        rows = [row for part in (*self.of, self.narration) for row in part]
        return tuple(sorted(rows, key=lambda row: (row.span, row.start or date.max)))


def find_deadlines(context: Context, instruments: Mentioned | None = None) -> Deadlines:
    """The deadlines of each attribution, in the order of `context.attributions`, and those of the narration."""
    pieces = pieces_of(context)
    rows: dict[int | None, list[Deadline]] = {}
    found = [*_dated(context, pieces), *_recurring(context, pieces)]
    for index, row in [*found, *_registered(context, pieces, instruments, found)]:
        rows.setdefault(index, []).append(row)
    of = (_in_order(rows.get(index, [])) for index in range(len(context.attributions)))
    return Deadlines(of=tuple(of), narration=_in_order(rows.get(None, [])))


def _in_order(rows: list[Deadline]) -> tuple[Deadline, ...]:
    """By place, each day once; the words of the text before the register."""
    days: dict[tuple[date | None, str | None], Deadline] = {}
    for row in sorted(rows, key=lambda row: (row.source == "register", row.span)):
        days.setdefault((row.start, row.repeats), row)
    return tuple(sorted(days.values(), key=lambda row: row.span))


def _dated(context: Context, pieces: Pieces) -> Iterator[tuple[int | None, Deadline]]:
    for found in context.dates:
        when = _since_said(context, found)
        if when.start is None or (context.published and when.end and when.end <= context.published):
            continue
        at = _unbroken(context.text, when.span.start)
        piece = innermost(pieces, at) or _continued(context, pieces, when.span.start)
        row = _deadline(context, when, piece)
        if row is not None:
            yield (piece.index if piece else None), row


def _since_said(context: Context, when: DateExpression) -> DateExpression:
    """A length of time counted from the day that the words behind it name as that of the saying.

    "... within 72 hours", he told the broadcaster on July 30. What is named before is counted from already.
    """
    if context.published is None or when.start is None or when.basis != "published" or not when.timex.startswith("P"):
        return when
    sentence = context.sentence(when.span.end - 1)
    behind = (day for day in context.dates if when.span.end < day.span.start < sentence.end + 1 and day.start)
    for day in behind:
        late = (context.published - day.start).days if day.start else 0
        told = _TOLD.search(context.text, when.span.end, day.span.start)
        if day.grain in ("day", "time") and 0 < late <= _RECENT and told:
            back = timedelta(days=late)
            return replace(when, start=when.start - back, end=when.end - back if when.end else None)
    return when


def _continued(context: Context, pieces: Pieces, at: int) -> Piece | None:
    """The content that ends where a relative clause with the date begins (", which has until June 8")."""
    sentence = context.sentence(at)
    near = [piece for piece in touching(pieces, sentence) if piece.span.end <= at]
    last = max(near, key=lambda piece: piece.span.end, default=None)
    if last is None or at - last.span.end > _CLAUSE or _RELATIVE.fullmatch(context.text, last.span.end, at) is None:
        return None
    return Piece(Span(last.span.start, sentence.end), last.index)


def _deadline(context: Context, when: DateExpression, piece: Piece | None) -> Deadline | None:
    index = piece.index if piece else None
    cue = cue_words(context, index)
    at = when.span.start
    bounds, sentence = bounds_at(context, piece, at), bounds_at(context, None, at)
    if (first := _unbroken(context.text, at)) != at:
        bounds = Span(bounds_at(context, piece, first).start, max(bounds.end, when.span.end))
        sentence = Span(bounds_at(context, None, first).start, sentence.end)
    clause = clause_at(context.text, when, bounds, sentence)
    if not is_deadline(clause, cue=cue, told=piece is not None, published=context.published):
        return None
    kind = kind_of(clause, cue)
    return Deadline(
        span=clause.span,
        what=what_is_due(clause),
        start=when.start,
        end=when.end,
        kind=kind,
        who=who_of(context, clause, kind, index),
    )


def _unbroken(text: str, at: int) -> int:
    """Where the preposition of a date stands that a stray full stop cut off ("leave before. August 3"), else `at`."""
    broken = _STRAY.search(text, max(0, at - 20), at)
    return broken.start() if broken else at


def _recurring(context: Context, pieces: Pieces) -> Iterator[tuple[int | None, Deadline]]:
    """Acts that come round again. Their first day is not known from the words, so `start` stays open."""
    for span, period in repeated(context.text):
        piece = innermost(pieces, span.start)
        bounds = bounds_at(context, piece, span.start)
        index = piece.index if piece else None
        if recurs(cue_words(context, index) + " " + context.text[bounds.start : span.start]):
            what = what_recurs(context.text, bounds.start, span)
            yield index, Deadline(span=span, what=what, start=None, end=None, repeats=period)


def _registered(
    context: Context, pieces: Pieces, instruments: Mentioned | None, found: list[tuple[int | None, Deadline]]
) -> Iterator[tuple[int | None, Deadline]]:
    """The ends of instruments from the register, where a sentence speaks of the end and gives no date."""
    stated = sorted(row.span.start for _, row in found)
    for mention in instruments.mentions if instruments else ():
        piece = innermost(pieces, mention.span.start)
        bounds = bounds_at(context, piece, mention.span.start)
        dated = bisect_left(stated, bounds.start) != bisect_left(stated, bounds.end)
        if dated or deadline_words().ends.search(context.text, bounds.start, bounds.end) is None:
            continue
        end = _known_end(mention.name, context.published)
        if end is not None:
            yield (
                piece.index if piece else None,
                Deadline(
                    span=mention.span, what=f"{mention.name} expires", start=end, end=end + timedelta(days=1),
                    kind="expires", source="register",
                ),
            )  # fmt: skip


def _known_end(name: str, published: date | None) -> date | None:
    """The end of an instrument as known on the day of publication, where it lies ahead and not far."""
    entry = instrument(name)
    if entry is None or published is None:
        return None
    end = known_expiry(entry, published)
    return end if end and published <= end <= published + _AHEAD else None
