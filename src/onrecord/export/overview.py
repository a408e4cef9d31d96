"""What an article holds as a whole, for people: agendas, positions by side, what falls due, instruments, its maker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.export.facts import position_words, repeats_words, when_due
from onrecord.export.view import flag_sentence
from onrecord.record.excerpt import one_line
from onrecord.types import Agenda, Deadline, Reading, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that falls due; `numbers` are the statements that say so, none where the reporter does."""

    when: str
    deadline: Deadline
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedInstrument:
    """An instrument the article names; `numbers` are the statements about it."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What a side says on an issue. `side` is a code, or a name where the speaker has none; `issue` may be empty.

    `positions` are each with its statements, in the order of the text; their words are empty where none is taken.
    """

    side: str
    issue: str
    toward: tuple[str, ...]
    positions: tuple[tuple[str, tuple[int, ...]], ...]


def agenda_words(agenda: Agenda) -> str:
    """`RUS with USA, 6 items`, and how many the text says there are where it is another number."""
    sides = " with ".join(side for side in (agenda.actor, agenda.counterpart) if side)
    count = f"{len(agenda.items)} item{'' if len(agenda.items) == 1 else 's'}"
    differs = agenda.stated_count is not None and agenda.stated_count != len(agenda.items)
    said = f" ({agenda.stated_count} stated)" if differs else ""
    return (f"{sides}, " if sides else "") + count + said


def agenda_items(agenda: Agenda, text: str) -> list[str]:
    """`COVID-19 (public-health)`; the issue is left out where it has the same name."""
    found = []
    for item in agenda.items:
        words = one_line(item.span.of(text))
        same = item.issue is None or words.casefold().replace(" ", "-") == item.issue
        found.append(words if same else f"{words} ({item.issue})")
    return found


def falls_due(reading: Reading) -> list[Due]:
    """Deadlines of the statements and of the reporter, each once, sorted by day, those without a day at the end.

    The end of an instrument that is both told and known from the register is one.
    """
    said = [(row, (n,)) for n, made in enumerate(reading.statements, 1) for row in made.deadlines]
    told: list[tuple[Deadline, tuple[int, ...]]] = [(row, ()) for row in reading.deadlines]
    known = {(row.start, row.end): row for row, _ in (*said, *told) if row.source == "register"}
    found: dict[object, tuple[Deadline, tuple[int, ...]]] = {}
    for row, numbers in (*said, *told):
        end = known.get((row.start, row.end)) if row.kind == "expires" else None
        key = (row.start, row.end, "" if end else one_line(row.what).casefold())
        kept, before = found.get(key, (row, ()))
        if end and row.source == "text":
            kept = replace(row, what=end.what)
        found[key] = (kept, tuple(sorted({*before, *numbers})))
    ordered = sorted(found.values(), key=lambda pair: pair[0].start or pair[0].end or date.max)
    return [Due(when=_when(row), deadline=row, numbers=numbers) for row, numbers in ordered]


def _when(row: Deadline) -> str:
    return when_due(row) or repeats_words(row.repeats) or "no day"


def flag_sentences(reading: Reading) -> list[str]:
    """One sentence for each flag, in the order of the text; places of damage in one where there are several."""
    text = reading.document.text
    damage = [flag for flag in reading.flags if flag.kind == "text-damage"]
    found = [flag_sentence(flag, text) for flag in reading.flags if flag.kind != "text-damage" or len(damage) == 1]
    if len(damage) > 1:
        places = "; ".join(f'"{one_line(flag.span.of(text))}"' for flag in damage)
        found.append(f"The text looks damaged in {len(damage)} places: {places}.")
    return found


def instruments_named(reading: Reading) -> list[NamedInstrument]:
    """Every instrument that the article names, in the order of the text, with the statements about it."""
    first: dict[str, int] = {}
    numbers: dict[str, list[int]] = {}
    for mention in reading.instruments:
        first[mention.name] = min(mention.span.start, first.get(mention.name, mention.span.start))
    for number, statement in enumerate(reading.statements, 1):
        for mention in statement.instruments:
            first[mention.name] = min(mention.span.start, first.get(mention.name, mention.span.start))
            numbers.setdefault(mention.name, []).append(number)
    ordered = sorted(first, key=lambda name: first[name])
    return [NamedInstrument(name=name, numbers=tuple(dict.fromkeys(numbers.get(name, ())))) for name in ordered]


