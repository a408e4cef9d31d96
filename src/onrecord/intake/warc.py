"""WARC archives (plain or gzip, Common Crawl's layout) -> documents, one page after the other, in constant memory.

Both the archive and each of its pages are parsed in child processes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.errors import SourceError
from onrecord.intake import child
from onrecord.intake.checked import document_from_text, iso_moment
from onrecord.intake.decode import decode
from onrecord.intake.html import document_from_html
from onrecord.intake.messages import Message
from onrecord.intake.raw import Raw
from onrecord.intake.skip import Skip
from onrecord.settings import Settings
from onrecord.types import Document

# The child holds one record twice and its payload: 20 MB each. Counted from what it has mapped at the start.
_MEMORY = 400_000_000


def documents_in_warc(
    stream: BinaryIO, *, source: str, settings: Settings, skip: Skip | None = None
) -> Iterator[Document | SourceError]:
    """The web pages and plain texts of an archive: answers with status 200, and `resource` and `conversion` records.

    Requests, revisits, other answers and other media are passed over. What cannot be read is named `SOURCE:NUMBER`,
    by the place of its record in the archive, and the rest goes on; where the archive is cut, all whole records before
    the cut are read and one SourceError says so. `settings.html_timeout` is the time for one page, and for one record;
    what `skip` takes is not parsed.
    """
    skip = skip or Skip()
    told = last = 0
    try:
        for item in _items(stream, settings=settings):
            if "done" in item:
                yield from skip.over(_ending(item, source=source, told=told))
                return
            last = item["number"]
            told += 1
            if not skip.take():
                yield _outcome(item, source=source, settings=settings)
    except (TimeoutError, child.ChildDied, OSError, EOFError, zlib.error) as error:
        if not skip.take():
            yield SourceError(source, f"cannot be read further than record {last} ({_why(error, settings=settings)})")


def _why(error: Exception, *, settings: Settings) -> str:
    if isinstance(error, TimeoutError):
        return f"the next took more than {settings.html_timeout:g} seconds"
    if isinstance(error, child.ChildDied):
        return "the parser gave up or ran out of memory"
    return str(error)


def _items(stream: BinaryIO, *, settings: Settings) -> Iterator[Message]:
    request = {"max_bytes": settings.max_bytes}
    return child.stream("warc", request, source=stream, seconds=settings.html_timeout, memory=_MEMORY)


def _ending(done: Message, *, source: str, told: int) -> Iterator[SourceError]:
    records = done["done"]
    if done["cut"]:
        yield SourceError(source, f"is cut off: {records} whole records before the cut were read")
    elif not records and not told:
        yield SourceError(source, "is no WARC archive, or an empty one")
    elif not told:
        yield SourceError(source, f"holds no web page that can be read (looked at {records} records)")


def _outcome(item: Message, *, source: str, settings: Settings) -> Document | SourceError:
    name = f"{source}:{item['number']}"
    try:
        if "fault" in item:
            raise SourceError(name, item["fault"])
        return _document(item, name=name, path=f"{source}#{item['number']}", settings=settings)
    except SourceError as error:
        return error


def _document(item: Message, *, name: str, path: str, settings: Settings) -> Document:
    # Old writers put the address between angle brackets.
    url = (item["url"] or "").strip("<> ")
    raw = Raw(
        source=name,
        data=item["data"],
        path=path,
        url=url if url.startswith(("http://", "https://")) else None,
        charset=item["charset"],
        retrieved_at=iso_moment(item["date"]),
    )
    if item["kind"] == "html":
        return document_from_html(raw, settings=settings)
    return document_from_text(
        decode(raw),
        path=path,
        url=raw.url,
        retrieved_at=raw.retrieved_at,
        raw_sha256=raw.sha256(),
        source=name,
        settings=settings,
    )
