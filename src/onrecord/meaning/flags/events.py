"""`date-conflict`: the article puts an event of the calendar on a wrong day.

Precision first. A day is held against the calendar only where the words name the event for certain: an election by its
state and kind, or, without them, by one who stood in it; anything else by a phrase of the register. And only where it
is wrong in a way in which dates go wrong: day and month exchanged ("March 11" for 3.11), the day right and the month
not, or the year; a neighbouring day is held against a national election alone. Days of votes that lay ahead when the
article appeared may have been moved since: only those fixed by law count. Entries of the calendar that are not verified
raise no flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.meaning.context import Context
from onrecord.meaning.registers import holder, load_cached
from onrecord.meaning.registers.events import CalendarEvent, by_phrase, elections_of, wording
from onrecord.types import DateExpression, Flag, Span

_REACH = 70  # code points beside a date in which the name of its event stands
_RECENT = 120  # days for which "the March 11 election" needs no year
_ELSEWHERE = 45  # a bare day nearer to the article than this is likelier that of another vote
_NEIGHBOUR = 7  # days by which a wrong day of a named national election may be off
_HELD = (
    r"(?:,?\s+(?:which|that))?\s+(?:was\s+|were\s+|is\s+being\s+|will\s+be\s+|to\s+be\s+)?"
    r"(?:held|takes?\s+place|took\s+place|taking\s+place)"
)
_YEAR = re.compile(r"\b(?:years?|decades?|annual|later)\b", re.I)
_WORD = re.compile(r"[\w'’.-]+")
_SAYS_ELECT = re.compile(r"\bpresident-elect\b|\belectoral college\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vote:
    """An election as the words beside a date name it: `words` are those before the noun, `start` and `end` bound them.

    `loose`: the date may belong to the verb ("conceded the election on 9 November").
    """

    span: Span
    words: tuple[str, ...]
    start: int
    end: int
    loose: bool = False


def event_flags(context: Context) -> tuple[Flag, ...]:
    """Flags `date-conflict` for days that the calendar contradicts, in order of place."""
    flags = []
    for found in context.dates:
        if found.grain == "day" and found.start is not None and found.other is None:
            flag = _election_flag(context, found, found.start) or _phrase_flag(context, found, found.start)
            if flag is not None:
                flags.append(flag)
    return tuple(flags)


# --- elections ----------------------------------------------------------------------------------------------------


def _election_flag(context: Context, found: DateExpression, day: date) -> Flag | None:
    vote = _vote(context, found)
    if vote is None or _other_vote(context, vote):
        return None
    code, body = _state(context, vote), _body(vote.words)
    if code is not None and body is not None:
        wrong = _against_named(context, found, day, elections_of(code), body)
    elif code in (None, "USA") and (body is None or body == "president" or "general" in vote.words):
        wrong = _against_known(context, found, day, vote)
    else:
        wrong = None
    if wrong is None or (vote.loose and not _exchanged(day, wrong.start)):
        return None
    return _flag(context, vote.span, found, wrong)


def _vote(context: Context, found: DateExpression) -> _Vote | None:
    """`the March 3 election`, `the US presidential election held on March 3`."""
    text, sentence = context.text, context.sentence(found.span.start)
    behind = _after().match(text, found.span.end, min(sentence.end, found.span.end + _REACH))
    if behind:
        span, start, end = Span(found.span.start, behind.end("noun")), found.span.end, behind.end("noun")
        vote = _Vote(span=span, words=_lower(behind.group("words")), start=start, end=end)
        plain = {*_lower(behind.group("noun"))} <= {"election", "elections"} or _body(vote.words) is not None
        return vote if plain and not _unknown(context, vote) else None
    before = _before().search(text, max(sentence.start, found.span.start - _REACH), found.span.start)
    if before is None:
        return None
    span, start, end = Span(before.start("noun"), found.span.end), before.start("words"), before.end("noun")
    loose = before.group("held") is None
    return _Vote(span=span, words=_lower(before.group("words")), start=start, end=end, loose=loose)


def _lower(words: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(words))


def _unknown(context: Context, vote: _Vote) -> bool:
    """Whether a word between date and noun is neither a state's nor one that elections are described by."""
    known = wording("described").union(*(wording_lower(kind) for kind in ("president", "parliament", "midterm")))
    named = [p for p in context.cast.places if vote.start <= p.start < vote.end]
    names = {word for place in named for word in _lower(context.text[place.start : place.end])}
    return bool(set(vote.words) - known - names)


