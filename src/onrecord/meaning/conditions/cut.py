"""Where a condition ends: at the comma before the main clause where it stands first, else at the end of the clause."""

from __future__ import annotations

import re

from onrecord.meaning.conditions.words import condition_words
from onrecord.types import Span

_LONG = 7  # words after which a clause is taken to have had its verb though none was recognised
_LEAD = re.compile(
    r"(?:^|[;:(\u2013\u2014\"“”‘’'-]|[.!?]\s)\s*(?:(?:and|but|or|yet|so|because|now|well|yes|no|then|however|therefore|look|"
    r"also|that|although|though|otherwise|similarly|since|for|i think|we think|i mean|of course|in fact|indeed|"
    r"you know),?\s+)*$|\b(?:that|because|whereby|says?|said|and|but|so|believe[sd]?|think|thinks|thought),?\s$|"
    r"\b(?:which|whom|where|who),\s$",
    re.IGNORECASE,
)
# No full stop after "Mr.", "Sen." or an initial; none at all where the sentence has been damaged is taken for an end.
_STOP = (
    r"[;:?!)(]|,(?=[\"”’](?:\s|$))|(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})"
    r"\.(?=\s|$|[\"”’'])|\s[-\u2013]{1,2}\s|\s?[\u2014]\s?|--|\.\.\."
)
_MARK = re.compile(
    rf"(?P<stop>{_STOP})|(?P<comma>,)|(?P<then>\sthen\s)|(?P<quote>[“\"])|(?P<pronoun>\s(?:we|they|he|she|it|you|I|there|"
    r"nobody|no one)\s?(?:will|would|won['’]t|['’]ll|wouldn['’]t|can|cannot|could|must|shall|should|have to|has to|"
    r"may|might)\b)"
)
_NO_MAIN = re.compile(
    r"\s*(?:and|or|which|who|whose|where|nor|as well as|including|such as|especially|particularly)\b", re.IGNORECASE
)
_OF_MAIN = re.compile(
    r"[\"”’]?\s*[\"“‘]?(?:(?:then|the|an?|this|that|these|those|there|it|we|they|he|she|you|I|its|their|our|his|her|my|"
    r"your|no|any|all|each|every|nobody|no one|everyone|everything|nothing|what|how|why|who|please|let|do|don['’]t|"
    r"call|for|in|at|on|to|as|not|one|such|both|some|so|most|many|more|try|use|take|make|be)\b|[A-Z])"
)
_SUBJECT_WILL = re.compile(
    r"\s(?:the|our|this|these|all|its|their|a|no)\s(?:[\w’'-]+\s){1,2}(?:will|would|can|cannot|must|shall|could|may)\b"
)
_RELATIVE = re.compile(
    r"\b(?:that|which|who|whom|whose|and|or|what|when|whether|than|of|for|with|to|by|in|on|at|from)$"
)
_SUBJECT_FIRST = re.compile(r"\s*(?:they|he|she|we|you|it|I)\s[a-z]+")
_AUXILIARY = re.compile(
    r"(?:^,\s)?\b(?:will|would|shall|should|can|could|may|might|must|is|are|was|were|has|had|have|to|and|but|that),$|"
    r",[\"”]?\s(?:will|would|shall|should|can|could|may|might|must|is|are|was|were|has|had|have|do|does|did)\b"
)
_TRIM = " \t\n\r,;:.!?\"“”‘'«»()–—-"


def cut(text: str, start: int, body: int, first: int, limit: int) -> Span:
    """The condition that begins at `start`, its clause at `body`; `first` and `limit` bound its sentence or content."""
    if _leads(text, first, start):
        end = _before_main(text, start, body, limit)
    else:
        end = _last(text, body, limit)
        closing = _embedded(text, start, body, limit)
        end = min(end, closing) if closing else end
    return trimmed(text, start, end)


def trimmed(text: str, start: int, end: int) -> Span:
    """Without the marks at its end; an apostrophe that ends a plural stays only inside."""
    words = text[start:end].rstrip(_TRIM)
    if words.endswith("’") and "‘" not in words:
        words = words[:-1].rstrip(_TRIM)
    return Span(start, start + len(words))


def has_verb(words: str) -> bool:
    """Whether some word of the clause looks like a verb."""
    known = condition_words()
    if _SUBJECT_FIRST.match(words):
        return True
    return any(p.search(words) for p in (known.modal, known.present, known.shifted, known.past, known.verb))


def _leads(text: str, first: int, start: int) -> bool:
    """Whether nothing of the main clause stands before the condition."""
    before = text[first:start]
    if _LEAD.search(before) or not before.strip(_TRIM):
        return True
    opening = re.split(r"[;:]|\sthat\s", before)[-1].rstrip()
    return opening.endswith(",") and len(opening.split()) < _LONG and not has_verb(opening)


def _embedded(text: str, start: int, body: int, limit: int) -> int | None:
    """The closing comma of a condition that stands between commas within its main clause ("would, if asked, say")."""
    before, comma = text[max(0, start - 40) : start].rstrip(), text.find(",", body, limit)
    if not before.endswith(",") or comma < 0:
        return None
    verb = _AUXILIARY.search(before) or _AUXILIARY.match(text, comma)
    return comma if verb else None


def _before_main(text: str, start: int, body: int, limit: int) -> int:
    """The end of a clause that stands first: the first comma with a verb before it and a main clause after it."""
    fallback = None
    for mark in _MARK.finditer(text, body, limit):
        words = text[body : mark.start()]
        if mark["stop"]:
            return fallback or _unmarked(text, body, mark.start())
        if mark["quote"] or not words.strip():
            continue
        ripe = len(words.split()) >= _LONG or has_verb(words) or _main_follows(text, mark, limit)
        if (mark["then"] or mark["pronoun"]) and ripe:
            return mark.start()
        if mark["comma"] and not _NO_MAIN.match(text, mark.end()):
            if ripe and _OF_MAIN.match(text, mark.end(), limit) and not _enumerates(text, body, mark.start(), limit):
                return mark.start()
            fallback = fallback or (mark.start() if len(words.split()) > 1 else None)
    return fallback or _unmarked(text, body, limit)


def _unmarked(text: str, body: int, limit: int) -> int:
    """The end of a clause that no comma parts from the main clause: before the subject of the next modal verb."""
    main = _SUBJECT_WILL.search(text, body, limit)
    if main is None or _RELATIVE.search(text, body, main.start()) or not has_verb(text[body : main.start()]):
        return limit
    return main.start()


def _main_follows(text: str, mark: re.Match[str], limit: int) -> bool:
    """Whether a modal or a present auxiliary stands soon after the comma."""
    rest = re.split(r"[,;:]", text[mark.end() : limit])[0]
    known = condition_words()
    return mark["comma"] is not None and (known.modal.search(rest) or known.present.search(rest)) is not None


def _enumerates(text: str, body: int, comma: int, limit: int) -> bool:
    """Whether the comma stands in a list: "France, Germany and Britain agree, we"."""
    rest = re.match(r",\s(?:[A-Z][\w-]*\s?){1,3}(?:,|\sand\s|and\s)", text[comma:limit])
    return rest is not None and not has_verb(text[body:comma])


def _last(text: str, body: int, limit: int) -> int:
    """The end of a clause that stands last."""
    closer = condition_words().closer
    for mark in _MARK.finditer(text, body, limit):
        if mark["stop"] or (mark["comma"] and closer.match(text, mark.end())):
            return mark.start()
    return limit
