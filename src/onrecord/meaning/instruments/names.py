"""Instruments called by a name: a title or alias of the register, a resolution's number, a title in capitals."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from onrecord.meaning.context import Context
from onrecord.meaning.registers.instruments import Instrument, folded, instrument, instruments, vocabulary
from onrecord.types import Span

# "Collective Security Treaty Organization", "the Convention Center", "the Agreement's" parties are no instruments.
_NOT_AFTER = re.compile(
    r"\s+(?:Organi[sz]ation|Cent(?:er|re)|Hall|delegates?|floor|speech|Secretariat|bounce|week|[Ss]chools?|Communications|flights?|planes?|bus|buses)\b"
)
_RESOLUTION = re.compile(
    r"\b(?:(?P<body>U\.?N\.?|United Nations|Security Council|General Assembly|UNSC|UNGA)\s+)+"
    r"(?:Resolution|resolution|Res\.?)\s+(?:No\.?\s*|№\s*)?(?P<number>\d{2,4})\b"
    r"|\bUNSCR?\s+(?P<short>\d{3,4})\b"
    r"|(?<!House )(?<!Senate )(?<!Joint )(?<!Concurrent )"
    r"\b[Rr]esolution\s+(?:No\.?\s*|№\s*)?(?P<bare>\d{3,4})\b(?!\s*/)"
)
_COUNCIL = re.compile(r"\bSecurity Council\b|\bU\.?N\.?S\.?C\b\.?")
# "its own nuclear deal", "a new trade agreement" are not the one everybody knows.
_NOT_BEFORE = re.compile(
    r"\b(?:own|new|another|separate|similar|different|better|other|future|wider|broader)\s+$", re.I
)
_WITH = re.compile(r"\s+(?:with|between)\s+(?:the\s+)?")
_WORD = re.compile(r"[^\W_][\w’'.\-‐‑/]*")
_LETTERS = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s.,‐‑–/'’-]{1,3}")
_OF_A_PLACE = re.compile(
    r"(?P<head>Declaration|Agreements?|Accords?|Convention|Protocol|Charter|Memorandum|Pact) of (?P<place>[A-Z][\w-]+)"
)
_IN_BRACKETS = re.compile(r"\s?\([\"“‘']?([A-Z][A-Za-z-]*[A-Z][A-Z0-9-]*)[\"”’']?\)")
_LONG = 3  # words of a title that is called by its letters
_LINKS = frozenset(("of", "on", "for", "the", "and", "to", "against", "concerning"))
_CALENDAR = re.compile(
    r"[A-Z][a-z]+day$|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\.?$|"
    r"(?:January|February|March|April|June|July|August|September|October|November|December)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """An instrument at a place of the text. `entry` is None for one that the register does not hold."""

    name: str
    span: Span
    entry: Instrument | None
    head: str = ""


@dataclass(frozen=True, slots=True)
class _Alias:
    """A wording with its instrument; `reach` says where `beside` has to be named: "", "article" or "sentence"."""

    words: str
    entry: Instrument
    reach: str

    @property
    def any_case(self) -> bool:
        return any(word in vocabulary("nouns") for word in self.words.lower().split())


def names(context: Context) -> list[Naming]:
    """Every instrument called by a name, in order, none inside another."""
    found = _registered(context) + _resolutions(context)
    found.sort(key=lambda naming: (naming.span.start, -naming.span.end))
    kept: list[Naming] = []
    for naming in found:
        if not kept or naming.span.start >= kept[-1].span.end:
            kept.append(naming)
    kept.extend(_unregistered(context, [naming.span for naming in kept]))
    return sorted(kept, key=lambda naming: naming.span)


@lru_cache(maxsize=1)
def _book() -> dict[str, list[_Alias]]:
    book: dict[str, list[_Alias]] = {}
    for entry in instruments():
        for reach, wordings in (("", entry.titles), ("article", entry.article), ("sentence", entry.sentence)):
            for words in wordings:
                book.setdefault(folded(words), []).append(_Alias(words, entry, reach))
        if "trade" in entry.issues and len(entry.parties) == 2:
            for words in vocabulary("between_two"):
                book.setdefault(folded(words), []).append(_Alias(words, entry, "sentence"))
    return book


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """Every beginning of a folded wording. One expression for all took 0.2 s to compile; this takes 0.01."""
    return frozenset(key[:size] for key in _book() for size in range(1, len(key) + 1))


def _registered(context: Context) -> list[Naming]:
    """Wordings of the register, the longest at each place, whatever stands between their words: "Non-Proliferation"."""
    begun = _beginnings()
    found: list[Naming] = []
    for word in _LETTERS.finditer(context.text):
        if word.group().lower() in begun and (not found or word.start() >= found[-1].span.end):
            naming = _longest(context, word)
            if naming:
                found.append(naming)
    return found


def _longest(context: Context, word: re.Match[str]) -> Naming | None:
    text, book, begun = context.text, _book(), _beginnings()
    key, start = word.group().lower(), word.start()
    best: Naming | None = None
    while key in begun:
        if key in book and not _NOT_AFTER.match(text, word.end()):
            span = Span(start, word.end())
            alias = _choose(context, span, book[key])
            best = Naming(name=alias.entry.name, span=span, entry=alias.entry) if alias else best
        following = _LETTERS.search(text, word.end(), word.end() + 40)
        if following is None or not _BETWEEN.fullmatch(text, word.end(), following.start()):
            break
        key, word = key + following.group().lower(), following
    return best


def _choose(context: Context, span: Span, aliases: list[_Alias]) -> _Alias | None:
    words = span.of(context.text)
    aliases = [a for a in aliases if not _joined(context, a.entry, span)]
    fit = [a for a in aliases if (a.any_case or _as_written(a.words, words)) and _beside(context, a, span)]
    if any(not a.any_case for a in fit) and _shouted(context.text, span):
        return None
    for reach in ("", "sentence", "article"):
        known = [a for a in fit if a.reach == reach]
        if len({a.entry.name for a in known}) == 1:
            return known[0]
    return None


def _as_written(alias: str, words: str) -> bool:
    """Whether the capitals are those of the alias ("New START", not "a new start")."""
    return [c for c in alias if c.isalpha()] == [c for c in words if c.isalpha()] or (
        words.isupper() and alias.replace(" ", "").isupper()
    )


def _shouted(text: str, span: Span) -> bool:
    """Whether the words around are in capitals too, so that capitals say nothing."""
    before = text[max(0, span.start - 30) : span.start].split()[-2:]
    after = text[span.end : span.end + 30].split()[:2]
    return sum(w.isupper() and len(w) > 3 for w in before + after) > 1


def _beside(context: Context, alias: _Alias, span: Span) -> bool:
    """Whether those stand near that a loose wording needs, and it is not said of somebody else."""
    if not alias.reach:
        return True
    entry, sentence = alias.entry, context.sentence(span.start)
    if entry.signed and context.published and alias.reach == "sentence" and context.published < entry.signed:
        return False
    if _NOT_BEFORE.search(context.text, max(0, span.start - 15), span.start):
        return False
    near = Span(0, len(context.text)) if alias.reach == "article" else sentence
    needed = set(entry.beside or entry.parties)
    return needed <= codes(context, near.start, near.end) and not _others(context, entry, span, sentence.end)


def _joined(context: Context, entry: Instrument, span: Span) -> bool:
    """Whether a hyphen binds another side to the words: the "EFTA-Mercosur deal" is not that of the EU."""
    if entry.parties == ("multilateral",) or context.text[max(0, span.start - 1) : span.start] not in ("-", "–", "‑"):
        return False
    before = [place.named.country for place in context.cast.places if place.end == span.start - 1]
    if not before:
        return bool(re.search(r"\b[A-Z]{3,}$", context.text[max(0, span.start - 12) : span.start - 1]))
    return any(code and code not in entry.parties for code in before)


def _others(context: Context, entry: Instrument, span: Span, end: int) -> bool:
    """Whether the words tell of other sides: "the North Korean nuclear deal", "a nuclear deal with Riyadh"."""
    if entry.parties == ("multilateral",):
        return False
    before = [p for p in context.cast.places if p.end in (span.start, span.start - 1)]
    sides = {place.named.country for place in before if place.named.country}
    if match := _WITH.match(context.text, span.end, end):
        sides |= codes(context, match.end(), min(match.end() + 6, end))
    return bool(sides - set(entry.parties) - set(entry.beside))


def codes(context: Context, start: int, end: int) -> set[str]:
    """States and organisations named in a range."""
    places = context.cast.places
    first = bisect_left(places, start, key=lambda place: place.start)
    last = bisect_right(places, end, key=lambda place: place.start)
    return {place.named.country for place in places[first:last] if place.named.country}


def _resolutions(context: Context) -> list[Naming]:
    found = []
    for match in _RESOLUTION.finditer(context.text):
        number = match["number"] or match["short"] or match["bare"]
        assembly = match["body"] in ("General Assembly", "UNGA")
        if match["number"] and not assembly and len(number) < 3:
            continue
        name = f"General Assembly Resolution {number}" if assembly else f"Resolution {number}"
        entry = instrument(name)
        if match["bare"] and entry is None and not _of_the_council(context, match):
            continue
        found.append(Naming(name=name, span=Span(match.start(), match.end()), entry=entry, head="resolution"))
    return found


def _of_the_council(context: Context, match: re.Match[str]) -> bool:
    """Whether a number alone is one of the Security Council's: it is spoken of, for a low number in the sentence."""
    near = context.sentence(match.start()) if len(match["bare"]) < 4 else Span(0, len(context.text))
    return _COUNCIL.search(context.text, near.start, near.end) is not None


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(vocabulary('heads'), key=len, reverse=True))})\b(?![-’'](?!s))")


def _unregistered(context: Context, taken: list[Span]) -> list[Naming]:
    """Titles in capitals that the register does not hold, by their own name, never out of a heading or a title line."""
    found = []
    for match in _heads().finditer(context.text):
        at = match.start()
        if any(span.start <= at < span.end for span in taken) or _NOT_AFTER.match(context.text, match.end()):
            continue
        span = _title(context, match.start(), match.end())
        if span and not any(span.overlaps(other) for other in taken):
            taken.append(span)
            name = _abbreviation(context.text, span) or _turned(_plain(span.of(context.text)))
            entry = instrument(name)
            entry = entry if entry and folded(name) in map(folded, entry.titles) else None
            found.append(Naming(name=entry.name if entry else name, span=span, entry=entry, head=match.group().lower()))
    return found


def _turned(name: str) -> str:
    """The name with the place first, as it is called: "Declaration of Cartagena", but "Treaty of Lausanne"."""
    match = _OF_A_PLACE.fullmatch(name)
    return f"{match['place']} {match['head']}" if match else name


def _abbreviation(text: str, title: Span) -> str:
    """The letters that a long title is given in brackets behind it: "... Partnership Agreement (IA-CEPA)"."""
    match = _IN_BRACKETS.match(text, title.end)
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", title.of(text)) if word[0].isupper())
    letters = "".join(c for c in match[1] if c.isupper()) if match else ""
    if match is None or not set(letters) <= set(initials) or len(title.of(text).split()) < _LONG:
        return ""
    return match[1]


def _title(context: Context, start: int, end: int) -> Span | None:
    sentence = context.sentence(start)
    if _title_case(sentence.of(context.text)):
        return None
    first = _leftward(context.text, sentence.start, start)
    last = _rightward(context.text, end, sentence.end)
    words = context.text[first:last].split()
    own = [w for w in words if w[:1].isupper() and w not in vocabulary("heads")]
    own = [w for w in own if w not in vocabulary("generic")]
    if not own or any(w.strip("’'s,") in vocabulary("no_title") for w in words):
        return None
    return Span(first, last)


def _leftward(text: str, floor: int, start: int) -> int:
    """Back over capitalised words and the small words between them."""
    first = start
    for match in reversed(list(_WORD.finditer(text, max(floor, start - 120), start))):
        word = match.group()
        if text[match.end() : first].strip() or word in vocabulary("openers") or word.endswith(("’s", "'s")):
            break
        if word[0].isupper() or (word[0].isdigit() and len(word) == 4):
            first = match.start()
            continue
        break
    return first


def _rightward(text: str, end: int, ceiling: int) -> int:
    """On over "on the Protection of Rivers": small words count only if a capitalised word follows."""
    last, mark, after_link = end, end, False
    for match in _WORD.finditer(text, end, min(ceiling, end + 160)):
        word = match.group()
        if text[mark if after_link else last : match.start()].strip():
            break
        if word in _LINKS and not (word == "and" and not after_link and last == end):
            after_link, mark = True, match.end()
            continue
        if (
            not word[0].isupper()
            or not (after_link or last > end)
            or word in vocabulary("openers")
            or _CALENDAR.match(word)
        ):
            break
        last, after_link = match.start() + len(word.removesuffix(".")), False
    return last


def _title_case(sentence: str) -> bool:
    words = [w for w in sentence.split() if w[0].isalpha() and len(w) > 3]
    return len(words) > 1 and sum(w[0].isupper() for w in words) > 0.85 * len(words)


def _plain(words: str) -> str:
    """A name on one line, without the article."""
    return " ".join(words.split()).removeprefix("the ").removeprefix("The ")
