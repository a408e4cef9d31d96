"""Whether a date is a deadline, of which kind, and on whom it falls."""

from __future__ import annotations

import re
from datetime import date

from onrecord.meaning.context import Context
from onrecord.meaning.deadlines.clause import Clause
from onrecord.meaning.deadlines.words import deadline_words
from onrecord.types import DeadlineKind

_INFINITIVE = re.compile(r"[\"“‘]?(?:that\s)?(?:on\s)?(?:[\w.’'-]+\s){0,8}?to\s[\"“‘]?[a-z]+")
_WEAK = frozenset(("after", "to", "over", "around", "about", "during", "at"))
_REPORTS = re.compile(r"\b(?:tell|tells|told|telling|ask|asks|asked|asking)\b", re.IGNORECASE)
_COMING = re.compile(r"(?:the\s)?(?:tomorrow|next|coming)\b", re.IGNORECASE)
_HOPES = re.compile(r"\b(?:hop(?:e|es|ed|ing)|wish(?:es|ed)?|dream\w*)\b", re.IGNORECASE)
_WHERE = re.compile(r"\b(?:in|at|from|with|into|near|to|of)\s(?:the\s)?$")
_NAME = re.compile(r"\s(?:[A-Z][a-z]+\s)*(?:Agreement|Accords?|Convention|Protocol|Treaty|Pact)\b")
_MUST = re.compile(r"\b(?:must|has to|have to|needs? to|obliged|required|ought)\b")
_NOTHING = re.compile(r"\b(?:no|not|nothing|nobody|never)\b|n['’]t\b", re.IGNORECASE)
_WILL_NOT = re.compile(
    r"\b(?:will|would|shall|could|can|should) (?:not|never)\b|\bwon['’]t\b|\bwouldn['’]t\b|\bcannot\b"
)
_WILL = re.compile(r"\b(?:will|would|shall|won['’]t)\b|['’]ll\b", re.IGNORECASE)
_DEEDS: tuple[DeadlineKind, ...] = ("ordered", "demanded", "promised")
# "April 30, when its term ends": whatever is said of the day, something ends on it.
_TERM = re.compile(
    r",?\s(?:when|on which|the day)\s(?:[\w’'-]+\s){1,6}?"
    r"(?:ends|expires|lapses|runs out|closes|is due|falls due|was due)\b"
)
_PAST_END = re.compile(r"\b(?:expired|lapsed|elapsed|ran out|terminated|was extended)\b", re.IGNORECASE)
_ABLE = re.compile(r"\b(?:can|could)\s(?:be\s)?[a-z]+", re.IGNORECASE)
_PAST = re.compile(r"\b(?:had|has|have|was|were)\s")
_TO_DO = re.compile(r"\bto\s[a-z]+")
_SETS = re.compile(
    r"\b(?:call(?:ed|s|ing)?|set(?:s|ting)?|fix(?:ed|es)|announc(?:ed|es|ing)|schedul(?:ed|es|ing))\b", re.I
)
_LIMITS = frozenset(("by", "before", "no later than", "not later than", "at the latest by"))
_FIRST_WORDS = 60  # code points of a clause in which its subject stands


def cue_words(context: Context, index: int | None) -> str:
    """The words of saying of an attribution."""
    return " ".join(span.of(context.text) for span in context.attributions[index].cue) if index is not None else ""


def is_deadline(clause: Clause, *, cue: str, told: bool, published: date | None) -> bool:
    """Whether something falls due on the date; `told` inside a statement, where less is asked than of narration."""
    if not _lies_ahead(clause, published) or clause.attributive:
        return False
    condition = clause.condition()
    if condition:
        return clause.binds if condition == "not" else clause.preposition in _LIMITS
    words = deadline_words().verbs
    if _TERM.match(clause.text, clause.date.span.end, clause.sentence.end):
        return True
    if clause.preposition == "for" and clause.date.grain == "year":
        return False  # "the contribution for 2026"
    if words["guessed"].search(cue) or _hedged(clause, told=told):
        return False
    looks = _looks_ahead(clause) or words["ahead"].search(cue) is not None or _comes(clause)
    if clause.binds:
        if clause.preposition == "within" and _PAST.search(clause.before):
            return False
        due = clause.preposition != "within" or _binding(clause, cue) or _ABLE.search(clause.before)
        due = due or words["demanded"].search(clause.before)
        return looks or (told and bool(due) and _NOTHING.search(clause.before) is None)
    if clause.preposition in _WEAK or _HOPES.search(cue) or _WILL_NOT.search(clause.before) or _asked(clause):
        return False
    return looks or (told and _infinitive(clause, cue)) or _fixed(clause, cue)


def _hedged(clause: Clause, *, told: bool) -> bool:
    """Whether the words before a date make it a guess: what could be done within ten days is none."""
    hedge = deadline_words().verbs["hedged"].search(clause.before)
    return hedge is not None and not (told and clause.preposition == "within" and _ABLE.search(clause.before))


def _asked(clause: Clause) -> bool:
    """Whether the sentence is a question."""
    return clause.text[clause.sentence.start : clause.sentence.end].rstrip('"”’ \n').endswith("?")


def _lies_ahead(clause: Clause, published: date | None) -> bool:
    when = clause.date
    if when.start is None or when.grain == "decade" or (when.grain == "year" and not clause.preposition):
        return False
    if published is None or when.start > published:
        return True
    lasts = when.end is not None and (when.end - published).days > 1 and when.grain not in ("day", "time")
    return clause.binds and lasts and not when.span.of(clause.text).lower().startswith("earlier")


