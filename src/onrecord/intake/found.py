"""A stream of bytes that was found somewhere, and the job of reading it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, get_args
from urllib.parse import urlsplit

from onrecord.errors import SourceError
from onrecord.intake.raw import Kind, Raw
from onrecord.intake.skip import Skip
from onrecord.intake.sources import kind_of
from onrecord.settings import Settings
from onrecord.types import Document

if TYPE_CHECKING:
    from onrecord.intake.network import Network

Results = Iterator[Document | SourceError]
# Kinds that hold one document each.
SINGLE: frozenset[Kind] = frozenset(("text", "html", "pdf"))
ALL_KINDS: frozenset[Kind] = frozenset(get_args(Kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stream and what is known of it; `source` is what people call it, the rest goes into the Document."""

    source: str
    stream: BinaryIO
    path: str | None = None
    url: str | None = None
    kind: Kind | None = None
    charset: str | None = None
    retrieved_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How to read one place. `kinds` may be read where we are, which is `within` something ("a feed")."""

    settings: Settings
    network: Network | None = None
    skip: Skip = field(default_factory=Skip)
    kinds: frozenset[Kind] = ALL_KINDS
    within: str = ""


# How a container has what it holds read.
Read = Callable[[Found, Job], Results]


def whole_of(found: Found, *, settings: Settings) -> Raw:
    """All bytes of a stream; SourceError where there are more than `settings.max_bytes`."""
    data = found.stream.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise SourceError(found.source, f"larger than {settings.max_bytes:,} bytes")
    return Raw(
        source=found.source,
        data=data,
        path=found.path,
        url=found.url,
        kind=found.kind,
        charset=found.charset,
        retrieved_at=found.retrieved_at,
    )


def found_at(url: str, job: Job) -> Found:
    """What is at an http(s) address, downloaded through the checked network; SourceError as `fetch` raises it."""
    from onrecord.intake.fetch import fetch
    from onrecord.intake.network import Network

    raw = fetch(url, settings=job.settings, network=job.network or Network())
    return Found(
        source=url,
        stream=io.BytesIO(raw.data),
        url=raw.url,
        kind=raw.kind or _kind_of_address(raw.url or url),
        charset=raw.charset,
        retrieved_at=raw.retrieved_at,
    )


def _kind_of_address(url: str) -> Kind | None:
    """Tables and lines are often served as plain text; addresses that end in `.html` may be anything."""
    kind = kind_of(urlsplit(url).path)
    return kind if kind in ("csv", "jsonl") else None
