"""The PLOVER category of the event that a statement makes or reports, with who acts and who is acted upon.

Categories and their meaning: PLOVER codebook (Open Event Data Alliance); Halterman, Bagozzi, Beger, Schrodt and
Scarborough, "PLOVER and POLECAT: A New Political Event Ontology and Dataset" (2023).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.meaning.categories.sentence import Found, read_event
from onrecord.meaning.categories.statement import statement_event
from onrecord.meaning.context import Context
from onrecord.meaning.positions.words import read_words
from onrecord.meaning.speakers.lex import lex
from onrecord.types import Category, Event, Position

__all__ = ["categorise", "find_events"]


def categorise(sentence: str) -> Category | None:
    """The category of the event that a bare sentence is about; None where no word tells of one."""
    found: Found | None = read_event(read_words(lex(sentence)))
    return found.category if found else None


def find_events(
    context: Context, positions: Sequence[Position | None], counterparts: Sequence[Sequence[str]]
) -> tuple[Event | None, ...]:
    """The event of each statement; `positions` and `counterparts` are those of the statements, in the same order.

    The actor is the code that the speaker speaks for, the recipient the first counterpart.
    """
    rows = zip(range(len(context.attributions)), positions, counterparts, strict=True)
    return tuple(statement_event(context, index, position, tuple(codes)) for index, position, codes in rows)
