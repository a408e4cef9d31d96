"""The user's own registers: taken into use, and every entry of them tried before anything is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from onrecord import facts
from onrecord.errors import RegisterError
from onrecord.meaning.issues.cues import find_cues
from onrecord.meaning.registers import lexicon, states
from onrecord.meaning.registers.events import by_phrase
from onrecord.meaning.registers.holders import terms
from onrecord.meaning.registers.instruments import instruments
from onrecord.meaning.registers.members import members_of

_TRIED: dict[str, Callable[[], object]] = {
    "states": states,
    "organisations": lambda: (lexicon(), members_of("EU")),
    "persons": terms,
    "outlets": lexicon,
    "offices": lexicon,
    "issues": lambda: find_cues("talks"),
    "instruments": instruments,
    "events": by_phrase,
}


def use_own(folder: Path) -> None:
    """Read with the registers in `folder` from now on. RegisterError where one is malformed or an entry incomplete."""
    facts.use(folder)
    for name, build in _TRIED.items():
        path = folder / f"{name}.toml"
        if path.is_file():
            try:
                build()
            except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
                raise RegisterError(str(path), f"an entry is incomplete or wrong: {_said(error)}") from error


def _said(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
