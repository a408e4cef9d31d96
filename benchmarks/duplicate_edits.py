"""Copies of real texts, made by seeded edits, and pairs of real texts that look alike and are no copies.

Copies, as desks and aggregators make them: another headline and dateline; the end cut off; paragraphs taken out of the
middle; paragraphs of another article put in; a sixth of the words put in other words (synonyms of the project's own
register, other function words, words left out); another typography; and several of these at once.

No copies: news of one or two days with the most words in common (cosine of tf-idf); pages of one government site,
likewise; two halves of one text under the same heading and the same closing lines; messages made from one form; an
article and a digest that has three articles whole. Pairs of news that are copies in truth were read and listed by hand
(`TRUE_COPIES`): they are left out.
"""

from __future__ import annotations

import math
import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

SEED = 7
REGISTER = Path(__file__).parents[1] / "src" / "onrecord" / "record" / "registers" / "wording.toml"

# First eight hexadecimal digits of the SHA-256 of both texts: versions of one article, as two readers would say.
TRUE_COPIES = frozenset(
    frozenset(pair.split())
    for pair in (
        "1748f261 6072ad0a", "a9805164 7e33308d", "a5962a3d 7961a6f7", "9ce7ccd0 45eeaeb0", "b4b5da5e f1feac95",
        "890b771c e3a82d1d",
    )
)  # fmt: skip

