"""Word lists of this package, read once from its TOML registers."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def word_list(register: str, name: str) -> frozenset[str]:
    """The words under `name` in `registers/<register>.toml`; KeyError if there are none."""
    return frozenset(_register(register)[name]["words"])


@cache
def alternatives(register: str, *names: str) -> str:
    """The words of several lists as alternatives of a regular expression, longest first."""
    words = frozenset[str]().union(*(word_list(register, name) for name in names))
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _register(register: str) -> dict[str, dict[str, list[str]]]:
    source = resources.files("onrecord.text") / "registers" / f"{register}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
