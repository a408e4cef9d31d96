"""Sources that take somebody up: pronouns and titles."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import replace

from onrecord.meaning.mentions import Mention, Person
from onrecord.meaning.registers import Named, holder, holder_of, load_cached, nominee
from onrecord.meaning.speakers_context import american, complete, main_state, state_near
from onrecord.meaning.speakers_lex import Token
from onrecord.meaning.speakers_log import Event, Log, person_event, unnamed
from onrecord.meaning.speakers_phrases import Phrase, spelled
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
    if around and around.person is not None and _fits(around.person.gender, gender) and not log.cast.quoted(at):
        return around
    best: tuple[float, Event | Mention] | None = None
    here = log.cast.sentence(at)
    for event in log.events[-12:]:
        if (
            event.at >= at
            or event.plural
            or event.speaker.type not in ("person", "unnamed")
            or not _fits(event.gender, gender)
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
        if not _fits(person.gender, gender) or not (person.sure or person.gender):
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


def _fits(known: str, wanted: str) -> bool:
    return not known or not wanted or known == wanted


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


# --- titles -------------------------------------------------------------------------------------------------------


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
    return _nameless(log, phrase, source)


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
    if code is None and phrase.owner is not None and phrase.owner.kind == "private":
        code = None
    for event in reversed(log.events[-10:]):
        if (
            event.at < at
            and not event.plural
            and _answers(event.head, event.group, event.gender, event.speaker.country, phrase, code)
            and _same_field(event.speaker.role, phrase)
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
        ):
            complete(log, person)
            return person_event(at, person, "title", 0.85 if mention.start < at else 0.75)
    return None


def _answers(head: str, group: str, gender: str, country: str | None, phrase: Phrase, code: str | None) -> bool:
    if not head or not _fits(gender, phrase.gender) or (code and country and code != country):
        return False
    general = load_cached("offices")["general"].get(phrase.head, ())
    return head == phrase.head or group in general or head in general or "*" in general


def _same_field(role: str | None, phrase: Phrase) -> bool:
    """`The Foreign Minister` is not the `Minister of Labour`; a minister without a field may be any."""
    field = next((t.key.lower() for t in phrase.tokens if t.kind == "portfolio"), None)
    if field is None or phrase.group != "minister" or not role or not re.search(r"(?i)\b(?:of|for) ", role):
        return True
    fields = {f.lower().removeprefix("the ") for f in load_cached("offices")["portfolios"].values()}
    return field.removeprefix("the ") in role.lower() or not any(f in role.lower() for f in fields)


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
