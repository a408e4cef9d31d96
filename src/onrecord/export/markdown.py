"""A reading as Markdown: statements under their speakers, then dates and flags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.export.view import Group, date_note, flag_line, groups, name_of, period
from onrecord.record.excerpt import one_line
from onrecord.types import Reading

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&]")
_OPENING = re.compile(r"^([-+=]|\d+(?=[.)]))")


def markdown(reading: Reading) -> str:
    """The reading as a Markdown section under a first-level heading, ending in a newline."""
    return "\n".join(_lines(reading)) + "\n"


def escape(text: str) -> str:
    """`text` on one line, with no character left that Markdown or HTML would read as markup."""
    line = _SPECIAL.sub(lambda found: "\\" + found[0], one_line(text))
    return _OPENING.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], line)


def _lines(reading: Reading) -> Iterator[str]:
    document, text = reading.document, reading.document.text
    heading, name = document.title or name_of(document), name_of(document)
    yield f"# {escape(heading)}"
    published = document.published.isoformat() if document.published else None
    about = [item for item in (name if name != heading else None, document.publisher, published) if item]
    if about:
        yield from ("", escape(", ".join(about)))
    for group in groups(reading):
        yield from ("", f"## {escape(group.who)}")
        yield from _statements(group)
    if reading.dates:
        yield from ("", "## Dates", "")
        for expression in reading.dates:
            note = date_note(expression)
            yield f"- {period(expression)}: {escape(expression.span.of(text))}" + (f" ({note})" if note else "")
    if reading.flags:
        yield from ("", "## Flags", "")
        yield from (f"- {escape(flag_line(flag, text))}" for flag in reading.flags)


def _statements(group: Group) -> Iterator[str]:
    for entry in group.entries:
        yield from ("", f"{entry.number}\\. {escape(entry.about)}", "", f"> {escape(entry.words)}")
