"""The other tables of a record: who is who, copies, what people said of it, and what was added. See `tables.py`."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql import false

from onrecord.record.columns import Key, key, metadata, of, span, text

# --- who is who across articles ------------------------------------------------------------------------------------

entities = Table(
    "entities",
    metadata,
    key(),
    text("id", nullable=False, unique=True),
    text("name", nullable=False),  # updated to the fullest name seen
    text("type", nullable=False),
    text("country"),
    # Set when a person joins this entity to another; its rows then point there. Splitting it off clears it.
    Column("joined_key", Key, ForeignKey("entities.key")),
)

# Every name an entity was seen under; `folded` is the whole name without case, marks and titles.
entity_names = Table(
    "entity_names",
    metadata,
    of("entity_key", "entities", primary_key=True),
    Column("name", Text, primary_key=True),
    text("folded", nullable=False, index=True),
    sqlite_with_rowid=False,
)

# What names are looked up by: one row for each part of a name that another spelling of it would share.
entity_keys = Table(
    "entity_keys",
    metadata,
    Column("folded", Text, primary_key=True),
    of("entity_key", "entities", primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# Who each speaker of a document is, by which rule or by whose hand, and what the document says of him: new speakers
# are compared with that.
identities = Table(
    "identities",
    metadata,
    of("document_key", "documents", primary_key=True),
    Column("speaker_id", Text, primary_key=True),
    of("entity_key", "entities"),
    text("rule", nullable=False),  # one word; `hand` is never redone
    text("reason", nullable=False),  # one sentence
    text("name"),
    text("role"),
    text("country"),
    Column("day", Date),
    Index("ix_identities_entity_day", "entity_key", "day"),
    sqlite_with_rowid=False,
)

# Joins and splits made by hand, appended.
entity_decisions = Table(
    "entity_decisions",
    metadata,
    key(),
    text("id", nullable=False, unique=True),
    text("at", nullable=False),
    text("by", nullable=False),
    text("action", nullable=False),  # join, split
    of("from_key", "entities"),
    of("to_key", "entities"),
    text("moved", nullable=False),  # JSON: the documents and speaker ids it moved
    text("why", nullable=False),
)

# --- copies of one another -----------------------------------------------------------------------------------------

# Bands of MinHash signatures: documents that share one are compared.
story_bands = Table(
    "story_bands",
    metadata,
    Column("band", Integer, primary_key=True),
    Column("value", BigInteger, primary_key=True),
    of("document_key", "documents", primary_key=True),
    sqlite_with_rowid=False,
)

# --- what people said of it ----------------------------------------------------------------------------------------

judgements = Table(
    "judgements",
    metadata,
    key(),
    text("id", nullable=False, unique=True),
    text("statement_id", nullable=False, index=True),
    of("document_key", "documents", index=True),
    *span(),  # the content it was made about, to find the statement again in a newer reading
    text("at", nullable=False),
    text("by", nullable=False),
    text("verdict", nullable=False),  # accept, correct, reject
    text("field"),
    text("before"),  # JSON
    text("after"),  # JSON
    text("why"),
)

# The statements of newer runs that a judgement holds for.
judgement_targets = Table(
    "judgement_targets",
    metadata,
    of("judgement_key", "judgements", primary_key=True),
    of("statement_key", "statements", primary_key=True, index=True),
    text("how", nullable=False),  # id (the same statement), overlap (half of the content or more)
    sqlite_with_rowid=False,
)

# --- what was added ------------------------------------------------------------------------------------------------

intakes = Table(
    "intakes",
    metadata,
    key(),
    text("id", nullable=False, unique=True),
    text("sources", nullable=False),  # JSON list, as the user gave them
    text("options", nullable=False),  # JSON object
    text("started", nullable=False),
    text("ended"),  # updated when all sources are through
)

# A file, address or stream of an intake, and how many of its documents are through.
places = Table(
    "places",
    metadata,
    key(),
    of("intake_key", "intakes"),
    text("name", nullable=False),
    Column("done", Boolean, nullable=False, server_default=false()),  # updated
    UniqueConstraint("intake_key", "name"),
)

# One row for each document, or attempt at one.
outcomes = Table(
    "outcomes",
    metadata,
    of("place_key", "places", primary_key=True),
    Column("number", Integer, primary_key=True),  # from 0, in the order of the place
    text("source", nullable=False),  # the file, line, entry or address, for people
    text("status", nullable=False),  # added, known (this run has read this text before), failed
    text("reason"),
    of("document_key", "documents", nullable=True, index=True),
    text("at", nullable=False),
    Index("ix_outcomes_status", "status", "at"),
    sqlite_with_rowid=False,
)
