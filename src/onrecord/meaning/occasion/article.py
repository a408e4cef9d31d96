"""An article laid out for questions of time and place: days, sentences and cues in order, and what lies near a cue."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from onrecord.meaning.occasion.phrases import not_before_date
from onrecord.meaning.occasion.scenes import TOP
from onrecord.types import Attribution, DateExpression, Segments, Span, outer

_ASIDE = re.compile(r"\b(?:who|which|whose|signed|killed|elected|expires?)\b")
_SPOKE = re.compile(r"\b(?:who|which) (?:spoke|was speaking|appeared)\b|\b[Dd]ated (?:of )?(?:the )?")
_DATED = re.compile(r"\bdated of (?:the )?$")
_NO_NAMES = frozenset(
    ["The", "This", "That", "Mr", "Mrs", "Ms", "Dr", "An", "One", "Two", "His", "Her", "Their", "Its"]
)
_REACH = 160  # code points of a sentence on either side of cue and source that are searched


def whole_of(attribution: Attribution) -> Span:
    """All of an attribution, from its first span to its last."""
    return outer([*attribution.cue, *attribution.content, *([attribution.source] if attribution.source else [])])


def _head(attribution: Attribution) -> Span:
    """Cue and source; the content's first span where there is neither."""
    spans = [*attribution.cue, *([attribution.source] if attribution.source else [])]
    if not spans:
        return attribution.content[0]
    return outer(spans[:1] if attribution.cue and attribution.source and _apart(attribution) else spans)


def _apart(attribution: Attribution) -> bool:
    """Cue and source so far from each other that what lies between says nothing about the saying."""
    source, cue = attribution.source, attribution.cue[0]
    return source is not None and max(source.start - cue.end, cue.start - source.end) > _REACH


