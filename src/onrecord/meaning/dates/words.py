"""The words dates are made of, read once from `registers/dates.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.meaning.registers import load


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """The register as look-up tables. Keys are lower-case; months count from 1, weekdays from 0 (Monday)."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    vague: tuple[str, ...]
    ordinals: dict[str, int]
    seasons: dict[str, str]
    amounts: tuple[str, ...]
    labels: frozenset[str]
    approximations: frozenset[str]
    weekday_name_before: tuple[str, ...]
    weekday_name_after: tuple[str, ...]
    person_before: frozenset[str]
    future: tuple[str, ...]
    past: tuple[str, ...]

    def number(self, words: str) -> int | None:
        """The count that figures or number words stand for; None for vague ones ("several")."""
        words = " ".join(words.lower().split())
        if words.replace(",", "").isdecimal():
            return int(words.replace(",", ""))
        if words in self.numbers:
            return self.numbers[words]
        tens, _, ones = words.replace("-", " ").partition(" ")
        if tens in self.numbers and ones in self.numbers and 20 <= self.numbers[tens] <= 90:
            return self.numbers[tens] + self.numbers[ones]
        return None

    def day(self, words: str) -> int:
        """The day of the month: 14, 14th or fourteenth."""
        figures = re.match(r"\d+", words)
        return int(figures.group()) if figures else self.ordinals[words.lower().replace(" ", "-")]

    def month(self, name: str) -> int:
        """The number of a month by its name or abbreviation."""
        return self.months[name.rstrip(".").lower()]


@cache
def date_words() -> DateWords:
    """The register, read once a process."""
    raw = load("dates")
    return DateWords(
        months={name.lower(): at for at, names in enumerate(raw["months"], 1) for name in names},
        weekdays={name.lower(): at for at, names in enumerate(raw["weekdays"]) for name in names},
        numbers=raw["numbers"],
        vague=tuple(raw["vague"]["words"]),
        ordinals=raw["ordinals"],
        seasons=raw["seasons"],
        amounts=tuple(raw["amounts"]),
        labels=frozenset(raw["labels"]),
        approximations=frozenset(raw["approximations"]),
        weekday_name_before=tuple(raw["weekday_name_before"]),
        weekday_name_after=tuple(raw["weekday_name_after"]),
        person_before=frozenset(raw["person_before"]),
        future=tuple(raw["tense"]["future"]),
        past=tuple(raw["tense"]["past"]),
    )


def either(words: tuple[str, ...] | list[str]) -> str:
    """A pattern for any of the words, longest first, with their first letter in either case."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(_initial(word).replace(" ", r"\s") for word in ordered) + ")"


def _initial(word: str) -> str:
    if not word[0].isalpha():
        return re.escape(word)
    return f"[{word[0].upper()}{word[0].lower()}]" + re.escape(word[1:]).replace(r"\ ", " ")
