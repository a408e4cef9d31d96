from __future__ import annotations

import gzip
import hashlib
import io

import brotli
import pytest

from onrecord.errors import SourceError
from onrecord.intake.skip import Skip
from onrecord.intake.warc import documents_in_warc
from onrecord.intake.warc_child import records
from onrecord.settings import Settings
from onrecord.types import Document
from tests.intake.make_archives import WORDS, answer, gzipped, news, page, record

NEWS = news(4)
PLAIN, PACKED, ONE = b"".join(NEWS), gzipped(NEWS), gzip.compress(b"".join(NEWS), mtime=0)
ALL = ["Report 1", "Report 2", "Report 3", "Report 4"]


def read(data: bytes, *, settings: Settings | None = None, skip: int = 0) -> list[Document | SourceError]:
    stream = io.BytesIO(data)
    return list(documents_in_warc(stream, source="news.warc", settings=settings or Settings(), skip=Skip(skip)))


def parsed(data: bytes, *, max_bytes: int = 20_000_000) -> list[str]:
    """What the child finds, in this process: the titles of pages, faults, and how it ended."""
    found = []
    for item in records({"max_bytes": max_bytes}, io.BytesIO(data)):
        if "done" in item:
            found.append(f"{item['done']} records{', cut' if item['cut'] else ''}")
        elif "fault" in item:
            found.append(f"{item['number']}: {item['fault']}")
        else:
            found.append(item["data"].decode().partition("<title>")[2].partition(" •")[0])
    return found


def shown(found: list[Document | SourceError]) -> list[str]:
    return [str(one.title) if isinstance(one, Document) else str(one) for one in found]


@pytest.mark.parametrize("data", [PLAIN, PACKED, ONE], ids=["plain", "a member a record", "one member"])
def test_an_archive_of_news(data: bytes) -> None:
    found = read(data)
    assert shown(found) == ALL
    first = found[0]
    assert isinstance(first, Document)
    assert (first.path, first.url) == ("news.warc#3", "https://courier.example/world/1")
    assert (first.publisher, first.retrieved_at) == ("The Courier", "2024-03-05T10:11:01+00:00")
    assert first.raw_sha256 == hashlib.sha256(page(1)).hexdigest()


def test_what_is_skipped_is_what_was_read_before() -> None:
    damaged = PLAIN + b"rubbish\n" + record(answer(page(9)))[:-300]
    whole = shown(read(damaged))
    assert whole[4:] == [
        "news.warc:10: no record begins where one should",
        "news.warc: is cut off: 9 whole records before the cut were read",
    ]
    assert [shown(read(damaged, skip=n)) for n in (2, 4, 5, 6)] == [whole[n:] for n in (2, 4, 5, 6)]


@pytest.mark.parametrize(
    "wrong",
    [
        answer(page(9), status="404 Not Found"),
        answer(page(9), status="301 Moved"),
        answer(b"\x89PNG", media="image/png"),
        b"no answer of a web server",
        b"",
    ],
)
def test_what_is_no_page_is_passed_over(wrong: bytes) -> None:
    assert parsed(b"".join([*NEWS, record(wrong)])) == [*ALL, "10 records"]


def test_an_archive_without_pages_says_so() -> None:
    (alone,) = read(record(answer(page(9), status="404 Not Found")))
    assert str(alone) == "news.warc: holds no web page that can be read (looked at 1 records)"


def test_texts_and_records_without_http() -> None:
    parts = [
        record(answer(WORDS.encode(), media="text/plain")),
        record(page(2), number=2, kind="resource", media="text/html"),
        record(WORDS.encode(), number=3, kind="conversion", media="text/plain", url="<https://courier.example/3>"),
        record(answer(page(4)), number=4, kind="revisit"),
        record(b"64.1.2.3", number=5, media="text/dns", url="dns:courier.example"),
    ]
    first, second, third = read(gzipped(parts))
    assert isinstance(first, Document) and isinstance(second, Document) and isinstance(third, Document)
    assert (first.text, second.title, third.text) == (WORDS, "Report 2", WORDS)
    assert third.url == "https://courier.example/3"


