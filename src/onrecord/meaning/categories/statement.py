"""The event of a statement: what its cue does, else what the speaker's position makes of it."""

from __future__ import annotations

from onrecord.meaning.categories.sentence import Found, read_event
from onrecord.meaning.context import Context
from onrecord.meaning.positions.words import Sides, Word, read_words
from onrecord.types import Attribution, Category, Commitment, Event, Position

# What a statement does by itself, by the speaker's position. Doubts and hopes are no events in PLOVER.
_BY_COMMITMENT: dict[Commitment, Category] = {
    "commits": "AGREE", "ready": "AGREE", "conditional": "AGREE", "demands": "REQUEST", "refuses": "REJECT",
    "warns": "THREATEN",
}  # fmt: skip
# Deeds that a statement reports of somebody ("said police had detained four men"), where the speaker takes no side.
_DEEDS = frozenset(("COERCE", "ASSAULT", "RETREAT", "SANCTION", "MOBILIZE"))
# A plain statement is praise or blame only where its words are as clear as this (score of the position), and clearer
# still where it names no other state or organisation. With one threshold for both 0.73 of what was called ACCUSE on our
# own articles was.
_CLEAR = {"SUPPORT": 0.6, "ACCUSE": 0.5}
_CLEARER = {"SUPPORT": 0.75, "ACCUSE": 0.8}
# What a cue may do where the speaker takes a side (the first) or takes none (the second).
_SIDED = frozenset(("SUPPORT", "ACCUSE", "REJECT", "PROTEST", "AID", "COOPERATE", "CONSULT", "AGREE", "REQUEST"))
_PLAIN = frozenset(("REJECT", "CONSULT"))
# Verbs of what is to come.
_AHEAD = frozenset(("will", "would", "shall", "'ll", "might", "may", "could"))


def statement_event(context: Context, index: int, position: Position | None, codes: tuple[str, ...]) -> Event | None:
    """The event that one statement makes or reports."""
    attribution = context.attributions[index]
    country = context.speakers[index].country
    cue = _cue_event(context, attribution)
    named = _named(context, attribution)
    category = _made(position, cue.category if cue else None, bool(named - {country})) if position else None
    if position is None or (category is None and position.stance != "neutral"):
        return None
    if category is None:
        return _reported(context, attribution, country, codes)
    if category == "THREATEN" and not (cue and cue.category == category) and not _own_deed(context, index):
        return None
    evidence = cue.evidence if cue and cue.category == category else position.evidence
    recipient = _recipient([code for code in codes if code != country], named)
    return Event(category=category, actor=country, recipient=recipient, evidence=evidence)


def _named(context: Context, attribution: Attribution) -> frozenset[str]:
    """Codes of the states and organisations that the cue and the content name."""
    spans = (*attribution.cue, *attribution.content)
    tokens = (token for span in spans for token in context.cast.between(span.start, span.end))
    return frozenset(token.ref.country for token in tokens if token.ref and token.ref.country)


def _recipient(codes: list[str], named: frozenset[str]) -> str | None:
    """The first counterpart that the words name; the only one there is where they name none."""
    return next((code for code in codes if code in named), codes[0] if len(codes) == 1 else None)


def _own_deed(context: Context, index: int) -> bool:
    """Whether the speaker's own side will do something: a warning of what others or nature do is no threat."""
    sides = Sides(context, index)
    if not sides.official:
        return False
    for span in context.attributions[index].content:
        words = read_words(context.cast.between(span.start, span.end))
        if any(word.base in _AHEAD and sides.subject(words, at) == "own" for at, word in enumerate(words)):
            return True
    return False


def _reported(context: Context, attribution: Attribution, country: str | None, codes: tuple[str, ...]) -> Event | None:
    """The deed that the content tells of, done by the first state or organisation named before its verb."""
    words: list[Word] = []
    for piece, span in enumerate(attribution.content):
        words += read_words(context.cast.between(span.start, span.end), piece)
    found = read_event(words, bare=False)
    if found is None or found.category not in _DEEDS:
        return None
    before = [w.token.ref.country for w in words[: found.at] if w.token.ref and w.token.ref.country]
    after = [w.token.ref.country for w in words[found.at :] if w.token.ref and w.token.ref.country]
    first, second = (after, before) if found.passive else (before, after)
    actor = first[0] if first else None
    if actor is None and country is None:
        return None
    recipient = next((code for code in (*second, *codes) if code != actor), None)
    return Event(category=found.category, actor=actor, recipient=recipient, evidence=found.evidence)


def _made(position: Position, cue: Category | None, named: bool) -> Category | None:
    if position.commitment in _BY_COMMITMENT:
        return _promised(position, cue)
    if position.commitment in ("hopes", "doubts"):
        return cue if cue in ("ACCUSE", "SUPPORT", "REQUEST") and position.stance != "neutral" else None
    if position.stance == "neutral":
        return cue if cue in _PLAIN else None
    if cue in _SIDED:
        return cue
    category: Category = "SUPPORT" if position.stance == "supports" else "ACCUSE"
    return category if (_CLEAR if named else _CLEARER)[category] <= position.score else None


def _promised(position: Position, cue: Category | None) -> Category | None:
    usual = _BY_COMMITMENT[position.commitment]
    if position.stance == "neutral" and usual in ("THREATEN", "AGREE") and cue != usual:
        return None
    if position.stance == "opposes" and position.commitment == "conditional":
        return "REJECT"
    return cue if cue in ("REQUEST", "THREATEN", "REJECT") and usual != "REJECT" else usual


def _cue_event(context: Context, attribution: Attribution) -> Found | None:
    words: list[Word] = []
    for piece, span in enumerate(attribution.cue):
        words += read_words(context.cast.between(span.start, span.end), piece)
    size = len(words)
    for piece, span in enumerate(attribution.content[:1], len(attribution.cue)):
        words += read_words(context.cast.between(span.start, span.end)[:12], piece)
    found = read_event(words, bare=False)
    return found if found and found.at < size else None
