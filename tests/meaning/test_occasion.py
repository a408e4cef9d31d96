"""The day and the occasion of each statement, on articles written for this test."""

# ruff: noqa: E501  (a paragraph of an article is one line)

from __future__ import annotations

import re
from datetime import date

import pytest

from onrecord.meaning.dates import find_dates
from onrecord.meaning.occasion import Saying, settle
from onrecord.types import Attribution, Segments, Span

# Excerpts of source, cue and content, then the expected day ("" for none) and occasion ("" for none) and its place.
Row = tuple[str, str, str, str, str, str | None]

WIRE = """Estonia offers mediation in lake dispute

NARVA, Estonia, June 7 - Estonia would host talks on the lake border, Foreign Minister Liis Kask said on Tuesday.

"We know this water," Kask told reporters at the opening of the Baltic Rivers Forum. She added that the fishing fleets needed rules before 1 September.

Speaking after a closed meeting of the joint commission in Pskov on Monday, the Russian delegate Oleg Sorin said that no map was sacred. "We brought our own charts," he said.

In an interview with the Lake Gazette, Latvian envoy Ilze Ozola doubted that the fleets would listen.

The union of fishers said in a statement Wednesday that it had not been asked. Its chairman wrote on Facebook that the season was lost."""

WIRE_ROWS: list[Row] = [
    ("Foreign Minister Liis Kask", "said", "Estonia would host talks on the lake border", "2022-06-07", "", None),
    ("Kask", "told", '"We know this water,"', "2022-06-07", "Baltic Rivers Forum", "NARVA"),
    (
        "She",
        "added",
        "that the fishing fleets needed rules before 1 September",
        "2022-06-07",
        "Baltic Rivers Forum",
        "NARVA",
    ),
    ("the Russian delegate Oleg Sorin", "said", "that no map was sacred", "2022-06-06", "closed meeting", "Pskov"),
    ("he", "said", '"We brought our own charts,"', "2022-06-06", "closed meeting", "Pskov"),
    (
        "Latvian envoy Ilze Ozola",
        "doubted",
        "that the fleets would listen",
        "",
        "interview with the Lake Gazette",
        None,
    ),
    ("The union of fishers", "said", "that it had not been asked", "2022-06-08", "", None),
    ("Its chairman", "wrote", "that the season was lost", "", "Facebook", None),
]

READOUT = """Readout of the video call between President Duarte and Prime Minister Lund

Praia, 3 February 2022

President Duarte spoke today with Prime Minister Lund. The President thanked Norway for the patrol boat delivered in January. Mr Lund said that two more would follow by 30 June. He noted the drought."""

READOUT_ROWS: list[Row] = [
    ("The President", "thanked", "Norway for the patrol boat delivered in January", "2022-02-03", "video call", None),
    ("Mr Lund", "said", "that two more would follow by 30 June", "2022-02-03", "video call", None),
    ("He", "noted", "the drought", "2022-02-03", "video call", None),
]

QUESTIONS = """Questions on the dam

ACCRA, 12 May 2021 - Energy Minister Kofi Boateng answered questions at a press briefing in Accra on Wednesday after talks with the lenders.

QUESTION: When will it fill?

BOATENG: It will be full by next March.

QUESTION: Who pays?

BOATENG: The lenders have agreed to wait.

BOATENG: That is all."""

QUESTIONS_ROWS: list[Row] = [
    ("BOATENG", ":", "It will be full by next March.", "2021-05-12", "press briefing", "Accra"),
    ("BOATENG", ":", "The lenders have agreed to wait.", "2021-05-12", "press briefing", "Accra"),
    ("BOATENG", ":", "That is all.", "2021-05-12", "press briefing", "Accra"),
]

CONTENT = """The treaty was signed on 3 March 2021 in Cork. Senator Ann Quill said the vote would be held on Thursday. The clerk, who was elected on Monday, said the hall was shut.

The audit office warned in a report published on Friday that the sums were wrong. The report said two ledgers were missing.

At a rally in Limerick on 1.4.2021, the mayor promised to stay. Quill told a news conference the mayor was late. "He is always late," Quill said."""

