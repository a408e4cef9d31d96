"""What a statement binds its speaker to do, or not to do, and whether another one says the opposite.

An act is a verb with what it is done to: "will sign the treaty", "refused to sign the treaty", "do not support the
deal". Two clash where verb and object are the same, one says yes and the other no, and nothing beside them (terms,
times, names, "more", "alone") makes them two acts.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from onrecord.meaning.positions.phrases import irregular
from onrecord.meaning.registers import load_cached
from onrecord.types import Commitment, Span, Spans, Stance

if TYPE_CHECKING:
    from snowballstemmer.english_stemmer import EnglishStemmer

Subject = Literal["own", "thing"]
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]")
_NOT = re.compile(r"(?i)(ca|wo|sha|\w+?)(n['’]t)")
_TAIL = re.compile(r"(?i)(\w+)(['’](?:ll|re|ve|d|m|s))")
_WHOLE = {"ca": "can", "wo": "will", "sha": "shall"}
_STOPS = frozenset(".?!;")
_BREAKS = frozenset(",:()-–—/") | _STOPS
_MARKS = frozenset("\"'“”‘’«»")
_NEAR = 3  # words before a verb in which its negation stands
_OBJECT = 10  # words behind a verb that may be its object
_BEFORE = 8  # words before a verb in which its subject stands
_SIDES = frozenset(("supports", "opposes"))
_BOUND = frozenset(("commits", "ready"))
_EXTRAS = 2  # plain words that one object may have more than the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement as it is held against another: spans point into `text`.

    `own` are words in small letters that name the speaker's own side; `conditional` whether a condition was found.
    """

    text: str
    cue: Spans
    content: Spans
    stance: Stance | None = None
    commitment: Commitment | None = None
    own: frozenset[str] = frozenset()
    conditional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is to be done, or not: `verb` is the same for verbs of one act, `about` the stems of its object.

    `head` are those before its first preposition ("the provision in the bill"), `narrow` those that two acts must
    share: names, figures, times and words such as "more".
    """

    verb: str
    does: bool
    subject: Subject
    about: frozenset[str]
    head: frozenset[str]
    narrow: frozenset[str]
    span: Span


@dataclass(frozen=True, slots=True)
class _Token:
    low: str
    base: str
    span: Span
    capital: bool
    told: bool  # stands in the content, not in the cue


def opposed(one: Said, other: Said) -> bool:
    """Whether the two positions oppose: for and against, or bound to it and refusing it."""
    return positions_oppose(one.stance, one.commitment, other.stance, other.commitment)


def positions_oppose(stance: str | None, commitment: str | None, other: str | None, bound: str | None) -> bool:
    """`opposed` for stance and commitment of the one and of the other."""
    if stance != other and stance in _SIDES and other in _SIDES:
        return True
    return (commitment == "refuses" and bound in _BOUND) or (bound == "refuses" and commitment in _BOUND)


def clash(one: Said, other: Said) -> tuple[Act, Act] | None:
    """An act of each that the other denies; None where there is none."""
    for first in acts(one):
        for second in acts(other):
            if _deny(first, second):
                return first, second
    return None


@lru_cache(maxsize=4096)
def acts(said: Said) -> tuple[Act, ...]:
    """What the words bind the speaker to do or not to do; nothing of what hangs on terms, or was told of others."""
    tokens = _tokens(said)
    if said.conditional or any(stem(token.base) in _stems("turning") for token in tokens if not token.told):
        return ()
    return tuple(act for sentence in _sentences(tokens) for act in _acts(sentence, said))


@lru_cache(maxsize=4096)
def about(said: Said) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the content that say what it is about, and those of them that are names or figures."""
    told = [token for token in _tokens(said) if token.told and _says(token)]
    skipped = _listed("modal") | _listed("negation") | _listed("own") | _listed("third") | said.own
    kept = [token for token in told if token.low not in skipped]
    return frozenset(stem(token.base) for token in kept), frozenset(stem(t.base) for t in kept if _names(t))


def overlap(one: Said, other: Said) -> tuple[int, float]:
    """How many stems two contents share, and what part of the longer that is; none where names tell them apart."""
    (first, names), (second, others) = about(one), about(other)
    if names - second and others - first:
        return 0, 0.0
    shared = len(first & second)
    return shared, shared / max(1, len(first), len(second))


