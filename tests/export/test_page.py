from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from onrecord.export import html
from tests.export.samples import TEXT, empty, reading


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
        if self.open[:2] == ["div", "div"] and "sup" not in self.open and len(self.article) < len(TEXT):
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
    assert page.tags <= {"div", "style", "h3", "h4", "mark", "sup", "span", "blockquote", "ul", "li"}
    assert page.attributes == {"class"}


def test_parts_carry_the_number_of_their_statement():
    assert "<mark class='onr-source'>Anna Kolm</mark><sup>1</sup>" in reading()._repr_html_()


def test_an_empty_reading_is_still_a_page():
    assert "Rain." in html(empty())
