"""Copies and variants: are one story's texts found to be one, and one utterance's wordings?

    python benchmarks/record_duplicates.py [--shared ../shared] [--quick] [--show]

Stories. Real texts (PolNeAR dev and train, the pages of a government site) are put into a record; copies of them,
made by seeded code (`duplicate_edits.py` says how), are put in one at a time and taken out again. A copy is found if it
lands in the story of its original; a negative pair is wrongly joined if its texts land in one story. Two baselines see
the same pairs: a hash of the text, and plain MinHash (128 rows over three-word shingles, no look at the text) with a
threshold of 0.8 and of 0.5. Without the corpora this part is left out.

Utterances. The pairs of `variants/*.toml`, written by hand, as two statements of one speaker on one day. Thresholds and
word lists were tuned on the pairs at even places alone.

Exits with 1 under a floor. --quick takes a tenth of the texts.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duplicate_edits import Pair, negatives, parted, positives
from rensa import RMinHash
from sqlalchemy import Connection, create_engine, insert, select

from onrecord.intake import documents
from onrecord.record import stories, tables
from onrecord.record.tables import documents as documents_table
from onrecord.record.utterances import likeness
from onrecord.record.wording import terms
from onrecord.settings import Settings

ROOT = Path(__file__).parents[1]
SOURCES = {
    "news": ("data/polnear/dev/text/*.txt", "data/polnear/train/text/*.txt"),
    "government": ("data/kremlin/*.html",),
}
STORY_FLOORS = {"precision": 0.98, "recall": 0.97}
UTTERANCE_FLOORS = {"precision": 0.97, "recall": 0.68}


@dataclass
class Tally:
    """How many pairs of one kind each method joined."""

    pairs: int = 0
    joined: dict[str, int] = field(default_factory=dict)

    def count(self, verdicts: dict[str, bool]) -> None:
        self.pairs += 1
        for method, joined in verdicts.items():
            self.joined[method] = self.joined.get(method, 0) + joined


class Record:
    """The texts that are in a record; pairs are tried on it and taken back."""

    def __init__(self, texts: Iterable[str]) -> None:
        engine = create_engine("sqlite://")
        tables.metadata.create_all(engine)
        self._connection: Connection = engine.connect()
        for text in texts:
            self._place(text)

    def _place(self, text: str) -> None:
        row = {"id": hashlib.sha256(text.encode()).hexdigest(), "text": text, "words": 1, "added_at": ""}
        if self._story(text) is None:
            key = self._connection.scalar(insert(documents_table).values(row).returning(documents_table.c.key))
            stories.place(self._connection, key, text)

    def _story(self, text: str) -> int | None:
        name = hashlib.sha256(text.encode()).hexdigest()
        return self._connection.scalar(select(documents_table.c.story_key).where(documents_table.c.id == name))

    def joins(self, pair: Pair) -> bool:
        """Whether the two texts of a pair land in one story."""
        with self._connection.begin_nested() as trial:
            for text in filter(None, (pair.first, pair.other, pair.between)):
                self._place(text)
            joined = self._story(pair.first) == self._story(pair.other)
            trial.rollback()
        return joined


def minhash(text: str, held: dict[str, RMinHash]) -> RMinHash:
    """The plain signature of a text."""
    if text not in held:
        words = text.lower().split()
        held[text] = RMinHash(num_perm=128, seed=1)
        held[text].update([" ".join(words[start : start + 3]) for start in range(max(1, len(words) - 2))])
    return held[text]


def story_methods(texts: Sequence[str]) -> dict[str, Callable[[Pair], bool]]:
    """What is compared: name -> whether it takes the two texts of a pair for one story."""
    record, held = Record(texts), dict[str, RMinHash]()

    def plain(threshold: float) -> Callable[[Pair], bool]:
        return lambda pair: minhash(pair.first, held).jaccard(minhash(pair.other, held)) >= threshold

    return {
        "onrecord": record.joins,
        "exact hash": lambda pair: pair.first == pair.other,
        "MinHash 0.8": plain(0.8),
        "MinHash 0.5": plain(0.5),
    }


def read(shared: Path, share: int) -> dict[str, list[str]]:
    """Texts by where they come from, every `share`th."""
    found: dict[str, list[str]] = {}
    for name, patterns in SOURCES.items():
        paths = [str(path) for pattern in patterns for path in sorted(shared.glob(pattern))][::share]
        rows = documents(paths, settings=Settings())
        found[name] = list(dict.fromkeys(row.text for row in rows if not isinstance(row, Exception)))
    return found


def measure_stories(shared: Path, *, quick: bool, show: bool) -> dict[str, float]:
    texts = read(shared, 10 if quick else 1)
    print(f"Stories: {', '.join(f'{len(rows)} {name} texts' for name, rows in texts.items())}\n")
    held, _ = parted(texts)
    methods = story_methods([text for rows in held.values() for text in rows])
    tallies: dict[str, dict[str, Tally]] = {"copies": {}, "not copies": {}}
    for group, pairs in (("copies", positives(texts, quick=quick)), ("not copies", negatives(texts, quick=quick))):
        for pair in pairs:
            verdicts = {name: joins(pair) for name, joins in methods.items()}
            tallies[group].setdefault(pair.kind, Tally()).count(verdicts)
            if show and verdicts["onrecord"] != (group == "copies"):
                print(f"  {pair.kind}: {pair.first[:70]!r} | {pair.other[:70]!r}")
    return table(tallies, list(methods))


def table(tallies: dict[str, dict[str, Tally]], methods: Sequence[str]) -> dict[str, float]:
    """Print the share of pairs that each method joins, then precision and recall; those of the first method."""
    print(f"{'':32}{'pairs':>6}" + "".join(f"{name:>13}" for name in methods))
    for group, kinds in tallies.items():
        print(group)
        for kind, tally in kinds.items():
            shares = "".join(f"{tally.joined[name] / tally.pairs:13.3f}" for name in methods)
            print(f"  {kind:30}{tally.pairs:6}{shares}")
    figures = {name: _figures(tallies, name) for name in methods}
    for measure in ("precision", "recall", "f1"):
        print(f"{measure:38}" + "".join(f"{figures[name][measure]:13.3f}" for name in methods))
    print()
    return figures[methods[0]]


def _figures(tallies: dict[str, dict[str, Tally]], method: str) -> dict[str, float]:
    right, wrong = (sum(tally.joined[method] for tally in group.values()) for group in tallies.values())
    pairs = sum(tally.pairs for tally in tallies["copies"].values())
    precision, recall = right / max(1, right + wrong), right / max(1, pairs)
    return {"precision": precision, "recall": recall, "f1": 2 * right / max(1, right + wrong + pairs)}


def measure_utterances(half: int, *, show: bool) -> dict[str, float]:
    methods: dict[str, Callable[[str, str, str], bool]] = {
        "onrecord": lambda a, b, c: likeness(terms(a, c), terms(b, c), "day") is not None,
        "same words": lambda a, b, _: stories.words(a) == stories.words(b),
        "half shared": lambda a, b, _: _shared(a, b) >= 0.5,
    }
    tallies: dict[str, dict[str, Tally]] = {"same": {}, "different": {}}
    for name, kinds in tallies.items():
        book = tomllib.loads((ROOT / "benchmarks" / "variants" / f"{name}.toml").read_text("utf-8"))
        for kind, rows in book.items():
            for a, b in rows["pairs"][half::2]:
                verdicts = {method: joins(a, b, rows["country"]) for method, joins in methods.items()}
                kinds.setdefault(kind, Tally()).count(verdicts)
                if show and verdicts["onrecord"] != (name == "same"):
                    print(f"  {kind}: {a} | {b}")
    return table({"copies": tallies["same"], "not copies": tallies["different"]}, list(methods))


def _shared(first: str, other: str) -> float:
    a, b = set(stories.words(first)), set(stories.words(other))
    return len(a & b) / len(a | b)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--show", action="store_true", help="print the pairs that were taken wrongly")
    args = parser.parse_args()
    under: list[str] = []
    if args.shared.is_dir():
        found = measure_stories(args.shared, quick=args.quick, show=args.show)
        under += [f"stories {name} {found[name]:.3f}" for name, floor in STORY_FLOORS.items() if found[name] < floor]
    else:
        print(f"{args.shared}: no such folder; the corpora are not part of the repository (--shared DIR)\n")
    for half, name in enumerate(("the half that was tuned on", "the half that was held out")):
        print(f"Utterances, {name}\n")
        found = measure_utterances(half, show=args.show and half == 0)
    floors = UTTERANCE_FLOORS.items()
    under += [f"utterances {name} {found[name]:.3f}" for name, floor in floors if found[name] < floor]
    if under:
        sys.exit(f"under the floor: {', '.join(under)}")


if __name__ == "__main__":
    main()
