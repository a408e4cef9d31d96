"""Scores of each stance and commitment from the features of a statement, by fitted weights.

The weights are those of two multinomial logistic regressions, fitted by `python -m training.fit_positions` and kept in
the register `positions_weights`: for each feature one weight per class.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from onrecord.meaning.positions.votes import COMMITMENTS, STANCES
from onrecord.meaning.registers import load_cached
from onrecord.types import Commitment, Stance

Label = TypeVar("Label", bound=str)
Table = dict[str, tuple[float, ...]]


def stance_scores(features: Mapping[str, float]) -> dict[Stance, float]:
    """Log odds, up to a constant, of each stance."""
    return _weigh(features, _table("stance"), STANCES)


def commitment_scores(features: Mapping[str, float]) -> dict[Commitment, float]:
    """Log odds, up to a constant, of each commitment."""
    return _weigh(features, _table("commitment"), COMMITMENTS)


@lru_cache(maxsize=2)
def _table(name: str) -> Table:
    return {feature: tuple(weights) for feature, weights in load_cached("positions_weights")[name].items()}


def _weigh(features: Mapping[str, float], table: Table, labels: tuple[Label, ...]) -> dict[Label, float]:
    total = [0.0] * len(labels)
    for name, value in features.items():
        if value and (weights := table.get(name)):
            for at, weight in enumerate(weights):
                total[at] += value * weight
    return dict(zip(labels, total, strict=True))
