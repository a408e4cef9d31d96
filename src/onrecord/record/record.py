"""Record: the questions a record answers. Read-only; `writer.py` holds the one thing that writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Connection

from onrecord.errors import QuestionError
from onrecord.record import (
    outcomes,
    questions_agenda,
    questions_deadlines,
    questions_empty,
    questions_record,
    questions_search,
    questions_speakers,
    restored,
    vocabulary,
)
from onrecord.record.database import default_database, open_database
from onrecord.record.questions_filters import Day, Filters, Words, first_day, last_day
from onrecord.record.questions_rows import statement_rows
from onrecord.record.rows import (
    AgendaRow,
    AppearanceRow,
    ContradictionRow,
    DeadlineRow,
    FailureRow,
    IdentityRow,
    Page,
    SpeakerRow,
    StatementRow,
    StatsRow,
    VariantRow,
)
from onrecord.types import Reading

T = TypeVar("T")


class Record:
    """A record to ask: `where` is a path or a postgresql:// address, by default ONRECORD_DB or `onrecord.db`.

    Statements shown are those of the newest reading of each document, without the ones that a person rejected. Days
    are dates or text such as `2026-03-04`, `2026-03` or `2026`, and both ends of a period belong to it. A filter may
    be one value or several, of which any one will do. An answer's `next` is what to give as `after` for the rest; it
    holds while others add to the record. RecordError where there is no record, QuestionError where a question names
    something unknown.
    """

    def __init__(self, where: str | Path | None = None) -> None:
        self._engine = open_database(default_database() if where is None else where)

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def search(
        self,
        words: str = "",
        *,
        speaker: Words = None,
        country: Words = None,
        counterpart: Words = None,
        issue: Words = None,
        instrument: Words = None,
        kind: Words = None,
        stance: Words = None,
        commitment: Words = None,
        publisher: Words = None,
        since: Day = None,
        until: Day = None,
        limit: int = 20,
        after: str | None = None,
    ) -> Page[StatementRow]:
        """Statements, newest first, with the words found in them or in the speaker's name and role.

        `words`: all must occur; `"a phrase"`, `word*`, `-word` and `OR` as in words_query.py. `speaker` is a name in
        any spelling or an entity's id, `country` the one spoken for, `publisher` any that carried the text.
        """
        filters = Filters.of(
            words=words,
            speaker=speaker,
            country=country,
            counterpart=counterpart,
            issue=issue,
            instrument=instrument,
            kind=kind,
            stance=stance,
            commitment=commitment,
            publisher=publisher,
            since=since,
            until=until,
        )
        return self.find(filters, limit=limit, after=after)

    def find(
        self, filters: Filters, *, limit: int = 20, after: str | None = None, oldest: bool = False
    ) -> Page[StatementRow]:
        """`search` for filters made before; with `oldest` the oldest first, and without those that have no day."""
        with self._asking() as connection:
            return questions_search.page(connection, filters, limit=limit, after=after, oldest=oldest)

    def timeline(
        self,
        issue: Words = None,
        *,
        words: str = "",
        speaker: Words = None,
        country: Words = None,
        counterpart: Words = None,
        instrument: Words = None,
        kind: Words = None,
        stance: Words = None,
        commitment: Words = None,
        publisher: Words = None,
        since: Day = None,
        until: Day = None,
        limit: int = 100,
        after: str | None = None,
    ) -> Page[StatementRow]:
        """Statements on an issue day by day, the oldest first; filters as in `search`."""
        filters = Filters.of(
            words=words,
            speaker=speaker,
            country=country,
            counterpart=counterpart,
            issue=issue,
            instrument=instrument,
            kind=kind,
            stance=stance,
            commitment=commitment,
            publisher=publisher,
            since=since,
            until=until,
        )
        return self.find(filters, limit=limit, after=after, oldest=True)

    def speakers(
        self, words: str = "", *, country: Words = None, limit: int = 20, after: str | None = None
    ) -> Page[SpeakerRow]:
        """Who is on record, those with the most statements first; of this name (any spelling or part), or country."""
        codes = Filters.of(country=country).country
        with self._asking() as connection:
            return questions_speakers.page(connection, words, country=codes, limit=limit, after=after)

    def explain(self, entity: str) -> tuple[IdentityRow, ...]:
        """Why speakers of articles were taken for this entity, oldest first. RecordError if there is no such entity."""
        from onrecord.record import entities  # with its registers, which other questions save

        with self._asking() as connection:
            return entities.explain(connection, entity)

    def agenda(self, country: str, counterpart: str) -> tuple[AgendaRow, ...]:
        """What each of two sides has said about the other, issue by issue; the first side first.

        `words`, `speaker` and `newest` are those of the newest statement that takes a position, or else of the newest.
        """
        one, other = vocabulary.country(country), vocabulary.country(counterpart)
        with self._asking() as connection:
            return tuple(questions_agenda.agenda(connection, one, other))

    def deadlines(
        self,
        since: Day = None,
        until: Day = None,
        *,
        on: Day = None,
        limit: int = 100,
        after: str | None = None,
    ) -> Page[DeadlineRow]:
        """What falls due, the nearest first: deadlines whose last day is in the period; then what comes round again.

        `on` is the day that tells open deadlines from those met or passed and from which the `next` occurrence counts,
        today if not given; without `since` only what is due from then on counts.
        """
        today = first_day(on) or date.today()
        with self._asking() as connection:
            return questions_deadlines.page(
                connection, since=first_day(since) or today, until=last_day(until), on=today, limit=limit, after=after
            )

    def contradictions(
        self,
        words: str = "",
        *,
        speaker: Words = None,
        country: Words = None,
        counterpart: Words = None,
        issue: Words = None,
        instrument: Words = None,
        kind: Words = None,
        stance: Words = None,
        commitment: Words = None,
        publisher: Words = None,
        since: Day = None,
        until: Day = None,
        limit: int = 20,
        after: str | None = None,
    ) -> Page[ContradictionRow]:
        """Who spoke against his own earlier words, those with the newest later statement first.

        Filters as in `search`; they are about the later statement. A page looks at no more than so many statements
        and may hold fewer rows than `limit`, even none, though there are more: `next` goes on.
        """
        filters = Filters.of(
            words=words,
            speaker=speaker,
            country=country,
            counterpart=counterpart,
            issue=issue,
            instrument=instrument,
            kind=kind,
            stance=stance,
            commitment=commitment,
            publisher=publisher,
            since=since,
            until=until,
        )
        return self.find_contradictions(filters, limit=limit, after=after)

    def find_contradictions(
        self, filters: Filters, *, limit: int = 20, after: str | None = None
    ) -> Page[ContradictionRow]:
        """`contradictions` for filters made before."""
        from onrecord.record import questions_contradictions  # with the registers of the reader

        with self._asking() as connection:
            return questions_contradictions.page(connection, filters, limit=limit, after=after)

    def contradiction(self, id: str) -> ContradictionRow | None:
        """The earlier statement of the same speaker that this statement contradicts; None where there is none."""
        from onrecord.record import questions_contradictions  # with the registers of the reader

        with self._asking() as connection:
            key = _found(questions_record.statement_key(connection, id), id)
            return questions_contradictions.of_statement(connection, key)

    def why_no_contradictions(self, filters: Filters) -> str:
        """Why nobody contradicts himself, in one sentence for people."""
        with self._asking() as connection:
            if questions_search.page(connection, filters, limit=1, after=None, oldest=False).rows:
                return "nobody speaks against his own earlier words in the statements that were looked at"
            return questions_empty.why_empty(connection, filters)

    def why_empty(self, filters: Filters) -> str:
        """Why no statement meets `filters`, in one sentence for people."""
        with self._asking() as connection:
            return questions_empty.why_empty(connection, filters)

    def why_no_agenda(self) -> str:
        """Why two sides have no agenda, in one sentence for people."""
        with self._asking() as connection:
            lack = questions_empty.lacking(connection, "issue", "counterpart")
        return lack or "neither side has spoken about the other on an issue"

    def why_no_deadlines(self, since: Day = None) -> str:
        """Why nothing falls due, in one sentence for people."""
        day = first_day(since) or date.today()
        with self._asking() as connection:
            lack = questions_empty.lacking(connection, "deadline")
            passed = questions_deadlines.passed(connection, day)
        earlier = f"; {passed} fell due before {day}, see --since" if passed else ""
        return lack or f"nothing falls due in this period{earlier}"

    def show(self, id: str) -> Reading | StatementRow:
        """The document or statement with this id, or with the only id that begins so (8 characters or more)."""
        with self._asking() as connection:
            document = questions_record.document_id(connection, id)
            if document is not None:
                return self._reading(connection, document)
            return self._statement(connection, id)

    def statement(self, id: str) -> StatementRow:
        """The statement with this id or beginning of one. QuestionError if there is none."""
        with self._asking() as connection:
            return self._statement(connection, id)

    def variants(self, id: str) -> tuple[VariantRow, ...]:
        """The same utterance in other articles, each with its differences from this statement's words."""
        from onrecord.record import utterances  # with the registers of the reader: 0.15 s that other questions save
        from onrecord.record.differences import differences

        with self._asking() as connection:
            key = _found(questions_record.statement_key(connection, id), id)
            own, *others = statement_rows(connection, [key, *utterances.variants(connection, key)])
        return tuple(
            VariantRow(statement=row, differences=differences(own.words, row.words))
            for row in others
            if row.id != own.id
        )

    def reading(self, document_id: str) -> Reading:
        """All that the newest run read in a document, as `read` gave it. QuestionError if there is no such document."""
        with self._asking() as connection:
            return self._reading(connection, document_id)

    def story(self, document_id: str) -> tuple[AppearanceRow, ...]:
        """Every place where a document's text was found, the earliest first, then those of its copies."""
        with self._asking() as connection:
            found = _found(questions_record.document_id(connection, document_id), document_id)
            return questions_record.story(connection, found)

    def stats(self) -> StatsRow:
        """What is in the record, counted."""
        with self._asking() as connection:
            return questions_record.stats(connection)

    def failures(self) -> tuple[FailureRow, ...]:
        """Sources that failed and were not mended since, oldest first."""
        with self._asking() as connection:
            return tuple(outcomes.failures(connection))

    def statements(self, filters: Filters | None = None) -> Iterator[StatementRow]:
        """All statements that meet `filters`, newest first, in constant memory and as of one moment."""
        with self._asking() as connection:
            yield from questions_search.stream(connection, filters or Filters())

    def readings(self) -> Iterator[Reading]:
        """The newest reading of every document, in the order added, in constant memory and as of one moment."""
        with self._asking() as connection:
            yield from restored.current(connection)

    def _reading(self, connection: Connection, id: str) -> Reading:
        key = _found(questions_record.reading_key(connection, id), id)
        return restored.load(connection, [key])[0]

    def _statement(self, connection: Connection, id: str) -> StatementRow:
        key = _found(questions_record.statement_key(connection, id), id)
        return statement_rows(connection, [key])[0]

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        """A transaction that sees the record as of one moment."""
        with self._engine.connect() as connection:
            yield connection


def _found(value: T | None, id: str) -> T:
    if value is None:
        short = "; give 8 characters of an id or more" if len(id) < questions_record.SHORTEST else ""
        raise QuestionError(f"no document or statement {id!r} in this record{short}")
    return value
