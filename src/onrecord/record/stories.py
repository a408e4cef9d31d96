"""Copies of one another: syndicated, trimmed and lightly edited texts are one story.

Every text leaves a MinHash signature of its word shingles in `story_bands`, in bands of one row. A new text is compared
with the texts that share the most, and the rarest, of its bands; whether two are copies is decided on their words.
After Broder, On the resemblance and containment of documents (1997); signatures by C-MinHash (Li and Li, 2022).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from rapidfuzz.distance import Indel
from rensa import CMinHash
from sqlalchemy import Connection, TextClause, delete, insert, select, text, update

from onrecord.record.tables import documents, stories, story_bands

# What a signature depends on. Changing any of these makes the bands of an older record worthless.
BANDS = 32
SEED = 20_261
BAND_WORDS = 4  # words in a shingle of the signature
WORDS = 3  # words in a shingle that is compared

POSTINGS = 16  # newest texts looked at in one band: what all pages of a site share must not cost more with each page
CANDIDATES = 8  # texts compared in full
PER_STORY = 2  # of them from one story, so that a much copied text does not hide its neighbour

# Letters and figures run together; each character of Chinese and Japanese is a word, since nothing parts them.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")

Shingles = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Signature:
    """The MinHash signature of a text: one value for each band, none where the text has no word."""

    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are: `resemblance` is shared shingles of all, `containment` those of the shorter text."""

    resemblance: float
    containment: float
    shorter: int

    @property
    def copies(self) -> bool:
        """Whether one may be a copy of the other."""
        if self.shorter < SHORT:
            return self.resemblance >= SHORT_RESEMBLANCE
        return self.resemblance >= RESEMBLANCE or (self.containment >= CONTAINMENT and self.resemblance >= COVERED)

    @property
    def bridges(self) -> bool:
        """Whether they are alike enough to make one story of two."""
        return self.copies and self.resemblance > BRIDGE


# Measured over 400 pairs of texts on one subject (benchmarks/record_duplicates.py), six that are copies in truth aside:
# one shares 0.53 of the shorter text, the others 0.29 or less; none more than 0.14 of both. Of copies with every sixth
# word changed, 95 of 100 share 0.63 and 0.43 or more.
RESEMBLANCE = 0.38
CONTAINMENT = 0.57
# A text that is less of another is found in it, but is no copy: else all that one digest holds were one story.
COVERED = 0.2
# Fewer shingles than SHORT say too little about where a text comes from to be found inside a longer one.
SHORT = 40
SHORT_RESEMBLANCE = 0.7
# Two texts that share nothing cannot both be more than half of a third: a digest never makes one story of two.
BRIDGE = 0.5
# Shorter texts may be filled-in forms: the same message to another head of state.
FORM_WORDS = 400
SLOT_WORDS = 6  # words, at most, that fill one slot of a form
SLOTS = 3
SLOT_SHARE = 0.2  # of all names and figures of what two texts share, those that differ


def words(of: str) -> list[str]:
    """The words of a text without case, marks and space."""
    return _WORD.findall(of.casefold())


def shingles(of: Sequence[str], size: int = WORDS) -> Shingles:
    """Runs of `size` words; a shorter text is one shingle."""
    if len(of) <= size:
        return frozenset([tuple(of)] if of else [])
    return frozenset(zip(*(of[start:] for start in range(size)), strict=False))


def signature(of: str) -> Signature:
    """The signature of a text: the same in every process and on every machine."""
    hashes = [_hash(shingle) for shingle in shingles(words(of), BAND_WORDS)]
    if not hashes:
        return Signature(())
    # Sums of 64 bits without a sign; a database counts with one.
    return Signature(tuple(value >> 1 for value in CMinHash.digests64_from_token_hash_sets([hashes], BANDS, SEED)[0]))


