"""Offices of diplomacy by other names: chancellors, heads of a state's diplomacy, spokesmen at a seat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.meaning.registers import load_cached
from onrecord.meaning.speakers.lex import Token

if TYPE_CHECKING:
    from onrecord.meaning.speakers.offices import Phrase


def at_seat(pre: Sequence[Token]) -> bool:
    """Whether a title begins with the town an organisation speaks in: `Brussels, the representative of NATO`."""
    seat = bool(pre) and (pre[0].kind == "capital" or pre[0].text == "Brussels")
    return seat and not any(t.kind == "poss" for t in pre)


def foreign_minister(phrase: Phrase, head: Token, post: Sequence[Token]) -> None:
    """`The head of Togolese diplomacy`, `the chancellor of Ecuador`: the Minister of Foreign Affairs."""
    state = phrase.owner
    if state is None or state.country is None or state.kind == "organisation" or phrase.closed:
        return
    diplomacy = head.key in ("head", "chief", "boss") and any(t.text == "diplomacy" for t in post[:5])
    if diplomacy or (head.key == "chancellor" and state.country in load_cached("offices")["canciller"]):
        phrase.role, phrase.group = f"Minister of Foreign Affairs of {state.name}", "minister"
        phrase.head = "minister" if diplomacy else phrase.head
