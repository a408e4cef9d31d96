"""Who a source is: a person, an organisation, a state, a document, or somebody unnamed.

`resolve` goes through the attributions in the order of the text and keeps a log of who has spoken, from which pronouns,
titles and joint sources ("both sides") are taken up. Antecedents never come from inside a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from onrecord.meaning.mentions import Cast, Person, fold, person_of
from onrecord.meaning.registers import given_names, holder, words
from onrecord.meaning.speakers.context import complete, own
from onrecord.meaning.speakers.forward import look_ahead, meet_pairs, with_name_after
from onrecord.meaning.speakers.joint import in_company, joint, one_of_them
from onrecord.meaning.speakers.lex import Token, lex
from onrecord.meaning.speakers.log import Event, Log, person_event, unnamed
from onrecord.meaning.speakers.phrases import Phrase, read_phrase
from onrecord.meaning.speakers.refs import PRONOUNS, by_pronoun
from onrecord.meaning.speakers.states import begins_before
from onrecord.meaning.speakers.things import thing
from onrecord.meaning.speakers.titles import by_title
from onrecord.meaning.speakers.trim import trim
from onrecord.types import Attribution, Span, Speaker

_ASKERS = re.compile(
    r"(?:Q|QUESTION|REPORTER|JOURNALIST|MODERATOR|Moderator|Question|INTERVIEWER|Interviewer|CORRESPONDENT)"
    r":?(?: ?\(.*\)?)?$"
)

_SURNAMES = words("surname_places")
_ISSUED = words("issued")
_WITH = frozenset(("also", "too", "both", "all", "then", "himself", "herself", "themselves", "later", ",", ")"))


def resolve(cast: Cast, attributions: Sequence[Attribution], *, published: date | None) -> tuple[Speaker, ...]:
    """The speaker of each attribution, in the same order; spans point into the working text.

    `published` chooses between office holders of the register where the article itself gives no full name.
    """
    log = Log(cast=cast, published=published, attributions=tuple(attributions))
    _meet(log)
    for index in sorted(range(len(attributions)), key=lambda i: _anchor(attributions[i])):
        event = _event(log, index)
        log.speakers[index] = event
        if event.speaker.how != "none":
            log.events.append(event)
    look_ahead(log)
    return tuple(log.speakers[i].speaker for i in range(len(attributions)))


def _anchor(attribution: Attribution) -> int:
    if attribution.source:
        return attribution.source.start
    return (attribution.cue or attribution.content)[0].start


def _meet(log: Log) -> None:
    """Add the persons that sources introduce by full name before anybody is looked up by surname."""
    for attribution in log.attributions:
        if not attribution.source:
            continue
        phrase = read_phrase(_tokens(log, attribution.source))
        if phrase.name and phrase.name[1] - phrase.name[0] > 1 and not in_company(phrase.tokens):
            person = person_of(phrase, attribution.source.start)
            if person:
                person.sure = True
                log.cast.add(person)
    meet_pairs(log)


def _tokens(log: Log, source: Span, label: bool = True) -> list[Token]:
    text = source.of(log.text)
    tokens = lex(text)
    if label and text.isupper() and len(text) > 4 and any(t.kind == "cap" for t in tokens):
        tokens = lex(text.title())
    for token in tokens:
        token.start += source.start
        token.end += source.start
    tokens = _split_run(tokens)
    while tokens and tokens[0].text in ('"', "“", "”", "'", "‘", "-", "—", "–", ","):
        tokens = tokens[1:]
    while tokens and tokens[-1].text in (",", "-", "—", "–", ":", '"', "”"):
        tokens = tokens[:-1]
    if len(tokens) == 2 and tokens[0].text == "M." and tokens[1].kind == "cap":
        tokens = tokens[1:]  # Monsieur
    return trim(tokens) if len(tokens) > 1 else tokens


_RUN = re.compile(r"([A-Z][a-z]+)(?<!Mc)(?<!Mac)(?<!De)(?<!Fitz)(?<!Le)(?<!La)(?<!Van)(?<!Di)([A-Z][a-z]{2,})$")


def _split_run(tokens: list[Token]) -> list[Token]:
    """`Rosa LimaTom Ojala`, two labels run together: the first."""
    for i, token in enumerate(tokens):
        found = _RUN.match(token.text) if i and token.kind == "cap" else None
        if found and found.group(2) in given_names():
            cut = replace(token, text=found.group(1), end=token.start + found.end(1))
            return [*tokens[:i], cut]
    return tokens


def _event(log: Log, index: int) -> Event:
    attribution = log.attributions[index]
    source = attribution.source
    if source is None:
        none = Speaker(
            name=None, role=None, country=None, type="unnamed", id="u:none", mention=None, how="none", score=0.3
        )
        return Event(at=_anchor(attribution), speaker=none)
    label = any(span.of(log.text) == ":" for span in attribution.cue)
    tokens = _plainly(_tokens(log, source, label))
    text = source.of(log.text).strip(" ,:")
    if _ASKERS.match(text) or not tokens:
        return Event(
            at=source.start, speaker=unnamed(log, "questioner" if tokens else None, None, source), head="questioner"
        )
    if tokens[0].text.lower() in PRONOUNS and (
        len(tokens) == 1 or (len(tokens) == 2 and tokens[1].text.lower() in _WITH)
    ):
        return by_pronoun(log, index, tokens[0].text.lower(), source)
    if event := one_of_them(log, text, source) or joint(log, tokens, source):
        return event
    if tokens[0].text in _NUMBERS and len(tokens) > 1 and tokens[1].text == "of":
        return Event(at=source.start, speaker=unnamed(log, text, None, source), plural=True)
    if _of_document(tokens):
        return thing(log, Phrase(tokens=tokens), tokens, source)
    phrase = read_phrase(tokens)
    if not phrase.name and len(tokens) == 1 and tokens[0].text in _SURNAMES:
        known = log.cast.named(tokens[0].text, source.start)
        phrase.name = (0, 1) if known and len(known.keys) > 1 else None
    if not phrase.head and (surname := _last_word(log, tokens)):
        phrase.name = surname
    if phrase.name and (_movement(log, phrase) or _no_person(log, phrase, label)):
        return thing(log, Phrase(tokens=tokens), tokens, source)
    if phrase.name:
        return _named(log, phrase, source)
    if not phrase.plural and (longer := with_name_after(log, source)):
        named = read_phrase(_tokens(log, longer))
        if named.name and named.role:
            return _named(log, named, longer)
    if phrase.head:
        return by_title(log, phrase, source)
    return thing(log, phrase, tokens, source)


def _last_word(log: Log, tokens: list[Token]) -> tuple[int, int] | None:
    """`To close Endara`: small words before a surname of the article."""
    last = next((i for i, t in enumerate(tokens) if t.text in (",", "who")), len(tokens)) - 1
    if last < 1 or tokens[last].kind != "cap" or any(t.kind != "low" for t in tokens[:last]):
        return None
    if any(t.text in ("of", "the", "a") for t in tokens[:last]):
        return None
    known = log.cast.named(tokens[last].text, tokens[last].start)
    return (last, last + 1) if known and len(known.keys) > 1 else None


def _plainly(tokens: list[Token]) -> list[Token]:
    """`Lund himself`, `Lund's own` is Lund; `his words` are he."""
    while len(tokens) > 1 and (tokens[-1].text in _SELF or tokens[-1].kind == "poss"):
        tokens = tokens[:-1]
    if len(tokens) == 2 and tokens[0].text.lower() in ("his", "her") and tokens[1].text in ("words", "own words"):
        tokens = tokens[:1]
    return tokens


_SELF = frozenset(("himself", "herself", "itself", "themselves", "own"))


def _of_document(tokens: list[Token]) -> bool:
    """`A 2014 study by Professor Levitt`, `the President's messages`: a paper speaks, not a person."""
    at = next((i for i, t in enumerate(tokens[:12]) if t.kind == "doc"), None)
    if not at or any(t.text == "," for t in tokens[:at]):
        return False
    if tokens[at - 1].kind == "poss" and at == len(tokens) - 1:
        return True
    named = any(t.kind in ("office", "hon") for t in tokens[:at])
    return not named and at + 1 < len(tokens) and tokens[at + 1].text in ("by", "from", *_ISSUED)


def _movement(log: Log, phrase: Phrase) -> bool:
    """`The Serbian List`: one unknown capital after the adjective of a people is no surname."""
    assert phrase.name
    a, b = phrase.name
    if b - a != 1 or a != 2 or phrase.tokens[0].text.lower() != "the" or phrase.tokens[1].kind != "dem":
        return False
    word = phrase.words
    return log.cast.named(word, phrase.tokens[a].start) is None and holder(word, log.published) is None


_NUMBERS = frozenset(("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Dozens", "Hundreds"))


def _no_person(log: Log, phrase: Phrase, label: bool) -> bool:
    """`Statistics`, `The Labour Code`, `NORDEX`: capitals that nothing says are a person's name."""
    assert phrase.name
    a, b = phrase.name
    words = phrase.words
    untitled = (not phrase.head or phrase.affiliated) and not (a and phrase.tokens[a - 1].kind in ("hon", "office"))
    if not untitled or log.cast.named(words, phrase.tokens[a].start) or holder(words, log.published):
        return False
    if words.isupper() and len(words) > 2 and not label:
        return True
    if b - a > 1:
        return False
    article = phrase.tokens[0].text in ("The", "the", "A", "a", "An", "an", "Each", "each")
    lower = words.lower()
    common = any(t.kind == "low" and t.text in (lower, lower.removesuffix("s")) for t in log.cast.tokens)
    return article or common or words in _NUMBERS or phrase.tokens[0].text in _NUMBERS


