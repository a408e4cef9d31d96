"""What makes a connective a condition: one test a family of connectives, over the words on both sides of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.meaning.conditions.cut import cut, has_verb, trimmed
from onrecord.meaning.conditions.words import condition_words
from onrecord.types import ConditionKind, Span

_NAMES = r"(?:[A-Z][\w.’'-]*)"
_PRONOUN = (
    r"(?:the|a|an|any|it|they|he|she|we|you|I|this|that|these|those|such|its|their|our|his|her|my|another|no|one|"
    r"someone|anyone|anything|something)"
)
_SUBJECT = re.compile(rf"\s[\"“‘]?(?:{_PRONOUN}\b|{_NAMES})")
_THEN_TO = re.compile(rf"\s(?!there\b)(?:{_PRONOUN}\b|{_NAMES})(?:\s[\w’'-]+){{0,6}}?\sto\s[a-z]+")
_THEN_DONE = re.compile(
    rf"\s(?!(?:there|an?|no|any)\b)(?:{_PRONOUN}\b|{_NAMES})(?:\s[\w’'-]+){{0,6}}?\s"
    r"(?:been|come|gone|taken|done|known|had|kept|[a-z]+(?:ed|en|wn|ne|ght|ld))\b"
)
_OPENS = re.compile(r"(?:^|[,;:.!?(\u2013\u2014\"“‘-]\s?|\b(?:that|and|but|or|because|therefore)\s)$")
_ASKS = re.compile(
    r"\b(?:how|what|why|who|where)\b[^;]*$|\b(?:which|nor|neither|so|whether|when|only|then)\b[^,;]*$", re.IGNORECASE
)
_PAST_MODAL = re.compile(r"\b(?:would|could|might|should)\b|['’]d\b|^[\"“‘]?to\s")
_MEASURE = re.compile(
    r"\s(?:\d|it (?:takes|took)|necessary|needed|required|possible|an?\s|(?:two|three|four|five|six|ten)\s)", re.I
)
_UNNAMED = re.compile(
    r"\s(?:of\s)?(?:strict\s|complete\s|full\s)?(?:anonymity|(?:that\s)?(?:his|her|their|its|he|she|they|it)\b"
    r"[^,.;]{0,20}\snot\s(?:be\s)?(?:named|identified|quoted|used|published|disclosed))"
)
_PARTICIPLE = re.compile(r"\s(?:[a-z]+(?:ed|en|wn|ne|ing))(?=[\s,.;)]|$)")
_IF_NOT = re.compile(r"\snot\s(?![a-z]+(?:ed|en|ne|ught|lt)\b)")
_WAITS = re.compile(
    r"\b(?:needs?|have|has|had|must|should|wants?|prefers?|will|would|ought|going|let us|let's|['’]ll)\s"
    r"(?:to\s)?(?:still\s|first\s|just\s)?$",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"\sall(?:[,.;]|$)|\s(?:\d|(?:[\w-]+\s){0,4}?"
    r"(?:minutes|hours|days?|nights?|weeks?|months?|years?|decades?|centuries|rounds)\b)",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\s(?:possible|practicable|feasible|(?:they|it|we) can\b|tomorrow|next|this|today|[A-Z][a-z]+day)", re.IGNORECASE
)
_NEED_CLAUSE = frozenset(("if", "provided", "as long as", "so long as", "in the event", "in case", "on condition"))
_CLAUSE = re.compile(r"^[\"“‘\s]+|[,;:\u2014\"“]\s*(?:(?:and|but|so|that)\s)?|\b(?:that|but|because)\s")
_GERUND = re.compile(r"\s[a-z]+ing\s(?:an?|the|its|their|his|her|any|for|to|it|them|that|on|in|up|out)\b")
_IF_NEED = re.compile(r"\s(?:necessary|needed|required|need be)\b(?!\sby\b|\sto\b)")
_REACH = 90  # code points before "while" and "before" in which the negation that makes them a condition stands
_PICKS_UP = re.compile(
    r"\s(?:this|that|these|those|such)\b(?:\s[a-z]+){0,2}?(?=,|\s(?:and|will|we|it|the|there|they)\b|[.\"”]|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A connective in its text: `first` and `limit` bound the sentence, or the part of it that is one content."""

    text: str
    word: str
    kind: ConditionKind
    start: int
    end: int
    first: int
    limit: int
    only: bool
    dated: bool

    @property
    def before(self) -> str:
        """The words of the sentence before the connective."""
        return self.text[self.first : self.start]

    @property
    def after(self) -> str:
        """The words of the sentence after the connective."""
        return self.text[self.end : self.limit]

    def clause(self) -> Span:
        """The condition, cut out."""
        return cut(self.text, self.start, self.end, self.first, self.limit)


