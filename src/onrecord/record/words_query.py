"""What a user types in search of words, understood; never a syntax error.

    treaty verification     both words, in any form ("treaties verify")
    "new start treaty"      these words in this order
    negotiat*               words that begin so
    treaty OR accord        either one; binds closer than the blank
    -sanctions              none of these words; also -"a phrase", -prefix*

Everything else is words. A word with points or hyphens inside ("third-party") is a phrase. No more
than the first 64 words or phrases count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from onrecord.record.terms import stem, words
from onrecord.types import Span, Spans

# A quoted phrase (the last one may lack its closing mark) or a run of visible characters, with a minus before it.
_PIECE = re.compile(r'(-?)(?:["“”„«]([^"“”„«»]*)["“”»]?|([^\s"“”„«]+))')
# Marks a term that no word can be; not ASCII, so that the index takes it for a letter.
_MARK = "\u00b7"
# More would ask more of the databases' parsers than any question is worth.
_MOST_TERMS = 64
_NO_LETTER = re.compile(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words in order (stems), or with `prefix` one beginning of a word."""

    stems: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One of each group of `wanted` must occur, and none of `unwanted`; one of each group of `facets` must hold."""

    wanted: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()
    facets: tuple[tuple[str, ...], ...] = ()

    def fts5(self) -> str:
        """The query in the language of FTS5."""
        groups = [" OR ".join(map(_fts5, group)) for group in self.wanted]
        groups += [" OR ".join(f'"{term}"' for term in group) for group in self._facets]
        positive = " AND ".join(f"({group})" for group in groups)
        return f"({positive}) NOT ({' OR '.join(map(_fts5, self.unwanted))})" if self.unwanted else positive

    def tsquery(self) -> str:
        """The query in the language of PostgreSQL."""
        groups = [" | ".join(map(_tsquery, group)) for group in self.wanted]
        groups += [" | ".join(f"'{term}'" for term in group) for group in self._facets]
        positive = " & ".join(f"({group})" for group in groups)
        return f"{positive} & !({' | '.join(map(_tsquery, self.unwanted))})" if self.unwanted else positive

    @property
    def _facets(self) -> tuple[tuple[str, ...], ...]:
        """Something positive to look up, always: every statement is of one of the three kinds."""
        return self.facets if self.facets or self.wanted else (EVERY,)


def facet(name: str, value: str) -> str:
    """A fact as one term of the index; case and punctuation make no difference."""
    return f"{_MARK}{name}{_MARK}" + _NO_LETTER.sub(_MARK, value.casefold())


EVERY = tuple(facet("kind", kind) for kind in ("direct", "indirect", "mixed"))


@lru_cache(maxsize=256)
def parse(typed: str) -> Query:
    """What was typed, as a query; without a word in it, it asks for everything."""
    wanted: list[list[Term]] = []
    unwanted: list[Term] = []
    either = False
    for minus, phrase, run in islice(_PIECE.findall(typed), _MOST_TERMS):
        if run == "OR" and not minus:
            either = bool(wanted)
            continue
        term = _term(phrase, prefix=False) if not run else _term(run, prefix=run.endswith("*"))
        if term is None:
            continue
        if minus:
            unwanted.append(term)
        elif either:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        either = False
    return Query(wanted=tuple(map(tuple, wanted)), unwanted=tuple(unwanted))


def highlights(text: str, query: str | Query) -> Spans:
    """The words of `text` that `query` asks for, a phrase as one span; in order, none overlapping."""
    asked = parse(query) if isinstance(query, str) else query
    terms = [term for group in asked.wanted for term in group]
    if not terms:
        return ()
    cut = list(words(text))
    stems = [stem(form) for _, form in cut]
    found = [span for term in terms for span in _occurrences(term, cut, stems)]
    return tuple(_joined(sorted(found)))


def _term(typed: str, *, prefix: bool) -> Term | None:
    forms = [form for _, form in islice(words(typed), _MOST_TERMS)]
    if not forms:
        return None
    if prefix and len(forms) == 1:
        return Term((forms[0],), prefix=True)
    return Term(tuple(stem(form) for form in forms))


def _fts5(term: Term) -> str:
    # Terms are letters and digits only; the marks keep AND, OR, NOT and NEAR from being read as commands.
    if term.prefix:
        return f'"{term.stems[0]}" *'
    return f'{{content speaker}} : "{" ".join(term.stems)}"'


def _tsquery(term: Term) -> str:
    if term.prefix:
        return f"'{term.stems[0]}':*"
    return "(" + " <-> ".join(f"'{word}'" for word in term.stems) + ")"


def _occurrences(term: Term, cut: Sequence[tuple[Span, str]], stems: Sequence[str]) -> Iterator[Span]:
    if term.prefix:
        start = term.stems[0]
        both = zip(cut, stems, strict=True)
        yield from (span for (span, form), word in both if form.startswith(start) or word.startswith(start))
        return
    length = len(term.stems)
    for first in range(len(stems) - length + 1):
        if tuple(stems[first : first + length]) == term.stems:
            yield Span(cut[first][0].start, cut[first + length - 1][0].end)


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans in order, those that overlap made one."""
    current: Span | None = None
    for span in spans:
        if current and span.start < current.end:
            current = Span(current.start, max(current.end, span.end))
            continue
        if current:
            yield current
        current = span
    if current:
        yield current
