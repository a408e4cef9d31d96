from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SourceError
from onrecord.intake.decode import decode
from onrecord.intake.raw import Kind, Raw

SENTENCE = "The minister, Zoë Muñoz, said: “We won’t sign – not yet.”\r\nShe left.\n"


def raw(data: bytes, *, charset: str | None = None, kind: Kind | None = None) -> Raw:
    return Raw(source="note.txt", data=data, charset=charset, kind=kind)


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode("utf-8"),
        codecs.BOM_UTF8 + SENTENCE.encode("utf-8"),
        codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + SENTENCE.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + SENTENCE.encode("utf-32-be"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("cp1252"),
    ],
)
def test_every_usual_code_gives_the_same_text(data: bytes) -> None:
    assert decode(raw(data)) == SENTENCE


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("windows-1251", "cp1251"), ("ISO-8859-1", "cp1252"), ("shift_jis", "cp932"), ("latin1", "cp1252")],
)
def test_the_declared_code_is_the_whatwg_one(declared: str, codec: str) -> None:
    words = {"cp1251": "Сказал: «нет»", "cp1252": "It’s “no”", "cp932": "彼は言った"}[codec]
    page = f"<html><meta charset='{declared}'><p>{words}</p>".encode(codec)
    assert words in decode(raw(page, kind="html"))
    assert decode(raw(words.encode(codec), charset=declared)) == words


def test_the_header_goes_before_the_page_and_a_wrong_label_does_no_harm() -> None:
    page = "<html><meta charset='windows-1251'><p>It’s so</p>".encode("cp1252")
    assert "It’s" in decode(raw(page, kind="html", charset="windows-1252"))
    for label in ("klingon", "utf-16", "us-ascii"):
        assert decode(raw("naïve – yes".encode(), charset=label if label != "us-ascii" else "utf-8")) == "naïve – yes"


def test_a_broken_byte_does_not_turn_utf8_into_another_code() -> None:
    data = ("“Peace” – " * 20).encode() + b"\xe2\x80"
    text = decode(raw(data))
    assert text.startswith("“Peace” – ")
    assert text.endswith("\ufffd")


def test_cyrillic_without_a_label_is_detected() -> None:
    words = "Министр сказал, что переговоры будут продолжены на следующей неделе в столице. " * 5
    assert decode(raw(words.encode("cp1251"))) == words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n%abc", "PDF document"),
        (b"PK\x03\x04rest", "ZIP archive or an Office document"),
        (b"\x89PNG\r\n\x1a\n", "PNG image"),
        (b"\x1f\x8b\x08\x00", "gzip archive"),
        (b"\xff\xd8\xff\xe0", "JPEG image"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "WebP image"),
        (b"words\x00words", "binary"),
        (bytes(range(1, 256)) * 4, "binary"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00", "not valid UTF-16-LE"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        decode(raw(data))
    assert caught.value.source == "note.txt"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_exactly(text: str) -> None:
    data = text.encode("utf-8")
    assert decode(raw(data)) == text.removeprefix("\ufeff")
    assert decode(raw(codecs.BOM_UTF8 + data)) == text


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_give_text_or_one_sentence(data: bytes) -> None:
    try:
        assert "\0" not in decode(raw(data))
    except SourceError as error:
        assert "\n" not in str(error)
