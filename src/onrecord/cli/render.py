"""Readings for a person at a terminal, legible at 80 columns, with colour and without."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from onrecord.cli.console import clean
from onrecord.export.view import Group, Part, date_note, flag_line, groups, name_of, period, pieces
from onrecord.record.excerpt import one_line
from onrecord.types import DateExpression, Reading

WIDEST = 100  # longer lines are hard to read
PIPED = 80
INDENT = 6

_STYLE = {"source": "cyan", "cue": "yellow", "content": "green"}
_MARKS = {"source": ("<", ">"), "cue": ("{", "}"), "content": ("[", "]")}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class _Console(Console):
    """Leaves a broken pipe to the command; rich would exit on its own, with status 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def colored(stream: TextIO, color: str) -> bool:
    """Whether to use colour: `color` is auto, always or never."""
    return color == "always" or (color == "auto" and stream.isatty() and _wants_color())


def console(stream: TextIO, *, colored: bool) -> Console:
    """A console that prints words as they are, no wider than is easy to read."""
    return _Console(
        file=stream,
        width=min(shutil.get_terminal_size((PIPED, 24)).columns, WIDEST) if stream.isatty() else PIPED,
        force_terminal=colored,
        color_system="standard" if colored else None,
        no_color=not colored,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


class Screen:
    """Prints readings one after the other to `stream`; `color` is auto, always or never."""

    def __init__(self, stream: TextIO, *, color: str = "auto", show: str = "statements") -> None:
        self.colored = colored(stream, color)
        self.show = show
        self._first = True
        self._console = console(stream, colored=self.colored)

    def reading(self, reading: Reading) -> None:
        """Print one reading."""
        if not self._first:
            self._line()
        self._first = False
        self._header(reading)
        if self.show != "statements":
            self._article(reading)
        if self.show != "text":
            for group in groups(reading):
                self._group(group)
            self._dates(reading)
            self._flags(reading)

    def _header(self, reading: Reading) -> None:
        document = reading.document
        title = document.title if document.title and document.title != name_of(document) else None
        self._hang("", _text(name_of(document), "bold"), indent=0)
        about = [title, document.publisher, f"published {document.published}" if document.published else None]
        facts = ", ".join(item for item in about if item)
        if facts:
            self._hang("", _text(facts), indent=0)
        self._line(_text(_counts(reading), "dim"))

    def _article(self, reading: Reading) -> None:
        self._line()
        if not self.colored and reading.statements:
            self._line(_text("<source> {cue} [content]; the number is the statement's."))
            self._line()
        article = Text().join(self._marked(reading))
        article.rstrip()
        self._hang("", article, indent=0)

    def _marked(self, reading: Reading) -> Iterator[Text]:
        for piece in pieces(reading):
            if self.colored:
                yield Text(clean(piece.text), _STYLE[piece.role] if piece.role else "")
                yield from (Text(str(part.number).translate(_RAISED), _STYLE[part.role]) for part in piece.closes)
            else:
                yield Text("".join(_MARKS[part.role][0] for part in piece.opens))
                yield Text(clean(piece.text))
                yield Text("".join(_closing(part) for part in piece.closes))

    def _group(self, group: Group) -> None:
        self._line()
        self._hang("", _text(group.who, "bold cyan"), indent=0)
        for entry in group.entries:
            self._hang(f"{entry.number:>4}  ", _text(entry.about, "yellow"))
            self._hang("", _text(entry.words))

    def _dates(self, reading: Reading) -> None:
        if reading.dates:
            self._line()
            self._line(_text("Dates", "bold"))
        shown = dict.fromkeys(_date_row(expression, reading.document.text) for expression in reading.dates)
        width = max((len(when) for when, _ in shown), default=0) + 4
        for when, row in shown:
            self._hang(f"  {when}", _text(row), indent=width)

    def _flags(self, reading: Reading) -> None:
        if reading.flags:
            self._line()
            self._line(_text("Flags", "bold"))
        for flag in reading.flags:
            self._hang("", _text(flag_line(flag, reading.document.text), "red"), indent=2)

    def _hang(self, first: str, text: Text, *, indent: int = INDENT) -> None:
        """Print `text` wrapped in a column `indent` from the left, with `first` in the margin of its first line."""
        for line in text.wrap(self._console, self._console.width - indent):
            line.rstrip()
            self._line(Text(first.ljust(indent)).append_text(line))
            first = ""

    def _line(self, text: Text | None = None) -> None:
        self._console.print(text if text is not None else "")


def _text(words: str, style: str = "") -> Text:
    return Text(one_line(clean(words)), style)


def _counts(reading: Reading) -> str:
    speakers = len({statement.speaker.id for statement in reading.statements})
    counts = [(len(reading.statements), "statement"), (len(reading.dates), "date"), (len(reading.flags), "flag")]
    named = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count or noun == "statement"]
    if speakers:
        named[0] += f" by {speakers} speaker{'' if speakers == 1 else 's'}"
    return ", ".join(named)


def _date_row(expression: DateExpression, text: str) -> tuple[str, str]:
    note = date_note(expression)
    return period(expression), f'"{expression.span.of(text)}"' + (f", {note}" if note else "")


def _closing(part: Part) -> str:
    return f"{_MARKS[part.role][1]}{part.number}"


def _wants_color() -> bool:
    """The conventions of no-color.org and of terminals that cannot."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
