"""Which states belong to which organisation on which day (`members` in `organisations.toml`)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from onrecord.meaning.registers import load_cached


def members_of(code: str, day: date | None = None) -> frozenset[str]:
    """The members of the organisation `code` on `day` (without one: on the last day known); empty where none are known.

    The last day of a state that left counts as a day of membership.
    """
    row = _organisations().get(code)
    if row is None:
        return frozenset()
    joined, left = row.get("joined", {}), row.get("left", {})
    if day is None:
        return frozenset(row["members"]) - set(left)
    on = day.isoformat()
    return frozenset(
        state for state in row["members"] if joined.get(state, "") <= on and on <= left.get(state, "9999-12-31")
    )


def permanent_members() -> frozenset[str]:
    """The permanent members of the Security Council of the United Nations."""
    rows = load_cached("organisations")["organisation"]
    return frozenset(state for row in rows for state in row.get("permanent", ()))


@lru_cache(maxsize=1)
def _organisations() -> dict[str, dict[str, Any]]:
    rows = load_cached("organisations")["organisation"]
    return {row["country"]: row for row in rows if "members" in row}
