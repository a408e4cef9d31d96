"""Sentences of news prose, by rules about what stands on both sides of a full stop."""

from __future__ import annotations

import re
from functools import cache

from onrecord.text.registry import alternatives, word_list
from onrecord.types import Span

# A stop, what closes behind it, and white space (or a missing space, before words that begin sentences).
# Possessive, and tried only at the first of several stops: a page of dots must not cost its square.
STOP = re.compile(r"(?<![.!?…])([.!?…]++)([\"”»’')\]]*+)(\s++|(?=[A-Z]))")
OPENING = re.compile(r"[\"“„«‘'(\[*•·]*+\s?")
WORD_BEFORE = re.compile(r"[\w.'’&-]*$")
FIRST_WORD = re.compile(r"\w+")
INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]$")
DASH = re.compile(r"[-–—]++\s")
# a.m. and p.m. go on with a day, a month or a time zone.
TIME = re.compile(r"(?:on|[A-Z]{2,4}\b|(?:East|Pacif|Centr|Mount|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)[a-z]+)")
LONGEST_WORD = 40


def sentence_starts(text: str, paragraph: Span) -> list[int]:
    """Where the sentences of a paragraph begin."""
    starts = [paragraph.start]
    for match in STOP.finditer(text, paragraph.start, paragraph.end):
        if match.end() < paragraph.end and _ends(text, match, paragraph):
            starts.append(match.end())
    return starts


def ends_in_abbreviation(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, however it stands in its sentence."""
    word = _word_before(text, start, stop)
    return bool(INITIALS.match(word)) or any(
        word in word_list("sentences", name) for name in ("titles", "before_number", "inside", "may_end")
    )


def _ends(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Whether the sentence ends at this stop."""
    marks, closers, gap = match.groups()
    if not gap:
        return _lost_space(text, match, paragraph)
    opening = OPENING.match(text, match.end(), paragraph.end)
    at = opening.end() if opening else match.end()
    if at >= paragraph.end:
        return True
    if dash := DASH.match(text, at):
        # "In the near future." - Antonov said: the dash after a quotation leads to its speaker; NASHUA, N.H. - At
        # the moment: the one after an abbreviation, from the dateline to the text.
        if closers or ends_in_abbreviation(text, paragraph.start, match.start()):
            return False
        at = dash.end()
    following = text[at : at + 1]
    if following.islower() or following in ",;:.":
        return False
    if closers and marks[-1] in "?!" and _reporting().match(text, at):
        return False
    return closers != "" or marks != "." or not _abbreviated(text, match.start(), at, paragraph)


def _lost_space(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """`treaty.The minister`: no space, but a long word before and a word that begins sentences after."""
    first = FIRST_WORD.match(text, match.end())
    word = _word_before(text, paragraph.start, match.start())
    return (
        first is not None
        and first.group() in word_list("sentences", "starters")
        and (bool(match.group(2)) or (len(word) > 3 and word.islower() and word.isalpha()))
        and text[first.end() : first.end() + 1] == " "
    )


def _word_before(text: str, start: int, stop: int) -> str:
    match = WORD_BEFORE.search(text[max(start, stop - LONGEST_WORD) : stop])
    return match.group() if match else ""


def _abbreviated(text: str, stop: int, following: int, paragraph: Span) -> bool:
    """Whether the full stop at `stop` only ends an abbreviation, or stands where no sentence can end."""
    word = _word_before(text, paragraph.start, stop)
    if not word or word[-1] in "'’":
        return False
    if _broken().search(text, max(paragraph.start, stop - LONGEST_WORD), stop):
        return True
    first = FIRST_WORD.match(text, following)
    starts = first is not None and first.group() in word_list("sentences", "starters")
    if word in word_list("sentences", "titles"):
        return True
    if word in word_list("sentences", "before_number"):
        return text[following].isdigit()  # "No. 2", but "He said no. Then he left."
    if word in word_list("sentences", "inside"):
        return True
    if word.lower().lstrip("0123456789:") in ("a.m", "p.m"):
        return not starts and (TIME.match(text, following) is not None or text[following].isdigit())
    if word.isdigit():
        return stop - len(word) == paragraph.start  # "1. First item"
    if INITIALS.match(word) or word in word_list("sentences", "may_end"):
        return not starts
    return False


@cache
def _broken() -> re.Pattern[str]:
    """Words with which no sentence ends: according to. US laws."""
    return re.compile(r"\b(?:" + alternatives("damage", "never_last") + r")$")


@cache
def _reporting() -> re.Pattern[str]:
    """One to four names and a verb of speech: Foreign Minister Solheim asked."""
    return re.compile(r"(?:[A-Z][\w.’'-]*\s){1,4}(?:" + alternatives("sentences", "speech_verbs") + r")\b")
