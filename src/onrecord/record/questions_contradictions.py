"""Who spoke against his own earlier words: pairs of statements of one speaker on one thing whose positions oppose.

The later statement of a pair meets the question. It is held against the speaker's earlier ones that take a position,
the newest first and no more than so many of them; one page looks at so many statements and no more, so that its cost
does not grow with the record.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select, true

from onrecord.errors import QuestionError
from onrecord.meaning.flags.self import Act, Said, acts, clash, overlap, own_words, positions_oppose, stem
from onrecord.record.excerpt import one_line
from onrecord.record.questions_filters import Filters, asked
from onrecord.record.questions_search import matches
from onrecord.record.rows import ContradictionRow, Page
from onrecord.record.tables import (
    conditions,
    documents,
    entities,
    instruments,
    issues,
    spans,
    statements,
)
from onrecord.record.words import KEYS, facet, number
from onrecord.types import Span

SCANNED = 500  # later statements that one page looks at
EARLIER = 200  # earlier ones of one speaker that they are held against, the newest
COMPARED = 40  # of those whose position opposes, whose words are compared if the later one binds its speaker to an act
CLOSE = 12  # and if it does not
_BATCH = 250
_CHUNK = 400
# From how many shared stems, and what part of the longer content, two statements on one issue, or on one instrument,
# say something of one thing. With half of the shorter, 7 of 7 pairs in 246 pages of a government were of two things.
_ON_ISSUE, _ON_INSTRUMENT = (4, 0.6), (4, 0.5)
_MARKS = ".,;:!?\"'“”‘’()"
_TAKEN = {"stance": ("supports", "opposes"), "commitment": ("commits", "ready", "refuses")}
_PHRASES = {
    "supports": "was for it",
    "opposes": "was against it",
    "commits": "was bound to it",
    "ready": "was ready for it",
    "refuses": "refused it",
}

_s = statements.c


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """A statement that takes a position."""

    key: int
    id: str
    entity: int
    day: date
    stance: str | None
    commitment: str | None
    utterance: int | None
    speaker: str | None
    country: str | None


def page(
    connection: Connection, filters: Filters, *, limit: int, after: str | None, scanned: int = SCANNED
) -> Page[ContradictionRow]:
    """`limit` contradictions, those with the newest later statement first.

    A page may hold fewer rows, or none, and have a `next`: it then ends where it had looked at `scanned` statements.
    """
    if limit < 1:
        raise QuestionError("limit must be 1 or more")
    question = asked(connection, filters)
    taken = tuple(facet(name, value) for name, values in _TAKEN.items() for value in values)
    question = replace(
        question,
        query=replace(question.query, facets=(*question.query.facets, taken)),
        low=max(question.low, number(date.min)),
    )
    if after is not None:
        question = replace(question, high=min(question.high, _place(after, filters) - 1))
    found: list[ContradictionRow] = []
    left = scanned
    while left > 0:
        some = matches(connection, question, limit=min(_BATCH, left))
        pairs = _pairs(connection, [row & KEYS for row in some])
        for row in some:
            if (row & KEYS) in pairs:
                found.append(pairs[row & KEYS])
                if len(found) == limit:
                    return Page(rows=tuple(found), next=_cursor(row, filters))
        if len(some) < min(_BATCH, left):
            return Page(rows=tuple(found), total=len(found) if after is None else None)
        left -= len(some)
        question = replace(question, high=some[-1] - 1)
    return Page(rows=tuple(found), next=_cursor(question.high + 1, filters))


def of_statement(connection: Connection, key: int) -> ContradictionRow | None:
    """The earlier statement that a statement contradicts, if there is one."""
    return _pairs(connection, [key]).get(key)


# --- candidates ---------------------------------------------------------------------------------------------------


def _pairs(connection: Connection, keys: Sequence[int]) -> dict[int, ContradictionRow]:
    """For each later statement that has one, its contradiction with an earlier one."""
    later = _positions(connection, _statements().where(_s.key.in_(keys)))
    candidates: dict[int, list[_One]] = {}
    by_entity: dict[int, list[_One]] = defaultdict(list)
    for one in later:
        by_entity[one.entity].append(one)
    for entity, own in by_entity.items():
        earlier = _earlier(connection, entity, own)
        for one in own:
            opposing = [other for other in earlier if other.day < one.day and _oppose(one, other)]
            if opposing:
                candidates[one.key] = opposing
    return _told(connection, {one.key: one for one in later}, candidates)


def _earlier(connection: Connection, entity: int, own: Sequence[_One]) -> list[_One]:
    """What a speaker said before, as far as it can oppose one of `own`; the newest first."""
    wanted = [
        _s.stance == stance
        for stance, other in (("supports", "opposes"), ("opposes", "supports"))
        if any(one.stance == other for one in own)
    ]
    if any(one.commitment in ("commits", "ready") for one in own):
        wanted.append(_s.commitment == "refuses")
    if any(one.commitment == "refuses" for one in own):
        wanted.append(_s.commitment.in_(("commits", "ready")))
    last = max(one.day for one in own)
    question = _statements().where(_s.entity_key == entity, _s.day < last, or_(*wanted))
    return _positions(connection, question.order_by(_s.day.desc(), _s.key.desc()).limit(EARLIER))


@cache
def _statements() -> Select[Any]:
    columns = (_s.key, _s.id, _s.entity_key, _s.day, _s.stance, _s.commitment, _s.utterance_key)
    taken = or_(*(_s[name].in_(values) for name, values in _TAKEN.items()))
    return select(*columns, _s.speaker_name, _s.speaker_country).where(
        and_(_s.shown == true(), _s.entity_key.is_not(None), _s.day.is_not(None), taken)
    )


def _positions(connection: Connection, question: Select[Any]) -> list[_One]:
    return [
        _One(
            key=row.key,
            id=row.id,
            entity=row.entity_key,
            day=row.day,
            stance=row.stance,
            commitment=row.commitment,
            utterance=row.utterance_key,
            speaker=row.speaker_name,
            country=row.speaker_country,
        )
        for row in connection.execute(question)
    ]


def _oppose(one: _One, other: _One) -> bool:
    if one.utterance is not None and one.utterance == other.utterance:
        return False
    return positions_oppose(one.stance, one.commitment, other.stance, other.commitment)


# --- comparison ---------------------------------------------------------------------------------------------------


def _told(
    connection: Connection, later: dict[int, _One], candidates: dict[int, list[_One]]
) -> dict[int, ContradictionRow]:
    about = _about(connection, {*candidates, *(one.key for found in candidates.values() for one in found)})
    near: dict[int, list[tuple[_One, str, bool]]] = {}
    for key, found in candidates.items():
        same = [(one, *thing) for one in found if (thing := _thing(about[key], about[one.key])) is not None]
        if same:
            # Those of which it is not known what they are about stand last: only a name in both can tell.
            near[key] = sorted(same, key=lambda each: not each[1])
    words = _words(connection, set(near))
    for key, same in near.items():
        # Few statements have an act that could be denied; the others are held against a few of the same thing only.
        binds = key in words and acts(words[key])
        near[key] = same[:COMPARED] if binds else [each for each in same if each[1]][:CLOSE]
    words |= _words(connection, {one.key for same in near.values() for one, _, _ in same} - set(words))
    names = _entities(connection, {later[key].entity for key in near})
    rows = {}
    for key, same in near.items():
        row = _first(later[key], same, words, names)
        if row is not None:
            rows[key] = row
    return rows


_About = tuple[frozenset[str], frozenset[str]]


def _thing(one: _About, other: _About) -> tuple[str, bool] | None:
    """What two statements are both about, and whether it is an instrument; "" where one has nothing to tell by.

    None where they are about different things.
    """
    (names, topics), (others, other_topics) = one, other
    if names & others:
        return min(names & others), True
    if names and others:
        return None
    if topics & other_topics:
        return min(topics & other_topics), False
    return None if topics and other_topics else ("", False)


def _first(
    one: _One, same: Sequence[tuple[_One, str, bool]], words: dict[int, Said], names: dict[int, str]
) -> ContradictionRow | None:
    """The newest earlier statement that says the opposite in so many words; else the newest of an opposed position."""
    own = words.get(one.key)
    if own is None:
        return None
    kept: ContradictionRow | None = None
    for earlier, thing, instrument in same:
        other = words.get(earlier.key)
        if other is None or own.conditional or other.conditional:
            continue
        found = clash(other, own) if acts(own) else None
        thing = thing or (_shared_name(own, *found) if found else "")
        if found and thing:
            before, now = (_quoted(act.span.of(said.text)) for act, said in zip(found, (other, own), strict=True))
            sentence = f"{one.speaker} said {before} on {earlier.day}, and {now} on {one.day}."
            return _row(one, earlier, thing, "words", sentence, words, names)
        if kept is None and thing and _close(own, other, instrument):
            then, since = _phrases(earlier, one)
            sentence = f"{one.speaker} {then} on {earlier.day} and {since} on {one.day}: {thing}."
            kept = _row(one, earlier, thing, "position", sentence, words, names)
    return kept


def _shared_name(own: Said, earlier: Act, later: Act) -> str:
    """The names in the object of the later act that are in that of the earlier one too; "" where there are none."""
    shared = earlier.about & later.about & earlier.narrow & later.narrow
    words = later.span.of(own.text).split()
    return " ".join(word for word in words if word[:1].isupper() and stem(word.strip(_MARKS).lower()) in shared)


def _close(one: Said, other: Said, instrument: bool) -> bool:
    shared, part = overlap(one, other)
    least, share = _ON_INSTRUMENT if instrument else _ON_ISSUE
    return shared >= least and part >= share


def _phrases(earlier: _One, later: _One) -> tuple[str, str]:
    if {earlier.stance, later.stance} == {"supports", "opposes"}:
        return _PHRASES[earlier.stance or ""], _PHRASES[later.stance or ""]
    return _PHRASES[earlier.commitment or ""], _PHRASES[later.commitment or ""]


def _row(
    later: _One,
    earlier: _One,
    thing: str,
    how: str,
    sentence: str,
    words: dict[int, Said],
    names: dict[int, str],
) -> ContradictionRow:
    return ContradictionRow(
        speaker=later.speaker or "",
        country=later.country,
        entity=names.get(later.entity),
        about=thing,
        how=how,
        sentence=sentence,
        earlier_day=earlier.day,
        earlier_words=_content(words[earlier.key]),
        earlier_position=_label(earlier),
        earlier_id=earlier.id,
        later_day=later.day,
        later_words=_content(words[later.key]),
        later_position=_label(later),
        later_id=later.id,
    )


def _label(one: _One) -> str:
    return ", ".join(word for word in (one.stance, one.commitment) if word and word not in ("neutral", "none"))


def _content(said: Said) -> str:
    return one_line(" ... ".join(span.of(said.text) for span in said.content))


def _quoted(words: str) -> str:
    return f"“{one_line(words)}”"


# --- look-ups -----------------------------------------------------------------------------------------------------


def _about(connection: Connection, keys: set[int]) -> dict[int, _About]:
    """Instruments and issues of statements."""
    names: dict[int, set[str]] = defaultdict(set)
    topics: dict[int, set[str]] = defaultdict(set)
    for some in _chunks(keys):
        i, t = instruments.c, issues.c
        for key, name in connection.execute(select(i.statement_key, i.name).where(i.statement_key.in_(some))):
            names[key].add(name)
        for key, topic in connection.execute(select(t.statement_key, t.issue).where(t.statement_key.in_(some))):
            topics[key].add(topic)
    return {key: (frozenset(names[key]), frozenset(topics[key])) for key in keys}


def _words(connection: Connection, keys: set[int]) -> dict[int, Said]:
    """Cue and content of statements, sliced in the database: a text may be long and a statement is short."""
    pieces: dict[int, list[tuple[str, str]]] = defaultdict(list)
    facts: dict[int, Any] = {}
    hanging: set[int] = set()
    length = spans.c.end_char - spans.c.start_char
    question = (
        select(
            *(spans.c.statement_key, spans.c.part, _s.stance, _s.commitment, _s.speaker_name, _s.speaker_country),
            func.substr(documents.c.text, spans.c.start_char + 1, length).label("piece"),
        )
        .join(statements, _s.key == spans.c.statement_key)
        .join(documents, documents.c.key == _s.document_key)
        .where(spans.c.part.in_(("cue", "content")))
        .order_by(spans.c.statement_key, spans.c.part.desc(), spans.c.ordinal)
    )
    for some in _chunks(keys):
        for row in connection.execute(question.where(spans.c.statement_key.in_(some))):
            pieces[row.statement_key].append((row.part, row.piece))
            facts[row.statement_key] = row
        c = conditions.c.statement_key
        hanging.update(connection.scalars(select(c).where(c.in_(some))))
    return {key: _said(facts[key], found, conditional=key in hanging) for key, found in pieces.items()}


def _said(row: Any, pieces: Sequence[tuple[str, str]], *, conditional: bool) -> Said:
    text = ""
    found: dict[str, list[Span]] = {"cue": [], "content": []}
    for part, piece in pieces:
        if piece:
            found[part].append(Span(len(text), len(text) + len(piece)))
            text += f"{piece}\n"
    return Said(
        text=text,
        cue=tuple(found["cue"]),
        content=tuple(found["content"]),
        stance=row.stance,
        commitment=row.commitment,
        own=own_words(row.speaker_name, row.speaker_country),
        conditional=conditional or row.commitment == "conditional",
    )


def _entities(connection: Connection, keys: set[int]) -> dict[int, str]:
    e = entities.c
    return {
        key: id_
        for some in _chunks(keys)
        for key, id_ in connection.execute(select(e.key, e.id).where(e.key.in_(some)))
    }


def _chunks(keys: set[int]) -> Iterator[list[int]]:
    every = sorted(keys)
    return (every[start : start + _CHUNK] for start in range(0, len(every), _CHUNK))


def _cursor(row: int, filters: Filters) -> str:
    return f"{row:x}.{_question(filters)}"


def _place(cursor: str, filters: Filters) -> int:
    place, _, question = cursor.partition(".")
    if question != _question(filters):
        raise QuestionError(f"{cursor!r} does not continue this question: give the same words and filters as before")
    try:
        return int(place, 16)
    except ValueError:
        raise QuestionError(f"{cursor!r} is not where a page ended") from None


def _question(filters: Filters) -> str:
    return hashlib.sha256(f"contradictions {filters}".encode()).hexdigest()[:8]
