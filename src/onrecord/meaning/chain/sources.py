"""Sources of attributions mended before anybody is looked up: cut short, run on into an outlet, or overlooked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.meaning.registers import words
from onrecord.meaning.speakers.lex import lex
from onrecord.meaning.speakers.phrases import name_runs, person_like
from onrecord.types import Attribution, Span

_TITLE = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|M|Mme|Gen|Sen|Gov|Rep|St)\.?|.* (?:Mr|Mrs|Ms|Dr|Gen|Sen))$")
_REST = re.compile(r"\.? ?(?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,3}")
# `the minister, quoted by the daily Echo`; `the minister to the television Echo`.
_CARRIED = re.compile(
    r",? (?:(?:quoted|cited|interviewed) (?:by|in|on)\b"
    r"|(?:to|for|in) (?:the |its )?(?:newspaper|daily|weekly|television|radio|news agency|agency|broadcaster|magazine"
    r"|channel|station) [\"“«]?(?=[A-Z])"
    r"|(?:news )?agency [A-Z])"
)
_REMARKS = re.compile(
    r"(?:the |his |her )?(?:remarks?|words?|comments?|statements?|declarations?|an interview|a report|reports) "
    r"[^,;]{0,20}?(?:by|in|to|on) "
)
# `wrote he in Telegram`; `the envoy Sara Bah in an interview to the agency Echo stated`.
_PRONOUN_AT = re.compile(r"(he|she|they) (?:in|on|at) ", re.IGNORECASE)
_INTERVIEWED = re.compile(
    r"(?P<who>[A-Z][^.;:\n\"“”]{3,120}?),? (?:in|during) (?:an|the|his|her|its) interview (?:to|with|for) "
    r"(?:the )?(?:\w+ )?$"
)
_SPEAKING = re.compile(
    r"(?:^|[\s,\"”’–-])(?P<who>he|she|the [a-z]+|(?:[A-Z][\w'’.-]+ ){0,3}[A-Z][\w'’-]+) [a-z]+(?:ed|s|d|id|ld|te),? $"
)
_OF = re.compile(r"(?:of|to) ?$")
_NAMED = re.compile(r"(?P<who>(?:(?:Mr|Mrs|Ms|Dr|M)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}), ?")


def sourced(
    own: Attribution, source: Span, *, cue: tuple[Span, ...] | None = None, content: tuple[Span, ...] | None = None
) -> Attribution:
    """The attribution with another source, which leaves the content; unchanged where the spans would overlap."""
    cue = own.cue if cue is None else cue
    content = tuple(c for c in (content or own.content) if not source.covers(c))
    spans = [*content, *cue]
    if not content or any(source.overlaps(s) for s in spans) or _overlap(spans):
        return own
    return replace(own, source=source, cue=cue, content=content)


def _overlap(spans: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a, b in pairwise(sorted(spans)))


def mended(text: str, sentences: Sequence[Span], own: Attribution) -> Attribution:
    """The attribution with its source set right where the words beside it show that it is cut wrongly."""
    source = own.source
    if source is None:
        return _found(text, sentences, own)
    words_ = source.of(text)
    if _TITLE.match(words_) and (rest := _REST.match(text, source.end)):
        return sourced(own, Span(source.start, rest.end()))
    if pronoun := _PRONOUN_AT.match(words_):
        return sourced(own, Span(source.start, source.start + pronoun.end(1)))
    if talked := _INTERVIEWED.search(text, _sentence(sentences, source.start).start, source.start):
        return sourced(own, Span(*talked.span("who")))
    cut = None if re.search(r"\b(?:citing|quoting)\b", words_) else _CARRIED.search(words_)
    if cut and cut.start() > 3 and " " in words_[: cut.start()]:
        return sourced(own, Span(source.start, source.start + cut.start()))
    if own.cue and (beside := _beside_cue(text, sentences, own)):
        return sourced(own, beside)
    if own.cue and _REMARKS.match(words_) and (told := _within(text, own)):
        return told
    if own.cue and _REMARKS.match(words_):
        sentence = _sentence(sentences, own.cue[0].start)
        before = _SPEAKING.search(text, sentence.start, own.cue[0].start)
        if before:
            content = tuple(_cut(c, before.start("who"), text) for c in own.content)
            return sourced(own, Span(*before.span("who")), content=content)
    return own


_SAID = re.compile(
    r"(?P<who>[\w][^;\n\"“”]{2,120}?),? (?:said|says|added|stated|warned|announced|declared|told \w+) (?=that\b|[\"“‘])"
)


def _within(text: str, own: Attribution) -> Attribution | None:
    """`According to a report by the Echo, | the mayor said that ...`: who says it in the paper."""
    first = own.content[0] if own.content else None
    found = _SAID.match(text, first.start, first.end) if first else None
    if first is None or found is None or own.cue[0].start > first.start:
        return None
    return sourced(own, Span(*found.span("who")), content=(Span(found.end(), first.end), *own.content[1:]))


def _cut(content: Span, at: int, text: str) -> Span:
    """A piece of content up to the words that report it."""
    if not content.start < at < content.end:
        return content
    end = at
    while end - 1 > content.start and text[end - 1] in " ,":
        end -= 1
    return Span(content.start, end)


_AS_SAYING = re.compile(
    r"(?P<who>[A-Z][^;\n\"“”]{2,120}?),? as (?:saying|telling \w+|stating|declaring|warning|having said)"
    r"(?: on \w+| late \w+)?,? (?=that\b|[\"“‘])"
)


def as_saying(text: str, own: Attribution) -> Attribution | None:
    """`The Echo quoted | Mr Adeyemi as saying that ...`, read as words that begin with who was quoted."""
    if not own.cue or not own.content or own.cue[-1].of(text).split()[-1].lower() not in ("quoted", "quotes", "cited"):
        return None
    first = own.content[0]
    found = _AS_SAYING.match(text, first.start, first.end)
    if found is None or not 0 <= first.start - own.cue[-1].end <= 2:
        return None
    content = (Span(found.end(), first.end), *own.content[1:])
    new = sourced(own, Span(*found.span("who")), content=content)
    return None if new is own else new


_PASSIVE = re.compile(r",? as (?:saying|telling \w+|stating|declaring|warning),? (?=that\b|[\"“‘])")


def was_quoted(text: str, sentences: Sequence[Span], own: Attribution) -> Attribution | None:
    """`Mr Bah, a deputy, was quoted by the Echo as saying that ...`, read as the paper's words on Mr Bah."""
    if own.source is None or not own.cue:
        return None
    who, cue = own.content[0], own.cue[-1]
    if cue.of(text).split()[-1].lower() not in ("quoted", "cited") or not who.end <= cue.start < own.source.start:
        return None
    sentence = _sentence(sentences, cue.start)
    said = _PASSIVE.match(text, own.source.end, sentence.end)
    if said is None or not sentence.covers(who):
        return None
    end = sentence.end - (text[sentence.end - 1] in ".!?")
    name = Span(who.start, who.start + len(who.of(text).rstrip(" ,")))
    later = [piece for piece in own.content[1:] if piece.end > said.end()]
    rest = [Span(max(piece.start, said.end()), piece.end) for piece in later]
    new = sourced(own, name, content=tuple(rest) or (Span(said.end(), end),))
    return None if new is own else new


