"""What an editor would query about the text itself: broken sentences, stray marks, leftovers of a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.text.balance import unbalanced
from onrecord.text.registry import alternatives, word_list
from onrecord.text.repair import Repaired
from onrecord.text.sentences import ends_in_abbreviation
from onrecord.types import Flag, Segments, Span

# A full stop between two lower-case words; not behind a name of a file, in front of an address or of a point "b)".
BROKEN = re.compile(r"(?<![\w.@/-])([a-z]{2,}|COVID-\d+)\. +([a-z][a-z'’-]*)(?![\w)]|[./@]\w|://)")
# The article alone ("took a. back road"); behind a word, as letters count the points of a list at the start of a line.
BROKEN_ARTICLE = re.compile(r"(?<=[a-z,] )(a)\. +[a-z][a-z'’-]*(?!\w|[./@]\w)")
FRAGMENT = re.compile(r"[A-Z][a-z]{3,}\.$")
WORDS_BEFORE = re.compile(r"(?:[\w'’-]+ +){0,2}[\w'’-]+[^\w\s]*$")
NEXT_WORD = re.compile(r"\W*\w+")
LAST_WORD = re.compile(r"[\w'’-]+[^\w\s]*$")
# Sequences that only a wrong decoding leaves: letter, capital A with tilde or circumflex, and a symbol; a lost byte.
GARBLED = re.compile(r"â€\S?|(?:[ÃÂ]|A[\u0302\u0303])[\u0080-\u00bf€ƒ„†‡ˆ‰‹™›¢-¿]+[A-Za-z]{0,20}|\ufffd+[A-Za-z]{0,20}")
LETTERS_BEFORE = re.compile(r"[A-Za-z]*$")
WORD_BEFORE, WORD_BEHIND = 40, 30


def damage(segments: Segments, repaired: Repaired | None = None) -> tuple[Flag, ...]:
    """Flags `text-damage` and `quote-unbalanced`, in order of place. Spans point into `segments.text`.

    Marks on the wrong side of a space are mended before the text is cut up; they are flagged if `repaired`, which
    tells of them, is given.
    """
    broken = list(_broken_ends(segments))
    flags = [*broken, *_doubled(segments), *_garbled(segments), *unbalanced(segments)]
    if broken:
        # One word may be a sentence of style. In a text with broken sentences it is another broken one.
        flags += _fragments(segments)
    if repaired is not None:
        flags += _wrong_side(segments, repaired)
    return tuple(sorted(flags, key=lambda flag: flag.span))


def _broken_ends(segments: Segments) -> Iterator[Flag]:
    text = segments.text
    for match in BROKEN.finditer(text):
        if not ends_in_abbreviation(text, max(0, match.start() - WORD_BEFORE), match.end(1)):
            yield _flag(Span(*match.span()), f"A full stop breaks the sentence before '{match.group(2)}'.")
    for match in _intruding().finditer(text):
        yield _flag(Span(*match.span()), "The subject stands twice before its verb.")
    for match in (*_never_last().finditer(text), *BROKEN_ARTICLE.finditer(text)):
        yield _flag(Span(*match.span()), f"No sentence ends with '{match.group(1)}'.")


def _fragments(segments: Segments) -> Iterator[Flag]:
    text = segments.text
    paragraph_starts = {paragraph.start for paragraph in segments.paragraphs}
    previous: Span | None = None
    for sentence in segments.sentences:
        if previous and sentence.start not in paragraph_starts and sentence.end - sentence.start < 20:
            word = sentence.of(text)
            known = word[:-1] in word_list("damage", "fragments")
            quoted = any(quote.covers(sentence) for quote in segments.quotes)
            if FRAGMENT.match(word) and not known and not quoted:
                before = LAST_WORD.search(text, max(previous.start, previous.end - WORD_BEFORE), previous.end)
                start = before.start() if before else sentence.start
                yield _flag(Span(start, sentence.end), f"'{word}' is cut off from its sentence.")
        previous = sentence


def _doubled(segments: Segments) -> Iterator[Flag]:
    for match in _repeated().finditer(segments.text):
        yield _flag(Span(*match.span()), f"'{match.group(1)}' is written twice.")


def _garbled(segments: Segments) -> Iterator[Flag]:
    for match in GARBLED.finditer(segments.text):
        start = max(0, match.start() - WORD_BEHIND)
        before = LETTERS_BEFORE.search(segments.text, start, match.start())
        span = Span(before.start() if before else match.start(), match.end())
        yield _flag(span, "Characters were lost to a wrong encoding.")


def _wrong_side(segments: Segments, repaired: Repaired) -> Iterator[Flag]:
    text = segments.text
    for change in repaired.changed:
        if change.kind != "wrong-side" or change.start >= change.end:
            continue
        start, end = change.start, change.end
        before = WORDS_BEFORE.search(text, max(0, start - WORD_BEFORE), start)
        behind = NEXT_WORD.match(text, end, end + WORD_BEHIND)
        span = Span(before.start() if before else start, behind.end() if behind else end)
        yield _flag(span, "A quotation mark stands on the wrong side of its space.")


def _flag(span: Span, message: str) -> Flag:
    return Flag(kind="text-damage", span=span, message=message)


@cache
def _intruding() -> re.Pattern[str]:
    """`Doronin, and he, stated`: a pronoun of the source language that English has no place for."""
    verbs = alternatives("sentences", "speech_verbs")
    return re.compile(rf"(?<![\w'’-])[A-Z][\w'’-]{{0,40}}, and (?:he|she|they), (?:{verbs})\b")


@cache
def _never_last() -> re.Pattern[str]:
    return re.compile(r"(?<![\w'’\"“-])((?:" + alternatives("damage", "never_last") + r"))\. +\w+")


@cache
def _repeated() -> re.Pattern[str]:
    return re.compile(r"(?<![\w'’-])(" + alternatives("damage", "never_doubled") + r") +\1(?![\w'’-])")
