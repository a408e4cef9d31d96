"""Toward whom a statement is: states and organisations that it concerns or addresses, other than the speaker's own.

What the gold records follow, read off their 116 statements:

- States named in the content count, as nouns, adjectives ("Turkish cement"), governments by their capital ("Ankara"),
  or through a person who speaks for one; also where the name is inside a treaty's ("the Iran nuclear deal").
- A quotation or report that names nobody inherits: from the statement before by the same speaker, or
  from the other side of the article's subject (the two ministers on the telephone; the state that the duty hits).
- An envoy's statements concern the state or organisation he is posted to.
- A joint source has both members, whatever it names besides; the two ministers' word on a world matter has none.
- Nobody's spokesman (an expert, a company) has all states that the matter lies between, his own included.
- Not counted: where something happened ("in Geneva", "settled at the United Nations"), a war named in passing,
  domestic matters (an attack on one's own hospitals, one's own targets), and refusals to speak.

Each candidate is weighed by a logistic regression over such observations (`counterparts_features`) with the weights of
the register `counterparts`; statements are weighed in the order of the text, since one inherits from another, and
what is handed on is a probability, not a decision. A state named only as a place ("to meet in Vienna") is no candidate.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from onrecord.meaning.context import Context
from onrecord.meaning.counterparts.features import features, scene
from onrecord.meaning.counterparts.survey import survey
from onrecord.meaning.registers import load_cached

Codes = tuple[str, ...]
Candidate = tuple[str, Mapping[str, float]]
# Weighs one statement: its number and its candidates with their features give a probability for each code.
Weigh = Callable[[int, Sequence[Candidate]], Mapping[str, float]]


def find_counterparts(context: Context) -> tuple[Codes, ...]:
    """Codes (ISO 3166-1 alpha-3, or of organisations) for each attribution, the most important first."""
    weights, least = _weights()
    return tuple(kept(found, least) for found in walk(context, weigher(weights)))


def kept(probabilities: Mapping[str, float], least: float) -> Codes:
    """The codes with a probability of `least` or more, the most probable first."""
    return tuple(sorted((c for c, p in probabilities.items() if p >= least), key=lambda c: -probabilities[c]))


def weigher(weights: Mapping[str, float]) -> Weigh:
    """Weigh candidates by the logistic regression with these weights."""
    return lambda _, candidates: {code: score(row, weights) for code, row in candidates}


def walk(context: Context, weigh: Weigh) -> tuple[Mapping[str, float], ...]:
    """Go through the statements in the order of the text; what `weigh` says of one is known to those after it."""
    found = survey(context)
    result: dict[int, Mapping[str, float]] = {}
    by_speaker: dict[str, Mapping[str, float]] = {}
    last: Mapping[str, float] | None = None
    teller: str | None = None
    order = sorted(range(len(context.attributions)), key=lambda i: context.attributions[i].content[0].start)
    for index in order:
        speaker = context.speakers[index]
        here = scene(context, found, index, by_speaker.get(speaker.id), last, teller)
        result[index] = weigh(index, [(code, features(here, found, code)) for code in here.candidates()])
        by_speaker[speaker.id] = last = result[index]
        teller = speaker.country
    return tuple(result[i] for i in range(len(context.attributions)))


def score(row: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability that a candidate with these features is a counterpart."""
    total = sum(weights.get(name, 0.0) * value for name, value in row.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, float], float]:
    data = load_cached("counterparts")
    return data["weights"], float(data["fit"]["least"])