def _deny(one: Act, other: Act) -> bool:
    if one.verb != other.verb or one.subject != other.subject or one.does == other.does:
        return False
    if not (one.about <= other.about or other.about <= one.about) or not one.head & other.head:
        return False
    more = one.about ^ other.about
    return len(more) <= _EXTRAS and not more & (one.narrow | other.narrow)


# --- words --------------------------------------------------------------------------------------------------------


def _tokens(said: Said) -> list[_Token]:
    found: list[_Token] = []
    for told, spans in ((False, said.cue), (True, said.content)):
        for span in spans:
            for match in _WORD.finditer(said.text, span.start, span.end):
                found.extend(_parts(match, told))
    return found


def _parts(match: re.Match[str], told: bool) -> Iterator[_Token]:
    """A word; contractions as two."""
    word, place = match[0], Span(*match.span())
    if word.lower() == "cannot":
        parts: tuple[str, ...] = ("can", "not")
    elif cut := _NOT.fullmatch(word):
        parts = (_WHOLE.get(cut[1].lower(), cut[1]), "not")
    elif cut := _TAIL.fullmatch(word):
        parts = (cut[1], cut[2].replace("’", "'"))
    else:
        parts = (word,)
    for part in parts:
        low = part.lower()
        yield _Token(low, irregular().get(low, low), place, word[:1].isupper(), told)


