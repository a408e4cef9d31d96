"""The record: tables, the one writer, and the questions it answers. Public names load when they are first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.record.database import default_database, open_database
    from onrecord.record.record import Record
    from onrecord.record.writer import Entry, Intake, Piece, Writer, Written

__all__ = ["Entry", "Intake", "Piece", "Record", "Writer", "Written", "default_database", "open_database"]

_HOMES = {
    "Record": "onrecord.record.record",
    "default_database": "onrecord.record.database",
    "open_database": "onrecord.record.database",
} | dict.fromkeys(("Entry", "Intake", "Piece", "Writer", "Written"), "onrecord.record.writer")


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'onrecord.record' has no attribute {name!r}")
