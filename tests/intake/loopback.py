"""A web server on the loopback that stands for every public host."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore2

from onrecord.intake.network import Network

PUBLIC = "93.184.216.34"
Answers = dict[str, tuple[str, bytes]]


@contextlib.contextmanager
def serving(answers: Answers) -> Iterator[tuple[Network, list[str]]]:
    """A network where each path of `answers` gives a content type and a body, and the paths that were asked for.

    The host `inside.test` has a private address; a content type that begins with `/` or `http:` is a redirect.
    """
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            kind, body = answers.get(self.path, ("", b""))
            self.send_response(404 if not kind else 302 if kind.startswith(("/", "http:")) else 200)
            self.send_header("Location" if kind.startswith(("/", "http:")) else "Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    port = server.server_address[1]
    try:
        yield (
            Network(
                resolve=lambda host, _port, _timeout: ["10.0.0.5" if host == "inside.test" else PUBLIC],
                connect=lambda _address, _port, timeout: httpcore2.SyncBackend().connect_tcp(
                    "127.0.0.1", port, timeout=timeout
                ),
            ),
            asked,
        )
    finally:
        server.shutdown()
        server.server_close()
