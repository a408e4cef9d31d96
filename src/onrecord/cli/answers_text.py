"""Answers of a record for a person at a terminal: wrapped, aligned, with what was searched for marked in colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from itertools import groupby
from typing import Any, TextIO

from rich.text import Text

from onrecord.cli.answers import Answer, cell
from onrecord.cli.console import clean
from onrecord.cli.render import colored, console
from onrecord.record.rows import (
    AgendaRow,
    AppearanceRow,
    ContradictionRow,
    DeadlineRow,
    IdentityRow,
    SpeakerRow,
    StatementRow,
    StatsRow,
    VariantRow,
)

_DAY = 12
_INDENT = 4
# A turn of a transcript runs over pages: a list shows so many characters of it, those around what was searched for.
_SHOWN = 400


class Sheet:
    """Prints answers to `stream`; `color` is auto, always or never."""

    def __init__(self, stream: TextIO, *, color: str = "auto") -> None:
        self.colored = colored(stream, color)
        self._console = console(stream, colored=self.colored)

    def answer(self, answer: Answer, reason: str) -> None:
        """Print rows, then how to go on; where there are none, why."""
        if not answer.rows:
            self._hang("", Text(clean(f"Nothing found: {reason}.")), indent=0)
            self._footer(answer)
            return
        if answer.kind is AgendaRow:
            self._agenda(answer.rows)
        elif answer.by_day:
            self._days(answer.rows)
        else:
            for row in answer.rows:
                self._row(row)
        self._footer(answer)

    def statement(
        self, row: StatementRow, variants: Sequence[VariantRow], earlier: ContradictionRow | None = None
    ) -> None:
        """Print all that is known of a statement, the earlier one it denies, then its variants with what differs."""
        self._hang("", self._words(row), indent=0)
        self._line()
        shown = [field.name for field in fields(row) if field.name not in ("words", "highlights", "variants")]
        known = [(name, cell(getattr(row, name))) for name in shown]
        self._pairs([(name, value) for name, value in known if value])
        if earlier:
            self._line()
            self._hang("", _text(f"Against earlier words: {earlier.sentence}", "bold"), indent=0)
            self._hang("", _text(earlier.earlier_id, "dim"), indent=_INDENT)
        for variant in variants:
            self._line()
            other = variant.statement
            about = [other.publisher or "", cell(other.day), other.title or ""]
            self._hang("", _text(", ".join(item for item in about if item), "bold"), indent=0)
            self._hang("", self._changes(variant), indent=_INDENT)
            self._hang("", _text(other.id, "dim"), indent=_INDENT)

    def story(self, document_id: str, rows: Sequence[AppearanceRow]) -> None:
        """Print the id of a document, every place where its text was found, and its copies."""
        self._line()
        for row in rows if len(rows) > 1 else ():
            about = [row.publisher, cell(row.published), row.title, row.url or row.path]
            copy = row.document_id != document_id
            about += [row.document_id] if copy else []
            self._hang("copy   " if copy else "found  ", _text(", ".join(item for item in about if item)), indent=7)
        self._hang("id     ", _text(document_id, "dim"), indent=7)

    def _row(self, row: object) -> None:
        match row:
            case StatementRow():
                self._statement(row)
            case SpeakerRow():
                self._speaker(row)
            case DeadlineRow():
                self._deadline(row)
            case ContradictionRow():
                self._contradiction(row)
            case StatsRow():
                self._stats(row)
            case IdentityRow():
                self._identity(row)

    def _statement(self, row: StatementRow) -> None:
        self._hang(_day(row.day), _text(_who(row), "bold cyan"), indent=_DAY)
        self._hang("", _shortened(self._words(row), row), indent=_DAY)
        self._hang("", _text(_about(row), "yellow"), indent=_DAY)
        self._hang("", _text(row.id, "dim"), indent=_DAY)
        self._line()

    def _days(self, rows: Sequence[StatementRow]) -> None:
        for day, said in groupby(rows, key=lambda row: row.day):
            self._line(_text(_day(day), "bold"))
            for row in said:
                position = _position(row)
                self._hang("", _text(f"{_who(row)}: {position}" if position else _who(row), "bold cyan"))
                self._hang("", _shortened(self._words(row), row))
                self._hang("", _text(f"{row.id}  {row.publisher or ''}", "dim"))
            self._line()

    def _agenda(self, rows: Sequence[AgendaRow]) -> None:
        width = max(len(row.issue) for row in rows) + 2
        for (one, other), issues in groupby(rows, key=lambda row: (row.country, row.counterpart)):
            self._line(_text(f"{one} about {other}", "bold"))
            for row in issues:
                said = (
                    f"{row.statements:>6,}  {_period(row.first_day, row.last_day)}  {_position(row) or 'no position'}"
                )
                self._line(Text(f"  {clean(row.issue).ljust(width)}{said}", "cyan"))
                self._hang("", _shortened(_text(f"{row.speaker or 'unnamed'}: {row.words}")), indent=6)
                self._hang("", _text(" ".join(row.evidence), "dim"), indent=6)
            self._line()

    def _deadline(self, row: DeadlineRow) -> None:
        last = row.due_to - timedelta(days=1) if row.due_to else None
        who = ", ".join(item for item in (row.speaker, row.country) if item)
        self._hang(_day(last or row.next), _text(f"{row.state}: {row.what}", "bold"), indent=_DAY)
        self._hang("", _text(_duty(row, last), "yellow"), indent=_DAY)
        about = [f'"{row.words}"', who, row.publisher or "", f"published {row.published}" if row.published else ""]
        self._hang("", _text(", ".join(item for item in about if item)), indent=_DAY)
        self._hang("", _text(row.statement_id or row.document_id, "dim"), indent=_DAY)
        self._line()

    def _contradiction(self, row: ContradictionRow) -> None:
        self._hang("", _text(row.sentence, "bold"), indent=0)
        for day, words, position, id_ in (
            (row.earlier_day, row.earlier_words, row.earlier_position, row.earlier_id),
            (row.later_day, row.later_words, row.later_position, row.later_id),
        ):
            self._hang(_day(day), _shortened(_text(words)), indent=_DAY)
            self._hang("", Text.assemble(_text(position, "yellow"), "  ", _text(id_, "dim")), indent=_DAY)
        self._line()

    def _speaker(self, row: SpeakerRow) -> None:
        kind = row.country or row.type
        count = f"{row.statements:>7,}"
        self._hang(f"{count}  ", Text.assemble(_text(row.name, "bold cyan"), f" ({clean(kind)})"), indent=9)
        others = [name for name in row.names if name != row.name]
        about = ["; ".join(row.roles[:3]), f"in {_articles(row.documents)}, {_period(row.first_day, row.last_day)}"]
        about += [f"also {', '.join(others[:5])}"] if others else []
        self._hang("", _text("; ".join(item for item in about if item)), indent=9)
        self._hang("", _text(row.entity, "dim"), indent=9)

    def _stats(self, row: StatsRow) -> None:
        values = [(field.name, getattr(row, field.name)) for field in fields(row)]
        self._pairs([(name, f"{value:,}" if isinstance(value, int) else cell(value)) for name, value in values])

    def _identity(self, row: IdentityRow) -> None:
        self._hang(row.document_id, _text(row.name or "", "bold cyan"), indent=27)
        self._hang("", _text(f"{row.rule}: {row.reason}"), indent=_INDENT)

    def _footer(self, answer: Answer) -> None:
        if answer.then is None:
            return
        of = "so far" if answer.kind is ContradictionRow else f"of {answer.total:,}" if answer.total else "of many"
        self._line(_text(f"{len(answer.rows)} {of}; more:"))
        # On one line, however long, so that it can be copied.
        self._console.print(Text(clean(answer.then), "dim"), soft_wrap=True)

    def _words(self, row: StatementRow) -> Text:
        text = Text(clean(row.words))
        if len(text) == len(row.words):
            for span in row.highlights:
                text.stylize("bold yellow", span.start, span.end)
        return text

    def _changes(self, variant: VariantRow) -> Text:
        """What was left out struck through and what was added underlined; without colour in [-...-] and {+...+}."""
        found = Text()
        for difference in variant.differences:
            words = clean(difference.text)
            if difference.change == "same":
                found.append(words)
            elif difference.change == "added":
                found.append(words if self.colored else f"{{+{words}+}}", "green underline")
            else:
                found.append(words if self.colored else f"[-{words}-]", "red strike")
        return found

    def _pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        width = max(len(name) for name, _ in pairs) + 2
        for name, value in pairs:
            self._hang(name.replace("_", " "), _text(value), indent=width)

    def _hang(self, first: str, text: Text, *, indent: int = _INDENT) -> None:
        """Print `text` wrapped in a column `indent` from the left, with `first` in the margin of its first line."""
        for line in text.wrap(self._console, self._console.width - indent) or [Text()]:
            line.rstrip()
            self._line(Text(first.ljust(indent)).append_text(line))
            first = ""

    def _line(self, text: Text | None = None) -> None:
        self._console.print(text if text is not None else "", soft_wrap=True)


# How something came to be due, and how the line goes on with who must act.
_DUTIES = {
    "promised": ("promised", "by"),
    "ordered": ("ordered", "to be done by"),
    "demanded": ("demanded", "of"),
    "expires": ("runs out", "for"),
    "scheduled": ("scheduled", "for"),
}


def _duty(row: DeadlineRow, last: date | None) -> str:
    """`promised by Finland, every 2 years, next on 2027-01-01`."""
    from onrecord.export.facts import repeats_words
    from onrecord.record.vocabulary import called

    kind, link = _DUTIES.get(row.kind, (row.kind, "by"))
    items = [f"{kind} {link} {called(row.who)}" if row.who else kind]
    items.append(f"from {row.due_from}" if row.due_from and last and row.due_from < last else "")
    items.append(repeats_words(row.repeats))
    items.append(f"next on {row.next}" if row.repeats and row.next else "")
    items.append("the day is the register's" if row.source == "register" else "")
    return ", ".join(item for item in items if item)


def _who(row: StatementRow) -> str:
    described = row.role or row.source
    if row.speaker is None:
        who = f"{described} [not named]" if described else "[no speaker given]"
    else:
        who = f"{row.speaker}, {row.role}" if row.role and row.role != row.speaker else row.speaker
    return f"{who} ({row.country})" if row.country and row.country != row.speaker else who


def _position(row: StatementRow | AgendaRow) -> str:
    return ", ".join(item for item in (row.stance, row.commitment) if item and item != "none")


def _about(row: StatementRow) -> str:
    """Kind, cue, position, subject and outlet on one line."""
    items: list[Any] = [row.kind, f'"{row.cue}"' if any(c.isalnum() for c in row.cue) else ""]
    items += [_position(row), *row.issues, *row.instruments]
    items.append("about " + ", ".join(row.counterparts) if row.counterparts else "")
    items.append("via " + ", ".join(row.via) if row.via else "")
    items.append(f"in {row.publisher or row.path or row.url}")
    items.append(_articles(row.variants) if row.variants > 1 else "")
    return ", ".join(item for item in items if item)


def _shortened(text: Text, row: StatementRow | None = None) -> Text:
    """`text` cut at words to `_SHOWN` characters, the first highlight of `row` among them; `[...]` for what is cut."""
    if len(text) <= _SHOWN * 5 // 4:
        return text
    first = row.highlights[0] if row and row.highlights else None
    start = max(0, first.start - _SHOWN // 3) if first and first.end > _SHOWN * 2 // 3 else 0
    end = min(len(text), start + _SHOWN)
    start = text.plain.rfind(" ", 0, start) + 1 if start else 0
    end = max(text.plain.rfind(" ", start, end), start + 1) if end < len(text) else end
    before, after = "[...] " if start else "", " [...]" if end < len(text) else ""
    return Text.assemble((before, "dim"), text[start:end], (after, "dim"))


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "no day"


def _period(first: date | None, last: date | None) -> str:
    if first is None or last is None or first == last:
        return _day(first or last)
    return f"{first} to {last}"


def _text(words: str, style: str = "") -> Text:
    return Text(" ".join(clean(words).split()), style)
