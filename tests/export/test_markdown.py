from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt  # rich brings it along
from markdown_it.token import Token

from onrecord.export.markdown import escape, markdown
from onrecord.record.excerpt import one_line
from tests.export.samples import empty, reading

RENDERER = MarkdownIt("commonmark").enable("table")
# What a text parser drops or replaces on its own: surrogates cannot be in a file, NUL becomes U+FFFD.
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
MARKS = st.text(alphabet="\\`*_[]()<>#|~&;$-+=:1.) !a\n'\"", min_size=1)


def shown(tokens: list[Token]) -> list[str]:
    """The text of every block of a rendered page; markup other than text is named."""
    return [
        "".join(child.content if child.type == "text" else f"[{child.type}]" for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", r"a\|b"),
        ("# a", r"\# a"),
        ("1. a", r"1\. a"),
        ("a 1. b", "a 1. b"),
        ("- a-b", r"\- a-b"),
        (":--", r"\:--"),
        ("x\n\n> y", r"x \> y"),
        ("<script>&amp;", r"\<script\>\&amp;"),
        ("[a](b) ![c](d)", r"\[a\](b) !\[c\](d)"),
        ("$x$ ~y~ `z` *w* _v_", r"\$x\$ \~y\~ \`z\` \*w\* \_v\_"),
    ],
)
def test_no_character_is_left_that_would_be_markup(text, escaped):
    assert escape(text) == escaped


@given(TEXTS | MARKS)
def test_a_renderer_shows_the_words_as_they_are(text):
    if one_line(text):
        for before in ("", "> ", "- ", "# "):
            tokens = RENDERER.parse(before + escape(text))
            assert shown([t for t in tokens if t.type != "text_special"]) == [one_line(text)]


def test_the_page_can_be_filed_as_it_stands():
    page = markdown(reading())
    lines = page.splitlines()
    assert lines[0] == "# Minister rejects toll"
    assert lines[2:4] == ["| File | kolm.txt |", "| --- | --- |"]
    for line in (
        "| Publisher | Nordic Wire |",
        "| Published | 2026-03-03 |",
        "| Obtained | read from a file |",
        "| EST | transport | LVA, EU | opposes, refuses (1) |",
        "## Agenda: EST, 2 items",
        "1. toll (transport)",
        "### Anna Kolm, Minister of Transport of Estonia (EST)",
        '**1. opposes, refuses**; transport; toward LVA, EU; mixed, "told"',
        '> that the toll "will not return" this year',
        "- when: this year",
        "- due: 2026, no toll (promised, EST)",
        "- said: 2026-03-02, interview, Tartu, via Radio Nord",
        '**4.** indirect, "said"',
        "- within: statement 3",
        "| 2026 | no toll | EST | promised | 1 |",
        "| no day | asked again |  | scheduled | in the article |",
        "| Toll Accord |  | 1 |",
        "- ambiguous-date: 3.4.2026 can be 3 April or 4 March 2026.",
    ):
        assert line in lines
    assert lines[-1] == "Made by onrecord 0.1.0, model m1, settings s1, 2026-03-03T10:00:01Z; document d1"


def test_how_the_text_was_obtained_is_told():
    made = reading()
    fetched = replace(
        made.document, url="https://example.org/a_b?c=|d", retrieved_at="2026-03-03T09:00:00Z", raw_sha256="abc"
    )
    page = markdown(replace(made, document=fetched))
    assert "| Address | <https://example.org/a_b?c=%7Cd> |" in page
    assert "| Obtained | fetched 2026-03-03T09:00:00Z, SHA-256 of the source abc |" in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://x> <b>y</b>"])
def test_an_address_is_never_markup(url):
    made = reading()
    page = markdown(replace(made, document=replace(made.document, url=url)))
    assert "<b>" not in page and "<javascript" not in page


def tables(page: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in page.splitlines():
        if line.startswith("|"):
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [table for table in found if table]


def cells(line: str) -> int:
    return line.replace(r"\|", "").count("|") - 1


def test_no_text_can_break_a_table():
    made = reading()
    evil = "a | b\n\n| c | ` <td> \\"
    first = made.statements[0]
    speaker = replace(first.speaker, name=evil, role=evil, country=evil)
    issues = (replace(first.issues[0], id=evil),)
    named = (replace(first.instruments[0], name=evil),)
    due = (replace(first.deadlines[0], what=evil, who=evil),)
    statement = replace(
        first, speaker=speaker, issues=issues, instruments=named, deadlines=due, counterparts=(evil, "b")
    )
    document = replace(made.document, title=evil, publisher=evil, author=evil, path=evil, url=evil, language=evil)
    page = markdown(replace(made, document=document, statements=(statement,)))
    found = tables(page)
    assert [len({cells(line) for line in table}) for table in found] == [1] * len(found)
    assert [cells(table[0]) for table in found] == [2, 4, 5, 3]
    assert "<td>" not in page.replace(r"\<td\>", "")
    rendered = RENDERER.parse(page)
    assert sum(token.type == "table_open" for token in rendered) == len(found)
    assert one_line(evil) in shown(rendered)


def test_an_empty_reading_is_a_page_of_its_facts():
    page = markdown(empty())
    assert "| On record | 0 statements |" in page
    assert "##" not in page
