"""Terms: what words become before they are indexed, looked up or highlighted. The same in every database.

A term is a word in small letters, without diacritics, possessive or apostrophe, and stemmed (Porter's second English
stemmer, of Snowball). `U.N.` is the word `un`.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from onrecord.types import Span

if TYPE_CHECKING:
    from snowballstemmer.english_stemmer import EnglishStemmer

# Initials with points are one word; an apostrophe inside a word belongs to it.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?|[^\W_]+(?:['’ʼ][^\W_]+)*")
_INNER = re.compile("['’ʼ.]")
_POSSESSIVE = re.compile("['’ʼ]s$")
# Letters that Unicode does not take apart into a base letter and a mark, as English newsrooms write them.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"})
# Longer runs of letters are no words (encoded files, keys); cut so that no index meets its own limit.
LONGEST = 64


def words(text: str) -> Iterator[tuple[Span, str]]:
    """The words of `text`: where each stands, and its plain form (`plain`), which is never empty."""
    for found in _WORD.finditer(text):
        form = plain(found[0])
        if form:
            yield Span(*found.span()), form


def forms_and_stems(text: str) -> Iterator[tuple[str, str]]:
    """The words of `text` for an index: plain form and stem."""
    for found in _WORD.findall(text):
        both = _form_and_stem(found)
        if both:
            yield both


# As large as the vocabulary of a large corpus, names included: about 30 MB when full.
@lru_cache(maxsize=1 << 17)
def _form_and_stem(word: str) -> tuple[str, str] | None:
    form = plain(word)
    return (form, stem(form)) if form else None


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """A word in small letters, without diacritics, possessive, apostrophes and points; may be empty."""
    small = _POSSESSIVE.sub("", word.casefold())
    if small.isascii():
        return _INNER.sub("", small)[:LONGEST]
    apart = unicodedata.normalize("NFKD", _INNER.sub("", small).translate(_PLAIN))
    # Again, since taking a letter apart can bring up a capital (as in the Kelvin sign) or something that is no letter.
    return "".join(c for c in apart.casefold() if c.isalnum())[:LONGEST]


# Snowball in Python takes 19 us a word. Over 900 articles one word in twenty-two was new; 2.4 us a word in all.
@lru_cache(maxsize=1 << 16)
def stem(form: str) -> str:
    """The stem of a plain form; never empty."""
    with _one_at_a_time:
        return _stemmer().stemWord(form) or form


_one_at_a_time = threading.Lock()  # the stemmer keeps the word it works on


@cache
def _stemmer() -> EnglishStemmer:
    # Its own class, not snowballstemmer.stemmer(): that prefers the C extension of another version where one is
    # installed, and two computers would then index the same word under two stems.
    from snowballstemmer.english_stemmer import EnglishStemmer

    return EnglishStemmer()
