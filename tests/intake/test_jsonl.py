from __future__ import annotations

import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SourceError
from onrecord.intake.jsonl import documents_in_lines
from onrecord.settings import Settings
from onrecord.types import Document


def read(data: bytes, *, max_bytes: int = 1000) -> list[Document | SourceError]:
    return list(documents_in_lines(io.BytesIO(data), source="f.jsonl", settings=Settings(max_bytes=max_bytes)))


def test_every_field_is_taken_over() -> None:
    record = {
        "id": "a-1",
        "text": "He said no.\r\n",
        "title": "Talks\u00a0fail\n",
        "published": "2024-12-31T23:30:00-05:00",
        "publisher": "The Courier",
        "url": "https://courier.example/1",
        "more": [1],
    }
    (document,) = read(json.dumps(record).encode())
    assert isinstance(document, Document)
    assert document.text == "He said no.\r\n"
    assert (document.path, document.title, document.published) == ("f.jsonl#a-1", "Talks fail", date(2024, 12, 31))
    assert (document.publisher, document.url) == ("The Courier", "https://courier.example/1")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b"{}", 'has no "text"'),
        (b'{"text": 3}', '"text" is not a string'),
        (b'{"text": ""}', "is empty"),
        (b'{"text": "He said \\ud800."}', "half a character"),
        (b'{"text": "He said \\u0000."}', "NUL"),
        (b'{"text": "He said no.", "title": "\\udfff"}', "half a character"),
        (b'{"text": "He said no.", "published": "31 December"}', "not an ISO date"),
        (b'{"text": "He said no.", "published": 2024}', "not a string"),
        (b'{"text": "He said no.", "published": "2024-02-30"}', "not an ISO date"),
        (b'{"text": "\xff"}', "not valid UTF-8"),
        (b'{"text": ' + b"[" * 20_000, "JSON"),
        (b'{"n": ' + b"1" * 20_000 + b"}", "JSON"),
        (b'{"text": "' + b"He said no. " * 5000 + b'"}', "larger than 30,000 bytes"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: bytes, words: str) -> None:
    good = b'{"text": "He said no."}\n'
    first, error, last = read(good + line + b"\n" + good, max_bytes=30_000)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(error, SourceError)
    assert error.source == "f.jsonl:2"
    assert words in error.reason
    assert "\n" not in str(error)


def test_blank_lines_count_but_are_skipped() -> None:
    found = read(b'\xef\xbb\xbf{"text": "He said no."}\r\n\r\n  \n{}')
    assert isinstance(found[0], Document)
    assert str(found[1]) == 'f.jsonl:4: has no "text"'


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_any_lines_give_documents_or_errors(lines: list[bytes]) -> None:
    for item in read(b"\n".join(lines), max_bytes=40):
        assert isinstance(item, (Document, SourceError))


def test_a_file_that_is_no_json_lines_is_given_up() -> None:
    errors = io.BytesIO(b"a\n" * 5000)
    stream = documents_in_lines(errors, source="f.jsonl", settings=Settings())
    assert [str(next(stream)).partition(": ")[0] for _ in range(1000)][-1] == "f.jsonl:1000"
    with pytest.raises(SourceError, match="1,000 lines in a row are no records"):
        next(stream)
    assert len(read((b"a\n" * 999 + b'{"text": "He said no."}\n') * 2)) == 2000


def test_author_and_time_of_publication() -> None:
    def one(**fields: str) -> Document:
        (document,) = read(json.dumps({"text": "He said no.", **fields}).encode())
        assert isinstance(document, Document)
        return document

    known = one(author="Ann  Lee", published="2024-12-31T23:30:00-05:00")
    assert (known.author, known.published_at) == ("Ann Lee", "2024-12-31T23:30:00-05:00")
    both = one(published="2024-12-31", published_at="2024-12-31T23:30Z")
    assert (both.published, both.published_at) == (date(2024, 12, 31), "2024-12-31T23:30:00+00:00")
    assert one(published="2024-12-31").published_at is None
    assert one(published_at="2024-12-31T23:30:00-05:00").published == date(2024, 12, 31)
