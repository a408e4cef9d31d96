"""Work of the kind `html`, in the child process: one page."""

from __future__ import annotations

from dataclasses import asdict
from itertools import count

from trafilatura.meta import reset_caches

from onrecord.intake.messages import Message
from onrecord.intake.page import read_page

# trafilatura and its helpers keep caches keyed by strings of the page; cleared so that memory stays level.
_PAGES_A_CACHE = 200
_served = count(1)


def read(request: Message) -> Message:
    """The fields of `page.Page` for the page under `html`, which came from `url`."""
    page = read_page(request["html"], request["url"])
    if next(_served) % _PAGES_A_CACHE == 0:
        reset_caches()
    return asdict(page)
