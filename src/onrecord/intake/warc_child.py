"""Work of the kind `warc`, in the child process: the pages of an archive, and where it is broken.

Records are told apart here, so that one that is damaged loses only itself; fastwarc reads what is in a record.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email.message import Message as EmailMessage
from typing import BinaryIO, Literal

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.intake.messages import Message
from onrecord.intake.warc_bytes import Damaged, Pieces, pieces_of

_END = b"\r\n\r\n"
_BEGIN = re.compile(rb"WARC/\d\.\d\r?\n")
_NEXT = re.compile(rb"\n(?=WARC/\d\.\d\r?\n)")
_BLANK = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"(?im)^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$")
_TYPE = re.compile(rb"(?im)^warc-type[ \t]*:[ \t]*([a-z]+)")
# The head of a record, and how much of a record that is too long is looked at to tell whether it is a page.
_HEAD = 1 << 16
_OVERLAP = 32
# Of a page: `resource` and `conversion` records (texts and pages without their HTTP headers) are read as well.
_HELD = {b"response", b"resource", b"conversion"}
_PAGES: dict[str, str | None] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": None}


_Decode = Literal["none", "content", "transfer", "all"]


class _Cut(Exception):
    """The archive ends inside a record."""


def records(request: Message, stream: BinaryIO) -> Iterator[Message]:
    """Items: `page` with its payload, `fault` with its reason, and one `done` with the counts.

    `number` is the record's place in the archive, from 1, records of every type counted. `request` has `max_bytes`.
    """
    archive = _Archive(pieces_of(stream), max_bytes=request["max_bytes"])
    while True:
        try:
            if (page := archive.next_page()) is None:
                break
            yield page
        except Damaged as error:
            number = archive.number
            if not archive.resync() and not archive.whole:
                break
            yield {"fault": str(error), "number": number}
        except _Cut:
            archive.cut = True
            break
    yield {"done": archive.whole, "cut": archive.cut}


class _Archive:
    """The bytes not yet read, always at the beginning of a record between two calls."""

    def __init__(self, pieces: Pieces, *, max_bytes: int) -> None:
        self.number = self.whole = 0
        self.cut = self._broken_off = False
        self._pieces = pieces
        self._max_bytes = max_bytes
        self._bytes = bytearray()

    def next_page(self) -> Message | None:
        """The next page or a page that is too long; None at the end, _Cut where that comes inside a record."""
        while True:
            self.number += 1
            if not self._at_record():
                self.cut = self._pieces.cut
                return None
            head, length = self._head()
            kind = _TYPE.search(self._bytes, 0, head)
            wanted = kind is not None and kind[1].lower() in _HELD
            if length > self._max_bytes:
                page = self._too_long(head, length, wanted=wanted)
            else:
                page = self._record(head, length, wanted=wanted)
            self.whole += 1
            if page is not None:
                return page

    def resync(self) -> bool:
        """Go to the next place where a record begins, or (False) to the end."""
        if self._broken_off:
            # The run of bytes goes on at a record.
            self._broken_off = False
            return True
        while (found := _NEXT.search(self._bytes)) is None:
            del self._bytes[:-_OVERLAP]
            try:
                if not self._fill(len(self._bytes) + 1):
                    self._bytes.clear()
                    return False
            except Damaged:
                self._broken_off = False
                return True
        del self._bytes[: found.end()]
        return True

    def _at_record(self) -> bool:
        while True:
            more = self._fill(_OVERLAP)
            stripped = self._bytes.lstrip(b"\r\n")
            if len(stripped) == len(self._bytes):
                break
            self._bytes = stripped
        if not more and not self._bytes:
            return False
        if _BEGIN.match(self._bytes):
            return True
        if not more and _is_opening(self._bytes):
            raise _Cut
        raise Damaged("no record begins where one should")

    def _head(self) -> tuple[int, int]:
        """Where the record's block begins, and how long it says that is."""
        size = 4096
        while (blank := _BLANK.search(self._bytes, 0, _HEAD)) is None:
            if len(self._bytes) >= _HEAD:
                raise Damaged("the record's head has no end")
            if not self._fill(len(self._bytes) + size):
                self._cut_or_damaged(8)
        length = _LENGTH.search(self._bytes, 0, blank.end())
        if length is None:
            raise Damaged("the record does not say how long it is")
        return blank.end(), int(length[1])

    def _record(self, head: int, length: int, *, wanted: bool) -> Message | None:
        end = head + length
        if not self._fill(end):
            self._cut_or_damaged(head)
        self._fill(end + _OVERLAP, until_whole=True)
        after = self._bytes[end : end + _OVERLAP]
        if not (after.startswith(_END[: len(after)]) or after.lstrip(b"\r\n").startswith(b"WARC/")):
            raise Damaged("the record is not as long as it says")
        record = bytes(self._bytes[:end]) if wanted else b""
        del self._bytes[:end]
        return _page(record, number=self.number, max_bytes=self._max_bytes) if wanted else None

    def _too_long(self, head: int, length: int, *, wanted: bool) -> Message | None:
        self._fill(head + _HEAD)
        start = bytes(self._bytes[: head + _HEAD])
        del self._bytes[:head]
        while length > 0:
            if not self._fill(_OVERLAP) and not self._bytes:
                raise _Cut
            if found := _NEXT.search(self._bytes, 0, length):
                del self._bytes[: found.start()]
                raise Damaged("the record is not as long as it says")
            # The last bytes stay while they may be half of a beginning.
            gone = min(length, max(1, len(self._bytes) - _OVERLAP))
            del self._bytes[:gone]
            length -= gone
        if wanted and _page(start, number=self.number, max_bytes=self._max_bytes) is not None:
            return {"fault": f"larger than {self._max_bytes:,} bytes", "number": self.number}
        return None

    def _cut_or_damaged(self, start: int) -> None:
        """The archive ended inside a record: because it is cut, or because the record gives itself a wrong length."""
        if not self._pieces.cut and _NEXT.search(self._bytes, start):
            raise Damaged("the record is not as long as it says")
        raise _Cut

    def _fill(self, size: int, *, until_whole: bool = False) -> bool:
        """Have `size` bytes, or all that are left (False); `until_whole` stops early where a member ends well."""
        while len(self._bytes) < size:
            if until_whole and self._pieces.whole:
                break
            try:
                piece = self._pieces.read()
            except Damaged:
                self._bytes.clear()
                self._broken_off = True
                raise
            if piece is None:
                return False
            self._bytes += piece
        return True


