"""The way out to the network: names resolved here, every address checked, one deadline over all that follows.

httpcore asks a backend for connections. This one resolves the name itself, refuses unless *every* address of the
answer is public, and connects to a checked address. There is no second look-up that an attacker's name server could
answer differently (DNS rebinding); TLS and the Host header still use the name.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import httpcore2

from onrecord.errors import FetchRefused, SourceError
from onrecord.intake.addresses import is_public


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One moment by which a whole download must be over."""

    source: str
    seconds: float
    at: float

    @classmethod
    def after(cls, seconds: float, *, source: str) -> Deadline:
        """The deadline that many seconds from now; `source` is named in the error."""
        return cls(source=source, seconds=seconds, at=time.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left, above 0; SourceError once there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise SourceError(self.source, f"not downloaded within {self.seconds:g} seconds")
        return left

    def cap(self, timeout: float | None) -> float:
        """The smaller of `timeout` and the time left."""
        left = self.remaining()
        return left if timeout is None else min(left, timeout)


def system_resolve(host: str, port: int, timeout: float) -> Sequence[str]:
    """The numeric addresses of `host`, in the system's order; OSError when it has none or none in time."""
    found: list[Any] = []

    def look_up() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    # getaddrinfo takes no timeout; a daemon thread is the one way to stop waiting for it.
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(timeout)
    if not found:
        raise TimeoutError("the name server did not answer")
    if isinstance(found[0], Exception):
        raise found[0] if isinstance(found[0], OSError) else OSError("not a host name") from found[0]
    return list(dict.fromkeys(str(entry[4][0]) for entry in found[0]))


def system_connect(address: str, port: int, timeout: float) -> httpcore2.NetworkStream:
    """A TCP connection to a numeric address."""
    return httpcore2.SyncBackend().connect_tcp(address, port, timeout=timeout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The seam to the outside: how names become addresses, and addresses connections. Tests pass their own."""

    resolve: Callable[[str, int, float], Sequence[str]] = system_resolve
    connect: Callable[[str, int, float], httpcore2.NetworkStream] = system_connect


class CheckedBackend(httpcore2.NetworkBackend):
    """Connections to public addresses only, all under one deadline."""

    def __init__(self, network: Network, deadline: Deadline) -> None:
        """Every connection is made by `network`, checked, and ended by `deadline`."""
        self._network = network
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Resolve, check, connect to the first address that answers."""
        failure = httpcore2.ConnectError(f"no address for {host}")
        for address in self._checked(host, port):
            try:
                stream = self._network.connect(address, port, self._deadline.cap(timeout))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = httpcore2.ConnectError(str(error) or type(error).__name__)
            else:
                return _DeadlineStream(stream, self._deadline)
        raise failure

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore2.NetworkStream:
        """Never: a URL cannot name one."""
        raise FetchRefused(self._deadline.source, "local sockets are not read")

    def _checked(self, host: str, port: int) -> Sequence[str]:
        source = self._deadline.source
        try:
            addresses = self._network.resolve(host, port, self._deadline.remaining())
        except OSError as error:
            raise SourceError(source, f"the host {host} cannot be found ({error.strerror or error})") from error
        if not addresses:
            raise SourceError(source, f"the host {host} has no address")
        # One private address among public ones is an attack or a broken zone; neither is worth a guess.
        refused = [address for address in addresses if not is_public(address)]
        if refused:
            leads = "" if host == refused[0] else f"{host} leads to "
            raise FetchRefused(source, f"refused: {leads}{refused[0]}, not a public address")
        return addresses


class _DeadlineStream(httpcore2.NetworkStream):
    """A connection whose every operation ends by the deadline: a server that drips bytes cannot outlast it."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        return _DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
