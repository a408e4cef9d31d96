"""Every core type: frozen, checked when built, standard library only.

Offsets are half-open code points into the text they belong to. Until the last step of `pipeline.py` that text is the
repaired working copy (`Segments.text`); everything in a `Reading` points into `Document.text`, which never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pandas import DataFrame

Kind = Literal["direct", "indirect", "mixed"]
SpeakerType = Literal["person", "organisation", "state", "document", "unnamed"]
FlagKind = Literal[
    "date-conflict",
    "ambiguous-date",
    "count-mismatch",
    "text-damage",
    "expired-instrument",
    "role-conflict",
    "quote-unbalanced",
    "self-contradiction",
]
Stance = Literal["supports", "opposes", "neutral"]
Commitment = Literal["commits", "ready", "conditional", "hopes", "demands", "warns", "doubts", "refuses", "none"]
ConditionKind = Literal["condition", "temporal", "exchange", "exception"]
DeadlineKind = Literal["promised", "ordered", "demanded", "expires", "scheduled"]
# Event categories of PLOVER, as POLECAT's coders use them (Halterman et al. 2023).
Category = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Grain = Literal["day", "week", "month", "quarter", "season", "half", "year", "decade", "time"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points: `0 <= start < end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words this span stands for."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether all of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text of record and where it came from. `id` is the hash of the text.

    `published` is the day, `published_at` the moment (ISO 8601, with its zone where the source gives one).
    """

    id: str
    text: str
    path: str | None = None
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    author: str | None = None
    published: date | None = None
    published_at: str | None = None
    retrieved_at: str | None = None
    language: str | None = None
    raw_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The working text cut up. All spans point into `text`.

    `words` are runs of word characters or single symbols; `quotes` are quotations with their marks, one for each
    paragraph a quotation runs through; `headings` are lines, or openings of lines, that are no sentence.
    """

    text: str
    words: Spans
    sentences: Spans
    paragraphs: Spans
    headings: Spans
    quotes: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content of one attributed statement. `parent` is the index of the attribution it lies in."""

    source: Span | None
    cue: Spans
    content: Spans
    kind: Kind
    score: float
    parent: int | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("an attribution needs content")
        spans = sorted([*self.cue, *self.content, *([self.source] if self.source else [])])
        if any(a.overlaps(b) for a, b in pairwise(spans)):
            raise ValueError(f"spans of one attribution overlap: {spans}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who a source is. `mention` is the span that gave the fullest name; `how` says in one word how it was found.

    `name` is None for unnamed speakers, whose description stands in `role`. `country` is ISO 3166-1 alpha-3 or the
    short name of an international organisation (`EU`, `NATO`, `UN`, ...).
    """

    name: str | None
    role: str | None
    country: str | None
    type: SpeakerType
    id: str
    mention: Span | None
    how: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """An outlet or person through which the words came."""

    name: str
    type: Literal["outlet", "person", "organisation"]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Where the words were said: `text` is the event ("press conference in Bern"), `place` the town."""

    span: Span
    text: str
    place: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExpression:
    """A date in the text, resolved: `start` inclusive, `end` exclusive; both None where nothing can be said.

    `timex` is a TIMEX3 value; `basis` what an incomplete date was resolved against ("stated" for a full date,
    "published" for the date of publication, "anchor" for an earlier date in the text, "none"). `other` is the start of
    the other reading of an ambiguous D.M / M/D date.
    """

    span: Span
    grain: Grain
    timex: str
    basis: Literal["stated", "published", "anchor", "none"]
    start: date | None
    end: date | None
    other: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A subject from the register of issues, with the words that decided it."""

    id: str
    score: float
    evidence: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentMention:
    """A treaty, agreement or resolution that the words are about, by its short name in the register."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a speaker stands on what the statement is about, and how far he binds himself, with the words."""

    stance: Stance
    commitment: Commitment
    evidence: Spans
    score: float

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("no evidence, no position")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Words on which a statement hangs."""

    kind: ConditionKind
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When something promised, ordered, demanded, expiring or scheduled falls due: `start` inclusive, `end` exclusive.

    `who` must act: a code of a state or organisation, or a name. `repeats` is an ISO 8601 duration ("P2Y") for what
    comes round again. `source` is "text", or "register" where the instrument's own dates gave the day.
    """

    span: Span
    what: str
    start: date | None
    end: date | None
    kind: DeadlineKind = "scheduled"
    who: str | None = None
    repeats: str | None = None
    source: Literal["text", "register"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One topic of an agenda, with the issue it belongs to."""

    span: Span
    issue: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The event that a statement makes or reports, with the codes of who acts and who is acted upon."""

    category: Category
    actor: str | None
    recipient: str | None
    evidence: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """Topics that one side names; `actor` and `counterpart` are codes of states or organisations."""

    actor: str | None
    counterpart: str | None
    stated_count: int | None
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """What an editor would query, with the words and one plain sentence."""

    kind: FlagKind
    span: Span
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An attribution with what it means. `id` hashes the document, the content spans and the speaker's mention."""

    id: str
    attribution: Attribution
    speaker: Speaker
    via: tuple[Via, ...]
    occasion: Occasion | None
    said_on: DateExpression | None
    parent: str | None
    counterparts: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    instruments: tuple[InstrumentMention, ...] = ()
    position: Position | None = None
    event: Event | None = None
    conditions: tuple[Condition, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Which software and which network made a reading. The same run over the same text changes nothing."""

    version: str
    model: str
    settings: str
    started: str
    ended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from one document. Spans point into `document.text`.

    `instruments` are all that the article names, each once; `deadlines` those of the reporter's own narration, a
    statement has its own.
    """

    document: Document
    statements: tuple[Statement, ...]
    dates: tuple[DateExpression, ...]
    headings: Spans
    flags: tuple[Flag, ...]
    run: Run
    agendas: tuple[Agenda, ...] = ()
    instruments: tuple[InstrumentMention, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain values, as one line of the JSON Lines output holds it."""
        from onrecord.export import to_dict

        return to_dict(self)

    def to_pandas(self) -> DataFrame:
        """A data frame with one row a statement; needs the extra `onrecord[pandas]`."""
        from onrecord.export import to_frame

        return to_frame(self)

    def _repr_html_(self) -> str:
        from onrecord.export import html

        return html(self)


def outer(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all of `spans`; ValueError if there are none."""
    spans = list(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
