"""Which pages are transcripts, and where a turn ends."""

from __future__ import annotations

import re

import pytest

from onrecord.attribution.transcripts import transcript_lines
from onrecord.types import Segments, Span

BRIEFING = """Minister Ahlgren opened the briefing.

QUESTION: When will the ships leave?

AHLGREN: The first one leaves on Friday.

We are also ready to send a second one.

QUESTION: And the crew?

AHLGREN: I have nothing on that.

He added that the list would follow.

The ships are in port."""

NAMED = """Anna Ahlgren: Good afternoon, colleagues.
Let us begin with the port.
(Applause.)
Prime Minister of Norland Per Dahl: Thank you, Anna.
Anna Ahlgren: I hope for results."""

TWICE = """President of Norland Per Dahl: Welcome. I am glad to see you.

King Olav of Sudland (retranslated): Thank you, we are glad to be here."""

STATEMENTS = """The presidents spoke to the press.

President of Norland Per Dahl: Mr President, colleagues,

We had good talks.

King Olav of Sudland (retranslated): Ladies and gentlemen,

I am glad of the results."""

ALONE = """The leaders met by video.

President of Norland Per Dahl: Colleagues,

I am pleased to see you.

We know of the flood and offer our help.

Let us begin."""

STORY = """Update: the talks go on.

The minister said: "We go on."

Source: the ministry"""


def segments(text: str) -> Segments:
    lines = tuple(Span(*match.span()) for match in re.finditer(r"\S(?:[^\n]*\S)?", text))
    return Segments(text=text, words=(), sentences=(), paragraphs=lines, headings=(), quotes=())


def turns(text: str) -> list[tuple[str, str]]:
    return [(line.name.of(text), line.words.of(text)) for line in transcript_lines(segments(text)) if not line.asked]


def test_turns_go_on_in_the_first_person_and_end_with_the_reporter() -> None:
    assert turns(BRIEFING) == [
        ("AHLGREN", "The first one leaves on Friday.\n\nWe are also ready to send a second one."),
        ("AHLGREN", "I have nothing on that."),
    ]


def test_names_in_lower_case_need_to_come_back() -> None:
    assert turns(NAMED) == [
        ("Anna Ahlgren", "Good afternoon, colleagues.\nLet us begin with the port."),
        ("Prime Minister of Norland Per Dahl", "Thank you, Anna."),
        ("Anna Ahlgren", "I hope for results."),
    ]


def test_two_labels_in_the_first_person_are_enough() -> None:
    assert [name for name, _ in turns(TWICE)] == ["President of Norland Per Dahl", "King Olav of Sudland"]


def test_the_first_person_may_come_a_paragraph_later() -> None:
    assert [name for name, _ in turns(STATEMENTS)] == ["President of Norland Per Dahl", "King Olav of Sudland"]


def test_one_word_and_a_colon_in_the_middle_of_a_speech_is_no_label() -> None:
    text = NAMED.replace("Let us begin with the port.", "Listen: you should read the port's own list first.")
    speakers = [name for name, _ in turns(text)]
    assert speakers == ["Anna Ahlgren", "Prime Minister of Norland Per Dahl", "Anna Ahlgren"]


def test_one_label_before_a_speech_is_enough() -> None:
    assert turns(ALONE) == [("President of Norland Per Dahl", ALONE.split(": ", 1)[1])]


@pytest.mark.parametrize("text", [STORY, "", "Breakfast: eggs. Lunch: soup.", "AHLGREN: One line only."])
def test_other_pages_are_no_transcripts(text: str) -> None:
    assert turns(text) == []
