"""Malformed and hostile inputs: mutants of a sound sample of each format, and bombs. All made in code, from seeds."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator

from tests.intake import make_archives, make_samples

Input = tuple[str, bytes]

_NUMBER = re.compile(rb"\d+")
_EXTREMES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e308", b"9" * 5000)
_PIECES = (
    b"\0", b"\xff\xfe", b"<![CDATA[", b"]]>", b"<!--", b'"', b"&#xD800;", b"&#0;", b"&lol;", b"<div>" * 2000,
    b"\r\n\r\n", b"WARC/1.0\r\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"endstream\nendobj\n", b"{" * 3000, b"[" * 3000,
)  # fmt: skip


def bases() -> dict[str, Input]:
    """Format -> name of the file and a sound sample."""
    news = make_archives.news(4)
    table = make_archives.rows(12)
    long = [f"Point {n}. {make_archives.WORDS * 3}" for n in range(40)]
    listed = make_samples.opml("feed.rss", "sub/other.rss", "missing.rss")
    return {
        "text": ("a.txt", "\n\n".join(long).encode()),
        "html": ("a.html", make_archives.page(1)),
        "jsonl": ("a.jsonl", make_samples.lines(12)),
        "csv": ("a.csv", make_archives.csv_table(table)),
        "parquet": ("a.parquet", make_archives.parquet_table(table, group=4)),
        "rss": ("a.rss", make_samples.rss()),
        "atom": ("a.atom", make_samples.atom()),
        "opml": ("a.opml", listed),
        "pdf": ("a.pdf", make_archives.typeset(long, head="The Courier")),
        "zip": ("a.zip", make_samples.zipped()),
        "gz": ("a.txt.gz", gzip.compress("\n\n".join(long).encode(), mtime=0)),
        "warc": ("a.warc", b"".join(news)),
        "warc.gz": ("a.warc.gz", make_archives.gzipped(news)),
    }


def mutants(format_: str, count: int) -> Iterator[Input]:
    """`count` mutants of the sample of a format; the same for each run."""
    all_bases = bases()
    name, sound = all_bases[format_]
    others = [data for _, data in all_bases.values()]
    suffix = name.removeprefix("a")
    for number in range(count):
        chance = random.Random(f"{format_} {number}")
        data = bytearray(sound)
        for _ in range(chance.choice((1, 1, 2, 4))):
            chance.choice(_MUTATIONS)(data, chance, others)
        yield f"{number:03}{suffix}", bytes(data)


def _flip(data: bytearray, chance: random.Random, others: list[bytes]) -> None:
    for _ in range(min(len(data), chance.choice((1, 1, 4, 32)))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _truncate(data: bytearray, chance: random.Random, others: list[bytes]) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _remove(data: bytearray, chance: random.Random, others: list[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    del data[at : at + chance.choice((1, 7, 100, 1000))]


def _repeat(data: bytearray, chance: random.Random, others: list[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = data[at : at + chance.choice((1, 50, 500))] * chance.choice((1, 10, 200))


def _splice(data: bytearray, chance: random.Random, others: list[bytes]) -> None:
    other = chance.choice(others)
    start, at = chance.randrange(len(other)), chance.randrange(len(data) + 1)
    data[at : at + chance.choice((0, 200))] = other[start : start + chance.choice((4, 64, 2000))]


def _insert(data: bytearray, chance: random.Random, others: list[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(_PIECES)


def _number(data: bytearray, chance: random.Random, others: list[bytes]) -> None:
    """A number in figures, such as a length, made another."""
    if found := list(_NUMBER.finditer(data)):
        one = chance.choice(found)
        data[one.start() : one.end()] = chance.choice(_NUMBERS)


def _binary(data: bytearray, chance: random.Random, others: list[bytes]) -> None:
    """Two, four or eight bytes that may be a length made an extreme one; most formats keep theirs at the ends."""
    size, order = chance.choice((2, 4, 8)), chance.choice(("little", "big"))
    edge = min(len(data), chance.choice((64, len(data))))
    at = chance.randrange(edge + 1)
    at = at if chance.random() < 0.5 else max(0, len(data) - at)
    data[at : at + size] = (chance.choice(_EXTREMES) % 256**size).to_bytes(size, order)  # type: ignore[arg-type]


_Mutation = Callable[[bytearray, random.Random, list[bytes]], None]
_MUTATIONS: tuple[_Mutation, ...] = (_flip, _flip, _truncate, _remove, _repeat, _splice, _insert, _number, _binary)


def cuts(count: int) -> Iterator[Input]:
    """A WARC.gz of 40 pages, cut at `count` offsets."""
    whole = make_archives.gzipped(make_archives.news(40))
    for number in range(count):
        yield f"{number:03}.warc.gz", whole[: random.Random(f"cut {number}").randrange(len(whole))]


def bombs(secret: str, listener: str) -> Iterator[Input]:
    """What expands, recurs, asks for files or the network, or never ends a line.

    `secret` is a file and `listener` an http address that must not be touched.
    """
    zeros = gzip.compress(bytes(300_000_000), 9, mtime=0)
    spaces = gzip.compress(b" " * 100_000_000, 9, mtime=0)
    # No reader takes more than 20 MB at once: what makes these long has no line end in it.
    line = b"The envoy said no. " * (100_000_000 // 19)
    yield "thousand.txt.gz", zeros
    yield "thousand.jsonl.gz", zeros
    yield "thousand.csv.gz", gzip.compress(b"text\n" + b"a," * 100_000_000, 9, mtime=0)
    yield "thousand.html.gz", gzip.compress(b"<p>" * 60_000_000, 9, mtime=0)
    yield "thousand.warc.gz", gzip.compress(b"".join(make_archives.news(1)) + bytes(300_000_000), 9, mtime=0)
    yield "thousand", zeros
    yield "nested.txt.gz", gzip.compress(zeros, 9, mtime=0)
    yield "nested.warc.gz", gzip.compress(zeros, 9, mtime=0)
    yield "nested", gzip.compress(gzip.compress(spaces, 9, mtime=0), 9, mtime=0)
    yield "answer.warc.gz", _packed_answer()
    yield "bomb.zip", _zip({"a.txt": bytes(300_000_000)})
    yield "nested.zip", _zip({"a.zip": _zip({"b.zip": _zip({"c.txt": bytes(100_000_000)})})})
    yield "outside.zip", _zip({"../../outside.txt": b"The envoy said no.", "/etc/outside.txt": b"The envoy said no."})
    yield "bomb.parquet", make_archives.parquet_table([{"text": " " * 400_000_000}], compression="zstd")
    yield "pages.pdf", make_archives.pdf([[]] * 20_000)
    yield "deep.pdf", make_archives.pdf([[(72.0, 700.0, 11.0, "(" * 100_000)]])
    yield "line.txt", line
    yield "line.jsonl", b'{"text": "' + line + b'"}\n{"text": "The envoy said no."}\n'
    yield "line.csv", b"text\n" + line + b"\nThe envoy said no.\n"
    yield "cells.csv", b"text\n" + b"aa," * 33_000_000 + b"\nThe envoy said no.\n"
    yield "quote.csv", b'text\n"' + line
    yield "line.html", b"<html><body><p>" + line
    yield "line.rss", make_samples.rss().replace(b"Ports reopen", line)
    yield "line.warc", b"WARC/1.0\r\nX: " + line
    yield "line.opml", make_samples.opml("feed.rss").replace(b"a folder", line)
    yield "deep.html", b"<html><body>" + b"<div>" * 200_000 + b"The envoy said no."
    yield "deep.jsonl", b'{"text": ' + b"[" * 1_000_000 + b"\n"
    yield "deep.rss", make_samples.rss().replace(b"<item>", b"<x>" * 100_000 + b"<item>")
    yield "deep.opml", b"<opml><body>" + b'<outline text="a">' * 200_000
    for suffix, sound in (
        ("rss", make_samples.rss()),
        ("atom", make_samples.atom()),
        ("opml", make_samples.opml("feed.rss")),
    ):
        for kind, declaration in _declarations(secret, listener).items():
            yield f"{kind}.{suffix}", _declared(sound, declaration)
    for kind, declaration in _declarations(secret, listener).items():
        yield f"{kind}.html", declaration.encode() + b"<html><body><p>The envoy said &a; no.</p></body></html>"


def _declarations(secret: str, listener: str) -> dict[str, str]:
    doubled = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    huge = "a" * 1_000_000
    return {
        "laughs": f'<!DOCTYPE x [<!ENTITY a "no">{doubled}]>',
        "quadratic": f'<!DOCTYPE x [<!ENTITY a "{huge}">]>',
        "file": f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>',
        "address": f'<!DOCTYPE x [<!ENTITY a SYSTEM "{listener}">]>',
        "parameter": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{listener}">%p;<!ENTITY a "no">]>',
        "schema": f'<!DOCTYPE x SYSTEM "{listener}">',
    }


def _declared(sound: bytes, declaration: str) -> bytes:
    """The declaration put in, and its entities used where there are words."""
    start = sound.index(b"?>") + 2 if sound.startswith(b"<?xml") else 0
    used = sound[start:].replace(b"Talks go on", b"&a; &k; " * 100).replace(b"a folder", b"&a; &k;")
    return sound[:start] + declaration.encode() + used.replace(b"The minister said", b"&k; The minister said")


def _packed_answer() -> bytes:
    body = gzip.compress(bytes(300_000_000), 9, mtime=0)
    return gzip.compress(make_archives.record(make_archives.answer(body, more="Content-Encoding: gzip\r\n")), mtime=0)


def _zip(entries: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return data.getvalue()
