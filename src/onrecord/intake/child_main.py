"""The process that parses: `python -P -m onrecord.intake.child_main WORK MEMORY_BYTES`.

It sends one message (`messages.py`) when it is ready and answers those that come until standard input ends. It opens
nothing of what it parses: bytes come in messages, and an archive is read through the parent.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from onrecord.intake.messages import Cut, Message, receive, send

# Kind of work -> where its function is: a message to a message. An exception ends the process; the parent starts
# another and says that the source cannot be parsed.
WORK = {
    "html": "onrecord.intake.html_child:read",
    "pdf": "onrecord.intake.pdf_child:read",
    "feed": "onrecord.intake.feed_child:read",
}
# Kind of archive -> a function of the first message and of the archive as a file, giving messages.
STREAMS = {
    "warc": "onrecord.intake.warc_child:records",
    "parquet": "onrecord.intake.parquet_child:rows",
}
# How much longer than the parent a child waits before it ends itself: only one whose parent was killed comes to that.
_GRACE = 5.0


class Borrowed(io.RawIOBase):
    """The parent's stream as a file: each read is a question to the parent."""

    def __init__(self, ask: Callable[[Message], Message]) -> None:
        self._ask = ask
        self._at = 0

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True: whether the parent's stream can seek is known to the one who asked for this kind of work."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill what of the buffer one answer fills; 0 at the end."""
        data = self._ask({"read": len(buffer)})["data"]
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move, as files do."""
        self._at = int(self._ask({"seek": [offset, whence]})["at"])
        return self._at

    def tell(self) -> int:
        """Where the next read begins."""
        return self._at


def main() -> None:
    """Serve until standard input ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # Whatever a library prints must not end up among the answers, nor on the user's terminal.
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    work = sys.argv[1]
    # Libraries are mapped before the limit is set.
    function = _function(WORK.get(work) or STREAMS[work])
    _limit_memory(int(sys.argv[2]))
    with contextlib.suppress(Cut, BrokenPipeError):
        send(answers, {"ready": work})
        if work in WORK:
            _serve(function, requests, answers)
        else:
            _serve_stream(function, requests, answers)


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    return cast("Callable[..., Any]", getattr(importlib.import_module(module), function))


def _serve(function: Callable[[Message], Message], requests: BinaryIO, answers: BinaryIO) -> None:
    while True:
        request = receive(requests)
        _alarm(request["seconds"] + _GRACE)
        answer = function(request)
        _alarm(0)
        send(answers, answer)


def _serve_stream(
    function: Callable[[Message, BinaryIO], Iterator[Message]], requests: BinaryIO, answers: BinaryIO
) -> None:
    def ask(message: Message) -> Message:
        _alarm(0)
        send(answers, message)
        answer = receive(requests)
        _alarm(answer["seconds"] + _GRACE)
        return answer

    first = receive(requests)
    _alarm(first["seconds"] + _GRACE)
    for item in function(first, cast("BinaryIO", Borrowed(ask))):
        data = item.pop("data", b"")
        ask({"item": item, "data": data})
    send(answers, {"end": True})


def _alarm(seconds: float) -> None:
    """End this process after that long (0: never): its parent should have by then, unless it was killed itself."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(allowance: int) -> None:
    """Cap the address space at what is mapped now plus `allowance` bytes; does nothing where there is no such limit."""
    try:
        import resource
    except ImportError:
        return
    mapped = 0
    with contextlib.suppress(OSError), open("/proc/self/statm", "rb") as counts:
        mapped = int(counts.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (mapped + allowance, mapped + allowance))


if __name__ == "__main__":
    main()
