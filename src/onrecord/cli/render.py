"""Readings for a person at a terminal, legible at 80 columns, with colour and without."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from onrecord.cli.brief import brief
from onrecord.cli.console import clean
from onrecord.cli.details import details
from onrecord.cli.lines import Lines, plain
from onrecord.export.overview import counts
from onrecord.export.view import Part, heading_of, name_of, pieces
from onrecord.types import Reading

WIDEST = 100  # longer lines are hard to read
PIPED = 80

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
        self._lines = Lines(console(stream, colored=self.colored))

    def reading(self, reading: Reading) -> None:
        """Print one reading."""
        if not self._first:
            self._lines.line()
        self._first = False
        self._header(reading)
        if self.show in ("text", "both"):
            self._article(reading)
        if self.show in ("statements", "both"):
            brief(self._lines, reading)
        if self.show == "details":
            details(self._lines, reading)

    def _header(self, reading: Reading) -> None:
        document = reading.document
        heading = heading_of(reading)
        self._lines.hang("", plain(heading, "bold"), indent=0)
        name = name_of(document) if name_of(document) != heading else None
        about = [name, document.publisher, f"published {document.published}" if document.published else None]
        known = ", ".join(item for item in about if item)
        if known:
            self._lines.hang("", plain(known), indent=0)
        self._lines.hang("", plain(counts(reading), "dim"), indent=0)

    def _article(self, reading: Reading) -> None:
        self._lines.line()
        if not self.colored and reading.statements:
            self._lines.line(plain("<source> {cue} [content]; the number is the statement's."))
            self._lines.line()
        article = Text().join(self._marked(reading))
        article.rstrip()
        self._lines.hang("", article, indent=0)

    def _marked(self, reading: Reading) -> Iterator[Text]:
        for piece in pieces(reading):
            if self.colored:
                yield Text(clean(piece.text), _STYLE[piece.role] if piece.role else "")
                yield from (Text(str(part.number).translate(_RAISED), _STYLE[part.role]) for part in piece.closes)
            else:
                yield Text("".join(_MARKS[part.role][0] for part in piece.opens))
                yield Text(clean(piece.text))
                yield Text("".join(_closing(part) for part in piece.closes))


def _closing(part: Part) -> str:
    return f"{_MARKS[part.role][1]}{part.number}"


def _wants_color() -> bool:
    """The conventions of no-color.org and of terminals that cannot."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
