"""Where a speaker stands: stance and commitment of each statement, by the words of its cue and its content.

Every phrase of the register votes with a weight, and the words that voted for the class that wins are the evidence.
What the votes count for, beside who speaks, what modal verbs say of whom, conditions and single words, is fitted on
annotated statements (`positions_model`). Only what the speaker's own side does or wants binds it: "Iran will return",
said by an American, does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.meaning.conditions import find_conditions
from onrecord.meaning.context import Context
from onrecord.meaning.positions.features import features
from onrecord.meaning.positions.model import commitment_scores, stance_scores
from onrecord.meaning.positions.statement import Statement
from onrecord.meaning.positions.votes import Votes, decide
from onrecord.types import Condition, Position

__all__ = ["Votes", "decide", "find_positions", "position_scores"]


def find_positions(
    context: Context, conditions: Sequence[Sequence[Condition]] | None = None
) -> tuple[Position | None, ...]:
    """The position of each statement, with the words that decided it.

    `conditions` are those that `find_conditions` gives for the same context; found here where they are not given.
    """
    under = find_conditions(context) if conditions is None else conditions
    return tuple(decide(position_scores(context, i, under[i])) for i in range(len(context.attributions)))


def position_scores(context: Context, index: int, conditions: Sequence[Condition] = ()) -> Votes:
    """All that speaks for each stance and commitment of one statement: scores, and the words that voted."""
    votes, found = observed(context, index, conditions)
    votes.stance.scores = stance_scores(found)
    votes.commitment.scores = commitment_scores(found)
    return votes


def observed(context: Context, index: int, conditions: Sequence[Condition] = ()) -> tuple[Votes, dict[str, float]]:
    """The votes of the phrases on a statement, and the features that are weighed."""
    attribution = context.attributions[index]
    votes = Votes(words=attribution.cue or attribution.content)
    statement = Statement(context, index)
    statement.vote(votes)
    return votes, features(statement, votes, conditions)
