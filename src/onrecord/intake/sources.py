"""What the user named -> the single files, addresses and streams it stands for, in order, each once."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.errors import SourceError
from onrecord.intake.raw import Kind

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".opml": "opml",
    ".warc": "warc",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pdf": "pdf",
    ".zip": "zip",
}
# Kinds that need to be read from any end are not worth a second compression, and have one of their own.
_GZIPPED: frozenset[Kind] = frozenset(("text", "html", "jsonl", "feed", "opml", "warc", "csv"))
_KNOWN = " ".join(SUFFIXES)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_WILD = re.compile(r"[*?[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One thing to open: `name` is a path, a URL or `-`."""

    name: str
    where: Literal["file", "url", "stdin"]


def kind_of(name: str) -> Kind | None:
    """What the suffix says (`.csv`, `.csv.gz`), None where it says nothing."""
    stem, suffix = os.path.splitext(name.lower())
    if suffix != ".gz":
        return SUFFIXES.get(suffix)
    kind = SUFFIXES.get(os.path.splitext(stem)[1])
    return kind if kind in _GZIPPED else None


def places(sources: Sequence[str]) -> Iterator[Place | SourceError]:
    """Every place the sources stand for, directories and globs expanded; errors stand in the place of what failed."""
    seen: set[str] = set()
    for source in sources:
        for place in _expanded(source):
            if isinstance(place, SourceError):
                yield place
                continue
            key = os.path.realpath(place.name) if place.where == "file" else place.name
            if key not in seen:
                seen.add(key)
                yield place


def _expanded(source: str) -> Iterator[Place | SourceError]:
    if source == "-":
        yield Place(name=source, where="stdin")
    elif _SCHEME.match(source):
        yield _address(source)
    elif "\0" in source or not source:
        yield SourceError(repr(source), "is not the name of a file")
    elif os.path.isdir(source):
        yield from _directory(source)
    elif _WILD.search(source) and not os.path.lexists(source):
        yield from _matches(source)
    else:
        yield Place(name=source, where="file")


def _address(source: str) -> Place | SourceError:
    scheme = source.partition(":")[0].lower()
    if scheme in ("http", "https"):
        return Place(name=source, where="url")
    return SourceError(source, f"only http and https addresses are read, not {scheme}")


def _directory(root: str) -> Iterator[Place | SourceError]:
    """Known files under `root`, depth first, sorted by name. Links to directories are not followed: they may loop."""
    found = False
    waiting = [(root, True)]
    while waiting:
        path, is_directory = waiting.pop()
        if not is_directory:
            found = True
            yield Place(name=path, where="file")
            continue
        try:
            waiting += _inside(path)
        except OSError as error:
            found = True
            yield SourceError(path, f"cannot be opened ({error.strerror})")
    if not found:
        yield SourceError(root, f"holds no file that can be read (looked for {_KNOWN})")


def _inside(path: str) -> list[tuple[str, bool]]:
    """Known files and directories of one directory, last name first, each with whether it is a directory."""
    with os.scandir(path) as scan:
        entries = sorted((e for e in scan if not e.name.startswith(".")), key=lambda e: e.name, reverse=True)
    wanted = (e for e in entries if e.is_dir(follow_symlinks=False) or _known_file(e))
    return [(e.path, e.is_dir(follow_symlinks=False)) for e in wanted]


def _known_file(entry: os.DirEntry[str]) -> bool:
    return kind_of(entry.name) is not None and entry.is_file()


def _matches(pattern: str) -> Iterator[Place | SourceError]:
    """Files that a pattern matches: with known suffixes, or with the very suffix that the pattern spells out."""
    spelled = os.path.splitext(os.path.basename(pattern))[1]
    any_kind = bool(spelled) and not _WILD.search(spelled)
    found = sorted(
        path for path in glob.iglob(pattern, recursive=True) if os.path.isfile(path) and (any_kind or kind_of(path))
    )
    for path in found:
        yield Place(name=path, where="file")
    if not found:
        yield SourceError(pattern, "matches no file" + ("" if any_kind else f" that can be read (looked for {_KNOWN})"))
