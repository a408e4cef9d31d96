"""Words of the working text with what the registers know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.meaning.registers import TOKEN, Named, Term, lexicon, words


@dataclass(slots=True, kw_only=True)
class Token:
    """A word or a phrase of the registers. `kind` is a register's kind, or cap, low, num, poss, punct."""

    text: str
    start: int
    end: int
    kind: str
    term: Term | None = None

    @property
    def ref(self) -> Named | None:
        """The state, organisation or outlet named."""
        return self.term.ref if self.term else None

    @property
    def key(self) -> str:
        """Canonical words of an office, body or portfolio; otherwise the word in lower case."""
        return self.term.key if self.term and self.term.key else self.text.lower()

    @property
    def upper(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


# A capital in one of these is grammar, not a name.
SMALL = words("small")


def lex(text: str) -> list[Token]:
    """Cut text into tokens, the longest phrase of the registers first. About a microsecond a word."""
    # Registers are written with straight apostrophes.
    raw = [(m.group().replace("’", "'"), m.start(), m.end()) for m in TOKEN.finditer(text)]
    book = lexicon()
    longest = book.longest
    found: list[Token] = []
    i, count = 0, len(raw)
    while i < count:
        word, start, end = raw[i]
        reach = longest.get(word) or longest.get(word.lower())
        if reach:
            term, used = _match(raw, i, min(reach, count - i))
            if term:
                end = raw[i + used - 1][2]
                found.append(Token(text=text[start:end], start=start, end=end, kind=term.kind, term=term))
                i += used
                continue
        found.append(Token(text=text[start:end], start=start, end=end, kind=_kind(word)))
        i += 1
    return found


def _match(raw: Sequence[tuple[str, int, int]], at: int, reach: int) -> tuple[Term | None, int]:
    book = lexicon()
    for size in range(reach, 0, -1):
        if size == 1 and raw[at][0] in _FIELDS and _as_field(raw, at):
            return book.folded[(raw[at][0].lower(),)], 1
        cut = tuple(item[0] for item in raw[at : at + size])
        if term := book.exact.get(cut):
            return term, size
        if term := book.folded.get(tuple(w.lower() for w in cut)):
            return term, size
    return None, 0


# Parties whose name is a field of government too.
_FIELDS = frozenset(("Labour",))
_OF_FIELDS = frozenset(("minister", "ministers", "ministry", "secretary", "department", "code", "law", "market"))


def _as_field(raw: Sequence[tuple[str, int, int]], at: int) -> bool:
    """`Ministry of Labour`, `the Labour Code`: no party."""
    before = [word.lower() for word, _, _ in raw[max(0, at - 2) : at]]
    after = raw[at + 1][0].lower() if at + 1 < len(raw) else ""
    return (len(before) == 2 and before[1] in ("of", "for") and before[0] in _OF_FIELDS) or (
        after in _OF_FIELDS and after not in ("minister", "ministers", "secretary")
    )


def _kind(word: str) -> str:
    first = word[0]
    if word in ("'s", "’s"):
        return "poss"
    if first.isalpha():
        lower = word.lower()
        if first.isupper():
            return "low" if lower in SMALL else "cap"
        head, dash, tail = word.partition("-")
        return "cap" if dash and head in ("al", "el", "as", "ar", "an", "bin", "ibn") and tail[:1].isupper() else "low"
    return "num" if first.isdigit() else "punct"
