"""One article's record on one screen: agendas, statements under their speakers, what falls due, instruments, flags."""

from __future__ import annotations

from datetime import date

from rich.text import Text

from onrecord.cli.lines import CUT, Lines, plain
from onrecord.export.facts import condition_label, due_line, due_note, position_words, said_words
from onrecord.export.overview import (
    NamedInstrument,
    agenda_items,
    agenda_words,
    falls_due,
    flag_sentences,
    instrument_end,
    instruments_named,
    ranges,
    where,
)
from onrecord.export.view import Entry, Group, cue, groups, told
from onrecord.types import Position, Reading

_REST = 2  # how much further in the lines of a heading stand after its first
_NUMBER = 5  # columns of a statement's number
_LEFT = (27, 31)  # of its position, issues and sides, on a narrow screen and from _WIDE columns on
_WIDE = 96
_ROWS = (4, 3)  # lines of them, unless the words beside them take more
_WORDS = 140  # characters of a statement shown: two lines at 100 columns, three at 80
_STANCE = {"supports": "green", "opposes": "red"}


def brief(lines: Lines, reading: Reading) -> None:
    """Print what was found in `reading`, without its header."""
    text = reading.document.text
    for agenda in reading.agendas:
        lines.line()
        listed = f"  {agenda_words(agenda)}: {'; '.join(agenda_items(agenda, text))}"
        lines.hang("", _headed("Agenda", listed), indent=0, rest=_REST)
    for group in groups(reading):
        _group(lines, group, text)
    _due(lines, reading)
    _instruments(lines, reading)
    if reading.flags:
        lines.head("Flags")
    for sentence in flag_sentences(reading):
        lines.hang("  - ", plain(sentence, "red"), indent=4, most=3)


def _group(lines: Lines, group: Group, text: str) -> None:
    lines.line()
    scenes: dict[str, list[int]] = {}
    for entry in group.entries:
        scenes.setdefault(said_words(entry.statement), []).append(entry.number)
    shared = _shared(group)
    always = [*scenes] if len(scenes) == 1 else []
    always += ["toward " + ", ".join(shared)] if shared else []
    who, beside = plain(group.who, "bold cyan"), plain("; ".join(item for item in always if item), "dim")
    if beside and who.cell_len + beside.cell_len + 2 <= lines.width - _REST:
        who, beside = Text.assemble(who, "  ", beside), Text()
    lines.hang("", who, indent=0, rest=_REST)
    if beside:
        lines.hang("", beside, indent=2)
    for scene, numbers in scenes.items() if len(scenes) > 1 else ():
        if scene:
            lines.hang("", plain(f"{ranges(numbers)}: {scene}", "dim"), indent=2)
    for entry in group.entries:
        _entry(lines, entry, text, shared)


def _shared(group: Group) -> tuple[str, ...]:
    """The counterparts that all of three or more statements of a speaker have: shown once, above them."""
    sides = {entry.statement.counterparts for entry in group.entries}
    return sides.pop() if len(sides) == 1 and len(group.entries) >= 3 else ()


def _entry(lines: Lines, entry: Entry, text: str, shared: tuple[str, ...]) -> None:
    wide = lines.width >= _WIDE
    gap = _LEFT[wide]
    right = _said(lines, entry, text, lines.width - _NUMBER - gap)
    left = _left(lines, entry, gap - 2, max(_ROWS[wide], len(right)), shared)
    lines.columns(f"{entry.number:>3}", left, right, indent=_NUMBER, gap=gap)


def _left(lines: Lines, entry: Entry, width: int, rows: int, shared: tuple[str, ...]) -> list[Text]:
    """Position and sides on a line, then issues, as many as fit."""
    statement = entry.statement
    position = Text(position_words(statement.position), _style(statement.position))
    toward = ["to " + ", ".join(statement.counterparts)] if statement.counterparts and not shared else []
    beside = plain("".join([", " if position and toward else "", *toward]), "dim")
    if position.cell_len + beside.cell_len <= width:
        position, toward = position.append_text(beside), []
    issues = [issue.id for issue in statement.issues]
    others = [f"within {entry.within}"] if entry.within else []
    below: list[str] = []
    for kept in range(len(issues), -1, -1):
        more = [f"+{len(issues) - kept}"] if kept < len(issues) else []
        below = _packed([*toward, *issues[:kept], *more, *others], width)
        if len(below) < rows:
            break
    return [
        *([position] if position else []),
        *(part for row in below for part in lines.wrapped(plain(row, "dim"), width)),
    ]


def _packed(items: list[str], width: int) -> list[str]:
    """Items parted by commas on lines of `width`, none broken."""
    found: list[str] = []
    for number, item in enumerate(items, 1):
        item += "," if number < len(items) else ""
        if found and len(found[-1]) + 1 + len(item) <= width:
            found[-1] += f" {item}"
        else:
            found.append(item)
    return found


def _said(lines: Lines, entry: Entry, text: str, width: int) -> list[Text]:
    """The words, then what they hang on and what falls due."""
    most = max(2, round(_WORDS / width))
    found = lines.wrapped(_words(entry, text, width * most), width, most)
    shown = " ".join(line.plain for line in found)
    for row in entry.statement.conditions:
        words = plain(row.span.of(text), "magenta")
        most = 1 if words.plain in shown else 2
        found += lines.wrapped(Text(f"{condition_label(row)}: ", "magenta").append_text(words), width, most)
    for due in entry.statement.deadlines:
        found += lines.wrapped(plain(due_line(due), "yellow"), width, 2)
    return found


def _words(entry: Entry, text: str, room: int) -> Text:
    """Cue and words; from shortly before the words that show the position where these would be cut off."""
    statement, words = entry.statement, plain(told(entry.statement, text))
    position = statement.position
    shown = plain(position.evidence[0].of(text)).plain if position and position_words(position) else ""
    place = words.plain.find(shown) if shown else -1
    if place + len(shown) <= room - len(CUT):
        return words
    verb = plain(cue(statement, text))
    lead = Text.assemble(verb, " " if verb else "", (f"{CUT.strip()} ", "dim"))
    start = max(0, min(place - room // 4, len(words) + len(lead) - room * 9 // 10))  # a tenth is lost in wrapping
    return lead.append_text(words[words.plain.find(" ", start) + 1 :])


def _style(position: Position | None) -> str:
    return "bold " + _STANCE.get(position.stance, "yellow") if position else ""


def _due(lines: Lines, reading: Reading) -> None:
    found = falls_due(reading)
    if found:
        lines.head("Falls due")
    gap = max((len(row.when) for row in found), default=0) + 4
    for row in found:
        about = "; ".join(item for item in (due_note(row.deadline), where(row.numbers)) if item)
        lines.hang(f"  {row.when}", plain(f"{row.deadline.what} ({about})"), indent=gap, most=2)


def _instruments(lines: Lines, reading: Reading) -> None:
    found = instruments_named(reading)
    if found:
        lines.line()
        named = "; ".join(_instrument(row, reading.document.published) for row in found)
        lines.hang("", _headed("Instruments", f"  {named}"), indent=0, rest=_REST)


def _instrument(row: NamedInstrument, day: date | None) -> str:
    return f"{row.name} ({', '.join(item for item in (where(row.numbers), instrument_end(row.name, day)) if item)})"


def _headed(heading: str, words: str) -> Text:
    return Text.assemble((heading, "bold"), "  ", plain(words))
