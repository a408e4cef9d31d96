from __future__ import annotations

import pytest

from onrecord.text.offsets import Edit, apply
from onrecord.types import Span


def edit(start: int, end: int, new: str) -> Edit:
    return Edit(span=Span(start, end), new=new, kind="test")


def test_spans_go_back_and_forward_through_edits() -> None:
    text, offsets = apply("abcdefgh", [edit(0, 1, ""), edit(2, 4, "XYZ"), edit(4, 5, ""), edit(7, 8, "")])
    assert text == "bXYZfg"
    assert offsets.back(Span(0, 1)) == Span(1, 2)
    assert offsets.back(Span(2, 3)) == Span(2, 4)
    assert offsets.back(Span(3, 5)) == Span(2, 6)
    assert offsets.back(Span(4, 6)) == Span(5, 7)
    assert offsets.forward(1, 2) == (0, 1)
    assert offsets.forward(2, 4) == (1, 4)
    assert offsets.forward(4, 5) == (4, 4)
    assert offsets.forward(0, 8) == (0, 6)


def test_edits_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        apply("abcd", [edit(2, 3, ""), edit(1, 2, "")])
