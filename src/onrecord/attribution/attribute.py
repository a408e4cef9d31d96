"""Network output -> attributions of a text, with the transcript's turns and the kind of each."""

from __future__ import annotations

import re

import numpy as np

from onrecord.attribution.decode import Decoder, Floats, Ints, Linked, Scores, attributions
from onrecord.attribution.transcripts import Line, transcript_lines
from onrecord.types import Attribution, Kind, Segments, Span

# "GOMA, Congo, May 16 (Agency) - ", "N.H. -", "LONDON --": place in capitals, perhaps a date and an agency, a dash.
DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ ,/]+[A-Z][A-Z.'’-]+){0,3}(?:, ?[^\n()–—]{1,50}?)?(?: ?\([^()\n]{2,40}\))?"
    r"(?: -{1,2}| ?[–—]) "
)
NEVER = -1e4
# Sources that are nobody else's inside a speaker's turn: the speaker, the listeners, people in general.
NOBODY_ELSE = re.compile(
    r"(?:(?:I|we|me|us|you|he|she|it|they|who|which|that|this|these|those)\b.*|(?:my|our|your) .*"
    r"|(?:some|any|every|no)(?:one|body| one)\b.*|(?:many |most |some )?people|(?:many|most|others|all))",
    re.IGNORECASE,
)


def attribute(segments: Segments, output: Floats, decoder: Decoder) -> tuple[Attribution, ...]:
    """The attributions of a text in the order of their content.

    `output` is the network's (words, channels); see `Scores.split`.
    """
    if not segments.words:
        return ()
    quoted = _quoted_words(segments)
    output = _constrained(output, segments)
    rows = attributions(Scores.split(output), decoder, paragraph_numbers(segments))
    found = [_attribution(row, segments, quoted) for row in rows]
    lines = transcript_lines(segments)
    if lines:
        kept = [row for row in found if _survives(row, lines, segments.text)]
        found = kept + [_turn(line) for line in lines if not line.asked]
    return tuple(sorted(found, key=lambda row: (row.content[0], -row.content[-1].end)))


def _constrained(output: Floats, segments: Segments) -> Floats:
    """Datelines are nobody's words, and no span runs out of a heading or into one."""
    starts = np.fromiter((word.start for word in segments.words), np.int64, len(segments.words))
    output = output.copy()
    for paragraph in segments.paragraphs:
        if dateline := DATELINE.match(segments.text, paragraph.start, paragraph.end):
            low, high = np.searchsorted(starts, dateline.span())
            output[low:high, 1:7] = NEVER
    for heading in segments.headings:
        for at in np.searchsorted(starts, (heading.start, heading.end)):
            output[at : at + 1, [2, 4, 6]] = NEVER
    return output


def paragraph_numbers(segments: Segments) -> Ints:
    """(words,): the number of each word's paragraph."""
    starts = np.fromiter((word.start for word in segments.words), np.int64, len(segments.words))
    return np.searchsorted([paragraph.start for paragraph in segments.paragraphs], starts, "right")


def _attribution(row: Linked, segments: Segments, quoted: np.ndarray) -> Attribution:
    def span(words: tuple[int, int]) -> Span:
        return Span(segments.words[words[0]].start, segments.words[words[1] - 1].end)

    return Attribution(
        source=span(row.source) if row.source else None,
        cue=(span(row.cue),),
        content=tuple(span(words) for words in row.content),
        kind=_kind([float(share) for low, high in row.content for share in quoted[low:high]]),
        score=row.score,
    )


def _quoted_words(segments: Segments) -> np.ndarray:
    """For each word: 1 inside quotation marks, 0 outside, NaN where it is only a mark."""
    starts = np.fromiter((word.start for word in segments.words), np.int64, len(segments.words))
    quoted = np.zeros(len(starts))
    for quote in segments.quotes:
        low, high = np.searchsorted(starts, (quote.start, quote.end))
        quoted[low:high] = 1
    for index, word in enumerate(segments.words):
        if word.end - word.start == 1 and not segments.text[word.start].isalnum():
            quoted[index] = np.nan
    return quoted


def _kind(quoted: list[float]) -> Kind:
    words = [share for share in quoted if share == share]
    share = sum(words) / len(words) if words else 0.0
    # One word in twenty may fall outside: an elision's brackets, a word the network put in too many.
    if share >= 0.95 or (words and len(words) - sum(words) <= 1 < sum(words)):
        return "direct"
    return "mixed" if share > 0 else "indirect"


def _turn(line: Line) -> Attribution:
    return Attribution(source=line.name, cue=(line.colon,), content=(line.words,), kind="direct", score=0.95)


def _survives(row: Attribution, lines: list[Line], text: str) -> bool:
    """Whether the network's attribution stays beside a transcript's turns.

    Outside the turns it does. Inside one it does where a cue of words, not a colon, quotes somebody who is named.
    """
    spans = [*row.content, *row.cue, *([row.source] if row.source else [])]
    for line in lines:
        turn = Span(line.name.start, line.words.end)
        if any(turn.overlaps(span) for span in spans):
            inside = all(line.words.covers(span) for span in spans)
            if not inside or row.source is None or NOBODY_ELSE.fullmatch(row.source.of(text)):
                return False
            return any(char.isalpha() for span in row.cue for char in span.of(text))
    return True
