"""What a fitted model weighs in a statement: votes of phrases, who speaks, modal verbs, conditions, single words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.meaning.positions.statement import Statement, harms, opened_conditions
from onrecord.meaning.positions.votes import Votes
from onrecord.meaning.positions.words import Word, listed
from onrecord.types import Condition

_MODALS = frozenset(("will", "would", "shall", "must", "should", "can", "could", "may", "might", "need"))
_COMING = frozenset(("will", "would", "shall"))
_PRONOUNS = frozenset(("i", "we", "our", "us", "you", "your", "they", "he", "she"))
_BREAKS = frozenset((".", ",", ";", ":", '"', "“", "”", "‘", "?", "!"))
_LONG = 60
# A negation reaches as many words.
_REACH = 4


def features(statement: Statement, votes: Votes, conditions: Sequence[Condition] = ()) -> dict[str, float]:
    """Features of a statement, by name. `votes` are those of its phrases, without any prior."""
    found = {"bias": 1.0, **_voted(votes), **_spoken(statement), **_form(statement.content)}
    found.update(dict.fromkeys(_cue(statement), 1.0))
    found.update(dict.fromkeys(_modals(statement), 1.0))
    found.update(dict.fromkeys(_conditions(statement), 1.0))
    found.update(dict.fromkeys((f"under:{condition.kind}" for condition in conditions), 1.0))
    found["under a condition"] = float(bool(conditions))
    found.update(dict.fromkeys((f"pronoun:{w.base}" for w in statement.content if w.base in _PRONOUNS), 1.0))
    found.update(_words(statement.content))
    return found


def _voted(votes: Votes) -> dict[str, float]:
    found = {f"vote:{label}": score for label, score in votes.stance.scores.items()}
    found.update({f"vote:{label}": score for label, score in votes.commitment.scores.items()})
    if not votes.stance.scores:
        found["no stance"] = 1.0
    if not votes.commitment.scores:
        found["no commitment"] = 1.0
    return found


def _spoken(statement: Statement) -> dict[str, float]:
    attribution = statement.context.attributions[statement.index]
    speaker = statement.context.speakers[statement.index]
    found = {f"type:{speaker.type}": 1.0, f"kind:{attribution.kind}": 1.0}
    found["official"] = float(statement.sides.official)
    found["unnamed"] = float(speaker.name is None)
    found["joint"] = float(" and " in (speaker.name or ""))
    return found


def _form(words: list[Word]) -> dict[str, float]:
    bases = [word.base for word in words]
    found = {"length": min(len(words), _LONG) / 30, "short": float(len(words) < 8)}
    found["negation"] = float(not listed("negation").isdisjoint(bases))
    found["question"] = float("?" in bases)
    found["exclamation"] = float("!" in bases)
    if bases:
        found[f"first:{bases[0]}"] = 1.0
    return found


def _cue(statement: Statement) -> Iterator[str]:
    bases = [word.base for word in statement.cue]
    yield from (f"cue:{base}" for base in bases)
    yield "cue=" + " ".join(bases)


def _modals(statement: Statement) -> Iterator[str]:
    """Modal verbs with whose act they tell of, and whether it is negated."""
    words = statement.content
    for at, word in enumerate(words):
        if word.base in _MODALS and word.token.text != "May":
            turned = " not" if at + 1 < len(words) and words[at + 1].base == "not" else ""
            if word.base not in _COMING:  # what is to come binds by whose act it is
                yield f"modal:{word.base}{turned}"
            yield f"modal:{word.base} {statement.sides.subject(words, at)}{turned}"


def _conditions(statement: Statement) -> Iterator[str]:
    words = statement.content
    for at, first, last in opened_conditions(words):
        yield f"condition:{words[at].base}"
        if harms(words, at, first, last):
            yield "condition of harm"


def _words(words: list[Word]) -> dict[str, float]:
    """Single words, apart where a negation stands shortly before, and how many of them approve or blame."""
    found: dict[str, float] = {}
    approving, blaming, negating = listed("good"), listed("bad"), listed("negation")
    good = bad = reach = 0
    for word in words:
        base = word.base
        reach = 0 if base in _BREAKS else reach - 1
        turned = reach > 0
        if len(base) > 2 and base not in _MODALS and base.isalpha():
            found[f"not:{base}" if turned else f"word:{base}"] = 1.0
        good += base in (blaming if turned else approving)
        bad += base in (approving if turned else blaming)
        if base in negating:
            reach = _REACH + 1
    found["good"], found["bad"] = min(good, 4) / 2, min(bad, 4) / 2
    found["balance"] = (min(good, 4) - min(bad, 4)) / 2
    return found
