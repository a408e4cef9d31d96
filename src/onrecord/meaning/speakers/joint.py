"""Sources that are two or more: two names, two states, `both sides`, `the two ministers`, and `one of them`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from onrecord.meaning.mentions import Person, person_of
from onrecord.meaning.registers import Named, holder, states, words
from onrecord.meaning.speakers.context import complete
from onrecord.meaning.speakers.lex import Token
from onrecord.meaning.speakers.log import Event, Log, joined, person_event, unnamed
from onrecord.meaning.speakers.phrases import Phrase, read_phrase, spelled
from onrecord.meaning.speakers.refs import floor, last_event
from onrecord.meaning.speakers.titles import by_title, exactly
from onrecord.types import Span, Speaker, SpeakerType

_SIDES = re.compile(
    r"^(?:the |both |all |these )*(?:two |three |both )?(sides|parties|countries|nations|"
    r"governments|states|capitals|ministers|foreign ministers|leaders|presidents|"
    r"delegations|prime ministers|heads of state|heads of government|"
    r"heads of state and government|diplomats|officials|men|women|pair|candidates|neighbours|"
    r"neighbors|allies|powers|statesmen)$",
    re.I,
)
_OF_STATES = words("of_states")


def one_of_them(log: Log, text: str, source: Span) -> Event | None:
    """`One of them` after `Two diplomats in Vienna` is a `diplomat in Vienna`."""
    if not re.match(
        r"(?:one|another|a second|a third|the other) of (?:them|those|the \w+)(?:,.*)?$|(?:another|"
        r"the other|the second|one|a second)$",
        text,
        re.I,
    ):
        return None
    before = last_event(log, source.start, lambda e: e.plural and e.speaker.role)
    if before is None or before.speaker.name is not None:
        return None
    role = before.speaker.role or ""
    singular = re.sub(
        r"\b(\w+)s\b", lambda m: m.group(1) if m.group(1).lower() == before.head else m.group(), role, count=2
    )
    speaker = unnamed(log, singular, before.speaker.country, source, 0.8)
    return replace(before, at=source.start, speaker=replace(speaker, id=speaker.id + "-1"), plural=False)


def in_company(tokens: list[Token]) -> bool:
    """Whether a source joins two speakers: `President A of X and Prime Minister B of Y`."""
    return _halves(tokens) is not None


def _halves(tokens: list[Token]) -> tuple[list[Token], list[Token]] | None:
    for i, token in enumerate(tokens):
        if token.text != "and" or not 0 < i < len(tokens) - 1:
            continue
        left, right = tokens[:i], tokens[i + 1 :]
        if any(t.text == "," for t in left) and len(left) > 12:
            continue
        a, b = read_phrase(left), read_phrase(right)
        if (
            a.name
            and b.name
            and (b.name[0] == 0 or b.head or right[0].kind == "hon")
            and not (b.name[0] and right[b.name[0] - 1].text in ("of", "for"))
        ):
            return left, right
        if (
            len(left) <= 3
            and len(right) <= 3
            and left[-1].ref
            and right[-1].ref
            and left[-1].kind in ("state", "capital", "org", "seat")
            and right[-1].kind in ("state", "capital", "org", "seat")
        ):
            return left, right
    return None


def joint(log: Log, tokens: list[Token], source: Span) -> Event | None:
    """A source that is two or more: two names, two states, `both sides`, `the two ministers`."""
    text = spelled(tokens)
    if (m := _SIDES.match(spelled(tokens))) and (
        re.match(r"(?:the (?:two|three)|both|(?:the )?(?:sides|parties|pair)\b)", text, re.I)
        or m.group(1).lower() in _OF_STATES
    ):
        return _sides(log, m.group(1).lower(), source)
    halves = _halves(tokens)
    if halves is None:
        return _by_titles(log, tokens, source)
    persons: list[Person] = []
    named: list[Named] = []
    for half in halves:
        phrase = read_phrase(half)
        if phrase.name:
            persons.append(_member(log, phrase, source))
        elif half[-1].ref:
            named.append(half[-1].ref)
    states_ = tuple(named) or tuple(states()[p.country] for p in persons if p.country in states())
    return _joint_event(source, tuple(persons), states_, 0.9)


def _by_titles(log: Log, tokens: list[Token], source: Span) -> Event | None:
    """`The President and the Defence Minister`, `President Putin and I`."""
    at = next((i for i, t in enumerate(tokens) if t.text == "and" and 0 < i < len(tokens) - 1), None)
    if at is None or len(tokens) > 12:
        return None
    events: list[Event | None] = []
    for half in (tokens[:at], tokens[at + 1 :]):
        phrase = read_phrase(half)
        if len(half) == 1 and half[0].text == "I":
            events.append(floor(log, source.start))
        elif phrase.name and (half[0].kind in ("hon", "office") or phrase.head):
            person = _member(log, phrase, source)
            events.append(person_event(source.start, person, "stated", 0.8))
        elif phrase.head and phrase.definite and not phrase.plural:
            speaking = floor(log, source.start) if "I" in (tokens[0].text, tokens[-1].text) else None
            other = exactly(log, phrase, source.start, None, speaking.person) if speaking else None
            events.append(other or by_title(log, phrase, source))
        else:
            return None
    persons = tuple(e.person for e in events if e and e.person)
    if len(persons) != 2 or persons[0] is persons[1]:
        return None
    named = tuple(states()[p.country] for p in persons if p.country in states())
    return _joint_event(source, persons, named, 0.75)


def _member(log: Log, phrase: Phrase, source: Span) -> Person:
    person = person_of(phrase, source.start)
    assert person
    known = log.cast.named(person.name, source.start)
    if known is None and (row := holder(person.name, log.published)):
        person.name, person.gender, person.country = row.name, row.gender, row.country
    person = log.cast.add(person) if known is None or len(person.keys) > 1 else known
    complete(log, person)
    return person


def _joint_event(source: Span, persons: tuple[Person, ...], named: tuple[Named, ...], score: float) -> Event:
    name = joined([p.name for p in persons]) if persons else joined([n.bare for n in named])
    role = joined([p.role for p in persons]) if persons else None
    codes = {p.country for p in persons} if persons else {n.country for n in named}
    country = codes.pop() if len(codes) == 1 else None
    kind: SpeakerType = "person" if persons else "state"
    ident = "j:" + "+".join(
        (p.name if isinstance(p, Person) else p.bare).lower().replace(" ", "-") for p in (persons or named)
    )
    speaker = Speaker(
        name=name, role=role, country=country, type=kind, id=ident, mention=source, how="stated", score=score
    )
    return Event(at=source.start, speaker=speaker, plural=True, states=named, persons=persons)


def _sides(log: Log, noun: str, source: Span) -> Event:
    before = next((e for e in reversed(log.events) if len(e.states) > 1 or len(e.persons) > 1), None)
    if noun in _OF_STATES:
        named = before.states if before and len(before.states) > 1 else _two_states(log)
        if len(named) > 1:
            return _joint_event(source, (), named, 0.75)
    else:
        persons = before.persons if before and len(before.persons) > 1 else _two_persons(log, noun, source.start)
        if len(persons) > 1:
            named = tuple(states()[p.country] for p in persons if p.country in states())
            return _joint_event(source, persons, named, 0.7)
    speaker = unnamed(log, f"two {noun}" if noun not in ("sides", "parties", "pair") else noun, None, source, 0.5)
    return Event(at=source.start, speaker=speaker, plural=True, head=noun.removesuffix("s"))


def _two_states(log: Log) -> tuple[Named, ...]:
    counted = Counter(
        p.named.country for p in log.cast.places if p.named.country in states() and p.named.kind != "part"
    )
    first = [code for code, n in counted.most_common(2) if n > 1 and code]
    return tuple(states()[code] for code in first)


def _two_persons(log: Log, noun: str, at: int) -> tuple[Person, ...]:
    """The two whom `the two ministers` means: the last two of that office, met within the last sentences."""
    head = noun.split()[-1].removesuffix("s")
    for person in log.cast.persons:
        if person.at < at:
            complete(log, person)
    names = ("leader", "men", "pair", "candidate")
    wanted = [p for p in log.cast.persons if p.at < at and head in (p.head, p.group, *names) and p.group]
    if noun.startswith("heads of"):
        wanted = [p for p in log.cast.persons if p.at < at and p.group == "leader"]
    if len(wanted) > 2:
        here = log.cast.sentence(at)
        near = {id(m.person) for m in log.cast.mentions if m.start < at and log.cast.sentence(m.start) >= here - 2}
        wanted = [p for p in wanted if id(p) in near]
    if len(wanted) != 2 or (wanted[0].country and wanted[0].country == wanted[1].country):
        return ()
    return tuple(wanted)
