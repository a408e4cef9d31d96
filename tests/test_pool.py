"""Order, bounded memory, and life after a crash."""

from __future__ import annotations

import os
from collections.abc import Iterator

from onrecord import pool


def double(item: int) -> int:
    if item == -1:
        os._exit(3)
    return item * 2


def crashed(item: int) -> int:
    return item


def test_results_come_in_order() -> None:
    assert list(pool.ordered(double, range(20), workers=2, crashed=crashed)) == [2 * item for item in range(20)]


def test_a_crash_costs_one_item() -> None:
    items = [1, 2, -1, 3, 4, -1, 5, 6]
    expected = [2, 4, -1, 6, 8, -1, 10, 12]
    assert list(pool.ordered(double, items, workers=2, crashed=crashed)) == expected


def test_items_are_taken_as_they_are_needed() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(100):
            taken += 1
            yield item

    stream = pool.ordered(double, items(), workers=1, crashed=crashed)
    assert next(stream) == 0
    assert taken <= pool.AHEAD + 2
    stream.close()  # type: ignore[attr-defined]
