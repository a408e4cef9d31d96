"""Fit the weights by which counterparts are told: a logistic regression over what is observed of candidates.

    python -m training.fit_counterparts [--polnear DIR] [--measure DIR] [--write]

A fifth of all articles at a time is kept aside to measure; `--measure` names a folder of records that is never fitted.
`--write` puts the weights into the register `counterparts`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from onrecord.meaning.counterparts import Candidate, Weigh, kept, walk, weigher
from training.labelled import Labelled, arguments, read_sets, records

REGISTER = Path(__file__).parents[1] / "src/onrecord/meaning/registers/counterparts.toml"
LEAST = 0.4  # swept 0.32 to 0.44 on articles kept aside
RIDGE = 6.0
Row = tuple[Mapping[str, float], bool]


def rows_of(articles: Sequence[Labelled], history: Callable[[Labelled], Weigh]) -> list[Row]:
    """Candidates of annotated statements with whether they are counterparts, where `history` gives what came before."""
    rows: list[Row] = []
    for article in articles:
        weigh = history(article)

        def keep(
            index: int, candidates: Sequence[Candidate], article: Labelled = article, weigh: Weigh = weigh
        ) -> Mapping[str, float]:
            if (gold := article.gold[index]) is not None:
                rows.extend((features, code in gold.counterparts) for code, features in candidates)
            return weigh(index, candidates)

        walk(article.context, keep)
    return rows


def annotated(article: Labelled) -> Weigh:
    """The history that the annotators give."""

    def given(index: int, _: Sequence[Candidate]) -> dict[str, float]:
        means = article.gold[index]
        return dict.fromkeys(means.counterparts if means else (), 1.0)

    return given


def newton(rows: Sequence[Row], ridge: float) -> dict[str, float]:
    """Weights of a logistic regression with an L2 penalty (none on the bias)."""
    names = sorted({name for features, _ in rows for name in features})
    column = {name: at for at, name in enumerate(names)}
    x, y = np.zeros((len(rows), len(names))), np.array([float(right) for _, right in rows])
    for at, (features, _) in enumerate(rows):
        for name, value in features.items():
            x[at, column[name]] = value
    penalty = np.where(np.array(names) == "bias", 0.01, ridge)
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + penalty * weights
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty), slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def fit(articles: Sequence[Labelled]) -> dict[str, float]:
    """Weights fitted first on the annotated history of each statement, then on the one the weights themselves give."""
    taught = rows_of(articles, annotated)
    weights = newton(taught, RIDGE)
    for _ in range(2):
        own = rows_of(articles, lambda _, weights=weights: weigher(weights))  # type: ignore[misc]
        weights = newton([*own, *taught], 2 * RIDGE)
    return weights


def score(articles: Sequence[Labelled], weights: Mapping[str, float], least: float = LEAST) -> tuple[int, int, int]:
    """Codes found, annotated and given."""
    hit = gold = given = 0
    for article in articles:
        found = [kept(row, least) for row in walk(article.context, weigher(weights))]
        for wanted, codes in zip(article.gold, found, strict=True):
            if wanted is not None:
                hit += len(set(wanted.counterparts) & set(codes))
                gold, given = gold + len(wanted.counterparts), given + len(codes)
    return hit, gold, given


def _tell(name: str, hit: int, gold: int, given: int) -> None:
    precision, recall = hit / max(1, given), hit / max(1, gold)
    print(
        f"{name:28} codes {gold:4}  precision {precision:.3f}  recall {recall:.3f}  F1 {2 * hit / (gold + given):.3f}"
    )


def write(weights: Mapping[str, float]) -> None:
    """Put weights and threshold at the end of the register."""
    kept = REGISTER.read_text(encoding="utf-8").partition("\n# Fitted")[0].rstrip("\n")
    lines = [f'"{name}" = {weight:.3f}' for name, weight in sorted(weights.items()) if abs(weight) >= 0.02]
    head = f"# Fitted by training/fit_counterparts.py, which writes all below.\n\n[fit]\nleast = {LEAST}\n\n[weights]\n"
    REGISTER.write_text(f"{kept}\n\n{head}" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    args = arguments(__doc__)
    sets = read_sets(args)
    everything = [article for articles in sets.values() for article in articles]
    parts = [fit([a for i, a in enumerate(everything) if i % 5 != part]) for part in range(5)]
    place = {article.name: i % 5 for i, article in enumerate(everything)}
    for name, articles in sets.items():
        scores = [score([article], parts[place[article.name]]) for article in articles]
        _tell(f"{name}, kept aside", *(sum(column) for column in zip(*scores, strict=True)))
    weights = fit(everything)
    for folder in args.measure:
        _tell(f"{folder.name}, never fitted", *score(list(records(folder)), weights))
    if args.write:
        write(weights)


if __name__ == "__main__":
    main()
