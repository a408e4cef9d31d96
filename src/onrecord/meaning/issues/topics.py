"""The issue that one topic of a list belongs to: "strategic stability", "reconstruction assistance for Ukraine"."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.meaning.issues.cues import Hit, find_cues

_BASE = {"strong": 3.0, "topic": 1.5, "weak": 1.0}
# The last word before the first preposition says what a topic is; what it is aimed at stands after "against".
_PREPOSITION = re.compile(
    r"\b(?:of|in|on|for|against|with|to|between|at|from|by|through|towards?|over|within|under|and|including|after)\b",
    re.I,
)
_AGAINST = re.compile(r"\b(?:against|combat(?:ing|ting)?|fight(?:ing)?|counter(?:ing)?|prevent(?:ing|ion of)?)\b", re.I)
_NAMED, _WHOLE, _AIMED, _TOKEN, _MORE = 1.5, 3.0, 1.5, 0.75, 0.25
_LONGEST = 300


@lru_cache(maxsize=1024)
def issue_of(words: str) -> str | None:
    """The issue of a topic named in a list, by its words alone; None where no cue of any issue stands in them."""
    words = " ".join(words.split())[:_LONGEST]
    hits = find_cues(words).rows
    if not hits:
        return None
    votes: dict[str, list[float]] = {}
    for hit in hits:
        votes.setdefault(hit.issue, []).append(_vote(words, hit))
    return max(votes, key=lambda issue: max(votes[issue]) + _MORE * sum(votes[issue]))


def _vote(words: str, hit: Hit) -> float:
    phrase = words[hit.start : hit.end]
    vote = _BASE[hit.strength] + _TOKEN * len(phrase.replace("-", " ").split())
    found = _PREPOSITION.search(words, 1)
    front = words[: found.start()].rstrip() if found else words
    if hit.strength != "weak" and hit.start < len(front) <= hit.end:
        vote += _NAMED
    if phrase.lower() == words.lower():
        vote += _WHOLE
    aim = _AGAINST.search(words)
    return vote + (_AIMED if aim and hit.start >= aim.end() else 0.0)
