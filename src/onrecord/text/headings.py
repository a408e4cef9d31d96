"""Headings: lines that are no sentence, and headings that ran into the sentence after them.

The second kind comes with machine-translated and badly extracted pages, where the line break behind a heading is lost:
`The future of the talks Minister Novak said that ...`. It is recognised by an opening that holds no verb, directly
followed by a speaker with a verb of speech. Edited prose has such openings too (`The deal Novak said was dead`), hence
the many conditions.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.text.registry import alternatives, word_list
from onrecord.text.sentences import sentence_starts
from onrecord.types import Span, Spans

# Longest title or heading, in characters, and longest opening, in words.
TITLE, HEADING, OPENING = 120, 100, 24
SHORTEST_OPENING = 3
FINAL = re.compile(r"[.!?…:;,][\"”»’')\]]*$")
FULL_STOP = re.compile(r"[.!?…][\"”»’')\]]*$")
# Dates, bylines and addresses are short lines without full stop, too.
NO_HEADING = re.compile(r"[a-z\"“„«‘'(\[•*–—-]|.*\b(?:1[89]|20)\d\d$|By\s|.*(?:https?:|www\.|@)|[\W\d]+$")
CAPITALS = re.compile(r"[A-Z][A-Z \-/&']{3,40}[.:]?$")
MARKS = "\"“‘'«"
LINKS = frozenset(("of", "on", "in", "and", "for", "to", "at", "with", "over"))
PUNCTUATION = re.compile(r"[.,;:\"“”«»()]")
NATIONALITY = re.compile(r"^[A-Z][a-z]+(?:ian|ish|ese|can|ean|ech|ench|eek|uch|wiss|man|ai|eli|aqi)$")
TOKEN = re.compile(r"\S+")
NAME = re.compile(r"[A-Z][\w’'-]*(?<!['’]s)$")
ACRONYM = re.compile(r"[A-Z]{2,5}$")
LONG_LINK = re.compile(r"\b(?:of|on|for|to|with|over|against|between)\b|['’]s\b")
HAS_LINK = re.compile(r"\b(?:of|on|in|and|for|to|at|with|over|after|between|against|from|near|by)\b|['’]s\b")


def heading_paragraphs(text: str, paragraphs: Spans) -> list[int]:
    """The indices of the paragraphs that are headings."""
    found = [0] if _is_title(text, paragraphs) else []
    if found and text[paragraphs[0].end - 1] == ";" and len(paragraphs) > 2:
        found.append(1)  # a title set in two lines
    first = len(found) or 1
    for index in range(first, len(paragraphs) - 1):
        if paragraphs[index].end - paragraphs[index].start <= HEADING and _is_heading(text, paragraphs, index):
            found.append(index)
    return found


def _is_title(text: str, paragraphs: Spans) -> bool:
    """Whether the first paragraph is the title: one short line, without a full stop unless all else goes on below."""
    if len(paragraphs) < 2:
        return False
    first = paragraphs[0]
    line = first.of(text)
    if len(line) > TITLE or "\n" in line or " " not in line or (not line[0].isalnum() and line[0] not in MARKS):
        return False
    if line[0] in MARKS and len(re.findall('["“”«»]', line)) % 2:
        return False  # the beginning of a longer quotation
    if line[0] in MARKS and _speech().search(line) and FULL_STOP.search(line):
        return False  # a quotation with its speaker
    if not FINAL.search(line):
        return True
    longer = max(some.end - some.start for some in paragraphs[1:5]) > len(line)
    # A short text without title must not lose its first sentence.
    return line[-1] not in ":," and longer and len(paragraphs) > 2 and len(sentence_starts(text, first)) <= 2


def _is_heading(text: str, paragraphs: Spans, index: int) -> bool:
    line = paragraphs[index].of(text)
    if CAPITALS.match(line):
        return ":" not in line
    before, after = paragraphs[index - 1].of(text), paragraphs[index + 1].of(text)
    return (
        " " in line
        and "\n" not in line
        and not FINAL.search(line)
        and not NO_HEADING.match(line)
        and FULL_STOP.search(before[-6:]) is not None
        and FULL_STOP.search(after[-6:]) is not None
        and len(after) > len(line)
    )


def opening_headings(text: str, sentences: Spans) -> list[Span]:
    """Headings at the openings of sentences, without the space behind them."""
    speech = _speech()
    found = []
    known: frozenset[str] | None = None
    for sentence in sentences:
        verb = speech.search(text, sentence.start, min(sentence.end, sentence.start + 300))
        if verb is None or text[sentence.start].islower():
            continue
        tokens = list(TOKEN.finditer(text, sentence.start, verb.start()))
        if not SHORTEST_OPENING < len(tokens) <= OPENING or not _is_opening(tokens[:SHORTEST_OPENING]):
            continue
        if known is None:
            known = _speakers(text)
        if not _goes_on().match(text, verb.end(), sentence.end):
            continue
        words = [token.group() for token in tokens]
        cut = _cut(words, known)
        if cut and _is_heading_like(words[:cut], _titled([word.rstrip(".,") for word in words[cut:]])):
            found.append(Span(sentence.start, tokens[cut - 1].end()))
    return found


def _is_opening(tokens: list[re.Match[str]]) -> bool:
    """A quick look at the first words: no adverbial, no participle, no verb."""
    words = [token.group().lower() for token in tokens]
    first = words[0]
    return (
        first not in word_list("headings", "adverbial")
        and first[0].isalnum()
        and not (first.endswith(("ing", "ed")) and first != "united")
        and word_list("headings", "clause").isdisjoint(words)
    )


def _cut(words: list[str], known: frozenset[str]) -> int:
    """The index of the word where the speaker begins; 0 if none does so without doubt.

    `words` end before the verb of speech.
    """
    end = len(words)
    if words[-1].endswith(","):  # Ms. Holt, adviser to the President-elect, affirmed
        commas = [index for index, word in enumerate(words[:-1]) if word.endswith(",")]
        if len(commas) != 1:
            return 0
        end = commas[0] + 1
    if any("," in word for word in words[: end - 1]):
        return 0
    start = end
    while start > 0 and _of_speaker(words[start - 1]):
        start -= 1
    if start == end:
        return 0
    return _inside_run(words, start, end, known)


def _inside_run(words: list[str], start: int, end: int, known: frozenset[str]) -> int:
    """Where the speaker begins in the run of names and roles `start..end`."""
    while start < end and words[start][0].islower():
        start += 1
    run = [word.rstrip(".,") for word in words[start:end]]
    if not start or not run:
        return 0
    if offset := _office(run):
        return start + offset
    if words[start - 1].lower() in word_list("headings", "function"):
        return 0
    return start if _titled(run) or run[-1].removesuffix("’s").removesuffix("'s") in known else 0


def _office(run: list[str]) -> int:
    """Where the office of a speaker begins behind a name that still belongs to the heading; 0 if there is none.

    `of the United Nations UN spokesman Daniel Marsh`, `in the Caucasus Armenian Prime Minister Sarkissian`.
    """
    roles, office = word_list("headings", "roles"), word_list("headings", "office")
    for offset in range(1, len(run) - 1):
        role_next = run[offset + 1].lower() in roles
        if ACRONYM.match(run[offset]) and role_next:
            return offset
        before = run[offset - 1]
        if before == "The" or before in office or before.lower() in roles:
            return 0
        if ACRONYM.match(before) or NATIONALITY.match(before):
            return 0
        if run[offset] in office or (NATIONALITY.match(run[offset]) and (role_next or run[offset + 1] in office)):
            return offset if run[-1].lower() not in roles else 0
    return 0


def _titled(run: list[str]) -> bool:
    return any(word.lower() in word_list("headings", "roles") for word in run)


def _of_speaker(word: str) -> bool:
    """Whether a token can belong to a name with its role: a capitalised word, an initial, or a lower-case role."""
    bare = word.rstrip(",")
    return NAME.match(bare.rstrip(".")) is not None or bare.lower() in word_list("headings", "roles")


def _is_heading_like(heading: list[str], titled: bool) -> bool:
    """Whether the words before a speaker, who is `titled` or a bare name, can be a heading."""
    line = " ".join(heading)
    # WHO is no pronoun.
    lower = [word.lower().strip("\"“”'‘’") for word in heading if len(word) == 1 or not word.isupper()]
    if len(heading) < SHORTEST_OPENING or not lower or not word_list("headings", "clause").isdisjoint(lower):
        return False
    if not HAS_LINK.search(line) or PUNCTUATION.search(line):
        return False
    if any(_is_past(lower, index) for index in range(1, len(lower))):
        return False
    # "The head of the agency Marta Lind said": the first noun is the speaker's office.
    first_link = next((index for index, word in enumerate(lower) if word in LINKS), len(lower))
    roles = word_list("headings", "roles")
    if not roles.isdisjoint(lower[:first_link]):
        return False
    # A speaker without title stands often enough behind its description: the former surgeon Ben Smith said.
    return titled or (lower[-1] not in roles and "former" not in lower and LONG_LINK.search(line) is not None)


def _is_past(words: list[str], index: int) -> bool:
    """Whether a word looks like a verb in the past tense: in -ed, and not where only an adjective can stand."""
    word = words[index]
    return (
        word.endswith("ed")
        and len(word) > 4
        and word != "united"
        and words[index - 1] not in word_list("headings", "function")
    )


def _speakers(text: str) -> frozenset[str]:
    """Last names that stand as the subject of a verb of speech somewhere in the text."""
    return frozenset(name for pair in _named().findall(text) for name in pair if name)


@cache
def _speech() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + alternatives("sentences", "speech_verbs") + r")\b")


@cache
def _goes_on() -> re.Pattern[str]:
    """What follows a verb of speech that is the main verb: a clause, an object or a quotation.

    In `the things Novak said about the treaty` it is not; `said on Monday that` is one again.
    """
    return re.compile(rf"[,:]?\s(?:[A-Z\"“«‘']|(?:{alternatives('headings', 'objects')})\b|[^.;]{{0,60}}\bthat\b)")


@cache
def _named() -> re.Pattern[str]:
    """Ms. Holt said / said Holt / Ambassador Holt has: names seen as speakers, or behind a title."""
    verbs, titles = alternatives("sentences", "speech_verbs"), alternatives("headings", "titles")
    before = rf"(?:(?:{titles})\.?|[-,\"”]|[.?!]\"?)"
    name = r"([A-Z][\w-]+)"
    return re.compile(rf"{before}\s{name}\s(?:{verbs})\b|\b(?:{verbs})\s{name}(?=[.,])")
