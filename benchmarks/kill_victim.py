"""The real command, made to kill its own process group at a chosen moment of writing.

    python benchmarks/kill_victim.py MOMENT NUMBER add SOURCE... --db RECORD

MOMENT is `never`, `before-commit`, `after-commit` or `statement`; NUMBER says which one of them. Batches are of four
results, so that there are many moments.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

BATCH = 4


def arm(moment: str, number: int) -> None:
    """Die at the `number`th `moment`, all of the process group with us, as by `kill -9`."""
    from sqlalchemy import Engine, event
    from sqlalchemy.engine.default import DefaultDialect

    left = number

    def count(name: str) -> None:
        nonlocal left
        if name == moment:
            left -= 1
            if left == 0:
                os.killpg(0, signal.SIGKILL)

    commit: Callable[..., Any] = DefaultDialect.do_commit

    def watched(self: DefaultDialect, connection: Any) -> None:
        count("before-commit")
        commit(self, connection)
        count("after-commit")

    DefaultDialect.do_commit = watched  # type: ignore[method-assign]
    event.listen(Engine, "after_cursor_execute", lambda *_: count("statement"))


def main() -> None:
    moment, number = sys.argv[1], int(sys.argv[2])
    sys.argv[1:3] = []
    from onrecord import adding
    from onrecord.cli.main import main as command

    adding.BATCH = BATCH
    if moment != "never":
        arm(moment, number)
    command()


if __name__ == "__main__":
    main()
