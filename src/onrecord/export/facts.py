"""What statements mean, in plain words for people: the same for the terminal, Markdown and notebooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.export.view import cue, span_of_days
from onrecord.record.excerpt import one_line
from onrecord.types import (
    Condition,
    ConditionKind,
    Deadline,
    Event,
    InstrumentMention,
    Position,
    Spans,
    Statement,
)

_CONDITIONS: dict[ConditionKind, str] = {
    "condition": "condition",
    "temporal": "when",
    "exchange": "in return",
    "exception": "exception",
}
_MARKS = frozenset("\"'“”‘’«»„")
_DAY_LONG = len("2021-02-05")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known of a statement: `label` says what, `words` holds it."""

    label: str
    words: str


def position_words(position: Position | None) -> str:
    """`supports, ready`; empty where nothing is taken or bound."""
    if position is None:
        return ""
    return ", ".join(word for word in (position.stance, position.commitment) if word not in ("neutral", "none"))


def condition_label(condition: Condition) -> str:
    """What to call a condition: `condition`, `when`, `in return`, `exception`."""
    return _CONDITIONS[condition.kind]


def event_words(event: Event) -> str:
    """`REJECT, EST toward LVA`."""
    actor = event.actor or ("?" if event.recipient else "")
    sides = " toward ".join(side for side in (actor, event.recipient) if side)
    return f"{event.category}, {sides}" if sides else event.category


def when_due(deadline: Deadline) -> str:
    """`2021-02-05`, `2050`, `2023-02`, `2020-12-07 to 2020-12-13`; empty where no day is known."""
    start, end = deadline.start, deadline.end
    if start is None and end is None:
        return ""
    if start is None:
        return f"until {_before(end)}"
    return span_of_days(start, end)


def due_line(deadline: Deadline) -> str:
    """`2021-02-05: New START expires`, `by 2026: no toll`, for one line under a statement."""
    when, what = when_due(deadline), one_line(deadline.what)
    if not when:
        return f"{repeats_words(deadline.repeats) or 'due'}: {what}"
    word = {"expires": "expires", "scheduled": "on" if len(when) == _DAY_LONG else "in"}.get(deadline.kind, "by")
    bare = " " in when or (deadline.kind == "expires" and "expir" in what)
    return f"{when}: {what}" if bare else f"{word} {when}: {what}"


def due_note(deadline: Deadline, *, who: bool = True) -> str:
    """How it came to be due, who must act, whether it comes again, whose date it is: `promised, EST`."""
    kind = "" if deadline.kind == "expires" and "expir" in deadline.what else deadline.kind
    again = repeats_words(deadline.repeats) if when_due(deadline) else ""
    basis = "date from the register" if deadline.source == "register" else ""
    return ", ".join(item for item in (kind, (deadline.who or "") if who else "", again, basis) if item)


def repeats_words(repeats: str | None) -> str:
    """`every 2 years` for `P2Y`; the duration itself where it is of another form."""
    if not repeats:
        return ""
    count, unit = repeats[1:-1], _UNITS.get(repeats[-1:])
    if not (repeats.startswith("P") and count.isdecimal() and unit):
        return f"every {repeats}"
    return f"every {unit}" if int(count) == 1 else f"every {count} {unit}s"


def said_words(statement: Statement) -> str:
    """Day, occasion, place and way of a statement: `2026-03-02, interview, Tartu, via Radio Nord`."""
    said, occasion = statement.said_on, statement.occasion
    items = [span_of_days(said.start, said.end) if said and said.start else ""]
    items.append(occasion.text if occasion else "")
    if occasion and occasion.place and occasion.place not in occasion.text:
        items.append(occasion.place)
    items.append("via " + ", ".join(via.name for via in statement.via) if statement.via else "")
    return ", ".join(one_line(item) for item in items if item)


def facts(statement: Statement, text: str, *, evidence: bool = False, within: int | None = None) -> list[Fact]:
    """All that is known of a statement besides speaker and words, in the order in which people want it.

    With `evidence` the words that show it stand behind each, and the scores.
    """
    found: list[tuple[str, str]] = []
    position, event = statement.position, statement.event
    verb = cue(statement, text)
    if evidence:
        source = statement.attribution.source
        found.append(("kind", statement.attribution.kind + (f", {_quote(verb)}" if verb else "")))
        found.append(("source", _quote(one_line(source.of(text))) if source else ""))
        if position:
            shown = f"{position.stance}, {position.commitment}{_quoted(position.evidence, text)}, {position.score:.2f}"
            found.append(("position", shown))
    elif position_words(position):
        found.append(("position", position_words(position)))
    found.append(("issues", ", ".join(_issues(statement, text, evidence))))
    found.append(("toward", ", ".join(statement.counterparts)))
    found.append(("instruments", ", ".join(_instruments(statement.instruments, text, evidence))))
    found += [(condition_label(row), one_line(row.span.of(text))) for row in statement.conditions]
    found += [("due", _due(row, text, evidence)) for row in statement.deadlines]
    if event:
        found.append(("event", event_words(event) + (_quoted(event.evidence, text) if evidence else "")))
    found.append(("said", said_words(statement) + (_quoted(_scene(statement), text) if evidence else "")))
    found.append(("within", f"statement {within}" if within else ""))
    if evidence:
        found.append(("score", f"{statement.attribution.score:.2f}, speaker {statement.speaker.score:.2f}"))
        found.append(("id", statement.id))
    return [Fact(label=label, words=words) for label, words in found if words]


def _due(deadline: Deadline, text: str, evidence: bool) -> str:
    when = when_due(deadline) or repeats_words(deadline.repeats)
    quoted = _quote(one_line(deadline.span.of(text))) if evidence or not when else ""
    note = ", ".join(item for item in (due_note(deadline), quoted) if item)
    return (f"{when}, " if when else "") + one_line(deadline.what) + (f" ({note})" if note else "")


def _issues(statement: Statement, text: str, evidence: bool) -> list[str]:
    if not evidence:
        return [issue.id for issue in statement.issues]
    return [f"{issue.id}{_quoted(issue.evidence, text)} {issue.score:.2f}" for issue in statement.issues]


def _instruments(mentions: Iterable[InstrumentMention], text: str, evidence: bool) -> list[str]:
    found: dict[str, list[str]] = {}
    for mention in mentions:
        found.setdefault(mention.name, []).append(one_line(mention.span.of(text)))
    if not evidence:
        return list(found)
    return [f"{name} ({', '.join(dict.fromkeys(map(_quote, words)))})" for name, words in found.items()]


def _scene(statement: Statement) -> Spans:
    said, occasion = statement.said_on, statement.occasion
    spans = ([said.span] if said and said.start else []) + ([occasion.span] if occasion else [])
    return tuple(dict.fromkeys((*spans, *(via.span for via in statement.via))))


def _quoted(spans: Spans, text: str) -> str:
    words = list(dict.fromkeys(_quote(one_line(span.of(text))) for span in spans))
    return f" ({', '.join(words)})" if words else ""


def _quote(words: str) -> str:
    """`words` in quotation marks, unless they have some of their own."""
    return words if words[:1] in _MARKS or words[-1:] in _MARKS else f'"{words}"'


def _before(day: date | None) -> date:
    return (day or date.max) - timedelta(days=1)
