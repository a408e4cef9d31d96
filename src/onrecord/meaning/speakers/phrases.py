"""A noun phrase for a speaker taken apart: the name, the office spelled out, the state spoken for.

Rules only; the facts are in `registers/`. Works on the lexer's tokens of the phrase alone, so a phrase of a source span
and a title before a name in running text are read the same way.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.meaning.registers import given_names, load_cached, not_persons, words
from onrecord.meaning.speakers.lex import Token
from onrecord.meaning.speakers.offices import PREPOSITIONS, Phrase, body_of, spell, spelled

PARTICLES = words("particles")
_SURNAMES = words("surname_places")
_OFFICE_SURNAMES = words("office_surnames")
_TITLED = ("office", "hon", "rank", "drop")


def name_runs(tokens: Sequence[Token], lo: int = 0, hi: int | None = None) -> list[tuple[int, int]]:
    """Runs of capitalised words no register explains, with particles and initials: perhaps persons."""
    hi = len(tokens) if hi is None else hi
    runs: list[tuple[int, int]] = []
    i = lo
    while i < hi:
        if _opens(tokens, i, hi):
            j = _run_end(tokens, i, hi)
            cut = max(
                (
                    k + 1
                    for k in range(i, j - 2)
                    if tokens[k].text in not_persons() and tokens[k + 1].text in given_names()
                ),
                default=i,
            )
            cut = max(cut, _after_place(tokens, i, j, lo), _after_field(tokens, i, j, lo))
            if cut > i:
                runs.append((i, cut))
            runs.append((cut, j))
            i = j
        else:
            i += 1
    return runs


def _after_field(tokens: Sequence[Token], i: int, j: int, lo: int) -> int:
    """Where the name begins in `Committee on International Affairs Lev Oblomov`; `i` where nothing has to be cut."""
    if i - 1 < lo or j - i < 4 or tokens[i - 1].text not in ("of", "on", "for"):
        return i
    last = max((k for k in range(i, j - 2) if tokens[k].text in not_persons()), default=-1)
    rest = tokens[last + 1 : j]
    return last + 1 if last >= i and len(rest) in (2, 3) and all(t.text not in not_persons() for t in rest) else i


_STATESMEN = frozenset(("leader", "minister", "diplomat", "spokesperson", "official", "military", "legislator"))


def _after_place(tokens: Sequence[Token], i: int, j: int, lo: int) -> int:
    """Where the name begins in `Prime Minister of Velmark Jonas Haldrup`; `i` where the run is all one name."""
    if j - i < 3 or i - 2 < lo or tokens[i - 1].text != "of":
        return i
    k = i - 2
    while k >= lo and (tokens[k].kind in ("portfolio", "rank", "cap") or tokens[k].text in ("of", "and", "for")):
        k -= 1
    term = tokens[k].term if k >= lo and tokens[k].kind in _TITLED else None
    if term is None or term.group not in _STATESMEN:
        return i
    return next((n for n in range(i + 1, j - 1) if tokens[n].text in given_names()), j - 2)


def _opens(tokens: Sequence[Token], i: int, hi: int) -> bool:
    token = tokens[i]
    if token.kind == "cap":
        return True
    if token.text in ("De", "Le", "La", "Van", "Von", "Di", "Da", "Del") and i + 1 < hi and tokens[i + 1].kind == "cap":
        return True
    if token.kind == "low" and token.upper and token.text in given_names() and token.text != "Will":
        return i + 1 < hi and tokens[i + 1].kind == "cap"
    ambiguous = token.kind in ("state", "capital", "part", "outlet", "doc", "portfolio") and token.text in given_names()
    if ambiguous and i + 1 < hi:
        return tokens[i + 1].kind == "cap"
    if token.kind == "office" and token.key in _OFFICE_SURNAMES and i and tokens[i - 1].key in ("=m", "=f"):
        return True
    if token.kind == "office" and token.upper and token.text in given_names() and 0 < i < hi - 1:
        return tokens[i - 1].text == "," and tokens[i + 1].kind == "cap"
    return (
        token.text in ("von", "van") and i + 1 < hi and (tokens[i + 1].kind == "cap" or tokens[i + 1].text in PARTICLES)
    )


def _run_end(tokens: Sequence[Token], i: int, hi: int) -> int:
    j = i + 1
    while j < hi:
        token = tokens[j]
        gap = token.start - tokens[j - 1].end
        if gap > 1:
            break
        if token.kind == "cap" or (token.text.lower() in PARTICLES and _particle(tokens, j, hi)):
            j += 1
        elif token.text in _SYLLABLES and gap == 1 and j + 1 < hi and tokens[j + 1].kind == "cap":
            j += 1  # Lã Thị Thu Hằng
        elif (
            token.upper
            and j == i + 1
            and tokens[i].text in given_names()
            and (token.kind not in ("dem", "rank", "state") or token.text in _SURNAMES)
        ):
            if j + 1 < hi and tokens[j + 1].kind == "cap" and token.kind in ("office", "hon"):
                break
            j += 1
        else:
            break
    return j


# Parts of names that are written like abbreviated days, months or small words.
_SYLLABLES = frozenset(("Thu", "Sat", "Sun", "Mar", "May", "An", "So", "Le", "On", "My", "Do"))


def _particle(tokens: Sequence[Token], j: int, hi: int) -> bool:
    k = j + 1
    while k < hi and k < j + 3 and tokens[k].text.lower() in PARTICLES:
        k += 1
    return k < hi and tokens[k].kind == "cap"


def person_like(tokens: Sequence[Token], run: tuple[int, int]) -> bool:
    """Whether a run of capitals could be a person's name."""
    words = [t.text for t in tokens[run[0] : run[1]]]
    if words[0] == "Bill" and len(words) > 1:  # a bill as the first word of a run, but a given name too
        words = words[1:]
    return len(words) <= 5 and not any(
        w in not_persons() or (w.endswith("s") and w[:-1] in not_persons()) for w in words
    )


