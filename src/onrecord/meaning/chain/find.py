"""Through whom the words came: outlets that quoted them, and attributions that lie inside another's content."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.meaning.chain.sources import as_saying, mended, retold, was_quoted
from onrecord.meaning.speakers.lex import Token, lex
from onrecord.types import Attribution, Segments, Span, Via

_QUOTED = re.compile(
    r"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing)|"
    r"(?:convey|relay|carri|report|transmit|transferr?|publish|spread|brought|pass)(?:e?s|e?d|ted|red)?(?: on)? the "
    r"(?:words?|sentences?|statements?|remarks?|phrases?|message|declarations?|opinion) of|"
    r"quotes|attributed (?:it|this|that) to|paraphras(?:ed|ing)|referring to|with reference to)\b\s*",
    re.I,
)
_QUOTED_BY = re.compile(
    r"\b(?:quoted|cited|carried|reported|published|relayed|interviewed|broadcast) (?:by|on|in)\b", re.I
)
_END = re.compile(
    r"\s*(?:,|;|\bas (?:saying|telling|having)\b|\bsaying\b|\bspeaking\b|\b(?:reported|reports|"
    r"said|says|writes|wrote|told)\b|(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bM)(?<!\b[A-Z])[.!?](?=\s|$)|[\"“”]|\n)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chained:
    """An attribution with its source set right, what its words came through (nearest first), and where it lies."""

    attribution: Attribution
    via: tuple[Via, ...]
    parent: int | None


def settle_chain(segments: Segments, attributions: Sequence[Attribution]) -> tuple[Chained, ...]:
    """Correct sources that are only messengers, collect `via`, and link nested attributions; same order as given."""
    sentences = segments.sentences or (Span(0, max(1, len(segments.text))),)
    attributions = [mended(segments.text, sentences, each) for each in attributions]
    attributions = [retold(segments.text, sentences, attributions, i) for i in range(len(attributions))]
    settled = [_settle(segments.text, sentences, attributions, i) for i in range(len(attributions))]
    settled = _interviews(segments, settled)
    fixed = [a for a, _ in settled]
    parents = [parent_of(fixed, i) for i in range(len(fixed))]
    return tuple(
        Chained(attribution=replace(a, parent=parent), via=via, parent=parent)
        for (a, via), parent in zip(settled, parents, strict=True)
    )


_TALK = re.compile(r"\b(?:interview|commentary|column|op-ed|article|podcast)\b")


def _interviews(
    segments: Segments, settled: list[tuple[Attribution, tuple[Via, ...]]]
) -> list[tuple[Attribution, tuple[Via, ...]]]:
    """What one says on in an interview came through the same outlet: `he` in the next sentence of its paragraph."""
    out = list(settled)
    order = sorted(range(len(out)), key=lambda i: out[i][0].content[0].start)
    for before, index in pairwise(order):
        (last, via), (own, mine) = out[before], out[index]
        if not via or mine or own.source is None or own.source.of(segments.text).lower() not in ("he", "she"):
            continue
        first = min([span.start for span in (*last.content, *last.cue)])
        telling = segments.text[max(0, min(first, via[0].span.start) - 60) : max(first, via[0].span.end)]
        if _TALK.search(telling) and "\n\n" not in segments.text[last.content[-1].end : own.content[0].start]:
            out[index] = (own, via)
    return out


def parent_of(attributions: Sequence[Attribution], index: int) -> int | None:
    """The attribution with the shortest content piece that holds all content of this one and its cue or source."""
    own = attributions[index]
    spans = [*own.content, *own.cue, *([own.source] if own.source else [])]
    around = [
        (sum(c.end - c.start for c in other.content), i)
        for i, other in enumerate(attributions)
        if i != index and all(any(c.covers(s) for c in other.content) for s in spans)
    ]
    return min(around)[1] if around else None


def _settle(
    text: str, sentences: Sequence[Span], attributions: Sequence[Attribution], index: int
) -> tuple[Attribution, tuple[Via, ...]]:
    own, behind = _without_carrier(text, attributions[index])
    if behind:
        return own, behind
    gaps = _gaps(text, sentences, attributions, index)
    named = [(t, gap) for gap in gaps for t in _outlets(text, gap)]
    messenger = _messenger(text, own.source)
    if quoted := as_saying(text, own) or was_quoted(text, sentences, own):
        via = [_via(t) for t in (_outlets(text, own.source) if own.source else [])] + [
            _via(t) for t, g in named if _carries(text, t, g)
        ]
        near = _beside(text, own.source) if own.source else []
        return quoted, _distinct([*via, *near, *_unlisted(text, gaps, named)], quoted)
    if own.source and (split := _FOR.search(own.source.of(text))) and _messenger(text, _tail(own.source, split.end())):
        tail = _tail(own.source, split.end())
        via = [_via(t) for t in _outlets(text, tail)]
        own = replace(own, source=Span(own.source.start, own.source.start + split.start()))
        return own, _distinct([*via, *[_via(t) for t, g in named if _carries(text, t, g)]], own)
    if own.source and messenger and (cited := _cited_first(text, own)):
        via = [_via(t) for t in _outlets(text, own.source)]
        return cited, _distinct(via, cited)
    if own.source and (messenger or own.source.of(text).find("cit") >= 0):
        if real := _real_source(text, own, attributions, sentences):
            via = [_via(t) for t in _outlets(text, Span(own.source.start, max(own.source.end, real.start)))]
            via = via or _beside(text, own.source)
            own = replace(own, source=real)
            return own, _distinct([*via, *[_via(t) for t, g in named if _carries(text, t, g)]], own)
    elif own.source is None and len(named) == 1 and (real := _quoted_person(text, gaps, own)):
        own = replace(own, source=real)
    carried = [_via(t) for t, gap in named if _carries(text, t, gap)]
    return own, _distinct([*carried, *_unlisted(text, gaps, named), *_told_behind(text, sentences, own)], own)


_CARRIER = re.compile(
    r",? [-–—]? ?(?:transmits|reports|informs|writes|conveys|communicates|relays|notes|quotes|cites) (?:the )?"
    r"(?:(?:news )?agency |newspaper |portal |channel )?"
    r"(?P<name>[\"“«][A-Z][^\"”»]{1,30}[\"”»]|[A-Z][\w’'-]+(?: [A-Z]\w+)?)\.?$"
)


def _carrier(text: str, found: re.Match[str] | None) -> tuple[Via, ...]:
    """The outlet of `transmits "Armenpress"`: any name in quotation marks, else one that the register knows."""
    if found is None:
        return ()
    name = Span(*found.span("name"))
    quoted = text[name.start] in '"“«'
    bare = Span(name.start + 1, name.end - 1) if quoted else name
    if outlets := _outlets(text, bare):
        return (_via(outlets[0]),)
    return (Via(name=bare.of(text), type="outlet", span=bare),) if quoted else ()


def _without_carrier(text: str, own: Attribution) -> tuple[Attribution, tuple[Via, ...]]:
    """`The envoy warned of changes, transmits "Armenpress"`: the outlet is no part of the words."""
    last = own.content[-1]
    found = _CARRIER.search(text, last.start, last.end)
    via = _carrier(text, found)
    if found is None or not via or found.start() <= last.start:
        return own, ()
    return replace(own, content=(*own.content[:-1], Span(last.start, found.start()))), via


def _told_behind(text: str, sentences: Sequence[Span], own: Attribution) -> tuple[Via, ...]:
    """`..., the minister said, reports Interfax.`"""
    end = max(span.end for span in (*own.content, *own.cue, *([own.source] if own.source else [])))
    sentence = sentences[max(0, bisect_right(sentences, end - 1, key=lambda span: span.start) - 1)]
    return _carrier(text, _CARRIER.search(text, end, sentence.end)) if end < sentence.end else ()


_KIND = (
    r"(?:newspaper|news agency|agency|broadcaster|radio station|radio|television station|television|TV station|station"
    r"|daily|weekly|magazine|website|news site|news portal|portal|outlet|news outlet|television channel|TV channel"
    r"|channel|chain|network|paper|tabloid)"
)
_NAME = r"[A-Z][\w'’-]+(?: (?:[A-Z0-9][\w'’-]*|of(?= [A-Z]))){0,3}"
_TOLD = (
    r"\b(?:[Tt]old|[Tt]elling|to|with|by|in|for|of|up|[Cc]iting|[Qq]uot(?:ing|ed|es)|[Pp]er|[Mm]inister|transmits)"
    r" (?:the |an? |its |his |her )?"
)
# Last words of a name that is an outlet's whatever stands before them, and first words.
_MEDIA = (
    r"(?:Radio|TV|Television|Times|Post|Herald|Tribune|Gazette|Chronicle|Telegraph|Channel|Journal|News|Mail|Trust|Nation"
    r"|Standard|Star|Observer|Monitor|Independent|Express|Mirror|Sentinel|Inquirer|Gleaner|Vanguard|Courier|Echo"
    r"|Bulletin|Broadcasting|Citizen|Examiner|Dispatch|Daily|Weekly|Review|Press|Agency|FM)"
)
_PASSING = r"(?:quot|cit|report|transmit|convey|transferr|carri)(?:e?d|ed|ied|s|es|ted)\b"
_UNLISTED = re.compile(
    rf"{_TOLD}(?:[\w'’-]+ ){{0,2}}{_KIND} [\"“«]?(?P<after>{_NAME})"
    rf"|{_TOLD}(?P<before>{_NAME}) {_KIND}\b"
    rf"|{_TOLD}(?P<last>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)? {_MEDIA})\b"
    rf"|{_TOLD}(?P<first>(?:Radio|Channel|TV) [A-Z0-9][\w'’-]*)"
    r"|\b[Tt]old (?P<arabic>(?:Al|El|An|As|Ar)[ -][A-Z][\w'’-]+)(?= (?:that|on|in|the|late|this|last)\b|[,.:])"
    r"|\b[Tt]old (?:the )?(?P<short>[A-Z]{3,5})(?= (?:that|on|in|late|this|last)\b|[,.:])"
)


_QUOTING = re.compile(rf"(?P<quoting>{_NAME}) {_KIND}(?= {_PASSING})|{_KIND} (?P<named>{_NAME})(?= {_PASSING})")
_KINDS = re.compile(_KIND)


def _unlisted(text: str, gaps: Sequence[Span], named: Sequence[tuple[Token, Span]]) -> list[Via]:
    """Outlets that no register knows: `told the newspaper Valley Echo`, `to the Echo daily`, `told Valley Radio`."""
    found = [m for gap in gaps for m in _UNLISTED.finditer(text, gap.start, gap.end) if m.lastgroup]
    press = [gap for gap in gaps if _KINDS.search(text, gap.start, gap.end)]
    found += [m for gap in press for m in _QUOTING.finditer(text, gap.start, gap.end) if m.lastgroup]
    spans = [Span(m.start(m.lastgroup or 0), m.end(m.lastgroup or 0)) for m in found]
    fresh = [s for s in spans if not any(s.overlaps(Span(t.start, t.end)) for t, _ in named)]
    return [Via(name=s.of(text), type="outlet", span=s) for s in fresh if not _no_outlet(s.of(text))]


_BESIDE = re.compile(rf"{_KIND} [\"“«]?(?P<after>{_NAME})[\"”»]?$|(?P<before>{_NAME}) {_KIND}$")


def _beside(text: str, source: Span) -> list[Via]:
    """The name beside the noun in a source: `the Ledger news agency`."""
    found = _BESIDE.search(text, source.start, source.end)
    if found is None or found.lastgroup is None or _no_outlet(found[found.lastgroup]):
        return []
    span = Span(*found.span(found.lastgroup))
    return [Via(name=span.of(text), type="outlet", span=span)]


def _no_outlet(name: str) -> bool:
    """A state, an organisation or a body in the place of an outlet: `told NATO`."""
    return any(t.ref is not None and t.kind != "outlet" and len(t.text) == len(name) for t in lex(name))


_CITED = re.compile(r"((?:[a-z]+ )?[^,.;\n\"“”]{3,80}), (?=that\b)")


def _cited_first(text: str, own: Attribution) -> Attribution | None:
    """`The Globe reported, citing people it did not name, that ...` read as words that begin with the people."""
    if not own.cue or not own.content or own.cue[-1].of(text).lower() not in ("citing", "quoting"):
        return None
    first = own.content[0]
    found = _CITED.match(text, first.start, first.end)
    if found is None or first.start - own.cue[-1].end > 2:
        return None
    content = (Span(found.end(), first.end), *own.content[1:])
    return replace(own, source=Span(first.start, found.end(1)), content=content)


_FOR = re.compile(r"(?<=\w) (?:for|to|in) (?=[A-Z])")


def _tail(source: Span, offset: int) -> Span:
    """The part of a source from an offset: `RTS` of `Kovac for RTS`."""
    return Span(source.start + offset, source.end)


def _distinct(via: list[Via], own: Attribution) -> tuple[Via, ...]:
    seen: dict[str, Via] = {}
    for item in via:
        if not (own.source and own.source.overlaps(item.span)):
            seen.setdefault(item.name, item)
    return tuple(seen.values())


def _gaps(text: str, sentences: Sequence[Span], attributions: Sequence[Attribution], index: int) -> list[Span]:
    """The parts of the cue's sentence that belong to this attribution and hold no content."""
    own = attributions[index]
    marks = [*own.cue, *([own.source] if own.source else [])]
    if not marks:
        return []
    at = sorted(marks)
    hull = _touched(sentences, at[0].start, at[-1].end) or [Span(at[0].start, at[-1].end)]
    low, high = min(s.start for s in hull), max(s.end for s in hull)
    blocks = sorted(
        c
        for a in attributions
        for c in a.content
        if c.start < high and c.end > low and not any(c.covers(m) for m in at)
    )
    for i, other in enumerate(attributions):
        if (
            i == index
            or other.cue == own.cue
            or not other.cue
            or other.cue[0].end <= low
            or other.cue[-1].start >= high
        ):
            continue
        for mark in (*other.cue, *([other.source] if other.source and other.source != own.source else [])):
            if mark.end <= at[0].start:
                low = max(low, mark.end)
            elif mark.start >= at[-1].end:
                high = min(high, mark.start)
    return _without(low, high, blocks)


