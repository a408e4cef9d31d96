"""Everything a user can name stands in docs/."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args

import pytest
import typer.main

import onrecord
from onrecord import types
from onrecord.cli.commands_export import ExportFormat
from onrecord.cli.main import app
from onrecord.export import FORMATS, to_dict
from onrecord.export.network_files import EDGE_COLUMNS, EVENT_COLUMNS
from onrecord.export.table import COLUMNS
from onrecord.record import rows
from tests.export.samples import reading

DOCS = Path(__file__).resolve().parents[1] / "docs"
REFERENCE = "\n".join(
    (DOCS / f"{page}.md").read_text(encoding="utf-8") for page in ("reference", "sources", "record", "export")
)
COMMANDS = typer.main.get_command(app)


def options() -> list[str]:
    """Every spelling of every option of every command, `--help` aside, and the commands' names."""
    found = [name for param in COMMANDS.params for name in param.opts if name.startswith("-")]
    for name, command in COMMANDS.commands.items():
        found.append(f"onrecord {name}")
        found += [
            opt for param in command.params for opt in (*param.opts, *param.secondary_opts) if opt.startswith("-")
        ]
    return found


def keys(value: object) -> set[str]:
    """Every key anywhere in a record."""
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    return {key for inner in value for key in keys(inner)} if isinstance(value, list) else set()


ANSWERS = sorted(
    {
        name
        for row in vars(rows).values()
        if is_dataclass(row) and isinstance(row, type) and row.__module__ == rows.__name__
        for name in (row.__name__, *(field.name for field in fields(row)))
    }
)
EXPORTS = [format.value for format in ExportFormat]
VIEWS = ["current_statements", "current_spans", "current_issues", "current_deadlines"]
VOCABULARY = [
    word
    for name in (
        *("Kind", "SpeakerType", "FlagKind", "Grain"),
        *("Stance", "Commitment", "ConditionKind", "DeadlineKind", "Category"),
    )
    for word in get_args(getattr(types, name))
]


@pytest.mark.parametrize(
    "name",
    [
        *options(),
        *getattr(onrecord, "__all__", []),
        *sorted(keys(to_dict(reading()))),
        *COLUMNS,
        *FORMATS,
        *VOCABULARY,
        *ANSWERS,
        *EXPORTS,
        *EDGE_COLUMNS,
        *EVENT_COLUMNS,
        *VIEWS,
        *(field.name for field in fields(onrecord.Settings)),
        "ONRECORD_DB",
        "ONRECORD_DEBUG",
        "NO_COLOR",
    ],
)
def test_the_reference_names(name):
    assert re.search(rf"`[^`\n]*(?<![\w-]){re.escape(name)}(?![\w-])[^`\n]*`", REFERENCE), f"{name} is not in docs/"


def test_the_package_says_what_is_public():
    assert {"Reader", "read", "Reading", "Document", "SourceError"} <= set(onrecord.__all__)
