"""A reading as rows of the tables. `restored.py` makes the same reading of them again; nothing gets lost between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, insert, select, update

from onrecord.record import tables
from onrecord.types import Agenda, DateExpression, Deadline, InstrumentMention, Reading, Span, Speaker, Statement, outer

Values = dict[str, Any]
Rows = dict[Table, list[Values]]


def save(
    connection: Connection,
    reading: Reading,
    reading_key: int,
    document_key: int,
    entities: Mapping[str, int],
    *,
    shown: bool,
) -> list[int]:
    """Write the statements of a reading and all else it holds; the keys of the statements, in their order.

    `entities` are keys by `Speaker.id`; `shown` is whether no newer run has read the document.
    """
    keys = new_keys(connection, tables.statements, len(reading.statements))
    rows: Rows = defaultdict(list)
    for ordinal, (key, statement) in enumerate(zip(keys, reading.statements, strict=True)):
        day = (statement.said_on and statement.said_on.start) or reading.document.published
        row = _statement(statement, day)
        row |= {"key": key, "reading_key": reading_key, "document_key": document_key, "ordinal": ordinal}
        row |= {"shown": shown, "entity_key": entities.get(statement.speaker.id)}
        rows[tables.statements].append(row)
        _add_parts(rows, statement, key)
        _add_issues(rows, statement, key, day, shown=shown)
        _add_found(rows, reading_key, key, statement.instruments, statement.deadlines)
        _add_dates(rows, reading_key, key, [statement.said_on] if statement.said_on else [])
    _add_found(rows, reading_key, None, reading.instruments, reading.deadlines)
    _add_dates(rows, reading_key, None, reading.dates)
    _add_notes(rows, reading, reading_key)
    _add_agendas(rows, new_keys(connection, tables.agendas, len(reading.agendas)), reading.agendas, reading_key)
    for table, values in rows.items():
        connection.execute(insert(table), values)
    return list(keys)


def show(connection: Connection, which: ColumnElement[bool], *, shown: bool) -> None:
    """Let these statements be shown, or no longer."""
    keys = select(tables.statements.c.key).where(which)
    connection.execute(update(tables.issues).where(tables.issues.c.statement_key.in_(keys)).values(shown=shown))
    connection.execute(update(tables.statements).where(which).values(shown=shown))


def new_keys(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """That many keys for new rows, in ascending order. No other transaction is given them."""
    if not count:
        return ()
    if connection.dialect.name == "postgresql":
        sequence = f"SELECT nextval('{table.name}_key_seq') FROM generate_series(1, {count})"
        return sorted(connection.exec_driver_sql(sequence).scalars())
    # The only writer there is holds the lock on the file.
    last = connection.scalar(select(func.max(table.c.key))) or 0
    return range(last + 1, last + 1 + count)


def indexed(reading: Reading, keys: Sequence[int]) -> list[tuple[int, str, str]]:
    """What `words.index` is given of each statement: its key, the words of its content, the speaker's name and role."""
    text = reading.document.text
    return [
        (key, "\n".join(span.of(text) for span in statement.attribution.content), _called(statement.speaker))
        for key, statement in zip(keys, reading.statements, strict=True)
    ]


def _called(speaker: Speaker) -> str:
    return " ".join(part for part in (speaker.name, speaker.role) if part)


def _span(span: Span | None, prefix: str = "") -> Values:
    return {f"{prefix}start_char": span and span.start, f"{prefix}end_char": span and span.end}


def _statement(statement: Statement, day: date | None) -> Values:
    found, speaker, occasion = statement.attribution, statement.speaker, statement.occasion
    position, event = statement.position, statement.event
    return {
        "id": statement.id,
        "parent": statement.parent,
        "kind": found.kind,
        **_span(outer(found.content)),
        "score": found.score,
        "day": day,
        "speaker_id": speaker.id,
        "speaker_name": speaker.name,
        "speaker_role": speaker.role,
        "speaker_country": speaker.country,
        "speaker_type": speaker.type,
        "speaker_how": speaker.how,
        "speaker_score": speaker.score,
        **_span(occasion.span if occasion else None, "occasion_"),
        "occasion": occasion and occasion.text,
        "place": occasion and occasion.place,
        "stance": position and position.stance,
        "commitment": position and position.commitment,
        "position_score": position and position.score,
        "category": event and event.category,
        "actor": event and event.actor,
        "recipient": event and event.recipient,
    }


