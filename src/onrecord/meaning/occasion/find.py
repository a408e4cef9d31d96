"""Where and when each statement was made: the day of saying and the occasion, from the words around it.

A date or event phrase counts only outside the content, in the sentence of the cue. It is carried on to the next
statements of the same source while the scene lasts: the next paragraph at most, until another date, occasion or speaker
sets a new one. A sentence of narration before the statement may set the scene too ("the ministers met on Monday"). In
transcripts and read-outs the occasion introduced at the top holds for the whole document, save where words were said to
the press or put into a paper apart. Papers and channels (a report, a statement, Twitter) count as occasions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.meaning.occasion.article import Article, names_of, whole_of
from onrecord.meaning.occasion.phrases import day_part, elsewhere, event, registers, to_press
from onrecord.meaning.occasion.scenes import (
    TOP,
    day_in,
    heading_end,
    in_turn,
    introduction,
    is_read_out,
    last_paper,
    made,
    told,
    town,
)
from onrecord.types import Attribution, DateExpression, Occasion, Segments, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """The occasion and the day of one attribution; None where the text does not tell."""

    occasion: Occasion | None
    said_on: DateExpression | None


_PRONOUN = re.compile(r"(?:he|she|they|it|him|her|both|one of them|the two|the pair|his|their)\b", re.I)
_WHO_SPOKE = re.compile(r"\b(?:who (?:spoke|was speaking|addressed|appeared)|speaking|addressing)\b")
NOTHING = Saying(occasion=None, said_on=None)
_CARRY = 1  # paragraphs between two statements of one scene


def settle(
    segments: Segments, attributions: Sequence[Attribution], dates: Sequence[DateExpression], *, published: date | None
) -> tuple[Saying, ...]:
    """One `Saying` for each attribution, in the same order. `dates` are those of `find_dates`, in order."""
    if not attributions:
        return ()
    scene = _Scenes(segments=segments, attributions=attributions, dates=dates, published=published)
    found: dict[int, Saying] = {}
    for index in sorted(range(len(attributions)), key=lambda i: whole_of(attributions[i]).start):
        found[index] = scene.saying(index)
    return tuple(found[index] for index in range(len(attributions)))


class _Scenes(Article):
    """The state of one reading: the statement before, and what was known of it."""

    def __init__(
        self,
        *,
        segments: Segments,
        attributions: Sequence[Attribution],
        dates: Sequence[DateExpression],
        published: date | None,
    ) -> None:
        super().__init__(segments=segments, attributions=attributions, dates=dates, published=published)
        self.town = town(self.text)
        self.whole = self._of_document()
        self.last: tuple[Attribution, Saying, int] | None = None
        self.apart = False  # whether the last statement was made in another scene than the document's
        self.voices = ""  # the sources of the scene so far, as one string
        self.named: list[Saying] = []

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
            self.last = (attribution, said, self._paragraph(whole_of(attribution).end - 1))
        return said

    def _own(self, attribution: Attribution) -> Saying:
        frames = list(self._frames(attribution))
        occasion = next((o for frame in frames if (o := self._occasion(frame, attribution))), None)
        named = self._from_source(attribution) or next((n for f in frames if (n := self._in_it(f))), None) or NOTHING
        occasion = occasion or named.occasion
        day = self._day(frames, attribution) or self._day_before(attribution) or self._part_of_day(frames)
        if occasion and not day:
            day = named.said_on or next((n.said_on for n in self.named if self._again(n, occasion, frames)), None)
        own = Saying(occasion=occasion, said_on=day)
        if occasion:
            self.named.append(own)
        return own

    def _again(self, before: Saying, now: Occasion, frames: list[Span]) -> bool:
        """ "In the statement", after a statement of Monday."""
        if before.occasion is None or before.occasion.text != now.text:
            return False
        return any(f.covers(now.span) and self.text[: now.span.start].endswith((" the ", " that ")) for f in frames)

    def _completed(self, attribution: Attribution, own: Saying) -> Saying:
        """What the statement itself does not tell, from the scene it belongs to."""
        apart = self._is_apart(attribution)
        carried = NOTHING if apart else self._carried(attribution)
        follows = self.apart and carried is not NOTHING
        self.apart = apart or follows
        colon = self._colon(attribution)
        if self.transcript and not colon and in_turn(self.text, self._paragraph_of(attribution)):
            return own
        if self.whole and (colon or (self.whole_document and attribution.parent is None and not self.apart)):
            carried = self.whole
            if own.occasion and own.occasion.text in registers()["events"].split("|"):
                own = Saying(occasion=carried.occasion or own.occasion, said_on=own.said_on)
        elif not own.occasion and not self.whole_document and (scene := self._scene_before(attribution)):
            carried = scene
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

    def _is_apart(self, attribution: Attribution) -> bool:
        """Whether its own words put it into another scene: to one outlet or, in a read-out, to the press."""
        marks = (m for f in self._frames(attribution) for m in elsewhere().finditer(self.text, f.start, f.end))
        return any(self.whole or not to_press().match(m[0]) for m in marks)

    def _scene_before(self, attribution: Attribution) -> Saying | None:
        """The scene that sentences of narration since the last statement set for this source."""
        source = attribution.source
        start = whole_of(attribution).start
        if source is None or attribution.parent is not None:
            return None
        here = bisect_right(self.sentence_starts, start) - 1
        since = whole_of(self.last[0]).end if self.last else 0
        for index in range(here - 1, max(-1, here - 4), -1):
            sentence = self.sentences[index]
            if sentence.start < since or self._paragraph(start) - self._paragraph(sentence.start) > _CARRY:
                return None
            if self._narrated(sentence) and self._is_about(sentence, source.of(self.text), index == here - 1):
                return self._scene_of(sentence)
        return None

    def _is_about(self, sentence: Span, source: str, next_to: bool) -> bool:
        names = names_of(source)
        if not names or _PRONOUN.match(source):
            return next_to and _PRONOUN.match(source) is not None
        name = re.compile(rf"\b{re.escape(names[-1])}\b")
        words = sentence.of(self.text)
        if name.search(words):
            return True
        paragraph = self.paragraph_starts[max(0, self._paragraph(sentence.start))]
        return re.search(r"\b(?:he|she|He|She)\b", words) is not None and bool(
            name.search(self.text, paragraph, sentence.start)
        )

    def _scene_of(self, sentence: Span) -> Saying | None:
        press = to_press().search(self.text, sentence.start, sentence.end)
        occasion = told(self.text, sentence, self.town)
        if occasion is None and press is None:
            return None
        day = day_in(self.told_days, sentence)
        if day and not self._said_there(day, sentence):
            day = None
        day = day or self._part_of_day([sentence])
        return Saying(occasion=occasion, said_on=day) if day or occasion else None

    def _part_of_day(self, frames: list[Span]) -> DateExpression | None:
        """ "In the evening": the day named last before it outside all content, or that of the read-out."""
        part = next((m for f in frames if (m := day_part().search(self.text, f.start, f.end))), None)
        if part is None:
            return None
        if self.whole and self.whole.said_on:
            return self.whole.said_on
        earlier = [day for day in self.told_days if day.span.start < part.start() and not self._in_content(day.span)]
        return earlier[-1] if earlier else None

    def _in_it(self, frame: Span) -> Saying | None:
        """ "In it", after a paper was issued in one of the two sentences before."""
        pronoun = re.compile(r"\b[Ii]n (?:it|them)\b").search(self.text, frame.start, frame.end)
        here = bisect_right(self.sentence_starts, frame.start) - 1
        if pronoun is None or here < 1:
            return None
        found = last_paper(self.text, pronoun.start(), None)
        return self._issued(found) if found and found.start() >= self.sentences[max(0, here - 2)].start else None

    def _issued(self, found: re.Match[str]) -> Saying:
        span = Span(*found.span("event"))
        day = day_in(self.told_days, self._sentence(span.start))
        day = day if day and self._said_there(day, span) else None
        return Saying(occasion=Occasion(span=span, text=found["event"], place=None), said_on=day)

    def _paragraph_of(self, attribution: Attribution) -> Span:
        start = self.paragraph_starts[max(0, self._paragraph(whole_of(attribution).start))]
        return Span(start, start + 1)

    def _carried(self, attribution: Attribution) -> Saying:
        if self.last is None or attribution.parent is not None:
            return NOTHING
        _, said, paragraph = self.last
        near = self._paragraph(whole_of(attribution).start) - paragraph <= _CARRY
        if not near or not self._same_source(attribution):
            return NOTHING
        paper = said.occasion is not None and re.search(rf"\b(?:{registers()['documents']})\b", said.occasion.text)
        if paper and attribution.source and names_of(attribution.source.of(self.text)[1:]):
            return NOTHING
        if paper and any(re.match(r"(?:refus|declin)", cue.of(self.text)) for cue in attribution.cue):
            return NOTHING
        return said

    def _same_source(self, after: Attribution) -> bool:
        """Whether the source may be the one of the scene: its name, a pronoun, or its office again."""
        if after.source is None:
            return not any(s.of(self.text).strip() == ":" for s in after.cue)
        new = after.source.of(self.text)
        if _PRONOUN.match(new):
            before = self.last[0].source if self.last else None
            person = before is not None and re.fullmatch(r"(?:he|she)", before.of(self.text), re.I)
            return not (person and re.match(r"its?\b", new, re.I))
        names = names_of(new)
        if not names:
            return re.match(r"(?:the|this|that)\s", new, re.I) is not None and self._same_office(new)
        # A title or the full name again introduces the speaker anew: "Ambassador Antonov" after "Antonov".
        return len(names) == 1 and re.search(rf"\b{re.escape(names[0])}\b", self.voices) is not None

    def _same_office(self, new: str) -> bool:
        office = re.search(rf"\b(?:{registers()['roles']})\b", new)
        if office is None:
            body = re.split(r",|\s(?:of|in|for|who)\b", new)[0].split()[-1].lower()
            return (
                body in self.voices.lower()
                or re.fullmatch(rf"{registers()['any_body']}|{registers()['documents']}", body) is not None
            )
        if re.search(rf"\b(?:{registers()['general_roles']})\b", new):
            return True
        others = re.findall(rf"\b(?:{registers()['roles']})\b", self.voices.lower())
        return not others or office.group() in others

    def _occasion(self, frame: Span, attribution: Attribution) -> Occasion | None:
        for match in event().finditer(self.text, frame.start, frame.end):
            span = Span(*match.span("event"))
            if match["prep"].lower() == "after" and not re.search(
                r"(?:[sS]peaking|[sS]poke|said|(?:told|remarks|statements|declarations|comments)\s[\w ]+)\s(?:\w+\s)?$",
                self.text[max(0, span.start - 60) : match.start("prep")],
            ):
                continue
            source = attribution.source
            if source and span.overlaps(source) and not span.covers(source) and not self._told_in(source, span):
                continue
            return self._anaphora(made(self.text, match, self.town))
        return None

    def _told_in(self, source: Span, event: Span) -> bool:
        """`Kroll, who spoke at the meeting,`: the clause of a source that tells where he spoke."""
        return _WHO_SPOKE.search(self.text, source.start, event.start) is not None

    def _anaphora(self, found: Occasion) -> Occasion:
        """ "The forum" is the Northern Energy Forum named before."""
        word = found.text.removesuffix(f" in {found.place}")
        if " " in word:
            return found
        for earlier in (each.occasion for each in reversed(self.named) if each.occasion):
            if re.split(r"\s(?:of|in|to|with)\s", earlier.text.lower())[0].endswith(word.lower()):
                return Occasion(span=found.span, text=earlier.text, place=found.place or earlier.place)
        return found

    def _from_source(self, attribution: Attribution) -> Saying | None:
        """A paper that is itself the source: the report said."""
        if attribution.source is None:
            return None
        words = attribution.source.of(self.text)
        match = re.match(
            r"(?:The|the|A|a|Their|their|Its|its|His|his|Her|her)\s"
            rf"((?:[\w-]+\s){{0,3}}?(?:{registers()['documents']}))$",
            words,
        )
        if match is None:
            return None
        if match[1] in ("text", "document", "paper") and self.named:
            return self.named[-1]
        span = Span(attribution.source.start + match.start(1), attribution.source.start + match.end(1))
        found = self._anaphora(Occasion(span=span, text=match[1], place=None))
        day = next((n.said_on for n in reversed(self.named) if n.occasion and n.occasion.text == found.text), None)
        if found.text == match[1] and not day and (issued := last_paper(self.text, span.start, match[1].split()[-1])):
            return self._issued(issued)
        return Saying(occasion=found, said_on=day)

    def _of_document(self) -> Saying | None:
        """The occasion a transcript or a read-out introduces at its top, and its day."""
        top = heading_end(self.text)
        prose = (s for s in self.sentences if s.start >= top and len(s.of(self.text).split()) >= 8)
        opening = next((s for s in prose if self._narrated(s)), None)
        self.transcript = sum(self._colon(each) for each in self.attributions) > 1
        self.whole_document = not self.transcript and is_read_out(self.text, opening)
        if not self.transcript and not self.whole_document:
            return None
        occasion = introduction(self.text, opening, self.town)
        day = day_in(self.told_days, opening) if opening else None
        return Saying(occasion=occasion, said_on=day or self._top_day())

    def _top_day(self) -> DateExpression | None:
        tops = [each for each in self.days if each.span.start < TOP]
        if not self.whole_document:
            tops = [each for each in tops if each.span != self.dateline] or tops
        return next((each for each in tops if each.basis != "stated"), tops[0] if tops else None)
