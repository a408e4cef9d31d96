"""A zip folder -> the documents of its entries. Their names never touch the file system: all is read from the stream.

`zipfile` unpacks in this process: it is Python over zlib, works on one block at a time, and what comes out is counted.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import replace
from typing import Any, BinaryIO, cast

from onrecord.errors import SourceError
from onrecord.intake.found import ALL_KINDS, SINGLE, Found, Job, Read, Results
from onrecord.intake.sources import kind_of
from onrecord.intake.streams import Budget, Counted, buffered

# The directory of an archive is read in one piece, and a line of it becomes an object about ten times as large.
_DIRECTORY = 20_000_000
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
_ENCRYPTED = 0x1
# An OPML list stands among its feeds, and a zip folder in a zip folder is how bombs are built.
_KINDS = ALL_KINDS - {"zip", "opml"}


class _Bounded:
    """The archive, less any one read that would fill the memory."""

    def __init__(self, stream: BinaryIO, *, source: str) -> None:
        self._stream = stream
        self._source = source

    def read(self, size: int = -1) -> bytes:
        if size > _DIRECTORY:
            raise SourceError(self._source, f"its directory is larger than {_DIRECTORY:,} bytes")
        return self._stream.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def documents_in_zip(stream: BinaryIO, *, source: str, job: Job, read: Read) -> Results:
    """Every entry of a known kind, sorted by name, as if it were a file `SOURCE!NAME`; the others are passed over.

    An entry that is encrypted, damaged, or itself a zip folder is one SourceError, and the rest is read. SourceError
    is raised where the archive cannot be opened, has more than `max_entries`, or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(cast("BinaryIO", _Bounded(stream, source=source)))
    except _DAMAGED as error:
        raise SourceError(source, "is a damaged zip archive, or one that is cut short") from error
    entries = _wanted(archive, source=source, max_entries=job.settings.max_entries)
    size = stream.seek(0, 2)
    budget = Budget(source, max_unpacked=job.settings.max_unpacked, packed=lambda: size)
    inside = replace(job, kinds=job.kinds & _KINDS, within="a zip archive")
    for entry in entries:
        if kind_of(entry.filename) in SINGLE and job.skip.take():
            continue
        name = f"{source}!{entry.filename}"
        try:
            yield from _documents(archive, entry, name=name, budget=budget, job=inside, read=read)
        except SourceError as error:
            if error.source == source:
                raise
            yield from job.skip.over([error])
        except _DAMAGED:
            yield from job.skip.over([SourceError(name, "this entry of the archive is damaged")])


def _wanted(archive: zipfile.ZipFile, *, source: str, max_entries: int) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    if len(entries) > max_entries:
        raise SourceError(source, f"holds {len(entries):,} entries; archives of over {max_entries:,} are not read")
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise SourceError(source, "looks like an Office document, not a zip folder of articles")
    wanted = [entry for entry in entries if kind_of(entry.filename) and not _hidden(entry)]
    if not wanted:
        raise SourceError(source, "holds no file that can be read")
    return sorted(wanted, key=lambda entry: (entry.filename, entry.header_offset))


def _hidden(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.replace("\\", "/").split("/")
    return entry.is_dir() or "__MACOSX" in parts or any(part.startswith(".") and part.strip(".") for part in parts)


def _documents(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, name: str, budget: Budget, job: Job, read: Read
) -> Results:
    if entry.flag_bits & _ENCRYPTED:
        raise SourceError(name, "is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SourceError(name, "is compressed in a way that is not read; only stored and deflated entries are")
    with archive.open(entry) as packed:
        stream = buffered(Counted(cast("BinaryIO", packed), budget.spend))
        yield from read(Found(source=name, path=name, stream=stream, kind=kind_of(name)), job)
