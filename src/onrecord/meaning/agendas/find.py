"""Agendas: lists of topics or priorities that one side names, every item with its issue, the stated count checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.meaning.agendas.lists import Listing, inline, lines, numbers
from onrecord.meaning.context import Context
from onrecord.meaning.issues.topics import issue_of
from onrecord.meaning.registers import load_cached
from onrecord.types import Agenda, AgendaItem, Attribution, Flag, Span

# From the head ("areas") to its list: a colon not far off in the same sentence, or joining words right behind.
_AND = re.compile(r"\band\b\s*", re.IGNORECASE)
_COLON = re.compile(r"[^:;.!?\n]{0,160}?(?:\.\s(?=[a-z])[^:;.!?\n]{0,80}?)?\s?(:)\s*")
_DASH = re.compile(r"[^:;.!?\n,]{0,80}?\s([-–—])\s+")
_JOIN = re.compile(
    r"[^:;.!?\n]{0,100}?,?\s*\b(?:(?:such)\s+as|including|includes?|included|covers?|covered|namely|among\s+them|like)\b\s*:?\s*(?=\S)|"
    r"\s+(?:of|as)\s+(?=\S)|\s+(?:was|were|is|are)\s*:?\s+(?=\S)",
    re.I,
)
_SUCH = re.compile(r"\bsuch\s+(?:\w+\s+)?$", re.I)
_WIDTH = 260
# Characters before a head among which its number stands.
_BACK = 60
# Heads that are followed up in one article; no article of PolNeAR or of ours has a tenth of them.
_MOST = 500
# Words in an item, on average, where no number was announced.
_SHORT = 5


@dataclass(frozen=True, slots=True)
class _Found:
    """A list with its head and announced number."""

    start: int
    head: str
    count: int | None
    listing: Listing
    partial: bool


def find_agendas(context: Context, counterparts: Sequence[tuple[str, ...]]) -> tuple[Agenda, ...]:
    """Lists of topics that one side names, in order of the text.

    `actor` is the state or organisation of whoever names them, None where both sides do; `counterparts` are the
    codes found for each statement.
    """
    return tuple(_agenda(context, counterparts, found) for found in _found(context))


def agenda_flags(context: Context) -> tuple[Flag, ...]:
    """Lists that announce one number of items and hold another, where the list can be counted in no other way."""
    flags = []
    for found in _found(context):
        got = _mismatch(found)
        if found.count is not None and got is not None:
            span = Span(found.start, found.listing.span.end)
            message = f"{_word(found.count).capitalize()} {found.head} are announced, but {_word(got)} are listed."
            flags.append(Flag(kind="count-mismatch", span=span, message=message))
    return tuple(flags)


def _mismatch(found: _Found) -> int | None:
    """How many items there are, if not as many as announced."""
    items = found.listing
    if found.count is None or found.partial or not items.closed or items.fewest <= found.count <= items.most:
        return None
    return len(items.items)


@dataclass(frozen=True, slots=True)
class _Head:
    """What topics are called, where that stands, and the number before it ("six priority areas")."""

    start: int
    end: int
    word: str
    words: str
    count: int | None


@lru_cache(maxsize=4)
def _heads(text: str) -> tuple[_Head, ...]:
    """The heads of a text in order. Found word by word: one pattern of all of them takes ten times as long."""
    small = text.lower()
    small = small if len(small) == len(text) else text
    found = [_head(text, at, word) for word in _head_words() for at in _all(small, word)]
    return tuple(sorted((head for head in found if head), key=lambda head: head.end))


@lru_cache(maxsize=1)
def _head_words() -> tuple[str, ...]:
    return tuple(load_cached("agendas")["heads"].split())


def _all(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _head(text: str, at: int, word: str) -> _Head | None:
    end = at + len(word)
    if (at and text[at - 1].isalnum()) or text[end : end + 1].isalnum():
        return None
    low = max(0, at - _BACK)
    counted = _count_pattern().search(text[low:at])
    start = low + counted.start() if counted else at
    number = counted["count"].lower() if counted else ""
    words = text[low + counted.end("count") : end].strip().lower() if counted else word
    return _Head(start, end, word, words, numbers().get(number) or (int(number) if number.isdigit() else None))


@lru_cache(maxsize=1)
def _count_pattern() -> re.Pattern[str]:
    count = "|".join([*numbers(), r"\d{1,2}"])
    # Adjectives and the like: "six priority areas", but not "two ministers raised issues".
    between = rf"(?!(?:{count})\b)(?!\w+(?:[^us]s|ed)\b)[a-z-]+"
    return re.compile(rf"\b(?P<count>{count})(?:\s+{between}){{0,3}}\s+$", re.I)


@lru_cache(maxsize=1)
def _verb_pattern() -> re.Pattern[str]:
    verbs = "|".join(verb.replace("*", r"\w*") for verb in load_cached("agendas")["verbs"].split())
    return re.compile(rf"\b(?:{verbs})\b", re.I)


def _found(context: Context) -> Iterator[_Found]:
    end = 0
    for head in _heads(context.text)[:_MOST]:
        if head.start >= end and (found := _list_at(context, head)) is not None:
            end = found.listing.span.end
            yield found


def _list_at(context: Context, head: _Head) -> _Found | None:
    text = context.text
    low = max(context.paragraph(head.start).start, head.start - _WIDTH, context.sentence(head.start).start)
    for listing, partial in _candidates(text, head, low):
        if listing is not None and head.count is not None and not partial:
            listing = _apart(text, listing, head.count)
        if listing is not None and _sound(context, listing, head.word, sure=head.count is not None and not partial):
            return _Found(head.start, head.words, head.count, listing, partial)
    return None


def _apart(text: str, listing: Listing, count: int) -> Listing:
    """With the last item cut in two where both halves are topics of their own and no other "and" closes the list.

    "Four axes: refugees, drugs, trade, power lines and roads" are five; "trade, energy, science and technology" three.
    """
    items = listing.items
    if listing.marked or len(items) != count or listing.fewest != count or count < 2:
        return listing
    if _AND.search(text, items[-2].end, items[-1].start):
        return listing
    found = list(_AND.finditer(text, items[-1].start, items[-1].end))
    if len(found) != 1:
        return listing
    halves = Span(items[-1].start, len(text[: found[0].start()].rstrip())), Span(found[0].end(), items[-1].end)
    first, second = (issue_of(half.of(text)) for half in halves)
    if first is None or second is None or first == second:
        return listing
    return replace(listing, items=(*items[:-1], *halves), fewest=count + 1)


def _candidates(text: str, head: _Head, low: int) -> Iterator[tuple[Listing | None, bool]]:
    """What may be the list of a head: after a colon, in lines below, after a dash or a joining word."""
    if colon := _COLON.match(text, head.end):
        broken = text.find("\n", colon.start(1), colon.end())
        yield lines(text, broken + 1) if broken >= 0 else inline(text, colon.end(), count=head.count), False
    elif rows := _below(text, head.end):
        yield rows, False
    if head.count is not None and (dash := _DASH.match(text, head.end)):
        yield inline(text, dash.end(), count=head.count), False
    if (join := _JOIN.match(text, head.end)) and (head.word == "agenda" or _named(text, low, head.start)):
        yield inline(text, join.end(), count=None), True


def _named(text: str, start: int, end: int) -> bool:
    """Whether somebody names the topics: a verb of naming before their head, or "such"."""
    return bool(_verb_pattern().search(text, start, end) or _SUCH.search(text, start, end))


def _below(text: str, at: int) -> Listing | None:
    """Bulleted lines right below a line that ends soon after its head."""
    end = text.find("\n", at)
    return lines(text, end + 1) if 0 <= end - at <= 80 else None


def _sound(context: Context, listing: Listing, head: str, *, sure: bool) -> bool:
    """Whether the items are topics: most of them have an issue, and they are not names of persons or places."""
    items = listing.items
    names = sum(_is_name(context, span) for span in items)
    if 2 * names >= len(items) and head not in load_cached("agendas")["open"].split():
        return False
    known = sum(issue_of(span.of(context.text)) is not None for span in items)
    if sure:
        return known >= 2 and 3 * known >= len(items)
    short = sum(len(span.of(context.text).split()) for span in items) <= _SHORT * len(items)
    return short and len(items) >= 3 and 3 * known >= 2 * len(items)


def _is_name(context: Context, span: Span) -> bool:
    """Whether all the words of an item are capitalised and name no subject by themselves ("Kherson", "Ms Lee")."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", span.of(context.text)) if len(word) > 2]
    return bool(words) and all(word[0].isupper() for word in words) and not _topical(words)


def _topical(words: list[str]) -> bool:
    return all(word.isupper() for word in words) or issue_of(" ".join(words).lower()) is not None


def _agenda(context: Context, counterparts: Sequence[tuple[str, ...]], found: _Found) -> Agenda:
    index = _statement(context.attributions, found)
    actor = context.speakers[index].country if index is not None else None
    others = counterparts[index] if index is not None and index < len(counterparts) else ()
    items = tuple(AgendaItem(span=span, issue=issue_of(span.of(context.text))) for span in found.listing.items)
    other = next((code for code in others if code != actor), None) if actor or len(others) == 1 else None
    return Agenda(actor=actor, counterpart=other, stated_count=found.count, items=items)


def _statement(attributions: Sequence[Attribution], found: _Found) -> int | None:
    """The statement that the list stands in: the innermost one."""
    first = found.listing.items[0]
    holds = [i for i, row in enumerate(attributions) if any(span.overlaps(first) for span in row.content)]
    return min(holds, key=lambda i: sum(s.end - s.start for s in attributions[i].content), default=None)


def _word(number: int) -> str:
    return next((word for word, value in numbers().items() if value == number), str(number))
