from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore2
import pytest

from onrecord.errors import FetchRefused, SourceError
from onrecord.intake import documents
from onrecord.intake.network import Network, system_resolve
from onrecord.settings import Settings
from onrecord.types import Document

PUBLIC = "93.184.216.34"
PAGE = b"<html><head><title>T</title></head><body><p>The envoy said the talks would go on.</p></body></html>"
SETTINGS = Settings(max_bytes=50_000, fetch_timeout=5)
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/text": (200, {"Content-Type": "text/plain; charset=windows-1252"}, b"He said \x93no\x94.\r\n"),
    "/lines": (200, {"Content-Type": "application/x-ndjson"}, b'{"text": "He said no."}\n{}\n'),
    "/plain-lines": (200, {"Content-Type": "text/plain"}, b'{"text": "He said no."}\n{}\n'),
    "/untyped": (200, {}, b"He said no."),
    "/zipped": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(b"He said no.")),
    "/bomb": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(b"no " * 5_000_000)),
    "/twice": (
        200,
        {"Content-Type": "text/plain", "Content-Encoding": "gzip, gzip"},
        gzip.compress(gzip.compress(b"He said no.")),
    ),
    "/broken": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, b"not gzip"),
    "/large": (200, {"Content-Type": "text/plain"}, b"He said no. " * 10_000),
    "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/pdf": (200, {"Content-Type": "text/plain"}, b"%PDF-1.7"),
    "/empty": (200, {"Content-Type": "text/html"}, b""),
    "/missing": (404, {"Content-Type": "text/html"}, PAGE),
    "/odd": (299, {"Content-Type": "text/html"}, PAGE),
    "/to-page": (302, {"Location": "/page"}, b""),
    "/to-other": (301, {"Location": "http://other.test/page"}, b""),
    "/to-loopback": (302, {"Location": "http://127.0.0.1/page"}, b""),
    "/to-name": (302, {"Location": "http://inside.test/page"}, b""),
    "/to-metadata": (307, {"Location": "//169.254.169.254/latest"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-user": (302, {"Location": "http://me:secret@other.test/page"}, b""),
    "/to-nowhere": (302, {"Location": "http://[bad/"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/hop5": (302, {"Location": "/hop4"}, b""),
    "/hop4": (302, {"Location": "/hop3"}, b""),
    "/hop3": (302, {"Location": "/hop2"}, b""),
    "/hop2": (302, {"Location": "/hop1"}, b""),
    "/hop1": (302, {"Location": "/page"}, b""),
    "/hop6": (302, {"Location": "/hop5"}, b""),
    "/later": (503, {"Retry-After": "3600"}, b""),
    "/never": (429, {"Retry-After": "0"}, b""),
}
NAMES = {
    "news.test": [PUBLIC],
    "other.test": ["2606:4700::1111", PUBLIC],
    "inside.test": ["10.0.0.5"],
    "mixed.test": [PUBLIC, "127.0.0.1"],
    "none.test": [],
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, str]]
    busy = 0

    def do_GET(self) -> None:
        type(self).seen.append((self.headers["Host"], self.path))
        if self.path == "/drip":
            return self.drip()
        if self.path == "/busy-once" and type(self).busy == 0:
            type(self).busy = 1
            return self.answer(503, {"Retry-After": "0"}, b"")
        if self.path == "/cut":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nHe said")
            self.close_connection = True
            return None
        return self.answer(*ANSWERS.get(self.path, ANSWERS["/page"]))

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n")
        try:
            for _ in range(100):
                self.wfile.write(b"a")
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


class Net:
    """A network of names and one server on the loopback; remembers which addresses were connected to."""

    def __init__(self, port: int, handler: type[Handler]) -> None:
        self.port = port
        self.handler = handler
        self.connected: list[str] = []
        self.looked_up: list[str] = []
        self.dead: set[str] = set()

    def resolve(self, host: str, port: int, timeout: float) -> Sequence[str]:
        self.looked_up.append(host)
        return NAMES[host] if host in NAMES else system_resolve(host, port, timeout)

    def connect(self, address: str, port: int, timeout: float) -> httpcore2.NetworkStream:
        self.connected.append(address)
        if address in self.dead:
            raise httpcore2.ConnectError("connection refused")
        return httpcore2.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout=timeout)

    def read(self, url: str, settings: Settings = SETTINGS) -> list[Document | SourceError]:
        network = Network(resolve=self.resolve, connect=self.connect)
        return list(documents([url], settings=settings, network=network))

    def reason(self, url: str, settings: Settings = SETTINGS) -> str:
        (error,) = self.read(url, settings)
        assert isinstance(error, SourceError), error
        assert error.source == url
        assert "\n" not in str(error)
        return error.reason

    def document(self, url: str) -> Document:
        (document,) = self.read(url)
        assert isinstance(document, Document), document
        return document


@pytest.fixture
def net() -> Iterator[Net]:
    handler = type("Fresh", (Handler,), {"seen": [], "busy": 0})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # clients hang up on purpose
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield Net(server.server_address[1], handler)
    server.shutdown()
    server.server_close()


def test_a_page(net: Net) -> None:
    document = net.document("http://news.test/page")
    assert document.text == "The envoy said the talks would go on."
    assert (document.title, document.url, document.path) == ("T", "http://news.test/page", None)
    assert document.retrieved_at is not None
    assert document.retrieved_at.endswith("+00:00")
    assert net.handler.seen == [("news.test", "/page")]
    assert net.connected == [PUBLIC]


@pytest.mark.parametrize(
    ("path", "text"),
    [("/text", "He said “no”.\r\n"), ("/untyped", "He said no."), ("/zipped", "He said no.")],
)
def test_text(net: Net, path: str, text: str) -> None:
    assert net.document(f"http://news.test{path}").text == text


@pytest.mark.parametrize("path", ["/lines", "/plain-lines"])
def test_json_lines(net: Net, path: str) -> None:
    first, second = net.read(f"http://news.test{path}")
    assert isinstance(first, Document)
    assert str(second) == f'http://news.test{path}:2: has no "text"'


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/missing", "404 Not Found"),
        ("/odd", "299"),
        ("/image", "image/png"),
        ("/pdf", "no PDF that can be read"),
        ("/empty", "is empty"),
        ("/large", "larger than 50,000 bytes"),
        ("/bomb", "larger than 50,000 bytes"),
        ("/twice", "compressed more than once"),
        ("/broken", "broken"),
        ("/cut", "broken"),
        ("/loop", "more than 5 redirects"),
        ("/hop6", "more than 5 redirects"),
        ("/to-loopback", "127.0.0.1, not a public address"),
        ("/to-name", "inside.test leads to 10.0.0.5, not a public address"),
        ("/to-metadata", "169.254.169.254, not a public address"),
        ("/to-file", "only http and https"),
        ("/to-user", "user name or password"),
        ("/to-nowhere", ""),
        ("/later", "503 Service Unavailable, asks for 3600 s"),
        ("/never", "429 Too Many Requests"),
    ],
)
def test_what_cannot_be_read_is_one_line(net: Net, path: str, words: str) -> None:
    assert words in net.reason(f"http://news.test{path}")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::]", "0.0.0.0", "10.0.0.1",
        "172.16.5.5", "192.168.0.1", "169.254.169.254", "100.64.0.1", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]", "[fd00::1]", "[fe80::1]", "224.0.0.1", "localhost", "LOCALHOST", "localhost.",
        "inside.test", "mixed.test", "none.test", "①②⑦.0.0.1",
    ],
)  # fmt: skip
def test_nothing_but_public_addresses_is_connected_to(net: Net, host: str) -> None:
    for url in (f"http://{host}/page", f"https://{host}/page", f"http://{host}:8080/page"):
        assert net.reason(url)
    assert net.connected == []
    assert net.handler.seen == []


