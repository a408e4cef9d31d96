"""The shapes of dates in English news prose: one regular expression with a named alternative for each shape.

`find_shapes` is fast because it looks only around figures and the words no date is without (months, weekdays, units):
most of a text is skipped by the one small `_TRIGGER` pattern. What a shape means is decided in `dates_resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.meaning.dates.words import date_words, either
from onrecord.types import Span

_BEFORE, _AFTER = 56, 72  # code points around a trigger; the longest gap inside any shape is about forty


@dataclass(frozen=True, slots=True)
class Shape:
    """A stretch of text that has the shape `kind`; `part(name)` is one of its named parts or None."""

    kind: str
    match: re.Match[str]

    @property
    def span(self) -> Span:
        """Where it stands, without the edges that only served to recognise it."""
        start, end = self.match.span(self.kind)
        return Span(start, end)

    def part(self, name: str) -> str | None:
        """The text of a named part; None where the shape lacks it."""
        group = f"{self.kind}_{name}"
        return self.match[group] if group in self.match.re.groupindex else None


def find_shapes(text: str, accept: Callable[[Shape], bool]) -> Iterator[Shape]:
    """Shapes in `text`, in order and disjoint; where one is refused the search goes on one character later."""
    grammar = _grammar()
    for start, end in _windows(text):
        at = start
        while match := grammar.search(text, at, end):
            shape = next(filter(accept, _readings(match, text, end)), None)
            at = shape.span.end if shape else match.start() + 1
            if shape:
                yield shape


def _readings(match: re.Match[str], text: str, end: int) -> Iterator[Shape]:
    """The first shape at a place and, should it be refused, the later ones of the list that fit there too."""
    first = str(match.lastgroup)
    yield Shape(first, match)
    refused = False
    for kind, pattern in _one_by_one():
        refused = refused or kind == first
        if refused and kind != first and (other := pattern.match(text, match.start(), end)):
            yield Shape(kind, other)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    start, end = -1, -1
    for hit in _TRIGGER.finditer(text):
        left = hit.start() - _BEFORE
        if left > end:
            if end >= 0:
                yield start, min(end, len(text))
            start = max(left, 0)
        end = hit.end() + _AFTER
    if end >= 0:
        yield start, min(end, len(text))


_TRIGGER = re.compile(
    r"\d|days?\b|quarter\b|[wW]eek|[mM]onth|[yY]ear|[dD]ecade|[cC]entur|[tT]omorrow|[tT]onight|[nN]ight\b|[nN]ights\b|"
    r"[mM]orning|[aA]fternoon|[eE]vening|[hH]ours|[sS]pring|[sS]ummer|[aA]utumn|[fF]all\b|[wW]inter|"
    r"J(?:an|une?\b|uly?\b|AN|U[NL])|F(?:eb|EB)|M(?:ar\b|arch|ay\b|A[RY])|A(?:pr|ug|PR|UG)|S(?:ep|EP)|O(?:ct|CT)|"
    r"N(?:ov|OV)|D(?:ec|EC)"
)

S = r"(?:[ \u00a0]{1,2}\n?|\n)"  # one gap, perhaps a line end, never a paragraph end
DASH = r"\s?[-\u2010-\u2015]\s?"
TO = rf"(?:{DASH}|{S}(?:to|through|until|till|and|&){S})"
D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:]|[.,]\d)"
Y = r"(?:1[0-9]|20)\d\d(?!\d|[.,]\d|[-\u2010-\u2015]\d)"
FIGURES = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d{1,4})(?!\d|[.,]\d)"


@cache
def _grammar() -> re.Pattern[str]:
    """The whole grammar; an alternative earlier in the list wins over a later one at the same place."""
    return _compiled(_absolute() + _periods() + _relative())


@cache
def _one_by_one() -> list[tuple[str, re.Pattern[str]]]:
    return [(kind, _compiled([(kind, pattern)])) for kind, pattern in _absolute() + _periods() + _relative()]


def _compiled(shapes: list[tuple[str, str]]) -> re.Pattern[str]:
    body = "|".join(f"(?P<{kind}>{pattern.replace('@', kind + '_')})" for kind, pattern in shapes)
    return re.compile(rf"(?<![\w$£€#])(?:{body})(?!\w)")


def _after(*endings: str) -> str:
    """A test that a word with one of these endings stands just before."""
    return "(?:" + "|".join(rf"(?<={ending}\s)" for ending in endings) + ")"


def _months() -> str:
    names = [name.capitalize() for name in date_words().months]
    full = [name for name in names if len(name) > 4 or name in ("May", "June", "July")]
    short = [name for name in names if name not in full]
    either_case = ["|".join(group + [name.upper() for name in group]) for group in (full, short)]
    return rf"(?:(?:{either_case[0]})(?![a-z])|(?:{either_case[1]})(?![a-z])\.?)"


def _weekdays() -> str:
    names = [name.capitalize() for name in date_words().weekdays if name.endswith("day")]
    return "(?:" + "|".join(names) + ")"


def _count() -> str:
    words = date_words()
    low = [word for word, number in words.numbers.items() if number < 10 and len(word) > 2]
    high = [word for word, number in words.numbers.items() if 20 <= number < 100 and " " not in word]
    tens = rf"{either(high)}[-\s]{either(low)}"
    return f"(?:{FIGURES}|{tens}|{either([*words.numbers, *words.vague])}(?!\\w))"


def _absolute() -> list[tuple[str, str]]:
    words = date_words()
    m = _months()
    weekday = (
        "(?:(?P<@weekday>"
        + "|".join(sorted((w.capitalize() for w in words.weekdays), key=len, reverse=True))
        + rf")\.?,?{S})?"
    )
    year = (
        rf"(?:(?:,?{S}(?:of{S})?|-)(?P<@y>{Y})|,?{S}(?P<@yy>['\u2019]\d\d)|"
        rf"(?:{S}of)?{S}(?P<@which>last|next|this){S}year)?"
    )
    ordinal = either(list(words.ordinals)).replace("\\-", r"[-\s]")
    return [
        ("iso", r"(?P<@y>\d{4})-(?P<@m>\d\d)-(?P<@d>\d\d)(?!-?\d)"),
        ("dotted", r"(?<![.,/-])(?P<@a>\d{1,2})\.\s?(?P<@b>\d{1,2})\.\s?(?P<@y>\d{4}|\d\d)(?![-/]?\d|[.,]\d)"),
        (
            "slashed",
            r"(?<![.,/-])(?P<@a>\d{1,2})(?P<@sep>[/-])(?P<@b>\d{1,2})(?P=@sep)(?P<@y>\d{4}|\d\d)(?![-/]?\d|[.,]\d)",
        ),
        ("doubled", rf"(?P<@m>{m}){S}(?P<@a>\d{{1,2}})\.(?P<@b>\d{{1,2}})(?:\.(?P<@y>\d{{4}}))?(?![-/]?\d|[.,]\d)"),
        (
            "dotted2",
            _after("[oO]n", "til", "ill", "nce", "ore", "ter", "by", "rom", "of", "to", "the")
            + r"(?P<@a>\d{1,2})\.(?P<@b>\d{1,2})\.?(?![-/\d]|[.,]\d)",
        ),
        ("slashed2", _after("[oO]n") + r"(?P<@a>\d{1,2})/(?P<@b>\d{1,2})(?![-/\d]|[.,]\d)"),
        (
            "days_month",
            rf"(?P<@lead>(?:[fF]rom|[bB]etween){S}(?:the{S})?)?(?P<@d1>{D})(?:{S}(?P<@m1>{m}))?(?:,?{S}(?P<@y1>{Y}))?"
            rf"(?P<@to>{TO})(?P<@d2>{D}){S}(?:of{S})?(?P<@m2>{m})(?:,?{S}(?P<@y>{Y}))?",
        ),
        (
            "month_days",
            rf"(?P<@lead>(?:[fF]rom|[bB]etween){S})?(?P<@m1>{m}){S}(?P<@d1>{D})(?:,{S}(?P<@y1>{Y}))?"
            rf"(?P<@to>{TO})(?:(?P<@m2>{m}){S})?(?P<@d2>{D})(?:,?{S}(?P<@y>{Y}))?",
        ),
        ("day_month", rf"{weekday}(?:the{S})?(?P<@d>{D}|{ordinal})(?:{S}of)?(?:{S}|-)(?P<@m>{m}){year}"),
        ("month_day", rf"{weekday}(?P<@m>{m})(?:{S}|(?<=\.))(?:the{S})?(?P<@d>{D}){year}"),
        (
            "months_range",
            rf"(?:(?:[fF]rom|[bB]etween){S})?(?P<@m1>{m})(?:{S}(?P<@y1>{Y}))?(?P<@to>{TO})(?P<@m2>{m}){S}(?P<@y>{Y})",
        ),
    ]


def _periods() -> list[tuple[str, str]]:
    words = date_words()
    m = _months()
    edge = either(["end", "beginning", "start", "middle", "close", "turn"])
    part = rf"(?P<@part>{either(['early', 'mid', 'late'])}(?:{S}(?:in{S})?|-)|(?:[tT]he{S})?(?:{edge}\.?{S}of{S}))"
    which = either(["this", "last", "next", "the", "the current", "the following", "the same", "that"])
    deictic = rf"(?P<@which>{which}){S}(?P<@unit>week|month|quarter|year|decade)"
    season = "(?P<@season>" + "|".join(f"[{w[0]}{w[0].upper()}]{w[1:]}" for w in words.seasons) + ")"
    nth = r"(?P<@nth>first|second|third|fourth|last|final|1st|2nd|3rd|4th)"
    of_year = rf"(?:of{S})?(?:(?P<@y>{Y})|(?P<@which>this|last|next|the){S}year)"
    return [
        ("part_month", rf"{part}(?P<@m>{m})(?!\s\d\d?\b)(?:,?{S}(?:of{S})?(?P<@y>{Y}))?"),
        ("part_year", rf"{part}(?P<@y>{Y})(?!\u2019?'?s)"),
        ("part_unit", rf"{part}{deictic}"),
        ("year_end", r"(?:the\s)?(?:[yY]ear(?:['\u2019]s)?[-\s]end|end-of-year)"),
        ("month_end", r"(?:the\s)?[mM]onth(?:['\u2019]s)?[-\s]end"),
        ("part_decade", rf"(?:[tT]he{S})?(?P<@part>early|mid|late)[-\s](?P<@y>\d{{3}}0)['\u2019]?s"),
        (
            "half_month",
            rf"(?:[tT]he{S})?(?P<@nth>first|second|latter|1st|2nd)[-\s]half{S}of{S}(?P<@m>{m})(?:,?{S}(?:of{S})?(?P<@y>{Y}))?",
        ),
        (
            "quarter_bare",
            rf"{_after('[iI]n', 'by', 'til', 'ore')}the{S}(?P<@nth>first|second|third|fourth){S}quarter(?!{S}of|-|\w)",
        ),
        ("quarter", rf"(?:[tT]he{S})?{nth}[-\s](?P<@kind>quarter|half){S}{of_year}"),
        (
            "quarter_code",
            rf"(?P<@kind>[QH])(?P<@nth>[1-4]){S}?(?:of{S})?(?P<@y>{Y})|(?P<@y2>{Y}){S}?(?P<@kind2>[QH])(?P<@nth2>[1-4])",
        ),
        (
            "season",
            rf"(?:[tT]he{S})?(?:(?:[eE]arly|[mM]id|[lL]ate)[-\s])?{season}(?:{S}of|,)?{S}(?:(?P<@y>{Y})|(?P<@which>this|last|next){S}year)",
        ),
        (
            "season_this",
            rf"(?P<@which>{either(['this past', 'this coming', 'this', 'last', 'next', 'the coming', 'the past'])}){S}"
            r"(?P<@season>" + "|".join(words.seasons) + r")(?!\s(?:of|Olympic))",
        ),
        (
            "season_the",
            rf"(?P<@which>the|early|late){S}(?:late{S}|early{S})?"
            r"(?P<@season>" + "|".join(words.seasons) + r")(?=[,.;)]|\sand\s|$)",
        ),
        ("month", rf"(?P<@m>{m})(?:,?{S}(?:of{S})?(?:(?P<@y>{Y})|(?P<@which>last|next|this){S}year))?"),
        (
            "decade",
            r"(?:[tT]he\s)?(?:(?P<@y>(?:1[5-9]|20)\d0)['\u2019]?s|['\u2019](?P<@yy>\d0)s|(?<=the\s)(?P<@y2>[2-9]0)s)",
        ),
        (
            "years",
            rf"(?<![.,/-])(?P<@lead>(?:[fF]rom|[bB]etween){S})?(?P<@y1>(?:1\d|20)\d\d)(?P<@to>{TO}|/)(?P<@y2>(?:1\d|20)\d\d|\d\d)(?!\d|[.,:/]\d|['\u2019]?s|{DASH}\d)",
        ),
        ("year", rf"(?<![.,/+:\u2013-])(?P<@y>{Y})(?![-/]\w|['\u2019]?s\w)"),
        ("year_pre", rf"(?:[pP]re|[pP]ost|[mM]id|FY)-?(?P<@y>{Y})"),
        ("year_short", _after("[iI]n", "of", "nce") + r"['\u2019](?P<@yy>\d\d)(?!\d|s)"),
    ]


def _relative() -> list[tuple[str, str]]:
    count = _count()
    wd = _weekdays()
    near = ["last", "next", "this", "that", "this past", "this coming", "the same", "that same", "the current"]
    pointed = [*near[:3], *near[4:6], "the following", "the previous", "the next", "the preceding"]
    part = r"(?P<@part>morning|afternoon|evening|night)"
    unit = r"(?P<@unit>hour|day|night|week|month|quarter|year|decade|centur)(?:s|y|ies)?"
    pointing = r"(?P<@way>ago|earlier|later|from\snow|from\stoday|hence|before|after|prior|on)"
    return [
        ("day_beyond", r"[tT]he\sday\s(?P<@way>before|after)\s(?P<@day>yesterday|tomorrow)"),
        (
            "deictic_day",
            rf"(?P<@day>[yY]esterday|[tT]oday|[tT]omorrow)(?:{S}{part})?|(?P<@tonight>[tT]onight|[lL]ast\snight)|[tT]his\s(?P<@this>morning|afternoon|evening)",
        ),
        (
            "weekday",
            rf"(?:(?P<@which>{either(pointed)}){S}|(?:[lL]ate|[eE]arly){S}(?:on{S})?)?"
            rf"(?P<@weekday>{wd})(?:{S}{part})?(?:{S}(?:of{S})?(?P<@week>last|next|this){S}week)?(?![-/]?\d)",
        ),
        (
            "ago",
            rf"(?P<@n>{count})(?P<@half>{S}and{S}a{S}half)?(?:{S}(?:full|short|long|calendar))?{S}{unit}(?P<@half2>{S}and{S}a{S}half)?{S}{pointing}",
        ),
        ("half_ago", rf"(?P<@half>[hH]alf){S}an?{S}(?P<@unit>year|decade|hour|century){S}(?P<@way>ago|earlier|later)"),
        ("the_day_before", r"[tT]he\s(?P<@unit>day|night|week|month|year)\s(?P<@way>before|after|earlier)"),
        (
            "within",
            rf"(?P<@in>[wW]ithin|[iI]nside|[nN]o{S}later{S}than|[iI]n{S}the{S}(?:course|space){S}of|[iI]n)(?:{S}(?:just|about|less{S}than|under|as{S}little{S}as|at{S}most))?{S}(?P<@n>{count})"
            rf"(?:{S}(?:working|business|calendar|full|more|short))?{S}{unit}(?:['\u2019]{S}?time)?(?P<@from>{S}from{S}(?:now|today))?",
        ),
        (
            "window",
            rf"(?:(?:[wW]ithin|[iI]n|[oO]ver|[dD]uring|[fF]or|[tT]hroughout|[fF]rom){S})?(?:the|these){S}(?P<@which>next|coming|following|past|last|previous|preceding){S}"
            rf"(?P<@n>{count}){S}{unit}",
        ),
        (
            "period_the",
            rf"(?:(?:[wW]ithin|[iI]n|[oO]ver|[dD]uring|[fF]or|[tT]hroughout){S})?[tT]he{S}(?P<@which>next|coming|past|last|previous|following|preceding|same|current){S}(?P<@unit>day|night|week|weekend|month|quarter|year|decade|morning|evening)(?!\w|-|\sof\b)",
        ),
        (
            "period",
            rf"(?:(?:[lL]ater|[eE]arlier|[lL]ate|[eE]arly){S})?(?P<@which>{either(near)}){S}"
            r"(?P<@unit>day|week|weekend|month|quarter|year|decade)(?!\w|-|\sof\b)",
        ),
        ("weekend", _after("ver", "at", "on", "ing", "by", "ore", "til") + r"the\s(?P<@unit>weekend)"),
        (
            "nth",
            _after("[oO]n", "til", "by", "of", "ore", "nce", "ter", "rom")
            + rf"the\s(?P<@d>\d{{1,2}}(?:st|nd|rd|th))(?:{S}of{S}(?P<@which>this|last|next){S}month)?"
            r"(?=[.,;:)?!]|$|\s(?:and|to|at|in|for|with|he|she|they|when|as|by|after|before|the|that|while)\b)",
        ),
        ("fiscal", rf"(?:[fF]iscal|[aA]cademic|[fF]inancial)(?:{S}year)?{S}(?P<@y>{Y})"),
    ]
