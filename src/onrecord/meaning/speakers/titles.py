"""Sources that take somebody up by a title: `the Ambassador`, `this official`, `two diplomats`."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from onrecord.meaning.mentions import Person
from onrecord.meaning.registers import Named, holder, holder_of, load_cached, nominee
from onrecord.meaning.speakers.context import complete, secretariat
from onrecord.meaning.speakers.lex import Token
from onrecord.meaning.speakers.log import Event, Log, fits, person_event, unnamed
from onrecord.meaning.speakers.phrases import Phrase, spelled
from onrecord.meaning.speakers.states import american, main_state, state_near
from onrecord.types import Span


def by_title(log: Log, phrase: Phrase, source: Span) -> Event:
    """`the Ambassador`, `this official`, `Russian Ambassador`, `a senior official`, `two diplomats`."""
    words = source.of(log.text)
    indefinite = bool(re.match(r"(?:an?|some|several|many|another|one)\b", words, re.I))
    if not phrase.plural and not indefinite:
        if event := _taken_up(log, phrase, source.start):
            return event
        if row := _office_holder(log, phrase, source.start) or _party_nominee(log, phrase):
            stood = phrase.group == "legislator"
            person = log.cast.add(
                Person(
                    name=row,
                    mention=source,
                    role=f"{_party(phrase)} presidential nominee" if stood else phrase.role,
                    country=phrase.country,
                    head=phrase.head,
                    group=phrase.group,
                    at=source.start,
                    owner=phrase.owner,
                )
            )
            complete(log, person)
            return person_event(source.start, person, "register", 0.75)
        if phrase.definite and phrase.gender and (event := _once(log, phrase, source.start)):
            return event
    event = _nameless(log, phrase, source)
    return event if phrase.plural or indefinite else _in_office(log, phrase, event) or event


def _in_office(log: Log, phrase: Phrase, event: Event) -> Event | None:
    """`The President` on a page of the state whose president the register knows on that day."""
    if phrase.head not in ("president", "prime minister") or event.speaker.country is None or phrase.closed:
        return None
    row = holder_of(phrase.head.title(), event.speaker.country, log.published)
    if row is None or event.speaker.mention is None or any(t.kind in ("cap", "rank") for t in phrase.tokens):
        return None
    person = Person(
        name=row.name,
        mention=event.speaker.mention,
        gender=row.gender,
        head=phrase.head,
        group=phrase.group,
        at=event.at,
    )
    person = log.cast.add(person)
    complete(log, person)
    return person_event(event.at, person, "register", 0.7)


def _once(log: Log, phrase: Phrase, at: int) -> Event | None:
    """`The former first lady and senator`: the last speaker of that gender."""
    if not re.search(r"\bformer\b", spelled(phrase.tokens), re.I):
        return None
    last = next((e for e in reversed(log.events[-4:]) if e.person and e.gender == phrase.gender), None)
    return replace(last, at=at, speaker=replace(last.speaker, how="title", score=0.65)) if last else None


def _party(phrase: Phrase) -> str:
    party = next((t.text for t in phrase.tokens if t.kind in ("party", "org")), "")
    return "Republican" if party in ("GOP", "G.O.P.") else party


def _party_nominee(log: Log, phrase: Phrase) -> str | None:
    """`The Democratic nominee`, `the GOP presidential candidate` of the day."""
    party = next((t.ref for t in phrase.tokens if t.kind in ("party", "org") and t.ref and t.ref.kind == "party"), None)
    if party is None or not re.search(r"nominee|candidate|standard-bearer|front-?runner", phrase.head):
        return None
    return None if re.search(r"vice", spelled(phrase.tokens), re.I) else nominee(party.name, log.published)


def _office_holder(log: Log, phrase: Phrase, at: int) -> str | None:
    if phrase.head not in ("president", "prime minister", "chancellor", "minister", "premier") and phrase.owner is None:
        return None
    owner = phrase.owner
    if owner is None or not owner.country:
        return None
    office = (phrase.role or "").removesuffix(f" of {owner.name}")
    row = holder_of(office[:1].upper() + office[1:], owner.country, log.published)
    return row.name if row else None


def _taken_up(log: Log, phrase: Phrase, at: int) -> Event | None:
    code = phrase.owner.country if phrase.owner else None
    if phrase.head in _EXACT and (event := exactly(log, phrase, at, code)):
        return event
    for event in reversed(log.events[-10:]):
        if (
            event.at < at
            and not event.plural
            and (
                _answers(event.head, event.group, event.gender, event.speaker.country, phrase, code)
                or _diplomat(event, phrase)
            )
            and _same_field(event.speaker.role, phrase)
            and _same_party(event.speaker.role, phrase)
        ):
            how = replace(event.speaker, how="title", score=0.88)
            return replace(event, at=at, speaker=how)
    seen = [m for m in log.cast.mentions if m.start < at] or []
    for mention in [*reversed(seen), *[m for m in log.cast.mentions if m.start > at]]:
        person = mention.person
        if mention.start > at and not (code and person.head == phrase.head):
            continue
        if (
            person.head
            and _answers(person.head, person.group, person.gender, person.country, phrase, code)
            and _same_field(person.role, phrase)
            and _same_party(person.role, phrase)
        ):
            complete(log, person)
            return person_event(at, person, "title", 0.85 if mention.start < at else 0.75)
    return None


def _diplomat(event: Event, phrase: Phrase) -> bool:
    """`The diplomat` after the spokesman of a foreign ministry."""
    role = event.speaker.role or ""
    return phrase.head == "diplomat" and event.group == "spokesperson" and _MINISTRY.search(role) is not None


_MINISTRY = re.compile(r"\bForeign\b|Department of State|State Department|Embassy")
# Titles that stand for one office first, and for a class of offices only where nobody holds that one.
_EXACT = frozenset(("secretary",))


def exactly(log: Log, phrase: Phrase, at: int, code: str | None, but: Person | None = None) -> Event | None:
    """`The Secretary` is the Secretary of State rather than another minister: the last one named before, not `but`."""
    field = any(t.kind == "portfolio" for t in phrase.tokens)
    for mention in reversed([m for m in log.cast.mentions if m.start < at]):
        person = mention.person
        if field or person is but or not (person.head == phrase.head or person.head.startswith(phrase.head + " of ")):
            continue
        if _answers(phrase.head, person.group, person.gender, person.country, phrase, code):
            complete(log, person)
            return person_event(at, person, "title", 0.86)
    return None


def _answers(head: str, group: str, gender: str, country: str | None, phrase: Phrase, code: str | None) -> bool:
    if not head or not fits(gender, phrase.gender) or (code and country and code != country):
        return False
    general = load_cached("offices")["general"].get(phrase.head, ())
    return head == phrase.head or group in general or head in general or "*" in general


def _same_field(role: str | None, phrase: Phrase) -> bool:
    """`The Foreign Minister` is not the `Minister of Labour`; a minister without a field may be any."""
    field = next((t.key.lower() for t in phrase.tokens if t.kind == "portfolio"), None)
    if field and role and role.startswith("Secretary of State") and field not in role.lower():
        return False
    if field is None or phrase.group != "minister" or not role or not re.search(r"(?i)\b(?:of|for) ", role):
        return True
    fields = {f.lower().removeprefix("the ") for f in load_cached("offices")["portfolios"].values()}
    return field.removeprefix("the ") in role.lower() or not any(f in role.lower() for f in fields)


def _same_party(role: str | None, phrase: Phrase) -> bool:
    """`The Republican nominee` is not the `Libertarian presidential candidate`."""
    party = _party(phrase)
    others = {"Republican", "Democratic", "Libertarian", "Green"} - {party}
    return not party or not any(other in (role or "") for other in others)


_BOSSES = ("leader", "minister", "legislator")


def _boss(log: Log, tokens: list[Token], at: int) -> str | None:
    """The state of `an aide to President Fernandez of Argentina`, `a spokesman for the prime minister`."""
    cut = next((i for i, t in enumerate(tokens) if i and t.text in ("to", "for", "of", "with", "by")), None)
    if cut is None:
        return None
    rest = tokens[cut + 1 :]
    if not any(t.kind in ("office", "hon") and t.term and t.term.group in _BOSSES for t in rest):
        return None
    if state := next((t.ref for t in rest if t.kind in ("state", "dem", "capital") and t.ref), None):
        return state.country
    name = spelled([t for t in rest if t.kind == "cap"])
    if name and (known := log.cast.named(name, at)):
        complete(log, known)
        if known.country:
            return known.country
    row = holder(name, log.published) if name else None
    return row.country if row else None


def _by_office(log: Log, tokens: list[Token], role: str, at: int) -> str:
    """`Aide to President Adoum` as `aide to the President of Chad`."""
    cut = next((i for i, t in enumerate(tokens) if t.text in ("to", "for")), 0)
    name = spelled([t for t in tokens[cut + 1 :] if t.kind == "cap"])
    boss = log.cast.named(name, at) if cut and name else None
    if boss is None or not boss.role or boss.group not in ("leader", "minister") or not boss.owner:
        return role
    link = tokens[cut].text
    head, found, _ = role.partition(f" {link} ")
    return f"{head} {link} the {boss.role}" if found else role


def _nameless(log: Log, phrase: Phrase, source: Span) -> Event:
    tokens = [t for t in phrase.tokens]
    words = _described(tokens)
    owner = phrase.owner
    plain = (
        phrase.head in ("official", "diplomat", "source", "delegate", "adviser", "aide")
        and owner is not None
        and owner.kind == "organisation"
    ) or phrase.group == "military"
    state_adjective = plain or (
        any(t.kind in ("dem", "party") for t in tokens[:6]) and owner is not None and owner.kind == "state"
    )
    role = (
        words
        if owner is None or state_adjective or owner.kind not in ("organisation", "body", "state")
        else phrase.role
    )
    country = None if phrase.group in ("expert", "business") else phrase.country
    dem = next((t.ref for t in tokens if t.kind in ("dem", "state") and t.ref), None)
    if country is None and phrase.group not in ("expert", "business", "private") and dem and state_adjective:
        country = dem.country
    if country is None and phrase.group in ("official", "spokesperson", "diplomat"):
        country = _boss(log, tokens, source.start)
        role = _by_office(log, tokens, role or words, source.start) if country else role
    if country is None and phrase.head == "source" and owner is not None and owner.kind in ("organisation", "body"):
        country = owner.country
    if country is None and phrase.head == "official" and _of_administration(log, tokens, source.start):
        country, role = "USA", f"{words} of the United States"
    if country is None and phrase.head in ("official", "lawmaker", "minister") and (city := _capital(tokens)):
        country = city.country
    if country is None and owner is not None and owner.kind == "body" and owner.country is None:
        state = main_state(log) if any(t.kind == "portfolio" for t in tokens) else None
        country = state.country if state else None
    if (
        country is None
        and phrase.head in ("president", "prime minister", "minister", "secretary of state")
        and not phrase.plural
        and not phrase.closed
    ):
        state = state_near(log, source.start)
        country = state.country if state else None
    if country is None and phrase.head == "secretary-general":
        country = secretariat(log, source.start)
    speaker = unnamed(log, role or words, country, source)
    return Event(
        at=source.start,
        speaker=speaker,
        plural=phrase.plural,
        gender=phrase.gender,
        head=phrase.head,
        group=phrase.group,
    )


def _of_administration(log: Log, tokens: list[Token], at: int) -> bool:
    """`A senior administration official` where an article is about the United States or this is in Washington."""
    if not any(t.text.lower() == "administration" for t in tokens):
        return False
    start, end = log.cast.sentence_span(at)
    return american(log) or "Washington" in log.text[start:end]


def _capital(tokens: list[Token]) -> Named | None:
    """The state of `officials in Islamabad`."""
    pairs = itertools.pairwise(tokens)
    return next((b.ref for a, b in pairs if a.text == "in" and b.kind in ("capital", "state")), None)


_ARTICLE = re.compile(
    r"^(?:one of the|a number of|the|an?|this|that|these|those|some|several|many|two|three|four|five|six|both|another|"
    r"one|at least|more than|his|her|their|other)\s+",
    re.I,
)


def _described(tokens: list[Token]) -> str:
    """A description without its article, number and relative clause."""
    cut = next((i for i, t in enumerate(tokens) if i and t.text in (",", "who", "which", "(")), len(tokens))
    text = spelled(tokens[:cut])
    while _ARTICLE.match(text):
        text = _ARTICLE.sub("", text, count=1)
    return text