def _sentences(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    found: list[_Token] = []
    for token in tokens:
        found.append(token)
        if token.low in _STOPS:
            yield found
            found = []
    if found:
        yield found


def _names(token: _Token) -> bool:
    return token.capital or token.low[0].isdigit()


def _says(token: _Token) -> bool:
    return token.low[0].isalnum() and token.low not in _listed("empty")


# --- acts ---------------------------------------------------------------------------------------------------------


def _acts(sentence: list[_Token], said: Said) -> Iterator[Act]:
    words = {token.low for token in sentence}
    if words & _listed("conditional") or "?" in words:
        return
    for at, token in enumerate(sentence):
        if token.told and stem(token.base) in _stems("telling"):
            return
        found = _act(sentence, at, said)
        if found is not None:
            yield found


def _act(sentence: list[_Token], at: int, said: Said) -> Act | None:
    """The act that the word at `at` opens, if it is a modal, a binding word or a verb of position."""
    base, form = sentence[at].base, stem(sentence[at].base)
    if base in _listed("modal"):
        verb, no = _behind(sentence, at + 1)
        if verb < len(sentence) and stem(sentence[verb].base) in _stems("binding") | _stems("refusing"):
            return None  # opens the act itself
        return _built(sentence, at, verb, said, does=not no)
    if form in _stems("binding") | _stems("refusing"):
        verb, no = _behind(sentence, at + 1)
        if verb == at + 1 or not any(token.low == "to" for token in sentence[at + 1 : verb]):
            return None
        no ^= _negated(sentence, at) ^ (form in _stems("refusing"))
        return _built(sentence, at, verb, said, does=not no)
    if form in _states() and not _modal_before(sentence, at):
        return _built(sentence, at, at, said, does=not _negated(sentence, at))
    return None


def _behind(sentence: list[_Token], at: int) -> tuple[int, bool]:
    """The first word from `at` on that is neither adverb nor negation, and whether a negation was passed."""
    no = False
    while at < len(sentence):
        low = sentence[at].low
        if low in _listed("negation"):
            no = True
        elif low not in _listed("adverbs") and low not in _MARKS:
            break
        at += 1
    return at, no


def _negated(sentence: list[_Token], at: int) -> bool:
    before = [token.low for token in sentence[max(0, at - _NEAR) : at]]
    return any(word in _listed("negation") for word in before)


def _modal_before(sentence: list[_Token], at: int) -> bool:
    """Whether the verb belongs to a modal, an infinitive or a noun before it."""
    before = [token for token in sentence[max(0, at - _NEAR) : at] if token.low not in _listed("negation")]
    return any(token.base in _listed("modal") or token.low == "to" for token in before)


def _built(sentence: list[_Token], at: int, verb: int, said: Said, *, does: bool) -> Act | None:
    if verb >= len(sentence) or not sentence[verb].low[0].isalpha():
        return None
    before = _subject_words(sentence, at)
    if sentence[verb].base == "be" and _participle(sentence[verb + 1 : verb + 2]):
        return _made(sentence, at, verb + 1, before, does, "thing")
    if sentence[verb].base in _listed("light") or not _own(before, sentence, at, said):
        return None
    return _made(sentence, at, verb, _object(sentence, verb + 1), does, "own")


def _participle(words: Sequence[_Token]) -> bool:
    return any(t.low.endswith(("ed", "en")) and stem(t.base) not in _stems("binding") for t in words)


def _made(
    sentence: list[_Token], at: int, verb: int, words: Sequence[_Token], does: bool, subject: Subject
) -> Act | None:
    named, sign = _verb(stem(sentence[verb].base))
    head = _head(words)
    words = [token for token in words if _says(token)]
    stems = frozenset(stem(token.base) for token in words)
    if not stems:
        return None
    narrow = frozenset(stem(t.base) for t in words if _names(t) or stem(t.base) in _stems("narrowing"))
    last = max([sentence[verb], *words], key=lambda token: token.span.end)
    denied = [token for token in sentence[max(0, at - _NEAR) : at] if token.low in _listed("negation")]
    first = min([sentence[at], *denied, *words], key=lambda token: token.span.start)
    return Act(
        verb=named,
        does=does == sign,
        subject=subject,
        about=stems,
        head=head,
        narrow=narrow,
        span=Span(first.span.start, last.span.end),
    )


def _object(sentence: list[_Token], start: int) -> list[_Token]:
    found = []
    for token in sentence[start : start + _OBJECT]:
        if token.low in _BREAKS or token.low in _listed("ends"):
            break
        found.append(token)
    return found


def _head(words: Sequence[_Token]) -> frozenset[str]:
    """The stems before the first preposition that stands behind one of them."""
    found: set[str] = set()
    for token in words:
        if found and token.low in _listed("prepositions"):
            break
        if _says(token):
            found.add(stem(token.base))
    return frozenset(found)


def _subject_words(sentence: list[_Token], at: int) -> list[_Token]:
    """The words of the clause before a verb."""
    found: list[_Token] = []
    for token in reversed(sentence[max(0, at - _BEFORE) : at]):
        if token.low in _BREAKS or token.low in _listed("ends") or not token.told:
            break
        found.append(token)
    return found[::-1]


def _own(before: list[_Token], sentence: list[_Token], at: int, said: Said) -> bool:
    """Whether the act is the speaker's own: "we", a name of its side, "it" at the opening, or no subject at all."""
    bare = [t for t in before if t.low not in _listed("empty") | _listed("negation") | _listed("adverbs") | _MARKS]
    subject = [t.low for t in before if t.low in _listed("own") or t.low in _listed("third")]
    bare = [t for t in bare if t.low not in _listed("third") and stem(t.base) not in _stems("binding")]
    if any(low in _listed("own") for low in subject):
        return all(t.low in _listed("own") or t.low in said.own for t in bare)
    if bare:
        return all(t.low in said.own for t in bare)
    if subject and any(token.low in _MARKS for token in sentence[:at]):
        return False  # in a quotation "he" is another
    opening = not any(t.told and t.low[0].isalnum() and t.low != "that" for t in sentence[: at - len(before)])
    return opening and (not sentence[at].told or not before or bool(subject))


# --- lists --------------------------------------------------------------------------------------------------------


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load_cached("contradictions")["words"][name].split())


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(map(stem, _listed(name)))


@cache
def _states() -> frozenset[str]:
    return frozenset(map(stem, load_cached("contradictions")["states"]["verbs"].split()))


@cache
def _signs() -> dict[str, tuple[str, bool]]:
    found = {}
    for row in load_cached("contradictions")["act"]:
        name = stem(row["for"].split()[0])
        found.update({stem(verb): (name, True) for verb in row["for"].split()})
        found.update({stem(verb): (name, False) for verb in row["against"].split()})
    return found


def _verb(form: str) -> tuple[str, bool]:
    """The name of the act that a verb stands for, and whether the verb is for it."""
    return _signs().get(form, (form, True))


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """The stem of a word in small letters (Porter's second English stemmer, of Snowball)."""
    with _one_at_a_time:
        return _stemmer().stemWord(word) or word


_one_at_a_time = threading.Lock()  # the stemmer keeps the word it works on


@cache
def _stemmer() -> EnglishStemmer:
    from snowballstemmer.english_stemmer import EnglishStemmer

    return EnglishStemmer()
