"""Fit the weights by which stance and commitment are told: two multinomial logistic regressions.

    python -m training.fit_positions [--polnear DIR] [--measure DIR] [--write]

All statements of an article are on one side: a sixth of the articles at a time is kept aside to measure. `--measure`
names a folder of records that is never fitted. `--write` puts the weights into the register `positions_weights`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from onrecord.meaning.conditions import find_conditions
from onrecord.meaning.positions import observed
from onrecord.meaning.positions.votes import COMMITMENTS, STANCES
from training.labelled import Labelled, arguments, read_sets, records

REGISTER = Path(__file__).parents[1] / "src/onrecord/meaning/registers/positions_weights.toml"
PARTS = 6
LEAST = 6  # statements in which a feature must occur
RIDGE = 3.0
# What a set counts: records are annotated with more care; PolNeAR is of another genre.
SHARE = {"records": 1.5, "PolNeAR": 0.5}
# The ridge of a group of features, as a multiple. Votes stay near what the register of phrases gives them.
RIDGES = {
    "stance": {"vote": 5.0, "cue": 1.5, "first": 2.0, "word": 3.0, "not": 3.0},
    "commitment": {"vote": 5.0, "cue": 2.0, "first": 2.0, "word": 4.0, "not": 4.0},
}
LABELS: dict[str, tuple[str, ...]] = {"stance": STANCES, "commitment": COMMITMENTS}
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One annotated statement."""

    kind: str
    article: str
    features: dict[str, float]
    gold: dict[str, str]

    @property
    def part(self) -> int:
        """The part of the cross-validation that its article belongs to."""
        return crc32(self.article.encode()) % PARTS


def rows_of(kind: str, articles: Iterable[Labelled]) -> Iterator[Row]:
    """The annotated statements of articles with their features."""
    for article in articles:
        conditions = find_conditions(article.context)
        for index, means in enumerate(article.gold):
            if means is not None:
                _, features = observed(article.context, index, conditions[index])
                yield Row(kind, article.name, features, {field: getattr(means, field) for field in LABELS})


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature and class."""

    labels: tuple[str, ...]
    names: tuple[str, ...]
    weights: Matrix

    def tell(self, rows: Sequence[Row]) -> list[str]:
        """The class of each row."""
        return [self.labels[at] for at in (_matrix(rows, self.names) @ self.weights).argmax(axis=1)]


def _matrix(rows: Sequence[Row], names: Sequence[str]) -> Matrix:
    column = {name: at for at, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, value in row.features.items():
            if name in column:
                x[at, column[name]] = value
    return x


def fit(rows: Sequence[Row], field: str) -> Model:
    """Fit one of the two fields by accelerated descent, each feature with a step of its own."""
    count = Counter(name for row in rows for name, value in row.features.items() if value)
    names = tuple(sorted(name for name, n in count.items() if n >= LEAST))
    x, labels = _matrix(rows, names), LABELS[field]
    y = np.eye(len(labels))[[labels.index(row.gold[field]) for row in rows]]
    share = np.array([SHARE.get(row.kind, 1.0) for row in rows])
    ridge = np.array([_ridge(name, field) for name in names])
    # The rows' sum of features bounds the curvature: no feature's step can overshoot.
    bound = 0.5 * (share * np.abs(x).sum(axis=1)) @ np.abs(x) + ridge
    weights = ahead = centre = _centre(names, labels)
    for turn in range(1, 401):
        slope = x.T @ ((_softmax(x @ ahead) - y) * share[:, None]) + ridge[:, None] * (ahead - centre)
        last, weights = weights, ahead - slope / bound[:, None]
        ahead = weights + (turn - 1) / (turn + 2) * (weights - last)
    return Model(labels, names, weights)


def _centre(names: Sequence[str], labels: Sequence[str]) -> Matrix:
    """What the ridge pulls to: the votes as the register of phrases weighs them."""
    return np.array([[float(name == f"vote:{label}") for label in labels] for name in names])


def _ridge(name: str, field: str) -> float:
    group = re.split(r"[:=]", name)[0]
    return 0.05 if name == "bias" else RIDGE * RIDGES[field].get(group, 1.0)


def _softmax(z: Matrix) -> Matrix:
    raised: Matrix = np.exp(z - z.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def measure(rows: Sequence[Row], field: str) -> None:
    """Print how many statements of articles kept aside are right, by kind."""
    right: Counter[str] = Counter()
    for part in range(PARTS):
        aside = [row for row in rows if row.part == part]
        told = fit([row for row in rows if row.part != part], field).tell(aside)
        right.update(row.kind for row, label in zip(aside, told, strict=True) if label == row.gold[field])
    for kind, n in Counter(row.kind for row in rows).items():
        print(f"{kind:24} {n:5} statements  {field:10} kept aside {right[kind] / n:.3f}")


def write(models: dict[str, Model]) -> None:
    """Put the weights into the register."""
    lines = ["# What each feature of a statement says for each class. Written by training/fit_positions.py."]
    for field, model in models.items():
        lines += ["", f"# {', '.join(model.labels)}", f"[{field}]"]
        least = 0.05 if field == "stance" else 0.1
        for name, row in zip(model.names, model.weights, strict=True):
            if np.abs(row).max() >= least:
                lines.append(f"{json.dumps(name, ensure_ascii=False)} = [{', '.join(f'{w:.2f}' for w in row)}]")
    REGISTER.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    args = arguments(__doc__)
    rows = [row for kind, articles in read_sets(args).items() for row in rows_of(kind, articles)]
    models = {}
    for field in LABELS:
        measure(rows, field)
        models[field] = fit(rows, field)
        for folder in args.measure:
            unseen = list(rows_of(folder.name, records(folder)))
            told = models[field].tell(unseen)
            right = sum(label == row.gold[field] for row, label in zip(unseen, told, strict=True))
            print(f"{folder.name:24} {len(unseen):5} statements  {field:10} never fitted {right / len(unseen):.3f}")
    if args.write:
        write(models)


if __name__ == "__main__":
    main()
