"""A reading as a page of Markdown that can be filed: facts, positions, statements with their words, what falls due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.export.characters import address
from onrecord.export.facts import due_note, facts, position_words
from onrecord.export.overview import (
    Due,
    agenda_items,
    agenda_words,
    counts,
    falls_due,
    instrument_dates,
    instruments_named,
    made_by,
    positions_line,
    ranges,
    stands,
)
from onrecord.export.view import Entry, Group, cue, flag_line, groups, heading_of
from onrecord.record.excerpt import one_line
from onrecord.types import Document, Reading

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&$]")
_OPENING = re.compile(r"^([-+=:]|\d+(?=[.)]))")
# These stand in the line above the quotation.
_ABOVE = ("position", "issues", "toward")


def markdown(reading: Reading) -> str:
    """The reading as a Markdown section under a first-level heading, ending in a newline."""
    return "\n".join(_lines(reading)) + "\n"


def escape(text: str) -> str:
    """`text` on one line, with no character left that Markdown or HTML would read as markup."""
    line = _SPECIAL.sub(lambda found: "\\" + found[0], one_line(text))
    return _OPENING.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], line)


def _lines(reading: Reading) -> Iterator[str]:
    document, text = reading.document, reading.document.text
    yield f"# {escape(heading_of(reading))}"
    yield ""
    first, *others = _source(document, counts(reading))
    yield from _table(first, others)
    yield from _positions(reading)
    for agenda in reading.agendas:
        yield from ("", f"## Agenda: {escape(agenda_words(agenda))}", "")
        yield from (f"{number}. {escape(item)}" for number, item in enumerate(agenda_items(agenda, text), 1))
    if reading.statements:
        yield from ("", "## Statements")
    for group in groups(reading):
        yield from ("", f"### {escape(group.who)}")
        yield from _statements(group, text)
    yield from _due(reading)
    yield from _instruments(reading)
    if reading.flags:
        yield from ("", "## Flags", "")
        yield from (f"- {escape(flag_line(flag, text))}" for flag in reading.flags)
    yield from ("", "---", "", escape(made_by(reading)))


def _source(document: Document, found: str) -> Iterator[tuple[str, str]]:
    web = address(document.url)
    known = [
        ("File", escape(document.path or "")),
        ("Address", f"<{web}>" if web else escape(document.url or "")),
        ("Publisher", escape(document.publisher or "")),
        ("Author", escape(document.author or "")),
        ("Published", escape(document.published_at or str(document.published or ""))),
        ("Language", escape(document.language or "")),
        ("Obtained", escape(_obtained(document))),
        ("On record", escape(found)),
    ]
    return ((label, value) for label, value in known if value)


def _obtained(document: Document) -> str:
    """How the text came here, so that it can be had again."""
    way = f"fetched {document.retrieved_at}" if document.retrieved_at else "read from a file" if document.path else ""
    proof = f"SHA-256 of the source {document.raw_sha256}" if document.raw_sha256 else ""
    return ", ".join(item for item in (way, proof) if item)


def _positions(reading: Reading) -> Iterator[str]:
    rows = [
        (escape(row.side), escape(row.issue or "-"), escape(", ".join(row.toward)), _inline(positions_line(row)))
        for row in stands(reading)
    ]
    if rows:
        yield from ("", "## Positions", "")
        yield from _table(("Side", "Issue", "Toward", "Position (statements)"), rows)


def _statements(group: Group, text: str) -> Iterator[str]:
    for entry in group.entries:
        known = facts(entry.statement, text, within=entry.within)
        yield from ("", _headline(entry, text), "", f"> {escape(entry.words)}")
        below = [fact for fact in known if fact.label not in _ABOVE]
        if below:
            yield ""
            yield from (f"- {escape(fact.label)}: {_inline(fact.words)}" for fact in below)


def _headline(entry: Entry, text: str) -> str:
    """`**1. opposes, refuses**; transport; toward LVA, EU; mixed, "told"`."""
    statement, verb = entry.statement, cue(entry.statement, text)
    position = position_words(statement.position)
    number = f"**{entry.number}.{' ' + position if position else ''}**"
    toward = "toward " + ", ".join(statement.counterparts) if statement.counterparts else ""
    way = statement.attribution.kind + (f', "{verb}"' if verb else "")
    about = [item for item in (", ".join(issue.id for issue in statement.issues), toward, way) if item]
    return number + ("; " if position else " ") + _inline("; ".join(about))


def _inline(words: str) -> str:
    """`words` escaped where they do not open a line."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], one_line(words))


def _due(reading: Reading) -> Iterator[str]:
    found = falls_due(reading)
    if found:
        yield from ("", "## Falls due", "")
        rows = [(row.when, _inline(row.deadline.what), *_whose(row)) for row in found]
        yield from _table(("Day", "What", "Who", "How", "Statements"), rows)


def _whose(row: Due) -> tuple[str, str, str]:
    return _inline(row.deadline.who or ""), due_note(row.deadline, who=False), ranges(row.numbers) or "in the article"


def _instruments(reading: Reading) -> Iterator[str]:
    day = reading.document.published
    named = instruments_named(reading)
    if named:
        yield from ("", "## Instruments", "")
        rows = [
            (_inline(row.name), instrument_dates(row.name, day), ranges(row.numbers) or "in the article")
            for row in named
        ]
        yield from _table(("Instrument", "Dates", "Statements"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are escaped already."""
    yield from (_row(heads), _row(["---"] * len(heads)))
    yield from (_row(cells) for cells in rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