def instrument_dates(name: str, day: date | None) -> str:
    """Signature, entry into force and end as far as known on `day`, from the register; empty where it has none."""
    from onrecord.meaning.registers.instruments import instrument

    entry = instrument(name)
    if entry is None:
        return ""
    begun = [("signed", entry.signed), ("in force", entry.in_force)]
    known = [f"{word} {when}" for word, when in begun if when and (day is None or when <= day)]
    known += [end] if (end := instrument_end(name, day)) else []
    return ", ".join(known) + (" (unverified)" if known and not entry.verified else "")


def instrument_end(name: str, day: date | None) -> str:
    """`expires 2021-02-05` or `ended 2019-08-02`, as known on `day`; empty where no end was in sight."""
    from onrecord.meaning.registers.instruments import instrument, known_expiry

    entry = instrument(name)
    end = entry and (known_expiry(entry, day) if day else entry.ended or entry.expires)
    if not entry or not end:
        return ""
    over = entry.ended == end and (day is None or end <= day)
    return f"{'ended' if over else 'expires'} {end}"


def stands(reading: Reading) -> list[Stand]:
    """Who takes which position on what: one row for each side and issue, sides as they first speak."""
    text = reading.document.text
    found: dict[str, dict[str, list[tuple[int, Statement]]]] = {}
    for number, statement in enumerate(reading.statements, 1):
        issues = [issue.id for issue in statement.issues] or ([""] if position_words(statement.position) else [])
        for issue in issues:
            found.setdefault(side_of(statement, text), {}).setdefault(issue, []).append((number, statement))
    return [_stand(side, issue, said) for side, issues in found.items() for issue, said in issues.items()]


def _stand(side: str, issue: str, said: Sequence[tuple[int, Statement]]) -> Stand:
    positions: dict[str, list[int]] = {}
    for number, statement in said:
        positions.setdefault(position_words(statement.position), []).append(number)
    return Stand(
        side=side,
        issue=issue,
        toward=tuple(dict.fromkeys(code for _, statement in said for code in statement.counterparts)),
        positions=tuple((words, tuple(numbers)) for words, numbers in positions.items()),
    )


def positions_line(row: Stand) -> str:
    """`supports, ready (2, 4); no position (5)`."""
    return "; ".join(f"{words or 'no position'} ({ranges(numbers)})" for words, numbers in row.positions)


def side_of(statement: Statement, text: str) -> str:
    """The code a speaker speaks for, else the name, else the description."""
    speaker, source = statement.speaker, statement.attribution.source
    described = speaker.role or (source.of(text) if source else None)
    return speaker.country or speaker.name or (one_line(described) if described else "no speaker given")


def ranges(numbers: Sequence[int]) -> str:
    """`1-3, 5` for 1, 2, 3, 5."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def where(numbers: Sequence[int]) -> str:
    """`in 1-3, 5`, the statements that something stands in; `in the article` where it is the reporter's."""
    return f"in {ranges(numbers)}" if numbers else "in the article"


def counts(reading: Reading) -> str:
    """`5 statements by 3 speakers, 1 agenda, 2 deadlines`; what there is none of is left out."""
    speakers = len({statement.speaker.id for statement in reading.statements})
    said = _count(len(reading.statements), "statement")
    if speakers:
        said += f" by {_count(speakers, 'speaker')}"
    others = [
        (len(reading.agendas), "agenda"),
        (len(falls_due(reading)), "deadline"),
        (len(instruments_named(reading)), "instrument"),
        (len(reading.flags), "flag"),
    ]
    return ", ".join([said, *(_count(number, noun) for number, noun in others if number)])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def made_by(reading: Reading) -> str:
    """The software, network, settings and moment that made a reading, and the document's id."""
    run = reading.run
    made = f"onrecord {run.version}, model {run.model}, settings {run.settings}, {run.ended}"
    return f"Made by {made}; document {reading.document.id}"
