"""The clause around a date: its bounds, the words before and after, what falls due in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.meaning.deadlines.words import deadline_words
from onrecord.types import DateExpression, Span

_BOUND = re.compile(
    r"[;:\u2014]\s?|\s[-\u2013]\s|[.!?][\"”’']?\s|,[\"”’]?\s(?:and|but|which|who|while|whose|when|although|adding)\s|\b(?:before|after|when|where)\s(?=(?:the|an?)\s)|"
    r"\b(?:says?|said|that|if|unless|because|whether)\s(?=.)"
)
_CLOSE = re.compile(r"[;:\u2014()!?]|,|\.(?=\s|$|[\"”’])|\s[-\u2013]\s")
_TRIM = " \t\n\r,;:.!?\"“”‘’'«»()–—-"
_RELATIVE = re.compile(r",\s(?:which|who|whose|where|set at|known as|signed|due)\b[^,;.]*,")
_NOUN = re.compile(
    r"\s(?!(?:and|or|to|in|at|on|for|with|if|that|as|by|is|was|will|would|after|before|because|why|how|whether|when|who|which|"
    r"while|until|unless|what|where|but|than|since|so|lest|through|without|from|under|over|into|or)\b)[a-z]{3,}"
)
_OWNS = re.compile(r"['’]s?\s[a-z]")
_ARTICLE = re.compile(r"(?:\b(?:the|this|that|its|an?|his|her|their|our)|['’]s?)\s$")
# "until the summit on 11 July", "before it closes on 1 June": the event is the limit, and the date is the event's.
_OUTER = re.compile(
    r"(?<![\w’'-])(?P<word>before|until|till|ahead of)\s(?:the\s|its\s|their\s|an?\s)?(?:[\w’'-]+\s){1,5}$",
    re.IGNORECASE,
)
_LONGEST = 20  # words of a phrase that says what falls due
_NO_SUBJECT = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|shall|must|should|can|may|due|set|expires?|ends?|runs?|lapses?)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:that|and|but|also|then|to|which|he|she|it|they|would|will)\s", re.IGNORECASE)
_IN_CONDITION = re.compile(
    r"(?<!\w)(?P<word>if|unless|should(?=\s(?:the|it|they|he|she|we|you|(?-i:[A-Z])))|once|in case|provided)\s"
    r"(?P<words>[^,;:]*)$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|no|fails?|failed|refuses?|refused)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A date with the clause around it. `span` takes in the preposition; `bounds` the sentence or piece of content."""

    text: str
    date: DateExpression
    span: Span
    preposition: str
    bounds: Span
    sentence: Span
    start: int
    end: int

    @property
    def before(self) -> str:
        """The words of the clause before the date and its preposition."""
        return self.text[self.start : self.span.start]

    @property
    def after(self) -> str:
        """The words of the clause after the date."""
        return self.text[self.span.end : self.end]

    @property
    def binds(self) -> bool:
        """Whether the preposition alone makes the date a limit."""
        return self.preposition in deadline_words().binding

    @property
    def attributive(self) -> bool:
        """Whether the date stands before a noun it belongs to: "the March 3 election"."""
        at = self.date.span
        if _OWNS.match(self.text, at.end):
            return True
        noun = _NOUN.match(self.text, at.end, min(at.end + 20, self.bounds.end))
        return noun is not None and _ARTICLE.search(self.text, max(0, at.start - 12), at.start) is not None

    def condition(self) -> str:
        """What the date limits: "not" a negated condition (an ultimatum), "if" another one, "" none."""
        found = _IN_CONDITION.search(self.text, self.bounds.start, self.span.start)
        if found is None:
            return ""
        return "not" if found["word"].lower() == "unless" or _NOT.search(found["words"]) else "if"


def clause_at(text: str, date: DateExpression, bounds: Span, sentence: Span) -> Clause:
    """The clause of a date within a sentence or a piece of content."""
    lead = deadline_words().preposition.search(text, max(bounds.start, date.span.start - 40), date.span.start)
    inner = re.match(r"(?:with)?in|no later than|not later than|by", date.span.of(text), re.IGNORECASE)
    preposition = " ".join(lead["word"].lower().split()) if lead else inner.group().lower() if inner else ""
    start = lead.start() if lead else date.span.start
    outer = _OUTER.search(text, max(bounds.start, start - 60), start) if preposition in ("on", "in", "at", "") else None
    if outer is not None:
        preposition, start = outer["word"].lower(), outer.start()
    relative = [m.span() for m in _RELATIVE.finditer(text, bounds.start, start)]
    bound = [m for m in _BOUND.finditer(text, bounds.start, start) if not any(a <= m.start() < b for a, b in relative)]
    closing = _CLOSE.search(text, date.span.end, bounds.end)
    return Clause(
        text=text,
        date=date,
        span=Span(start, date.span.end),
        preposition=preposition,
        bounds=bounds,
        sentence=sentence,
        start=max((m.end() for m in bound), default=bounds.start),
        end=closing.start() if closing else bounds.end,
    )


def what_is_due(clause: Clause) -> str:
    """A short phrase, cut from the text: the clause without its date, with its subject."""
    words = _tidy(clause.before)
    if len(words.split()) < 3 and clause.span.end < clause.bounds.end:
        after = _after(clause)
        opens = not words or clause.before.rstrip().endswith(",")
        words = after if opens else f"{words} {after}".strip()
        if len(words.split()) >= 3:
            return " ".join(words.split()[:_LONGEST])
    short = len(words.split()) < 3 and not clause.before.startswith("to ")
    if short or _NO_SUBJECT.match(words):
        words = _tidy(clause.text[min(clause.sentence.start, clause.start) : clause.span.start]) or words
    return " ".join(words.split()[-_LONGEST:])


def _after(clause: Clause) -> str:
    rest = clause.text[clause.span.end : clause.bounds.end].lstrip(_TRIM)
    return _tidy(re.split(r"[;:!?]\s|(?<=[a-z])\.\s|,\s(?:and|but|which)", rest)[0])


def _tidy(words: str) -> str:
    words = re.sub(r"\s(?:on|at|in|by|from)(?:\sthe)?$", "", " ".join(_RELATIVE.sub("", words).split()).strip(_TRIM))
    while (lead := _LEADS.match(words)) is not None and len(words.split()) > 2:
        words = words[lead.end() :].strip(_TRIM)
    return words
