"""From text to reading: spans slice back, the same text gives the same reading, errors stay with their document."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import Document, Reader, Reading, Settings, SourceError, document_from_text
from onrecord.errors import ModelError

ARTICLE = """Norland ready to reopen the strait, minister says

HOLMVIK, 4 March 2024 - Norland's Foreign Minister Anna Ahlgren said on Monday that her country was ready to reopen the
strait within ten days. "We have waited long enough," she told a news conference in Holmvik.

Two diplomats, who asked not to be named, said the talks were not over. The embassy declined to comment.
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return onrecord.read(ARTICLE, published="2024-03-04")


def test_who_said_what(reading: Reading) -> None:
    rows = [
        (statement.speaker.name, statement.attribution.kind, statement.attribution.content[0].of(ARTICLE))
        for statement in reading
    ]
    assert ("Anna Ahlgren", "direct", '"We have waited long enough,"') in rows
    assert any(name == "Anna Ahlgren" and words.startswith("that her country") for name, _, words in rows)
    assert any(name is None and "the talks were not over" in words for name, _, words in rows)


def test_reading_again_changes_nothing(reading: Reading) -> None:
    again = onrecord.read(ARTICLE, published=date(2024, 3, 4))
    assert again.statements == reading.statements
    assert len({statement.id for statement in again}) == len(again.statements)
    assert again.run.settings == reading.run.settings


def test_dates_are_resolved_against_publication(reading: Reading) -> None:
    assert any(found.start == date(2024, 3, 4) for found in reading.dates)


def test_two_processes_read_as_one_does() -> None:
    documents = [document_from_text(ARTICLE + f"\nNote {number}.\n") for number in range(3)]
    stream = [documents[0], SourceError("x.txt", "is empty"), *documents[1:]]
    alone = [_spans(row) for row in Reader().pipe(stream)]
    together = [_spans(row) for row in Reader(Settings(workers=2)).pipe(stream)]
    assert alone == together
    assert alone[1] == "x.txt: is empty"


def _spans(row: Reading | SourceError) -> object:
    return str(row) if isinstance(row, SourceError) else [statement.attribution for statement in row]


def test_a_document_that_cannot_be_read_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Reader, document: Document) -> Reading:
        raise RuntimeError("no")

    monkeypatch.setattr(Reader, "read", broken)
    (row,) = Reader().pipe([document_from_text(ARTICLE, path="a.txt")])
    assert isinstance(row, SourceError)
    assert str(row).startswith("a.txt: could not be read")


def test_a_damaged_network_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from onrecord.encoder import Network
    from onrecord.encoder.network import FOLDER

    with pytest.raises(ModelError, match="reinstall"):
        Network(tmp_path)
    for name in ("card.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    (tmp_path / "network.onnx").write_bytes(b"not the weights")
    with pytest.raises(ModelError, match="not the one on its card"):
        Network(tmp_path)


# Pieces of news prose between pieces of anything, so that statements are found among the hostile characters.
HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MARKS = st.sampled_from(
    [
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u00a0",
        "\r\n",
        "\u2028",
        "â€œ",
        "â€™",
        '"',
        "“",
        "”",
        "‘",
        "'",
        "« ",
        "\x00",
        "e\u0301",
        "ﬁ",
        "👩‍🚀",
        "İ",
    ]
)
PROSE = st.sampled_from(
    [
        'The minister said that "peace is near',
        '"We will not yield," Ms. Orlova told reporters on Dec. 3.',
        "according to two officials, the treaty expires on 5.2.2021",
        "He added: ",
        "\n\n",
        " - said the Ambassador. ",
        "Q: Why?\nMINISTER: I will not say.\nMINISTER: No.\n",
    ]
)


checked = 0  # statements whose spans were compared


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PROSE, MARKS, HOSTILE), min_size=1, max_size=12).map("".join))
def test_every_span_slices_back_to_its_words(text: str) -> None:
    document = Document(id="d0", text=text)
    reading = Reader().read(document)
    row = reading.to_dict()
    length = len(text)
    global checked
    for found in row["statements"]:
        spans = [*found["cue"], *found["content"], *([found["source"]] if found["source"] else [])]
        assert found["content"]
        checked += 1
        for span in spans:
            assert 0 <= span["start"] < span["end"] <= length
            assert text[span["start"] : span["end"]] == span["text"]
        ranges = sorted((span["start"], span["end"]) for span in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(ranges))
    for span in [
        *row["headings"],
        *({"start": f["start_char"], "end": f["end_char"], "text": f["text"]} for f in row["flags"]),
    ]:
        assert text[span["start"] : span["end"]] == span["text"]


def test_the_made_texts_did_hold_statements() -> None:
    assert checked > 500


MEANING = """Turkey to sign climate pledge if Brussels pays

ANKARA, 4 March 2024 - Turkey will submit a new target under the Paris Agreement by 30 June 2024 if the European Union
pays its share, Turkish Climate Minister Kemal Aydin said on Monday. "We will not wait for ever," he told reporters.

The minister named three topics for the talks: carbon trade, solar power and forest fires. The first round is to be
held by 12 April 2024.
"""


@pytest.fixture(scope="module")
def meant() -> Reading:
    return onrecord.read(MEANING, published="2024-03-04")


def test_what_a_statement_means(meant: Reading) -> None:
    first = next(row for row in meant if "Paris Agreement" in row.attribution.content[0].of(MEANING))
    assert "EU" in first.counterparts
    assert "climate" in [issue.id for issue in first.issues]
    assert [found.name for found in first.instruments] == ["Paris Agreement"]
    assert first.position is not None and first.position.commitment in ("conditional", "commits")
    assert [row.span.of(MEANING) for row in first.conditions] == ["if the European Union\npays its share"]
    assert [row.start for row in first.deadlines] == [date(2024, 6, 30)]


def test_what_an_article_means(meant: Reading) -> None:
    (agenda,) = meant.agendas
    assert agenda.stated_count == 3
    assert [item.span.of(MEANING) for item in agenda.items] == ["carbon trade", "solar power", "forest fires"]
    assert date(2024, 4, 12) in [row.start for row in meant.deadlines]
    assert meant.flags == ()


def test_every_field_is_shown_by_words_of_its_text(meant: Reading) -> None:
    for row in meant:
        evidence = [*(row.position.evidence if row.position else ()), *(row.event.evidence if row.event else ())]
        evidence += [span for issue in row.issues for span in issue.evidence]
        evidence += [found.span for found in (*row.instruments, *row.conditions, *row.deadlines)]
        assert all(span.of(MEANING).strip() for span in evidence)
        assert row.position is None or row.position.evidence
