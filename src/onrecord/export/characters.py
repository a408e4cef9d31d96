"""Characters that files for other programs cannot hold, and names that stand in addresses."""

from __future__ import annotations

import re
from urllib.parse import quote

# XML 1.0 has no way to write these, escaped or not (production 2, Char); iCalendar forbids the control characters
# among them, and DEL, in text (RFC 5545, 3.3.11).
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What RFC 3986 lets stand in an address as it is; a `%` is taken to be part of an escape.
_ADDRESS = ":/?#@!$&'()*+,;=%-._~[]"

_HOME = "urn:onrecord:"


def printable(text: str) -> str:
    """`text` with U+FFFD in place of each character that XML or iCalendar cannot hold, and plain line ends.

    A lone carriage return ends a line for some readers of iCalendar, where the next line is a new property.
    """
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def urn(kind: str, id: str) -> str:
    """The name of a thing of the record on the web of data, as `urn:onrecord:statement:s0123`."""
    return f"{_HOME}{kind}:{quote(id, safe=':-._~')}"


def address(url: str | None) -> str | None:
    """A web address with whatever may not stand in one escaped; None where it is no http or https address."""
    if url is None or not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return None
    return quote(url, safe=_ADDRESS)
