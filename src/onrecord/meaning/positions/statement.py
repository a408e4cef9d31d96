"""One statement as words, and the votes that the phrases of the register cast on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from onrecord.meaning.context import Context
from onrecord.meaning.positions.phrases import Hit, book
from onrecord.meaning.positions.votes import Votes
from onrecord.meaning.positions.words import Sides, Word, listed, read_words, spans_of
from onrecord.meaning.registers import load_cached
from onrecord.types import Span

_STOPS = frozenset(".?!;")
_MARKS = frozenset("\"'“”‘’«»")


class Statement:
    """The words of a statement: its cue with the auxiliaries before it, then its content."""

    def __init__(self, context: Context, index: int) -> None:
        attribution = context.attributions[index]
        self.context = context
        self.index = index
        self.sides = Sides(context, index)
        self.cue: list[Word] = []
        for piece, span in enumerate(attribution.cue):
            before = self._auxiliaries(span) if piece == 0 else []
            self.cue += [*before, *self._words(span, piece)]
        self.content: list[Word] = []
        for piece, span in enumerate(attribution.content, len(attribution.cue)):
            self.content += self._words(span, piece)

    def _words(self, span: Span, piece: int) -> list[Word]:
        return read_words(self.context.cast.between(span.start, span.end), piece)

    def _auxiliaries(self, cue: Span) -> list[Word]:
        low = max(self.context.sentence(cue.start).start, cue.start - 30)
        found: list[Word] = []
        for word in reversed(self._words(Span(low, cue.start), -1) if low < cue.start else []):
            if word.base not in listed("auxiliary"):
                break
            found.append(word)
        return found[::-1]

    def vote(self, votes: Votes) -> None:
        """Let every phrase of the statement vote."""
        self._vote_cue(votes)
        hits = list(self._content_hits())
        for hit, turned in hits:
            _cast(votes, hit, self.content, turned=turned)
        self._vote_condition(votes, [hit for hit, _ in hits])
        self._vote_polarity(votes)
        self._vote_imperative(votes)

    def _vote_cue(self, votes: Votes) -> None:
        words = [*self.cue, *self.content[:12]]
        for hit in book("positions", "cue").find([w.base for w in words], 0, len(self.cue), self._speaks):
            _cast(votes, hit, words, turned=_negated(words, hit.first))
        asked = [w for w in self.cue[:1] if w.token.text in ("Asked", "Pressed")]
        asked += [w for w in self.content[:1] if w.base in listed("asked")]
        asked += [w for w in self.content[-2:] if w.base == "?"]
        if asked:
            weights = load_cached("positions")["question"]
            votes.stance.vote("neutral", weights["neutral"], (asked[0].span,))
            votes.commitment.vote("none", weights["none"], (asked[0].span,))

    def _speaks(self, hit: Hit) -> bool:
        """Whether the speaker is one whom the entry is about."""
        if hit.entry.values.get("gerund") and not any(_unfinished(w) for w in self.content[:12]):
            return False
        return not hit.entry.text("speaker") or self.sides.official

    def _content_hits(self) -> Iterator[tuple[Hit, bool]]:
        for hit in book("positions", "content").find([w.base for w in self.content], accept=self._holds):
            yield hit, _negated(self.content, hit.first)

    def _holds(self, hit: Hit) -> bool:
        """Whether a phrase of the content is the speaker's position: of the right subject, not told of others."""
        entry, words = hit.entry, self.content
        if entry.values.get("reported") and self.context.cast.quoted(words[hit.first].token.start):
            return False
        wanted = entry.text("subject", "any")
        if not self._speaks(hit):
            return False
        if wanted == "any":
            return True
        if not _verb(words, hit):
            return False
        side = self.sides.subject(words, hit.first)
        if wanted == "else":
            return side != "thing" and words[hit.first - 1].base not in ("i", "we", "you")
        if wanted == "mine":
            return side != "other"
        return side == wanted and (side != "own" or not self._told(hit.first))

    def _told(self, at: int) -> bool:
        """Whether another one's saying or thinking stands before the verb: "Hale thinks they will ..."."""
        for index in range(at - 1, 0, -1):
            base = self.content[index].base
            if base in _STOPS:
                return False
            if base in listed("telling"):
                return self.sides.subject(self.content, index) == "other"
        return False

    def _vote_condition(self, votes: Votes, hits: list[Hit]) -> None:
        weights = load_cached("positions")["condition"]
        for at, first, last in opened_conditions(self.content):
            sentence, spans = self.content[first:last], (self.content[at].span,)
            bound = any(_binds(h) and first <= h.first < last for h in hits)
            if harms(self.content, at, first, last):
                votes.commitment.vote("warns", weights["harm_own" if bound else "harm"], spans)
                votes.stance.vote("opposes", weights["harm_stance"], spans)
            if any(w.base in listed("modal") for w in sentence):
                who = "own" if bound else "official" if self.sides.official else "others"
                votes.commitment.vote("conditional", weights[who], spans)

    def _vote_polarity(self, votes: Votes) -> None:
        for hit in book("positions", "polarity").find([w.base for w in self.content]):
            _cast(votes, hit, self.content, turned=_negated(self.content, hit.first))

    def _vote_imperative(self, votes: Votes) -> None:
        for word, after in pairwise(self.content):
            text = word.token.text
            first = text[0].isupper() and text.lower() == word.base and word.base in listed("imperative")
            if first and after.base not in listed("ordered") and self.context.cast.quoted(word.token.start):
                weights = load_cached("positions")["imperative"]
                votes.commitment.vote("demands", weights["demands"], (word.span,))
                votes.stance.vote("supports", weights["supports"], (word.span,))
                return