def _is_opening(data: bytearray) -> bool:
    return b"WARC/1.0\r\n".startswith(data[:10]) or b"WARC/1.1\r\n".startswith(data[:10])


def _page(record: bytes, *, number: int, max_bytes: int) -> Message | None:
    """The page that a record holds, None where it holds something else, a fault where it cannot be had."""
    # Captures may keep the server's headers beside a body that was unpacked already.
    attempts: tuple[_Decode, ...] = ("all", "transfer", "none")
    for decode in attempts:
        try:
            return _payload(record, decode, number=number, max_bytes=max_bytes)
        except (OSError, ValueError):
            continue
    return {"fault": "the record cannot be parsed", "number": number}


def _payload(record: bytes, decode: _Decode, *, number: int, max_bytes: int) -> Message | None:
    found = next(iter(ArchiveIterator(io.BytesIO(record), auto_decode=decode, stream_detect=False)), None)
    if found is None or (head := _content_type(found)) is None:
        return None
    media_type = head.get_content_type()
    if media_type not in _PAGES:
        return None
    data = found.reader.read(max_bytes + 1)
    if len(data) > max_bytes:
        return {"fault": f"larger than {max_bytes:,} bytes", "number": number}
    charset = head.get_param("charset")
    return {
        "number": number,
        "url": found.headers.get("WARC-Target-URI"),
        "date": found.headers.get("WARC-Date"),
        "kind": _PAGES[media_type],
        "charset": charset if isinstance(charset, str) else None,
        "data": data,
    }


def _content_type(found: WarcRecord) -> EmailMessage | None:
    """What a record says its payload is; None for answers other than 200 and for what is no answer of a web server."""
    stated = found.headers.get("Content-Type")
    if found.record_type == WarcRecordType.response:
        if not found.is_http_parsed or found.http_headers.status_code != 200:
            return None
        stated = found.http_headers.get("Content-Type")
    if not stated:
        return None
    head = EmailMessage()
    head["Content-Type"] = stated
    return head
