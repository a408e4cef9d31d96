"""Where a statement's issue may be named: its content, the words around it, what stands above it, the whole article."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from onrecord.meaning.agendas import find_agendas
from onrecord.meaning.context import Context
from onrecord.meaning.instruments import Instruments
from onrecord.meaning.issues.cues import Hit, Hits, Strength, article_cues
from onrecord.meaning.registers.instruments import instrument
from onrecord.types import InstrumentMention, Span, outer

Place = Literal["content", "sentence", "near", "title", "article", "recent"]
PLACES: tuple[Place, ...] = get_args(Place)

# Chance that a cue of a strength speaks for its issue; several different ones add up (noisy or).
_CHANCE = {"strong": 0.75, "weak": 0.25, "topic": 0.0}
# A topic of an agenda, and a cue that counts only in lists and headings, in a heading.
_LISTED, _HEADED = 0.95, 0.5
# Characters over which the words before a statement fade to a third.
_REACH = 350
# A subject of an article is named so often, and once in so many characters.
_ENOUGH, _DENSE = 2.0, 1000.0
# Paragraphs among which the lead stands; subjects before a statement that count as recent.
_TOP, _RECENT = 3, 4


@dataclass(slots=True)
class Heard:
    """How loudly each issue is named at one place, 0..1, with the words and how much each of them counts."""

    loud: dict[str, float] = field(default_factory=dict)
    words: dict[str, list[tuple[float, Span]]] = field(default_factory=dict)

    def add(self, issue: str, chance: float, span: Span) -> None:
        """One more cue."""
        self.loud[issue] = 1 - (1 - self.loud.get(issue, 0.0)) * (1 - chance)
        self.words.setdefault(issue, []).append((chance, span))


@dataclass(frozen=True, slots=True)
class Article:
    """What is the same for all statements of an article. `listed` are the topics of its agendas."""

    hits: Hits
    title: Heard
    frequent: Heard
    listed: tuple[tuple[Span, str], ...]


def survey(context: Context, instruments: Instruments) -> Article:
    """The cues of an article, of its title (or lead, where the title names no issue), and its frequent subjects."""
    hits = _with(article_cues(context.text), instruments.mentions)
    agendas = find_agendas(context, ())
    return Article(
        hits=hits,
        title=_top(context, hits),
        frequent=_frequent(context.text, hits),
        listed=tuple((item.span, item.issue) for agenda in agendas for item in agenda.items if item.issue),
    )


def _with(hits: Hits, mentions: Iterable[InstrumentMention]) -> Hits:
    """Cues, and the issues of instruments where they are named."""
    known = {(hit.start, hit.issue) for hit in hits.rows if hit.strength == "strong"}
    named = [
        Hit(mention.span.start, mention.span.end, issue, strength)
        for mention in mentions
        for issue, strength in implied(mention)
        if (mention.span.start, issue) not in known
    ]
    return Hits.of([*hits.rows, *named]) if named else hits


def implied(mention: InstrumentMention) -> tuple[tuple[str, Strength], ...]:
    """What an instrument is about: the first issue of its entry plainly, the others if more speaks for them."""
    entry = instrument(mention.name)
    return tuple((issue, "weak" if n else "strong") for n, issue in enumerate(entry.issues)) if entry else ()


def _top(context: Context, hits: Hits) -> Heard:
    text, title = context.text, _title(context)
    heard = hear(text, hits.within(title), headed=True) if title else Heard()
    if max(heard.loud.values(), default=0.0) >= _CHANCE["strong"]:
        return heard
    after = title.end if title else 0
    lead = next((span for span in context.segments.paragraphs[:_TOP] if span.start >= after), None)
    return hear(text, [*(hits.within(title) if title else ()), *(hits.within(lead) if lead else ())])


def _title(context: Context) -> Span | None:
    first = next(iter(context.segments.paragraphs), None)
    if first is None or first in context.segments.headings:
        return first
    return context.sentence(first.start)


def hear(text: str, hits: Iterable[Hit], *, headed: bool = False) -> Heard:
    """Sum up cues; the same word counts once. `headed`: cues count that stand for an issue in a heading only."""
    found, seen = Heard(), set()
    for hit in hits:
        chance = _HEADED if headed and hit.strength == "topic" else _CHANCE[hit.strength]
        key = (hit.issue, text[hit.start : hit.end].lower())
        if chance and key not in seen:
            seen.add(key)
            found.add(hit.issue, chance, hit.span)
    return found


def _frequent(text: str, hits: Hits) -> Heard:
    """Share of each issue in all cues, against the most frequent one, or against what a text so long should hold.

    Weak cues count half where no strong one of their issue stands in the article; a word said again counts less each
    time.
    """
    found, said = Heard(), Counter[tuple[str, str]]()
    strong = {hit.issue for hit in hits.rows if hit.strength == "strong"}
    for hit in hits.rows:
        if hit.strength != "topic":
            said[word := (hit.issue, text[hit.start : hit.end].lower())] += 1
            chance = _CHANCE[hit.strength] * (1.0 if hit.issue in strong else 0.5) / math.sqrt(said[word])
            found.loud[hit.issue] = found.loud.get(hit.issue, 0.0) + chance
            found.words.setdefault(hit.issue, []).append((chance, hit.span))
    floor = max([*found.loud.values(), _ENOUGH, len(text) / _DENSE])
    found.loud = {issue: value / floor for issue, value in found.loud.items()}
    return found


def places(context: Context, instruments: Instruments, about: Article, index: int) -> Mapping[Place, Heard]:
    """What is heard of each issue in and around statement `index`."""
    text, hits, found = context.text, about.hits, context.attributions[index]
    whole = outer(found.content)
    start, end = context.sentence(whole.start).start, context.sentence(whole.end - 1).end
    around = list(hits.within(Span(min(start, whole.start), max(end, whole.end))))
    said = (*found.content, *found.cue)
    own = [hit for hit in around if any(span.start < hit.end and hit.start < span.end for span in said)]
    inside = set(own)
    return {
        "content": _content(hear(text, own), instruments.of[index], about, found.content),
        "sentence": hear(text, [hit for hit in around if hit not in inside]),
        "near": _near(hits, whole.start),
        "title": about.title,
        "article": about.frequent,
        "recent": _recent(hits, whole.start),
    }


def _content(heard: Heard, mentions: Iterable[InstrumentMention], about: Article, content: tuple[Span, ...]) -> Heard:
    """The content's own cues with the instruments it is about and the topics it lists."""
    for mention in mentions:
        for issue, strength in implied(mention):
            if heard.loud.get(issue, 0.0) < _CHANCE[strength]:
                heard.add(issue, _CHANCE[strength], mention.span)
    for span, issue in about.listed:
        if any(piece.overlaps(span) for piece in content):
            heard.add(issue, _LISTED, span)
    return heard


def _near(hits: Hits, at: int) -> Heard:
    """Cues before a statement, the nearer the louder."""
    found = Heard()
    if at == 0:
        return found
    for hit in hits.within(Span(max(0, at - 4 * _REACH), at)):
        if chance := _CHANCE[hit.strength]:
            found.add(hit.issue, chance * math.exp((hit.end - at) / _REACH), hit.span)
    return found


def _recent(hits: Hits, at: int) -> Heard:
    """The last subjects plainly named before a statement: the last one 1, the one before 1/2, and so on."""
    found = Heard()
    for hit in hits.before(at):
        if hit.strength == "strong" and hit.issue not in found.loud:
            found.add(hit.issue, 1 / (1 + len(found.loud)), hit.span)
            if len(found.loud) == _RECENT:
                break
    return found
