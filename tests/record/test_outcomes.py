"""What failed stays listed until it is mended, once, with its newest reason."""

from __future__ import annotations

from onrecord.errors import SourceError
from onrecord.intake import document_from_text
from onrecord.record.database import open_database
from onrecord.record.outcomes import count_failures, failures, size, totals
from onrecord.record.writer import Entry, Writer
from tests.fake_engine import reading

FEED, ARTICLE = "https://news.example/feed", "https://news.example/a"


def failing(source: str, reason: str = "timed out") -> Entry:
    return Entry(source=source, result=SourceError(source, reason))


def read(source: str) -> Entry:
    text = f"The minister said that {source} would be kept. She has said so twice this week."
    return Entry(source=source, result=reading(document_from_text(text, path=source)))


def write(database: str, place: str, *entries: Entry, done: bool = True) -> str:
    """One intake of one place; its id."""
    with Writer(database) as writer:
        intake = writer.start_intake([place], {})
        writer.write(intake, place, 0, entries)
        if done:
            writer.finish_place(intake, place)
            writer.finish_intake(intake)
    return intake.id


def listed(database: str, intake: str | None = None) -> list[tuple[str, str]]:
    with open_database(database).connect() as connection:
        rows = [(row.source, row.reason) for row in failures(connection, intake_id=intake)]
        assert count_failures(connection, intake_id=intake) == len(rows)
    return rows


def test_an_entry_that_left_its_feed_is_still_missing(database: str) -> None:
    first = write(database, FEED, failing(ARTICLE), read("other"))
    write(database, FEED, read("third"))
    assert listed(database) == listed(database, first) == [(ARTICLE, "timed out")]
    write(database, ARTICLE, read(ARTICLE))
    assert listed(database) == []


def test_a_feed_that_answers_again_is_mended(database: str) -> None:
    write(database, FEED, failing(FEED))
    write(database, FEED, read("a"))
    assert listed(database) == []


def test_what_fails_again_is_listed_once(database: str) -> None:
    write(database, FEED, failing(ARTICLE, "timed out"))
    second = write(database, FEED, failing(ARTICLE, "not found (404)"))
    assert listed(database) == listed(database, second) == [(ARTICLE, "not found (404)")]


def test_a_line_is_mended_by_reading_its_file_to_the_end(database: str) -> None:
    write(database, "lines.jsonl", failing("lines.jsonl:7", "is not JSON"))
    write(database, "lines.jsonl", read("lines.jsonl#1"), done=False)
    assert listed(database) == [("lines.jsonl:7", "is not JSON")]
    write(database, "lines.jsonl", read("lines.jsonl#1"))
    assert listed(database) == []


def test_totals_and_size(database: str) -> None:
    write(database, "x", read("a"))
    intake = write(database, "lines.jsonl", read("a"), read("b"), failing("lines.jsonl:3"))
    with open_database(database).connect() as connection:
        found = totals(connection, intake)
        assert (found.added, found.known, found.failed, found.statements) == (1, 1, 1, 1)
        assert size(connection) == (2, 2)