@lru_cache(maxsize=1)
def _nouns() -> str:
    return "|".join(sorted(wording("nouns"), key=len, reverse=True))


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    compounds = "|".join(map(re.escape, sorted(wording("compounds"))))
    return re.compile(
        rf",?\s+(?P<words>(?:[\w'’.-]+\s+){{0,4}}?)(?P<noun>{_nouns()})\b(?!\s+(?:{compounds})\b|[-’'])", re.I
    )


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<words>(?:[\w'’.-]+\s+){{1,5}})(?P<noun>elections?)(?P<held>{_HELD})?\s+on\s+(?:\w+day,?\s+)?$", re.I
    )


@lru_cache(maxsize=1)
def _other() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(wording("other")))) + r")\b", re.I)


def _other_vote(context: Context, vote: _Vote) -> bool:
    """Whether the sentence speaks of a primary, a local or a postponed vote, or a part of a state stands beside it."""
    sentence = context.sentence(vote.start)
    named = re.sub(r"\bstate duma\b", "", sentence.of(context.text), flags=re.I)
    if _other().search(named):
        return True
    return any(
        place.named.kind == "part" and sentence.start <= place.start < sentence.end for place in context.cast.places
    )


def _state(context: Context, vote: _Vote) -> str | None:
    """The state whose adjective or name stands with the noun: `the US election`, `the election in France`."""
    reach = context.text[vote.end : vote.end + 30]
    behind = re.match(r"\s+(?:in|of)\s+(?:the\s+)?[A-Z]", reach)
    end = vote.end + (behind.end() if behind else 0)
    codes = {
        place.named.country
        for place in context.cast.places
        if vote.start <= place.start < end and place.named.kind == "state" and place.named.country
    }
    return codes.pop() if len(codes) == 1 else None


def _body(words: Sequence[str]) -> str | None:
    kinds = {kind for kind in ("president", "parliament", "midterm") if wording_lower(kind) & set(words)}
    return kinds.pop() if len(kinds) == 1 else None


@lru_cache(maxsize=8)
def wording_lower(kind: str) -> frozenset[str]:
    """The words that tell which body is elected, in lower case."""
    return frozenset(word.lower() for word in wording(kind))


def _against_named(
    context: Context, found: DateExpression, day: date, known: Iterable[CalendarEvent], body: str
) -> CalendarEvent | None:
    """The election that is meant, where the state and the body are named and the day is wrong."""
    known = [each for each in known if _comparable(each, context.published)]
    rows = [each for each in known if each.body == body]
    if found.basis == "stated":
        rows = [each for each in rows if day.year in (each.start.year, each.end.year)]
    else:
        rows = [each for each in rows if context.published and each.away(context.published) <= _RECENT]
    if not rows or not all(each.verified for each in rows):
        return None
    if any(each.near(day.replace(year=year), 1) for each in known for year in _years(day, rows)):
        return None
    wrong = [each for each in rows if _mistaken(day, each) or _beside(day, each)]
    return wrong[0] if len(wrong) == 1 else None


def _against_known(context: Context, found: DateExpression, day: date, vote: _Vote) -> CalendarEvent | None:
    """The last election of a US president, where the sentence names one who stood in it or the President-elect."""
    published = context.published
    if published is None or found.basis == "stated" or abs((day - published).days) < _ELSEWHERE:
        return None
    near = [each for each in elections_of("USA") if each.away(published) <= _RECENT and _comparable(each, published)]
    if len(near) != 1 or near[0].body != "president" or not _stood(context, vote, near[0]):
        return None
    votes = [each for code in _named(context, vote) for each in elections_of(code)]
    if any(each.near(day.replace(year=year), 1) for each in votes for year in _years(day, near)):
        return None
    return near[0] if _mistaken(day, near[0]) else None


def _named(context: Context, vote: _Vote) -> set[str]:
    """The states named in the sentence of a vote."""
    sentence = context.sentence(vote.start)
    return {
        place.named.country
        for place in context.cast.places
        if sentence.start <= place.start < sentence.end and place.named.kind == "state" and place.named.country
    }


def _stood(context: Context, vote: _Vote, election: CalendarEvent) -> bool:
    """Whether the sentence names a nominee of that election, or a President-elect of the United States."""
    sentence = context.sentence(vote.start)
    rows = load_cached("persons")["nominee"]
    nominees = {row["name"] for row in rows if row["to"][:4] == str(election.start.year)}
    for mention in context.cast.mentions:
        if sentence.start <= mention.start < sentence.end:
            person = mention.person
            row = holder(person.name, None)
            if (row.name if row else person.name) in nominees:
                return True
    return bool(_SAYS_ELECT.search(sentence.of(context.text))) and _named(context, vote) == {"USA"}