def _cast(votes: Votes, hit: Hit, words: list[Word], *, turned: bool) -> None:
    entry, spans = hit.entry, spans_of(words, hit.first, hit.last)
    prefix = "not_" if turned else ""
    if commitment := entry.text(prefix + "commitment"):
        votes.commitment.vote(commitment, entry.number("weight", 1.0), spans)  # type: ignore[arg-type]
    if stance := entry.text(prefix + "stance"):
        votes.stance.vote(stance, entry.number("lean", 1.0), spans)  # type: ignore[arg-type]


def _negated(words: list[Word], at: int) -> bool:
    """Whether a negation stands before a word, in its clause and at most three words away."""
    for word in reversed(words[max(0, at - 3) : at]):
        if word.base in listed("clause_ends") or word.base == ",":
            return False
        if word.base in listed("negation"):
            return True
    return False


def _unfinished(word: Word) -> bool:
    """Whether a word is a verb with no tense: "suggested setting up", "suggested that it be kept"."""
    return word.token.text == "be" or (word.token.text.endswith("ing") and word.base != word.token.text)


def _verb(words: list[Word], hit: Hit) -> bool:
    """Whether a hit begins with a verb: no article before it; a subject or an auxiliary before words like "offer"."""
    before = next((w for w in reversed(words[: hit.first]) if w.base not in _MARKS), None)
    if before is None:
        return True
    if words[hit.first].base in listed("nouns"):
        named = before.token.kind not in ("low", "punct", "num", "poss")
        return named or before.base in listed("before_verb") or before.base in listed("own_bodies")
    return before.base not in listed("determiners")


def _binds(hit: Hit) -> bool:
    return hit.entry.text("subject") == "own" and hit.entry.text("commitment") != "none"


def harms(words: list[Word], at: int, first: int, last: int) -> bool:
    """Whether the sentence of a condition tells of harm, or its main clause of what will not be done: a threat."""
    if words[at].base in listed("condition") and any(w.base in listed("harm") for w in words[first:last]):
        return True
    if words[at].base != "if":
        return False
    end = next((k for k in range(at, last) if words[k].base == ","), at)
    main = [*words[first:at], *words[end:last]]
    return any(a.base in ("will", "would", "shall") and b.base == "not" for a, b in pairwise(main))


def opened_conditions(words: list[Word]) -> Iterator[tuple[int, int, int]]:
    """The conjunctions that open a condition, each with its sentence."""
    for index, word in enumerate(words):
        low = word.token.text.lower()
        weak = low in listed("condition_weak")
        if not (weak or low in listed("condition") or _inverted(words, index)):
            continue
        if index and words[index - 1].base in ("as", "even", "what", "not"):
            continue
        first = next((k + 1 for k in range(index - 1, -1, -1) if _cut(words, k)), 0)
        last = next((k for k in range(index, len(words)) if _cut(words, k)), len(words))
        clause = words[index : next((k for k in range(index + 2, last) if words[k].base == ","), last)]
        if not weak or _event(low, clause):
            yield index, first, last


def _inverted(words: list[Word], index: int) -> bool:
    """Whether a condition opens without "if": "Should talks fail, ...", "..., provided the border opens"."""
    text = words[index].token.text
    if text in ("Should", "Were", "Had"):
        return any(w.base == "," for w in words[index + 2 : index + 16])
    return text == "provided" and bool(index) and words[index - 1].base == ","


def _event(conjunction: str, clause: list[Word]) -> bool:
    """Whether an event follows "after", "until" and the like, not a date."""
    if conjunction in ("until", "once"):
        return len(clause) > 3 and not any(w.token.kind == "num" or w.base in listed("times") for w in clause[1:4])
    return any(w.base in listed("verbal") for w in clause)


def _cut(words: list[Word], at: int) -> bool:
    """Whether a sentence ends with a word, or a piece of a statement does."""
    return words[at].base in _STOPS or (at + 1 < len(words) and words[at + 1].piece != words[at].piece)
