"""One address for one page: what does not choose the page is taken off."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import SplitResult, quote, urlsplit

_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_RESERVED = "%:/?[]@!$&'()*+,;=|"
_EDGES = "".join(map(chr, range(33)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tracking:
    prefixes: tuple[str, ...]
    names: frozenset[str]


@cache
def _tracking() -> _Tracking:
    register = tomllib.loads(files("onrecord.intake").joinpath("registers/tracking.toml").read_text("utf-8"))
    return _Tracking(prefixes=tuple(register["prefixes"]), names=frozenset(register["names"]))


def normalise(url: str) -> str:
    """The address without what does not choose the page; normalising again changes nothing.

    Scheme and host in lower case, the host in IDNA (UTS 46), no default port, user name, fragment or tracking
    parameters (`registers/tracking.toml`), dot segments resolved, escapes as RFC 3986 (6.2.2) has them. The order of
    parameters, the slash at the end and prefixes such as `m.` and `amp.` are left alone. Anything but an http(s)
    address comes back as it is.
    """
    try:
        parts = urlsplit(url.strip(_EDGES))
        host, port = _host(parts), parts.port
    except ValueError:
        return url
    if parts.scheme not in _PORTS or not host:
        return url
    shown = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    query = _query(parts.query)
    return f"{parts.scheme}://{host}{shown}{_path(parts.path)}{'?' if query else ''}{query}"


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        return f"[{host}]"
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ValueError(host) from error


def _path(path: str) -> str:
    kept: list[str] = []
    segments = _escaped(path).split("/")[1:] or [""]
    for segment in segments:
        if segment == "..":
            kept[-1:] = []
        elif segment != ".":
            kept.append(segment)
    # A dot segment at the end stands for the directory.
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    return "&".join(pair for pair in _escaped(query).split("&") if pair and not _tracks(pair.partition("=")[0].lower()))


def _tracks(name: str) -> bool:
    tracking = _tracking()
    return name in tracking.names or name.startswith(tracking.prefixes)


def _escaped(text: str) -> str:
    """Escapes in capitals and only where needed: letters, digits and `-._~` stand for themselves."""
    plain = _ESCAPE.sub(_unescaped, _LONE_PERCENT.sub("%25", text))
    return quote(plain, safe=_RESERVED, errors="replace")


def _unescaped(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()
