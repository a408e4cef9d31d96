"""Where the output goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, TextIO, cast

from onrecord.cli.console import Cleaned
from onrecord.errors import OnRecordError


@contextlib.contextmanager
def opened(path: Path | None, *, machine: bool) -> Iterator[TextIO]:
    """The stream to write to; `machine` formats are UTF-8 whatever the terminal's encoding.

    A file is written beside its final place and moved there at the end. If the block raises, it is removed and what
    stood at `path` before is untouched. A device or a pipe (`/dev/null`) is written to directly.
    """
    if path is None:
        yield _standard(machine=machine)
        sys.stdout.flush()
        return
    with _appearing(path, binary=False) as stream:
        yield cast(TextIO, stream)


@contextlib.contextmanager
def opened_binary(path: Path | None) -> Iterator[BinaryIO]:
    """As `opened`, for bytes; OnRecordError rather than bytes on a terminal."""
    if path is None:
        if sys.stdout is None:
            raise OnRecordError("standard output is closed")
        if sys.stdout.isatty():
            raise OnRecordError("this format is not for a terminal: name a file with -o")
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    with _appearing(path, binary=True) as stream:
        yield cast(BinaryIO, stream)


@contextlib.contextmanager
def _appearing(path: Path, *, binary: bool) -> Iterator[IO[Any]]:
    """A stream to a file beside `path` that takes its place at the end."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        with _writer(target, "w", binary=binary) as stream:
            yield stream
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _writer(part, "x", binary=binary) as stream:
            yield stream
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _writer(path: Path, mode: str, *, binary: bool) -> IO[Any]:
    return path.open(mode + "b") if binary else path.open(mode, encoding="utf-8", newline="")


def _standard(*, machine: bool) -> TextIO:
    if sys.stdout is None:
        raise OnRecordError("standard output is closed")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        if machine:
            reconfigure(encoding="utf-8", newline="")
        else:
            reconfigure(errors="replace")
    if machine and sys.stdout.isatty():
        return cast(TextIO, Cleaned(sys.stdout))
    return sys.stdout
