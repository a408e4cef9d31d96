"""What the record answers with: flat rows, the same for Python, the command line and the web."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from onrecord.types import Spans

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """Some rows of an answer. `next` continues it (None at its end); `total` is how many rows there are in all.

    `total` is None where counting them would take longer than finding the page.
    """

    rows: tuple[Row, ...]
    next: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A statement with what an answer shows of it. `words` is its content, pieces joined by ` ... `.

    `id` and `document_id` are evidence: `Record.show` takes either. `day` is when it was said, or else when it was
    published. `highlights` are spans of `words` that match a search. `variants` counts the articles that carry the
    same utterance, this one included. `entity` is the speaker's id across articles. `actor` and `recipient` are the
    codes of who acts and who is acted upon in the event of `category`.
    """

    id: str
    document_id: str
    day: date | None
    speaker: str | None
    role: str | None
    country: str | None
    speaker_type: str
    entity: str | None
    kind: str
    words: str
    source: str | None
    cue: str
    counterparts: tuple[str, ...]
    issues: tuple[str, ...]
    instruments: tuple[str, ...]
    stance: str | None
    commitment: str | None
    category: str | None
    conditions: tuple[str, ...]
    via: tuple[str, ...]
    publisher: str | None
    title: str | None
    url: str | None
    path: str | None
    published: date | None
    start: int
    end: int
    score: float
    variants: int = 1
    highlights: Spans = ()
    actor: str | None = None
    recipient: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRow:
    """Somebody who is on record, across articles. `roles` newest first; `names` as they were written."""

    entity: str
    name: str
    type: str
    country: str | None
    names: tuple[str, ...]
    roles: tuple[str, ...]
    statements: int
    documents: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """One issue between two sides, as one of them has spoken of it. `newest` and `evidence` are statement ids."""

    country: str
    counterpart: str
    issue: str
    statements: int
    first_day: date | None
    last_day: date | None
    stance: str | None
    commitment: str | None
    speaker: str | None
    words: str
    newest: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """Something that falls due, and who must act (`who`: a code or a name).

    `state` on the day asked about is `open`, `met` where the register shows that it came about in time, else `passed`.
    `repeats` is an ISO 8601 duration for what comes round again, `next` the first day on or after the day asked about
    on which it falls due. `source` is "text", or "register" where the instrument's own dates gave the day.
    """

    what: str
    words: str
    due_from: date | None
    due_to: date | None
    state: str
    statement_id: str | None
    document_id: str
    speaker: str | None
    country: str | None
    publisher: str | None
    title: str | None
    published: date | None
    start: int
    end: int
    url: str | None = None
    kind: str = "scheduled"
    who: str | None = None
    repeats: str | None = None
    next: date | None = None
    source: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionRow:
    """A speaker against his own earlier words `about` one thing: an instrument's short name, an issue's id, or a name.

    `how` is `words` where the two say the opposite of one another in so many words, or `position` where the speaker
    was for it once and against it the other time. `sentence` says it for people; the ids are evidence.
    """

    speaker: str
    country: str | None
    entity: str | None
    about: str
    how: str
    sentence: str
    earlier_day: date
    earlier_words: str
    earlier_position: str
    earlier_id: str
    later_day: date
    later_words: str
    later_position: str
    later_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatsRow:
    """What is in a record, counted. Days are those of publication."""

    documents: int
    appearances: int
    stories: int
    publishers: int
    statements: int
    utterances: int
    speakers: int
    judgements: int
    failures: int
    runs: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRow:
    """A source that could not be added, and why."""

    source: str
    reason: str
    at: str
    intake: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceRow:
    """One place where a text, or a copy of it, was found; `document_id` tells which of the two."""

    document_id: str
    publisher: str | None
    title: str | None
    author: str | None
    published: date | None
    published_at: str | None
    url: str | None
    path: str | None
    retrieved_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A piece of a variant: `same`, `added` or `left out` against the first wording."""

    change: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantRow:
    """How one outlet worded an utterance. `differences` read in order give the wording with its changes marked."""

    statement: StatementRow
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRow:
    """Why a speaker of a document is taken for an entity."""

    document_id: str
    speaker_id: str
    name: str | None
    rule: str
    reason: str
