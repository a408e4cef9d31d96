from __future__ import annotations

import io

import pytest
from rich.text import Text

from onrecord.cli.lines import Lines, plain
from onrecord.cli.render import console


def lines(width: int) -> tuple[Lines, io.StringIO]:
    stream = io.StringIO()
    made = console(stream, colored=False)
    made.width = width
    return Lines(made), stream


@pytest.mark.parametrize(
    ("words", "most", "wrapped"),
    [
        ("one two three", None, ["one two", "three"]),
        ("one two three", 2, ["one two", "three"]),
        ("one two three four", 2, ["one two", "three ..."]),
        ("one two three four five six", 2, ["one two", "three ..."]),
        ("unbreakable-word", 1, ["unbre ..."]),
        ("一二三四五六七", 1, ["一二 ..."]),
    ],
)
def test_words_are_cut_where_they_take_more_lines(words, most, wrapped):
    made, _ = lines(80)
    assert [line.plain for line in made.wrapped(Text(words), 9, most)] == wrapped


def test_columns_stand_side_by_side():
    made, stream = lines(40)
    made.columns("  1", [Text("left"), Text("more")], [Text("right")], indent=5, gap=8)
    made.columns("  2", [], [Text("right")], indent=5, gap=8)
    assert stream.getvalue() == "  1  left    right\n     more\n  2          right\n"


def test_wide_characters_keep_the_columns():
    made, stream = lines(40)
    made.columns("1", [Text("一二")], [Text("x")], indent=2, gap=6)
    assert stream.getvalue() == "1 一二  x\n"


def test_lines_after_the_first_stand_further_in():
    made, stream = lines(12)
    made.hang("*", Text("one two three four"), indent=2, rest=2)
    assert stream.getvalue() == "* one two\n    three\n    four\n"


def test_plain_words_are_one_line_that_commands_nothing():
    assert plain("a\x1b[31m\r\n b\u202ec").plain == "a[31m bc"