def _parts(statement: Statement) -> Iterator[tuple[str, int, Iterable[Span]]]:
    found, mention = statement.attribution, statement.speaker.mention
    yield "source", 0, [found.source] if found.source else []
    yield "cue", 0, found.cue
    yield "content", 0, found.content
    yield "mention", 0, [mention] if mention else []
    yield "position", 0, statement.position.evidence if statement.position else ()
    yield "event", 0, statement.event.evidence if statement.event else ()
    for owner, issue in enumerate(statement.issues):
        yield "issue", owner, issue.evidence


def _add_issues(rows: Rows, statement: Statement, key: int, day: date | None, *, shown: bool) -> None:
    stance = statement.position and statement.position.stance
    same = {"statement_key": key, "day": day, "stance": stance, "shown": shown}
    for at, issue in enumerate(statement.issues):
        rows[tables.issues].append({**same, "ordinal": at, "issue": issue.id, "score": issue.score})


def _add_parts(rows: Rows, statement: Statement, key: int) -> None:
    own = {"statement_key": key}
    for part, owner, spans in _parts(statement):
        for at, span in enumerate(spans):
            rows[tables.spans].append({**own, "part": part, "owner": owner, "ordinal": at, **_span(span)})
    for at, via in enumerate(statement.via):
        rows[tables.vias].append({**own, "ordinal": at, "name": via.name, "type": via.type, **_span(via.span)})
    for at, country in enumerate(statement.counterparts):
        rows[tables.counterparts].append({**own, "ordinal": at, "country": country})
    for at, condition in enumerate(statement.conditions):
        rows[tables.conditions].append({**own, "ordinal": at, "kind": condition.kind, **_span(condition.span)})


def _add_found(
    rows: Rows,
    reading_key: int,
    statement_key: int | None,
    instruments: Iterable[InstrumentMention],
    deadlines: Iterable[Deadline],
) -> None:
    own = {"reading_key": reading_key, "statement_key": statement_key}
    for at, instrument in enumerate(instruments):
        rows[tables.instruments].append({**own, "ordinal": at, "name": instrument.name, **_span(instrument.span)})
    for at, deadline in enumerate(deadlines):
        due = {"what": deadline.what, "due_from": deadline.start, "due_to": deadline.end}
        due |= {"kind": deadline.kind, "who": deadline.who, "repeats": deadline.repeats, "source": deadline.source}
        rows[tables.deadlines].append({**own, "ordinal": at, **_span(deadline.span), **due})


def _add_dates(rows: Rows, reading_key: int, statement_key: int | None, dates: Iterable[DateExpression]) -> None:
    for at, day in enumerate(dates):
        rows[tables.dates].append(
            {
                "reading_key": reading_key,
                "statement_key": statement_key,
                "ordinal": at,
                **_span(day.span),
                "grain": day.grain,
                "timex": day.timex,
                "basis": day.basis,
                "first_day": day.start,
                "end_day": day.end,
                "other": day.other,
            }
        )


def _add_notes(rows: Rows, reading: Reading, reading_key: int) -> None:
    own = {"reading_key": reading_key}
    for at, heading in enumerate(reading.headings):
        rows[tables.headings].append({**own, "ordinal": at, **_span(heading)})
    for at, flag in enumerate(reading.flags):
        said = {"kind": flag.kind, "message": flag.message}
        rows[tables.flags].append({**own, "ordinal": at, **said, **_span(flag.span)})


def _add_agendas(rows: Rows, keys: Sequence[int], agendas: Sequence[Agenda], reading_key: int) -> None:
    for ordinal, (key, agenda) in enumerate(zip(keys, agendas, strict=True)):
        sides = {"actor": agenda.actor, "counterpart": agenda.counterpart, "stated_count": agenda.stated_count}
        rows[tables.agendas].append({"key": key, "reading_key": reading_key, "ordinal": ordinal, **sides})
        for at, item in enumerate(agenda.items):
            rows[tables.agenda_items].append(
                {"agenda_key": key, "ordinal": at, "issue": item.issue, **_span(item.span)}
            )
