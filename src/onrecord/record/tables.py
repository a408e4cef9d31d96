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
    (documents, speaker id) = identities >- entities -< entity_names, entity_keys; entity_decisions
    judgements -< judgement_targets          what people said of statements
    intakes -< places, outcomes              what was added, when, and what failed
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql import true

from onrecord.record.columns import Key, key, metadata, of, span, text
from onrecord.record.tables_about import (
    entities,
    entity_decisions,
    entity_keys,
    entity_names,
    identities,
    intakes,
    judgement_targets,
    judgements,
    outcomes,
    places,
    story_bands,
)

__all__ = [
    "Key",
    "agenda_items",
    "agendas",
    "appearances",
    "conditions",
    "counterparts",
    "dates",
    "deadlines",
    "documents",
    "entities",
    "entity_decisions",
    "entity_keys",
    "entity_names",
    "flags",
    "headings",
    "identities",
    "instruments",
    "intakes",
    "issues",
    "judgement_targets",
    "judgements",
    "metadata",
    "outcomes",
    "places",
    "readings",
    "runs",
    "spans",
    "statements",
    "stories",
    "story_bands",
    "utterances",
    "vias",
]

# --- what was read -------------------------------------------------------------------------------------------------

stories = Table("stories", metadata, key(), text("id", nullable=False, unique=True))

documents = Table(
    "documents",
    metadata,
    key(),
    text("id", nullable=False, unique=True),
    text("text", nullable=False),
    text("language"),
    Column("words", Integer, nullable=False),
    of("story_key", "stories", nullable=True, index=True),  # updated when two stories turn out to be one
    Column("story_score", Float),  # likeness to the nearest text of the story when it was added; null for the first
    text("added_at", nullable=False),
)

appearances = Table(
    "appearances",
    metadata,
    key(),
    text("id", nullable=False, unique=True),  # hash of document, address or path, publisher and day
    of("document_key", "documents", index=True),
    Column("first", Boolean, nullable=False),  # the one that the document was first added with, and is shown by
    text("path"),
    text("url", index=True),
    text("publisher", index=True),
    text("title"),
    text("author"),
    Column("published", Date, index=True),
    text("published_at"),
    text("retrieved_at"),
    text("raw_sha256"),
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
    key(),  # a newer run has a higher key; the views show the newest reading of each document
    text("version", nullable=False),
    text("model", nullable=False),
    text("settings", nullable=False),
    text("started", nullable=False),
    UniqueConstraint("version", "model", "settings"),
)

readings = Table(
    "readings",
    metadata,
    key(),
    of("document_key", "documents"),
    of("run_key", "runs", index=True),
    Column("current", Boolean, nullable=False),  # updated: whether no newer run has read this document
    text("started", nullable=False),
    text("ended", nullable=False),
    UniqueConstraint("document_key", "run_key"),
)

utterances = Table("utterances", metadata, key(), text("id", nullable=False, unique=True))

statements = Table(
    "statements",
    metadata,
    key(),
    text("id", nullable=False, index=True),  # two runs that read alike give the same id
    of("reading_key", "readings", index=True),
    of("document_key", "documents", index=True),
    Column("ordinal", Integer, nullable=False),
    Column("shown", Boolean, nullable=False),  # updated: in the current reading, and not rejected by a person
    text("parent"),  # id of the statement it lies in
    text("kind", nullable=False),
    *span(),  # encloses all of the content
    Column("score", Float, nullable=False),
    # The day to sort and ask by: when it was said, or else when the document was published.
    Column("day", Date),
    # The speaker as the article gives him; `entity_key` says who that is across articles.
    text("speaker_id", nullable=False),
    text("speaker_name"),
    text("speaker_role"),
    text("speaker_country"),
    text("speaker_type", nullable=False),
    text("speaker_how", nullable=False),
    Column("speaker_score", Float, nullable=False),
    Column("entity_key", Key, ForeignKey("entities.key")),  # updated when entities are joined or split
    Column("utterance_key", Key, ForeignKey("utterances.key"), index=True),  # updated when a variant is found
    *span("occasion_", nullable=True),
    text("occasion"),
    text("place"),
    text("stance"),
    text("commitment"),
    Column("position_score", Float),
    text("category"),
    text("actor"),
    text("recipient"),
    UniqueConstraint("reading_key", "ordinal"),
    # Covers the counting of speakers: over 85,000 statements 8 ms, 73 ms without `shown` in it.
    Index("ix_statements_entity_day", "entity_key", "shown", "day", "document_key"),
    Index("ix_statements_country_day", "speaker_country", "day"),
    Index("ix_statements_day", "day"),
)

