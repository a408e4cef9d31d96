from __future__ import annotations

from datetime import date

import pytest

from onrecord.errors import SourceError
from onrecord.intake.pdf import document_from_pdf
from onrecord.intake.pdf_child import MAX_PAGES
from onrecord.intake.pdf_text import Line, paragraphs
from onrecord.intake.raw import Raw
from onrecord.settings import Settings
from onrecord.types import Document
from tests.intake.make_archives import pdf, typeset

PARAGRAPHS = [
    f"Point {number}. The envoy said that the long-standing reservations on the northern treaty would be with­drawn. "
    "Her counterpart answered that nothing had been agreed, and that the talks would go on in the harbour town "
    f"{'until both sides had read the text, clause by clause, in both languages' if number % 2 else 'next week'}."
    for number in range(1, 31)
]


def read(data: bytes, *, settings: Settings | None = None) -> Document:
    return document_from_pdf(Raw(source="report.pdf", path="report.pdf", data=data), settings=settings or Settings())


def reason(data: bytes, *, settings: Settings | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        read(data, settings=settings)
    assert caught.value.source == "report.pdf"
    return caught.value.reason


@pytest.mark.parametrize("indent", [0, 16])
def test_paragraphs_are_those_that_were_typeset(indent: float) -> None:
    plain = [paragraph.replace("\u00ad", "") for paragraph in PARAGRAPHS]
    document = read(typeset(plain, head="The Courier, special report", indent=indent))
    assert document.text.split("\n\n") == plain


def test_what_the_file_says_of_itself() -> None:
    document = read(typeset(PARAGRAPHS[:2]))
    assert (document.title, document.author, document.published) == ("Report on the talks", "Ann Lee", date(2024, 3, 5))
    assert document.published_at == "2024-03-05T10:11:12+01:00"
    assert document.path == "report.pdf"
    assert document.raw_sha256 is not None


@pytest.mark.parametrize(
    ("info", "title", "author", "published"),
    [
        ({"Title": "Microsoft Word - draft3.doc", "Author": "Administrator"}, None, None, None),
        ({"Title": "report-final.indd", "Author": "alee@courier.example"}, None, None, None),
        ({"Title": "  The  talks ", "CreationDate": "D:19700101000000Z"}, "The talks", None, None),
        ({"CreationDate": "D:2024"}, None, None, None),
        ({"CreationDate": "D:29990101000000Z"}, None, None, None),
        ({"CreationDate": "D:20241399"}, None, None, None),
        ({"CreationDate": "D:20240305"}, None, None, date(2024, 3, 5)),
    ],
)
def test_only_what_is_sensible_is_taken(
    info: dict[str, str], title: str | None, author: str | None, published: date | None
) -> None:
    document = read(pdf([[(72, 700, 11, "The envoy said that the talks would go on.")]], info=info))
    assert (document.title, document.author, document.published) == (title, author, published)


def test_files_that_cannot_be_read_say_why() -> None:
    assert "password" in reason(pdf([[(72, 700, 11, "The envoy said no.")]], locked=True))
    assert "no text (scanned" in reason(pdf([[]]))
    assert "no text (scanned" in reason(pdf([[(300, 40, 9, "12")]]))
    assert "damaged" in reason(b"%PDF-1.7\nthat is all\n")
    assert reason(b"") == "is empty"
    assert "pages" in reason(pdf([[]] * (MAX_PAGES + 1)))
    text = [[(72.0, 700.0, 11.0, "The envoy said no. " * 50)]]
    assert "more than 100 characters" in reason(pdf(text), settings=Settings(max_chars=100))


def test_a_late_file_is_given_up_and_the_next_is_read() -> None:
    many = pdf([[(72.0, 700.0 - at, 1.0, "The envoy said no. " * 20) for at in range(600)]] * 40)
    assert reason(many, settings=Settings(html_timeout=0.05)) == "cannot be parsed in 0.05 seconds"
    assert read(typeset(PARAGRAPHS[:1])).text


def line(text: str, *, low: float, left: float = 72, right: float = 500, size: float = 11) -> Line:
    return Line(text=text, left=left, right=right, bottom=low, top=low + size)


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "expected"),
    [
        ("the agree-", "ment was signed", "", "the agreement was signed"),
        ("the agree\ufffe", "ment was signed", "", "the agreement was signed"),
        ("a long-", "term view", "the long-term plan", "a long-term view"),
        ("the Franco-", "German talks", "", "the Franco-German talks"),
        ("from 1990-", "1995 they", "", "from 1990-1995 they"),
        ("the envoy –", "who left – spoke", "", "the envoy – who left – spoke"),
    ],
)
def test_words_parted_at_the_end_of_a_line(first: str, second: str, elsewhere: str, expected: str) -> None:
    page = [line("Before all that it went on.", low=734), line(first, low=720), line(second, low=706)]
    found = paragraphs([[*page, line(elsewhere or "It ended.", low=660, right=200)]])
    assert found[0] == f"Before all that it went on. {expected}"


def test_headings_lists_and_columns() -> None:
    page = [
        line("The state of the talks", low=780, size=16, right=300),
        line("The envoy said that the talks would go on in the", low=750, right=280),
        line("harbour town and that there was", low=736, right=280),
        line("no hurry at all.", low=750, left=310, right=420),
        line("• First, the border", low=736, left=310, right=430),
        line("• Second, the port", low=722, left=310, right=425),
    ]
    assert paragraphs([page]) == [
        "The state of the talks",
        "The envoy said that the talks would go on in the harbour town and that there was no hurry at all.",
        "• First, the border",
        "• Second, the port",
    ]


def test_running_heads_that_change_are_known_by_their_page_number() -> None:
    pages = [
        [
            line(f"Chapter {at // 2}: {'Ports' if at < 2 else 'Borders'} {at + 11}", low=800, size=9),
            *(
                line(f"The {word} sentence of page number {at} goes on and", low=700 - 14 * n)
                for n, word in enumerate("abcde")
            ),
        ]
        for at in range(4)
    ]
    assert not any("Chapter" in text for text in paragraphs(pages))
    assert paragraphs([]) == []