def _touched(sentences: Sequence[Span], start: int, end: int) -> list[Span]:
    first = max(0, bisect_right(sentences, start, key=lambda s: s.start) - 1)
    return [s for s in sentences[first : first + 12] if s.start < end and start < s.end]


def _without(low: int, high: int, blocks: Sequence[Span]) -> list[Span]:
    out, start = [], low
    for block in blocks:
        if block.end <= low or block.start >= high:
            continue
        if block.start > start:
            out.append(Span(start, block.start))
        start = max(start, block.end)
    if start < high:
        out.append(Span(start, high))
    return out


def _outlets(text: str, gap: Span) -> list[Token]:
    found = []
    piece = text[gap.start : gap.end]
    if not _HAS_CAPITAL.search(piece):
        return []
    for token in lex(piece):
        if token.kind == "outlet":
            found.append(
                Token(
                    text=token.text,
                    start=token.start + gap.start,
                    end=token.end + gap.start,
                    kind="outlet",
                    term=token.term,
                )
            )
    return found


_HAS_CAPITAL = re.compile(r"[A-Z]")
_BEFORE = re.compile(
    r"(?:\b(?:told|tells|telling|told the|with|to|in|on|by|citing|for|quoted|interview|via|from|"
    r"informed|according to|through)\s+"
    r"(?:(?:a|an|the|its|his|her|state|news|agency|agencies|newspaper|daily|broadcaster|"
    r"television|tv|radio|channel|website|magazine|"
    r"weekly|public|private|local|national|international|business|tabloid|state-run|state-owned|"
    r"chain|station|agencies|news site|"
    r"German|French|Russian|Turkish|British|"
    r"U\.S\.|US|American|Italian|Spanish|Polish|Japanese|Chinese|Iranian|Ukrainian|Israeli|"
    r"[a-z]+-[a-z]+|\w+ish|\w+ian|[\w’']+s)\s+)*|"
    r"\b(?:seen|obtained|viewed|reviewed|consulted|picked up|reported|published|cited|quoted|carried) "
    r"(?:by )?(?:the )?|"
    r"\b(?:newspaper|news agency|agency|daily|radio station|radio|television|station|broadcaster|weekly)\s+|"
    r"\b(?:and|or|also)\s+|,\s*(?:the \w+ (?:agency|newspaper|broadcaster) )?)[\"“«]?$",
    re.I,
)
_AFTER = re.compile(
    r"\s*(?:newspaper|news agency|agency|daily|radio|television|TV|magazine|channel|weekly|broadcaster|"
    r"website|,|’s|'s|show)*\s*(?:on \w+,?\s*)?"
    r"(?:quoted|quotes|quoting|cited|cites|citing|reported|reports|conveyed|carried|relayed|transmitted|transmits|"
    r"transferred|saw|has seen|(?:was|were) able to|obtained|"
    r"wrote|writes|said|in an interview|published|broadcast|led the words)\b"
)
_AFFILIATED = re.compile(
    r"(?:reporter|journalist|correspondent|editor|anchor|host|analyst|contributor|columnist|"
    r"producer|owner|presenter) (?:for|at|of|with|from) (?:the )?$",
    re.I,
)


