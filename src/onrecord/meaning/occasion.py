"""Where and when each statement was made: the day of saying and the occasion, from the words around it.

A date or event phrase counts only outside the content, in the sentence of the cue. It is carried on to the next
statements of the same source while the scene lasts: the next paragraph at most, until another date, occasion or speaker
sets a new one. In transcripts and read-outs the occasion introduced at the top holds for the whole document. Papers and
channels (a report, a letter, Twitter) count as occasions; a "statement" does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.meaning.occasion_phrases import event, introduced, not_before_date, registers
from onrecord.types import Attribution, DateExpression, Occasion, Segments, Span, outer


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """The occasion and the day of one attribution; None where the text does not tell."""

    occasion: Occasion | None
    said_on: DateExpression | None


_PRONOUN = re.compile(r"(?:he|she|they|it|him|her|both|one of them|the two|the pair|his|their)\b", re.I)
_ASIDE = re.compile(r"\b(?:who|which|whose|signed|killed|elected|expires?)\b")
_NO_NAMES = frozenset(
    ["The", "This", "That", "Mr", "Mrs", "Ms", "Dr", "An", "One", "Two", "His", "Her", "Their", "Its"]
)
NOTHING = Saying(occasion=None, said_on=None)
_REACH = 160  # code points of a sentence on either side of cue and source that are searched
_TOP = 900  # code points in which a transcript or read-out introduces its occasion
_CARRY = 1  # paragraphs between two statements of one scene


def settle(
    segments: Segments, attributions: Sequence[Attribution], dates: Sequence[DateExpression], *, published: date | None
) -> tuple[Saying, ...]:
    """One `Saying` for each attribution, in the same order. `dates` are those of `find_dates`, in order."""
    if not attributions:
        return ()
    scene = _Scenes(segments=segments, attributions=attributions, dates=dates, published=published)
    found: dict[int, Saying] = {}
    for index in sorted(range(len(attributions)), key=lambda i: _whole(attributions[i]).start):
        found[index] = scene.saying(index)
    return tuple(found[index] for index in range(len(attributions)))


def _whole(attribution: Attribution) -> Span:
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


class _Scenes:
    """The state of one reading: the statement before, and what was known of it."""

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
        self.day_starts = [each.span.start for each in self.days]
        self.sentences = segments.sentences
        self.sentence_starts = [span.start for span in segments.sentences]
        self.paragraph_starts = [span.start for span in segments.paragraphs]
        self.cues = sorted({span for each in attributions for span in each.cue})
        self.cue_starts = [span.start for span in self.cues]
        self.town = _town(self.text)
        self.whole = self._of_document()
        self.last: tuple[Attribution, Saying, int] | None = None
        self.voices = ""  # the sources of the scene so far, as one string
        self.named: list[Occasion] = []

    def saying(self, index: int) -> Saying:
        attribution = self.attributions[index]
        own = self._own(attribution)
        said = self._completed(attribution, own)
        if attribution.parent is None:
            source = attribution.source.of(self.text) if attribution.source else ""
            same = self.last is not None and self._same_source(attribution)
            if not same:
                self.voices = source
            elif source not in self.voices:
                self.voices = f"{self.voices} {source}"
            self.last = (attribution, said, self._paragraph(_whole(attribution).start))
        return said

    def _own(self, attribution: Attribution) -> Saying:
        frames = list(self._frames(attribution))
        occasion = next((o for frame in frames if (o := self._occasion(frame, attribution))), None)
        occasion = occasion or self._from_source(attribution)
        if occasion:
            self.named.append(occasion)
        return Saying(occasion=occasion, said_on=self._day(frames, attribution) or self._day_before(attribution))

    def _completed(self, attribution: Attribution, own: Saying) -> Saying:
        """What the statement itself does not tell, from the scene it belongs to."""
        carried = self._carried(attribution)
        colon = any(span.of(self.text).strip() == ":" for span in attribution.cue)
        if self.whole and (self.whole_document or colon):
            carried = self.whole
        if own.occasion and own.said_on:
            return own
        if self.whole and own.occasion and self.whole.occasion and own.occasion.text == self.whole.occasion.text:
            carried = self.whole
        if own.occasion and carried.occasion and own.occasion.text != carried.occasion.text and self.whole_document:
            return own
        day = carried.said_on.start if carried.said_on else None
        if own.said_on and own.said_on.start != day and carried is not self.whole:
            return own
        return Saying(occasion=own.occasion or carried.occasion, said_on=own.said_on or carried.said_on)

    def _carried(self, attribution: Attribution) -> Saying:
        if self.last is None or attribution.parent is not None:
            return NOTHING
        _, said, paragraph = self.last
        near = self._paragraph(_whole(attribution).start) - paragraph <= _CARRY
        if not near or not self._same_source(attribution):
            return NOTHING
        paper = said.occasion is not None and re.search(rf"(?:{registers()['documents']})$", said.occasion.text)
        if paper and attribution.source and _names(attribution.source.of(self.text)[1:]):
            return NOTHING
        return said

    def _same_source(self, after: Attribution) -> bool:
        """Whether the source may be the one of the scene: its name, a pronoun, or its office again."""
        if after.source is None:
            return not any(s.of(self.text).strip() == ":" for s in after.cue)
        new = after.source.of(self.text)
        if _PRONOUN.match(new):
            return True
        names = _names(new)
        if not names:
            return re.match(r"(?:the|this|that)\s", new, re.I) is not None and self._same_office(new)
        # A title or the full name again introduces the speaker anew: "Ambassador Antonov" after "Antonov".
        return len(names) == 1 and re.search(rf"\b{re.escape(names[0])}\b", self.voices) is not None

    def _same_office(self, new: str) -> bool:
        office = re.search(rf"\b(?:{registers()['roles']})\b", new)
        if office is None or re.search(rf"\b(?:{registers()['general_roles']})\b", new):
            return True
        others = re.findall(rf"\b(?:{registers()['roles']})\b", self.voices.lower())
        return not others or office.group() in others

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
        if attribution.source is None or not (names := _names(attribution.source.of(self.text))):
            return None
        start = _whole(attribution).start
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
        if not_before_date().search(self.text[max(0, day.span.start - 12) : day.span.start]):
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
        return ";" not in gap and _ASIDE.search(gap) is None

    def _occasion(self, frame: Span, attribution: Attribution) -> Occasion | None:
        for match in event().finditer(self.text, frame.start, frame.end):
            span = Span(*match.span("event"))
            if match["prep"].lower() == "after" and not re.search(
                r"(?:[sS]peaking|[sS]poke|said|told\s[\w ]+)\s(?:\w+\s)?$",
                self.text[max(0, span.start - 60) : match.start("prep")],
            ):
                continue
            if attribution.source and span.overlaps(attribution.source) and not span.covers(attribution.source):
                continue
            return self._anaphora(self._made(match, span))
        return None

    def _made(self, match: re.Match[str], span: Span) -> Occasion:
        span = Span(span.start, span.end - self.text.endswith(".", span.start, span.end))
        text = " ".join(span.of(self.text).split())
        place = match["place"]
        if place is None and self.town and not re.search(registers()["no_place"], text):
            place = self.town
        return Occasion(span=span, text=text, place=place)

    def _anaphora(self, found: Occasion) -> Occasion:
        """ "The forum" is the Northern Energy Forum named before."""
        if " " in found.text:
            return found
        for earlier in reversed(self.named):
            if earlier.text.lower().split(" of ")[0].endswith(found.text.lower()):
                return Occasion(span=found.span, text=earlier.text, place=found.place or earlier.place)
        return found

    def _from_source(self, attribution: Attribution) -> Occasion | None:
        """A paper that is itself the source: the report said."""
        if attribution.source is None:
            return None
        words = attribution.source.of(self.text)
        match = re.match(
            rf"(?:The|the|A|a|Their|their|Its|its|His|his|Her|her)\s((?:[\w-]+\s){{0,3}}?(?:{registers()['documents']}))$",
            words,
        )
        if match is None:
            return None
        if match[1] in ("text", "document", "paper") and self.named:
            return self.named[-1]
        at = attribution.source.start + match.start(1)
        return self._anaphora(Occasion(span=Span(at, at + len(match[1])), text=match[1], place=None))

    def _of_document(self) -> Saying | None:
        """The occasion a transcript or a read-out introduces at its top, and its day."""
        top = self.text[:_TOP]
        self.whole_document = (
            re.match(r"\s*(?:[A-Z][\w ]{0,30}:\s)?(?:Read-?out|Transcript|Remarks|READ-?OUT|TRANSCRIPT)\b", top)
            is not None
        )
        colons = sum(any(s.of(self.text).strip() == ":" for s in each.cue) for each in self.attributions)
        if not self.whole_document and colons < 2:
            return None
        match = self._introduction(top)
        if match is None:
            return Saying(occasion=None, said_on=self._top_day()) if self.whole_document else None
        span = Span(*match.span("event"))
        return Saying(occasion=self._made(match, span), said_on=self._top_day())

    def _introduction(self, top: str) -> re.Match[str] | None:
        """The first event that is no mere subject of talks, else the first event."""
        found = list(introduced().finditer(top))
        lesser = re.compile(rf"(?:{registers()['lesser']})(?!\w)")
        sure = (
            m
            for m in found
            if not lesser.search(m["event"].replace("press conference", "").replace("news conference", ""))
        )
        return next(sure, None) or next(iter(found), None)

    def _top_day(self) -> DateExpression | None:
        tops = [each for each in self.days if each.span.start < _TOP]
        if not self.whole_document:
            tops = [each for each in tops if each.span != self.dateline] or tops
        return next((each for each in tops if each.basis != "stated"), tops[0] if tops else None)

    def _sentence(self, at: int) -> Span:
        index = bisect_right(self.sentence_starts, at) - 1
        return self.sentences[index] if index >= 0 else Span(0, max(1, len(self.text)))

    def _paragraph(self, at: int) -> int:
        return bisect_right(self.paragraph_starts, at) - 1


def _is_dateline(text: str, at: Span) -> bool:
    """The date between the town and the dash at the top of a wire report, or alone at the end of a line there."""
    line = text[text.rfind("\n", 0, at.start) + 1 : at.start]
    after = re.match(r"\s?[-\u2013\u2014]|\s?\([A-Z]|\s*\n|:\s", text[at.end : at.end + 4])
    return at.start < _TOP and len(line) < 60 and after is not None


def _past(each: DateExpression, published: date | None) -> bool:
    return published is None or each.start is None or each.start <= published


def _names(source: str) -> list[str]:
    """The capitalised words of a source, those before its first comma if there are any."""
    found = (re.findall(r"\b[A-Z][\w'’-]+", part) for part in (source.split(",")[0], source))
    return next((names for each in found if (names := [name for name in each if name not in _NO_NAMES])), [])


def _town(text: str) -> str | None:
    match = re.search(
        r"^([A-Z][A-Z .'’-]{2,24})(?:\s?\([A-Za-z ]+\)|,\s[^\n]{1,40}?)?\s[-–—]{1,2}\s", text[:_TOP], re.M
    )
    return match[1].strip() if match else None