class Article:
    """The text, its attributions and the days it names, none of them after publication."""

    def __init__(
        self,
        *,
        segments: Segments,
        attributions: Sequence[Attribution],
        dates: Sequence[DateExpression],
        published: date | None,
    ) -> None:
        self.text = segments.text
        self.attributions = attributions
        self.published = published
        self.days = [
            each
            for each in dates
            if each.grain in ("day", "time")
            and each.start
            and each.end
            and (each.end - each.start).days == 1
            and _past(each, published)
        ]
        self.dateline = next((each.span for each in self.days if _is_dateline(self.text, each.span)), None)
        self.told_days = [each for each in self.days if each.span != self.dateline]
        self.day_starts = [each.span.start for each in self.days]
        self.sentences = segments.sentences
        self.sentence_starts = [span.start for span in segments.sentences]
        self.paragraph_starts = [span.start for span in segments.paragraphs]
        self.cues = sorted({span for each in attributions for span in each.cue})
        self.cue_starts = [span.start for span in self.cues]
        self.contents = sorted({span for each in attributions for span in each.content})
        self.content_starts = [span.start for span in self.contents]

    def _frames(self, attribution: Attribution) -> Iterator[Span]:
        """The stretches of the cue's own sentence that lie outside all content, near cue and source."""
        head = _head(attribution)
        sentence = self._sentence(head.start)
        start = max(sentence.start, head.start - _REACH)
        end = min(max(sentence.end, head.end), head.end + _REACH)
        at = start
        for piece in sorted(attribution.content):
            if at < min(piece.start, end):
                yield Span(at, min(piece.start, end))
            at = max(at, piece.end)
        if at < end:
            yield Span(at, end)

    def _day(self, frames: list[Span], attribution: Attribution) -> DateExpression | None:
        head = _head(attribution)
        # "Bloomberg reported yesterday, citing two officials": the day is that of the report.
        frames = [f for f in frames if not (f.end <= head.start and head.of(self.text).startswith("citing"))]
        best: tuple[int, DateExpression] | None = None
        for frame in frames:
            for each in self.days[
                bisect_right(self.day_starts, frame.start - 1) : bisect_right(self.day_starts, frame.end)
            ]:
                if not frame.covers(each.span) or each.span == self.dateline or not self._said_there(each, head):
                    continue
                far = max(each.span.start - head.end, head.start - each.span.end, 0)
                if best is None or far < best[0]:
                    best = (far, each)
        return best[1] if best else None

    def _day_before(self, attribution: Attribution) -> DateExpression | None:
        """The day in the sentence before that tells what the source did: "Doronin on 8.5.2023 put an ultimatum"."""
        if attribution.source is None or not (names := names_of(attribution.source.of(self.text))):
            return None
        start = whole_of(attribution).start
        here = bisect_right(self.sentence_starts, start) - 1
        if here < 1 or self._paragraph(self.sentences[here - 1].start) != self._paragraph(start):
            return None
        sentence = self.sentences[here - 1]
        name = re.search(rf"\b{re.escape(names[-1])}\b", sentence.of(self.text))
        if name is None:
            return None
        at = Span(sentence.start + name.start(), sentence.start + name.end())
        near = (each for each in self.days if sentence.covers(each.span) and 0 <= each.span.start - at.end <= 6)
        return next((each for each in near if self._said_there(each, at)), None)

    def _said_there(self, day: DateExpression, head: Span) -> bool:
        """No other cue lies between, and the date is no part of a noun phrase or of a stretch of time."""
        before = self.text[max(0, day.span.start - 14) : day.span.start]
        if not_before_date().search(before) and not _DATED.search(before):
            return False
        if re.match(
            r"['\u2019]s\b|\s[a-z]+\s(?:vote|election|meeting|talks|attack)\b",
            self.text[day.span.end : day.span.end + 30],
        ):
            return False
        low, high = sorted((day.span.start, head.start))
        between = self.cues[bisect_right(self.cue_starts, low) : bisect_right(self.cue_starts, high - 1)]
        if any(not head.covers(cue) for cue in between):
            return False
        if head.covers(day.span):
            gap = self.text[head.start : day.span.start]
        else:
            gap = self.text[min(head.end, day.span.end) : max(head.start, day.span.start)]
        return ";" not in gap and (_ASIDE.search(gap) is None or _SPOKE.search(gap) is not None)

    def _colon(self, attribution: Attribution) -> bool:
        return any(span.of(self.text).strip() == ":" for span in attribution.cue)

    def _narrated(self, sentence: Span) -> bool:
        """Whether a sentence is the reporter's own: it holds no cue and lies in no content."""
        at = bisect_right(self.cue_starts, sentence.start - 1)
        if at < len(self.cues) and self.cues[at].start < sentence.end:
            return False
        return not self._in_content(sentence)

    def _in_content(self, span: Span) -> bool:
        at = bisect_right(self.content_starts, span.start) - 1
        return at >= 0 and self.contents[at].end > span.start

    def _sentence(self, at: int) -> Span:
        index = bisect_right(self.sentence_starts, at) - 1
        return self.sentences[index] if index >= 0 else Span(0, max(1, len(self.text)))

    def _paragraph(self, at: int) -> int:
        return bisect_right(self.paragraph_starts, at) - 1


def _is_dateline(text: str, at: Span) -> bool:
    """The date between the town and the dash at the top of a wire report, or alone at the end of a line there."""
    line = text[text.rfind("\n", 0, at.start) + 1 : at.start]
    after = re.match(r"\s?[-\u2013\u2014]|\s?\([A-Z]|\s*\n|:\s", text[at.end : at.end + 4])
    return at.start < TOP and len(line) < 60 and after is not None


def _past(each: DateExpression, published: date | None) -> bool:
    return published is None or each.start is None or each.start <= published


def names_of(source: str) -> list[str]:
    """The capitalised words of a source, those before its first comma if there are any."""
    found = (re.findall(r"\b[A-Z][\w'’-]+", part) for part in (source.split(",")[0], source))
    return next((names for each in found if (names := [name for name in each if name not in _NO_NAMES])), [])
