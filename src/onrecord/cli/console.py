"""Words that are safe on a terminal, and one-line messages."""

from __future__ import annotations

import os
import re
import sys
import traceback
from typing import TextIO

# Escape sequences begin with a control character (C0 or C1); the bidirectional controls reorder what is shown.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` without the characters that command a terminal; line ends and tabs stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Cleaned:
    """A stream to a terminal from which control characters are kept away."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write `text`, cleaned."""
        self._stream.write(clean(text))
        return len(text)

    def flush(self) -> None:
        """Flush the stream beneath."""
        self._stream.flush()


def report(message: str, error: BaseException | None = None) -> None:
    """One line on standard error; the traceback of `error` before it if ONRECORD_DEBUG is set."""
    if sys.stderr is None:  # closed by the caller; print would turn to standard output
        return
    if error is not None and os.environ.get("ONRECORD_DEBUG", "") not in ("", "0"):
        traceback.print_exception(error)
    line = " ".join(clean(message).split())
    print(f"onrecord: {line}", file=sys.stderr)
