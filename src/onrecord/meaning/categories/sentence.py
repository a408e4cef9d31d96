"""The event of one sentence: the leftmost verb of the register decides, and whether it has happened or is to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.meaning.positions.phrases import Hit, book
from onrecord.meaning.positions.words import Word, listed, spans_of
from onrecord.types import Category, Spans

_KIND = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")


@dataclass(frozen=True, slots=True)
class Found:
    """The category of an event, the words that show it, and where its verb stands."""

    category: Category
    evidence: Spans
    at: int
    passive: bool


def read_event(words: Sequence[Word], *, bare: bool = True) -> Found | None:
    """The event that a sentence is about; None where no phrase of the register stands in it.

    A verb counts before a noun ("the attack"). Without `bare`, for the words of a statement, nouns and the broad
    entries of the register do not count at all.
    """
    accept = None if bare else _narrow
    hits = book("categories", "event").find([w.base for w in words], accept=accept)
    verbs = [hit for hit in hits if hit.entry.text("kind") != "thing" and not _noun(words, hit)]
    hits = verbs if verbs or not bare else hits
    if not hits:
        return None
    hit = hits[0]
    passive = any(w.base == "be" for w in words[max(0, hit.first - 2) : hit.first])
    return Found(_turned(words, hit), spans_of(words, hit.first, hit.last), hit.first, passive)


def _narrow(hit: Hit) -> bool:
    return not hit.entry.values.get("bare")


def _noun(words: Sequence[Word], hit: Hit) -> bool:
    """Whether a word that is also a verb stands here as a noun ("accepted the demands", "an air strike")."""
    if not hit.first or hit.last - hit.first > 1:
        return False
    word, before = words[hit.first], words[hit.first - 1]
    if before.base in listed("determiners"):
        return True
    plain = word.token.text.lower() in (word.base, word.base + "s", word.base + "es")
    verbal = before.base in listed("before_verb") or before.token.text.endswith("s")
    return plain and before.token.kind == "low" and not verbal


def _turned(words: Sequence[Word], hit: Hit) -> Category:
    """The category of a hit; what is yet to come is an intention: AGREE where it helps, THREATEN where it harms."""
    category: Category = hit.entry.values["category"]
    if hit.entry.text("kind") != "deed":
        return category
    before = {w.base for w in words[max(0, hit.first - 3) : hit.first]}
    if not before & listed("coming"):
        return category
    if "not" in before:
        return "REJECT"
    if category == "SANCTION" and any(w.base == "announce" for w in words[: hit.first]):
        return category
    if category in _KIND and any(w.base == "unless" for w in words[hit.last :]):
        return "THREATEN"
    return "AGREE" if category in _KIND else "THREATEN"
