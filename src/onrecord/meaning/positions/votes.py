"""Votes of phrases for a stance and a commitment, and the decision from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar, get_args

from onrecord.types import Commitment, Position, Span, Spans, Stance

Label = TypeVar("Label", bound=str)
STANCES: tuple[Stance, ...] = get_args(Stance)
COMMITMENTS: tuple[Commitment, ...] = get_args(Commitment)


@dataclass(slots=True)
class Tally(Generic[Label]):
    """Scores per class (about log odds: they may be added to log probabilities) and the words that voted."""

    scores: dict[Label, float] = field(default_factory=dict)
    evidence: dict[Label, tuple[Span, ...]] = field(default_factory=dict)

    def vote(self, label: Label, weight: float, spans: Spans, *, share: float = 0.25) -> None:
        """A vote. The strongest of a class counts in full, each further one by `share`."""
        have = self.scores.get(label, 0.0)
        self.scores[label] = max(have, weight) + share * min(have, weight)
        self.evidence[label] = (*self.evidence.get(label, ()), *spans)

    def best(self, extra: Mapping[Label, float] | None = None) -> tuple[Label, float]:
        """The class with the highest score and its share of a softmax over all of them."""
        total = {label: score + (extra or {}).get(label, 0.0) for label, score in self.scores.items()}
        label = max(total, key=lambda key: total[key])
        return label, 1 / sum(math.exp(score - total[label]) for score in total.values())


@dataclass(slots=True)
class Votes:
    """All votes on one statement. `words` is what shows a position nobody voted for: the cue or the content."""

    words: Spans
    stance: Tally[Stance] = field(default_factory=Tally)
    commitment: Tally[Commitment] = field(default_factory=Tally)


def decide(
    votes: Votes,
    stance: Mapping[Stance, float] | None = None,
    commitment: Mapping[Commitment, float] | None = None,
) -> Position:
    """The position with the most votes; `stance` and `commitment` (learned log probabilities) are added first."""
    lean, sure = votes.stance.best(stance)
    bound, bound_sure = votes.commitment.best(commitment)
    shown = [*votes.commitment.evidence.get(bound, ()), *votes.stance.evidence.get(lean, ())]
    return Position(
        stance=lean, commitment=bound, evidence=_distinct(shown) or votes.words, score=round(min(sure, bound_sure), 4)
    )


def _distinct(spans: list[Span]) -> Spans:
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
