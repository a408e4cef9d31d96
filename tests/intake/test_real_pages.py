"""Real pages of a government press site; they lie outside the repository and the tests are skipped without them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.intake import documents
from onrecord.settings import Settings
from onrecord.types import Document

PAGES = Path(__file__).parents[3] / "shared" / "data" / "kremlin"
FRAME = re.compile(
    r"Publication status|Publication date|Direct link|See also|Text version|Photo: |Share$", re.MULTILINE
)
SPEAKER = re.compile(r"[A-Z][\w.’'-]+(?: [\w.’'-]+){0,8}: ")

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason=f"NO REAL PAGES: {PAGES} is absent")


@pytest.fixture(scope="module")
def found() -> list[Document]:
    read = list(documents([str(PAGES)], settings=Settings()))
    assert [item for item in read if not isinstance(item, Document)] == []
    return [item for item in read if isinstance(item, Document)]


def test_every_page_is_read_with_title_date_and_address(found: list[Document]) -> None:
    assert len(found) == len(list(PAGES.glob("*.html")))
    for document in found:
        assert document.title
        assert document.publisher
        assert document.url
        page = Path(document.path or "").read_text("utf-8", "replace")
        stated = re.search(r'<time class="read__published" datetime="([\d-]+)"', page)
        assert stated is None or stated[1] == str(document.published)


def test_no_frame_is_left_over(found: list[Document]) -> None:
    assert [(document.path, hit[0]) for document in found if (hit := FRAME.search(document.text))] == []


def test_speakers_stand_at_the_head_of_their_own_paragraphs(found: list[Document]) -> None:
    paragraphs = [paragraph for document in found for paragraph in document.text.split("\n\n")]
    assert sum(bool(SPEAKER.match(paragraph)) for paragraph in paragraphs) > 900
    assert not any(re.fullmatch(r"(?:Vladimir Putin|Dmitry Medvedev):", paragraph) for paragraph in paragraphs)


def test_the_time_that_the_page_shows(found: list[Document]) -> None:
    clocks = {}
    for document in found:
        page = Path(document.path or "").read_text("utf-8", "replace")
        if shown := re.search(r'Publication date:\s*<time datetime="([\d-]+)">[^<]*?(\d\d:\d\d)</time>', page):
            clocks[document.path] = (f"{shown[1]}T{shown[2]}:00", document.published_at)
    assert len(clocks) > 200
    assert [pair for pair in clocks.values() if pair[0] != pair[1]] == []