spans = Table(
    "spans",
    metadata,
    of("statement_key", "statements", primary_key=True),
    # source, cue, content, mention (of the speaker); evidence of position, event, issue (`owner`: its ordinal)
    Column("part", Text, primary_key=True),
    Column("owner", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    *span(),
    CheckConstraint("start_char < end_char", name="order"),
    sqlite_with_rowid=False,
)

vias = Table(
    "vias",
    metadata,
    of("statement_key", "statements", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    text("name", nullable=False),
    text("type", nullable=False),
    *span(),
    sqlite_with_rowid=False,
)

counterparts = Table(
    "counterparts",
    metadata,
    of("statement_key", "statements", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    text("country", nullable=False),
    sqlite_with_rowid=False,
)

issues = Table(
    "issues",
    metadata,
    of("statement_key", "statements", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    text("issue", nullable=False),
    Column("score", Float, nullable=False),
    # Copied from the statement, so that an agenda is added up without a look at the wide rows of statements.
    Column("shown", Boolean, nullable=False),  # updated
    text("stance"),
    Column("day", Date),
    sqlite_with_rowid=False,
)

conditions = Table(
    "conditions",
    metadata,
    of("statement_key", "statements", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    text("kind", nullable=False),
    *span(),
    sqlite_with_rowid=False,
)

# Of a statement, or (statement_key null) of the reporter's own narration.
instruments = Table(
    "instruments",
    metadata,
    key(),
    of("reading_key", "readings", index=True),
    of("statement_key", "statements", nullable=True, index=True),
    Column("ordinal", Integer, nullable=False),
    text("name", nullable=False),
    *span(),
    Index("ix_instruments_name", "name", "statement_key"),
)

deadlines = Table(
    "deadlines",
    metadata,
    key(),
    of("reading_key", "readings", index=True),
    of("statement_key", "statements", nullable=True, index=True),
    Column("ordinal", Integer, nullable=False),
    *span(),
    text("what", nullable=False),
    Column("due_from", Date),
    Column("due_to", Date),
    text("kind", nullable=False),
    text("who"),
    text("repeats"),
    text("source", nullable=False),
    Index("ix_deadlines_due", "due_to"),
)

# Every date in the text (statement_key null), and again the one on which a statement was said.
dates = Table(
    "dates",
    metadata,
    key(),
    of("reading_key", "readings", index=True),
    of("statement_key", "statements", nullable=True, index=True),
    Column("ordinal", Integer, nullable=False),
    *span(),
    text("grain", nullable=False),
    text("timex", nullable=False),
    text("basis", nullable=False),
    Column("first_day", Date),
    Column("end_day", Date),
    Column("other", Date),
)

headings = Table(
    "headings",
    metadata,
    of("reading_key", "readings", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    *span(),
    sqlite_with_rowid=False,
)

flags = Table(
    "flags",
    metadata,
    of("reading_key", "readings", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    text("kind", nullable=False, index=True),
    *span(),
    text("message", nullable=False),
    sqlite_with_rowid=False,
)

agendas = Table(
    "agendas",
    metadata,
    key(),
    of("reading_key", "readings", index=True),
    Column("ordinal", Integer, nullable=False),
    text("actor", index=True),
    text("counterpart"),
    Column("stated_count", Integer),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    of("agenda_key", "agendas", primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    text("issue"),
    *span(),
    sqlite_with_rowid=False,
)
