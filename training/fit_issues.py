"""Fit the weights by which issues are told: a logistic regression over where their cues are heard.

    python -m training.fit_issues [--polnear DIR] [--measure DIR] [--write]

A fifth of all articles at a time is kept aside to measure; `--measure` names a folder of records that is never fitted.
`--write` puts the weights into the register `issues_weights`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.meaning.counterparts import Codes
from onrecord.meaning.instruments import find_instruments
from onrecord.meaning.issues import FALLBACK, all_features
from training.labelled import Labelled, arguments, read_sets, records

REGISTER = Path(__file__).parents[1] / "src/onrecord/meaning/registers/issues_weights.toml"
LEAST = 0.33  # swept 0.20 to 0.40 on articles kept aside, for the first issue and for further ones apart
RIDGE = 2.0
# A record stands for so many articles of the project's own: several subjects in one text are rare there.
RECORD = 3.0
Features = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Statements:
    """The annotated statements of an article: the features of each issue heard, and the right issues."""

    name: str
    rows: tuple[tuple[Features, Codes], ...]
    weight: float = 1.0


def statements(article: Labelled, weight: float = 1.0) -> Statements:
    """What is observed of an article's annotated statements."""
    found = all_features(article.context, find_instruments(article.context))
    rows = [(row, means.issues) for row, means in zip(found, article.gold, strict=True) if means is not None]
    return Statements(article.name, tuple(rows), weight)


def fit(articles: Sequence[Statements], ridge: float = RIDGE) -> dict[str, float]:
    """Weights of a logistic regression with an L2 penalty."""
    cases = [
        (features, float(issue in codes), article.weight)
        for article in articles
        for row, codes in article.rows
        for issue, features in row.items()
    ]
    names = sorted({name for features, _, _ in cases for name in features})
    x = np.array([[features.get(name, 0.0) for name in names] for features, _, _ in cases])
    y, share = (np.array([case[at] for case in cases], dtype=float) for at in (1, 2))
    return dict(zip(names, _newton(x, y, share, ridge).tolist(), strict=True))


def _newton(
    x: NDArray[np.float64], y: NDArray[np.float64], share: NDArray[np.float64], ridge: float
) -> NDArray[np.float64]:
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ ((p - y) * share) + ridge * weights
        step = np.linalg.solve((x * (p * (1 - p) * share)[:, None]).T @ x + ridge * np.eye(len(weights)), slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def taken(row: Features, weights: Mapping[str, float], least: float = LEAST) -> set[str]:
    """The issues that a statement is given."""
    sums = {issue: sum(weights.get(name, 0.0) * value for name, value in found.items()) for issue, found in row.items()}
    high = {issue: value for issue, value in sums.items() if value >= np.log(least / (1 - least))}
    return {issue for issue, value in high.items() if issue != FALLBACK or value == max(high.values())}


def score(article: Statements, weights: Mapping[str, float]) -> tuple[int, int, int]:
    """Issues found, annotated and given."""
    hit = gold = given = 0
    for row, codes in article.rows:
        found = taken(row, weights)
        hit, gold, given = hit + len(found & set(codes)), gold + len(set(codes)), given + len(found)
    return hit, gold, given


def _tell(name: str, scores: Sequence[tuple[int, int, int]]) -> None:
    hit, gold, given = (sum(column) for column in zip(*scores, strict=True))
    precision, recall = hit / max(1, given), hit / max(1, gold)
    f1 = 2 * hit / max(1, gold + given)
    print(f"{name:36} issues {gold:4}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


def write(weights: Mapping[str, float]) -> None:
    """Put weights and threshold at the end of the register."""
    kept = REGISTER.read_text(encoding="utf-8").partition("\n# Fitted")[0].rstrip("\n")
    lines = [f'"{name}" = {weight:.3f}' for name, weight in sorted(weights.items())]
    head = f"# Fitted by training/fit_issues.py, which writes all below.\n\n[fit]\nleast = {LEAST}\n\n[weights]\n"
    REGISTER.write_text(f"{kept}\n\n{head}" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    args = arguments(__doc__)
    sets = {
        name: [statements(article, RECORD if name == "records" else 1.0) for article in articles]
        for name, articles in read_sets(args).items()
    }
    everything = [article for articles in sets.values() for article in articles]
    parts = [fit([a for i, a in enumerate(everything) if i % 5 != part]) for part in range(5)]
    place = {id(article): i % 5 for i, article in enumerate(everything)}
    for name, articles in sets.items():
        _tell(f"{name}, kept aside", [score(article, parts[place[id(article)]]) for article in articles])
    weights = fit(everything)
    for folder in args.measure:
        _tell(f"{folder.name}, never fitted", [score(statements(a), weights) for a in records(folder)])
    if args.write:
        write(weights)


if __name__ == "__main__":
    main()
