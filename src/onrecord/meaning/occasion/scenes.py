"""The scenes that a document itself tells of: its heading lines, the meeting it opens with, papers between."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from onrecord.meaning.occasion.phrases import (
    event,
    held,
    introduced,
    met,
    modes,
    paper,
    registers,
    spoke_by,
    titled,
)
from onrecord.types import DateExpression, Occasion, Span

TOP = 900  # code points in which a document introduces its occasion
_DAYS = re.compile(r"^(?:today|yesterday|\w+day)['’]s ")
_GIVEN_BY = re.compile(r"(?<=briefing) by (?:the )?[A-Z].*$")
# `was followed by a working lunch`, `without a finished text`: no occasion of what was said.
_LATER = re.compile(r"\b(?:followed by|after|before|without|instead of)(?: an?| the)? $")
_PROSE = 10  # words from which a line that ends like a sentence is prose, no heading
_TURN = re.compile(r"(?:[A-Z][A-Z .'’-]{1,40}|Q|A|Question|Answer):\s")


def town(text: str) -> str | None:
    """The town in capitals at the head of a wire report."""
    match = re.search(r"^([A-Z][A-Z .'’-]{2,24})(?:\s?\([A-Za-z ]+\)|,\s[^\n]{1,40}?)?\s[-–—]{1,2}\s", text[:TOP], re.M)
    return match[1].strip() if match else None


def made(text: str, match: re.Match[str], home: str | None) -> Occasion:
    """The occasion of a match of `event` and its kin; `home` is the town lent to events that name none."""
    end = match.end("event") - text.endswith(".", *match.span("event"))
    words = _DAYS.sub("", " ".join(text[match.start("event") : end].split()))
    words = _GIVEN_BY.sub("", words)
    place = match["place"]
    if place is None:
        lent = home if home and not re.search(registers()["no_place"], words) else None
        return Occasion(span=Span(match.start("event"), end), text=words, place=lent)
    between = " ".join(text[end : match.start("place")].split())
    full = f"{words} {between} {place}" if between in ("in", "at", "in the", "at the") else words
    return Occasion(span=Span(match.start("event"), match.end("place")), text=full, place=place)


def told(text: str, sentence: Span, home: str | None) -> Occasion | None:
    """The event that a sentence of narration tells of: a verb of meeting first, then any event it names."""
    if match := spoke_by().search(text, sentence.start, sentence.end):
        return Occasion(span=Span(*match.span("event")), text=modes()[match["event"]], place=None)
    if match := held().search(text, sentence.start, sentence.end):
        return _with_place(made(text, match, home), text, sentence)
    if match := met().search(text, sentence.start, sentence.end):
        return _with_place(Occasion(span=Span(*match.span("event")), text="meeting", place=home), text, sentence)
    if match := event().search(text, sentence.start, sentence.end):
        return made(text, match, home)
    if match := paper().search(text, sentence.start, sentence.end):
        return Occasion(span=Span(*match.span("event")), text=match["event"], place=None)
    return None


def _with_place(found: Occasion, text: str, sentence: Span) -> Occasion:
    if re.search(registers()["no_place"], found.text) or (found.place and found.place in found.text):
        return found
    after = text[found.span.end : min(sentence.end, found.span.end + 40)]
    near = re.search(r"\b(?:in|at)\s((?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[A-Z][\w’'-]+)", after)
    return Occasion(span=found.span, text=found.text, place=near[1]) if near else found


def heading_end(text: str) -> int:
    """Where the lines above the first line of prose end."""
    for line in re.finditer(r"[^\n]+", text[: 2 * TOP]):
        if len(line[0].split()) >= _PROSE and re.search(r"[.!?:][\"”’')]*\s*$", line[0]):
            return line.start()
    return 0


def is_read_out(text: str, opening: Span | None) -> bool:
    """Whether a press office wrote it: its lines at the top say so, or it opens with "met today"."""
    lines = [line.strip() for line in text[: heading_end(text)].split("\n") if line.strip()]
    if not lines and re.match(rf"\s*(?i:{registers()['read_outs']})\b", text):
        return True
    if any(re.match(rf"(?:[\w ]{{0,30}}:\s)?(?:{registers()['read_outs']})\b", line, re.I) for line in lines):
        return True
    sender = re.compile(rf"\b(?:{registers()['senders']})\b", re.I)
    if any(sender.search(line) and len(line.split()) <= _PROSE + 2 for line in lines[1:]):
        return True
    if opening is None or town(text):
        return False
    return re.search(r"\btoday\b", opening.of(text)) is not None and told(text, opening, None) is not None


def in_turn(text: str, paragraph: Span) -> bool:
    """Whether a paragraph is a turn of a transcript, with the speaker's name before a colon."""
    return _TURN.match(text, paragraph.start) is not None


def introduction(text: str, opening: Span | None, home: str | None) -> Occasion | None:
    """The occasion of the headings or the opening at its fullest: no mere subject of talks if it can be helped."""
    found = list(_candidates(text, opening, home))
    lesser = re.compile(rf"(?:{registers()['lesser']})(?!\w)")
    sure = (o for o in found if not lesser.search(re.sub(r"(?:press|news|video) conference", "", o.text)))
    best = next(sure, None) or next(iter(found), None)
    if best is None:
        return None
    head = best.text.split(" in ")[0].split(" of ")[0].split(" with ")[0].split()[-1].lower()
    alike = [o for o in found if re.search(rf"\b{re.escape(head)}\b", o.text)]
    return max(alike, key=lambda o: (bool(o.place and o.place != home), len(o.text.split())), default=best)


def _candidates(text: str, opening: Span | None, home: str | None) -> Iterator[Occasion]:
    top = heading_end(text)
    for match in titled().finditer(text, 0, top):
        yield _lower(made(text, match, home))
    if opening is not None:
        if first := told(text, opening, home):
            yield first
        for match in introduced().finditer(text, opening.start, max(opening.end, min(len(text), opening.start + 300))):
            if not _LATER.search(text, max(0, match.start() - 24), match.start("event")):
                yield made(text, match, home)


def _lower(found: Occasion) -> Occasion:
    """A title's "Minister Duarte's Phone Call" as "phone call"; proper names ("Baltic Forum") are left alone."""
    found = Occasion(span=found.span, text=re.sub(r"^.*['’]s?\s", "", found.text), place=found.place)
    words = found.text.split(" in ")[0]
    if re.fullmatch(rf"(?i:(?:[a-z-]+\s)?(?:{registers()['events']}))", words):
        return Occasion(span=found.span, text=found.text.replace(words, words.lower()), place=found.place)
    return found


def day_in(days: Sequence[DateExpression], span: Span) -> DateExpression | None:
    """The first of `days`, which are in order, inside a span."""
    first = bisect_right(days, span.start - 1, key=lambda day: day.span.start)
    return days[first] if first < len(days) and span.covers(days[first].span) else None


def last_paper(text: str, before: int, word: str | None) -> re.Match[str] | None:
    """The last paper that was said to be issued before a place in the text, `word` its head noun if known."""
    found = None
    for match in paper().finditer(text, max(0, before - 2 * TOP), before):
        if word is None or re.search(rf"\b{re.escape(word)}$", match["event"]):
            found = match
    return found
