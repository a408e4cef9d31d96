"""Conditions on which statements hang: found in the whole text once, then given to the statements they qualify.

The connectives are those of the Penn Discourse Treebank; the hardest part is what is no condition: "if" that means
whether, concessions, turns of speech, and "after", "once" and "until" that tell a story.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.meaning.conditions.pieces import Piece, Pieces, bounds_at, innermost, pieces_of, touching
from onrecord.meaning.conditions.senses import Place, condition_at, picks_up
from onrecord.meaning.conditions.words import condition_words
from onrecord.meaning.context import Context
from onrecord.types import Condition, DateExpression, Span

_ONLY = re.compile(
    r"(?<!\bnot )\b(?:but\s)?(?:only|solely)\s(?:(?:shortly|immediately|right|directly)\s)?$", re.IGNORECASE
)
_ONLY_NEAR = re.compile(r"(?<!\bnot )\bonly\s(?:[\w’'-]+\s){1,4}$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_BETWEEN = 2  # words between a condition and the content it belongs to, those of saying apart
_POINTS_BACK = re.compile(r"[\"“‘\s]*(?:(?:But|And|However,|Only)\s)?(?:[Tt]his|[Tt]hat|[Ii]t|[Ss]uch|[Tt]hey)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A condition and where its connective stands; whether it points back ("after this"), whether it is a wait."""

    condition: Condition
    at: int
    points_back: bool
    waits: bool


def find_conditions(context: Context) -> tuple[tuple[Condition, ...], ...]:
    """The conditions of each attribution, in the order of `context.attributions`.

    A condition belongs to the innermost content around it; outside all content, to the statement it stands beside; in a
    sentence of its own that points back ("That will happen only if ..."), to the statement just before.
    """
    pieces = pieces_of(context)
    rows: list[list[Found]] = [[] for _ in context.attributions]
    for found in conditions_in(context, pieces):
        index = _owner(context, pieces, found)
        if index is not None:
            rows[index].append(found)
    return tuple(tuple(found.condition for found in _once_each(row)) for row in rows)


def conditions_in(context: Context, pieces: Pieces = ()) -> Iterator[Found]:
    """Every condition of the text, in order; none lies within another."""
    done = 0
    for match in condition_words().trigger.finditer(context.text):
        if match.start() < done:
            continue
        found = _found(context, pieces, match)
        if found is not None and found.condition.span.start >= done:
            done = found.condition.span.end
            yield found


def _found(context: Context, pieces: Pieces, match: re.Match[str]) -> Found | None:
    piece = innermost(pieces, match.start())
    bounds = bounds_at(context, piece, match.start())
    if piece is None:
        bounds = Span(bounds.start, _saying_at(context, pieces, match.end(), bounds))
    only = _ONLY.search(context.text, bounds.start, match.start())
    near = _ONLY_NEAR.search(context.text, bounds.start, match.start())
    dated = _dated(context.dates, match.end())
    word = " ".join(match.group().lower().split())
    place = Place(
        text=context.text, word=word, kind=condition_words().kinds.get(word, "condition"), start=match.start(),
        end=match.end(), first=bounds.start, limit=bounds.end, only=(only or near) is not None, dated=dated,
    )  # fmt: skip
    span = condition_at(place)
    if span is None:
        return None
    span = Span(only.start() if only else span.start, span.end)
    return Found(Condition(kind=place.kind, span=span), match.start(), picks_up(place), word == "wait for")


def _saying_at(context: Context, pieces: Pieces, at: int, sentence: Span) -> int:
    """Where the words of saying begin that follow in the sentence, from the comma before them; else its end."""
    rows = (context.attributions[piece.index] for piece in touching(pieces, sentence))
    parts = (part for row in rows for part in (*row.content, *row.cue, *([row.source] if row.source else ())))
    first = min((part.start for part in parts if part.start > at), default=sentence.end)
    comma = context.text.rfind(",", at, first)
    return comma if comma > at and first < sentence.end else max(first, at + 1)


def _dated(dates: tuple[DateExpression, ...], at: int) -> bool:
    """Whether a date follows the connective: "until June 30" is a deadline, not a condition."""
    index = bisect_left(dates, at, key=lambda d: d.span.end)
    return index < len(dates) and dates[index].span.start - at < 6


def _owner(context: Context, pieces: Pieces, found: Found) -> int | None:
    """The statement that a condition qualifies."""
    inner = innermost(pieces, found.at)
    if inner is not None:
        return inner.index
    sentence = context.sentence(found.at)
    near = list(touching(pieces, sentence))
    if near:
        return next((piece.index for piece in near if _meets(context, piece, found.condition.span)), None)
    return _previous(context, pieces, sentence)


def _meets(context: Context, piece: Piece, span: Span) -> bool:
    """Whether nothing but the words of saying stands between a condition and a piece of content."""
    start, end = min(piece.span.end, span.end), max(piece.span.start, span.start)
    if start >= end:
        return False
    found = context.attributions[piece.index]
    said = [part for part in (*found.cue, *([found.source] if found.source else ())) if start <= part.start < end]
    words = len(_WORD.findall(context.text, start, end)) - sum(
        len(_WORD.findall(part.of(context.text))) for part in said
    )
    return words <= _BETWEEN


def _previous(context: Context, pieces: Pieces, sentence: Span) -> int | None:
    """The statement of the sentence before one that points back to it."""
    if not _POINTS_BACK.match(context.text, sentence.start, sentence.end):
        return None
    paragraph = context.paragraph(sentence.start)
    if sentence.start - 2 <= paragraph.start:
        return None
    before = context.sentence(max(paragraph.start, sentence.start - 2))
    near = list(touching(pieces, before))
    return near[-1].index if near else None


def _once_each(row: list[Found]) -> list[Found]:
    """Without a wait for what the next condition names again ("We must wait for the count. After that, ...")."""
    renamed = {id(here) for here, after in pairwise(row) if here.waits and after.points_back}
    return [found for found in row if id(found) not in renamed]
