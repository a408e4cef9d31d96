"""Which state is meant where an office names none: by the sentence, the ministry before, dateline or letterhead."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.meaning.mentions import Person, Place
from onrecord.meaning.registers import Named, states
from onrecord.meaning.speakers.dateline import dateline, scene_of
from onrecord.meaning.speakers.log import Log

INSTITUTION = re.compile(r"\b([Mm]inistry|[Pp]arliament|[Gg]overnment|[Cc]abinet)(?: (?:of|for) [A-Z].*)?\b")


def institution_before(log: Log, noun: str, before: int) -> Named | None:
    """The state whose ministry or parliament was named last before a place, by a body or a `Ministry of X of Y`."""
    bodies = [
        p
        for p in log.cast.places
        if p.start < before and p.named.country in states() and noun in p.named.name.lower() and p.named.kind == "body"
    ]
    at, state = (bodies[-1].start, states()[bodies[-1].named.country or ""]) if bodies else (-1, None)
    field = r"(?:[A-Z][\w-]*,?|and|of|the)"
    for match in re.finditer(rf"\b{noun} (?:of|for) {field}(?: {field})*", log.text[:before], re.I):
        places = [p for p in log.cast.places if match.start() < p.start < match.end() and p.named.country in states()]
        if places and match.start() > at:
            at, state = match.start(), states()[places[-1].named.country or ""]
    return state


def remaining(log: Log, person: Person) -> Named | None:
    """Whose minister it is where two meet and one is said to be the other state's: that of the dateline, or the one
    that the head of the article names and nobody else speaks for."""
    if person.group == "spokesperson" and _BRIEFING.search(log.text, 0, 300):
        return dateline(log.cast)
    if person.group not in ("leader", "minister"):
        return None
    others = [p for p in log.cast.persons if p is not person and p.group in ("leader", "minister", "diplomat")]
    taken = {p.country for p in others if p.country}
    home = dateline(log.cast)
    if home is not None and home.country not in taken:
        return home
    if home is None and (scene := scene_of(log.cast)) is not None and scene.country not in taken and len(others) < 3:
        return scene
    head = {p.named.country for p in log.cast.places if p.start < 300}
    free = [code for code, _ in _weights(log).most_common() if code not in taken and code in head]
    return states()[free[0]] if len(free) == 1 and len(taken) == 1 and len(others) < 3 else None


_BRIEFING = re.compile(
    r"\b(?:transcript|briefing|readout|read-out|press (?:conference|release|availability)|remarks)\b", re.I
)


def american(log: Log) -> bool:
    """Whether an article is about the United States: the state it names most, or its parties."""
    weights = _weights(log)
    named = [p.named for p in log.cast.places if p.named.kind in ("organisation", "body")]
    if not weights or any(n.country == "USA" for n in named):
        return True
    return weights["USA"] > 0 and weights["USA"] >= 0.5 * max(weights.values())


def _weights(log: Log) -> Counter[str]:
    """How often each state is named; more for the headline and the dateline."""
    if log.weights is None:
        log.weights = Counter()
        for place in log.cast.places:
            if place.named.country in states():
                log.weights[place.named.country or ""] += 2 if place.start < 120 else 1
        if (home := dateline(log.cast)) is not None:
            log.weights[home.country or ""] += 2
        log.weights["USA"] += sum(t.kind == "party" for t in log.cast.tokens)
        log.weights += Counter()
    return log.weights


def main_state(log: Log) -> Named | None:
    """The state an article is mostly about; None where two are named about as often."""
    ranked = _weights(log).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return states()[ranked[0][0]]


def ministry_before(log: Log, at: int) -> Named | None:
    """The state whose ministry or government spoke in the two sentences before a minister of no state."""
    sentence = log.cast.sentence(at)
    start, end = log.cast.sentence_span(at)
    if any(start <= p.start < end and p.named.country in states() for p in log.cast.places):
        return None
    near = [
        p.named
        for p in log.cast.places
        if p.start < at
        and sentence > log.cast.sentence(p.start) >= sentence - 2
        and p.named.kind == "body"
        and p.named.country in states()
        and re.match(r"the (?:Ministry|Government) of ", p.named.name)
        and p.start - log.cast.sentence_span(p.start)[0] < 6  # its own sentence, not another officer's employer
    ]
    codes = {named.country for named in near}
    for place in log.cast.places:
        if place.start < at and sentence > log.cast.sentence(place.start) >= sentence - 2:
            low = log.cast.sentence_span(place.start)[0]
            if place.named.country in states() and _OF_STATE.match(log.text, low, place.start):
                codes.add(place.named.country)
    return states()[codes.pop() or ""] if len(codes) == 1 else None


_OF_STATE = re.compile(r"(?:The )?(?:Ministry|Government) (?:of|for) [\w ,]{3,60} of (?:the )?$")


def asked_before(log: Log, at: int) -> Named | None:
    """The state of an ambassador of whom only the question before tells: `What does Moscow say? Ambassador X ...`."""
    start = log.cast.sentence_span(at)[0]
    if start < 3 or log.text[:start].rstrip()[-1:] != "?":
        return None
    low = log.cast.sentence_span(start - 2)[0]
    codes = {p.named.country for p in log.cast.places if low <= p.start < start and p.named.country in states()}
    return states()[codes.pop() or ""] if len(codes) == 1 else None


def state_near(log: Log, at: int, close: bool = False, *, everywhere: bool = True) -> Named | None:
    """The state whose office is meant: named in the sentence before the place, then in the dateline or headline.

    `close` keeps to the sentence; without `everywhere` a state that somebody travels to does not count.
    """
    start, end = log.cast.sentence_span(at)
    inside = [
        p
        for p in log.cast.places
        if start <= p.start < end and p.named.kind in ("state", "part") and p.named.country in states()
    ]
    if not everywhere:
        inside = [p for p in inside if not _GOAL.search(log.text, max(start, p.start - 40), p.start)]
        inside = [p for p in inside if not _is_there(log, p, start)] or inside
    before = [p for p in inside if p.start < at and p.noun]
    if close:
        return _first(inside, at)
    if before or not (found := _letterhead(log)):
        return _first(inside, at) or main_state(log) or headline(log)
    return found


_THERE = re.compile(r"\b(?:[Ii]n|at|from|near) $")


def _is_there(log: Log, place: Place, start: int) -> bool:
    """`In Baku ended the visit of the Turkmen delegation`: a capital as the place where something is."""
    capital = place.noun and log.text[place.start : place.end] != place.named.bare
    return capital and _THERE.search(log.text, start, place.start) is not None


# `on a visit to Chad`, `arrived in Peru`: where an officer goes is not whose officer he is.
_GOAL = re.compile(
    r"\b(?:visit(?:ed|s|ing)?(?: to)?|trip to|arriv\w+ in|travel\w* to|tour of|back from|mission to"
    r"|embassy in|talks with|call with|meeting with|negotiat\w+ with|sent to|flew to)"
    r"(?: the)?(?: Republic of| Kingdom of)?(?: the)? $"
)


def begins_before(log: Log, at: int) -> Named | None:
    """The state that the sentence before a sentence begins with: `Benin lost 27 soldiers. Its defence minister ...`."""
    start = log.cast.sentence_span(at)[0]
    if start == 0 or at - start > 2:
        return None
    low = log.cast.sentence_span(start - 1)[0]
    near = [p for p in log.cast.places if low <= p.start < low + 5 and p.noun and p.named.kind == "state"]
    return states().get(near[0].named.country or "") if near and near[0].end < start else None


def subject_before(log: Log, start: int) -> Named | None:
    """The state that the sentence before begins with: `Vanuatu's opposition demanded ...`, `DATELINE - Vanuatu has`."""
    if start == 0:
        return None
    low, high = log.cast.sentence_span(start - 1)
    dash = log.text.find(" - ", low, min(high, low + 60))
    first = low if dash < 0 else dash + 3
    near = [p for p in log.cast.places if first <= p.start < min(first + 5, start) and p.named.country in states()]
    state = states()[near[0].named.country or ""] if near else None
    return state if state == headline(log) else None  # only the state that the article begins with


def headline(log: Log) -> Named | None:
    """The state named first of all, where that is at the head of the article."""
    places = [p for p in log.cast.places if p.named.kind == "state" and p.start < 400]
    return _first(places, len(log.text))


_HEAD = re.compile(
    r"^[^\n]{0,80}\b(?:Ministry|Department|Embassy|Government|Office|Permanent Mission) (?:of|for) [^\n.]{0,60}$", re.M
)


def _letterhead(log: Log) -> Named | None:
    """The state of `Ministry of Foreign Affairs of the Republic of Estonia` at the head of a release."""
    found = _HEAD.search(log.text, 0, 600)
    if not found:
        return None
    places = [p for p in log.cast.places if found.start() < p.start < found.end() and p.named.kind == "state"]
    return states().get(places[-1].named.country or "") if places else None


def _first(places: list[Place], at: int) -> Named | None:
    before = [p for p in places if p.start < at and p.noun] or [p for p in places if p.noun] or places
    return states().get(before[0].named.country or "") if before else None
