"""An http(s) URL to bytes: checked addresses, checked redirects, one deadline, a cap on decoded bytes."""

from __future__ import annotations

import contextlib
import logging
import ssl
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.message import Message
from functools import cache
from http import HTTPStatus

import httpcore2
import httpx2
import stamina

from onrecord import __version__
from onrecord.errors import FetchRefused, SourceError
from onrecord.intake.network import CheckedBackend, Deadline, Network
from onrecord.intake.raw import Kind, Raw
from onrecord.settings import Settings

MAX_REDIRECTS = 5
ATTEMPTS = 3
HEADERS = {
    "User-Agent": f"onrecord/{__version__}",
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, text/plain, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en",
}
# None: the first bytes decide.
KINDS: dict[str, Kind | None] = {
    "": None,
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": None,
    "text/markdown": "text",
    "text/xml": None,
    "application/xml": None,
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/rss": "feed",
    "application/atom": "feed",
    "text/rss+xml": "feed",
    "text/x-opml": "opml",
    "text/x-opml+xml": "opml",
    "application/opml+xml": "opml",
    "application/x-ndjson": "jsonl",
    "application/ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/x-jsonlines": "jsonl",
    "application/jsonlines": "jsonl",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/csv": "csv",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/warc": "warc",
    "application/vnd.apache.parquet": "parquet",
    "application/x-parquet": "parquet",
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
    "application/gzip": None,
    "application/x-gzip": None,
    "application/octet-stream": None,
    "binary/octet-stream": None,
}

# stamina logs each retry as a warning; without a handler Python would print it on standard error.
logging.getLogger("stamina").addHandler(logging.NullHandler())


class _Busy(Exception):
    """The server asked to come back later (429, 503)."""

    def __init__(self, status: int, retry_after: float | None) -> None:
        super().__init__(status)
        self.status = status
        self.retry_after = retry_after


_BROKEN = (
    httpcore2.NetworkError,
    httpcore2.TimeoutException,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.StreamError,
)
_WORTH_RETRYING = (httpcore2.NetworkError, httpcore2.RemoteProtocolError, httpcore2.ConnectTimeout)


def fetch(url: str, *, settings: Settings, network: Network) -> Raw:
    """Download one page, text, feed, table, PDF or archive, of at most `settings.max_bytes`.

    Raises FetchRefused when the URL, or a redirect, leads to an address that is not public, SourceError for every
    other failure. Connection failures and 429/503 answers are tried again within `settings.fetch_timeout`.
    """
    deadline = Deadline.after(settings.fetch_timeout, source=url)
    try:
        with httpx2.Client(transport=_Transport(network, deadline), headers=HEADERS, trust_env=False) as client:
            for attempt in stamina.retry_context(
                on=_again, attempts=ATTEMPTS, timeout=deadline.remaining(), wait_initial=0.3, wait_jitter=0.2
            ):
                with attempt:
                    return _download(client, url, settings=settings, deadline=deadline)
    except _Busy as error:
        raise SourceError(url, f"the server answered {_status(error.status)}") from error
    except ssl.SSLError as error:
        raise SourceError(url, f"the secure connection failed ({error.reason or error})") from error
    except _BROKEN as error:
        deadline.remaining()
        raise SourceError(url, _explained(error)) from error
    raise AssertionError("unreachable: the last attempt raises")


def _again(error: Exception) -> bool | float:
    if isinstance(error, _Busy):
        return True if error.retry_after is None else error.retry_after
    # A certificate that does not fit now will not fit in a second.
    return isinstance(error, _WORTH_RETRYING) and "CERTIFICATE" not in str(error)


def _explained(error: Exception) -> str:
    words = str(error) or type(error).__name__
    if "CERTIFICATE" in words:
        return f"the secure connection failed ({words})"
    if isinstance(error, (httpcore2.ProtocolError, httpx2.DecodingError, httpx2.RemoteProtocolError)):
        return f"the server's answer is broken ({words})"
    if isinstance(error, (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpcore2.UnsupportedProtocol)):
        return f"not an address that can be fetched ({words})"
    return f"the connection failed ({words})"


def _download(client: httpx2.Client, url: str, *, settings: Settings, deadline: Deadline) -> Raw:
    request = client.build_request("GET", url)
    for _ in range(MAX_REDIRECTS + 1):
        _check_url(request.url, source=url)
        response = client.send(request, stream=True)
        # Redirects are followed here: the client would first read the whole body of each, however long.
        with contextlib.closing(response):
            if response.next_request is None:
                return _body(response, source=url, settings=settings, deadline=deadline)
            request = response.next_request
    raise SourceError(url, f"more than {MAX_REDIRECTS} redirects")


def _check_url(url: httpx2.URL, *, source: str) -> None:
    if not url.host:
        raise FetchRefused(source, "the address names no host")
    if url.scheme not in ("http", "https"):
        raise FetchRefused(source, f"only http and https are fetched, not {url.scheme}")
    if url.port is not None and not 0 < url.port < 65536:
        raise FetchRefused(source, f"{url.port} is no port")
    if url.userinfo:
        raise FetchRefused(source, "addresses with a user name or password in them are not fetched")


def _body(response: httpx2.Response, *, source: str, settings: Settings, deadline: Deadline) -> Raw:
    if response.status_code in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        raise _Busy(response.status_code, _retry_after(response, deadline))
    if response.status_code != HTTPStatus.OK:
        raise SourceError(source, f"the server answered {_status(response.status_code)}")
    content_type = Message()
    content_type["Content-Type"] = response.headers.get("Content-Type", "")
    # get_content_type() turns a missing or malformed header into text/plain, which is sniffed like no header.
    mime = content_type.get_content_type().lower()
    if mime not in KINDS:
        raise SourceError(source, f"the server sent {mime}, which is not read")
    charset = content_type.get_param("charset")
    return Raw(
        source=source,
        url=str(response.url),
        data=_capped(response, source=source, max_bytes=settings.max_bytes),
        kind=KINDS[mime],
        charset=charset if isinstance(charset, str) else None,
        retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _capped(response: httpx2.Response, *, source: str, max_bytes: int) -> bytes:
    # Each layer of compression multiplies by up to 1000: two of them can turn 64 KB into 64 GB in one step.
    if "," in response.headers.get("Content-Encoding", ""):
        raise SourceError(source, "the answer is compressed more than once")
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > max_bytes:
            raise SourceError(source, f"larger than {max_bytes:,} bytes")
    return bytes(data)


def _retry_after(response: httpx2.Response, deadline: Deadline) -> float | None:
    value = response.headers.get("Retry-After", "")
    if not (value.isascii() and value.isdigit()):
        return None
    if float(value) >= deadline.remaining():
        raise SourceError(deadline.source, f"the server answered {_status(response.status_code)}, asks for {value} s")
    return float(value)


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


@cache
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


class _Stream(httpx2.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()


class _Transport(httpx2.BaseTransport):
    """httpx2 over a pool whose connections come from `CheckedBackend`."""

    def __init__(self, network: Network, deadline: Deadline) -> None:
        backend = CheckedBackend(network, deadline)
        self._pool = httpcore2.ConnectionPool(ssl_context=_tls(), network_backend=backend, max_connections=1)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, Iterable)
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Stream(answer.stream))

    def close(self) -> None:
        self._pool.close()
