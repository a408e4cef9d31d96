"""One article's record on one screen."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from onrecord.cli.render import Screen
from onrecord.types import Position, Reading, Span
from tests.export.samples import NOBODY, at, empty, reading, statement

SHOWN = """\
Minister rejects toll
kolm.txt, Nordic Wire, published 2026-03-03
5 statements by 3 speakers, 1 agenda, 2 deadlines, 1 instrument, 1 flag

Agenda  EST, 2 items: toll (transport); ships

Anna Kolm, Minister of Transport of Estonia (EST)
  1: 2026-03-02, interview, Tartu, via Radio Nord
  1  opposes, refuses           told ... that the toll "will not return" this
     to LVA, EU, transport      year
                                when: this year
                                by 2026: no toll
  2                             said: "We said no, and we mean <no>," ... "Ask
                                me again in 2030."
  4  within 3                   said that ships must wait until 3.4.2026

a senior official [not named]
  3                             said Kolm had said that ships must wait until
                                3.4.2026

[no speaker given]
  5                             Is that final?

Falls due
  2026    no toll (promised, EST; in 1)
  no day  asked again (scheduled; in the article)

Instruments  Toll Accord (in 1)

Flags
  - 3.4.2026 can be 3 April or 4 March 2026.
"""


def shown(made: Reading) -> str:
    stream = io.StringIO()
    Screen(stream).reading(made)
    return stream.getvalue()


def only(made: Reading, **changes: object) -> Reading:
    """The reading with its first statement alone, changed."""
    return replace(made, statements=(replace(made.statements[0], **changes),))  # type: ignore[arg-type]


def test_the_record_of_an_article():
    assert shown(reading()) == SHOWN


def test_long_words_are_cut_after_about_two_lines():
    made = reading()
    longer = made.document.text.replace("Is that final?", "Is that " + "really " * 60 + "final?")
    span = Span(longer.index("Is that"), len(longer) - 1)
    last = made.statements[4]
    attribution = replace(last.attribution, content=(span,))
    found = replace(
        made, document=replace(made.document, text=longer), statements=(replace(last, attribution=attribution),)
    )
    lines = shown(found).splitlines()
    start = next(number for number, line in enumerate(lines) if "Is that really" in line)
    assert lines[start + 2].endswith(" ...") and not lines[start + 3].startswith(" " * 30)


def test_words_that_show_the_position_are_not_cut_off():
    made = reading()
    text = "Kolm said " + "this and that and " * 20 + "we refuse to pay for it."
    start = text.index("refuse")
    position = Position(stance="opposes", commitment="refuses", evidence=(Span(start, start + 6),), score=1.0)
    said = statement("s1", NOBODY, "indirect", source=Span(0, 4), cue=[Span(5, 9)], content=[Span(10, len(text))])
    found = replace(empty(), document=replace(made.document, text=text), statements=(replace(said, position=position),))
    page = shown(found)
    assert "opposes, refuses           said ... " in page
    assert "we refuse to pay for it." in " ".join(page.split())


def test_a_position_that_is_none_is_not_shown():
    neutral = Position(stance="neutral", commitment="none", evidence=(at("told"),), score=1.0)
    page = shown(only(reading(), position=neutral))
    assert "neutral" not in page and "none" not in page


def test_whom_it_concerns_stands_beside_a_short_position():
    assert "  1  opposes, refuses, to EU    told" in shown(only(reading(), counterparts=("EU",)))


def test_what_a_speaker_always_has_is_shown_once_above():
    made = reading()
    statements = tuple(replace(made.statements[0], id=f"s{number}") for number in range(3))
    page = shown(replace(made, statements=statements))
    assert "\n  2026-03-02, interview, Tartu, via Radio Nord; toward LVA, EU\n" in page
    assert "to LVA" not in page


def test_what_stands_above_fits_beside_a_short_name():
    made = reading()
    speaker = replace(made.statements[0].speaker, role=None)
    page = shown(only(made, speaker=speaker, occasion=None))
    assert "\nAnna Kolm (EST)  2026-03-02, via Radio Nord\n" in page


def test_many_issues_are_counted_and_none_is_broken():
    made = reading()
    issue = made.statements[0].issues[0]
    names = ("prisoners-and-consular", "ceasefire-and-peace", "arms-control", "trade")
    issues = tuple(replace(issue, id=name) for name in names)
    page = shown(only(made, issues=issues, conditions=(), deadlines=()))
    assert "prisoners-and-consular,\n" in page and "     ceasefire-and-peace, +2\n" in page


@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_line_is_wider_than_the_screen(monkeypatch, width):
    monkeypatch.setattr("onrecord.cli.render.PIPED", width)
    made = reading()
    speaker = replace(made.statements[0].speaker, role="Minister " + "of Roads and " * 20, country="x" * 50)
    counterparts = ("Union of " + "very " * 30 + "small states",)
    page = shown(only(made, speaker=speaker, counterparts=counterparts))
    assert max(map(len, page.splitlines())) <= width
    assert all(line == line.rstrip() for line in page.splitlines())
