"""The working text cut into paragraphs, headings, sentences, quotations and words."""

from __future__ import annotations

from bisect import bisect_left

from onrecord.text.headings import heading_paragraphs, opening_headings
from onrecord.text.paragraphs import paragraphs as find_paragraphs
from onrecord.text.quotes import quotations
from onrecord.text.sentences import sentence_starts
from onrecord.text.words import words
from onrecord.types import Segments, Span, Spans


def segment(text: str) -> Segments:
    """Cut up a repaired text. Never raises; every kind of span is in order, disjoint and trimmed of white space.

    A heading, also one that ran into the sentence behind it, is a sentence of its own.
    """
    paragraphs = find_paragraphs(text)
    lines = set(heading_paragraphs(text, paragraphs))
    sentences = _sentences(text, paragraphs, lines)
    body = tuple(sentence for index, some in enumerate(sentences) if index not in lines for sentence in some)
    openings = opening_headings(text, body)
    headings = sorted([paragraphs[index] for index in lines] + openings)
    return Segments(
        text=text,
        words=words(text),
        sentences=_cut_openings(text, [sentence for some in sentences for sentence in some], openings),
        paragraphs=paragraphs,
        headings=tuple(headings),
        quotes=quotations(text, paragraphs),
    )


def _sentences(text: str, paragraphs: Spans, whole: set[int]) -> list[list[Span]]:
    """The sentences of each paragraph; those with index in `whole` are not cut."""
    found = []
    for index, paragraph in enumerate(paragraphs):
        starts = [paragraph.start] if index in whole else sentence_starts(text, paragraph)
        ends = [*starts[1:], paragraph.end]
        found.append([_trimmed(text, start, end) for start, end in zip(starts, ends, strict=True)])
    return found


def _trimmed(text: str, start: int, end: int) -> Span:
    while text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _cut_openings(text: str, sentences: list[Span], openings: list[Span]) -> Spans:
    """The sentences, with a cut behind each heading at an opening."""
    for opening in reversed(openings):
        index = bisect_left(sentences, opening.start, key=lambda sentence: sentence.start)
        rest = opening.end
        while text[rest].isspace():
            rest += 1
        sentences[index : index + 1] = [opening, Span(rest, sentences[index].end)]
    return tuple(sentences)