def read_phrase(tokens: Sequence[Token]) -> Phrase:
    """Take a phrase apart. The role is spelled out as far as the phrase itself allows."""
    phrase = Phrase(tokens=list(tokens))
    phrase.name = _find_name(phrase.tokens)
    _describe(phrase)
    if phrase.name:
        _gender_of_name(phrase)
    return phrase


def _find_name(tokens: list[Token]) -> tuple[int, int] | None:
    scored = [(_name_score(tokens, run), -run[0], run) for run in name_runs(tokens) if person_like(tokens, run)]
    if not scored:
        return None
    best = max(scored)
    return best[2] if best[0] >= 1 else None


def _name_score(tokens: list[Token], run: tuple[int, int]) -> float:
    a, b = run
    before = tokens[a - 1] if a else None
    after = tokens[b] if b < len(tokens) else None
    score = 1.0 if b - a > 1 else 0.0
    if (
        before is None
        or before.kind in _TITLED
        or before.text in (",", "(", ")")
        or before.kind in ("dem", "party", "part", "state", "people")
    ):
        score += 2
    elif before.kind == "poss" or (before.kind == "low" and before.text.lower() in PREPOSITIONS):
        score -= 4
    elif before.text.lower() in ("the", "a", "an"):
        score -= 3
    elif before.kind in ("org", "outlet", "body", "num"):
        score += 1
    elif before.kind == "low":
        score += 1 if b - a > 1 else -1
    if after is None or after.text in (",", "(", "who", "of", "and", "-", "—", "–"):
        score += 1
    elif after.kind == "poss":
        score -= 5
    elif after.kind in ("office", "body", "drop", "rank") or (after.kind == "low" and after.text not in PREPOSITIONS):
        score -= 3
    if tokens[a].text in given_names() and b - a > 1:
        score += 1
    k = a - 1
    while k >= 0 and (tokens[k].kind in _TITLED or tokens[k].kind == "dem"):
        k -= 1
    if 0 < k < a - 1 and tokens[k].kind == "low" and tokens[k].text in PREPOSITIONS:
        score -= 6  # `an aide to President Macron` is not Macron
    if any(t.text == "and" for t in tokens[:a]) and b - a == 1:
        score -= 0.5
    return score


