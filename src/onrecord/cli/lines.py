"""Lines of text on a terminal or in a file: wrapped, hung from a margin, set in two columns, cut where too long."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from onrecord.cli.console import clean
from onrecord.record.excerpt import one_line

CUT = " ..."


def plain(words: str, style: str = "") -> Text:
    """`words` on one line without characters that command a terminal."""
    return Text(one_line(clean(words)), style)


class Lines:
    """Prints to a console. Widths and indents count columns of the terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.width = console.width

    def line(self, text: Text | None = None) -> None:
        """Print `text` as it stands; an empty line for None."""
        self._console.print(text if text is not None else "")

    def head(self, words: str, note: str = "") -> None:
        """Print a blank line and the heading of a section, with a note after it."""
        self.line()
        self.hang("", Text.assemble((words, "bold"), "  " if note else "", plain(note)), indent=0)

    def hang(self, first: str, text: Text, *, indent: int, most: int | None = None, rest: int = 0) -> None:
        """Print `text` in a column `indent` from the left, `first` in the margin; no more than `most` lines of it.

        Its lines after the first stand `rest` further in.
        """
        found = self.wrapped(text, self.width - indent - rest, most)
        for number, line in enumerate(found):
            margin = indent + (rest if number else 0)
            self.line(_padded(Text("" if number else first), margin).append_text(line))

    def wrapped(self, text: Text, width: int, most: int | None = None) -> list[Text]:
        """`text` as lines of at most `width`, ` ...` at the end of the last where more than `most` would be needed."""
        # A turn of a transcript has thousands of words, and wrapping takes longer than everything else here.
        enough = len(text) if most is None else (width + 1) * (most + 1)
        lines = list(text[:enough].wrap(self._console, width))
        for line in lines:
            line.rstrip()
        if most is None or (len(lines) <= most and len(text) <= enough):
            return lines
        *kept, last = lines[:most]
        return [*kept, _up_to(last, width - len(CUT)).append(CUT, "dim")]

    def columns(self, first: str, left: Sequence[Text], right: Sequence[Text], *, indent: int, gap: int) -> None:
        """Print `left` `indent` from the left and `right` `gap` from there, line beside line."""
        for one, other in zip_longest(left, right):
            row = _padded(Text(first), indent).append_text(_padded(one or Text(), gap))
            row.append_text(other or Text())
            row.rstrip()
            self.line(row)
            first = ""


def _padded(text: Text, width: int) -> Text:
    text = text.copy()
    text.pad_right(max(0, width - text.cell_len))
    return text


def _up_to(line: Text, width: int) -> Text:
    """`line` cut at a word to at most `width` columns."""
    if line.cell_len <= width:
        return line
    short = line.copy()
    short.truncate(width)
    blank = short.plain.rfind(" ")
    short = short[:blank] if blank > 0 else short
    short.rstrip()
    return short
