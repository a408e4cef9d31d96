"""Everything a user can name stands in docs/reference.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
import typer.main

import onrecord
from onrecord import types
from onrecord.cli.main import app
from onrecord.export import FORMATS, to_dict
from onrecord.export.table import COLUMNS
from tests.export.samples import reading

REFERENCE = (Path(__file__).resolve().parents[1] / "docs/reference.md").read_text(encoding="utf-8")
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


VOCABULARY = [
    word
    for name in ("Kind", "SpeakerType", "FlagKind", "Grain", "Stance", "Commitment", "ConditionKind")
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
        "ONRECORD_DEBUG",
        "NO_COLOR",
    ],
)
def test_the_reference_names(name):
    assert re.search(rf"`[^`\n]*(?<![\w-]){re.escape(name)}(?![\w-])[^`\n]*`", REFERENCE), (
        f"{name} is not in docs/reference.md"
    )


def test_the_package_says_what_is_public():
    assert {"Reader", "read", "Reading", "Document", "SourceError"} <= set(onrecord.__all__)
