"""Results that an earlier, interrupted reading of the same place has given already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Result = TypeVar("Result")


class Skip:
    """Counts down the results still to be passed over; one object goes along with the reading of one place."""

    def __init__(self, results: int = 0) -> None:
        self._left = results

    def take(self) -> bool:
        """Whether the next result is passed over; if so, it is counted."""
        taken = self._left > 0
        self._left -= taken
        return taken

    def over(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results that are not passed over, for readers that cannot know them without reading."""
        return (result for result in results if not self.take())