def _gender_of_name(phrase: Phrase) -> None:
    assert phrase.name
    a, b = phrase.name
    if a and phrase.tokens[a - 1].kind == "hon" and phrase.tokens[a - 1].key.startswith("="):
        phrase.gender = phrase.tokens[a - 1].key[1:]
    if not phrase.gender and b - a > 1:
        phrase.gender = given_names().get(phrase.tokens[a].text, "")


def _describe(phrase: Phrase) -> None:
    """Find the part of the phrase that tells the office, and spell it out."""
    for part in _role_parts(phrase):
        spell(phrase, part)
        if phrase.role:
            return


def _role_parts(phrase: Phrase) -> list[list[Token]]:
    tokens = phrase.tokens
    if not phrase.name:
        return [_cut(tokens)]
    a, b = phrase.name
    before = _no_brackets(tokens[:a])
    while before and (
        before[-1].text in (",", "(", "“", '"') or before[-1].key in ("=m", "=f", "=") or before[-1].key == "="
    ):
        before = before[:-1]
    before = [t for t in before if not (t.kind == "hon" and (t.key.startswith("=") or t.key == t.text.lower()))]
    if before and before[-1].text == "and":
        before = before[:-1]
    after = tokens[b:]
    parts: list[list[Token]] = []
    if after and after[0].text == "of" and before:
        parts.append(before + _cut(after))
    elif before:
        parts.append(before)
    while after and after[0].text in (",", ")", "(", "-", "–", "—"):
        after = after[1:]
    if after and after[0].text == "who":
        parts.append(_relative(after))
    elif after and after[0].kind == "num" and len(after) > 2:
        parts.append(_cut(after[2:]))
    elif after and after[0].text not in ("of", "and"):
        parts.append(_cut(after))
        who = next((i for i, t in enumerate(after) if t.text == "who"), None)
        if who is not None:
            parts.append(_relative(after[who:]))
    elif after and after[0].text == "of" and not before:
        parts.append(_cut(after)[1:])
        phrase.affiliated = True
    return parts


def _no_brackets(tokens: list[Token]) -> list[Token]:
    """Without `(IMF)` inside a title."""
    start = next((i for i, t in enumerate(tokens) if t.text == "("), None)
    stop = next((i for i, t in enumerate(tokens) if t.text == ")"), None)
    if start is None or stop is None or not 0 < start < stop < len(tokens) - 1:
        return tokens
    return [*tokens[:start], *tokens[stop + 1 :]]


_ENDS = frozenset(
    (
        *(",", "(", ")", ";", "—", "–", ".", "who", "whom", "which", "whose", "that"),
        *("where", "when", "as", "after", "while", "because"),
    )
)


def _cut(tokens: Sequence[Token]) -> list[Token]:
    """Up to the first comma, relative clause or bracket."""
    for i, token in enumerate(tokens):
        if i and token.text in _ENDS:
            return list(tokens[:i])
        if (
            i
            and token.text == "and"
            and i + 1 < len(tokens)
            and (tokens[i + 1].text in ("the", "a") or tokens[i + 1].kind in ("office", "hon"))
        ):
            return list(tokens[:i])
    return list(tokens)


def _relative(tokens: Sequence[Token]) -> list[Token]:
    """`who chairs the X` as the phrase `Chair of the X`; nothing where the verb tells no office."""
    verbs = load_cached("offices")["verbs"]
    for i, token in enumerate(tokens[1:4], 1):
        if token.text in ("is", "was", "served", "serves", "works", "worked"):
            rest = list(tokens[i + 1 :])
            return _cut(rest[1:] if rest and rest[0].text == "as" else rest)
        if office := verbs.get(token.text):
            head = Token(text=office, start=token.start, end=token.end, kind="low")
            of = Token(text="of", start=token.end + 1, end=token.end + 3, kind="low")
            return [head, of, *_cut(tokens[i + 1 :])]
    return []


__all__ = ["PREPOSITIONS", "Phrase", "body_of", "name_runs", "person_like", "read_phrase", "spelled"]
