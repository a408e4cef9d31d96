"""Sources that point back without a name: `the latter`, `the kingdom`, `the alliance`, `its embassy`."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.meaning.mentions import Person
from onrecord.meaning.registers import Named, states, words
from onrecord.meaning.speakers.context import complete
from onrecord.meaning.speakers.lex import Token
from onrecord.meaning.speakers.log import Event, Log, named_speaker, person_event
from onrecord.meaning.speakers.phrases import body_of, spelled
from onrecord.meaning.speakers.states import main_state
from onrecord.types import Span

_STATES = words("forms_of_state")
_ORGANS = words("forms_of_organisation")
_COMPANIES = words("forms_of_company")
_EMPLOYER = re.compile(
    r"\b(?:firm|company|manufacturer|miner|group|start-up|startup|carrier|airline|shipyard|developer|operator)\s+"
    r"((?:[A-Z][\w&'’-]*)(?:\s+(?:[A-Z][\w&'’-]*|del|de|of|and|&))*)"
)


def back(log: Log, tokens: list[Token], source: Span) -> Event | None:
    """The speaker that a source without a name points back to; None where it is no such source."""
    text = spelled(tokens).lower()
    if text in ("the latter", "the former", "latter", "former"):
        return _latter(log, source.start, text.endswith("latter"))
    if tokens[0].text.lower() in ("its", "their") and len(tokens) > 1:
        return _its_body(log, tokens, source)
    if len(tokens) != 2 or tokens[0].text.lower() not in ("the", "this"):
        return None
    noun = tokens[1].text.lower()
    named: Named | None = None
    if noun in _STATES:
        named = _state_before(log, source.start)
    elif noun in _ORGANS:
        named = _organisation_before(log, source.start, noun)
    elif noun in _COMPANIES:
        named = _company_before(log, source.start)
    if named is None:
        return None
    return Event(at=source.start, speaker=named_speaker(named, source, "title", 0.78), states=(named,))


def _latter(log: Log, at: int, last: bool) -> Event | None:
    """The last (or first) of the two named in the sentence before; else whoever spoke there."""
    cast = log.cast
    start, _ = cast.sentence_span(at)
    before, _ = cast.sentence_span(max(0, start - 1))
    low = before if start <= at <= start + 4 else start
    people: list[tuple[int, Person | Named]] = [(m.start, m.person) for m in cast.mentions if low <= m.start < at]
    things: list[tuple[int, Person | Named]] = [
        (p.start, p.named) for p in cast.places if low <= p.start < at and p.noun and p.named.kind != "part"
    ]
    found = sorted([*people, *things], key=lambda row: row[0])
    spoke = [e for e in log.events if low <= e.at < at]
    if len(found) < 2 and spoke:
        return replace(spoke[-1], at=at, speaker=replace(spoke[-1].speaker, how="pronoun", score=0.7))
    if not found:
        return None
    chosen = found[-1 if last else -2 if len(found) > 1 else -1][1]
    if isinstance(chosen, Named):
        speaker = named_speaker(chosen, Span(at, at + 1), "pronoun", 0.65)
        return Event(at=at, speaker=replace(speaker, mention=None), states=(chosen,))
    complete(log, chosen)
    return person_event(at, chosen, "pronoun", 0.7)


def _its_body(log: Log, tokens: list[Token], source: Span) -> Event | None:
    """`Its embassy in Helsinki`: of the state that spoke last."""
    if not any(t.kind == "body" for t in tokens[1:4]):
        return None
    last = next((e for e in reversed(log.events[-4:]) if e.speaker.type == "state" and len(e.states) == 1), None)
    state = last.states[0] if last else _state_before(log, source.start)
    found = body_of(state, tokens[1:]) if state else None
    if found is None:
        return None
    body, rest = found
    where = next((i for i, t in enumerate(rest) if t.text == "in"), None)
    name = body.name if where is None else f"{body.name} {spelled(rest[where : where + 2])}"
    named = Named(name=name, country=body.country, kind="body")
    return Event(at=source.start, speaker=named_speaker(named, source, "organisation", 0.8), states=(named,))


def _state_before(log: Log, at: int) -> Named | None:
    """The state that spoke last, or the last one named as a noun in this sentence or the two before."""
    for event in reversed(log.events[-3:]):
        if event.speaker.type == "state" and len(event.states) == 1:
            return event.states[0]
        if event.person is not None and event.person.country in states():
            return states()[event.person.country or ""]
    near = [p for p in log.cast.places if p.start < at and p.named.kind == "state" and p.noun]
    near = [p for p in near if log.cast.sentence(p.start) >= log.cast.sentence(at) - 2]
    return states().get(near[-1].named.country or "") if near else main_state(log)


def _organisation_before(log: Log, at: int, noun: str) -> Named | None:
    """`The alliance` after `NATO`: an organisation of states that spoke last or was named last."""
    for event in reversed(log.events[-3:]):
        owner = event.person.owner if event.person else next(iter(event.states), None)
        if owner is not None and owner.kind == "organisation":
            return owner
    places = [p.named for p in log.cast.places if p.start < at and p.named.kind == "organisation" and p.named.country]
    fitting = [n for n in places if noun[:5] in n.name.lower()] or places
    return fitting[-1] if fitting else None


def _company_before(log: Log, at: int) -> Named | None:
    """`The company` after `an engineer with the firm Delta Works`."""
    for event in reversed(log.events[-3:]):
        role = event.speaker.role or ""
        if found := list(_EMPLOYER.finditer(role)):
            return Named(name=found[-1].group(1), country=None, kind="private")
        if event.speaker.type == "organisation" and event.speaker.country is None and event.states:
            return event.states[0]
    return None
