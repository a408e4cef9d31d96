"""Everything that was found in an article, with the words that show it and the scores."""

from __future__ import annotations

from onrecord.cli.lines import Lines, plain
from onrecord.export.facts import due_note, facts
from onrecord.export.overview import (
    Due,
    NamedInstrument,
    agenda_items,
    agenda_words,
    falls_due,
    instrument_dates,
    instruments_named,
    made_by,
    where,
)
from onrecord.export.view import Group, date_note, flag_line, groups, period
from onrecord.types import DateExpression, Reading

_INDENT = 5
_LABEL = 13


def details(lines: Lines, reading: Reading) -> None:
    """Print what was found in `reading`, without its header."""
    text = reading.document.text
    for agenda in reading.agendas:
        lines.head("Agenda", agenda_words(agenda))
        for item in agenda_items(agenda, text):
            lines.hang("  - ", plain(item), indent=4)
    for group in groups(reading):
        _group(lines, group, text)
    _article(lines, reading, text)


def _group(lines: Lines, group: Group, text: str) -> None:
    lines.line()
    lines.hang("", plain(group.who, "bold cyan"), indent=0)
    speaker = group.speaker
    mention = f'"{speaker.mention.of(text)}"' if speaker.mention else ""
    found = ", ".join(item for item in (speaker.type, f"found by {speaker.how}", mention, speaker.id) if item)
    lines.hang("", plain(found, "dim"), indent=2)
    for entry in group.entries:
        lines.line()
        lines.hang(f"{entry.number:>3}", plain(entry.words), indent=_INDENT)
        for fact in facts(entry.statement, text, evidence=True, within=entry.within):
            label = f"{'':{_INDENT}}{fact.label}"
            lines.hang(label, plain(fact.words, "yellow"), indent=_INDENT + _LABEL)


def _article(lines: Lines, reading: Reading, text: str) -> None:
    _table(lines, "Falls due", [_due_row(row, text) for row in falls_due(reading)])
    _table(lines, "Instruments", [_instrument_row(row, reading) for row in instruments_named(reading)])
    _table(lines, "Dates", list(dict.fromkeys(_date_row(expression, text) for expression in reading.dates)))
    if reading.flags:
        lines.head("Flags")
    for flag in reading.flags:
        lines.hang("", plain(flag_line(flag, text), "red"), indent=2)
    lines.line()
    lines.hang("", plain(made_by(reading), "dim"), indent=0)


def _table(lines: Lines, heading: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        lines.head(heading)
    gap = max((plain(first).cell_len for first, _ in rows), default=0) + 4
    for first, words in rows:
        lines.hang(f"  {plain(first).plain}", plain(words or "-"), indent=gap)


def _due_row(row: Due, text: str) -> tuple[str, str]:
    about = [due_note(row.deadline), f'"{row.deadline.span.of(text)}"', where(row.numbers)]
    return row.when, f"{row.deadline.what} ({', '.join(item for item in about if item)})"


def _instrument_row(row: NamedInstrument, reading: Reading) -> tuple[str, str]:
    about = [where(row.numbers), instrument_dates(row.name, reading.document.published)]
    return row.name, ", ".join(item for item in about if item)


def _date_row(expression: DateExpression, text: str) -> tuple[str, str]:
    note = date_note(expression)
    return period(expression), f'"{expression.span.of(text)}"' + (f", {note}" if note else "")
