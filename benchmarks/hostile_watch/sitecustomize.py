"""Put into every process that reads hostile input, as Python starts: what it opens or connects to is written down.

ONRECORD_WATCH names the file; ONRECORD_WATCH_ALLOWED the directories (parted by `os.pathsep`) that may be read.
"""

import os
import sys

# As it is imported, urllib3 (which trafilatura imports) tries whether this system can bind an IPv6 address. Nothing is
# reached by making a socket; connections, look-ups and other addresses are watched.
_HARMLESS = ("socket.__new__", "socket.gethostname")
_FORBIDDEN = (
    "socket.",
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "ctypes.dlopen/",
    "urllib.",
    "webbrowser.",
)


def _watch(log: int, allowed: tuple[str, ...]) -> None:
    def seen(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, bytes):
                path = os.fsdecode(path)
            if not isinstance(path, str) or path == os.devnull:
                return
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            if writes or not os.path.abspath(path).startswith(allowed):
                os.write(log, f"open{' to write' if writes else ''} {path!r}\n".encode("utf-8", "replace"))
        elif event.startswith(_FORBIDDEN) and event not in _HARMLESS and arguments[1:] != (("::1", 0),):
            os.write(log, f"{event} {arguments!r}"[:300].replace("\n", " ").encode("utf-8", "replace") + b"\n")

    sys.addaudithook(seen)


if "ONRECORD_WATCH" in os.environ:
    _watch(
        os.open(os.environ["ONRECORD_WATCH"], os.O_WRONLY | os.O_APPEND),
        tuple(os.environ["ONRECORD_WATCH_ALLOWED"].split(os.pathsep)),
    )
