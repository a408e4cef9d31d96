"""The tables of a record, the same for SQLite and PostgreSQL.

Rows are joined by integer keys; what a reader or another program names are the content hashes in `id`. Offsets are
half-open code points into `documents.text`; words are sliced from there and never stored a second time, the index for
full-text search aside (`words.py`). `end` columns of days are exclusive. Nothing but the columns that say so is ever
updated: documents, readings and judgements are added.

    documents -< appearances                 one text, every place it was found at
    runs, documents -< readings -< statements -< spans, vias, counterparts, issues, conditions
                                -< dates, headings, flags, instruments, deadlines, agendas -< agenda_items
    documents >- stories                     texts that are copies of one another
    statements >- utterances                 the same words in different articles
    (documents, speaker id) = identities >- entities -< entity_names; entity_decisions
    judgements -< judgement_targets          what people said of statements
    intakes -< places, outcomes              what was added, when, and what failed
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql import false, true
from sqlalchemy.types import TypeEngine

# Named constraints, so that a migration can find them in either database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows in an INTEGER PRIMARY KEY; PostgreSQL needs to be told that there may be more than two thousand
# million.
Key = BigInteger().with_variant(Integer(), "sqlite")


def _key() -> Column[int]:
    return Column("key", Key, primary_key=True, autoincrement=True)


def _of(
    name: str, table: str, *, primary_key: bool = False, nullable: bool = False, index: bool = False
) -> Column[int]:
    return Column(name, Key, ForeignKey(f"{table}.key"), primary_key=primary_key, nullable=nullable, index=index)


def _span(prefix: str = "", *, nullable: bool = False) -> tuple[Column[int], Column[int]]:
    return (
        Column(f"{prefix}start_char", Integer, nullable=nullable),
        Column(f"{prefix}end_char", Integer, nullable=nullable),
    )


def _text(name: str, *, nullable: bool = True, index: bool = False, unique: bool = False) -> Column[str]:
    kind: TypeEngine[str] = Text()
    return Column(name, kind, nullable=nullable, index=index, unique=unique)


# --- what was read -------------------------------------------------------------------------------------------------

stories = Table("stories", metadata, _key(), _text("id", nullable=False, unique=True))

documents = Table(
    "documents",
    metadata,
    _key(),
    _text("id", nullable=False, unique=True),
    _text("text", nullable=False),
    _text("language"),
    Column("words", Integer, nullable=False),
    _of("story_key", "stories", nullable=True, index=True),  # updated when two stories turn out to be one
    Column("story_score", Float),  # likeness to the nearest text of the story when it was added; null for the first
    _text("added_at", nullable=False),
)

appearances = Table(
    "appearances",
    metadata,
    _key(),
    _text("id", nullable=False, unique=True),  # hash of document, address or path, publisher and day
    _of("document_key", "documents", index=True),
    Column("first", Boolean, nullable=False),  # the one that the document was first added with, and is shown by
    _text("path"),
    _text("url", index=True),
    _text("publisher", index=True),
    _text("title"),
    _text("author"),
    Column("published", Date, index=True),
    _text("published_at"),
    _text("retrieved_at"),
    _text("raw_sha256"),
)
Index(
    "ix_appearances_first",
    appearances.c.document_key,
    unique=True,
    sqlite_where=appearances.c.first == true(),
    postgresql_where=appearances.c.first == true(),
)

runs = Table(
    "runs",
    metadata,
    _key(),  # a newer run has a higher key; the views show the newest reading of each document
    _text("version", nullable=False),
    _text("model", nullable=False),
    _text("settings", nullable=False),
    _text("started", nullable=False),
    UniqueConstraint("version", "model", "settings"),
)

readings = Table(
    "readings",
    metadata,
    _key(),
    _of("document_key", "documents"),
    _of("run_key", "runs", index=True),
    Column("current", Boolean, nullable=False),  # updated: whether no newer run has read this document
    _text("started", nullable=False),
    _text("ended", nullable=False),
    UniqueConstraint("document_key", "run_key"),
)

utterances = Table("utterances", metadata, _key(), _text("id", nullable=False, unique=True))

statements = Table(
    "statements",
    metadata,
    _key(),
    _text("id", nullable=False, index=True),  # two runs that read alike give the same id
    _of("reading_key", "readings", index=True),
    _of("document_key", "documents", index=True),
    Column("ordinal", Integer, nullable=False),
    Column("shown", Boolean, nullable=False),  # updated: in the current reading, and not rejected by a person
    _text("parent"),  # id of the statement it lies in
    _text("kind", nullable=False),
    *_span(),  # encloses all of the content
    Column("score", Float, nullable=False),
    # The day to sort and ask by: when it was said, or else when the document was published.
    Column("day", Date),
    # The speaker as the article gives him; `entity_key` says who that is across articles.
    _text("speaker_id", nullable=False),
    _text("speaker_name"),
    _text("speaker_role"),
    _text("speaker_country"),
    _text("speaker_type", nullable=False),
    _text("speaker_how", nullable=False),
    Column("speaker_score", Float, nullable=False),
    Column("entity_key", Key, ForeignKey("entities.key")),  # updated when entities are joined or split
    Column("utterance_key", Key, ForeignKey("utterances.key"), index=True),  # updated when a variant is found
    *_span("occasion_", nullable=True),
    _text("occasion"),
    _text("place"),
    _text("stance"),
    _text("commitment"),
    Column("position_score", Float),
    _text("category"),
    UniqueConstraint("reading_key", "ordinal"),
    Index("ix_statements_entity_day", "entity_key", "day"),
    Index("ix_statements_country_day", "speaker_country", "day"),
    Index("ix_statements_day", "day"),
)

spans = Table(
    "spans",
    metadata,
    _of("statement_key", "statements", primary_key=True),
    # source, cue, content, mention (of the speaker), position and issue (evidence; `owner` is the issue's ordinal)
    Column("part", Text, primary_key=True),
    Column("owner", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    *_span(),
    CheckConstraint("start_char < end_char", name="order"),
    sqlite_with_rowid=False,
)

vias = Table(
    "vias",
    metadata,
    _of("statement_key", "statements", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    _text("name", nullable=False),
    _text("type", nullable=False),
    *_span(),
    sqlite_with_rowid=False,
)

counterparts = Table(
    "counterparts",
    metadata,
    _of("statement_key", "statements", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    _text("country", nullable=False),
    Index("ix_counterparts_country", "country", "statement_key"),
    sqlite_with_rowid=False,
)

issues = Table(
    "issues",
    metadata,
    _of("statement_key", "statements", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    _text("issue", nullable=False),
    Column("score", Float, nullable=False),
    # Copied from the statement, so that the agenda of two sides and the time line of an issue are read off one index.
    _text("country"),
    Column("day", Date),
    Index("ix_issues_issue_day", "issue", "day", "statement_key"),
    Index("ix_issues_country_issue_day", "country", "issue", "day", "statement_key"),
    sqlite_with_rowid=False,
)

conditions = Table(
    "conditions",
    metadata,
    _of("statement_key", "statements", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    _text("kind", nullable=False),
    *_span(),
    sqlite_with_rowid=False,
)

# Of a statement, or (statement_key null) of the reporter's own narration.
instruments = Table(
    "instruments",
    metadata,
    _key(),
    _of("reading_key", "readings", index=True),
    _of("statement_key", "statements", nullable=True, index=True),
    Column("ordinal", Integer, nullable=False),
    _text("name", nullable=False),
    *_span(),
    Index("ix_instruments_name", "name", "statement_key"),
)

deadlines = Table(
    "deadlines",
    metadata,
    _key(),
    _of("reading_key", "readings", index=True),
    _of("statement_key", "statements", nullable=True, index=True),
    Column("ordinal", Integer, nullable=False),
    *_span(),
    _text("what", nullable=False),
    Column("due_from", Date),
    Column("due_to", Date),
    Index("ix_deadlines_due", "due_from", "due_to"),
)

# Every date in the text (statement_key null), and again the one on which a statement was said.
dates = Table(
    "dates",
    metadata,
    _key(),
    _of("reading_key", "readings", index=True),
    _of("statement_key", "statements", nullable=True, index=True),
    Column("ordinal", Integer, nullable=False),
    *_span(),
    _text("grain", nullable=False),
    _text("timex", nullable=False),
    _text("basis", nullable=False),
    Column("first_day", Date),
    Column("end_day", Date),
    Column("other", Date),
)

headings = Table(
    "headings",
    metadata,
    _of("reading_key", "readings", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    *_span(),
    sqlite_with_rowid=False,
)

flags = Table(
    "flags",
    metadata,
    _of("reading_key", "readings", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    _text("kind", nullable=False, index=True),
    *_span(),
    _text("message", nullable=False),
    sqlite_with_rowid=False,
)

agendas = Table(
    "agendas",
    metadata,
    _key(),
    _of("reading_key", "readings", index=True),
    Column("ordinal", Integer, nullable=False),
    _text("actor", index=True),
    _text("counterpart"),
    Column("stated_count", Integer),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    _of("agenda_key", "agendas", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    _text("issue"),
    *_span(),
    sqlite_with_rowid=False,
)

# --- who is who across articles ------------------------------------------------------------------------------------

entities = Table(
    "entities",
    metadata,
    _key(),
    _text("id", nullable=False, unique=True),
    _text("name", nullable=False),  # updated to the fullest name seen
    _text("type", nullable=False),
    _text("country"),
    # Set when a person joins this entity to another; its rows then point there. Splitting it off clears it.
    Column("joined_key", Key, ForeignKey("entities.key")),
)

# Every name an entity was seen under; `folded` is what names are looked up by.
entity_names = Table(
    "entity_names",
    metadata,
    _of("entity_key", "entities", primary_key=True),
    Column("name", Text, primary_key=True),
    _text("folded", nullable=False, index=True),
    sqlite_with_rowid=False,
)

# Who each speaker of a document is, by which rule or by whose hand.
identities = Table(
    "identities",
    metadata,
    _of("document_key", "documents", primary_key=True),
    Column("speaker_id", Text, primary_key=True),
    _of("entity_key", "entities", index=True),
    _text("rule", nullable=False),  # one word; `hand` is never redone
    _text("reason", nullable=False),  # one sentence
    sqlite_with_rowid=False,
)

# Joins and splits made by hand, appended.
entity_decisions = Table(
    "entity_decisions",
    metadata,
    _key(),
    _text("id", nullable=False, unique=True),
    _text("at", nullable=False),
    _text("by", nullable=False),
    _text("action", nullable=False),  # join, split
    _of("from_key", "entities"),
    _of("to_key", "entities"),
    _text("moved", nullable=False),  # JSON: the documents and speaker ids it moved
    _text("why", nullable=False),
)

# --- copies of one another -----------------------------------------------------------------------------------------

# Bands of MinHash signatures: documents that share one are compared.
story_bands = Table(
    "story_bands",
    metadata,
    Column("band", Integer, primary_key=True),
    Column("value", BigInteger, primary_key=True),
    _of("document_key", "documents", primary_key=True),
    sqlite_with_rowid=False,
)

# --- what people said of it ----------------------------------------------------------------------------------------

judgements = Table(
    "judgements",
    metadata,
    _key(),
    _text("id", nullable=False, unique=True),
    _text("statement_id", nullable=False, index=True),
    _of("document_key", "documents", index=True),
    *_span(),  # the content it was made about, to find the statement again in a newer reading
    _text("at", nullable=False),
    _text("by", nullable=False),
    _text("verdict", nullable=False),  # accept, correct, reject
    _text("field"),
    _text("before"),  # JSON
    _text("after"),  # JSON
    _text("why"),
)

# The statements of newer runs that a judgement holds for.
judgement_targets = Table(
    "judgement_targets",
    metadata,
    _of("judgement_key", "judgements", primary_key=True),
    _of("statement_key", "statements", primary_key=True, index=True),
    _text("how", nullable=False),  # id (the same statement), overlap (half of the content or more)
    sqlite_with_rowid=False,
)

# --- what was added ------------------------------------------------------------------------------------------------

intakes = Table(
    "intakes",
    metadata,
    _key(),
    _text("id", nullable=False, unique=True),
    _text("sources", nullable=False),  # JSON list, as the user gave them
    _text("options", nullable=False),  # JSON object
    _text("started", nullable=False),
    _text("ended"),  # updated when all sources are through
)

# A file, address or stream of an intake, and how many of its documents are through.
places = Table(
    "places",
    metadata,
    _key(),
    _of("intake_key", "intakes"),
    _text("name", nullable=False),
    Column("done", Boolean, nullable=False, server_default=false()),  # updated
    UniqueConstraint("intake_key", "name"),
)

# One row for each document, or attempt at one.
outcomes = Table(
    "outcomes",
    metadata,
    _of("place_key", "places", primary_key=True),
    Column("number", Integer, primary_key=True),  # from 0, in the order of the place
    _text("source", nullable=False),  # the file, line, entry or address, for people
    _text("status", nullable=False),  # added, known (this run has read this text before), failed
    _text("reason"),
    _of("document_key", "documents", nullable=True, index=True),
    _text("at", nullable=False),
    Index("ix_outcomes_status", "status", "at"),
    sqlite_with_rowid=False,
)