def test_refusals_have_their_own_type(net: Net) -> None:
    (error,) = net.read("http://mixed.test/")
    assert isinstance(error, FetchRefused)


@pytest.mark.parametrize(
    "url", ["http://", "http:///page", "https://:80/", "http://[::1", "http://a b/", "http://news.test:99999/"]
)
def test_malformed_addresses(net: Net, url: str) -> None:
    assert net.reason(url)


def test_redirects_are_followed_and_checked_again(net: Net) -> None:
    assert net.document("http://news.test/hop5").url == "http://news.test/page"
    assert net.document("http://news.test/to-other").url == "http://other.test/page"
    assert net.looked_up[-2:] == ["news.test", "other.test"]
    assert net.handler.seen[-1] == ("other.test", "/page")


def test_the_next_address_is_tried_and_each_name_looked_up_once(net: Net) -> None:
    net.dead = {"2606:4700::1111"}
    net.document("http://other.test/page")
    assert net.connected == ["2606:4700::1111", PUBLIC]
    assert net.looked_up == ["other.test"]


def test_a_busy_server_is_asked_again(net: Net) -> None:
    assert net.document("http://news.test/busy-once").text
    assert [path for _, path in net.handler.seen] == ["/busy-once"] * 2


def test_a_dead_server_is_tried_three_times(net: Net) -> None:
    net.dead = {PUBLIC}
    assert "connection failed" in net.reason("http://news.test/page")
    assert len(net.connected) == 3


def test_a_dripping_server_is_left_at_the_deadline(net: Net) -> None:
    started = time.monotonic()
    assert net.reason("http://news.test/drip", Settings(fetch_timeout=0.4)) == "not downloaded within 0.4 seconds"
    assert time.monotonic() - started < 2


def test_a_name_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2))
    (error,) = documents(["http://news.test/"], settings=Settings(fetch_timeout=0.2))
    assert "did not answer" in str(error)


def test_proxies_of_the_environment_are_not_used(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert net.document("http://news.test/page").text
    assert net.connected == [PUBLIC]


def test_a_server_that_speaks_no_tls(net: Net) -> None:
    assert net.reason("https://news.test/page")
