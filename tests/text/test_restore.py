"""Every span of a reading goes back, whatever it belongs to."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from onrecord.text.repair import repair
from onrecord.text.restore import restore
from onrecord.types import Span
from tests.export.samples import TEXT, reading


def spans_in(value: object) -> list[Span]:
    """Every span anywhere in `value`, in the order of the fields."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [span for item in value for span in spans_in(item)]
    if is_dataclass(value):
        return [span for field in fields(value) for span in spans_in(getattr(value, field.name))]
    return []


def test_every_span_of_a_reading_is_restored():
    damaged = "\u200b\u200b\u200b" + TEXT
    repaired = repair(damaged)
    assert repaired.text == TEXT
    before = reading()
    after = restore(before, repaired)
    expected = [repaired.original(span).of(damaged) for span in spans_in(before)]
    assert [span.of(damaged) for span in spans_in(after)] == expected
    assert len(expected) == 37
    assert [span.start for span in spans_in(after)] != [span.start for span in spans_in(before)]


def test_a_text_that_needed_no_repair_keeps_its_reading():
    made = reading()
    assert restore(made, repair(TEXT)) is made