def condition_at(place: Place) -> Span | None:
    """The condition that the connective opens; None where it opens none."""
    if place.word.endswith(":"):
        return trimmed(place.text, place.start, place.limit)
    test = _TESTS.get(place.word)
    if test is not None and not test(place):
        return None
    if place.word == "only then":
        return Span(place.start, place.end)
    if place.kind == "temporal" and (points := _PICKS_UP.match(place.text, place.end, place.limit)):
        return Span(place.start, points.end()) if _unrealised(place, Span(place.start, points.end())) else None
    if place.word == "if" and (word := _IF_NEED.match(place.text, place.end, place.limit)):
        return Span(place.start, word.end())
    if place.word == "first":
        return Span(_whole(place).start, place.end)
    span = _whole(place) if "first" in place.word else place.clause()
    return span if len(place.text[place.end : span.end].split()) > 0 and _stands(place, span) else None


def _whole(place: Place) -> Span:
    """The clause around the connective, from its subject on."""
    leads = [match.end() for match in _CLAUSE.finditer(place.before)]
    return Span(place.first + max(leads, default=0), place.clause().end)


def picks_up(place: Place) -> bool:
    """Whether the condition is named by a word that points back: "after this event"."""
    return place.kind == "temporal" and _PICKS_UP.match(place.text, place.end, place.limit) is not None


def _stands(place: Place, span: Span) -> bool:
    """Whether the clause that was cut can be a condition."""
    words = place.text[place.end : span.end]
    if place.word in ("providing", "providing that", "assuming", "assuming that", "supposing"):
        known = condition_words()
        return any(p.search(words) for p in (known.modal, known.present, known.shifted))
    if place.word in _NEED_CLAUSE:
        if place.word == "in case":
            return len(words.split()) > 1
        bare = words.strip().lower() in condition_words().bare
        return bare or has_verb(words) or _PARTICIPLE.match(words) is not None or len(words.split()) > 3
    if place.word == "while":
        return has_verb(words)
    if place.kind != "temporal" or place.word in ("wait for", "pending"):
        return True
    return not place.dated and _names_act(place, words) and _unrealised(place, span) and not _told(place, words, span)


def _names_act(place: Place, words: str) -> bool:
    """Whether a clause follows, or the name of an act."""
    if place.only or has_verb(words) or condition_words().act.search(words):
        return True
    return place.word in ("once", "as soon as") and _PARTICIPLE.match(words) is not None


def _around(place: Place, span: Span) -> str:
    return place.before + " | " + place.text[span.end : place.limit]


def _unrealised(place: Place, span: Span) -> bool:
    """Whether the clause it belongs to speaks of what has not come about: its nearest verb does."""
    known = condition_words()
    if place.before.lstrip('"“‘ ').startswith("to "):
        return True
    if place.only and not (known.tells.search(place.before) or known.past.search(place.before)):
        return True
    before = last = None
    for last in known.unrealised.finditer(place.before):
        before = last
    if before is not None:
        return known.tells.search(place.before, before.end()) is None
    after = place.text[span.end : place.limit]
    ahead, told = known.unrealised.search(after), known.tells.search(after)
    return ahead is not None and (told is None or ahead.start() < told.start())


