"""Bytes to text, exactly: no newline is translated and no character repaired, so offsets are those of the file."""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.errors import SourceError
from onrecord.intake.raw import Raw

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]+)""")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Control characters that a text may hold before it counts as binary. Random bytes have about 11 %, damaged
# text files seen in the wild far below 1 %.
_CONTROL_SHARE = 0.01
# Share of non-ASCII bytes below which a text that is not UTF-8 is taken to be Western: English with curly quotes
# and accented names stays under 5 %, Cyrillic or Greek in an 8-bit code is above 50 %.
_WESTERN_SHARE = 0.12
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signature:
    start: bytes
    offset: int
    name: str


@cache
def _signatures() -> tuple[_Signature, ...]:
    register = tomllib.loads(files("onrecord.intake").joinpath("registers/signatures.toml").read_text("utf-8"))
    return tuple(
        _Signature(start=bytes.fromhex(row["hex"]), offset=row.get("offset", 0), name=row["name"])
        for row in register["signatures"]
    )


def decode(raw: Raw) -> str:
    """The text of `raw`, without its byte-order mark.

    Order: mark, UTF-16 by its pattern of zero bytes, the declared charset (header, then `<meta>`), UTF-8, detection.
    SourceError for empty and binary data, naming the format where its first bytes tell.
    """
    if not raw.data:
        raise SourceError(raw.source, "is empty")
    for signature in _signatures():
        if raw.data.startswith(signature.start, signature.offset):
            raise SourceError(raw.source, f"looks like {signature.name}, not text")
    text = _decoded(raw)
    sample = text[:_SAMPLE]
    if "\x00" in text or len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample):
        raise SourceError(raw.source, "looks like binary data, not text")
    return text


def _decoded(raw: Raw) -> str:
    for mark, codec in _MARKS:
        if raw.data.startswith(mark):
            return _strictly(raw.data[len(mark) :], codec, source=raw.source)
    if utf16 := _utf16_without_mark(raw.data[:4096]):
        return _strictly(raw.data, utf16, source=raw.source)
    for label in _declared(raw):
        if (text := _as_declared(raw.data, label)) is not None:
            return text
    return _detected(raw.data)


def _strictly(data: bytes, codec: str, *, source: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        if codec == "utf-8" and (text := _damaged_utf8(data)) is not None:
            return text
        raise SourceError(source, f"is not valid {codec.upper()} (byte {error.start:,})") from error


def _utf16_without_mark(head: bytes) -> str | None:
    """English in UTF-16 has a zero in nearly every second byte, and none in the others."""
    pairs = len(head) // 2
    even, odd = head[: pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if odd > 0.6 * pairs and even == 0:
        return "utf-16-le"
    if even > 0.6 * pairs and odd == 0:
        return "utf-16-be"
    return None


def _declared(raw: Raw) -> list[str]:
    head = raw.data[:4096]
    in_page = _META.search(head) or _XML.match(head) if raw.kind != "jsonl" and b"<" in head[:1024] else None
    return [label for label in (raw.charset, in_page and in_page[1].decode("ascii")) if label]


def _as_declared(data: bytes, label: str) -> str | None:
    """The text under a WHATWG label, or None where the label is unknown or does not fit the bytes."""
    import webencodings  # type: ignore[import-untyped]

    encoding = webencodings.lookup(label)
    # A page that can declare itself in ASCII bytes is not in UTF-16, whatever it says (WHATWG HTML, 13.2.3.2).
    if encoding is None or encoding.name.startswith("utf-16") or encoding.name == "utf-8":
        return None
    try:
        return str(encoding.codec_info.decode(data, "strict")[0])
    except (UnicodeDecodeError, ValueError):
        return None


def _detected(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if (text := _damaged_utf8(data)) is not None:
        return text
    beyond_ascii = len(data) - len(data.decode("ascii", "ignore"))
    if beyond_ascii < _WESTERN_SHARE * len(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "latin-1", "replace")


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes (cut downloads, pasted passages); None where it is another code altogether."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - broken
    return text if broken * 10 <= sound else None
