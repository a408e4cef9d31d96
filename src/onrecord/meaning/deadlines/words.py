"""The words of deadlines as patterns, compiled once a process from `registers/deadlines.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from onrecord.meaning.registers import load

# What may stand between the preposition and the date: "until midnight on Friday", "before the deadline of 15 October",
# "until at least 2026", "before the 25.2.2024".
_HOUR = (
    r"(?:(?:at\s(?:least|the\slatest)|no\slater\sthan|about|around|roughly|late|early|mid)[\s-])?"
    r"(?:(?:midnight|midday|noon|dawn|dusk|sunrise|sunset|nightfall|close\sof\sbusiness|[\d.:]+\s?(?:[ap]\.?m\.?)?|"
    r"(?:the\s)?(?:deadline|year|night|day|evening|morning))\s(?:on\s|of\s)?)?(?:the\s)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineWords:
    """Verbs by what they do to a date, the prepositions before one, and what comes round again."""

    verbs: dict[str, re.Pattern[str]]
    preposition: re.Pattern[str]
    binding: frozenset[str]
    ends: re.Pattern[str]
    every: re.Pattern[str]
    periods: dict[str, str]


@lru_cache(maxsize=1)
def deadline_words() -> DeadlineWords:
    """The register as patterns; all are matched without regard to case."""
    raw = load("deadlines")
    lists = dict(raw["verbs"])
    prepositions, binding = lists.pop("prepositions"), lists.pop("binding")
    units = "|".join(unit for unit, code in raw["every"].items() if not code.startswith("P"))
    adverbs = _either(unit for unit, code in raw["every"].items() if code.startswith("P"))
    return DeadlineWords(
        verbs={name: _word(words) for name, words in lists.items()},
        preposition=re.compile(rf"(?<!\w)(?P<word>{_either(prepositions)})\.?\s{_HOUR}[\"“‘]?$", re.IGNORECASE),
        binding=frozenset(binding),
        ends=_word(raw["instrument"]["ends"]),
        every=re.compile(
            rf"\b(?:(?:every|each)\s(?:(?P<count>[\w-]+)\s)?(?P<unit>{units})|"
            rf"(?:first|last|\w+)\sday\sof\s(?:each|every)\s(?P<part>{units})|(?P<adverb>{adverbs}))\b",
            re.IGNORECASE,
        ),
        periods=dict(raw["every"]),
    )


def _word(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_either(phrases)})(?!\w)", re.IGNORECASE)


def _either(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\*", r"\w*") for phrase in ordered)
