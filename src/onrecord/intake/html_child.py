"""The process that parses pages: `python -P -m onrecord.intake.html_child MEMORY_BYTES`.

Messages both ways are a four-byte big-endian length and that many bytes of JSON. It ends when its input does.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import asdict
from typing import BinaryIO

# trafilatura and its helpers keep caches keyed by strings of the page; cleared so that memory stays level.
_PAGES_A_CACHE = 200


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


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    from onrecord.intake.page import read_page

    served = 0
    while len(head := requests.read(4)) == 4:
        request = json.loads(requests.read(int.from_bytes(head, "big")))
        page = read_page(request["html"], request["url"])
        body = json.dumps(asdict(page)).encode("ascii")
        answers.write(len(body).to_bytes(4, "big") + body)
        answers.flush()
        served += 1
        if served % _PAGES_A_CACHE == 0:
            from trafilatura.meta import reset_caches

            reset_caches()


def main() -> None:
    """Serve until standard input ends. A page that cannot be parsed ends the process; the parent starts another."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # Whatever a library prints must not end up among the answers, nor on the user's terminal.
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    from onrecord.intake import page  # noqa: F401  (mapped before the limit is set)

    _limit_memory(int(sys.argv[1]))
    _serve(requests, answers)


if __name__ == "__main__":
    main()