def _comparable(event: CalendarEvent, published: date | None) -> bool:
    """A vote held before the article appeared, or one whose day the law fixes."""
    return event.fixed or (published is not None and event.start <= published)


def _years(day: date, rows: Iterable[CalendarEvent]) -> set[int]:
    years = {day.year, *(each.start.year for each in rows)}
    return {year for year in years if not (day.month == 2 and day.day == 29)} or {day.year}


def _mistaken(day: date, event: CalendarEvent) -> bool:
    """Day and month exchanged, or the right day in another month."""
    right = event.start
    return _exchanged(day, right) or (day.day == right.day and day.month != right.month)


def _exchanged(day: date, right: date) -> bool:
    return (day.month, day.day) == (right.day, right.month) and right.day != right.month


def _beside(day: date, event: CalendarEvent) -> bool:
    return day.year == event.start.year and 1 < event.away(day) <= _NEIGHBOUR and day.month == event.start.month


# --- everything else ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _phrases() -> str:
    return "|".join(re.escape(p) for p in sorted(by_phrase(), key=len, reverse=True))


@lru_cache(maxsize=1)
def _phrase_before() -> re.Pattern[str]:
    """`the downing of flight MH17, which happened on`."""
    verbs = r"(?:,?\s+(?:was|were|which|that|began|started|happened|occurred|took place|held|carried out|committed))*"
    return re.compile(rf"(?P<phrase>{_phrases()}){verbs},?\s+(?:on|of)\s+(?:\w+day,?\s+)?$", re.I)


@lru_cache(maxsize=1)
def _phrase_behind() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:(?:the|a|its|their|deadly)\s+)?(?P<phrase>{_phrases()})", re.I)


def _phrase_flag(context: Context, found: DateExpression, day: date) -> Flag | None:
    if found.basis != "stated":
        return None
    sentence, span = context.sentence(found.span.start), found.span
    before = _phrase_before().search(context.text, max(sentence.start, span.start - _REACH), span.start)
    match = before or _phrase_behind().match(context.text, span.end, min(sentence.end, span.end + _REACH))
    if match is None or not _bounded(context.text, match) or _looks_back(sentence.of(context.text)):
        return None
    rows = by_phrase()[match.group("phrase").lower()]
    wrong = [each for each in rows if each.verified and _wrong_day(day, each)]
    if not wrong or any(each.near(day, 1) for each in rows):
        return None
    whole = Span(min(match.start("phrase"), span.start), max(match.end("phrase"), span.end))
    return _flag(context, whole, found, wrong[0])


def _bounded(text: str, match: re.Match[str]) -> bool:
    start, end = match.span("phrase")
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return not (before.isalnum() or before == "-" or after.isalnum() or after == "-")


def _wrong_day(day: date, event: CalendarEvent) -> bool:
    """Exchanged within its year, or on its day of another year."""
    if day.year == event.start.year:
        return _exchanged(day, event.start)
    return event.start == event.end and (day.month, day.day) == (event.start.month, event.start.day)


def _looks_back(words: str) -> bool:
    found = {word.lower() for word in _WORD.findall(words)}
    return bool(found & wording("marks")) or bool(_YEAR.search(words))


# --- the sentence -------------------------------------------------------------------------------------------------


def _flag(context: Context, span: Span, found: DateExpression, event: CalendarEvent) -> Flag:
    day = found.start
    assert day is not None
    if found.basis != "stated" and not (day.month == 2 and day.day == 29):
        day = day.replace(year=event.start.year)
    message = _sentence(event, day, future=context.published is not None and event.start > context.published)
    if _exchanged(day, event.start):
        message = f"{message[:-1]}; day and month seem to be exchanged."
    return Flag(kind="date-conflict", span=span, message=message)


def _sentence(event: CalendarEvent, day: date, *, future: bool) -> str:
    if event.kind not in ("election", "referendum", "summit"):
        return f"The calendar dates the {event.name} to {_days(event)}, not to {_written(day)}."
    verb = "is" if future else "was held"
    days = _days(event) if event.start != event.end else f"on {_days(event)}"
    return f"The {event.name} {verb} {days}, not on {_written(day)}."


def _days(event: CalendarEvent) -> str:
    first = _written(event.start)
    return first if event.start == event.end else f"from {first} to {_written(event.end)}"


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
