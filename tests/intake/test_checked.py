from __future__ import annotations

import hashlib

import pytest

from onrecord.errors import SourceError
from onrecord.intake import document_from_text
from onrecord.settings import Settings

TEXT = "The envoy said the talks would go on.\r\n“We are close,” she added.\n"


def test_the_id_is_the_hash_of_the_text() -> None:
    document = document_from_text(TEXT, path="a.txt", title="Talks")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert document.id == "d" + digest[:24]
    assert document.raw_sha256 == digest
    assert (document.text, document.path, document.title, document.language) == (TEXT, "a.txt", "Talks", "en")
    assert document_from_text(TEXT, path="b.txt").id == document.id


def test_a_mark_at_the_start_is_dropped_and_nothing_else() -> None:
    assert document_from_text("\ufeffHe said\ufeff no.").text == "He said\ufeff no."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "text: is empty"),
        (" \n\t", "text: is empty"),
        ("\ufeff", "text: is empty"),
        ("He said\0 no", "NUL"),
        ("He said \ud800 no", "half a character"),
        ("x" * 101, "101 characters"),
        ("Министр сказал, что нет", "Russian"),
    ],
)
def test_one_sentence_for_what_cannot_be_read(text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        document_from_text(text, settings=Settings(max_chars=100))