def _hash(shingle: tuple[str, ...]) -> int:
    return int.from_bytes(blake2b(" ".join(shingle).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def likeness(first: Shingles, other: Shingles) -> Likeness:
    """How alike two texts are, by their shingles."""
    shorter = min(len(first), len(other))
    shared = len(first & other)
    if not shorter:
        return Likeness(0.0, 0.0, 0)
    return Likeness(shared / (len(first) + len(other) - shared), shared / shorter, shorter)


def one_form(first: str, other: str) -> bool:
    """Whether two texts are one form filled in twice: in the same places they have other names and figures."""
    texts = [_WORD.findall(text) for text in (first, other)]
    if min(map(len, texts)) > FORM_WORDS:
        return False
    slots = kept = 0
    for same, one, two in _aligned(*texts):
        named = [sum(word[0].isupper() or word[0].isdigit() for word in side) for side in (one, two)]
        if same:
            kept += named[0]
        elif all(named) and max(len(one), len(two)) <= SLOT_WORDS:
            slots += 1
    return slots >= SLOTS and slots >= SLOT_SHARE * (slots + kept)


def _aligned(first: list[str], other: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Runs of words that are the same, and what stands between them in either text."""
    left: list[str] = []
    added: list[str] = []
    for step in Indel.opcodes([word.casefold() for word in first], [word.casefold() for word in other]):
        one, two = first[step.src_start : step.src_end], other[step.dest_start : step.dest_end]
        if step.tag == "equal":
            yield False, left, added
            left, added = [], []
            yield True, one, two
        else:
            left, added = left + one, added + two
    yield False, left, added


def place(connection: Connection, document_key: int, text: str) -> int:
    """Put a document into the story it is a copy of, or into one of its own; the key of the story.

    Must be called in the transaction that added the document. A second call changes nothing. Where a text is a copy of
    two stories they become one, under the key and id of the older.
    """
    placed = connection.scalar(select(documents.c.story_key).where(documents.c.key == document_key))
    if placed is not None:
        return int(placed)
    marks = signature(text)
    found = sorted(_copies(connection, document_key, text, marks), key=lambda copy: (-copy.score, copy.document_key))
    story = _merge(connection, found) if found else _begin(connection, document_key)
    score = found[0].score if found else None
    connection.execute(
        update(documents).where(documents.c.key == document_key).values(story_key=story, story_score=score)
    )
    _leave(connection, document_key, marks)
    return story


@dataclass(frozen=True, slots=True)
class _Copy:
    document_key: int
    story_key: int
    likeness: Likeness

    @property
    def score(self) -> float:
        return round(max(self.likeness.resemblance, self.likeness.containment), 4)


def _copies(connection: Connection, document_key: int, text: str, marks: Signature) -> Iterator[_Copy]:
    """The placed texts that `text` is a copy of."""
    chosen = _choose(connection, _neighbours(connection, marks, document_key))
    if not chosen:
        return
    own = shingles(words(text))
    rows = connection.execute(
        select(documents.c.key, documents.c.story_key, documents.c.text).where(documents.c.key.in_(chosen))
    )
    for key, story_key, other in rows:
        alike = likeness(own, shingles(words(other)))
        if alike.copies and not one_form(text, other):
            yield _Copy(key, story_key, alike)


def _neighbours(connection: Connection, marks: Signature, document_key: int) -> list[int]:
    """Documents that share bands, those that share the most and the rarest first."""
    if not marks.values:
        return []
    rows = connection.execute(_postings(), {f"v{band}": value for band, value in enumerate(marks.values)})
    bands: dict[int, list[int]] = defaultdict(list)
    for band, key in rows:
        if key != document_key:
            bands[band].append(key)
    weights: dict[int, float] = defaultdict(float)
    for keys in bands.values():
        for key in keys:
            weights[key] += 1 / len(keys)
    return sorted(weights, key=lambda key: (-weights[key], key))


@lru_cache(maxsize=1)
def _postings() -> TextClause:
    # One statement for all bands. Each part stops after POSTINGS rows of the primary key, however many there are.
    part = (
        "SELECT * FROM (SELECT band, document_key FROM story_bands WHERE band = {0} AND value = :v{0} "
        f"ORDER BY document_key DESC LIMIT {POSTINGS}) AS b{{0}}"
    )
    return text(" UNION ALL ".join(part.format(band) for band in range(BANDS)))


def _choose(connection: Connection, neighbours: Sequence[int]) -> list[int]:
    """The first CANDIDATES, not more than PER_STORY of one story."""
    near = neighbours[: CANDIDATES * POSTINGS]
    if not near:
        return []
    rows = connection.execute(select(documents.c.key, documents.c.story_key).where(documents.c.key.in_(near)))
    story_of = {key: story for key, story in rows}
    taken: Counter[int] = Counter()
    chosen = []
    for key in near:
        story = story_of.get(key)
        if story is not None and taken[story] < PER_STORY:
            taken[story] += 1
            chosen.append(key)
    return chosen[:CANDIDATES]


def _merge(connection: Connection, found: Sequence[_Copy]) -> int:
    """The story of the nearest copy, made one with every other story that the text bridges to; the older key stays."""
    joined = {found[0].story_key}
    if found[0].likeness.bridges:
        joined |= {copy.story_key for copy in found if copy.likeness.bridges}
    kept = min(joined)
    for story in sorted(joined - {kept}):
        connection.execute(update(documents).where(documents.c.story_key == story).values(story_key=kept))
        connection.execute(delete(stories).where(stories.c.key == story))
    return kept


def _begin(connection: Connection, document_key: int) -> int:
    """A new story, named after its first document."""
    document = connection.scalar(select(documents.c.id).where(documents.c.key == document_key))
    name = "y" + blake2b(f"story {document}".encode(), digest_size=12).hexdigest()
    key = connection.scalar(insert(stories).values(id=name).returning(stories.c.key))
    assert key is not None
    return int(key)


def _leave(connection: Connection, document_key: int, marks: Signature) -> None:
    rows: Iterable[dict[str, int]] = (
        {"band": band, "value": value, "document_key": document_key} for band, value in enumerate(marks.values)
    )
    if marks.values:
        connection.execute(insert(story_bands), list(rows))