def _named(log: Log, phrase: Phrase, source: Span) -> Event:
    new = person_of(phrase, source.start)
    assert new and phrase.name
    how, score = "stated", 0.97
    if phrase.name[1] - phrase.name[0] > 1:
        new.sure = True
        person = log.cast.add(new)
        _belongs(log, person, phrase)
    else:
        person, how, score = _by_surname(log, phrase, new)
    complete(log, person)
    return person_event(source.start, person, how, score)


def _belongs(log: Log, person: Person, phrase: Phrase) -> None:
    """`Its ambassador`, `his climate minister`: of the state or organisation that spoke last."""
    first = phrase.tokens[0].text.lower()
    if first not in ("its", "his", "her", "their") or person.owner or id(person) in log.completed:
        return
    if first == "its" and (state := begins_before(log, phrase.tokens[0].start)):
        own(person, state)
        return
    for event in reversed(log.events[-4:]):
        fits = (
            event.speaker.type in ("state", "organisation")
            if first in ("its", "their")
            else event.person is not None and event.gender in ("", "f" if first == "her" else "m")
        )
        if fits and event.person and person.head == "colleague":
            person.role, person.head, person.group, person.closed = None, "", "", True
            person.country = event.person.country
            return
        if fits and event.person and person.group in ("spokesperson", "official") and person.role:
            person.role, person.closed = f"{person.role} for {event.person.name}", True
            if event.person.group in ("leader", "minister"):
                person.country = event.person.country
            return
        named = (event.states or (None,))[0] if first in ("its", "their") else event.person and event.person.owner
        if fits and named:
            own(person, named)
            return


def _by_surname(log: Log, phrase: Phrase, new: Person) -> tuple[Person, str, float]:
    gender = phrase.gender
    known = log.cast.named(new.name, new.at, gender)
    if known and new.head and (row := holder(new.name, log.published)) and (row.office or "").lower() == new.head:
        known = known if fold(known.name) == fold(row.name) else None  # President Obama is not Michelle Obama
    if known and len(known.keys) > 1:
        if new.role and not known.role:
            log.cast.add(known)
            known.role, known.head, known.group, known.owner = new.role, new.head, new.group, new.owner
            known.country, known.at = known.country or new.country, new.at
        known.gender = known.gender or gender
        return known, "surname", 0.94
    if (row := holder(new.name, log.published)) and not (new.country and new.country != row.country and new.head):
        new.name, new.gender = row.name, row.gender
        new.country = row.country
        return log.cast.add(new), "register", 0.85
    if known:
        if new.role and not known.role:
            known.role, known.head, known.group, known.owner, known.country = (
                new.role,
                new.head,
                new.group,
                new.owner,
                new.country,
            )
        return known, "surname", 0.7
    return log.cast.add(new), "surname", 0.6
