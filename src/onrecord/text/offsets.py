"""Edits of a text, and the map from the edited text back to the one before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.types import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Put `new` in place of `span`. What is inserted is always tied to characters that it replaces."""

    span: Span
    new: str
    kind: str


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each edit lies before (`old_*`) and after (`new_*`), in order; between the edits texts are the same."""

    old_starts: Sequence[int]
    old_ends: Sequence[int]
    new_starts: Sequence[int]
    new_ends: Sequence[int]

    def back(self, span: Span) -> Span:
        """The tight range of the text before that `span` of the text after comes from."""
        return Span(self._origin(span.start)[0], self._origin(span.end - 1)[1])

    def _origin(self, at: int) -> tuple[int, int]:
        """The range that the character `at` comes from: one character, or all of an edit's."""
        edit = bisect_right(self.new_starts, at) - 1
        # Deletions leave empty ranges; several may share one start, and the last of them is the one that counts.
        if edit < 0:
            return at, at + 1
        if at < self.new_ends[edit]:
            return self.old_starts[edit], self.old_ends[edit]
        old = self.old_ends[edit] + at - self.new_ends[edit]
        return old, old + 1

    def forward(self, start: int, end: int) -> tuple[int, int]:
        """The range of the text after that `start..end` of the text before became; empty if it was deleted."""
        return self._target(start, 0), self._target(end - 1, 1)

    def _target(self, at: int, side: int) -> int:
        edit = bisect_right(self.old_starts, at) - 1
        if edit < 0:
            return at + side
        if at < self.old_ends[edit]:
            return self.new_ends[edit] if side else self.new_starts[edit]
        return self.new_ends[edit] + at - self.old_ends[edit] + side


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """The edited text and its map. ValueError unless the edits are in order and disjoint."""
    pieces: list[str] = []
    old_starts: list[int] = []
    old_ends: list[int] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    done = length = 0
    for edit in edits:
        start, end = edit.span.start, edit.span.end
        if start < done:
            raise ValueError(f"edits out of order at {start}")
        pieces += (text[done:start], edit.new)
        length += start - done
        new_starts.append(length)
        length += len(edit.new)
        new_ends.append(length)
        old_starts.append(start)
        old_ends.append(end)
        done = end
    pieces.append(text[done:])
    return "".join(pieces), OffsetMap(old_starts, old_ends, new_starts, new_ends)
