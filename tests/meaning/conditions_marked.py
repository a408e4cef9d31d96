"""A context from a text with marks: `<...>` around words of saying, `{...}` around what was said, in the order said."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date

from onrecord.meaning.context import Context
from onrecord.meaning.dates import find_dates
from onrecord.meaning.mentions import find_cast
from onrecord.types import Attribution, Segments, Span, Speaker

SPEAKER = Speaker(
    name="Ada Berg", role=None, country="NOR", type="person", id="p1", mention=None, how="named", score=1.0
)


def plain(text: str) -> Segments:
    """Segments of a text without traps: sentences end at a full stop before a blank."""
    ends = [m.end() for m in re.finditer(r'(?<!Mr)(?<!Sen)[.!?]["”]?(?=\s)|\n\n', text)]
    sentences = []
    for a, b in itertools.pairwise([0, *ends, len(text)]):
        lead = len(text[a:b]) - len(text[a:b].lstrip())
        if text[a:b].strip():
            sentences.append(Span(a + lead, b))
    paragraphs = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    return Segments(text=text, words=(), sentences=tuple(sentences), paragraphs=paragraphs, headings=(), quotes=())


def marked(text: str, published: date | None = date(2024, 3, 11)) -> Context:
    """The context of a marked text; the speaker of every statement is a Norwegian named Ada Berg."""
    bare = ""
    contents: list[Span] = []
    cues: list[Span] = []
    opened: list[tuple[int, int]] = []
    for piece in re.split(r"([{}<>])", text):
        if piece in ("{", "<"):
            opened.append((len(bare), len(contents)))
            if piece == "{":
                contents.append(Span(0, 1))
        elif piece == "}":
            start, at = opened.pop()
            contents[at] = Span(start, len(bare))
        elif piece == ">":
            cues.append(Span(opened.pop()[0], len(bare)))
        else:
            bare += piece
    segments = plain(bare)
    rows = tuple(
        Attribution(source=None, cue=(cue,) if cue else (), content=(content,), kind="indirect", score=1.0)
        for cue, content in itertools.zip_longest(cues[: len(contents)], contents)
    )
    return Context(
        segments=segments,
        published=published,
        dates=find_dates(segments, published=published),
        cast=find_cast(segments),
        attributions=rows,
        speakers=tuple(SPEAKER for _ in rows),
    )


def unsure(context: Context) -> Context:
    """The same context without a day of publication."""
    return replace(context, published=None)
