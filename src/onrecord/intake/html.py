"""Pages are parsed in one long-lived child process, which can be killed; never in this one, never in a thread.

A subprocess rather than `multiprocessing`: daemonic pool workers may not have children of the latter kind.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from onrecord.errors import SourceError
from onrecord.intake.checked import document_from_text, iso_date
from onrecord.intake.decode import decode
from onrecord.intake.raw import Raw
from onrecord.settings import Settings
from onrecord.types import Document

# Parsing was seen to take 37 bytes of memory a byte of page (60,000 short paragraphs): enough for 20 MB twice over.
_MEMORY = 1_500_000_000
_ROOT = str(Path(__file__).resolve().parents[2])


class _Broken(Exception):
    """The child died or was killed while it had a page."""


class _Child:
    """One parsing process and the pipe to it. Belongs to the process that started it."""

    def __init__(self, memory: int) -> None:
        self.pid = os.getpid()
        path = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
        # -P: a module in the user's current directory must not stand in for one of ours.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "onrecord.intake.html_child", str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )

    def ask(self, request: bytes, *, seconds: float) -> bytes:
        """The child's answer; TimeoutError when it took too long (it is dead then), _Broken when it died."""
        assert self._process.stdin is not None and self._process.stdout is not None
        late = threading.Event()
        # The timer only kills; both pipes then end, whichever this thread is waiting on.
        timer = threading.Timer(seconds, self._kill_late, [late])
        timer.daemon = True
        timer.start()
        try:
            self._process.stdin.write(len(request).to_bytes(4, "big") + request)
            self._process.stdin.flush()
            size = int.from_bytes(_exactly(self._process.stdout, 4), "big")
            return _exactly(self._process.stdout, size)
        except (OSError, _Broken) as error:
            raise (TimeoutError() if late.is_set() else _Broken()) from error
        finally:
            timer.cancel()

    def _kill_late(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise _Broken
    return data


class _Parser:
    """Keeps one child, and starts another where it died or where this process is a fork of the one it belonged to."""

    def __init__(self, memory: int = _MEMORY) -> None:
        self._memory = memory
        self._child: _Child | None = None

    def ask(self, request: bytes, *, seconds: float) -> bytes:
        child = self._child
        if child is None or child.pid != os.getpid() or not child.alive():
            child = self._child = _Child(self._memory)
        try:
            return child.ask(request, seconds=seconds)
        except BaseException:
            # Also on KeyboardInterrupt: an answer half read would be taken for the next page's.
            self.close()
            raise

    def close(self) -> None:
        child, self._child = self._child, None
        if child is not None and child.pid == os.getpid():
            child.close()


_parser = _Parser()
atexit.register(_parser.close)


def document_from_html(raw: Raw, *, settings: Settings, html: str | None = None) -> Document:
    """The main text of a page as a Document; `html` is the decoded page where the caller has it already.

    SourceError when the page takes longer than `settings.html_timeout`, more memory than the child may have, or has
    no text.
    """
    html = decode(raw) if html is None else html
    request = json.dumps({"html": html, "url": raw.url}).encode("ascii")
    try:
        answer = json.loads(_parser.ask(request, seconds=settings.html_timeout))
    except TimeoutError as error:
        raise SourceError(raw.source, f"cannot be parsed in {settings.html_timeout:g} seconds") from error
    except _Broken as error:
        raise SourceError(raw.source, "cannot be parsed (the parser gave up or ran out of memory)") from error
    if not answer["text"]:
        raise SourceError(raw.source, "the page has no text")
    return document_from_text(
        answer["text"],
        path=raw.path,
        url=_address(answer["url"], fetched=raw.url),
        title=answer["title"],
        publisher=answer["publisher"],
        published=iso_date(answer["published"]),
        retrieved_at=raw.retrieved_at,
        raw_sha256=raw.sha256(),
        source=raw.source,
        settings=settings,
    )


def _address(canonical: str | None, *, fetched: str | None) -> str | None:
    """The address a page gives itself; for a fetched page only where it is one of the same host."""
    from urllib.parse import urlsplit

    try:
        given = urlsplit(canonical or "")
        same = fetched is None or given.hostname == urlsplit(fetched).hostname
    except ValueError:
        return fetched
    return canonical if given.scheme in ("http", "https") and same else fetched