def _carries(text: str, token: Token, gap: Span) -> bool:
    """Whether an outlet beside a cue is what the words came through, not just an employer or a topic."""
    before, after = text[max(gap.start, token.start - 90) : token.start], text[token.end : token.end + 60]
    if _AFFILIATED.search(before):
        return False
    return bool(_BEFORE.search(before) or _AFTER.match(after))


def _via(token: Token) -> Via:
    assert token.ref
    return Via(name=token.ref.name, type="outlet", span=Span(token.start, token.end))


_PRESS = re.compile(
    rf"(?:[Tt]he |[Aa]n? )?(?:[\w'’.-]+ ){{0,3}}?(?:{_KIND} [\"“«]?{_NAME}"
    rf"|{_NAME} (?:news agency|newspaper|radio|daily|agency))"
    r"[\"”»]?$"
)


def _messenger(text: str, source: Span | None) -> bool:
    """Whether a source is an outlet, of the register ("Sputnik", "the broadcaster NRK") or by the noun beside it."""
    if source is None:
        return False
    after = re.compile(r",? ").match(text, source.end)
    if _PRESS.match(source.of(text)) and after and _QUOTED.match(text, after.end()):
        return True
    tokens = [t for t in lex(source.of(text).split(",")[0]) if t.kind not in ("punct",)]
    return (bool(tokens) and tokens[-1].kind == "outlet") or (
        len(tokens) > 1
        and any(t.kind == "outlet" for t in tokens)
        and tokens[-1].text.lower()
        in ("agency", "newspaper", "television", "radio", "tv", "daily", "channel", "website", "magazine")
    )


