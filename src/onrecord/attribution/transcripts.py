"""Transcripts: paragraphs that open with a speaker's name and a colon.

News corpora have few of them and their form is plain, so they are read by rule: a label is believed where the page
has several, and unlabelled paragraphs go on with the last speaker where they speak in the first or second person.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace

from onrecord.types import Segments, Span

# NAME, a title in brackets or after a comma perhaps, then a colon and words: "AESCHBACH: The", "Q: When",
# "Vladimir Putin: Good", "President of Finland Sauli Niinisto (retranslated): I".
LABEL = re.compile(
    r"(?P<name>[A-Z][\w.'’-]*(?:[ ,]{1,2}(?:[A-Z][\w.'’-]*|of|the|for|and|to|de|van|von|al|bin)){0,9})"
    r"(?: \([^()\n]{1,60}\))?(?P<colon>:)[ \u00a0]+(?=\S)"
)
ASKED = re.compile(
    r"(?:q(?:uestion)?|a(?:nswer)?|reporter|journalist|moderator|interviewer|remark|reply|response)\d?", re.I
)
# Labels of lists and web pages, not of speakers.
NOT_SPEAKERS = re.compile(
    r"(?:note|source|sources|photo|related|read more|see also|update|updated|contact|date|time|place|subject|re|tags?|"
    r"background|summary|example|warning|correction|editor.s note|breaking|watch|video|share|by|from|to|here|fact|"
    r"first|second|third|finally|participants?|agenda|topics?|results?|conclusions?|"
    r"publication|direct link|text version|transcript)s?",
    re.I,
)
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me|[Yy]ou|[Yy]our|[Ll]et['’]s)\b")
CUE_THIRD = re.compile(
    r"\b(?:he|she|they|the (?:minister|president|ambassador|spokes\w+)) (?:\w+ )?"
    r"(?:said|added|noted|stressed|told|warned|explained|replied|concluded|recalled|emphasi[sz]ed)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A turn of a transcript: who, the colon, and the words, which may run on over paragraphs.

    `asked` where the label names nobody (QUESTION, Q, Journalist): such a turn is no statement of record.
    """

    name: Span
    colon: Span
    words: Span
    asked: bool


def transcript_lines(segments: Segments) -> list[Line]:
    """The turns of a transcript; none where the labels are too few to be believed."""
    text = segments.text
    labelled = {}
    for number, paragraph in enumerate(segments.paragraphs):
        match = LABEL.match(text, paragraph.start, paragraph.end)
        if match and not NOT_SPEAKERS.fullmatch(match["name"]) and not _runs_on(match, text):
            labelled[number] = match
    return _turns(segments, labelled) if _believed(segments, labelled) else []


def _runs_on(match: re.Match[str], text: str) -> bool:
    """Whether one word and its colon open a sentence ("Listen: you read it"): what a speaker says has a capital."""
    name = match["name"]
    one_word = " " not in name and not name.isupper() and not ASKED.fullmatch(name)
    return one_word and text[match.end()].islower()


def _believed(segments: Segments, labelled: dict[int, re.Match[str]]) -> bool:
    """Whether labels are speakers': one comes back, two are shouted or ask, or most lead words in the first person.

    A label alone is a speaker's where a long name is followed by paragraphs mostly in the first person.
    """
    if not labelled:
        return False
    if len(labelled) == 1:
        ((at, match),) = labelled.items()
        return " " in match["name"] and at + 3 < len(segments.paragraphs) and _is_pure(segments, labelled)
    names = Counter(match["name"] for match in labelled.values())
    shouted = sum(name.isupper() or ASKED.fullmatch(name) is not None for name in names.elements())
    spoken = [_in_first_person(segments, labelled, at) for at in labelled]
    return max(names.values()) > 1 or shouted > 1 or sum(map(bool, spoken)) * 2 > len(spoken)


def _in_first_person(segments: Segments, labelled: dict[int, re.Match[str]], at: int) -> bool:
    """Whether the words after a label, or one of the next two paragraphs ("Mr President, colleagues,"), are."""
    after = [number for number in (at + 1, at + 2) if number < len(segments.paragraphs)]
    reach = [at, *itertools.takewhile(lambda number: number not in labelled, after)]
    return any(FIRST_PERSON.search(segments.paragraphs[number].of(segments.text)) for number in reach)


def _turns(segments: Segments, labelled: dict[int, re.Match[str]]) -> list[Line]:
    lines: list[Line] = []
    open_turn = False
    headings = set(segments.headings)
    pure = _is_pure(segments, labelled)
    for number, paragraph in enumerate(segments.paragraphs):
        if match := labelled.get(number):
            lines.append(
                Line(
                    name=Span(*match.span("name")),
                    colon=Span(*match.span("colon")),
                    words=Span(match.end(), paragraph.end),
                    asked=ASKED.fullmatch(match["name"]) is not None,
                )
            )
            open_turn = True
        elif not open_turn or segments.text[paragraph.start] in "([<":
            continue  # a stage direction, (Applause), ends no turn
        elif paragraph not in headings and _goes_on(paragraph.of(segments.text), pure):
            lines[-1] = replace(lines[-1], words=Span(lines[-1].words.start, paragraph.end))
        else:
            open_turn = False
    return lines


def _is_pure(segments: Segments, labelled: dict[int, re.Match[str]]) -> bool:
    """Whether nobody but the speakers speaks after the first label: most other paragraphs are in the first person."""
    rest = [
        paragraph.of(segments.text)
        for number, paragraph in enumerate(segments.paragraphs)
        if number > min(labelled) and number not in labelled
    ]
    return sum(bool(FIRST_PERSON.search(words)) for words in rest) * 2 > len(rest)


def _goes_on(paragraph: str, pure: bool) -> bool:
    """Whether an unlabelled paragraph is still the last speaker's: in the first or second person, no reporter's cue."""
    return (pure or bool(FIRST_PERSON.search(paragraph))) and not CUE_THIRD.match(paragraph)
