"""Flags a speaker who says the opposite of his own earlier words in one article: "will sign", "will not sign".

Only where both statements bind the speaker, their positions oppose, and the very act of one is denied by the other: a
change of tone, of terms or of time is no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Protocol

from onrecord.meaning.context import Context
from onrecord.meaning.flags.self_words import Act, Said, about, acts, clash, opposed, overlap, positions_oppose, stem
from onrecord.meaning.registers import load_cached
from onrecord.types import Attribution, Flag, InstrumentMention, Issue, Position

__all__ = [
    "Act",
    "Said",
    "about",
    "acts",
    "clash",
    "message",
    "opposed",
    "overlap",
    "own_words",
    "positions_oppose",
    "self_contradictions",
    "stem",
]

_SIDE = frozenset(("administration", "country", "government", "ministry", "side", "state"))
_NAMES = ("name", "official", "adjectives", "people", "capitals", "aliases")
_MOST = 60  # statements of one speaker that are held against one another, the first


class Mentioned(Protocol):
    """The instruments of each statement, as `find_instruments` gives them."""

    @property
    def of(self) -> Sequence[tuple[InstrumentMention, ...]]:
        """By attribution."""


def self_contradictions(
    context: Context,
    positions: Sequence[Position | None],
    issues: Sequence[tuple[Issue, ...]] = (),
    instruments: Mentioned | None = None,
) -> tuple[Flag, ...]:
    """Flags `self-contradiction` for statements that deny what the same speaker says earlier in the article.

    Statements on different instruments, or with no issue in common where both have some, are never held against each
    other.
    """
    flags: list[Flag] = []
    for rows in _by_speaker(context, positions):
        said = {index: _said(context, index, positions[index]) for index in rows}
        for first, later in combinations(rows, 2):
            if not opposed(said[first], said[later]) or _apart(context, first, later, issues, instruments):
                continue
            found = clash(said[first], said[later])
            if found:
                flags.append(_flag(context, later, *found))
                break  # one for each speaker: the rest says it again
    return tuple(sorted(flags, key=lambda flag: flag.span))


def message(who: str, earlier: str, later: str) -> str:
    """The sentence for one article."""
    return f"{who} says “{later}” here, and before that in this article “{earlier}”."


def own_words(name: str | None, country: str | None) -> frozenset[str]:
    """The words in small letters that name a speaker's own side: its names, those of its state, "government"."""
    return _SIDE | _state_words(country) | frozenset((name or "").lower().split())


@lru_cache(maxsize=512)
def _state_words(country: str | None) -> frozenset[str]:
    found: set[str] = set()
    for row in load_cached("states")["state"] if country else ():
        if row["iso3"] == country:
            for key in _NAMES:
                value = row.get(key, ())
                found.update(word for each in ((value,) if isinstance(value, str) else value) for word in each.split())
    return frozenset(word.lower() for word in found)


def _by_speaker(context: Context, positions: Sequence[Position | None]) -> Iterator[list[int]]:
    """Statements that take a position, by who made them, in the order of the text."""
    found: dict[str, list[int]] = {}
    for index, (speaker, position) in enumerate(zip(context.speakers, positions, strict=True)):
        told = position is not None and _told_of(context.attributions[index], position)
        if speaker.name is not None and position is not None and _binding(position) and not told:
            found.setdefault(speaker.id, []).append(index)
    for rows in found.values():
        if len(rows) > 1:
            yield sorted(rows, key=lambda index: context.attributions[index].content[0])[:_MOST]


def _told_of(attribution: Attribution, position: Position) -> bool:
    """Whether the reporter tells of a refusal ("who refused to endorse him in July") in place of quoting one.

    A change of mind that the article itself tells of is nothing to query.
    """
    refused = position.commitment == "refuses"
    return refused and any(cue.overlaps(shown) for cue in attribution.cue for shown in position.evidence)


def _binding(position: Position) -> bool:
    return position.stance in ("supports", "opposes") or position.commitment in ("commits", "ready", "refuses")


def _said(context: Context, index: int, position: Position | None) -> Said:
    attribution, speaker = context.attributions[index], context.speakers[index]
    return Said(
        text=context.text,
        cue=attribution.cue,
        content=attribution.content,
        stance=position.stance if position else None,
        commitment=position.commitment if position else None,
        own=own_words(speaker.name, speaker.country),
        conditional=position is not None and position.commitment == "conditional",
    )


def _apart(
    context: Context,
    first: int,
    later: int,
    issues: Sequence[tuple[Issue, ...]],
    instruments: Mentioned | None,
) -> bool:
    """Whether the two overlap, or are about different things."""
    spans = (context.attributions[index].content for index in (first, later))
    one, other = spans
    if any(a.overlaps(b) for a in one for b in other):
        return True
    if instruments and _disjoint(*([row.name for row in instruments.of[i]] for i in (first, later))):
        return True
    return bool(issues) and _disjoint(*([row.id for row in issues[i]] for i in (first, later)))


def _disjoint(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether both have something, and nothing in common."""
    first, second = set(one), set(other)
    return bool(first and second) and not first & second


def _flag(context: Context, later: int, earlier_act: Act, act: Act) -> Flag:
    who = context.speakers[later].name or "The speaker"
    words = (" ".join(each.span.of(context.text).split()) for each in (earlier_act, act))
    return Flag(kind="self-contradiction", span=act.span, message=message(who, *words))