def _looks_ahead(clause: Clause) -> bool:
    ahead, expires = deadline_words().verbs["ahead"], deadline_words().verbs["expires"]
    if ahead.search(clause.text, clause.start, clause.date.span.start):
        return True
    if clause.binds and _binding(clause, "") and _TO_DO.search(clause.before):
        return True
    if expires.search(clause.before) and _PAST_END.search(clause.before) is None:
        return True
    return len(clause.before.split()) < 4 and ahead.search(clause.text, clause.span.end, clause.bounds.end) is not None


def _comes(clause: Clause) -> bool:
    """Whether the date says that it lies ahead, and the words that something takes place: "we start tomorrow"."""
    coming = _COMING.match(clause.date.span.of(clause.text)) is not None
    return coming and deadline_words().verbs["scheduled"].search(clause.before) is not None


def _fixed(clause: Clause, cue: str) -> bool:
    """Whether a day is set for something: "(called) a strike for Sept. 20"."""
    if clause.preposition != "for" or clause.date.grain not in ("day", "time"):
        return False
    return _SETS.search(f"{cue} {clause.before}") is not None


def _binding(clause: Clause, cue: str) -> bool:
    """Whether someone was told to do it or promised it, in the words of saying or, where they miss it, before them."""
    words = deadline_words().verbs
    said = f"{cue} {clause.text[clause.sentence.start : clause.bounds.start] or clause.before}"
    return any(words[kind].search(said) for kind in (*_DEEDS, "invited"))


def _infinitive(clause: Clause, cue: str) -> bool:
    """Whether the content is what someone was told to do or promised to do: "(urged) Iran to explain ..."."""
    return _binding(clause, cue) and _INFINITIVE.match(clause.text, clause.bounds.start, clause.span.start) is not None


def kind_of(clause: Clause, cue: str) -> DeadlineKind:
    """What was done about the date."""
    words = deadline_words().verbs
    if clause.condition() == "not":
        return "demanded"
    ends = clause.date.span.start if len(clause.before.split()) > 3 else clause.end
    if words["expires"].search(clause.text, clause.start, ends):
        return "expires"
    if _HOPES.search(cue) or words["invited"].search(cue):
        return "scheduled"
    asks = words["demanded"].search(cue) and (_infinitive(clause, cue) or not _REPORTS.search(cue))
    if words["ordered"].search(cue):
        return "ordered"
    if asks:
        return "demanded"
    if words["promised"].search(cue):
        return "promised"
    here = clause.before + " | " + clause.after
    for kind in _DEEDS:
        if words[kind].search(here) and not _REPORTS.search(here):
            return kind
    meets = words["scheduled"].search(here) is not None and not clause.binds
    return "promised" if cue and _WILL.search(here) and not meets else "scheduled"


def who_of(context: Context, clause: Clause, kind: DeadlineKind, index: int | None) -> str | None:
    """The code of the state or organisation that must act, or a person's name; None where nothing tells."""
    if kind == "expires":
        return None
    if index is not None and _is_asked(clause, kind, cue_words(context, index)):
        return _addressee(context, clause, index)
    subject = _named(context, clause.start, _verb_at(clause))
    if kind in ("ordered", "demanded"):
        return subject if clause.condition() or _MUST.search(clause.before) else None
    if subject is not None or index is None or kind == "scheduled":
        return subject
    speaker = context.speakers[index]
    return speaker.country or speaker.name


def _is_asked(clause: Clause, kind: DeadlineKind, cue: str) -> bool:
    """Whether the words of saying themselves put it on someone: "urged Iran to", "invited the minister to"."""
    words = deadline_words().verbs
    asks = any(words[name].search(cue) for name in ("ordered", "demanded", "invited"))
    return asks and not clause.condition() and (_infinitive(clause, cue) or kind in ("ordered", "demanded"))


def _addressee(context: Context, clause: Clause, index: int) -> str | None:
    """Whoever is named between the words of saying and what is to be done."""
    ends = [span.end for span in context.attributions[index].cue if span.end <= clause.start]
    first = max([end for end in ends if clause.start - end < _FIRST_WORDS], default=clause.start)
    act = re.search(r"(?:^|\s)to\s[a-z]|\bshould\b|\bmust\b|\bbe\s", clause.text[first : clause.span.start])
    return _named(context, first, first + act.start() if act else clause.span.start)


def _verb_at(clause: Clause) -> int:
    """Where the verb of the clause stands, as far as it is a modal or one that looks ahead."""
    last = min(clause.span.start, clause.start + _FIRST_WORDS)
    verb = deadline_words().verbs["ahead"].search(clause.text, clause.start, last)
    return verb.start() if verb else last


def _named(context: Context, first: int, last: int) -> str | None:
    """The first state, organisation or person named in a stretch of text, but for names of towns and treaties."""
    places = (p for p in context.cast.places if first <= p.start < last and p.named.country)
    rows = [(p.start, p.named.country) for p in places if not _within_name(context.text, p.start, p.end)]
    rows += [(m.start, m.person.country or m.person.name) for m in context.cast.mentions if first <= m.start < last]
    return min(rows, default=(0, None))[1]


def _within_name(text: str, start: int, end: int) -> bool:
    """Whether a place is where something happens, or part of another name ("the Paris Agreement")."""
    return _WHERE.search(text, max(0, start - 12), start) is not None or _NAME.match(text, end, end + 40) is not None
