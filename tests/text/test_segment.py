from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.text import damage, repair, segment
from onrecord.types import Spans

BODY = (
    "\n\nThe ministers met in Oslo for two days of talks about the catch, and neither of them would say much about the "
    "quarrel that had begun in the spring.\n\nThey are to meet again in the first week of June, officials said.\n"
)

SENTENCES = [
    "Mr. Novak met Gen. Lind.|She left.",
    "The U.S. and the U.N. agreed.|The talks ended at 5 p.m. on Monday.|He left at 6 p.m.|She did not.",
    "They flew to the U.S.|The visit lasted a day.",
    "George W. Holt met J. R. Lind.|They spoke on Sept. 12 about No. 4 and Art. 5 of the pact.",
    "He said no.|Then he left.",
    "It expires on 5.2.2021.|The 2 + 2 talks cost $3.5 million.|After that, nothing.",
    "NASHUA, N.H. - At first nobody came.|BERN, 20 March 2023 - Talks ended.",
    "BERN, 20 March 2023 - Talks ended.|The parties left.",
    'She said: "We have time.|We can reach it.|We hope so."|He nodded.',
    '"We hope so. We wait." - said Petrov.'.replace(". We wait", ".|We wait"),
    '"We hope so." - Mr. Petrov explained.|He left.',
    '"Is it true?" Lind asked.|"It is!" said Novak.|"Who knows?"|The minister shrugged.',
    "“We wait.”|“We do not,” he said.",
    "Four fields: trade, space. pillar and network security.|He left.",
    "It follows from the rules according to. US laws bind them.|So be it.",
    "He paused... and went on.|Then... He stopped.".replace("... He", "...|He"),
    "We signed the treaty.The minister left.".replace("treaty.", "treaty.|"),
    "Visit example.com or Example.Com now.|It is free.",
    "Novak (who had left.) came back.|He sat down.",
    "Acme Corp. said sales fell.|Acme Inc. Chairman Lind denied it.",
    "Is it over?!|No.|Not yet.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences(marked: str) -> None:
    expected = marked.split("|")
    glued = marked.replace("treaty.|The", "treaty.The")
    text = glued.replace("|", " ")
    assert [sentence.of(text) for sentence in segment(text).sentences] == expected


PARAGRAPHS = [
    ("One.\n\nTwo.\n \n\n  Three.  ", ["One.", "Two.", "Three."]),
    (
        "First paragraph, on a line.\nSecond one.\nThird one.",
        ["First paragraph, on a line.", "Second one.", "Third one."],
    ),
    ("", []),
    (" \n ", []),
    (
        "He told the whole of the assembled press corps in Oslo\nthat he would go.",
        ["He told the whole of the assembled press corps in Oslo\nthat he would go."],
    ),
]

WRAPPED = """The ministers met in Oslo for two days of talks about the catch, and
neither of them would say much about the quarrel. They are to meet again
in the first week of June. Officials said that the papers for the second
round were nearly done.

A second paragraph follows the first one here, wrapped like the first at
about seventy columns, as in old mail and on old wires.
   A third one is set in and begins without a blank line, as it was the
custom of typists."""


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [paragraph.of(text) for paragraph in segment(text).paragraphs] == expected


def test_wrapped_lines_are_no_paragraphs() -> None:
    starts = [paragraph.of(WRAPPED).split(",")[0][:20] for paragraph in segment(WRAPPED).paragraphs]
    assert starts == ["The ministers met in", "A second paragraph f", "A third one is set i"]


TITLES = [
    "Norway and Iceland to share the catch",
    "Norway and Iceland share the catch in the north.",
    "Catch is shared. Will it last?",
    "Lind: 'We shall share the U.S. catch'",
]
NO_TITLES = [
    '"We will share the catch," Lind said.',
    "OSLO - " + "the ministers met and talked about the catch of the year, " * 3,
    "- an item",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_short_first_line_is_the_title(title: str) -> None:
    text = title + BODY
    parts = segment(text)
    assert [heading.of(text) for heading in parts.headings] == [title]
    assert parts.sentences[0].of(text) == title


@pytest.mark.parametrize("line", NO_TITLES)
def test_other_first_lines_are_none(line: str) -> None:
    assert segment(line + BODY).headings == ()


def test_a_short_text_keeps_its_first_sentence() -> None:
    assert segment("Lind said the catch was small.\n\nNovak said that he had told her so in May.").headings == ()


def test_headings_between_paragraphs() -> None:
    rest = "\nReaction in the north\n\nFishermen said that they had not been asked.\n\nTHE NORTH\n\nIt rains."
    text = "Catch is shared" + BODY + rest
    assert [heading.of(text) for heading in segment(text).headings] == [
        "Catch is shared",
        "Reaction in the north",
        "THE NORTH",
    ]


def test_lines_of_an_address_are_no_headings() -> None:
    text = "Readout of a call\n\nMinistry of Fisheries of Norway\nOslo, 3 May 2021" + BODY
    assert [heading.of(text) for heading in segment(text).headings] == ["Readout of a call"]


RUN_IN = [
    ("The future of the accord and the quarrel over quotas", "Minister Novak said that boats would stay in port."),
    ("Economic ties after the summit", "Mr. Okafor stressed that trade had doubled."),
    (
        "Prospects for a ceasefire in the region",
        "Foreign Ministry spokeswoman Maria Lind told reporters that guns fell silent.",
    ),
    (
        "Sanctions and their consequences",
        "European Commission spokesman Eric Moreau stressed that the list would grow.",
    ),
    ("Military exercises near the border", "The Minister said that the troops would go home in May."),
    ("Relations with the neighbours and the question of gas", "Hansen said Norway would not deliver more."),
    (
        "Iran's program and the sanctions of the West",
        "Deputy Foreign Minister Ali Rezaei emphasized that Tehran waits.",
    ),
    ("Peace in the Caucasus", "Armenian Prime Minister Aram Sarkissian said his country was ready."),
    ("Vaccines for Africa and the role of the WHO", "WHO Director-General Amara Diallo said that doses were coming."),
    (
        "The neighbours and the rest of the world",
        "Ms. Joy Brandt, adviser to the premier, affirmed the plan would stand.",
    ),
]


@pytest.mark.parametrize(("heading", "sentence"), RUN_IN)
def test_headings_run_into_a_sentence(heading: str, sentence: str) -> None:
    text = f"Talks on fish{BODY}The catch was small. {heading} {sentence} Hansen said it was late."
    parts = segment(text)
    assert [span.of(text) for span in parts.headings[1:]] == [heading]
    found = [span.of(text) for span in parts.sentences]
    assert found[found.index(heading) + 1] == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The head of the agency for nuclear safety Marta Hansen said that the cameras were back.",
        "In a statement on the results of the vote Ambassador Petrov said that he was content.",
        "The treaty on the transit of gas Hansen said was dead is alive.",
        "A list of the things President Petrov said about the treaty is long.",
        "Officials at the Foreign Ministry said the talks went well.",
        "A report by the European Commission said the goal was missed.",
        "The government of Prime Minister Novak announced that taxes would rise.",
        "Critics of the plan including Mr. Novak said the cost was too high.",
        "The wife of Ambassador Petrov said he was well.",
        "Lawyers for former President Petrov argued that the court erred.",
        "Speaking after the talks in Bern Minister Lind said that she was tired.",
        "The campaign of the party for the north Hansen led said nothing.",
    ],
)
def test_sentences_with_long_subjects_are_whole(sentence: str) -> None:
    text = f"Talks on fish{BODY}The catch was small. {sentence} Hansen said it was late."
    assert sentence in [span.of(text) for span in segment(text).sentences]