def _told(place: Place, words: str, span: Span) -> bool:
    """Whether the clause tells of what has happened."""
    known = condition_words()
    if known.present.search(words):
        return False
    backshift = not place.only and _PAST_MODAL.search(_around(place, span)) is None
    if known.shifted.search(words):
        return backshift
    past, verb = known.past.search(words), known.verb.search(words)
    if past is None or (verb is not None and verb.start() < past.start()):
        return False
    return backshift or place.word in ("after", "until after")


def _if(place: Place) -> bool:
    known = condition_words()
    before, after = place.text[max(0, place.start - 30) : place.start], place.after
    if place.only:
        return not after.startswith((",", "."))
    if known.whether.search(before) or known.not_if_before.search(before) or known.not_if_after.match(after):
        return False
    if re.search(r"\bwhat\s$", before, re.IGNORECASE) or _IF_NOT.match(after):
        return False
    words = re.split(r"[,;.:\u2014]", after)[0]
    word = words.strip(" \"”’'")
    if word.islower() and " " not in word:
        return word in known.bare or (word.endswith("ing") and not word.endswith("thing"))
    # A concession within a noun phrase: "an honest, if rather painful, account".
    concedes = before.rstrip().endswith(",") and len(words.split()) <= 3 and not has_verb(words)
    if re.fullmatch(r"[\"“‘\s]*(?:(?:And|But|So),?\s)?", place.before) and "," not in after and _asked(place):
        return False  # a question of its own: "And if the border closes?"
    return not concedes or place.text[place.start].isupper()


def _free(place: Place) -> bool:
    """A participle used as a connective stands first or after a comma, and a subject follows it."""
    free = _OPENS.search(place.before) is not None and _SUBJECT.match(place.after) is not None
    return free and not (place.word == "providing" and re.match(r"\san?\s", place.after))


def _named_condition(place: Place) -> bool:
    return _UNNAMED.match(place.after) is None


def _length(place: Place) -> bool:
    return _MEASURE.match(place.after) is None


def _event(place: Place) -> bool:
    return _SUBJECT.match(place.after) is not None


def _in_case(place: Place) -> bool:
    return place.text[place.end - 4].islower()


def _subject_to(place: Place) -> bool:
    return condition_words().consent.match(place.after) is not None


def _barring(place: Place) -> bool:
    return _OPENS.search(place.before) is not None and " from " not in place.after[:60]


def _once(place: Place) -> bool:
    known = condition_words()
    if (known.not_once_before.search(place.before) and not place.only) or known.not_once_after.match(place.after):
        return False
    return any(p.match(place.after) for p in (_SUBJECT, _PARTICIPLE)) or has_verb(place.after[:40])


def _after(place: Place) -> bool:
    if condition_words().not_temporal_after.match(place.after) or _LENGTH.match(place.after):
        return False
    return place.only or (
        condition_words().not_time_before.search(place.before) is None
        and re.match(r"\s[a-z]+ing\b", place.after) is None
    )


def _until(place: Place) -> bool:
    return condition_words().not_temporal_after.match(place.after) is None


def _negated(place: Place) -> bool:
    """After "will not": nothing before that, or nothing as long as that."""
    near = place.before[-_REACH:]
    near = near[max(near.rfind(","), near.rfind(";")) + 1 :]
    known = condition_words()
    denied = known.negation.search(near) is not None and known.unrealised.search(near) is not None
    return denied and known.not_time_before.search(near) is None


def _before(place: Place) -> bool:
    return _negated(place) and condition_words().not_temporal_after.match(place.after) is None


def _soon(place: Place) -> bool:
    return _SOON.match(place.after) is None


def _moment(place: Place) -> bool:
    bound = re.search(r"\b(?:at|for|of|in|until|since|from|on)\s$", place.before)
    return bound is None and _SUBJECT.match(place.after) is not None


def _wait(place: Place) -> bool:
    return _WAITS.search(place.before) is not None


