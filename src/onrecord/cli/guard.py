"""Every way in which the command can end early, as an exit status and at most one line on standard error."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from onrecord.cli.console import report
from onrecord.errors import OnRecordError

INTERRUPTED, BROKEN_PIPE, TERMINATED = 130, 141, 143  # 128 + the signal's number, as shells report it


def guarded(work: Callable[[], int]) -> int:
    """The exit status of `work`. No exception leaves, save SystemExit; ONRECORD_DEBUG=1 shows tracebacks."""
    _end_tidily_when_told()
    try:
        return work()
    except BrokenPipeError:
        _silence()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OnRecordError as error:
        report(str(error), error)
    except OSError as error:
        _silence()
        reason = error.strerror or str(error)
        report(f"{error.filename}: {reason}" if error.filename else reason, error)
    except Exception as error:
        report(f"internal error: {type(error).__name__}: {error} (ONRECORD_DEBUG=1 shows where)", error)
    return 1


def _end_tidily_when_told() -> None:
    """Make SIGTERM unwind the stack, so that a half-written file is removed; child processes just end."""
    owner = os.getpid()

    def end(number: int, frame: FrameType | None) -> None:
        if os.getpid() != owner:
            os._exit(TERMINATED)
        sys.exit(TERMINATED)

    try:
        signal.signal(signal.SIGTERM, end)
    except ValueError:
        return  # not in the main thread: whoever runs us there minds the signals


def _silence() -> None:
    """Let nothing more reach a stream that failed, so that Python does not complain at exit when it flushes."""
    if sys.stdout is None:
        return
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    os.close(devnull)
