"""What every view for people shares: who speaks, the words on one line, and the parts marked in the article."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from onrecord.record.excerpt import excerpt, one_line
from onrecord.types import DateExpression, Document, Flag, Reading, Span, Speaker, Statement

Role = Literal["source", "cue", "content"]
Detail = Literal["condition", "date", "instrument"]

_TITLE = 200  # characters; an opening longer than this is no title
NOBODY = "[no speaker given]"
_DAY = timedelta(days=1)

_BASIS = {"published": "from the date of publication", "anchor": "from an earlier date in the text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement in a view: `number` is its place in the reading, from 1, `within` the number of its parent."""

    statement: Statement
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
    """A stretch of the article in which nothing changes: `role` of the innermost part, parts that open and close.

    `detail` is what else the words are, where the view asks for it.
    """

    text: str
    role: Role | None
    detail: Detail | None
    opens: tuple[Part, ...]
    closes: tuple[Part, ...]


def name_of(document: Document) -> str:
    """What to call a document: its path, else its URL, else its title, else its id."""
    return document.path or document.url or document.title or document.id


def heading_of(reading: Reading) -> str:
    """The title; without one the heading that the text opens with, else what the document is called."""
    document = reading.document
    first = reading.headings[0] if reading.headings else None
    opening = one_line(first.of(document.text)) if first and not document.text[: first.start].strip() else ""
    return document.title or (opening if len(opening) <= _TITLE else "") or name_of(document)


def groups(reading: Reading) -> list[Group]:
    """Statements by speaker, speakers in the order in which they first speak, nobody in particular last.

    Speakers who would be named by the same line are one.
    """
    text = reading.document.text
    numbers = {statement.id: number for number, statement in enumerate(reading.statements, 1)}
    found: dict[str, list[tuple[int, Statement]]] = {}
    for number, statement in enumerate(reading.statements, 1):
        speaker = statement.speaker
        found.setdefault(_who(statement, text) if speaker.name else speaker.id, []).append((number, statement))
    made = [
        Group(
            speaker=said[0][1].speaker,
            who=_who(said[0][1], text),
            entries=tuple(_entry(number, statement, text, numbers) for number, statement in said),
        )
        for said in found.values()
    ]
    return sorted(made, key=lambda group: group.who == NOBODY)


def _entry(number: int, statement: Statement, text: str, numbers: dict[str, int]) -> Entry:
    within = numbers.get(statement.parent) if statement.parent else None
    about = _about(statement, text, within)
    return Entry(statement=statement, number=number, within=within, about=about, words=words(statement, text))


def _who(statement: Statement, text: str) -> str:
    """`Name, role (COUNTRY)`; the description for an unnamed speaker."""
    speaker, source = statement.speaker, statement.attribution.source
    described = speaker.role or (source.of(text) if source else None)
    if speaker.name is None:
        who = f"{one_line(described)} [not named]" if described else NOBODY
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


def told(statement: Statement, text: str) -> str:
    """Cue and words on one line: as they stand where no quotation comes first, else `said: "We have time"`.

    A cue that is only a mark, as the colon of a transcript, is left out.
    """
    attribution, verb = statement.attribution, cue(statement, text)
    if not verb:
        return words(statement, text)
    if attribution.kind == "indirect" or attribution.cue[-1].end <= attribution.content[0].start:
        return excerpt(text, sorted((*attribution.cue, *attribution.content)))
    return f"{verb}: {words(statement, text)}"


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
    return span_of_days(expression.start, expression.end) if expression.start else "unresolved"


def span_of_days(start: date, end: date | None) -> str:
    """As `period`, for a first day and the day after the last, which is the next day where it is None."""
    end = end or start + _DAY
    last = end - _DAY
    if start >= last:
        return start.isoformat()
    whole_months = start.day == end.day == 1
    if whole_months and start.month == end.month == 1 and end.year == start.year + 1:
        return start.isoformat()[:4]
    if whole_months and (start.year, start.month) == (last.year, last.month):
        return start.isoformat()[:7]
    return f"{start} to {last}"


def date_note(expression: DateExpression) -> str:
    """How an incomplete or ambiguous date was resolved; empty for a full one."""
    notes = [_BASIS.get(expression.basis, "")] if expression.start else []
    if expression.other:
        notes.append(f"or {expression.other}")
    return ", ".join(note for note in notes if note)


def flag_line(flag: Flag, text: str) -> str:
    """Kind and message, and the words themselves where the message does not repeat them."""
    return f"{flag.kind}: {flag_sentence(flag, text)}"


def flag_sentence(flag: Flag, text: str) -> str:
    """The message, and the words themselves where it does not repeat them."""
    quoted = one_line(flag.span.of(text))
    return flag.message + ("" if quoted in flag.message else f' ("{quoted}")')


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


def details(reading: Reading) -> dict[Span, Detail]:
    """Conditions, dates and instruments of the article and of its statements; of one span the first of these."""
    said = reading.statements
    instruments = [*reading.instruments, *(row for statement in said for row in statement.instruments)]
    found: dict[Span, Detail] = {row.span: "instrument" for row in instruments}
    found.update({row.span: "date" for row in reading.dates})
    found.update({row.span: "condition" for statement in said for row in statement.conditions})
    return found


def pieces(reading: Reading, details: Mapping[Span, Detail] | None = None) -> Iterator[Piece]:
    """The whole article cut wherever a part or a detail begins or ends. The texts of the pieces join to the article."""
    text = reading.document.text
    marked = [part for part in parts(reading) if part.span.end <= len(text)]
    more = sorted((span, name) for span, name in (details or {}).items() if span.end <= len(text))
    spans = [*(part.span for part in marked), *(span for span, _ in more)]
    cuts = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
    active: list[Part] = []
    under: list[tuple[Span, Detail]] = []
    following = then = 0
    for start, end in itertools.pairwise(cuts):
        opens: list[Part] = []
        while following < len(marked) and marked[following].span.start == start:
            opens.append(marked[following])
            following += 1
        active += opens
        while then < len(more) and more[then][0].start == start:
            under.append(more[then])
            then += 1
        innermost = min(active, key=lambda p: p.span.end - p.span.start, default=None)
        detail = min(under, key=lambda row: row[0].end - row[0].start, default=None)
        closes = [part for part in reversed(active) if part.span.end == end]
        active = [part for part in active if part.span.end > end]
        under = [row for row in under if row[0].end > end]
        yield Piece(
            text=text[start:end],
            role=innermost.role if innermost else None,
            detail=detail[1] if detail else None,
            opens=tuple(opens),
            closes=tuple(closes),
        )