CONTENT_ROWS: list[Row] = [
    ("Senator Ann Quill", "said", "the vote would be held on Thursday", "", "", None),
    ("The clerk", "said", "the hall was shut", "", "", None),
    ("The audit office", "warned", "that the sums were wrong", "2021-04-02", "report", None),
    ("The report", "said", "two ledgers were missing", "2021-04-02", "report", None),
    ("the mayor", "promised", "to stay", "2021-04-01", "rally", "Limerick"),
    ("Quill", "told", "the mayor was late", "", "news conference", None),
    ("Quill", "said", '"He is always late,"', "", "news conference", None),
]

ARTICLES = [
    (WIRE, date(2022, 6, 8), WIRE_ROWS),
    (READOUT, date(2022, 2, 3), READOUT_ROWS),
    (QUESTIONS, date(2021, 5, 12), QUESTIONS_ROWS),
    (CONTENT, date(2021, 4, 3), CONTENT_ROWS),
]


def cut(text: str) -> Segments:
    paragraphs = tuple(Span(*m.span()) for m in re.finditer(r"[^\n]+", text))
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"[^\n ][^\n]*?(?:[.!?]\"?(?= [A-Z\"])|(?=\n)|$)", text))
    return Segments(text=text, words=(), sentences=sentences, paragraphs=paragraphs, headings=(), quotes=())


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    """The spans of three excerpts; source and cue are those nearest to the content."""
    at = text.index(content)
    inside = range(at, at + len(content))

    def nearest(piece: str) -> Span:
        places = [m.start() for m in re.finditer(re.escape(piece), text) if m.start() not in inside]
        best = min(places, key=lambda p: min(abs(p + len(piece) - at), abs(p - inside.stop)))
        return Span(best, best + len(piece))

    return Attribution(
        source=nearest(source), cue=(nearest(cue),), content=(Span(at, inside.stop),), kind="indirect", score=1.0
    )


def read(text: str, published: date, rows: list[Row]) -> tuple[Saying, ...]:
    segments = cut(text)
    attributions = [attribution(text, *row[:3]) for row in rows]
    return settle(segments, attributions, find_dates(segments, published=published), published=published)


@pytest.mark.parametrize(
    ("article", "index"), [(a, i) for a, (_, _, rows) in enumerate(ARTICLES) for i in range(len(rows))]
)
def test_day_occasion_and_place(article: int, index: int) -> None:
    text, published, rows = ARTICLES[article]
    found = read(text, published, rows)[index]
    day, occasion, place = rows[index][3:]
    assert (found.said_on.start.isoformat() if found.said_on and found.said_on.start else "") == day
    assert (found.occasion.text if found.occasion else "").startswith(occasion)
    assert bool(found.occasion) == bool(occasion)
    assert (found.occasion.place if found.occasion else None) == place


def test_the_span_stands_for_the_event() -> None:
    found = read(WIRE, date(2022, 6, 8), WIRE_ROWS)[1]
    assert found.occasion is not None
    assert found.occasion.span.of(WIRE) == "Baltic Rivers Forum"


def test_the_order_of_the_attributions_is_kept() -> None:
    there = read(WIRE, date(2022, 6, 8), WIRE_ROWS)
    back = read(WIRE, date(2022, 6, 8), WIRE_ROWS[::-1])
    assert back == there[::-1]


def test_no_attributions_no_sayings() -> None:
    assert settle(cut(WIRE), [], [], published=None) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The debate moderator said Norway would wait.",
        "The paper mill said Norway would wait.",
        "On Thursday's call sheet nobody said Norway would wait.",
    ],
)
def test_a_noun_that_modifies_is_no_occasion(text: str) -> None:
    at, cue = text.index("Norway"), text.index("said")
    one = Attribution(
        source=Span(0, 3), cue=(Span(cue, cue + 4),), content=(Span(at, len(text) - 1),), kind="indirect", score=1.0
    )
    assert settle(cut(text), [one], [], published=None)[0].occasion is None
