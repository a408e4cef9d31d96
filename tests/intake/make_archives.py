"""WARC archives, tables and PDFs for tests and benchmarks, written in code."""

from __future__ import annotations

import csv
import gzip
import io
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

WORDS = (
    "The foreign minister said on Monday that her country would sign the border agreement before the end of the year. "
    "“We are ready to open both crossings,” she told reporters in the capital. "
)


def page(number: int, *, words: str = WORDS) -> bytes:
    """A small news page; no two numbers give the same text."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Report {number} • The Courier</title>'
        f'<meta property="og:site_name" content="The Courier"></head><body><article><h1>Report {number}</h1>'
        f"<p>This is report number {number} from the border. {words}</p><p>{words}</p></article></body></html>"
    ).encode()


def answer(body: bytes, *, media: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    """An HTTP answer; `more` is further header lines, each with its line end."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body


def record(
    block: bytes,
    *,
    number: int = 1,
    kind: str = "response",
    media: str = "application/http; msgtype=response",
    length: int | str | None = None,
    url: str | None = None,
) -> bytes:
    """A WARC record; `length` is what it says of itself where that is not the truth."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-03-05T10:11:{number % 60:02}Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Target-URI: {url or f'https://courier.example/world/{number}'}\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def news(count: int) -> list[bytes]:
    """The records of an archive in Common Crawl's layout: what the crawler says of itself, then request and answer."""
    info = record(b"software: a crawler\r\n", number=0, kind="warcinfo", media="application/warc-fields")
    asked = [record(b"GET / HTTP/1.1\r\n\r\n", number=n, kind="request") for n in range(1, count + 1)]
    answered = [record(answer(page(n)), number=n) for n in range(1, count + 1)]
    return [info, *(part for pair in zip(asked, answered, strict=True) for part in pair)]


def gzipped(records: Sequence[bytes]) -> bytes:
    """One gzip member a record."""
    return b"".join(gzip.compress(part, mtime=0) for part in records)


def rows(count: int) -> list[dict[str, str]]:
    """Rows of a table with usual names of columns."""
    return [
        {
            "id": f"a{number}",
            "headline": f"Report {number}",
            "date": f"2024-03-{number % 28 + 1:02}",
            "outlet": "The Courier",
            "link": f"https://courier.example/world/{number}",
            "body": f"This is report number {number}.\n\n{WORDS}",
        }
        for number in range(1, count + 1)
    ]


def csv_table(table: Sequence[Mapping[str, str]], *, separator: str = ",") -> bytes:
    """The rows as CSV in UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(table[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode()


def parquet_table(table: Sequence[Mapping[str, object]], *, group: int = 100, **options: Any) -> bytes:
    """The rows as Parquet, `group` of them in a row group."""
    import pyarrow
    import pyarrow.parquet

    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(table)), sink, row_group_size=group, **options)
    return sink.getvalue()


Placed = tuple[float, float, float, str]


def pdf(pages: Sequence[Sequence[Placed]], *, info: Mapping[str, str] | None = None, locked: bool = False) -> bytes:
    """A PDF of lines in Helvetica: (left, bottom, size, words); `locked` asks for a password that nobody knows."""
    count = len(pages)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{' '.join(f'{5 + 2 * at} 0 R' for at in range(count))}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<<" + "".join(f"/{key}({_escaped(value)})" for key, value in (info or {}).items()) + ">>",
    ]
    for at, lines in enumerate(pages):
        drawn = "".join(
            f"BT /F1 {size} Tf {left} {low} Td ({_escaped(words)}) Tj ET\n" for left, low, size, words in lines
        )
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {6 + 2 * at} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>",
            f"<</Length {len(drawn.encode('cp1252'))}>>\nstream\n{drawn}endstream",
        ]
    return _file(objects, locked=locked)


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[str], *, locked: bool) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(data)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    key = "55" * 32
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>/ID[<{key}><{key}>]" if locked else ""
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    data += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info 4 0 R{lock}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(data)


def typeset(
    paragraphs: Sequence[str], *, width: int = 80, height: int = 40, head: str = "", indent: float = 0
) -> bytes:
    """The paragraphs as a PDF in one column, with a running head and page numbers; parted by an indent or by space."""
    pages: list[list[Placed]] = [[]]
    low = 760.0
    for paragraph in paragraphs:
        for at, words in enumerate(textwrap.wrap(paragraph, width, break_on_hyphens=True)):
            if len(pages[-1]) >= height:
                pages.append([])
                low = 760.0
            pages[-1].append((72 + (indent if at == 0 else 0), low, 11, words))
            low -= 14
        low -= 0 if indent else 8
    for number, lines in enumerate(pages, start=1):
        lines.insert(0, (72, 800, 9, head))
        lines.append((300, 40, 9, f"{number}"))
    return pdf(
        pages, info={"Title": "Report on the talks", "Author": "Ann Lee", "CreationDate": "D:20240305101112+01'00'"}
    )
