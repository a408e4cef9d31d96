"""What the steps that say what statements mean have in common: one document, read once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from onrecord.meaning.mentions import Cast
from onrecord.types import Attribution, DateExpression, Segments, Span, Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The working text of one document with its dates, its cast, and its attributions with their speakers (by index).

    All spans point into `segments.text`. `published` is the reference date.
    """

    segments: Segments
    published: date | None
    dates: tuple[DateExpression, ...]
    cast: Cast
    attributions: tuple[Attribution, ...]
    speakers: tuple[Speaker, ...]

    @property
    def text(self) -> str:
        """The working text."""
        return self.segments.text

    def words(self, index: int) -> str:
        """The content of an attribution, its pieces joined by spaces."""
        return " ".join(span.of(self.text) for span in self.attributions[index].content)

    def sentence(self, at: int) -> Span:
        """The sentence at a position; the paragraph or the whole text where there is none."""
        return _at(self.segments.sentences, at) or self.paragraph(at)

    def paragraph(self, at: int) -> Span:
        """The paragraph at a position, or the whole text."""
        return _at(self.segments.paragraphs, at) or Span(0, max(1, len(self.text)))


def _at(spans: tuple[Span, ...], at: int) -> Span | None:
    index = bisect_right(spans, at, key=lambda span: span.start) - 1
    return spans[index] if index >= 0 and at < spans[index].end else None
