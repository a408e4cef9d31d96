"""Which way an incomplete date lies: past or future, judged by the words of its own sentence, conservatively."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from onrecord.meaning.dates.words import date_words
from onrecord.types import Span

Direction = Literal["past", "future"]
_DEADLINE = re.compile(
    r"\b(?:[bB]y|[uU]ntil|[tT]ill?|[bB]efore|[nN]o later than|[aA]head of|[dD]eadline of)\s(?:\w+\s){0,2}$"
)
_PAST_PERFECT = re.compile(r"\b(?:had|has|have|was|were)\s(?:\w+\s)?\w+(?:ed|en|n|t)\b")
_SINCE = re.compile(r"\b[sS]ince\s(?:\w+\s)?$")
_REACH = 90  # code points looked at before the date, and after it where nothing stands before


@cache
def _cues() -> re.Pattern[str]:
    words = date_words()
    future = "|".join(re.escape(word) for word in sorted(words.future, key=len, reverse=True))
    past = "|".join(sorted(words.past, key=len, reverse=True))
    # The future swallows the verb after it ("will be held"), so that a participle there does not count as past.
    # "due to" before a noun is a cause; "was expected" and "were due" still look ahead.
    return re.compile(
        rf"(?P<future>(?<!\w)(?:{future})(?!\w)(?:\s(?!that\b)[a-z]+){{0,2}})|(?P<past>\b(?:{past}|(?!need|speed|feed)[a-z]{{2,}}ed)\b)"
    )


def direction(text: str, sentence: Span, at: Span) -> Direction | None:
    """Past, future, or None where the sentence does not tell."""
    before = text[max(sentence.start, at.start - _REACH) : at.start]
    after = text[at.end : min(sentence.end, at.end + _REACH)]
    if _SINCE.search(before):
        return "past"
    if _DEADLINE.search(before):
        done = _PAST_PERFECT.search(before + "|" + after)
        return None if done else "future"
    nearest = next(reversed(list(_cues().finditer(before))), None) or _cues().search(after)
    if nearest is None:
        return None
    return "future" if nearest["future"] else "past"
