"""Deadlines as an iCalendar file (RFC 5545): one all-day event each, for any calendar program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TextIO

from onrecord import __version__
from onrecord.export.characters import address, printable
from onrecord.record.excerpt import one_line
from onrecord.record.rows import DeadlineRow
from onrecord.types import Deadline, Document, Reading, Statement

if TYPE_CHECKING:
    from icalendar import Event

_END = "END:VCALENDAR\r\n"
_DAY = timedelta(days=1)


def ics(deadlines: Iterable[DeadlineRow], stream: TextIO) -> int:
    """Write `deadlines` to `stream` and return how many there were; those without a day are left out.

    Lines end in CR LF, as iCalendar demands: open files with `newline=""`. The same deadlines give the same bytes, and
    an event keeps its UID from one export to the next, so that importing again updates rather than repeats.
    """
    from icalendar import Calendar

    shell = Calendar()
    shell.add("prodid", f"-//onrecord//onrecord {__version__}//EN")
    shell.add("version", "2.0")
    shell.add("x-wr-calname", "On record: deadlines")
    stream.write(shell.to_ical().decode().removesuffix(_END))
    count = 0
    for row in deadlines:
        days = _days(row)
        if days is not None:
            stream.write(_event(row, *days).to_ical().decode())
            count += 1
    stream.write(_END)
    return count


def due(readings: Iterable[Reading], *, since: date | None = None, until: date | None = None) -> Iterator[DeadlineRow]:
    """Deadlines of the statements of `readings` whose last day is not before `since` and not after `until`."""
    for reading in readings:
        for statement in reading.statements:
            for deadline in statement.deadlines:
                last = deadline.end and deadline.end - _DAY
                if last and (since is None or since <= last) and (until is None or last <= until):
                    yield _row(deadline, statement, reading.document, last)


def _row(deadline: Deadline, statement: Statement, document: Document, last: date) -> DeadlineRow:
    return DeadlineRow(
        what=deadline.what,
        words=one_line(deadline.span.of(document.text)),
        due_from=deadline.start,
        due_to=deadline.end,
        state="open" if date.today() <= last else "passed",
        statement_id=statement.id,
        document_id=document.id,
        speaker=statement.speaker.name or statement.speaker.role,
        country=statement.speaker.country,
        publisher=document.publisher,
        title=document.title,
        published=document.published,
        start=deadline.span.start,
        end=deadline.span.end,
        url=document.url,
    )


def _event(row: DeadlineRow, first: date, end: date) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{row.statement_id or row.document_id}.{row.start}-{row.end}@onrecord")
    # When this version of the event was made. The clock would make every export differ from the last.
    event.add("dtstamp", datetime.combine(row.published or first, time(), UTC))
    event.add("dtstart", first)
    event.add("dtend", end)
    event.add("summary", printable(row.what or row.words))
    event.add("description", printable("\n".join(_description(row))))
    event.add("transp", "TRANSPARENT")  # what falls due keeps nobody busy
    where = address(row.url)
    if where:
        event.add("url", where)
    return event


def _days(row: DeadlineRow) -> tuple[date, date] | None:
    """First day and the day after the last; one day where only one end is known."""
    if row.due_from is None and row.due_to is None:
        return None
    first = row.due_from or (row.due_to or date.max) - _DAY
    end = row.due_to if row.due_to and row.due_to > first else min(first, date.max - _DAY) + _DAY
    return first, end


def _description(row: DeadlineRow) -> Iterable[str]:
    yield f'"{row.words}"'
    if row.speaker:
        yield f"Speaker: {row.speaker}" + (f" ({row.country})" if row.country else "")
    source = ", ".join(part for part in (row.publisher, row.title, row.published and str(row.published)) if part)
    if source:
        yield f"Source: {source}"
    if row.statement_id:
        yield f"Statement: {row.statement_id}"
    yield f"Document: {row.document_id}"
    if row.url:
        yield f"Address: {row.url}"
