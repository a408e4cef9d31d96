"""Sources that take somebody up by a pronoun."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from onrecord.meaning.mentions import Mention
from onrecord.meaning.speakers.context import complete
from onrecord.meaning.speakers.log import Event, Log, fits, person_event, unnamed
from onrecord.types import Span

_HE = frozenset(("he", "him", "his", "himself"))
_SHE = frozenset(("she", "her", "hers", "herself"))
_THEY = frozenset(("they", "them", "their", "both"))
_IT = frozenset(("it", "its"))
_I = frozenset(("i", "me", "my", "we", "us", "our"))
_WHO = frozenset(("who", "whom", "which", "that"))
PRONOUNS = _HE | _SHE | _THEY | _IT | _I | _WHO | frozenset(("you", "your"))


def by_pronoun(log: Log, index: int, word: str, source: Span) -> Event:
    """The speaker a pronoun stands for; unnamed where nothing fits."""
    at = source.start
    if word in _I or word in ("you", "your"):
        found = (_holder_of_quote(log, index) or _turn(log, index)) if word in _I else None
    elif word in _WHO:
        found = _relative(log, at)
    elif word in _THEY:
        found = last_event(log, at, lambda e: e.plural or len(e.states) > 1) or last_event(
            log, at, lambda e: e.speaker.type == "organisation"
        )
        found = found or _person(log, index, at, "")
        if found is not None and found.person is not None and found.speaker.type == "person":
            found = None  # one named person is not "they"
    elif word in _IT:
        found = last_event(log, at, lambda e: e.speaker.type in ("organisation", "state", "document"))
    else:
        found = _person(log, index, at, "m" if word in _HE else "f")
    if found is None:
        return Event(at=at, speaker=unnamed(log, None, None, source, 0.3))
    speaker = replace(found.speaker, how="pronoun", score=0.87 if word in _HE | _SHE else 0.75)
    gender = found.gender or ("m" if word in _HE else "f" if word in _SHE else "")
    if found.person and not found.person.gender:
        found.person.gender = gender
    return replace(found, at=at, speaker=speaker, gender=gender)


def last_event(log: Log, at: int, test: object) -> Event | None:
    """The last event before a place that passes a test."""
    return next((e for e in reversed(log.events) if e.at < at and test(e)), None)  # type: ignore[operator]


def _holder_of_quote(log: Log, index: int) -> Event | None:
    """`I` inside a quotation is whoever speaks it."""
    own = log.attributions[index].source
    around = [
        (c.end - c.start, i)
        for i, a in enumerate(log.attributions)
        if i != index and own
        for c in a.content
        if c.covers(own)
    ]
    return log.speakers.get(min(around)[1]) if around else None


_TURN = re.compile(r"^(?:MR\.|MS\.|MRS\.|[A-Z])[^\n:.?!\"“]{2,90}(?=:\s)", re.M)


def _turn(log: Log, index: int) -> Event | None:
    """`I` outside quotation marks: whoever has the floor in a transcript ("Angela Merkel: ...")."""
    own = log.attributions[index].source
    return floor(log, own.start) if own and not log.cast.quoted(own.start) else None


def floor(log: Log, at: int) -> Event | None:
    """The person whose line of a transcript a place lies in; None outside a transcript."""
    if log.turns is None:
        log.turns = [(m.start(), m.end()) for m in _TURN.finditer(log.text)]
    index = bisect_right(log.turns, (at, 0)) - 1
    if index < 0:
        return None
    start, end = log.turns[index]
    known = [m.person for m in log.cast.mentions if start <= m.start < end]
    if not known or log.cast.quoted(start):
        return None
    complete(log, known[-1])
    return person_event(at, known[-1], "pronoun", 0.8)


def _relative(log: Log, at: int) -> Event | None:
    """`who` takes up the noun phrase just before it."""
    start, _ = log.cast.sentence_span(at)
    inside = [m for m in log.cast.mentions if start <= m.start < at]
    if inside and at - inside[-1].end < 60:
        complete(log, inside[-1].person)
        return person_event(at, inside[-1].person, "pronoun", 0.8)
    return last_event(log, at, lambda e: e.at >= start)


def _person(log: Log, index: int, at: int, gender: str) -> Event | None:
    """The most recent speaker or subject of that gender, speakers first; reported speech looks to who reports it."""
    around = _around(log, index, at)
    if around and around.person is not None and fits(around.person.gender, gender) and not log.cast.quoted(at):
        return around
    best: tuple[float, Event | Mention] | None = None
    here = log.cast.sentence(at)
    for event in log.events[-12:]:
        if (
            event.at >= at
            or event.plural
            or event.speaker.type not in ("person", "unnamed")
            or not fits(event.gender, gender)
        ):
            continue
        if around is not None and event.person is around.person and log.cast.quoted(at):
            continue
        value = (
            _recency(log, event.at, at, here)
            + 1.0
            - (0 if event.speaker.type == "person" else 0.3 if event.gender == gender else 1.2)
            + (0.3 if event.gender == gender else 0)
        )
        if event.speaker.how in ("pronoun", "surname", "title"):
            value += 0.1
        if best is None or value >= best[0]:
            best = value, event
    for mention in reversed([m for m in log.cast.mentions if m.start < at and not m.quoted][-12:]):
        person = mention.person
        if not fits(person.gender, gender) or not (person.sure or person.gender):
            continue
        value = (
            _recency(log, mention.start, at, here)
            + (0.9 if mention.subject else -0.8)
            + (0.3 if person.gender == gender else -0.2)
        )
        if best is None or value > best[0]:
            best = value, mention
    if best is None:
        return None
    if isinstance(best[1], Event):
        return best[1]
    complete(log, best[1].person)
    return person_event(at, best[1].person, "pronoun", 0.8)


def _recency(log: Log, place: int, at: int, here: int) -> float:
    return -1.0 * (here - log.cast.sentence(place)) - (at - place) / 4000


def _around(log: Log, index: int, at: int) -> Event | None:
    """Who speaks the content this source lies in."""
    found = [
        (c.end - c.start, i)
        for i, a in enumerate(log.attributions)
        if i != index and i in log.speakers
        for c in a.content
        if c.start <= at < c.end
    ]
    return log.speakers[min(found)[1]] if found else None