def _real_source(
    text: str, own: Attribution, attributions: Sequence[Attribution], sentences: Sequence[Span]
) -> Span | None:
    """`Sputnik quoted Antonov`, `NRK, citing a Norwegian official, reported`: who was quoted."""
    assert own.source
    sentence = next((s for s in sentences if s.overlaps(own.source or s)), None)
    if sentence is None:
        return None
    content_start = min((c.start for c in own.content if c.start >= own.source.end), default=sentence.end)
    end = min(max(content_start, own.source.end), sentence.end)
    candidates = [np for m in _QUOTED.finditer(text, own.source.start, end) if (np := _noun_phrase(text, m.end(), end))]
    usable = [
        np
        for np in candidates
        if not any(np.overlaps(s) for s in (*own.cue, *own.content)) and not _messenger(text, np)
    ]
    return usable[-1] if usable else None


def _quoted_person(text: str, gaps: Sequence[Span], own: Attribution) -> Span | None:
    for gap in gaps:
        for match in _QUOTED.finditer(text, gap.start, gap.end):
            found = _noun_phrase(text, match.end(), gap.end)
            if found and not any(found.overlaps(s) for s in (*own.cue, *own.content)) and not _messenger(text, found):
                return found
    return None


def _noun_phrase(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    stop = _END.search(text, start, end)
    finish = stop.start() if stop else end
    words = text[start:finish].rstrip()
    if (
        not words
        or len(words) > 120
        or not (
            words[0].isupper()
            or re.match(r"(?:an?|the|two|three|one|some|several|unnamed|officials|sources|his|its)\b", words)
        )
    ):
        return None
    return Span(start, start + len(words))
