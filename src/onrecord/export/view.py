"""What every view for people shares: who speaks, the words on one line, and the parts marked in the article."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from onrecord.record.excerpt import excerpt, one_line
from onrecord.types import DateExpression, Document, Flag, Reading, Span, Speaker, Statement

Role = Literal["source", "cue", "content"]

_BASIS = {"published": "from the date of publication", "anchor": "from an earlier date in the text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement in a view: `number` is its place in the reading, from 1, `within` the number of its parent."""

    number: int
    within: int | None
    about: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The statements of one speaker; `who` is the line that names the speaker."""

    speaker: Speaker
    who: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One source, cue or content span of the statement with this number."""

    span: Span
    role: Role
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the article in which nothing changes: `role` of the innermost part, parts that open and close."""

    text: str
    role: Role | None
    opens: tuple[Part, ...]
    closes: tuple[Part, ...]


def name_of(document: Document) -> str:
    """What to call a document: its path, else its URL, else its title, else its id."""
    return document.path or document.url or document.title or document.id


def groups(reading: Reading) -> list[Group]:
    """Statements by speaker, speakers in the order in which they first speak."""
    text = reading.document.text
    numbers = {statement.id: number for number, statement in enumerate(reading.statements, 1)}
    found: dict[str, list[tuple[int, Statement]]] = {}
    for number, statement in enumerate(reading.statements, 1):
        found.setdefault(statement.speaker.id, []).append((number, statement))
    return [
        Group(
            speaker=said[0][1].speaker,
            who=_who(said[0][1], text),
            entries=tuple(_entry(number, statement, text, numbers) for number, statement in said),
        )
        for said in found.values()
    ]


def _entry(number: int, statement: Statement, text: str, numbers: dict[str, int]) -> Entry:
    within = numbers.get(statement.parent) if statement.parent else None
    about = _about(statement, text, within)
    return Entry(number=number, within=within, about=about, words=words(statement, text))


def _who(statement: Statement, text: str) -> str:
    """`Name, role (COUNTRY)`; the description for an unnamed speaker."""
    speaker, source = statement.speaker, statement.attribution.source
    described = speaker.role or (source.of(text) if source else None)
    if speaker.name is None:
        who = f"{one_line(described)} [not named]" if described else "[no speaker given]"
    elif speaker.role and speaker.role != speaker.name:
        who = f"{speaker.name}, {speaker.role}"
    else:
        who = speaker.name
    return f"{who} ({speaker.country})" if speaker.country and speaker.country != speaker.name else who


def words(statement: Statement, text: str) -> str:
    """The content on one line, ` ... ` where words between its pieces are left out."""
    return excerpt(text, statement.attribution.content)


def cue(statement: Statement, text: str) -> str:
    """The cue on one line; empty where it is only a mark, as the colon of a transcript."""
    line = one_line(" ... ".join(span.of(text) for span in statement.attribution.cue))
    return line if any(c.isalnum() for c in line) else ""


def _about(statement: Statement, text: str, within: int | None) -> str:
    """Kind, cue, date, way and occasion on one line: `direct, "said", 2026-03-04, via Reuters`."""
    said, occasion = statement.said_on, statement.occasion
    verb = cue(statement, text)
    items = [statement.attribution.kind, f'"{verb}"' if verb else ""]
    items.append(f"within {within}" if within else "")
    items.append(period(said) if said and said.start else "")
    items.append("via " + ", ".join(via.name for via in statement.via) if statement.via else "")
    items.append(occasion.text if occasion else "")
    if occasion and occasion.place and occasion.place not in occasion.text:
        items.append(occasion.place)
    return ", ".join(one_line(item) for item in items if item)


def period(expression: DateExpression) -> str:
    """The days meant, both ends included: `2026-03-04`, `2026-03`, `2026-03-02 to 2026-03-08`, `unresolved`."""
    if expression.start is None:
        return "unresolved"
    last = (expression.end or expression.start + timedelta(days=1)) - timedelta(days=1)
    if expression.start >= last:
        return expression.start.isoformat()
    if expression.grain == "year" and (expression.start.month, expression.start.day) == (1, 1):
        return _same(expression.start, last, 4)
    if expression.grain == "month":
        return _same(expression.start, last, 7)
    return f"{expression.start} to {last}"


def _same(start: date, last: date, digits: int) -> str:
    first, second = start.isoformat()[:digits], last.isoformat()[:digits]
    return first if first == second else f"{start} to {last}"


def date_note(expression: DateExpression) -> str:
    """How an incomplete or ambiguous date was resolved; empty for a full one."""
    notes = [_BASIS.get(expression.basis, "")] if expression.start else []
    if expression.other:
        notes.append(f"or {expression.other}")
    return ", ".join(note for note in notes if note)


def flag_line(flag: Flag, text: str) -> str:
    """Kind and message, and the words themselves where the message does not repeat them."""
    quoted = one_line(flag.span.of(text))
    return f"{flag.kind}: {flag.message}" + ("" if quoted in flag.message else f' ("{quoted}")')


def parts(reading: Reading) -> list[Part]:
    """Every source, cue and content span, in the order of the text."""
    found = []
    for number, statement in enumerate(reading.statements, 1):
        attribution = statement.attribution
        if attribution.source:
            found.append(Part(span=attribution.source, role="source", number=number))
        found += [Part(span=span, role="cue", number=number) for span in attribution.cue]
        found += [Part(span=span, role="content", number=number) for span in attribution.content]
    return sorted(found, key=lambda part: (part.span.start, -part.span.end, part.number))


def pieces(reading: Reading) -> Iterator[Piece]:
    """The whole article cut wherever a part begins or ends. The texts of the pieces join to the article."""
    text = reading.document.text
    marked = [part for part in parts(reading) if part.span.end <= len(text)]
    cuts = sorted({0, len(text), *(p.span.start for p in marked), *(p.span.end for p in marked)})
    active: list[Part] = []
    following = 0
    for start, end in itertools.pairwise(cuts):
        opens: list[Part] = []
        while following < len(marked) and marked[following].span.start == start:
            opens.append(marked[following])
            following += 1
        active += opens
        innermost = min(active, key=lambda p: p.span.end - p.span.start, default=None)
        closes = [part for part in reversed(active) if part.span.end == end]
        active = [part for part in active if part.span.end > end]
        role = innermost.role if innermost else None
        yield Piece(text=text[start:end], role=role, opens=tuple(opens), closes=tuple(closes))
