from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from onrecord.cli.console import clean
from onrecord.cli.render import Screen
from tests.export.samples import TEXT, empty, reading

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def shown(made, **how: str) -> str:
    stream = io.StringIO()
    Screen(stream, **how).reading(made)
    return stream.getvalue()


def test_the_marked_article_without_color_has_brackets_and_numbers():
    page = " ".join(shown(reading(), show="text").split())
    assert "<Anna Kolm>1, Estonia's transport minister, {told}1" in page
    assert '["We said no, and we mean <no>,"]2 <Kolm>2 {said}2. ["Ask me again in 2030."]2' in page
    assert "[<Kolm>4 had {said}4 [that ships must wait until 3.4.2026]4]3." in page
    assert "Dates" not in page


def test_the_marked_article_in_color_is_the_article_with_raised_numbers():
    page = shown(reading(), show="text", color="always")
    plain = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", ESCAPES.sub("", page))
    assert " ".join(TEXT.split()) in " ".join(plain.split())
    assert "\x1b[36mAnna Kolm\x1b[0m" in page


@pytest.mark.parametrize("show", ["statements", "text", "both", "details"])
def test_no_line_is_wider_than_80_columns_or_ends_in_blanks(show):
    made = reading()
    text = made.document.text.replace("ships must wait", "ships must wait " + "and wait " * 30)
    role = "Minister " + "of Transport and " * 8 + "Roads"
    speaker = replace(made.statements[0].speaker, role=role)
    statements = tuple(replace(statement, speaker=speaker) for statement in made.statements)
    page = shown(replace(made, document=replace(made.document, text=text), statements=statements), show=show)
    assert max(map(len, page.splitlines())) <= 80
    assert all(line == line.rstrip() for line in page.splitlines())


def test_text_that_looks_like_rich_markup_is_printed_as_it_stands():
    made = reading()
    text = made.document.text.replace("Is that final?", "[bold] :smile:")
    assert "[bold] :smile:" in shown(replace(made, document=replace(made.document, text=text)))


def test_control_characters_in_an_article_are_not_printed():
    made = reading()
    text = made.document.text.replace("Is that final?", "\x1b[2J\x9b\u202eabc\r\x08d")
    for show in ("statements", "text", "details"):
        page = shown(replace(made, document=replace(made.document, text=text)), show=show)
        assert not {"\x1b", "\x9b", "\u202e", "\x08", "\r"} & set(page)


def test_an_article_without_statements():
    assert shown(empty()) == "d0\n0 statements\n"


def test_documents_are_parted_by_a_blank_line():
    stream = io.StringIO()
    screen = Screen(stream)
    screen.reading(empty())
    screen.reading(empty())
    assert stream.getvalue() == "d0\n0 statements\n\nd0\n0 statements\n"


@pytest.mark.parametrize(
    ("raw", "safe"),
    [("a\x1b[31mb", "a[31mb"), ("a\r\nb\rc", "a\nb\nc"), ("tab\tstays\n", "tab\tstays\n"), ("\u2066x\u2069\x00", "x")],
)
def test_clean(raw, safe):
    assert clean(raw) == safe
