"""A stand-in for the reader: sources named bad-* fail, `boom` raises, all others give the sample reading."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace

from onrecord.errors import SourceError
from onrecord.settings import Settings
from onrecord.types import Reading
from tests.export.samples import reading


def fake(sources: tuple[str, ...], settings: Settings) -> Iterator[Reading | SourceError]:
    for source in sources:
        if source.startswith("bad"):
            yield SourceError(source, "no such\nfile \x1b[31m")
        elif source == "boom":
            raise ZeroDivisionError("by zero")
        elif source == "interrupt":
            # A test run started in the background hands SIGINT down as ignored.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.kill(os.getpid(), signal.SIGINT)
        elif source == "terminate":
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            made = reading()
            yield replace(made, document=replace(made.document, path=source, published=settings.published))


if __name__ == "__main__":
    import onrecord.cli.read
    from onrecord.cli.main import main

    onrecord.cli.read.read_all = fake
    main()
