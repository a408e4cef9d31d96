"""The first record: its tables, the index of words, what may only be added to, and views for people with SQL."""

from __future__ import annotations

from alembic import op

from onrecord.record import words
from onrecord.record.migrations import run_sql

revision = "0001_first_record"
down_revision = None


def upgrade() -> None:
    """Make an empty record."""
    connection = op.get_bind()
    run_sql(connection, "0001_tables")
    words.create(connection)
    run_sql(connection, "0001_only_added")
    run_sql(connection, "0001_views")
