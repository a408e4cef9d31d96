"""The day and the occasion of each statement, on articles written for this test."""

# ruff: noqa: E501  (a paragraph of an article is one line)

from __future__ import annotations

import re
from datetime import date

import pytest

from onrecord.meaning.dates import find_dates
from onrecord.meaning.occasion import Saying, settle
from onrecord.meaning.occasion.phrases import event as occasion_event
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
    ("The union of fishers", "said", "that it had not been asked", "2022-06-08", "statement", None),
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

PARLIAMENT = """Statement wars over the Kerrin ferry

By Our Parliamentary Staff

The transport minister, Aoife Dunne, faced two hours of questions in parliament on Wednesday about the cancelled ferry to Kerrin. "I signed what I was given," Dunne told lawmakers. She insisted that the subsidy had been lawful.

The opposition's Colm Reddy accused her of hiding a memo. In a post on X later in the day, he promised to publish it by Friday.

The Kerrin council, in a letter to the minister dated 3 May, warned that the island would run out of fuel. The letter said that two winters had been lost.

Prime Minister Sorley Vance, who was elected in March, defended the signature at a rally in Port Ness on Saturday. "She stays," he said. Vance also said the ferry would return.

In an interview with Radio Kerrin, the shipyard's owner doubted that. He told the Kerrin Times on Tuesday the hull was cracked."""

PARLIAMENT_ROWS: list[Row] = [
    ("Dunne", "told", '"I signed what I was given,"', "2022-05-11", "", None),
    ("She", "insisted", "that the subsidy had been lawful", "2022-05-11", "", None),
    ("The opposition's Colm Reddy", "accused", "her of hiding a memo", "", "", None),
    ("he", "promised", "to publish it by Friday", "2022-05-11", "post on X", None),
    (
        "The Kerrin council",
        "warned",
        "that the island would run out of fuel",
        "2022-05-03",
        "letter to the minister",
        None,
    ),
    ("The letter", "said", "that two winters had been lost", "2022-05-03", "letter to the minister", None),
    (
        "Prime Minister Sorley Vance, who was elected in March",
        "defended",
        "the signature",
        "2022-05-14",
        "rally in Port Ness",
        "Port Ness",
    ),
    ("he", "said", '"She stays,"', "2022-05-14", "rally in Port Ness", "Port Ness"),
    ("Vance", "said", "the ferry would return", "2022-05-14", "rally in Port Ness", "Port Ness"),
    ("the shipyard's owner", "doubted", "that", "", "interview with Radio Kerrin", None),
    ("He", "told", "the hull was cracked", "2022-05-10", "", None),
]

CALL = """Secretary Hale's Call with Foreign Minister Okoye

Office of the Spokesperson
For Immediate Release
May 4, 2023

The following is attributable to Spokesperson Dana Pruitt:

Secretary Marcus Hale spoke yesterday with Nigerian Foreign Minister Ada Okoye. The Secretary congratulated the Foreign Minister on her appointment and reaffirmed that the United States would train 200 officers. Foreign Minister Okoye requested further aid for Borno.

The two officials agreed to meet in July. The Secretary stressed that elections must be free."""

CALL_ROWS: list[Row] = [
    ("The Secretary", "congratulated", "the Foreign Minister on her appointment", "2023-05-03", "call", None),
    ("The Secretary", "reaffirmed", "that the United States would train 200 officers", "2023-05-03", "call", None),
    ("Foreign Minister Okoye", "requested", "further aid for Borno", "2023-05-03", "call", None),
    ("The two officials", "agreed", "to meet in July", "2023-05-03", "call", None),
    ("The Secretary", "stressed", "that elections must be free", "2023-05-03", "call", None),
]

TRANSLATED = """Delgado: the canal is not for sale

The president of the republic, Ramiro Delgado, assured this Thursday, during the inauguration ceremony of the port of Balsa, that the canal "is not sold nor rented". In declarations to the press after the ceremony, the ruler added that there will be no new contracts.

For his part, the Chinese ambassador Liu Fang pointed out in his Twitter account that the companies respected the laws. On the eve, in a meeting with deputies, Liu had asked for patience.

The chancellor Marta Ibarra held on 12 October a telephone conversation with her Peruvian colleague. Ibarra expressed to him that the frontier remains open.

The Bishops' Conference, through a communique spread on Tuesday, exhorted to the dialogue. The prelates consider that the strike harms the poor."""

