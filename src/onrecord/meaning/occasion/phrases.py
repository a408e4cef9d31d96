"""The noun phrases that name an occasion: what they are made of is data in `registers/occasions.toml`."""

from __future__ import annotations

import re
from functools import cache

from onrecord.meaning.registers import load


@cache
def registers() -> dict[str, str]:
    """Each list of `registers/occasions.toml` as one alternative pattern."""
    raw = load("occasions")
    joined = {key: "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) for key, words in raw.items()}
    joined["no_place"] = rf"(?:{joined['calls']}|{joined['documents']}|{joined['channels']})"
    return joined


@cache
def modes() -> dict[str, str]:
    """Ways of speaking from afar ("telephone") and the occasion each one makes ("telephone call")."""
    raw = load("occasions")
    return dict(raw["modes"])


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
    r"if|but|or|next|held|sent|given|spread|put|made|read|broadcast|seen|due|[a-z]+ed)\b"
)
_MONTH_OR_DAY = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)[a-z.]*\b"
_PLACE = (
    r"(?:,?\s(?:held\s|organi[sz]ed\s)?(?:in|at)\s(?:the\s)?"
    rf"(?P<place>(?!{_MONTH_OR_DAY})[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{0,2}}))?"
)


_PROPER = r"(?:Conference|Forum|Summit|Congress|Convention|Dialogue|Assembly|Meeting|Session|Symposium)"
_POSTED = r"(?:(?<=post|sage|ideo)\son\s(?:social\smedia|[A-Z]\w*))?"


def _phrase() -> str:
    reg = registers()
    body = (
        r"(?:the\s|a\s|its\s|his\s|her\s)?[a-z-]+(?:\s[a-z-]+)?(?=\s(?:in|at)\s(?:the\s)?[A-Z])"
        r"|(?:the|its|his|her|their)\s[a-z-]+(?=[.,;:]|\s[\"“‘]|\s(?:on\s[A-Z]|[a-z]+ed\b|seen\b|sent\b)|$)"
    )
    tail = rf"(?:\s(?:of|with|to|for|by)\s(?:{_NAME}|(?!(?:his|her|their|its)\s)[a-z]+\s{_NAME}|{body}))?"
    head = rf"(?:{reg['events']}|{reg['documents']})(?!\w|-)(?={_FOLLOW})"
    proper = rf"[A-Z][\w’'.-]*\s(?:(?:of|for|on|and|the|to)\s){{1,2}}(?:[A-Z][\w’'.-]*\s){{1,5}}?{_PROPER}(?!\w|-)"
    site = r"X(?=[\s,.]+(?:[a-z]|$))"
    return rf"(?P<event>{proper}|{_WORD}{{0,5}}?{head}{tail}{_POSTED}|{reg['channels']}|{site}){_PLACE}"


@cache
def event() -> re.Pattern[str]:
    """A preposition that places speech at an event, then the event's noun phrase and its town."""
    lead = r"(?:(?:close|end|start|margins|sidelines|opening|conclusion|beginning|exit|issue|outset|edge)\sof)"
    return re.compile(
        r"\b(?P<prep>[aA]t|[dD]uring|[iI]n|[fF]ollowing|[tT]old|[aA]ddressing|[oO]n|[vV]ia|[tT]hrough|[aA]fter|[oO]pening|[cC]losing|[cC]hairing|[hH]osting|[aA]ttending|"
        rf"[tT]o(?=\s(?:an?|the|his|her|their|its|this)\s)|{lead})\s"
        rf"(?:(?:a|an|the|his|her|their|its|this|that|another|one)\s)?{_phrase()}"
    )


@cache
def introduced() -> re.Pattern[str]:
    """An event named at the top of a document, with or without a preposition."""
    return re.compile(rf"\b(?:at|during|of|in|on|after|the|a|with)\s(?:(?:a|an|the|his|her|their|its)\s)?{_phrase()}")


@cache
def titled() -> re.Pattern[str]:
    """An event in a title, whose words may all be capitalised: "President Duarte's Call with Prime Minister Lund"."""
    reg = registers()
    return re.compile(
        rf"(?:(?:\b(?:at|during|of|in|on|after|the|a)|['’]s?|^)\s?)(?P<event>{_WORD}{{0,3}}?(?i:{reg['events']})(?!\w|-))"
        + _PLACE,
        re.M,
    )


_WHEN = (
    r"today|yesterday|on\s(?:\d{1,2}\s[A-Z]\w+|[A-Z]\w+\s\d{1,2})|"
    r"(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|here|briefly|separately|also|again"
)


@cache
def held() -> re.Pattern[str]:
    """A verb that says that an event took place, and the event: "held talks today in Astana"."""
    small = rf"(?:{_WHEN}|an?|the|his|her|their|its|\w+\s(?:days|hours|rounds?)\sof|(?:his|her|their)\sfirst)"
    return re.compile(rf"\b(?:{registers()['holding']})\s(?:{small}\s){{0,3}}{_phrase()}")


@cache
def spoke_by() -> re.Pattern[str]:
    """Two parties who spoke from afar: "spoke today by video conference with"."""
    return re.compile(
        r"\b(?:spoke|speaks|spoken|talked|talks|conferred|conversed|met|meets)\b[^.;:\"“]{0,80}?"
        rf"\b(?:by|via|over|on|through)\s(?:an?\s|the\s)?(?P<event>{registers()['modes']})\b"
    )


@cache
def met() -> re.Pattern[str]:
    """Two parties who met: "met today with", "received in Oslo". Not the press, and not a meeting of long ago."""
    return re.compile(
        r"(?<!last )(?<!first )(?<!had )(?<!never )(?<!have )(?<!has )(?<!ever )"
        rf"\b(?P<event>met|meets|received)(?:\s(?:{_WHEN}))*(?=\s(?:with|in|at)\s|\s(?:the\s)?[A-Z])"
        rf"(?!\s(?:with\s)?(?:{registers()['press']}))"
    )


@cache
def to_press() -> re.Pattern[str]:
    """Words to the press."""
    return re.compile(
        r"\b(?:[tT]old|(?:[sS]p(?:oke|eaking)|[tT]alk(?:ed|ing))\s(?:briefly\s)?(?:to|with)|[mM]et|[mM]eeting|[aA]ddress(?:ed|ing)|"
        rf"[bB]rief(?:ed|ing)|[qQ]uestions\s(?:from|of))\s(?:with\s)?(?:{registers()['press']})\b"
        r"|\b(?:faced|answered|took|fielded)\s(?:[\w-]+\s){0,3}?questions\b"
    )


@cache
def elsewhere() -> re.Pattern[str]:
    """Marks of another scene: words to the press or to one outlet, or "in a separate"."""
    reg = registers()
    return re.compile(
        rf"{to_press().pattern}|\b(?:told|to|with)\s(?:the|a|an)\s(?:[\w-]+\s){{0,2}}?(?:{reg['outlets']})\b"
        rf"|\b(?:{reg['apart']})\b"
    )


@cache
def day_part() -> re.Pattern[str]:
    """A part of the day that was named before."""
    return re.compile(rf"\b(?:{registers()['day_parts']})\b", re.I)


@cache
def paper() -> re.Pattern[str]:
    """A paper that comes into being: "with a joint communique", "issued a statement"."""
    made = "with|issued|adopted|signed|published|released|sent|posted|approved|endorsed|in|produced|read"
    return re.compile(
        rf"\b(?:{made})\s(?:an?|their|its|his|her|the)\s(?P<event>{_WORD}{{0,3}}?(?:{registers()['documents']}))(?!\w|-)"
    )
