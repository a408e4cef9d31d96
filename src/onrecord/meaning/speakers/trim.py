"""Source spans made clean: the words a network takes too many before a title and after a name are cut off."""

from __future__ import annotations

from dataclasses import replace

from onrecord.meaning.registers import given_names, words
from onrecord.meaning.speakers.lex import SMALL, Token
from onrecord.meaning.speakers.phrases import PREPOSITIONS, Phrase, read_phrase

_MODIFIERS = frozenset(
    (
        *("dem", "state", "org", "part", "capital", "seat", "people", "outlet"),
        *("portfolio", "rank", "drop", "body", "party", "cap", "office", "hon", "num", "poss"),
    )
)
_LINKS = frozenset(("of", "for", "to", "in", "at", "on", "and", "the", "a", "an", "&", "-", "with"))
_REPORTING = words("reporting")
_OPENERS = words("determiners") | words("many") | {"some", "it", "he", "she", "they"}
_LEADS = words("leads")
_BREAKS = words("breaks")
_EASY = words("easy")
_TIMES = words("times")


def trim(tokens: list[Token]) -> list[Token]:
    """The tokens of the speaker alone: `His comments came as President Joe Biden` -> `President Joe Biden`."""
    tokens = [_posted(tokens, i) for i in range(len(tokens))]
    tokens = _timeless(_tail(_clause(_opening(_lead(tokens)))))
    if tokens[0].kind == "outlet" and len(tokens) > 3 and tokens[1].kind == "poss" and tokens[-1].kind == "cap":
        tokens = tokens[2:]  # NBC's Dante Chinni
    if len(tokens) < 4:
        return tokens
    phrase = read_phrase(tokens)
    if not phrase.name or phrase.name[0] < 2:
        return _after_name(tokens, phrase)
    start = _title_start(tokens, phrase.name[0])
    return _after_name(tokens[start:], read_phrase(tokens[start:]) if start else phrase)


def _posted(tokens: list[Token], at: int) -> Token:
    """`The ambassador of Colombia before the OAS` is the ambassador to it."""
    token = tokens[at]
    envoy = token.text == "before" and any(t.kind == "office" and t.key in _POSTED for t in tokens[max(0, at - 4) : at])
    return replace(token, text="to") if envoy else token


_POSTED = frozenset(("ambassador", "representative", "permanent representative", "envoy", "delegate"))


def _lead(tokens: list[Token]) -> list[Token]:
    """Without `According to`, `as`, `said`, `by` at the head."""
    while len(tokens) > 1 and (
        tokens[0].text.lower() in _BREAKS
        or (tokens[0].text.lower() in _LEADS and (tokens[1].upper or tokens[1].text == "of"))
        or (tokens[0].kind == "low" and tokens[0].text in _REPORTING)
    ):
        two = tokens[1].text == ("to" if tokens[0].text.lower() == "according" else "of")
        tokens = tokens[2:] if two and len(tokens) > 2 else tokens[1:]
    return tokens


def _opening(tokens: list[Token]) -> list[Token]:
    """Without an adverbial before a comma (`On Sunday, the ministry`), and from `his` where it is not first."""
    for i, token in enumerate(tokens[:-1]):
        after = tokens[i + 1].text.lower()
        if any(t.kind not in ("low", "num", "punct") for t in tokens[:i]):
            return tokens
        if token.text == "," and i and (after in _OPENERS or tokens[i + 1].kind == "num"):
            return tokens[i + 1 :]
        if i and token.text in ("his", "her", "its", "their") and token.kind == "low" and tokens[i - 1].text != "of":
            return tokens[i:]
    return tokens


def _timeless(tokens: list[Token]) -> list[Token]:
    """Without `this month`, `on Friday` at the end."""
    while len(tokens) > 1 and (tokens[-1].text.lower() in _TIMES or _hanging(tokens[-1])):
        tokens = tokens[:-1]
    return tokens[:-1] if len(tokens) > 2 and tokens[-1].text in ("on", "in") else tokens


def _hanging(token: Token) -> bool:
    """A word no source ends in: `Antonov speaking`, `Larionov as`."""
    return token.kind == "low" and (token.text in ("as", "by", "to", "that", "speaking", "saying", "has", "had", "was"))


def _clause(tokens: list[Token]) -> list[Token]:
    """Without a clause before `as`, `after` or `when` that names nobody."""
    for i, token in enumerate(tokens[:-1]):
        if i and token.kind == "low" and token.text in _BREAKS and token.text != "whom":
            named = any(t.kind in ("cap", "office", "hon", "org", "body", "doc", "outlet") for t in tokens[:i])
            offered = any(t.kind in ("cap", "office", "hon") for t in tokens[i + 1 :])
            return tokens if named or not offered else tokens[i + 1 :]
    return tokens


def _tail(tokens: list[Token]) -> list[Token]:
    """Up to a verb of saying that is no part of a relative clause; what follows it where only that names somebody."""
    for i, token in enumerate(tokens):
        if i and token.text in _REPORTING and tokens[i - 1].text not in ("who", "which", "that", "and", ","):
            return tokens[i + 1 :] if _only_later(tokens[:i], tokens[i + 1 :]) else tokens[:i]
        if token.text in ("who", "which", "whose"):
            return tokens[:i] if i and i == len(tokens) - 1 else tokens
    return tokens


def _only_later(before: list[Token], after: list[Token]) -> bool:
    """`Tirasia answers with restraint Deputy Minister Irina Solvani`: a headline run into the speaker."""
    if any(t.kind in ("office", "hon") for t in before) or sum(t.kind == "cap" for t in before) > 1:
        return False
    office = next((i for i, t in enumerate(after) if t.kind in ("office", "hon") and t.upper), None)
    return office is not None and len(after) - office > 2 and all(t.kind == "cap" for t in after[-2:])


def _title_start(tokens: list[Token], name: int) -> int:
    """Index of the first token of the title before a name; 0 where nothing has to be cut."""
    k = name - 1
    comma = tokens[k].text == ","
    while k >= 0:
        token = tokens[k]
        if token.text.lower() in _BREAKS or (token.kind == "low" and token.text in _REPORTING):
            break
        if token.text in (".", "?", "!", ";", ":", "”", '"') or (token.text == "," and k < name - 1):
            break
        if token.kind not in _MODIFIERS and not comma and not _inside(tokens, k, name):
            break
        k -= 1
    start = k + 1
    while start < name and tokens[start].text.lower() in ("and", "of", "to", "for", "in", "at", "on", "with", ","):
        start += 1
    return start if k >= 0 else 0


def _inside(tokens: list[Token], k: int, name: int) -> bool:
    """Whether a word that no register knows may stand in a title: before an office in small letters."""
    text = tokens[k].text.lower()
    if text in _LINKS or text in _EASY or text in PREPOSITIONS or text in SMALL:
        return text not in ("as", "when", "after", "while")
    office = next((t for t in tokens[k + 1 : name] if t.kind in ("office", "hon")), None)
    return office is not None and not office.upper


def _after_name(tokens: list[Token], phrase: Phrase) -> list[Token]:
    """Cut what follows a name without a comma and describes nobody: `Joe Biden told Congress on Monday`."""
    if not phrase.name or phrase.name[1] >= len(tokens):
        return tokens
    b = phrase.name[1]
    after = tokens[b]
    described = any(t.kind in ("office", "hon") for t in tokens[b : b + 8])
    if after.kind == "low" and after.text not in ("who", "of", "from", "and", "or", "at") and not described:
        return tokens[:b]
    if after.kind == "cap" or after.text in given_names():
        return tokens
    return tokens
