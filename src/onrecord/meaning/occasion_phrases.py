"""The noun phrases that name an occasion: what they are made of is data in `registers/occasions.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def registers() -> dict[str, str]:
    """Each list of `registers/occasions.toml` as one alternative pattern."""
    raw = tomllib.loads(resources.files(__package__).joinpath("registers/occasions.toml").read_text(encoding="utf-8"))
    joined = {key: "|".join(re.escape(w) for w in sorted(raw[key], key=len, reverse=True)) for key in raw}
    joined["no_place"] = rf"(?:{joined['calls']}|{joined['documents']}|{joined['channels']})"
    return joined


@cache
def not_before_date() -> re.Pattern[str]:
    """Prepositions that make the date after them no day of saying, at the end of a stretch."""
    return re.compile(rf"\b(?:{registers()['not_before_date']})\s(?:the\s)?$", re.I)


_SMALL = "of|in|an?|that|this|his|her|their|its|and|the|to|at|on|with|for|by|after|during|said|told|who"
_WORD = rf"(?:(?!(?:{_SMALL})\b)[\w’'./-]+\s)"
_NAME = r"(?:the\s)?[A-Z][\w’'.-]*(?:\s(?:(?:of|for|and|the)\s){0,2}[A-Z][\w’'.-]*){0,5}"
# What may follow an event's head noun; a plain noun there makes it a modifier ("debate moderator", "paper losses").
_FOLLOW = (
    r"\s*(?:[.,;:)\u2014\u2013\"“”'’?!-]|$)|\s[A-Z\d]|"
    r"\s(?:of|in|at|on|with|to|for|by|and|that|which|where|who|before|after|during|from|this|last|late|early|earlier|"
    r"yesterday|today|here|as|about|between|against|over|he|she|they|when|while|was|were|is|the|alongside|later|because|"
    r"if|but|or|next|held|sent|given|[a-z]+ed)\b"
)
_MONTH_OR_DAY = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)[a-z.]*\b"
_PLACE = (
    r"(?:,?\s(?:held\s|organi[sz]ed\s)?(?:in|at)\s(?:the\s)?"
    rf"(?P<place>(?!{_MONTH_OR_DAY})[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{0,2}}))?"
)


def _phrase() -> str:
    reg = registers()
    body = r"(?:the\s|a\s|its\s|his\s|her\s)?[a-z-]+(?:\s[a-z-]+)?(?=\s(?:in|at)\s(?:the\s)?[A-Z])"
    tail = rf"(?:\s(?:of|with|to|for|by)\s(?:{_NAME}|[a-z]+\s{_NAME}|{body}))?"
    head = rf"(?:{reg['events']}|{reg['documents']})(?!\w|-)(?={_FOLLOW})"
    return rf"(?P<event>{_WORD}{{0,5}}?{head}{tail}|{reg['channels']}){_PLACE}"


@cache
def event() -> re.Pattern[str]:
    """A preposition that places speech at an event, then the event's noun phrase and its town."""
    lead = r"(?:(?:close|end|start|margins|sidelines|opening|conclusion|beginning)\sof)"
    return re.compile(
        r"\b(?P<prep>[aA]t|[dD]uring|[iI]n|[fF]ollowing|[tT]old|[aA]ddressing|[oO]n|[vV]ia|[aA]fter|"
        rf"[tT]o(?=\s(?:an?|the|his|her|their|its|this)\s)|{lead})\s"
        rf"(?:(?:a|an|the|his|her|their|its|this|that|another|one)\s)?{_phrase()}"
    )


@cache
def introduced() -> re.Pattern[str]:
    """An event named at the top of a document, with or without a preposition."""
    return re.compile(rf"\b(?:at|during|of|in|after|the|a)\s(?:(?:a|an|the|his|her|their|its)\s)?{_phrase()}")