HEADINGS = (
    "Leaders meet as tensions rise\n\nCAIRO (Own correspondent) - ",
    "What we know so far\n\nBy our staff, Thursday 9:40\n\n",
    "UPDATE 2: Officials react\n\n(Adds quotes, background)\n\n",
    "Analysis and news in brief\n\nLISBON, from wire reports. ",
)
CLOSINGS = (
    "\n\nThis report was edited for length. Subscribe to our morning letter for more.",
    "\n\n(Writing by the foreign desk; editing by the night desk)",
    "\n\nRead also: our pages on trade, energy and defence. All rights reserved.",
)
FUNCTION = {
    "the": "a", "this": "that", "will": "shall", "also": "as well", "but": "however", "because": "since",
    "about": "around", "said": "stated", "says": "states", "before": "prior to", "after": "following", "a": "one",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts and how the second was made, or why they are alike; `between` is put in after both."""

    kind: str
    first: str
    other: str
    between: str = ""


def parted(texts: dict[str, list[str]]) -> tuple[dict[str, list[str]], list[str]]:
    """The texts that a record holds, and every tenth, which is kept out of it to be cut up or put into others."""
    held = {name: [text for place, text in enumerate(rows) if place % 10] for name, rows in texts.items()}
    return held, [text for rows in texts.values() for text in rows[::10]]


def positives(texts: dict[str, list[str]], *, quick: bool) -> Iterator[Pair]:
    """Copies: each kind of edit of 60 texts (quick: 6) that have at least 80 words."""
    held, spare = parted(texts)
    pool = [text for rows in held.values() for text in rows if len(text.split()) >= 80]
    for kind, edit in EDITS.items():
        chance = random.Random(f"{SEED} {kind}")
        for text in chance.sample(pool, 6 if quick else 60):
            yield Pair(kind, text, edit(text, chance, spare))


def _retitled(text: str, chance: random.Random, pool: Sequence[str]) -> str:
    body = re.sub(r"\A[^\n]*\n+", "", text) if len(text.split("\n", 1)[0]) < 150 else text
    return chance.choice(HEADINGS) + body + chance.choice(CLOSINGS)


def _trimmed(share: float) -> Callable[[str, random.Random, Sequence[str]], str]:
    def edit(text: str, chance: random.Random, pool: Sequence[str]) -> str:
        sentences = re.split(r"(?<=[.!?”\"])\s+", text)
        kept, room = [], max(50, len(text.split()) * share)
        for sentence in sentences:
            if sum(len(row.split()) for row in kept) >= room:
                break
            kept.append(sentence)
        return " ".join(kept)

    return edit


def _holed(text: str, chance: random.Random, pool: Sequence[str]) -> str:
    sentences = re.split(r"(?<=[.!?”\"])\s+", text)
    start = chance.randrange(1, max(2, len(sentences) // 2))
    return " ".join(sentences[:start] + sentences[start + max(1, len(sentences) // 3) :])


def _enlarged(text: str, chance: random.Random, pool: Sequence[str]) -> str:
    words = chance.choice([row for row in pool if row != text]).split()
    added = " ".join(words[: int(len(text.split()) * chance.uniform(0.3, 0.8))])
    lines = text.split("\n")
    place = chance.randrange(1, len(lines) + 1)
    return "\n".join([*lines[:place], added, *lines[place:]])


def _reworded(share: float) -> Callable[[str, random.Random, Sequence[str]], str]:
    def edit(text: str, chance: random.Random, pool: Sequence[str]) -> str:
        book = _synonyms()
        return re.sub(r"[A-Za-z]+", lambda found: _other_word(found.group(), share, chance, book), text)

    return edit


def _other_word(word: str, share: float, chance: random.Random, book: dict[str, list[str]]) -> str:
    """A synonym, another function word, nothing, or a word more; names stay."""
    low = word.lower()
    if chance.random() >= share or (word[0].isupper() and low not in book and low not in FUNCTION):
        return word
    other = chance.choice(book.get(low) or [FUNCTION.get(low, ""), "", f"so-called {low}", f"{low} indeed"])
    return other.capitalize() if word[0].isupper() else other


def _synonyms() -> dict[str, list[str]]:
    groups = [group.split() for group in tomllib.loads(REGISTER.read_text("utf-8"))["synonyms"]["groups"]]
    return {word: [other for other in group if other != word] for group in groups for word in group if len(group) > 1}


def _retyped(text: str, chance: random.Random, pool: Sequence[str]) -> str:
    plain = text.translate(str.maketrans("“”‘’–—", "\"\"''--"))
    return re.sub(r"\s*\n\s*", "\n\n   ", plain).replace('"', "''").upper()[: len(text) // 4] + plain[len(text) // 4 :]


def _all(text: str, chance: random.Random, pool: Sequence[str]) -> str:
    return _retitled(_reworded(0.06)(_trimmed(0.6)(text, chance, pool), chance, pool), chance, pool)


EDITS: dict[str, Callable[[str, random.Random, Sequence[str]], str]] = {
    "another headline": _retitled,
    "another typography": _retyped,
    "1 word of 30 changed": _reworded(0.033),
    "1 word of 6 changed": _reworded(0.167),
    "cut to 60 %": _trimmed(0.6),
    "cut to 25 %": _trimmed(0.25),
    "a third cut from the middle": _holed,
    "30-80 % of another text added": _enlarged,
    "cut, changed, retitled": _all,
}


def negatives(texts: dict[str, list[str]], *, quick: bool) -> Iterator[Pair]:
    """Pairs that are no copies."""
    few = 10 if quick else 1
    held, spare = parted(texts)
    for name, count in (("news", 250), ("government", 150)):
        for first, other in _alike(held[name], count // few):
            yield Pair(f"{name} on one subject", first, other)
    chance = random.Random(f"{SEED} negatives")
    versions = frozenset().union(*TRUE_COPIES)
    long = [text for text in spare if len(text.split()) >= 200 and _short(text) not in versions]
    for text in long[: 60 // few]:
        yield _halves(text, chance)
    yield from _forms(60 // few)
    for _ in range(60 // few if len(long) > 2 else 0):
        yield _digest(chance.sample(long, 3))


def _alike(texts: Sequence[str], count: int) -> Iterator[tuple[str, str]]:
    """The pairs with the most words in common, by cosine of tf-idf, no text more than four times."""
    import numpy as np

    bags = [Counter(re.findall(r"[a-z]+", text.lower())) for text in texts]
    seen = Counter(word for bag in bags for word in bag)
    place = {word: number for number, word in enumerate(word for word, times in seen.items() if times > 1)}
    rows = np.zeros((len(texts), len(place)), dtype=np.float32)
    for row, bag in zip(rows, bags, strict=True):
        for word, times in bag.items():
            if word in place:
                row[place[word]] = (1 + math.log(times)) * math.log(len(texts) / seen[word])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    near = np.triu(rows @ rows.T, k=1)
    taken: Counter[int] = Counter()
    found = 0
    for flat in np.argsort(near, axis=None)[::-1]:
        first, other = divmod(int(flat), len(texts))
        pair = frozenset((_short(texts[first]), _short(texts[other])))
        if pair in TRUE_COPIES or max(taken[first], taken[other]) >= 4:
            continue
        taken.update((first, other))
        found += 1
        yield texts[first], texts[other]
        if found == count:
            return


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


def _halves(text: str, chance: random.Random) -> Pair:
    words = text.split()
    heading, closing = chance.choice(HEADINGS), chance.choice(CLOSINGS)
    lead = " ".join(words[:40])
    middle = len(words) // 2
    first = f"{heading}{lead} Part one. {' '.join(words[40:middle])}{closing}"
    other = f"{heading}{lead} Part two. {' '.join(words[middle:])}{closing}"
    return Pair("two parts of one series", first, other)


STATES = ("Angola", "Belarus", "Chile", "Denmark", "Ecuador", "Fiji", "Ghana", "Hungary", "Iceland", "Jordan")
MESSAGE = (
    "The President sent a message of greetings to {head} of {state} on {day}. The message reads, in part: “Relations "
    "between our countries have a long history and develop in the spirit of friendship. Your visit in {year} gave them "
    "a new impulse. I am convinced that by joint efforts we shall raise cooperation in {field} to a new level, "
    "in the interest of our nations and of stability in the region.” The President wished {head} good health and "
    "success, and happiness and prosperity to the people of {state}."
)


def _forms(count: int) -> Iterator[Pair]:
    chance = random.Random(f"{SEED} forms")

    def message(state: str) -> str:
        field = chance.choice(("trade", "energy and mining", "education", "fisheries", "transport and space research"))
        head = (
            chance.choice(("President", "Prime Minister", "King", "Chairman"))
            + " "
            + chance.choice(STATES)[::-1].title()
        )
        return MESSAGE.format(
            head=head, state=state, day=f"{chance.randrange(1, 29)} May", year=chance.randrange(1999, 2020), field=field
        )

    for _ in range(count):
        first, other = chance.sample(STATES, 2)
        yield Pair("messages made from one form", message(first), message(other))


def _digest(three: Sequence[str]) -> Pair:
    """Two articles that must stay two stories when a digest comes in that has both, and a third."""
    return Pair("articles of one digest", three[0], three[1], between="This week\n\n" + "\n\n* * *\n\n".join(three))
