"""Transcripts: paragraphs that open with a speaker's name and a colon.

News corpora have few of them and their form is plain, so they are read by rule: a label is believed where the page
has several, and unlabelled paragraphs go on with the last speaker where they speak in the first or second person.
"""

from __future__ import annotations

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
    r"publication|direct link|text version)s?",
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
        if match and not NOT_SPEAKERS.fullmatch(match["name"]):
            labelled[number] = match
    names = Counter(match["name"] for match in labelled.values())
    shouted = sum(name.isupper() or ASKED.fullmatch(name) is not None for name in names.elements())
    if len(labelled) < 2 or (max(names.values()) < 2 and shouted < 2):
        return []
    return _turns(segments, labelled)


def _turns(segments: Segments, labelled: dict[int, re.Match[str]]) -> list[Line]:
    lines: list[Line] = []
    open_turn = False
    headings = set(segments.headings)
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
        elif open_turn and paragraph not in headings and _goes_on(paragraph.of(segments.text)):
            lines[-1] = replace(lines[-1], words=Span(lines[-1].words.start, paragraph.end))
        else:
            open_turn = False
    return lines


def _goes_on(paragraph: str) -> bool:
    """Whether an unlabelled paragraph is still the last speaker's: first or second person, no reporter's cue."""
    return (
        bool(FIRST_PERSON.search(paragraph)) and not CUE_THIRD.match(paragraph) and not paragraph.startswith(("(", "["))
    )
