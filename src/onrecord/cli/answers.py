"""Answers of a record, written: as text for people, and as JSON, JSON Lines, CSV and Markdown for everything else.

What a format needs is imported when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, TextIO

from onrecord.record.rows import AppearanceRow, ContradictionRow, StatementRow, VariantRow
from onrecord.types import Reading, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows of one kind. `next` is the cursor behind them, `then` the command that goes on from there."""

    kind: type[Any]
    rows: Sequence[Any]
    total: int | None
    next: str | None = None
    then: str | None = None
    by_day: bool = False


# What a table for people shows of each row; the other formats have all fields.
_SHOWN = {
    "StatementRow": ("day", "speaker", "country", "words", "stance", "commitment", "publisher", "id"),
    "SpeakerRow": ("name", "country", "roles", "statements", "documents", "first_day", "last_day", "entity"),
    "AgendaRow": (
        *("country", "counterpart", "issue", "statements", "first_day", "last_day"),
        *("stance", "commitment", "speaker", "words", "evidence"),
    ),
    "DeadlineRow": (
        *("due_from", "due_to", "state", "what", "kind", "who", "repeats", "next"),
        *("words", "speaker", "country", "publisher", "statement_id"),
    ),
    "ContradictionRow": (
        *("speaker", "country", "about", "how", "earlier_day", "earlier_words", "later_day", "later_words"),
        *("earlier_id", "later_id"),
    ),
}


def write(answer: Answer, stream: TextIO, format: str, *, color: str, reason: str) -> None:
    """Write an answer; `reason` says why it has no rows."""
    if format == "text":
        from onrecord.cli.answers_text import Sheet

        Sheet(stream, color=color).answer(answer, reason)
    elif format == "json":
        found = {"rows": [plain(row) for row in answer.rows], "next": answer.next, "total": answer.total}
        stream.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    elif format == "jsonl":
        stream.writelines(_line(plain(row)) for row in answer.rows)
    elif format == "csv":
        from onrecord.export.flat import csv_rows

        csv_rows(answer.rows, stream, answer.kind)
    else:
        stream.writelines(line + "\n" for line in _table(answer.kind, answer.rows))


def document(reading: Reading, story: Sequence[AppearanceRow], stream: TextIO, format: str, *, color: str) -> None:
    """Write a document with its statements; as text also where else it was found."""
    if format != "text":
        from onrecord.export import write

        write([reading], stream, format)
        return
    from onrecord.cli.answers_text import Sheet
    from onrecord.cli.render import Screen

    Screen(stream, color=color, show="both").reading(reading)
    Sheet(stream, color=color).story(reading.document.id, story)


def statement(
    row: StatementRow,
    variants: Sequence[VariantRow],
    earlier: ContradictionRow | None,
    stream: TextIO,
    format: str,
    *,
    color: str,
) -> None:
    """Write a statement with all that is known of it, how other articles have it, and the earlier one it denies."""
    if format == "text":
        from onrecord.cli.answers_text import Sheet

        Sheet(stream, color=color).statement(row, variants, earlier)
    elif format in ("json", "jsonl"):
        found = {
            "statement": plain(row),
            "variants": [plain(variant) for variant in variants],
            "contradicts": plain(earlier),
        }
        stream.write(_line(found) if format == "jsonl" else json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    elif format == "csv":
        from onrecord.export.flat import csv_rows

        csv_rows([row, *(variant.statement for variant in variants)], stream, StatementRow)
    else:
        stream.writelines(line + "\n" for line in _fields(row, variants, earlier))


def plain(value: Any) -> Any:
    """A row as values that JSON has: days ISO 8601, spans as [start, end]."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def _line(value: Any) -> str:
    from onrecord.export.writers import one_physical_line

    return one_physical_line(json.dumps(value, ensure_ascii=False)) + "\n"


def cell(value: Any) -> str:
    """A value on one line for people."""
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _table(kind: type[Any], rows: Sequence[Any]) -> Iterator[str]:
    from onrecord.export.markdown import escape

    names = _SHOWN.get(kind.__name__) or tuple(field.name for field in fields(kind))
    yield f"| {' | '.join(names)} |"
    yield f"|{' --- |' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(escape(cell(getattr(row, name))) for name in names)} |"


def _fields(row: StatementRow, variants: Sequence[VariantRow], earlier: ContradictionRow | None) -> Iterator[str]:
    from onrecord.export.markdown import escape

    yield f"# {escape(row.id)}"
    yield from ("", f"> {escape(row.words)}", "")
    for field in fields(row):
        value = cell(getattr(row, field.name)) if field.name not in ("words", "highlights") else ""
        if value:
            yield f"- {field.name}: {escape(value)}"
    if earlier:
        yield from ("", f"Against earlier words: {escape(earlier.sentence)} ({escape(earlier.earlier_id)})")
    for variant in variants:
        other = variant.statement
        yield from ("", f"## {escape(cell(other.publisher or other.document_id))}, {escape(other.id)}", "")
        yield "> " + " ".join(_marked(change.change, escape(change.text)) for change in variant.differences)


def _marked(change: str, text: str) -> str:
    return {"added": f"**{text}**", "left out": f"~~{text}~~"}.get(change, text) if text else ""
