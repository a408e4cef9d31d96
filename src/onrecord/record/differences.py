"""What differs between two wordings, in whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from rapidfuzz.distance import Indel

from onrecord.record.rows import Difference

# A word with its inner marks ("don't", "1,500", "S-400", "per-cent"), a run of space, or one other character: joined
# again they are the text.
_PIECE = re.compile(r"\w+(?:[-‐‑'’.,]\w+)*|\s+|[^\w\s]")


def differences(first: str, other: str) -> tuple[Difference, ...]:
    """The words of `other` marked `same` or `added` against `first`, with those of `first` that are `left out`.

    The `same` and `added` pieces in order are exactly `other`. Case counts, the kind of space and of quotation mark
    do not. Where words are replaced, what was left out stands before what was added.
    """
    old, new = _PIECE.findall(first), _PIECE.findall(other)
    pieces: list[tuple[str, str]] = []
    for step in Indel.opcodes([_key(piece) for piece in old], [_key(piece) for piece in new]):
        pieces += [("left out", piece) for piece in old[step.src_start : step.src_end] if step.tag == "delete"]
        pieces += [("added" if step.tag == "insert" else "same", p) for p in new[step.dest_start : step.dest_end]]
    return tuple(_joined(_without_islands(pieces)))


_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "‐": "-", "‑": "-"})


def _key(piece: str) -> str:
    return " " if piece.isspace() else piece.translate(_PLAIN)


def _without_islands(pieces: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Space and marks alone between two changes belong to them: `[a b]` reads better than `[a] [b]`."""
    runs = [(change, [piece for _, piece in group]) for change, group in groupby(pieces, key=lambda pair: pair[0])]
    settled: list[tuple[str, str]] = []
    for place, (change, run) in enumerate(runs):
        island = change == "same" and 0 < place < len(runs) - 1 and not any(_wordlike(piece) for piece in run)
        if island:
            settled += [("left out", piece) for piece in run] + [("added", piece) for piece in run]
        else:
            settled += [(change, piece) for piece in run]
    return settled


def _wordlike(piece: str) -> bool:
    return any(character.isalnum() for character in piece)


def _joined(pieces: Iterable[tuple[str, str]]) -> Iterable[Difference]:
    """Runs of one change as one piece; between two words that stay, what goes before what comes."""
    for stays, group in groupby(pieces, key=lambda pair: pair[0] == "same"):
        run = list(group)
        for change in ("same",) if stays else ("left out", "added"):
            text = "".join(piece for kind, piece in run if kind == change)
            if text:
                yield Difference(change=change, text=text)
