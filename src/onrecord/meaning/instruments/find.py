"""Which treaties, deals and resolutions an article names, and which each statement is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from onrecord.meaning.context import Context
from onrecord.meaning.instruments.back import taken_up, words_of
from onrecord.meaning.instruments.names import Naming, codes, names
from onrecord.meaning.registers.instruments import vocabulary
from onrecord.types import InstrumentMention, Span

# "Asked about the treaty, she said ...": the subject is set before the words.
_TOPIC = re.compile(
    r"\b(?:asked|questioned|pressed|quizzed|commenting|comment|speaking|turning|referring|reacting|responding|touching)\s+"
    r"(?:[\w’'-]+\s+){0,3}?(?:about|on|upon|of|to|whether|if)\b|^\W*(?:On|Regarding|Concerning|As for|As to|About)\b",
    re.IGNORECASE,
)
# An answer in a transcript: the speaker's name and a colon.
_TURN = re.compile(r"[^\n:?]{2,60}:\s")
_SILENT = re.compile(
    r"\b(?:no|not|never|wo|do|does|can)(?:n[’']t|not)?\s+(?:\w+\s)?(?:comment|speculate)\b", re.IGNORECASE
)
# A short quotation right behind the same speaker's words on an instrument goes on about it; measured in words.
_SHORT = 25
# An article is about one instrument that it names in its first sentences and often enough, all others seldom.
_LEAD, _OFTEN, _SHARE = 2, 3, 3
# How far, in sentences, a text may lie behind the name when it speaks of "provisions" and "ratification".
_TALK = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """`of` by attribution; `narration` each instrument of the article once, where it is first named; `mentions` all."""

    of: tuple[tuple[InstrumentMention, ...], ...]
    narration: tuple[InstrumentMention, ...]
    mentions: tuple[InstrumentMention, ...]


def find_instruments(context: Context) -> Instruments:
    """Instruments named or taken up again in the text, and by statement.

    A name that the register does not hold stands for itself ("Second Additional Protocol to ..."). A statement that
    names none gets one where it goes on about the one before it, or where the whole article is about one.
    """
    named = names(context)
    if not named:
        none: tuple[InstrumentMention, ...] = ()
        return Instruments(of=(none,) * len(context.attributions), narration=none, mentions=none)
    every = sorted([*named, *taken_up(context, named)], key=lambda naming: naming.span)
    of = [_once(_inside(context, index, every)) for index in range(len(context.attributions))]
    topic = _topic(context, every)
    for index, own in enumerate(of):
        if not own:
            of[index] = (
                _once(_asked(context, index, every) or _questioned(context, index, every))
                or _joined(context, index, of)
                or _talked(context, index, every)
                or _continued(context, index, of)
                or _about(context, index, topic)
            )
    return Instruments(of=tuple(of), narration=_once(every), mentions=tuple(_mention(n) for n in every))


def _mention(naming: Naming) -> InstrumentMention:
    return InstrumentMention(name=naming.name, span=naming.span)


def _once(namings: list[Naming]) -> tuple[InstrumentMention, ...]:
    """One mention for each name, the first."""
    first: dict[str, InstrumentMention] = {}
    for naming in namings:
        first.setdefault(naming.name, _mention(naming))
    return tuple(first.values())


def _inside(context: Context, index: int, every: list[Naming]) -> list[Naming]:
    pieces = context.attributions[index].content
    return [naming for naming in every if any(piece.overlaps(naming.span) for piece in pieces)]


def _asked(context: Context, index: int, every: list[Naming]) -> list[Naming]:
    """Instruments of the clause that says on what the speaker was speaking."""
    start = context.attributions[index].content[0].start
    opening = Span(context.sentence(start).start, start + 1)
    match = _TOPIC.search(context.text, opening.start, opening.end)
    if not match:
        return []
    return [naming for naming in every if match.end() <= naming.span.start and naming.span.end <= opening.end]


def _questioned(context: Context, index: int, every: list[Naming]) -> list[Naming]:
    """Instruments of the question that stands right before an answer in a transcript."""
    start = context.attributions[index].content[0].start
    turn = context.paragraph(start)
    if _TURN.match(context.text, turn.start, start + 1) is None:
        return []
    before = context.text[: turn.start].rstrip()
    question = context.paragraph(len(before) - 1) if before.endswith("?") else None
    return [naming for naming in every if question and question.covers(naming.span)]


def _joined(context: Context, index: int, of: list[tuple[InstrumentMention, ...]]) -> tuple[InstrumentMention, ...]:
    """Those of what the same speaker says before in the sentence: "said that ... the treaty ..., and promised to"."""
    here, before = context.attributions[index], context.attributions[index - 1]
    if index == 0 or not of[index - 1] or context.speakers[index].id != context.speakers[index - 1].id:
        return ()
    sentence = context.sentence(here.content[0].start)
    same = sentence.start <= before.content[0].start < here.content[0].start
    return of[index - 1] if same else ()


def _talked(context: Context, index: int, every: list[Naming]) -> tuple[InstrumentMention, ...]:
    """The last instrument named shortly before words that only a document has: provisions, signatories."""
    start = context.attributions[index].content[0].start
    before = [naming for naming in every if naming.span.end <= start]
    if not before or context.cast.sentence(start) - context.cast.sentence(before[-1].span.start) > _TALK:
        return ()
    words = context.words(index)
    if not _talk().search(words) or _elsewhere(words, before[-1]):
        return ()
    return (_mention(before[-1]),)


@lru_cache(maxsize=1)
def _talk() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(vocabulary('talk')))})\b", re.IGNORECASE)


def _continued(context: Context, index: int, of: list[tuple[InstrumentMention, ...]]) -> tuple[InstrumentMention, ...]:
    """Those of the same speaker's statement before, if this is a short quotation in the next sentence."""
    here = context.attributions[index]
    if index == 0 or here.kind != "direct" or len(context.words(index).split()) > _SHORT:
        return ()
    before = context.attributions[index - 1]
    if context.speakers[index].id != context.speakers[index - 1].id or not of[index - 1]:
        return ()
    if any(codes(context, piece.start, piece.end) for piece in here.content):
        return ()  # it turns to somebody else
    gap = context.cast.sentence(here.content[0].start) - context.cast.sentence(before.content[-1].end - 1)
    return of[index - 1] if 0 <= gap <= 1 else ()


def _topic(context: Context, every: list[Naming]) -> list[Naming]:
    """The mentions of the one instrument that the article is about; none where it is about more or other things."""
    counts = Counter(naming.name for naming in every)
    name, often = counts.most_common(1)[0]
    mine = [naming for naming in every if naming.name == name]
    lead = context.cast.sentence(mine[0].span.start) <= _LEAD
    rest = max((count for other, count in counts.items() if other != name), default=0)
    return mine if lead and often >= _OFTEN and often >= _SHARE * rest else []


def _about(context: Context, index: int, topic: list[Naming]) -> tuple[InstrumentMention, ...]:
    """The article's instrument, unless the words tell of another subject."""
    if not topic or _elsewhere(context.words(index), topic[0]) or _SILENT.search(context.words(index)):
        return ()
    return (_mention(topic[0]),)


def _elsewhere(words: str, naming: Naming) -> bool:
    """Whether words name a subject of agreements that is none of this instrument's."""
    own = words_of(naming)
    return any(word in vocabulary("apart") and word not in own for word in re.findall(r"[a-z-]+", words.lower()))