PACKINGS = [
    ("Content-Encoding: gzip\r\n", gzip.compress(page(7))),
    ("Content-Encoding: br\r\n", brotli.compress(page(7))),
    ("Content-Encoding: gzip\r\n", page(7)),
    ("Content-Encoding: zstd\r\n", page(7)),
    ("Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(7)), page(7))),
    ("Transfer-Encoding: chunked\r\n", page(7)),
]


@pytest.mark.parametrize(("header", "body"), PACKINGS)
def test_bodies_are_unpacked_or_taken_as_they_are(header: str, body: bytes) -> None:
    assert parsed(record(answer(body, more=header))) == ["Report 7", "1 records"]


def test_bombs_are_stopped() -> None:
    inner = record(answer(gzip.compress(bytes(50_000_000)), more="Content-Encoding: gzip\r\n"))
    outer = gzip.compress(record(answer(bytes(150_000_000))))
    assert parsed(gzipped(NEWS[:3]) + gzip.compress(inner) + outer + gzipped(NEWS[3:])) == [
        "Report 1",
        "4: larger than 20,000,000 bytes",
        "5: the compressed data are damaged: they expand more than 200 times",
        *ALL[1:],
        "10 records",
    ]


def test_a_page_that_is_too_long_is_named_and_a_film_is_not() -> None:
    long = [record(answer(page(9) * 90)), record(answer(bytes(90_000), media="video/mp4"))]
    for data in (b"".join([*NEWS, *long, *NEWS]), gzipped([*NEWS, *long, *NEWS])):
        found = parsed(data, max_bytes=20_000)
        assert found == [*ALL, "10: larger than 20,000 bytes", *ALL, "20 records"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_archive_keeps_what_was_whole(packed: bool) -> None:
    parts = [gzip.compress(one, mtime=0) if packed else one for one in NEWS]
    data = b"".join(parts)
    ends = [sum(map(len, parts[: n + 1])) for n in range(len(parts))]
    for at in range(20, len(data), 17):
        whole = sum(end <= at for end in ends)
        # The last bytes of a member are its checksum, those of a plain record two empty lines: all words are there.
        last = next(end for end in ends if end > at)
        found = parsed(data[:at])
        possible = {whole, whole + (last - at <= 12)}
        assert found in [
            [*ALL[: max(0, n - 1) // 2], f"{n} records{cut}"]
            for n in possible
            for cut in ([""] if at in ends else [", cut", ""] if n > whole and not packed else [", cut"])
        ]


def test_a_cut_archive_is_named_once() -> None:
    assert shown(read(PACKED[:-40])) == [*ALL[:3], "news.warc: is cut off: 8 whole records before the cut were read"]


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


@pytest.mark.parametrize("at", [0, 1, 2, 12, 60, 200, -6])
def test_a_damaged_member_loses_only_itself(at: int) -> None:
    start = len(gzipped(NEWS[:4]))
    size = len(gzipped(NEWS[4:5]))
    found = parsed(_flipped(PACKED, start + at % size))
    assert found[:1] + found[2:] == ["Report 1", *ALL[2:], "8 records"]
    assert found[1].startswith("5: ")


def test_an_archive_of_one_member_keeps_what_stands_before_the_damage() -> None:
    many = gzip.compress(b"".join(news(40)), mtime=0)
    found = parsed(_flipped(many, len(many) * 3 // 4))
    assert len(found) > 20 and any("damaged" in one for one in found)


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (record(answer(page(9)), length=9999), "not as long as it says"),
        (record(answer(page(9)), length=99), "not as long as it says"),
        (record(answer(page(9)), length=10**15), "not as long as it says"),
        (record(answer(page(9)), length="-5"), "does not say how long"),
        (record(answer(page(9)), length="x"), "does not say how long"),
        (b"WARC/1.0\r\n" + b"X-Long: " + b"x" * 70_000, "head has no end"),
        (b"\0" * 70_000, "no record begins"),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_a_record_with_a_wrong_length_loses_only_itself(damaged: bytes, reason: str, packed: bool) -> None:
    parts = [*NEWS[:5], damaged + b"\r\n\r\n", *NEWS[5:]]
    found = parsed(gzipped(parts) if packed else b"".join(parts))
    assert found[:2] + found[3:] == [*ALL, "9 records"]
    assert found[2].startswith("6: ") and reason in found[2]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"The envoy said no.\n" * 999, gzip.compress(b"no"), b"\x1f\x8b\x08"])
def test_other_files(data: bytes) -> None:
    assert parsed(data) in (["0 records"], ["0 records, cut"])


def test_another_file_is_named_once() -> None:
    assert shown(read(b"The envoy said no.\n")) == ["news.warc: is no WARC archive, or an empty one"]


def test_a_foreign_or_broken_page_is_named_by_its_record() -> None:
    found = shown(read(b"".join([NEWS[0], record(answer(b"<html></html>")), *NEWS[1:]])))
    assert found == ["news.warc:2: the page has no text", *ALL]


def test_a_stream_that_fails_ends_the_archive_in_one_line() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() >= 65_536:
                raise OSError(5, "Input/output error")
            return super().read(min(size or 0, 65_536))

    stream = Failing(b"".join(news(60)))
    found = list(documents_in_warc(stream, source="news.warc", settings=Settings()))
    assert "Input/output error" in str(found[-1]) and "further than record" in str(found[-1])
    assert len(found) > 20 and all(isinstance(one, Document) for one in found[:-1])
