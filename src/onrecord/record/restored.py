"""Readings again, out of the rows that `stored.py` made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, select, true

from onrecord.record import tables
from onrecord.types import (
    Agenda,
    AgendaItem,
    Attribution,
    Condition,
    DateExpression,
    Deadline,
    Document,
    Event,
    Flag,
    InstrumentMention,
    Issue,
    Occasion,
    Position,
    Reading,
    Run,
    Span,
    Spans,
    Speaker,
    Statement,
    Via,
)

Found = Row[Any]
Groups = dict[Any, list[Found]]

# Readings loaded at once by `current`: enough that asking costs little beside building, few enough to be held.
_AT_ONCE = 32


def current(connection: Connection, *, above: int = 0) -> Iterator[Reading]:
    """The current readings of all documents, in the order the documents were added, in constant memory."""
    r = tables.readings.c
    while True:
        wanted = select(r.key, r.document_key).where(r.current == true(), r.document_key > above)
        page = connection.execute(wanted.order_by(r.document_key).limit(_AT_ONCE)).all()
        if not page:
            return
        yield from load(connection, [row.key for row in page])
        above = page[-1].document_key


def load(connection: Connection, reading_keys: Sequence[int]) -> list[Reading]:
    """The readings with these keys, in this order, as they were when they were written.

    A document is given back with the place it was first found at.
    """
    rows = {row.reading_key: row for row in connection.execute(_documents(reading_keys))}
    of = _Rows(connection, reading_keys)
    return [_reading(rows[key], of) for key in reading_keys]


def _documents(reading_keys: Sequence[int]) -> Any:
    d, a, r, u = tables.documents.c, tables.appearances.c, tables.readings.c, tables.runs.c
    places = [column for column in a if column.name not in ("key", "id", "document_key", "first")]
    return (
        select(r.key.label("reading_key"), d.id, d.text, d.language, r.started, r.ended)
        .add_columns(u.version, u.model, u.settings, *places)
        .select_from(tables.readings)
        .join(tables.documents)
        .join(tables.runs)
        .join(tables.appearances, (a.document_key == d.key) & (a.first == true()))
        .where(r.key.in_(reading_keys))
    )


class _Rows:
    """The rows of some readings, by table and by what they belong to."""

    def __init__(self, connection: Connection, reading_keys: Sequence[int]) -> None:
        self._connection = connection
        self.statements = self._of(tables.statements, "reading_key", reading_keys)
        found = [row.key for rows in self.statements.values() for row in rows]
        self.spans = self._of(tables.spans, "statement_key", found, "part", "owner")
        self.vias = self._of(tables.vias, "statement_key", found)
        self.counterparts = self._of(tables.counterparts, "statement_key", found)
        self.issues = self._of(tables.issues, "statement_key", found)
        self.conditions = self._of(tables.conditions, "statement_key", found)
        self.instruments = self._of(tables.instruments, "reading_key", reading_keys, "statement_key")
        self.deadlines = self._of(tables.deadlines, "reading_key", reading_keys, "statement_key")
        self.dates = self._of(tables.dates, "reading_key", reading_keys, "statement_key")
        self.headings = self._of(tables.headings, "reading_key", reading_keys)
        self.flags = self._of(tables.flags, "reading_key", reading_keys)
        self.agendas = self._of(tables.agendas, "reading_key", reading_keys)
        agendas = [row.key for rows in self.agendas.values() for row in rows]
        self.items = self._of(tables.agenda_items, "agenda_key", agendas)

    def _of(self, table: Table, owner: str, keys: Sequence[int], *more: str) -> Groups:
        """Rows in their order, by the owner's key, or by that and `more` columns."""
        groups: Groups = defaultdict(list)
        by: list[Column[Any]] = [table.c[name] for name in (owner, *more)]
        # SQLite takes 32,766 parameters, some builds 999.
        for start in range(0, len(keys), 900):
            wanted = select(table).where(by[0].in_(keys[start : start + 900])).order_by(by[0], table.c.ordinal)
            for row in self._connection.execute(wanted):
                values = row._mapping
                groups[tuple(values[c] for c in by) if more else values[by[0]]].append(row)
        return groups