TRANSLATED_ROWS: list[Row] = [
    (
        "The president of the republic, Ramiro Delgado",
        "assured",
        'that the canal "is not sold nor rented"',
        "2019-10-17",
        "inauguration ceremony",
        None,
    ),
    ("the ruler", "added", "that there will be no new contracts", "2019-10-17", "inauguration ceremony", None),
    ("the Chinese ambassador Liu Fang", "pointed out", "that the companies respected the laws", "", "Twitter", None),
    ("Ibarra", "expressed", "that the frontier remains open", "2019-10-12", "telephone conversation", None),
    ("The Bishops' Conference", "exhorted", "to the dialogue", "2019-10-15", "communique", None),
]

SUMMIT = """Tamar says no to base as summit closes

BALI, Indonesia, Nov 16 (Newsline) - Prime Minister Joel Tamar ruled out a foreign base on Wednesday, hours before the G20 summit ended.

Tamar met Australian leader Wade Ellery on the sidelines of the summit on Tuesday. Ellery told him that Canberra could wait. "We are patient people," Ellery said after the meeting.

In a televised address late on Sunday, opposition chief Lena Voss had called the plan a fraud. She repeated the charge in a phone interview with Newsline on Monday, saying that Tamar was bought.

The foreign ministry issued a statement on Tuesday. It said no treaty was signed. The ministry also denied that talks were held.

Speaking to reporters on his plane, Tamar said the matter was closed. Testifying before a Senate committee in Canberra, Admiral Grant Pole said the harbour was too shallow.

At a joint news conference with Ellery in Denpasar, the Indonesian president, Sri Wulan, said she had no objections. "It is their island," Wulan said. A spokesman for the navy declined to comment."""

SUMMIT_ROWS: list[Row] = [
    ("Prime Minister Joel Tamar", "ruled out", "a foreign base", "2022-11-16", "", None),
    ("Ellery", "told", "that Canberra could wait", "2022-11-15", "meeting", "BALI"),
    ("Ellery", "said", '"We are patient people,"', "2022-11-15", "meeting", "BALI"),
    ("opposition chief Lena Voss", "called", "the plan a fraud", "2022-11-13", "televised address", None),
    ("She", "repeated", "the charge", "2022-11-14", "phone interview with Newsline", None),
    ("It", "said", "no treaty was signed", "2022-11-15", "statement", None),
    ("The ministry", "denied", "that talks were held", "", "", None),
    ("Tamar", "said", "the matter was closed", "", "", None),
    ("Admiral Grant Pole", "said", "the harbour was too shallow", "", "", None),
    ("the Indonesian president, Sri Wulan", "said", "she had no objections", "", "joint news conference", "Denpasar"),
    ("Wulan", "said", '"It is their island,"', "", "joint news conference", "Denpasar"),
    ("A spokesman for the navy", "declined", "to comment", "", "", None),
]

ARTICLES = [
    (WIRE, date(2022, 6, 8), WIRE_ROWS),
    (READOUT, date(2022, 2, 3), READOUT_ROWS),
    (QUESTIONS, date(2021, 5, 12), QUESTIONS_ROWS),
    (CONTENT, date(2021, 4, 3), CONTENT_ROWS),
    (PARLIAMENT, date(2022, 5, 16), PARLIAMENT_ROWS),
    (CALL, date(2023, 5, 4), CALL_ROWS),
    (TRANSLATED, date(2019, 10, 18), TRANSLATED_ROWS),
    (SUMMIT, date(2022, 11, 16), SUMMIT_ROWS),
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
        places = [
            m.start()
            for m in re.finditer(rf"\b{re.escape(piece)}\b" if piece[-1].isalnum() else re.escape(piece), text)
            if m.start() not in inside
        ]
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


PHRASES_OF_EVENTS = [
    ("Haidar told reporters at the opening of the Gulf of Aden Ports Conference.", "Gulf of Aden Ports Conference"),
    ("Kroll spoke at the exit of the OSCE meeting in Vienna.", "OSCE meeting"),
    ("She wrote on X that it was over.", "X"),
]


@pytest.mark.parametrize(("text", "event"), PHRASES_OF_EVENTS)
def test_events_by_name(text: str, event: str) -> None:
    found = occasion_event().search(text)
    assert found and found["event"] == event
