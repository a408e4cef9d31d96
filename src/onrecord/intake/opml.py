"""An OPML list of feeds -> the documents of each feed, in the order of the list. Lists are parsed in a child."""

from __future__ import annotations

import os
import re
from dataclasses import replace

from onrecord.errors import SourceError
from onrecord.intake.feed import addresses_in_opml
from onrecord.intake.found import Found, Job, Read, Results, found_at
from onrecord.intake.raw import Raw

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def documents_in_opml(raw: Raw, *, job: Job, read: Read) -> Results:
    """Every entry of every feed; a feed that cannot be read is one SourceError, and the next is read.

    Feeds are http(s) addresses, or, for a list on disk, files below its directory. A list in a list is not followed,
    so there is no depth and no loop. SourceError is raised where the list itself cannot be read.
    """
    addresses = addresses_in_opml(raw, settings=job.settings)
    inside = replace(job, kinds=frozenset(("feed",)), within="an OPML list")
    for address in addresses:
        try:
            yield from _documents(address, raw=raw, job=inside, read=read)
        except SourceError as error:
            yield from job.skip.over([error])
    if not addresses:
        raise SourceError(raw.source, "lists no feeds")


def _documents(address: str, *, raw: Raw, job: Job, read: Read) -> Results:
    if _ADDRESS.match(address):
        yield from read(found_at(address, job), job)
        return
    path = _beside(address, raw=raw)
    try:
        with open(path, "rb") as stream:
            yield from read(Found(source=path, path=path, stream=stream, kind="feed"), job)
    except OSError as error:
        raise SourceError(path, error.strerror or "cannot be read") from error


def _beside(address: str, *, raw: Raw) -> str:
    """The file of a relative address, which must lie below the directory of the list."""
    if raw.path is None or _SCHEME.match(address) or "\0" in address:
        raise SourceError(f"{raw.source} ({address[:200]})", "is no http or https address of a feed")
    root = os.path.dirname(raw.path) or os.curdir
    path = os.path.join(root, address)
    if os.path.commonpath([os.path.realpath(root), os.path.realpath(path)]) != os.path.realpath(root):
        raise SourceError(f"{raw.source} ({address[:200]})", "the file does not lie beside the list and is not read")
    return path
