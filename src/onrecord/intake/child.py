"""Untrusted bytes are parsed in child processes, which can be killed; never in this one, never in a thread.

`ask` keeps one long-lived child for each kind of work; `stream` gives each archive a child of its own, which reads the
archive through this process and so needs to open nothing. Both end a child that is late.
A subprocess rather than `multiprocessing`: daemonic pool workers may not have children of the latter kind.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from onrecord.intake.messages import Cut, Message, receive, send

# Parsing a page was seen to take 37 bytes of memory a byte of page (60,000 short paragraphs): enough for 20 MB twice
# over. Counted from what the child has mapped before its first request.
MEMORY = 1_500_000_000
_ROOT = str(Path(__file__).resolve().parents[2])
_COMMAND = ["-m", "onrecord.intake.child_main"]
# Seconds for a child to start.
_START = 60.0
# One read of an archive on behalf of its child.
_MOST = 1 << 20


class ChildDied(Exception):
    """The child died while it had work: it ran out of memory, crashed, or was killed by someone else."""


class _Child:
    """One process at work and the pipes to it. Belongs to the process that started it."""

    def __init__(self, work: str, memory: int) -> None:
        self.pid = os.getpid()
        self._ready = False
        path = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
        # -P: a module in the user's current directory must not stand in for one of ours.
        self._process = subprocess.Popen(
            [sys.executable, "-P", *_COMMAND, work, str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )

    def ask(self, request: Message, *, seconds: float) -> Message:
        """The child's answer; TimeoutError when it took too long (it is dead then), ChildDied when it died."""
        if not self._ready:
            # Importing the libraries is no part of the work: on a busy machine it takes longer than many pages.
            self._exchange(None, seconds=max(seconds, _START))
            self._ready = True
        return self._exchange(request, seconds=seconds)

    def _exchange(self, request: Message | None, *, seconds: float) -> Message:
        assert self._process.stdin is not None and self._process.stdout is not None
        late = threading.Event()
        # The timer only kills; both pipes then end, whichever this thread is waiting on.
        timer = threading.Timer(seconds, self._kill_late, [late])
        timer.daemon = True
        timer.start()
        try:
            if request is not None:
                send(self._process.stdin, request)
            return receive(self._process.stdout)
        except (OSError, Cut, ValueError) as error:
            raise (TimeoutError() if late.is_set() else ChildDied()) from error
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


class Parser:
    """Keeps one child, and starts another where it died or where this process is a fork of the one it belonged to."""

    def __init__(self, work: str, *, memory: int = MEMORY) -> None:
        self._work = work
        self._memory = memory
        self._child: _Child | None = None

    def ask(self, request: Message, *, seconds: float) -> Message:
        """What the child answers to one request; TimeoutError and ChildDied as the module's `ask` raises them."""
        child = self._child
        if child is None or child.pid != os.getpid() or not child.alive():
            child = self._child = _Child(self._work, self._memory)
        try:
            return child.ask({**request, "seconds": seconds}, seconds=seconds)
        except BaseException:
            # Also on KeyboardInterrupt: an answer half read would be taken for the next request's.
            self.close()
            raise

    def close(self) -> None:
        """End the child, if there is one and it is ours."""
        child, self._child = self._child, None
        if child is not None and child.pid == os.getpid():
            child.close()


_parsers: dict[str, Parser] = {}


def ask(work: str, request: Message, *, seconds: float) -> Message:
    """Have `request` worked on in the child for this kind of work (`child_main.WORK`), and give its answer.

    Values are plain JSON values, and bytes under `data`, both ways. TimeoutError when the answer takes longer than
    `seconds`, ChildDied when the work raised, crashed or took more than `MEMORY` bytes; the next call starts afresh.
    """
    if work not in _parsers:
        _parsers[work] = Parser(work)
    return _parsers[work].ask(request, seconds=seconds)


def stream(work: str, request: Message, *, source: BinaryIO, seconds: float, memory: int = MEMORY) -> Iterator[Message]:
    """The items that a child finds in a stream (`child_main.STREAMS`), one held at a time, in constant memory.

    The child has `seconds` from one of its messages to the next; the time `source` takes to be read does not count.
    TimeoutError and ChildDied end the items where they are raised; errors of `source` pass through.
    """
    child = _Child(work, memory)
    try:
        message: Message = {**request, "seconds": seconds}
        while "end" not in (answer := child.ask(message, seconds=seconds)):
            message = {"seconds": seconds}
            if "item" in answer:
                yield {**answer["item"], "data": answer["data"]}
            elif "seek" in answer:
                message["at"] = _moved(source, *answer["seek"])
            else:
                message["data"] = source.read(max(0, min(answer["read"], _MOST)))
    finally:
        child.close()


def _moved(source: BinaryIO, offset: int, whence: int) -> int:
    try:
        return source.seek(offset, whence)
    except (ValueError, OverflowError) as error:
        # A place that no file has: the parser was led there by damaged data.
        raise ChildDied from error


@atexit.register
def _close_all() -> None:
    for parser in _parsers.values():
        parser.close()
