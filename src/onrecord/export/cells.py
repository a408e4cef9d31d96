"""Values as cells of a table that spreadsheets can open without running what a speaker said as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date
from typing import TextIO

# What OWASP's page on CSV injection lists: the signs that start a formula, also in full width (Japanese editions take
# those too), and the white space some programs skip before they look for one.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
BETWEEN = "; "


def safe(value: object) -> str:
    """One cell: None is empty, dates ISO 8601, lists joined by `; `, numbers as they are.

    Text that begins as a formula does gets an apostrophe in front, which spreadsheets take for "this is text". Text
    that already has apostrophes before such a beginning gets one more, so that `unsafe` can always undo it.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = BETWEEN.join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    return "'" + text if _FORMULA.match(text) else text


def unsafe(cell: str) -> str:
    """The text that `safe` made this cell from."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


class Table:
    """Writes lines of cells to a stream as CSV: text in quotation marks, numbers bare, nothing a formula.

    Text is always quoted, since the csv module of Python 3.11 leaves a lone carriage return bare, where other programs
    end the line.
    """

    def __init__(self, stream: TextIO, *, delimiter: str = ",") -> None:
        self._out = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")

    def line(self, values: Iterable[object]) -> None:
        """Write one line, its cells made by `safe`."""
        self._out.writerow([value if _number(value) else safe(value) for value in values])


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
