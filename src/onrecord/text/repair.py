"""Repair damaged text on a working copy, and map what is found there back to the original.

Repairs are conservative: clean text comes back as the same object. They are made in passes (encoding, characters and
entities, quotation marks), each a list of edits, until nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.text.characters import character_edits
from onrecord.text.marks import mark_edits
from onrecord.text.mojibake import mojibake_edits
from onrecord.text.offsets import Edit, OffsetMap, apply
from onrecord.types import Span

# One pass can uncover work for another (`&quo<soft hyphen>t;`); hostile text could go on for long.
ROUNDS = 5
PASSES: tuple[Callable[[str], Iterator[Edit]], ...] = (mojibake_edits, character_edits, mark_edits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One repair: `span` in the original; `start..end` in the working copy, empty where characters were removed."""

    kind: str
    span: Span
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The working copy and its way back. `changed` is in the order of the repairs."""

    text: str
    changed: tuple[Change, ...] = ()
    maps: tuple[OffsetMap, ...] = ()

    def original(self, span: Span) -> Span:
        """The tight range of the original that `span` of the working copy comes from."""
        for offsets in reversed(self.maps):
            span = offsets.back(span)
        return span


def repair(text: str) -> Repaired:
    """Repair `text`. Takes time linear in its length and never raises."""
    steps: list[tuple[list[Edit], OffsetMap]] = []
    for _ in range(ROUNDS):
        before = text
        for edits_of in PASSES:
            if edits := list(edits_of(text)):
                text, offsets = apply(text, edits)
                steps.append((edits, offsets))
        if text is before:
            break
    maps = tuple(offsets for _, offsets in steps)
    changed = [_change(edit, step, maps) for step, (edits, _) in enumerate(steps) for edit in edits]
    return Repaired(text=text, changed=tuple(changed), maps=maps)


def _change(edit: Edit, step: int, maps: tuple[OffsetMap, ...]) -> Change:
    """An edit of one step, traced to the original and to the working copy."""
    span = edit.span
    for offsets in reversed(maps[:step]):
        span = offsets.back(span)
    start, end = edit.span.start, edit.span.end
    for offsets in maps[step:]:
        if start < end:
            start, end = offsets.forward(start, end)
        else:
            start = end = offsets.forward(start, start + 1)[0]
    return Change(kind=edit.kind, span=span, start=start, end=end)