def _reading(row: Found, of: _Rows) -> Reading:
    key, rows = row.reading_key, of.statements[row.reading_key]
    ordinals = {statement.id: statement.ordinal for statement in reversed(rows)}
    return Reading(
        document=_document(row),
        statements=tuple(_statement(statement, ordinals, of) for statement in rows),
        dates=_dates(of.dates[key, None]),
        headings=_spans(of.headings[key]),
        flags=tuple(Flag(kind=flag.kind, span=_span(flag), message=flag.message) for flag in of.flags[key]),
        run=Run(version=row.version, model=row.model, settings=row.settings, started=row.started, ended=row.ended),
        agendas=tuple(_agenda(agenda, of) for agenda in of.agendas[key]),
        instruments=_instruments(of.instruments[key, None]),
        deadlines=_deadlines(of.deadlines[key, None]),
    )


def _document(row: Found) -> Document:
    return Document(**{name: getattr(row, name) for name in Document.__dataclass_fields__})


def _statement(row: Found, ordinals: dict[str, int], of: _Rows) -> Statement:
    own = (row.reading_key, row.key)
    return Statement(
        id=row.id,
        attribution=_attribution(row, ordinals, of),
        speaker=_speaker(row, of),
        via=tuple(Via(name=via.name, type=via.type, span=_span(via)) for via in of.vias[row.key]),
        occasion=_occasion(row),
        said_on=next(iter(_dates(of.dates[own])), None),
        parent=row.parent,
        counterparts=tuple(found.country for found in of.counterparts[row.key]),
        issues=tuple(_issue(found, of) for found in of.issues[row.key]),
        instruments=_instruments(of.instruments[own]),
        position=_position(row, of),
        event=_event(row, of),
        conditions=tuple(Condition(kind=found.kind, span=_span(found)) for found in of.conditions[row.key]),
        deadlines=_deadlines(of.deadlines[own]),
    )


def _attribution(row: Found, ordinals: dict[str, int], of: _Rows) -> Attribution:
    return Attribution(
        source=next(iter(_spans(of.spans[row.key, "source", 0])), None),
        cue=_spans(of.spans[row.key, "cue", 0]),
        content=_spans(of.spans[row.key, "content", 0]),
        kind=row.kind,
        score=row.score,
        parent=None if row.parent is None else ordinals.get(row.parent),
    )


def _speaker(row: Found, of: _Rows) -> Speaker:
    return Speaker(
        name=row.speaker_name,
        role=row.speaker_role,
        country=row.speaker_country,
        type=row.speaker_type,
        id=row.speaker_id,
        mention=next(iter(_spans(of.spans[row.key, "mention", 0])), None),
        how=row.speaker_how,
        score=row.speaker_score,
    )


def _occasion(row: Found) -> Occasion | None:
    if row.occasion is None:
        return None
    return Occasion(span=Span(row.occasion_start_char, row.occasion_end_char), text=row.occasion, place=row.place)


def _position(row: Found, of: _Rows) -> Position | None:
    if row.stance is None:
        return None
    evidence = _spans(of.spans[row.key, "position", 0])
    return Position(stance=row.stance, commitment=row.commitment, evidence=evidence, score=row.position_score)


def _event(row: Found, of: _Rows) -> Event | None:
    if row.category is None:
        return None
    evidence = _spans(of.spans[row.key, "event", 0])
    return Event(category=row.category, actor=row.actor, recipient=row.recipient, evidence=evidence)


def _issue(row: Found, of: _Rows) -> Issue:
    return Issue(id=row.issue, score=row.score, evidence=_spans(of.spans[row.statement_key, "issue", row.ordinal]))


def _agenda(row: Found, of: _Rows) -> Agenda:
    items = tuple(AgendaItem(span=_span(item), issue=item.issue) for item in of.items[row.key])
    return Agenda(actor=row.actor, counterpart=row.counterpart, stated_count=row.stated_count, items=items)


def _instruments(rows: Sequence[Found]) -> tuple[InstrumentMention, ...]:
    return tuple(InstrumentMention(name=row.name, span=_span(row)) for row in rows)


def _deadlines(rows: Sequence[Found]) -> tuple[Deadline, ...]:
    return tuple(
        Deadline(
            span=_span(row),
            what=row.what,
            start=row.due_from,
            end=row.due_to,
            kind=row.kind,
            who=row.who,
            repeats=row.repeats,
            source=row.source,
        )
        for row in rows
    )


def _dates(rows: Sequence[Found]) -> tuple[DateExpression, ...]:
    return tuple(
        DateExpression(
            span=_span(row),
            grain=row.grain,
            timex=row.timex,
            basis=row.basis,
            start=row.first_day,
            end=row.end_day,
            other=row.other,
        )
        for row in rows
    )


def _span(row: Found) -> Span:
    return Span(row.start_char, row.end_char)


def _spans(rows: Sequence[Found]) -> Spans:
    return tuple(_span(row) for row in rows)
