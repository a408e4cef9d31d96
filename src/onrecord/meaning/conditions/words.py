"""The words of conditions as patterns, compiled once a process from `registers/conditions.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from onrecord.meaning.registers import load
from onrecord.types import ConditionKind

_KINDS: tuple[ConditionKind, ...] = ("condition", "exception", "temporal", "exchange")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`trigger` finds the phrases; `kinds` tells the kind of each, by its words in lower case."""

    trigger: re.Pattern[str]
    kinds: dict[str, ConditionKind]
    whether: re.Pattern[str]
    not_if_before: re.Pattern[str]
    not_if_after: re.Pattern[str]
    bare: frozenset[str]
    not_temporal_after: re.Pattern[str]
    not_once_after: re.Pattern[str]
    not_once_before: re.Pattern[str]
    not_time_before: re.Pattern[str]
    not_when_before: re.Pattern[str]
    not_without_after: re.Pattern[str]
    unrealised: re.Pattern[str]
    modal: re.Pattern[str]
    future: re.Pattern[str]
    negation: re.Pattern[str]
    present: re.Pattern[str]
    shifted: re.Pattern[str]
    past: re.Pattern[str]
    verb: re.Pattern[str]
    act: re.Pattern[str]
    consent: re.Pattern[str]
    tells: re.Pattern[str]
    closer: re.Pattern[str]


# "Under three conditions: ..."
_LISTED = (
    r"(?<!\w)(?:a|one|two|three|four|five|six|several|some|the following|his|her|its|their|our|\d)\s"
    r"(?:\w+\s)?conditions?:(?=\s\S)"
)
# A word in -ed after one of these is an adjective: "the proposed treaty".
_BEFORE_NOUN = (
    r"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bits )(?<!\btheir )(?<!\bhis )(?<!\bher )(?<!\bour )(?<!\bmy )(?<!\byour )"
    r"(?<!\bof )(?<!\bany )(?<!\bno )(?<!\bthis )(?<!\bthat )(?<!\bto )(?<!\ball )(?<!\bin )(?<!\bby )(?<!\bnew )"
    r"(?<!\bfor )(?<!\bon )(?<!\bwith )(?<!['’]s )"
)


@lru_cache(maxsize=1)
def condition_words() -> Words:
    """The register as patterns. All but `trigger` are matched without regard to case."""
    raw = load("conditions")
    kinds = {phrase: kind for kind in _KINDS for phrase in raw[kind]["clause"]}
    words: dict[str, list[str]] = raw["words"]
    return Words(
        trigger=re.compile(
            rf"(?<![\w'’-])(?:(?P<phrase>{_either(kinds)})|(?P<inverted>should|were|had))(?![\w'’-])|(?P<listed>{_LISTED})",
            re.IGNORECASE,
        ),
        kinds=kinds,
        whether=re.compile(
            rf"(?<!\w)(?:{_either(words['whether'])})(?:\s(?:me|us|him|her|them|you))?\s$", re.IGNORECASE
        ),
        not_if_before=_before(words["not_if_before"]),
        not_if_after=_after(words["not_if_after"]),
        bare=frozenset(words["bare"]),
        not_temporal_after=_after(words["not_temporal_after"]),
        not_once_after=_after(words["not_once_after"]),
        not_once_before=_before(words["not_once_before"]),
        not_time_before=_before(words["not_time_before"]),
        not_when_before=_before(words["not_when_before"]),
        not_without_after=_after(words["not_without_after"]),
        unrealised=_word(words["unrealised"]),
        modal=_word(words["modals"]),
        future=_word(words["future"]),
        negation=_word(words["negations"]),
        present=_word(words["present"]),
        shifted=_word(words["shifted"]),
        past=re.compile(rf"(?<![\w'’])(?:{_either(words['past'])})(?!\w)|{_BEFORE_NOUN}\b[a-z]{{2,}}(?<!e)ed\b"),
        verb=re.compile(rf"{_BEFORE_NOUN}\b(?:{_either(_forms(words['verbs']))})(?![\w'’-])"),
        act=_word(words["acts"]),
        consent=re.compile(rf"\s(?:[\w’'-]+\s){{0,4}}(?:{_either(words['consent'])})\b"),
        tells=_word(words["tells"]),
        closer=re.compile(rf"\s*(?:{_either(words['closers'])})(?![\w])", re.IGNORECASE),
    )


def _before(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{_either(phrases)})\s$", re.IGNORECASE)


def _after(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_either(phrases)})(?![\w-])", re.IGNORECASE)


def _either(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)


def _word(phrases: Iterable[str]) -> re.Pattern[str]:
    plain = [p for p in phrases if p[0] not in "'’"]
    clipped = [p for p in phrases if p[0] in "'’"]
    tail = rf"|(?:{_either(clipped)})(?!\w)" if clipped else ""
    pattern = _either(plain).replace("|may|", "|(?-i:may)|")  # not the month
    return re.compile(rf"(?<![\w'’])(?:{pattern})(?![\w'’]){tail}", re.IGNORECASE)


def _forms(verbs: Iterable[str]) -> list[str]:
    return [form for verb in verbs for form in (verb, _third(verb))]


def _third(verb: str) -> str:
    if verb in ("have", "do", "go"):
        return {"have": "has", "do": "does", "go": "goes"}[verb]
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "ss", "z")) else "s")
