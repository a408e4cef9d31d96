"""The registers: facts as TOML, those of the package and those that the user adds in a folder of his own.

A process reads with one folder at most. What is in it is added to the packaged registers: rows of a table of the same
`iso3` or `name` replace the packaged row, other rows and words are appended; the cues of an issue add up.
"""

from __future__ import annotations

import hashlib
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import RegisterError

# Those that hold facts of the world. The others are the grammar of the rules, not for extending.
EXTENDABLE = ("events", "instruments", "issues", "offices", "organisations", "outlets", "persons", "states")
# By the folder, not as a package: importing the package that owns it loads the whole reader (0.2 s).
_PACKAGE = files("onrecord") / "meaning" / "registers"
_KEYS = ("iso3", "name")
_MAX_BYTES = 5_000_000

_folder: Path | None = None
_in_use = False


def use(folder: Path | None) -> None:
    """Read with the user's own registers in `folder`, or with the packaged ones alone.

    RegisterError where it is no folder or holds no register, or where this process has already read with other ones.
    """
    global _folder
    folder = folder and folder.resolve()
    if folder == _folder:
        return
    if _in_use:
        raise RegisterError(
            str(folder or _folder), "this process has read with other registers already: start a new one"
        )
    if folder is not None:
        _check(folder)
    _folder = folder


def load(name: str) -> dict[str, Any]:
    """The register `name` as TOML tables. RegisterError where the user's file is not TOML or of another form."""
    global _in_use
    packaged = tomllib.loads(_PACKAGE.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    if name not in EXTENDABLE:
        return packaged
    _in_use = True
    path = _folder and _folder / f"{name}.toml"
    return _merged(packaged, _read(path), path) if path and path.is_file() else packaged


def digest(folder: Path) -> str:
    """What the registers in `folder` are known by: a hash of their files."""
    paths = [folder / f"{name}.toml" for name in EXTENDABLE]
    read = [(path.name, path.read_bytes()) for path in paths if path.is_file()]
    return hashlib.sha256(repr(read).encode()).hexdigest()[:16]


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise RegisterError(str(folder), "no such folder; --registers takes a folder with files such as issues.toml")
    found = {path.stem for path in folder.glob("*.toml")}
    if unknown := sorted(found - set(EXTENDABLE)):
        raise RegisterError(str(folder / f"{unknown[0]}.toml"), f"no such register; there are {', '.join(EXTENDABLE)}")
    if not found:
        raise RegisterError(
            str(folder), f"holds no register; there may be {', '.join(f'{n}.toml' for n in EXTENDABLE)}"
        )


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise RegisterError(str(path), f"is larger than {_MAX_BYTES:,} bytes")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RegisterError(str(path), f"cannot be read as TOML: {error}") from error


def _merged(packaged: Any, own: Any, path: Path) -> Any:
    """`own` added to `packaged`; RegisterError where the two are of different forms."""
    if type(packaged) is not type(own):
        raise RegisterError(str(path), f"{own!r:.60} stands where the packaged register has a {_form(packaged)}")
    if isinstance(packaged, dict):
        both = {key: _merged(packaged[key], own[key], path) if key in own else packaged[key] for key in packaged}
        return both | {key: value for key, value in own.items() if key not in packaged}
    return _listed(packaged, own, path) if isinstance(packaged, list) else own


def _listed(packaged: list[Any], own: list[Any], path: Path) -> list[Any]:
    if packaged and any(type(row) is not type(packaged[0]) for row in own):
        raise RegisterError(str(path), f"{own!r:.60} stands where the packaged register has rows of another form")
    replaced = {_key(row) for row in own} - {None}
    return [*(row for row in packaged if _key(row) not in replaced), *own]


def _key(row: Any) -> str | None:
    """What a row is known by; None for words, and for rows that may share a name."""
    if not isinstance(row, dict) or "id" in row:
        return None
    return next((str(row[key]) for key in _KEYS if key in row), None)


def _form(value: Any) -> str:
    return {dict: "table", list: "list", str: "text", int: "number", bool: "yes or no"}.get(type(value), "value")
