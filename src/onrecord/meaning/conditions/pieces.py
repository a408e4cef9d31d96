"""Which content a place of the text lies in: the pieces of all attributions in order, searched by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.meaning.context import Context
from onrecord.types import Span

_FAR = 1000  # code points looked at on both sides of a place: a text without full stops must not cost its square
_NESTED = 12  # pieces looked back through; contents nest two or three deep


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the content of attribution `index`."""

    span: Span
    index: int


Pieces = tuple[Piece, ...]


def pieces_of(context: Context) -> Pieces:
    """The pieces of all contents, in the order of the text, the longer first."""
    rows = [Piece(span, index) for index, found in enumerate(context.attributions) for span in found.content]
    return tuple(sorted(rows, key=lambda piece: (piece.span.start, -piece.span.end)))


def innermost(pieces: Pieces, at: int) -> Piece | None:
    """The shortest piece of content around a place."""
    last = bisect_right(pieces, at, key=lambda piece: piece.span.start)
    around = [piece for piece in pieces[max(0, last - _NESTED) : last] if at < piece.span.end]
    return min(around, key=lambda piece: piece.span.end - piece.span.start, default=None)


def touching(pieces: Pieces, sentence: Span) -> Iterator[Piece]:
    """The pieces that share words with a sentence."""
    last = bisect_left(pieces, sentence.end, key=lambda piece: piece.span.start)
    return (piece for piece in pieces[max(0, last - _NESTED) : last] if piece.span.overlaps(sentence))


def bounds_at(context: Context, piece: Piece | None, at: int) -> Span:
    """The sentence at a place, or the part of it in the piece of content; of a boundless one, what is near."""
    whole = context.sentence(at)
    if piece is not None and whole.overlaps(piece.span):
        whole = Span(max(whole.start, piece.span.start), min(whole.end, piece.span.end))
    return Span(min(max(whole.start, at - _FAR), at), max(min(whole.end, at + _FAR), at + 1))
