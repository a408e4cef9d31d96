"""Deadlines as an iCalendar file (RFC 5545): one all-day event each, for any calendar program.

What comes round again is one event with a rule of recurrence, from its first day known, or the first after the day on
which it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TextIO

from onrecord import __version__
from onrecord.export.characters import address, printable
from onrecord.record.excerpt import one_line
from onrecord.record.rows import DeadlineRow
from onrecord.types import Deadline, Document, Reading, Span, Statement

if TYPE_CHECKING:
    from icalendar import Event, vRecur

_END = "END:VCALENDAR\r\n"
_DAY = timedelta(days=1)
_PERIOD = re.compile(r"P([1-9]\d*)([DWMY])")
_FREQUENCIES = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}


# How something came to be due, in words for the description of an event.
_KINDS = {
    "promised": "Promised",
    "ordered": "Ordered",
    "demanded": "Demanded",
    "expires": "Runs out",
    "scheduled": "Scheduled",
}


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
    """Deadlines of the statements of `readings` whose last day is not before `since` and not after `until`.

    What comes round again counts if it does so then.
    """
    for reading in readings:
        for statement in reading.statements:
            for deadline in statement.deadlines:
                last = _last(deadline, reading.document, since)
                if last and (since is None or since <= last) and (until is None or last <= until):
                    yield _row(deadline, statement, reading.document)


def _last(deadline: Deadline, document: Document, since: date | None) -> date | None:
    """The last day of a deadline; of what comes round again the first occurrence from `since` on."""
    if deadline.repeats is None:
        return deadline.end and deadline.end - _DAY
    return _next(deadline, since or document.published or date.min, document.published)


def _next(deadline: Deadline, on: date, published: date | None) -> date | None:
    from onrecord.meaning.deadlines.state import next_occurrence

    try:
        return next_occurrence(deadline, on, since=published)
    except ValueError:  # a period of another form
        return None


def _row(deadline: Deadline, statement: Statement, document: Document) -> DeadlineRow:
    from onrecord.meaning.deadlines.state import deadline_state

    today = date.today()
    return DeadlineRow(
        what=deadline.what,
        words=one_line(deadline.span.of(document.text)),
        due_from=deadline.start,
        due_to=deadline.end,
        state=deadline_state(deadline, today),
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
        kind=deadline.kind,
        who=deadline.who,
        repeats=deadline.repeats,
        next=_next(deadline, today, document.published),
        source=deadline.source,
    )


def _event(row: DeadlineRow, first: date, end: date) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{row.statement_id or row.document_id}.{row.start}-{row.end}@onrecord")
    # When this version of the event was made. The clock would make every export differ from the last.
    event.add("dtstamp", datetime.combine(row.published or first, time(), UTC))
    event.add("dtstart", first)
    event.add("dtend", end)
    rule = _rule(row)
    if rule is not None:
        event.add("rrule", rule)
    event.add("summary", printable(row.what or row.words))
    event.add("description", printable("\n".join(_description(row))))
    event.add("categories", [row.kind])
    event.add("transp", "TRANSPARENT")  # what falls due keeps nobody busy
    where = address(row.url)
    if where:
        event.add("url", where)
    return event


def _days(row: DeadlineRow) -> tuple[date, date] | None:
    """First day and the day after the last; one day where only one end is known."""
    if row.due_from is None and row.due_to is None:
        first_again = _first_again(row)
        return (first_again, first_again + _DAY) if first_again else None
    first = row.due_from or (row.due_to or date.max) - _DAY
    end = row.due_to if row.due_to and row.due_to > first else min(first, date.max - _DAY) + _DAY
    return first, end


def _first_again(row: DeadlineRow) -> date | None:
    """The first day known on which something comes round again: the same in every export, where it was published."""
    if row.repeats is None or row.published is None:
        return row.next
    what = Deadline(span=Span(row.start, row.end), what=row.what, start=None, end=None, repeats=row.repeats)
    return _next(what, row.published, row.published)


def _rule(row: DeadlineRow) -> vRecur | None:
    """How it comes round again; None where it does not, or in a period that iCalendar has no word for."""
    from icalendar import vRecur

    period = _PERIOD.fullmatch(row.repeats or "")
    return vRecur(FREQ=_FREQUENCIES[period[2]], INTERVAL=int(period[1])) if period else None


def _description(row: DeadlineRow) -> Iterable[str]:
    yield f'"{row.words}"'
    yield _KINDS.get(row.kind, row.kind) + (f", by {row.who}" if row.who else "")
    if row.source == "register":
        yield "The day is that of the register"
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
