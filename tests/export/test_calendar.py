from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import icalendar
import pytest

from onrecord.export.calendar import due, ics
from onrecord.types import Deadline, Span
from tests.export.filed_samples import NASTY, deadline, full_reading


def written(rows) -> str:
    stream = io.StringIO(newline="")
    ics(iter(rows), stream)
    return stream.getvalue()


def events(text: str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_a_deadline_is_an_all_day_event():
    (event,) = events(written([deadline()]))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 2, 5), date(2026, 2, 6))
    assert (str(event["SUMMARY"]), str(event["UID"])) == ("New START expires", "s1.10-28@onrecord")
    assert isinstance(event["DTSTAMP"].dt, datetime) and event["DTSTAMP"].dt.tzinfo is not None
    assert str(event["URL"]) == "https://example.org/a"
    assert str(event["DESCRIPTION"]).split("\n") == [
        '"by 5 February 2026"',
        "Scheduled",
        "Speaker: Anna Kolm (EST)",
        "Source: Nordic Wire, Minister rejects toll, 2026-01-03",
        "Statement: s1",
        "Document: d1",
        "Address: https://example.org/a",
    ]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_forges_a_line(text):
    rows = [deadline(what=text or "x", words=text, title=text, url=None)]
    found = written(rows)
    (event,) = events(found)
    assert len(icalendar.Calendar.from_ical(found).subcomponents) == 1
    lines = found.split("\r\n")
    assert lines[-1] == "" and not any(set(line) & set("\r\n\x00\x01\x07") for line in lines)
    assert all(len(line.encode()) <= 75 for line in lines)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x07", "\ufffd").replace("\x01", "\ufffd")
    assert str(event["SUMMARY"]) == (plain or "x")


@pytest.mark.parametrize(
    ("first", "end", "expected"),
    [
        (date(2026, 2, 5), None, (date(2026, 2, 5), date(2026, 2, 6))),
        (None, date(2026, 2, 6), (date(2026, 2, 5), date(2026, 2, 6))),
        (date(2026, 2, 5), date(2026, 2, 5), (date(2026, 2, 5), date(2026, 2, 6))),
        (date(2050, 1, 1), date(2051, 1, 1), (date(2050, 1, 1), date(2051, 1, 1))),
    ],
)
def test_days_that_are_not_both_given(first, end, expected):
    (event,) = events(written([deadline(due_from=first, due_to=end)]))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == expected


def test_how_it_came_to_be_due_and_on_whom():
    (event,) = events(written([deadline(kind="ordered", who="EST", source="register")]))
    assert event["CATEGORIES"].to_ical() == b"ordered"
    assert str(event["DESCRIPTION"]).split("\n")[1:3] == ["Ordered, by EST", "The day is that of the register"]
    assert "RRULE" not in event


@pytest.mark.parametrize(
    ("repeats", "rule", "first"),
    [
        ("P2Y", {"FREQ": ["YEARLY"], "INTERVAL": [2]}, date(2028, 1, 3)),
        ("P3M", {"FREQ": ["MONTHLY"], "INTERVAL": [3]}, date(2026, 4, 3)),
        ("P1W", {"FREQ": ["WEEKLY"], "INTERVAL": [1]}, date(2026, 1, 10)),
        ("P10D", {"FREQ": ["DAILY"], "INTERVAL": [10]}, date(2026, 1, 13)),
    ],
)
def test_what_comes_round_again_has_a_rule(repeats, rule, first):
    """Its first day is the first after publication, whenever it is exported, or the one that the words gave."""
    (event,) = events(written([deadline(due_from=None, due_to=None, repeats=repeats, next=date(2031, 1, 1))]))
    assert dict(event["RRULE"]) == rule
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, first + timedelta(days=1))
    (known,) = events(written([deadline(repeats=repeats)]))
    assert known["DTSTART"].dt == date(2026, 2, 5) and dict(known["RRULE"]) == rule


def test_a_period_of_another_form_is_no_rule():
    assert events(written([deadline(due_from=None, due_to=None, repeats="P1Y6M")])) == []
    assert "RRULE" not in events(written([deadline(repeats="P1Y6M")]))[0]


def test_what_has_no_day_is_left_out_and_counted_out():
    stream = io.StringIO(newline="")
    assert ics([deadline(due_from=None, due_to=None), deadline()], stream) == 1


def test_no_deadlines_are_a_calendar():
    assert events(written([])) == [] and written([]).endswith("END:VCALENDAR\r\n")


def test_the_same_deadlines_are_the_same_bytes():
    rows = [deadline(), deadline(statement_id=None, start=40, end=50)]
    assert written(rows) == written(rows)
    assert [str(event["UID"]) for event in events(written(rows))] == ["s1.10-28@onrecord", "d1.40-50@onrecord"]


def test_deadlines_of_readings():
    (row,) = due([full_reading()])
    assert (row.statement_id, row.what, row.words) == ("s1", "the toll stays off", "this year")
    assert (row.due_from, row.due_to, row.speaker) == (date(2026, 1, 1), date(2027, 1, 1), "Anna Kolm")
    assert (row.kind, row.who, row.repeats, row.source) == ("scheduled", None, None, "text")
    assert list(due([full_reading()], since=date(2027, 1, 1))) == []
    assert list(due([full_reading()], until=date(2026, 12, 30))) == []
    assert len(list(due([full_reading()], since=date(2026, 12, 31), until=date(2026, 12, 31)))) == 1


def test_deadlines_of_readings_that_come_round_again():
    plain = full_reading()
    first, *others = plain.statements
    review = Deadline(span=Span(0, 4), what="review", start=None, end=None, kind="promised", who="EST", repeats="P1Y")
    given = [replace(plain, statements=(replace(first, deadlines=(review,)), *others))]
    assert plain.document.published is not None
    (row,) = due(given, since=date(2040, 1, 1))
    assert (row.kind, row.who, row.repeats, row.state) == ("promised", "EST", "P1Y", "open")
    assert row.next is not None and row.next >= date.today()
    assert list(due(given, since=date(2040, 1, 1), until=date(2040, 1, 2))) == []
