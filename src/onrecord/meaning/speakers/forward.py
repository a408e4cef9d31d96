"""Speakers named only after they have spoken, and pairs of them introduced by one plural office."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.meaning.mentions import Person, person_of
from onrecord.meaning.speakers.lex import lex
from onrecord.meaning.speakers.log import Event, Log, person_event
from onrecord.meaning.speakers.phrases import read_phrase
from onrecord.types import Span

_REACH = 900  # characters: a lead and the paragraph that names the speaker
_ARTICLE = re.compile(r"the\s", re.I)
_PAIR = re.compile(
    r"\b([Pp]residents|(?:[Pp]rime|[Ff]oreign|[Dd]efen[cs]e) [Mm]inisters|[Cc]hancellors|[Kk]ings|[Aa]mbassadors)"
    r" of (?:the )?([A-Z][\w-]*(?: [A-Z][\w-]*){0,3}) and (?:the )?([A-Z][\w-]*(?: [A-Z][\w-]*){0,3}), "
    r"([A-Z][^,;.\n]{3,40}?) and ([A-Z][^,;.\n]{3,40}?),"
)


def meet_pairs(log: Log) -> None:
    """`The presidents of Angola and Zambia, A and B,`: each his own office."""
    for match in _PAIR.finditer(log.text):
        office = match.group(1)[:-1]
        for state, name in ((match.group(2), match.group(4)), (match.group(3), match.group(5))):
            phrase = read_phrase(lex(f"{office[:1].upper()}{office[1:]} of {state}, {name}"))
            new = person_of(phrase, match.start())
            known = log.cast.named(name, match.end())
            if new and new.name == name and new.country and known and known.name == name:
                known.role, known.head, known.group = new.role, new.head, new.group
                known.owner, known.country, known.closed = new.owner, new.country, False


def with_name_after(log: Log, source: Span) -> Span | None:
    """A source with the name that follows it: `the harbour master at Luganville` + `, Willie Nalau,`."""
    if log.text[source.end : source.end + 2] != ", ":
        return None
    found = next((m for m in log.cast.mentions if m.start == source.end + 2), None)
    if found is None or len(found.person.keys) < 2 or log.text[found.end : found.end + 1] != ",":
        return None
    return Span(source.start, found.end)


def look_ahead(log: Log) -> None:
    """`Its foreign minister said ...` in the lead, `the minister, Ana Ruiz,` below: the same person."""
    order = sorted(log.speakers, key=lambda i: log.speakers[i].at)
    for place, index in enumerate(order):
        event = log.speakers[index]
        if event.speaker.type != "unnamed" or event.plural or not event.head or event.speaker.how == "pronoun":
            continue
        following = (log.speakers[i] for i in order[place + 1 : place + 5] if _named_below(log, event, i))
        if (found := next(following, None)) and found.person:
            _describe(log, found.person, event)
            _replace(log, event, found.person)


def _named_below(log: Log, event: Event, index: int) -> bool:
    later, source = log.speakers[index], log.attributions[index].source
    person = later.person
    if person is None or source is None or later.speaker.how != "stated" or later.at - event.at > _REACH:
        return False
    if not _ARTICLE.match(source.of(log.text)) or person.head != event.head:
        return False
    mine, its = event.speaker.country, person.country
    first = min((m.start for m in log.cast.mentions if m.person is person), default=later.at)
    return (
        first > event.at
        and (mine is None or its in (None, mine))
        and event.gender in ("", person.gender or event.gender)
    )


def _describe(log: Log, person: Person, event: Event) -> None:
    """The fuller office of the two places, with the state of either."""
    source = event.speaker.mention
    phrase = read_phrase(lex(source.of(log.text))) if source else None
    person.country = person.country or event.speaker.country
    office = phrase.role if phrase and phrase.role else event.speaker.role or ""
    office = re.sub(r"^(?:its|his|her|their|the|an?)\s+", "", office, flags=re.I).replace("Sen. ", "Senator ")
    if not office or phrase is None:
        return
    owner = person.owner
    whose = f" of {owner.name}" if owner and owner.bare not in office and " for " not in office else ""
    if len(office + whose) > len(person.role or ""):
        person.role = office[:1].upper() + office[1:] + whose


def _replace(log: Log, unnamed: Event, person: Person) -> None:
    for index, event in log.speakers.items():
        if event.person is person:
            speaker = replace(event.speaker, role=person.role, country=person.country)
            log.speakers[index] = replace(event, speaker=speaker)
        elif event.speaker.id == unnamed.speaker.id:
            how = "pronoun" if event.speaker.how == "pronoun" else "title"
            log.speakers[index] = person_event(event.at, person, how, 0.75)
