"""Questions from the command line: ask the record, write the answer, say how it goes on or why there is none."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.cli import answers
from onrecord.cli.answers import Answer
from onrecord.cli.console import report
from onrecord.cli.output import opened
from onrecord.record.questions_filters import Filters
from onrecord.record.record import Record
from onrecord.record.rows import (
    AgendaRow,
    ContradictionRow,
    DeadlineRow,
    IdentityRow,
    Page,
    SpeakerRow,
    StatementRow,
    StatsRow,
)
from onrecord.types import Reading

Fields = Mapping[str, Sequence[str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the flags ask for besides the question. `database` None is the default record."""

    database: str | None = None
    format: str = "text"
    color: str = "auto"
    limit: int = 20
    after: str | None = None


def search(job: Job, words: Sequence[str], fields: Fields, since: str | None, until: str | None) -> int:
    """Statements, the newest first."""
    return _statements(job, "search", words, fields, since, until)


def timeline(job: Job, words: Sequence[str], fields: Fields, since: str | None, until: str | None) -> int:
    """Statements by day, the oldest first."""
    return _statements(job, "timeline", words, fields, since, until)


def _statements(
    job: Job, command: str, words: Sequence[str], fields: Fields, since: str | None, until: str | None
) -> int:
    filters = Filters.of(words=" ".join(words), since=since, until=until, **fields)
    with Record(job.database) as record:
        page = record.find(filters, limit=job.limit, after=job.after, oldest=command == "timeline")
        again = _again(command, job, words, {**fields, "since": since, "until": until})
        _write(job, _answer(page, StatementRow, again, by_day=command == "timeline"), lambda: record.why_empty(filters))
    return 0


def speakers(job: Job, name: Sequence[str], country: Sequence[str] | None) -> int:
    """Who is on record."""
    words = " ".join(name)
    with Record(job.database) as record:
        page = record.speakers(words, country=country, limit=job.limit, after=job.after)
        again = _again("speakers", job, name, {"country": country})
        named = f"nobody called {words!r}" if words else "nobody"
        _write(job, _answer(page, SpeakerRow, again), lambda: f"{named} is on record" + (" there" if country else ""))
    return 0


def explain(job: Job, entity: str) -> int:
    """Why speakers were taken for an entity."""
    with Record(job.database) as record:
        rows = record.explain(entity)
        _write(job, Answer(kind=IdentityRow, rows=rows, total=len(rows)), lambda: f"{entity} speaks nowhere any more")
    return 0


def agenda(job: Job, country: str, counterpart: str) -> int:
    """Issues of two sides."""
    with Record(job.database) as record:
        rows = record.agenda(country, counterpart)
        _write(job, Answer(kind=AgendaRow, rows=rows, total=len(rows)), record.why_no_agenda)
    return 0


def deadlines(job: Job, since: str | None, until: str | None, on: str | None) -> int:
    """What falls due."""
    with Record(job.database) as record:
        page = record.deadlines(since, until, on=on, limit=job.limit, after=job.after)
        again = _again("deadlines", job, (), {"since": since, "until": until, "on": on})
        _write(job, _answer(page, DeadlineRow, again), lambda: record.why_no_deadlines(since or on))
    return 0


def contradictions(job: Job, words: Sequence[str], fields: Fields, since: str | None, until: str | None) -> int:
    """Who spoke against his own earlier words."""
    filters = Filters.of(words=" ".join(words), since=since, until=until, **fields)
    with Record(job.database) as record:
        page = record.find_contradictions(filters, limit=job.limit, after=job.after)
        again = _again("contradictions", job, words, {**fields, "since": since, "until": until})
        _write(job, _answer(page, ContradictionRow, again), lambda: record.why_no_contradictions(filters))
    return 0


def stats(job: Job) -> int:
    """What is in the record."""
    with Record(job.database) as record:
        _write(job, Answer(kind=StatsRow, rows=(record.stats(),), total=1), lambda: "")
    return 0


def show(job: Job, id: str) -> int:
    """A document or a statement."""
    with Record(job.database) as record:
        found = record.show(id)
        with opened(None, machine=job.format != "text") as stream:
            if isinstance(found, Reading):
                answers.document(found, record.story(found.document.id), stream, job.format, color=job.color)
            else:
                earlier = record.contradiction(found.id)
                answers.statement(found, record.variants(found.id), earlier, stream, job.format, color=job.color)
    return 0


def _answer(page: Page[Any], kind: type[Any], again: Callable[[str], str], *, by_day: bool = False) -> Answer:
    then = again(page.next) if page.next else None
    return Answer(kind=kind, rows=page.rows, total=page.total, next=page.next, then=then, by_day=by_day)


def _write(job: Job, answer: Answer, why: Callable[[], str]) -> None:
    """The answer to standard output; for programs, what else is to be said to standard error."""
    reason = "" if answer.rows else why()
    with opened(None, machine=job.format != "text") as stream:
        answers.write(answer, stream, job.format, color=job.color, reason=reason)
    if job.format != "text":
        if reason:
            report(reason)
        if answer.then:
            report(f"more: {answer.then}")


def _again(command: str, job: Job, words: Sequence[str], options: Mapping[str, Any]) -> Callable[[str], str]:
    """Builds the command that continues this one from a cursor."""
    given = [("db", job.database), *options.items(), ("limit", job.limit), ("format", job.format)]
    tokens = ["onrecord", command]
    for name, values in given:
        if values is None or (name, values) == ("format", "text"):
            continue
        for value in [values] if isinstance(values, str | int) else values:
            tokens += [f"--{name}", str(value)]

    def build(cursor: str) -> str:
        dashes = ["--"] if any(word.startswith("-") for word in words) else []
        return shlex.join([*tokens, "--after", cursor, *dashes, *words])

    return build