def _when(place: Place) -> bool:
    """After what will be done, without a comma: "we shall publish when we are certain"."""
    if (
        place.before.rstrip().endswith(",")
        or condition_words().not_when_before.search(place.before)
        or not _SUBJECT.match(place.after)
    ):
        return False
    return place.only or condition_words().future.search(place.before[-_REACH:]) is not None


def _without(place: Place) -> bool:
    """What is denied without it: "no deal without guarantees", "without guarantees the deal will fail"."""
    if _GERUND.match(place.after) or condition_words().not_without_after.match(place.after):
        return False
    known = condition_words()
    if not place.before.strip('"“‘ ') or place.before.endswith("that "):
        return known.modal.search(place.after) is not None or known.negation.search(place.after) is not None
    near = re.split(r"[,;:]", place.before)[-1]
    denied = known.negation.search(near) is not None or re.search(r"\bimpossible\b", near) is not None
    return denied and (known.modal.search(near) is not None or re.search(r"\bthere (?:is|are)\b", near) is not None)


def _first(place: Place) -> bool:
    """What has to be done first: "the cantons would have to be heard first"."""
    ends = re.match(r"[.;!]|,?[\"”’]|$|, and\b|, before\b", place.after)
    near = re.split(r"[,;:]", place.before)[-1]
    return ends is not None and re.search(r"\b(?:must|has to|have to|needs?)\b", near) is not None


def _pending(place: Place) -> bool:
    phrase = re.match(r"\s(?:the|a|an|further|approval|final|results|its|their)\b", place.after)
    return phrase is not None and re.search(r"\b(?:is|are|was|were|the|a|still)\s$", place.before) is None


def _then(place: Place) -> bool:
    return not place.before.strip(' "“‘').strip() or re.search(r"\b(?:and|but)\s$", place.before) is not None


def _should(place: Place) -> bool:
    follows = re.match(rf"\s(?!all\b|one\b|no\b|that\b)(?:{_PRONOUN}\b|{_NAMES})(?:\s[\w’'-]+)", place.after)
    if follows is None or _ASKS.search(place.before):
        return False
    return place.text[place.start].islower() or (_OPENS.search(place.before) is not None and not _asked(place))


def _asked(place: Place) -> bool:
    """Whether the sentence is a question."""
    return place.text[place.start : place.limit + 2].rstrip("\"”’' \n").endswith("?")


def _were(place: Place) -> bool:
    return _turned(place) and _THEN_TO.match(place.after) is not None


def _had(place: Place) -> bool:
    return _turned(place) and _THEN_DONE.match(place.after) is not None


def _turned(place: Place) -> bool:
    """Verb before subject: a condition contrary to fact, with its consequence in the same sentence."""
    opens = _OPENS.search(place.before) is not None and not _asked(place)
    around = _around(place, Span(place.start, place.end))
    return opens and re.search(r"\b(?:would|could|might|may)\b", around) is not None


_TESTS: dict[str, Callable[[Place], bool]] = {
    "if": _if,
    "provided": _free,
    "providing": _free,
    "assuming": _free,
    "supposing": _free,
    "on condition": _named_condition,
    "on condition of": _named_condition,
    "on condition that": _named_condition,
    "on the condition that": _named_condition,
    "as long as": _length,
    "so long as": _length,
    "in the event": _event,
    "in case": _in_case,
    "subject to": _subject_to,
    "barring": _barring,
    "once": _once,
    "after": _after,
    "immediately after": _until,
    "until": _until,
    "till": _until,
    "until after": _until,
    "before": _before,
    "while": _negated,
    "as soon as": _soon,
    **dict.fromkeys(("the moment", "the minute", "the day", "the morning", "the instant", "the hour"), _moment),
    "wait for": _wait,
    "when": _when,
    "without": _without,
    "first": _first,
    "pending": _pending,
    "only then": _then,
    "should": _should,
    "were": _were,
    "had": _had,
}