PIECES = st.sampled_from(
    [
        *"aBc .,\"'\n\t-–“”‘’„«»?!:;()[]…5",
        " ",
        "\n\n",
        "Mr. ",
        "U.S. ",
        "said ",
        "Minister ",
        "Novak said that ",
        "e\u0301",
        "שלום ",
        "👩\u200d🔬",
        "The state of things and of ",
        "treaty. between ",
        "A heading\n\n",
        "\u2028",
        "\u0000",
        '"- said ',
        "Antonov ",
        "of the ",
        "talks ",
        "according to. ",
    ]
)
HOSTILE = st.one_of(
    st.lists(PIECES, max_size=60).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
)


def check(spans: Spans, text: str) -> None:
    for span in spans:
        assert span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
    for first, second in pairwise(spans):
        assert first.end <= second.start


def _visible(texts: Iterable[str]) -> str:
    return "".join("".join(text.split()) for text in texts)


@settings(max_examples=400, deadline=None)
@given(HOSTILE, st.booleans())
def test_segments_are_in_range_ordered_and_disjoint(text: str, mended: bool) -> None:
    repaired = repair(text)
    parts = segment(repaired.text if mended else text)
    for spans in (parts.words, parts.sentences, parts.paragraphs, parts.headings, parts.quotes):
        check(spans, parts.text)
    # Nothing visible is outside of a sentence, no sentence outside of a paragraph, and headings are sentences.
    assert _visible(span.of(parts.text) for span in parts.sentences) == _visible([parts.text])
    assert all(any(outer.covers(span) for outer in parts.paragraphs) for span in parts.sentences)
    assert set(parts.headings) <= set(parts.sentences)
    for flag in damage(parts, repaired if mended else None):
        assert flag.span.end <= len(parts.text)


def everything(text: str) -> None:
    repaired = repair(text)
    damage(segment(repaired.text), repaired)


def seconds(work: Callable[[str], None], text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        work(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        '" ',
        "a. ",
        ".",
        ". ",
        "A",
        "A ",
        "&amp;",
        "Ã©",
        "â€",
        "\n",
        "a\n",
        "-",
        "\u200b",
        '" - A',
        "Mr. ",
        "said ",
        "The end of the A said that ",
        "“",
        '…" ',
    ],
)
def test_time_grows_with_length(unit: str) -> None:
    size = 20_000
    text = unit * (size // len(unit))
    seconds(everything, text[:1000])
    half, whole = seconds(everything, text[: size // 2]), seconds(everything, text)
    # Twice the text may cost three times as much, and a moment's noise; a square would cost four times and seconds.
    assert whole < 3 * half + 0.2
