"""Sources -> documents, one after the other; what cannot be read is named and the rest goes on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import SourceError
from onrecord.intake.checked import printable
from onrecord.intake.dispatch import read_found
from onrecord.intake.found import SINGLE, Found, Job, Results, found_at
from onrecord.intake.skip import Skip
from onrecord.intake.sources import Place, kind_of, places
from onrecord.settings import Settings
from onrecord.types import Document

if TYPE_CHECKING:
    from onrecord.intake.network import Network


def documents(
    sources: Sequence[str], *, settings: Settings, network: Network | None = None
) -> Iterator[Document | SourceError]:
    """Read files, `-` (standard input), http(s) addresses, directories and glob patterns, in the order given.

    One document is held at a time. A source, file, entry or line that cannot be read is yielded as a SourceError in
    its place, never raised. `network` is the way out for http(s); None is the system's.
    """
    for place in places(sources):
        if isinstance(place, SourceError):
            yield _settled(place)
        else:
            yield from read_place(place, settings=settings, network=network)


def read_place(
    place: Place,
    *,
    settings: Settings,
    network: Network | None = None,
    skip: int = 0,
    opened: Callable[[BinaryIO], None] | None = None,
) -> Iterator[Document | SourceError]:
    """The documents and errors of one place, in an order that is the same each time; nothing is raised.

    The first `skip` of them are passed over, as cheaply as can be: lines are not parsed, entries of a zip folder not
    unpacked, linked pages not fetched. What is at an address may have changed since they were counted. `opened` is
    given the stream of a file, to see how far it has been read.
    """
    job = Job(settings=settings, network=network, skip=Skip(skip))
    try:
        yield from _read(place, job, opened)
    except Exception as error:
        if os.environ.get("ONRECORD_DEBUG") and not isinstance(error, (SourceError, OSError)):
            raise
        if not job.skip.take():
            yield _settled(error if isinstance(error, SourceError) else SourceError(place.name, _explained(error)))


def _read(place: Place, job: Job, opened: Callable[[BinaryIO], None] | None) -> Results:
    if place.where == "url":
        yield from _each_settled(read_found(found_at(place.name, job), job))
    elif place.where == "stdin":
        yield from _each_settled(read_found(Found(source=place.name, stream=sys.stdin.buffer), job))
    elif not (kind_of(place.name) in SINGLE and job.skip.take()):
        with open(place.name, "rb") as stream:
            if opened:
                opened(stream)
            found = Found(source=place.name, stream=stream, path=place.name, kind=kind_of(place.name))
            yield from _each_settled(read_found(found, job))


def _each_settled(results: Results) -> Results:
    return (_settled(result) if isinstance(result, SourceError) else result for result in results)


def _settled(error: SourceError) -> SourceError:
    """The error on one line of whole characters: names of files and entries may be any bytes."""
    return type(error)(printable(error.source), printable(error.reason))


def _explained(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    if isinstance(error, OSError):
        return error.strerror or "cannot be read"
    # What `open` says of a name with a NUL in it, and whatever no reader thought of.
    return f"cannot be read ({type(error).__name__}: {error})"
