"""What a statement is about: issues of the register, weighed by where their cues stand.

Every issue that is named anywhere near gets a score between 0 and 1: a logistic sum over how loudly it is heard in the
content, in the rest of the sentence, just before, in the title, in the article as a whole. What stands around counts
for more the less the content says itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from onrecord.meaning.context import Context
from onrecord.meaning.instruments import Instruments
from onrecord.meaning.issues.places import PLACES, Article, Heard, Place, places, survey
from onrecord.meaning.issues.topics import issue_of
from onrecord.meaning.registers import load_cached
from onrecord.types import Issue, Span

__all__ = ["Scored", "all_features", "all_issue_scores", "decide", "find_issues", "issue_of", "issue_scores"]

# The relations of two states as such: what is left where nothing more special is spoken of.
FALLBACK = "bilateral-relations"
_EVIDENCE = 3
# One strong cue is heard so loudly.
_PLAIN = 0.74
# What is heard less than this outside the sentence cannot decide anything.
_FAINT = 0.15
_AROUND: tuple[Place, ...] = ("near", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How sure it is that a statement is about an issue (0..1), with the words that say so."""

    score: float
    evidence: tuple[Span, ...]


def find_issues(context: Context, instruments: Instruments) -> tuple[tuple[Issue, ...], ...]:
    """The issues of each statement, the surest first; none where none of the register fits."""
    return tuple(decide(scores) for scores in all_issue_scores(context, instruments))


def issue_scores(context: Context, instruments: Instruments, index: int) -> dict[str, Scored]:
    """Every issue that statement `index` may be about, with its score and evidence; for use beside other scores."""
    return _scores(context, instruments, survey(context, instruments), index)


def all_issue_scores(context: Context, instruments: Instruments) -> tuple[dict[str, Scored], ...]:
    """`issue_scores` of every statement, the article surveyed once."""
    about = survey(context, instruments)
    return tuple(_scores(context, instruments, about, index) for index in range(len(context.attributions)))


def decide(scores: Mapping[str, Scored]) -> tuple[Issue, ...]:
    """The issues whose score is high enough, surest first. Relations in general only where nothing else is surer."""
    _, least = _fitted()
    chosen = [(issue, found) for issue, found in scores.items() if found.score >= least]
    chosen.sort(key=lambda row: -row[1].score)
    return tuple(
        Issue(id=issue, score=round(found.score, 3), evidence=found.evidence)
        for place, (issue, found) in enumerate(chosen)
        if issue != FALLBACK or place == 0
    )


def all_features(context: Context, instruments: Instruments) -> tuple[dict[str, dict[str, float]], ...]:
    """For each statement the features of every issue worth a score; what the weights are fitted on."""
    about = survey(context, instruments)
    rows = (places(context, instruments, about, index) for index in range(len(context.attributions)))
    return tuple({issue: dict(features(heard, issue)) for issue in _named(heard)} for heard in rows)


def _scores(context: Context, instruments: Instruments, about: Article, index: int) -> dict[str, Scored]:
    heard = places(context, instruments, about, index)
    return {
        issue: Scored(score=score(dict(features(heard, issue))), evidence=_evidence(heard, issue))
        for issue in _named(heard)
    }


def _named(heard: Mapping[Place, Heard]) -> list[str]:
    """Issues worth a score: heard in the sentence or just before, or else loudly enough in the article or its title."""
    found = {**heard["content"].loud, **heard["sentence"].loud, **heard["title"].loud}
    far = [issue for place in _AROUND for issue, loud in heard[place].loud.items() if loud > _FAINT]
    return [*found, *(issue for issue in dict.fromkeys(far) if issue not in found)]


def score(found: Mapping[str, float]) -> float:
    """The logistic sum of features."""
    weights, _ = _fitted()
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in found.items())))


@lru_cache(maxsize=1)
def _fitted() -> tuple[dict[str, float], float]:
    """Weights by name of feature, and the score from which an issue is taken."""
    data = load_cached("issues_weights")
    return data["weights"], float(data["fit"]["least"])


def features(heard: Mapping[Place, Heard], issue: str) -> Iterator[tuple[str, float]]:
    """What the score of an issue is summed from, by name.

    `room` is how far the content leaves it open what it is about: 0 where it names an issue plainly itself.
    """
    content = heard["content"].loud
    own = content.get(issue, 0.0)
    other = max((loud for name, loud in content.items() if name not in (issue, FALLBACK)), default=0.0)
    room = 1 - max(own, other)
    yield "always", 1.0
    yield "content", own
    yield "plain", float(own >= _PLAIN)
    yield "other", other
    for place in PLACES[1:]:
        loud = heard[place].loud.get(issue, 0.0)
        yield place, loud
        yield f"{place} room", loud * room
    yield "content article", own * heard["article"].loud.get(issue, 0.0)
    if issue == FALLBACK:
        yield "fallback", 1.0
        yield "fallback content", own
        yield "fallback other", other
        yield "fallback around", _around(heard)


def _around(heard: Mapping[Place, Heard]) -> float:
    """How loudly anything more special is heard in the title and the article."""
    loud = [v for place in ("title", "article") for name, v in heard[place].loud.items() if name != FALLBACK]
    return max(loud, default=0.0)


def _evidence(heard: Mapping[Place, Heard], issue: str) -> tuple[Span, ...]:
    """Words of the content that name the issue, or else those nearest to it; the plainest of them, in order."""
    for place in PLACES:
        if words := heard[place].words.get(issue):
            plainest = sorted(words, key=lambda row: (-row[0], -row[1].start))[:_EVIDENCE]
            return tuple(sorted(span for _, span in plainest))
    return ()