_VERB = "|".join(sorted(words("reporting") | {"wrote", "noted", "shared", "said"}, key=len, reverse=True))
_LATER = re.compile(
    rf",? ?(?P<who>(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}}) (?P<verb>{_VERB})\b"
    rf"|, (?P<verb2>{_VERB}) (?P<who2>(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}})(?=[.,]|$)"
)


def retold(text: str, sentences: Sequence[Span], attributions: Sequence[Attribution], index: int) -> Attribution:
    """`The alliance expects an answer, Dvorak wrote`: who wrote it speaks, unless another attribution says so."""
    own = attributions[index]
    if own.source is None or not own.cue or len(own.content) != 1 or '"' in own.content[0].of(text):
        return own
    sentence = _sentence(sentences, own.source.start)
    if own.source.start - sentence.start > 4 or not own.source.end <= own.cue[0].start < own.content[0].start:
        return own
    found = _LATER.match(text, own.content[0].end, sentence.end)
    if found is None:
        return own
    verb = Span(*found.span("verb" if found["verb"] else "verb2"))
    if any(verb.overlaps(c) for other in attributions for c in (*other.cue, *other.content)):
        return own
    who = Span(*found.span("who" if found["verb"] else "who2"))
    return sourced(own, who, cue=(verb,), content=(Span(own.source.start, own.content[0].end),))


_AFTER = re.compile(r" (?P<who>(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})(?=[.,])")


def _beside_cue(text: str, sentences: Sequence[Span], own: Attribution) -> Span | None:
    """The name right at the cue where the source is far off: `The body hopes for it, underlined Marsh`."""
    assert own.source
    cue, last, source = own.cue[0], own.cue[-1], own.source
    if min(abs(source.start - last.end), abs(cue.start - source.end)) < 30:
        return None
    sentence = _sentence(sentences, cue.start)
    after = _AFTER.match(text, last.end, sentence.end)
    if after and text[: cue.start].endswith((", ", "- ", "” ", '" ')):
        return Span(*after.span("who"))
    if source.start < sentence.end and source.end > sentence.start:
        return None
    low = max([sentence.start, *(c.end for c in own.content if c.end <= cue.start)])
    return _name_before(text, low, cue.start)


def _found(text: str, sentences: Sequence[Span], own: Attribution) -> Attribution:
    """A source that was overlooked: the name right before the cue, or after `In the opinion of`."""
    if not own.cue:
        return own
    cue, first = own.cue[0], own.content[0]
    sentence = _sentence(sentences, cue.start)
    if _OF.search(own.cue[-1].of(text)) and 0 <= first.start - own.cue[-1].end <= 1 and len(own.content) == 1:
        named = _NAMED.match(text, first.start)
        if named and named.end() < sentence.end and abs(named.end("who") - first.end) <= 2:
            content = (Span(named.end(), sentence.end),)
            return sourced(own, Span(*named.span("who")), content=content)
    low = max([sentence.start, *(c.end for c in own.content if c.end <= cue.start)])
    if (before := _name_before(text, low, cue.start)) is not None:
        return sourced(own, before)
    return own


def _name_before(text: str, low: int, end: int) -> Span | None:
    """The full name, or the title and surname, that ends right before a cue."""
    tokens = [t for t in lex(text[low:end]) if t.text not in _ALSO]
    runs = [run for run in name_runs(tokens) if run[1] == len(tokens) and person_like(tokens, run)]
    if not runs:
        return None
    a, b = runs[-1]
    titled = a > 0 and tokens[a - 1].kind in ("office", "hon")
    if (b - a < 2 and not titled) or b - a > 4:
        return None
    return Span(low + tokens[a - 1 if titled and b - a < 2 else a].start, low + tokens[b - 1].end)


_ALSO = words("reporting") | {"also", "then", "later", "however", "has", "had", "was", "is"}


def _sentence(sentences: Sequence[Span], at: int) -> Span:
    index = bisect_right(sentences, at, key=lambda s: s.start) - 1
    return sentences[max(0, index)]
