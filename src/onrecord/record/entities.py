"""Who is who across articles: each speaker of a document is given an entity, and the reason is kept.

Rules only ever decide about a speaker who is new to the record: what was decided stays, and two entities are made one
or taken apart by people alone (`entities_hand.py`). The same articles in the same order give the same entities.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select

from onrecord.meaning.registers import holder, lexicon, states, tokens
from onrecord.record.entities_fit import Fit, Said, Somebody, fit, likeness
from onrecord.record.entities_hand import explain, join, moved, split
from onrecord.record.entities_store import Store, identify, person_words
from onrecord.record.names import fold, parse
from onrecord.record.names_register import namesakes
from onrecord.record.tables import documents, identities
from onrecord.types import Speaker

__all__ = ["explain", "find", "join", "moved", "resolve", "split"]

# Two entities that fit so nearly equally well are not chosen between where a country is missing.
_MARGIN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A speaker of one document; `kind` is his type, or `joint`.

    `name` is the one to compare (`written` is what the article has), `words` what it is looked up by, `note` what a
    register added.
    """

    id: str
    written: str
    name: str
    kind: str
    words: tuple[str, ...]
    said: Said
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Which entity a mention is (None for a new one), by which rule and why."""

    key: int | None
    rule: str
    reason: str


def resolve(
    connection: Connection, document_key: int, speakers: Sequence[Speaker], *, day: date | None
) -> dict[str, int]:
    """The entity of each named speaker of a document, by `Speaker.id`; new ones are added.

    `day` is when the document was published. A speaker whose identity is already on record keeps it.
    """
    known = select(identities.c.speaker_id, identities.c.entity_key).where(identities.c.document_key == document_key)
    found: dict[str, int] = {row.speaker_id: row.entity_key for row in connection.execute(known)}
    new = [mention for mention in _mentions(speakers, day) if mention.id not in found]
    if not new:
        return found
    store = Store(connection, set(found.values()))
    store.look_up(word for mention in new for word in mention.words)
    store.reserve(identify(mention.name, mention.kind, mention.said.country) for mention in new)
    seed = connection.execute(select(documents.c.id).where(documents.c.key == document_key)).scalar_one()
    decided = []
    for mention in new:
        decision = _decide(store, mention)
        key = decision.key or store.create(mention.name, mention.kind, mention.said.country, f"{seed}|{mention.id}")
        store.learn(key, mention.name, mention.words, mention.said)
        decided.append((mention, decision, key))
    keys = store.write()
    rows = [_row(document_key, keys.get(key, key), mention, decision) for mention, decision, key in decided]
    connection.execute(insert(identities), rows)
    return found | {mention.id: keys.get(key, key) for mention, _, key in decided}


def _row(document_key: int, key: int, mention: Mention, decision: Decision) -> dict[str, object]:
    return {
        "document_key": document_key,
        "speaker_id": mention.id,
        "entity_key": key,
        "rule": decision.rule,
        "reason": decision.reason + mention.note,
        "name": mention.written,
        "role": mention.said.role,
        "country": mention.said.country,
        "day": mention.said.day,
    }


# --- what the document says ----------------------------------------------------------------------------------------


def _mentions(speakers: Sequence[Speaker], day: date | None) -> list[Mention]:
    """One for each named speaker, full names first, so that a surname finds its bearer in the same article."""
    by_id: dict[str, list[Speaker]] = {}
    for speaker in speakers:
        if speaker.name and speaker.type != "unnamed":
            by_id.setdefault(speaker.id, []).append(speaker)
    found = [_mention(rows, day) for rows in by_id.values()]
    return sorted(found, key=lambda m: m.kind == "person" and not parse(m.name).full)


def _mention(rows: Sequence[Speaker], day: date | None) -> Mention:
    first = rows[0]
    name = written = first.name or ""
    country = _most(row.country for row in rows)
    role = _most(row.role for row in rows if row.country == country) or _most(row.role for row in rows)
    kind: str = "joint" if first.id.startswith("j:") else first.type
    note = ""
    if kind == "person":
        name, country, note = _known(written, country, day)
    said = Said(role, country, day)
    return Mention(
        id=first.id, written=written, name=name, kind=kind, words=_words(name, kind, country), said=said, note=note
    )


def _most(values: Iterable[str | None]) -> str | None:
    """The most frequent value, the first of equals."""
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else None


def _known(name: str, country: str | None, day: date | None) -> tuple[str, str | None, str]:
    """Name and country as the registers have them: whom a name means on that day, for whom a known person speaks."""
    rows = namesakes().get(name.casefold(), ())
    meant = next((row for row in rows if row.on(day) and country in (None, row.country)), None)
    if meant:
        return meant.name, meant.country, f'; "{name}" is {meant.name}{" on that day" if meant.start else ""}'
    person = holder(name, None) if parse(name).full else None
    if person is None or country == person.country or (country and country not in states()):
        return name, country, ""
    given = f"not {country} as the article seemed to say" if country else "not given in the article"
    return name, person.country, f"; country {person.country} from the register of persons, {given}"


def _words(name: str, kind: str, country: str | None) -> tuple[str, ...]:
    """What a speaker is looked up by."""
    if kind == "person":
        return person_words(name)
    if kind == "state" and country:
        return (f"state:{country}",)
    if kind == "joint":
        members = re.split(r", | and ", name)
        return ("joint:" + " + ".join(sorted(fold(member) for member in members)),)
    term = lexicon().exact.get(tokens(name)) if kind == "organisation" else None
    return (f"{kind}:{fold((term.ref.name if term and term.ref else name).removeprefix('the ').removeprefix('The '))}",)


# --- who that is ---------------------------------------------------------------------------------------------------

_EXACT = {
    "state": ("code", "the state of this code"),
    "document": ("title", "same title"),
    "joint": ("joint", "the same together"),
}


def _decide(store: Store, mention: Mention) -> Decision:
    known = store.candidates(mention.words, mention.kind)
    if mention.kind == "person":
        return _person(store, mention, known)
    if mention.kind == "organisation":
        return _organisation(mention, known)
    rule, reason = _EXACT[mention.kind]
    return Decision(known[0].key, rule, reason) if known else Decision(None, "new", "not on record before")


def _organisation(mention: Mention, known: Sequence[Somebody]) -> Decision:
    country = mention.said.country
    same = [k for k in known if k.country == country]
    if same:
        where = f"same country {country}" if country else "no country given"
        return Decision(same[0].key, "name", f'same name as "{same[0].name}", {where}')
    open_ = [k for k in known if not k.country or not country]
    if len({k.key for k in open_}) == 1:
        return Decision(
            open_[0].key, "name", f'same name as "{open_[0].name}", country given in one only, less certain'
        )
    return Decision(None, "new", _others(known) if known else "not on record before")


def _others(known: Sequence[Somebody]) -> str:
    return f"others of this name speak for {', '.join(sorted({k.country or 'nobody known' for k in known}))}"


def _person(store: Store, mention: Mention, known: Sequence[Somebody]) -> Decision:
    name = parse(mention.name)
    fits: dict[int, tuple[Fit, Somebody]] = {}
    refused: list[Fit] = []
    for somebody in known:
        like = likeness(name, mention.said.country, somebody)
        if not like:
            continue
        somebody = store.with_examples(somebody, mention.said.day)
        found = fit(name, mention.said, somebody, like)
        if not found:
            refused.append(found)
        elif somebody.key not in fits or fits[somebody.key][0].score < found.score:
            fits[somebody.key] = (found, somebody)
    if not fits:
        return Decision(None, "new", refused[0].reason if refused else "nobody of this name on record before")
    return _choose(store, list(fits.values()))


def _choose(store: Store, fits: list[tuple[Fit, Somebody]]) -> Decision:
    """The best of those who fit, unless nothing decides between two."""
    fits.sort(key=lambda pair: (-pair[0].score, pair[1].key))
    if any(f.surname for f, _ in fits):
        whole = [pair for pair in fits if any(n.full for n in pair[1].names)]
        alone = [pair for pair in fits if pair not in whole]
        fits = whole if len(whole) == 1 else alone or whole
    best, first = fits[0]
    rivals = [s for f, s in fits[1:] if best.score - f.score < _MARGIN and not store.separated(first.key, s.key)]
    if rivals and (best.surname or best.open):
        names = ", ".join(s.id for s in (first, *rivals))
        return Decision(None, "new", f"nothing decides between {names}")
    return Decision(first.key, best.rule, best.reason)


def find(connection: Connection, name: str) -> list[int]:
    """Keys of the entities that a reader may mean by `name`, the oldest first; those joined to another left out.

    A surname finds everybody who bears it; a full name those whose names agree with it in some spelling.
    """
    store = Store(connection, set())
    words = {kind: _words(name, kind, None) for kind in ("person", "organisation", "document", "joint")}
    store.look_up(word for row in words.values() for word in row)
    wanted = parse(name)
    found = [s.key for s in store.candidates(words["person"], "person") if likeness(wanted, None, s)]
    found += [s.key for kind in ("organisation", "document", "joint") for s in store.candidates(words[kind], kind)]
    return sorted(set(found))
