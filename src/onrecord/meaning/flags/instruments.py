"""Instruments spoken of as in force after their end."""

from __future__ import annotations

import re
from datetime import date

from onrecord.meaning.context import Context
from onrecord.meaning.instruments import Instruments
from onrecord.meaning.instruments.names import codes
from onrecord.meaning.registers.instruments import Instrument, instrument, vocabulary
from onrecord.types import Flag, InstrumentMention, Span

_STATE = (
    r"(?:still\s+|currently\s+|now\s+|today\s+|at\s+present\s+|fully\s+|legally\s+|formally\s+|very\s+much\s+|officially\s+)*"
    r"(?:in\s+(?:full\s+)?(?:effect|force)|into\s+force|valid|binding|operative|applicable|effective|in\s+operation|operational)\b"
)
_PRESENT = r"(?:is|are|remains|remain|stays|stay|continues\s+to\s+be|continue\s+to\s+be)"
# "New START (START-3), which is still in effect", "the treaty remains binding": nothing but the name's own brackets,
# a relative pronoun and an aside of a few words may stand between.
_BEHIND = re.compile(
    r"(?P<close>\s*[”\"’')\]]*)(?:\s*\([^()]{1,80}\))?(?:\s+(?:between|of|with)\s+[^,.;:!?()]{1,60}?)?"
    r"(?P<aside>,?\s+(?:signed|concluded|agreed|ratified|adopted)\s+[^,.;:!?]{1,50})?"
    rf",?\s+(?:(?:which|that)\s+)?(?P<claim>{_PRESENT}\s+(?P<state>{_STATE}))",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\s*[”\"’')\]]*(?:\s*\([^()]{1,80}\))?,?\s+(?:(?:which|that)\s+)?"
    r"(?:still\s+(?:applies|binds|holds|stands)|(?:still|currently|now)\s+in\s+(?:effect|force))\b",
    re.IGNORECASE,
)
# "the only valid arms treaty is START-3": the claim stands before the name.
_BEFORE = re.compile(
    r"\b(?:currently|only|still)\s+(?:the\s+)?(?:only\s+|currently\s+|still\s+)*(?:valid|binding|functioning|operative)\s+"
    r"[^,.;:!?()]{0,90}?\b(?:is|remains)\s+(?:the\s+)?$|\b(?:still|currently)[\s-]+(?:valid|binding|operative)\s+$",
    re.IGNORECASE,
)
# Words that make it no claim: a condition, a question, a denial, a report of what once held.
_HEDGED = re.compile(
    r"\b(?:if|whether|unless|until|while|as\s+long\s+as|so\s+long\s+as|when|once|had|would|should|could|were|not|never|no\s+longer|"
    r"nor|deny|denied|denies|doubts?|doubted|falsely|wrongly|though|supposedly|as\s+though)\b|n[’']t\b",
    re.IGNORECASE,
)


# Whom it is said to bind: "in force between Russia and the United States".
_BETWEEN = re.compile(
    r"\s+(?:between|for|among|with)\s+[^,.;:!?()]{2,60}?(?=[,.;:!?()]|\s+(?:gives|allows|is|was|that|which|since)\b)"
)


def instrument_flags(context: Context, found: Instruments) -> tuple[Flag, ...]:
    """`expired-instrument`: words that say an instrument is in force, in an article published after its end.

    Only where the register knows the end, or that a party left, for certain; a claim under a condition, a denial, a
    question and a sentence that speaks of a day before the end raise no flag.
    """
    if context.published is None:
        return ()
    flags: list[Flag] = []
    for mention in found.mentions:
        entry = instrument(mention.name)
        if entry is None:
            continue
        if entry.ended is None or context.published < entry.ended:
            flags.extend(_left_flag(context, mention, found, entry))
            continue
        span = _claim(context, mention, found)
        if span and not _excused(context, span, entry.ended) and not any(span.overlaps(flag.span) for flag in flags):
            flags.append(Flag(kind="expired-instrument", span=span, message=_message(entry, entry.ended)))
    return tuple(flags)


def _left_flag(context: Context, mention: InstrumentMention, found: Instruments, entry: Instrument) -> list[Flag]:
    """For one that others still keep: "in force between A and B" after A or B has left it."""
    left = {code: act.day for act in entry.events if act.kind == "withdrawal" for code in act.who}
    left = {code: day for code, day in left.items() if context.published and day <= context.published}
    span = _claim(context, mention, found) if left else None
    if span is None:
        return []
    between = _BETWEEN.match(context.text, span.end, context.sentence(span.start).end)
    gone = [code for code in left if between and code in codes(context, between.start(), between.end())]
    if between is None or not gone or _excused(context, span, min(left[code] for code in gone)):
        return []
    first = min(gone, key=lambda code: left[code])
    message = f"Spoken of as in force for {first}, which left it on {left[first].day} {left[first]:%B %Y}."
    return [Flag(kind="expired-instrument", span=Span(span.start, between.end()), message=message)]


def _message(entry: Instrument, ended: date) -> str:
    foreseen = {entry.expires, *(act.until for act in entry.events if act.kind == "extension")}
    how = "expired" if ended in foreseen else "ended"
    named = entry.name.lower().split()[-1] in vocabulary("nouns")
    name = f"the {entry.name}" if named else entry.name
    return f"Spoken of as in force, but {name} {how} on {ended.day} {ended:%B %Y}."


def _claim(context: Context, mention: InstrumentMention, found: Instruments) -> Span | None:
    """The words from the name to the end of what is claimed of it, or the other way round."""
    text, sentence = context.text, context.sentence(mention.span.start)
    first = _first_of_apposition(mention, found)
    behind = _BEHIND.match(text, mention.span.end, sentence.end) or _STILL.match(text, mention.span.end, sentence.end)
    if behind:
        return Span(first.span.start, behind.end())
    before = _BEFORE.search(text, max(sentence.start, first.span.start - 130), first.span.start)
    return Span(before.start(), mention.span.end) if before else None


def _first_of_apposition(mention: InstrumentMention, found: Instruments) -> InstrumentMention:
    """The name before the brackets in which this one stands: "Intermediate-Range ... Treaty (INF Treaty)"."""
    near = [m for m in found.mentions if m.name == mention.name and 0 < mention.span.start - m.span.end <= 3]
    return near[-1] if near else mention


def _excused(context: Context, span: Span, ended: date) -> bool:
    sentence = context.sentence(span.start)
    words = context.text[max(sentence.start, span.start - 80) : span.end]
    if _HEDGED.search(words) or context.text[sentence.start : sentence.end].rstrip("”\"’' ").endswith("?"):
        return True
    inside = [d for d in context.dates if sentence.covers(d.span) and d.end and d.end <= ended]
    return any(not _birth(context, d.span) for d in inside)


def _birth(context: Context, day: Span) -> bool:
    """Whether a date says when the instrument was made: "signed in 1987"."""
    before = context.text[max(0, day.start - 30) : day.start].lower()
    return bool(
        re.search(r"\b(?:signed|concluded|agreed|ratified|adopted|of|since|from|the)\s+(?:in|on|back in)?\s*$", before)
    )
