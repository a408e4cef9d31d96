from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.view import cue, date_note, details, flag_line, groups, period, pieces, told, words
from onrecord.types import Attribution, DateExpression, Document, Reading, Span
from tests.export.samples import AMBIGUOUS, KOLM, RUN, SAID_ON, TEXT, UNRESOLVED, YEAR, reading, statement


def test_statements_stand_under_their_speaker_in_the_order_of_the_text():
    who = [(group.who, [entry.number for entry in group.entries]) for group in groups(reading())]
    assert who == [
        ("Anna Kolm, Minister of Transport of Estonia (EST)", [1, 2, 4]),
        ("a senior official [not named]", [3]),
        ("[no speaker given]", [5]),
    ]


def test_about_names_what_is_known_and_nothing_else():
    about = {entry.number: entry.about for group in groups(reading()) for entry in group.entries}
    assert about[1] == 'mixed, "told", 2026-03-02, via Radio Nord, interview, Tartu'
    assert about[4] == 'indirect, "said", within 3'
    assert about[5] == "direct"  # its cue is only a colon


def test_speakers_named_alike_are_one_and_nobody_comes_last():
    made = reading()
    twin = replace(made.statements[3], speaker=replace(KOLM, id="kolm-2"))
    first = replace(made.statements[4], id="s0")
    shown = groups(replace(made, statements=(first, *made.statements[:3], twin)))
    assert [[entry.number for entry in group.entries] for group in shown] == [[2, 3, 5], [4], [1]]


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (1, 'told ... that the toll "will not return" this year'),
        (2, 'said: "We said no, and we mean <no>," ... "Ask me again in 2030."'),
        (4, "said that ships must wait until 3.4.2026"),
        (5, "Is that final?"),
    ],
)
def test_what_was_told_begins_with_its_cue(number, line):
    assert told(reading().statements[number - 1], TEXT) == line


def test_left_out_words_between_pieces_are_shown():
    second = reading().statements[1]
    assert words(second, TEXT) == '"We said no, and we mean <no>," ... "Ask me again in 2030."'
    assert cue(second, TEXT) == "said"


def test_pieces_with_only_white_space_between_are_joined_as_they_stand():
    made = statement("s", KOLM, "direct", cue=[], content=[Span(0, 2), Span(4, 6)])
    assert words(made, "ab\n\ncd") == "ab cd"


WEEK = DateExpression(
    span=Span(0, 1), grain="week", timex="2026-W10", basis="anchor", start=date(2026, 3, 2), end=date(2026, 3, 9)
)
MONTH = DateExpression(
    span=Span(0, 1), grain="month", timex="2026-03", basis="stated", start=date(2026, 3, 1), end=date(2026, 4, 1)
)
DECADE = DateExpression(
    span=Span(0, 1), grain="decade", timex="199", basis="stated", start=date(1990, 1, 1), end=date(2000, 1, 1)
)
NO_END = replace(SAID_ON, end=None)


@pytest.mark.parametrize(
    ("expression", "shown", "note"),
    [
        (SAID_ON, "2026-03-02", "from the date of publication"),
        (NO_END, "2026-03-02", "from the date of publication"),
        (UNRESOLVED, "unresolved", ""),
        (AMBIGUOUS, "2026-04-03", "or 2026-03-04"),
        (YEAR, "2030", ""),
        (MONTH, "2026-03", ""),
        (WEEK, "2026-03-02 to 2026-03-08", "from an earlier date in the text"),
        (DECADE, "1990-01-01 to 1999-12-31", ""),
    ],
)
def test_periods_are_shown_with_their_last_day(expression, shown, note):
    assert (period(expression), date_note(expression)) == (shown, note)


def nested(text: str, spans: list[tuple[int, int]]) -> Reading:
    statements = []
    for number, (start, end) in enumerate(spans):
        made = statement(f"s{number}", KOLM, "direct", cue=[], content=[Span(0, 1)])
        attribution = Attribution(source=None, cue=(), content=(Span(start, end),), kind="direct", score=1.0)
        statements.append(replace(made, attribution=attribution))
    document = Document(id="d", text=text)
    return Reading(document=document, statements=tuple(statements), dates=(), headings=(), flags=(), run=RUN)


@given(st.text(min_size=2, max_size=30), st.data())
def test_pieces_join_to_the_article_and_every_part_opens_and_closes_once(text, data):
    size = st.integers(0, len(text) - 1)
    found = data.draw(st.lists(st.tuples(size, size).map(lambda pair: (min(pair), max(pair) + 1)), max_size=6))
    cut = list(pieces(nested(text, found)))
    assert "".join(piece.text for piece in cut) == text
    assert sorted(part.number for piece in cut for part in piece.opens) == list(range(1, len(found) + 1))
    assert sorted(part.number for piece in cut for part in piece.closes) == list(range(1, len(found) + 1))
    assert {piece.detail for piece in cut} == {None}


def test_details_are_marked_beside_the_parts():
    cut = list(pieces(reading(), details(reading())))
    assert "".join(piece.text for piece in cut) == TEXT
    assert [(p.role, p.text) for p in cut if p.detail == "condition"] == [("content", "this year")]
    assert [p.text for p in cut if p.detail == "instrument"] == ["toll", "toll"]
    assert [p.text for p in cut if p.detail == "date"] == ["on 2 March", "2030", "3.4.2026"]


def test_the_innermost_part_gives_the_role():
    roles = {piece.text: piece.role for piece in pieces(reading())}
    assert roles["told"] == "cue"
    assert roles["that ships must wait until 3.4.2026"] == "content"
    assert roles["A senior official"] == "source"
    assert roles[" had "] == "content"


def test_an_empty_article_has_no_pieces():
    assert list(pieces(nested("", []))) == []


def test_a_flag_quotes_its_words_once():
    flag = reading().flags[0]
    assert flag_line(flag, TEXT) == "ambiguous-date: 3.4.2026 can be 3 April or 4 March 2026."
    unquoted = replace(flag, message="Two readings.")
    assert flag_line(unquoted, TEXT) == 'ambiguous-date: Two readings. ("3.4.2026")'
