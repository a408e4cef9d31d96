from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from onrecord.export import html
from tests.export.samples import TEXT, empty, reading

PLAIN = {"div", "style", "h3", "h4", "blockquote", "ul", "li"}


class Reader(HTMLParser):
    """The article's text, the tags used and whether they balance."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.article = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[:3] == ["div", "details", "div"] and "sup" not in self.open:
            self.article += data


def test_the_article_stands_unchanged_between_the_marks():
    page = Reader(html(reading()))
    assert page.article == TEXT
    assert page.open == []


def test_all_text_is_escaped_and_nothing_comes_from_elsewhere():
    made = reading()
    evil = "<script>alert('1')</script><img src=x onerror=y>"
    speaker = replace(made.statements[0].speaker, name=evil)
    statements = (replace(made.statements[0], speaker=speaker), *made.statements[1:])
    flags = (replace(made.flags[0], message=evil),)
    document = replace(made.document, title=evil, text=made.document.text.replace("Is that final?", "<b>&amp;</b> ."))
    page = Reader(html(replace(made, document=document, statements=statements, flags=flags)))
    assert page.tags <= PLAIN | {"mark", "sup", "span", "b", "details", "summary"}
    assert page.attributes == {"class"}


def test_parts_carry_the_number_of_their_statement():
    assert "<mark class='onr-source'>Anna Kolm</mark><sup>1</sup>" in reading()._repr_html_()


def test_conditions_dates_and_instruments_are_marked_in_the_words_they_lie_in():
    page = html(reading())
    assert "<mark class='onr-content onr-condition'>this year</mark>" in page
    assert "<mark class='onr-date'>on 2 March</mark>" in page
    assert "<mark class='onr-instrument'>toll</mark>" in page


def test_a_card_holds_position_words_and_what_is_known():
    page = html(reading())
    assert "<div class='onr-card onr-opposes'><b>1. opposes, refuses</b>" in page
    for known in ("issues: transport", "toward: LVA, EU", "when: this year", "due: 2026, no toll (promised, EST)"):
        assert f"<li>{known}</li>" in page
    assert "<h4>Agenda: EST, 2 items</h4>" in page
    assert "<li>2026: no toll (promised, EST; in 1)</li>" in page


def test_an_empty_reading_is_still_a_page():
    assert "Rain." in html(empty())
