"""From sources to a record: nothing lost, nothing read twice, stopped and resumed."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from onrecord import adding
from onrecord.adding import Added, add
from onrecord.errors import RecordError
from onrecord.record import tables
from onrecord.record.database import open_database
from onrecord.record.digest import digest, parts
from onrecord.record.outcomes import failures
from onrecord.settings import Settings
from tests.fake_engine import counted, read

pytestmark = pytest.mark.usefixtures("small_batches")


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "BATCH", 3)


@pytest.fixture
def texts(tmp_path: Path) -> list[str]:
    """A folder of five texts, a JSON Lines file of eight lines of which one is none, and a file that is not there."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(article(f"text {number}"))
    lines = [json.dumps({"text": article(f"line {number}"), "id": f"n{number}"}) for number in range(7)]
    lines.insert(3, "{")
    (tmp_path / "lines.jsonl").write_text("\n".join(lines) + "\n")
    time.sleep(0.02)  # clocks of file systems are coarse, and what is younger than the intake counts as changed
    return [str(folder), str(tmp_path / "lines.jsonl"), str(tmp_path / "none.txt")]


def article(about: str) -> str:
    return f"The minister said that the {about} would be kept. It was the second time this week that she said so.\n"


class Stop(Exception):
    """Stands for whatever ends an intake."""


class Stopping:
    """Progress that ends the intake at the `at`th result."""

    def __init__(self, at: int) -> None:
        self.left = at

    def begin(self, sources: object, settings: object) -> None:
        pass

    def opened(self, place: str, stream: object) -> None:
        pass

    def result(self, result: object) -> None:
        self.left -= 1
        if self.left == 0:
            raise Stop

    def through(self, place: str, *, skipped: bool) -> None:
        pass


def count(database: str, table: str) -> int:
    with open_database(database).connect() as connection:
        return connection.scalar(select(func.count()).select_from(tables.metadata.tables[table])) or 0


def digest_of(database: str) -> str:
    with open_database(database).connect() as connection:
        return digest(connection)


def contents(database: str) -> dict[str, tuple[int, str]]:
    """What the digest is made of, without the intakes themselves."""
    with open_database(database).connect() as connection:
        return {name: part for name, part in parts(connection).items() if name not in ("outcomes", "places")}


def failed(database: str) -> list[tuple[str, str]]:
    with open_database(database).connect() as connection:
        return [(Path(row.source).name, row.reason) for row in failures(connection)]


def numbers(added: Added) -> tuple[int, int, int, int]:
    return added.added, added.known, added.failed, added.statements


def test_everything_is_added_and_what_failed_is_on_record(database: str, texts: list[str]) -> None:
    added = add(texts, database=database, engine=read)
    assert numbers(added) == (12, 0, 2, 12)
    assert count(database, "documents") == 12
    assert [source for source, _ in failed(database)] == ["lines.jsonl:4", "none.txt"]


def test_adding_again_reads_nothing_and_changes_nothing(database: str, texts: list[str]) -> None:
    add(texts, database=database, engine=read)
    before, seen = contents(database), list[str]()
    added = add(texts, database=database, engine=counted(seen))
    assert numbers(added) == (0, 12, 2, 0)
    assert seen == []
    assert contents(database) == before


def test_a_text_in_two_sources_is_read_once_and_found_in_both(database: str, tmp_path: Path, texts: list[str]) -> None:
    add(texts[:1], database=database, engine=read)
    (tmp_path / "again.txt").write_text(article("text 0"))
    seen: list[str] = []
    added = add([str(tmp_path / "again.txt")], database=database, engine=counted(seen))
    assert (numbers(added), seen) == ((0, 1, 0, 0), [])
    assert count(database, "appearances") == 6


def test_other_settings_are_another_run(database: str, texts: list[str]) -> None:
    add(texts[:1], database=database, engine=read)
    seen: list[str] = []
    add(texts[:1], database=database, settings=Settings(published=date(2026, 3, 4)), engine=counted(seen))
    assert len(seen) == 5


@pytest.mark.parametrize("at", [1, 3, 4, 6, 9, 14])
def test_stopped_anywhere_it_goes_on_where_it_stood(tmp_path: Path, texts: list[str], at: int) -> None:
    whole, stopped = str(tmp_path / "whole.db"), str(tmp_path / "stopped.db")
    add(texts, database=whole, engine=read)
    with pytest.raises(Stop):
        add(texts, database=stopped, engine=read, progress=Stopping(at))
    committed, seen = count(stopped, "outcomes"), list[str]()
    assert committed >= at - 1 - 3
    added = add(database=stopped, resume=True, engine=counted(seen))
    assert numbers(added) == (12, 0, 2, 12)
    assert count(stopped, "outcomes") == 14
    assert len(seen) <= 14 - committed
    assert digest_of(stopped) == digest_of(whole)


def test_stopped_and_resumed_in_both_databases(database: str, texts: list[str]) -> None:
    for at in (4, 3, 3):
        with pytest.raises(Stop):
            add(texts, database=database, engine=read, progress=Stopping(at), resume=at == 3)
    assert numbers(add(texts, database=database, engine=read, resume=True)) == (12, 0, 2, 12)
    with pytest.raises(RecordError, match="no unfinished intake of these sources to resume"):
        add(texts, database=database, engine=read, resume=True)
    with pytest.raises(RecordError, match="no unfinished intake to resume"):
        add(database=database, engine=read, resume=True)


def test_processes_read_as_one_does_and_survive_a_crash(tmp_path: Path, texts: list[str]) -> None:
    (tmp_path / "texts" / "crash.txt").write_text(article("CRASH"))
    database = str(tmp_path / "several.db")
    added = add(texts, database=database, settings=Settings(workers=2), engine=read)
    assert numbers(added) == (12, 0, 3, 12)
    assert failed(database)[0] == (
        "crash.txt",
        "could not be read: the process reading it died (out of memory?)",
    )


def test_a_source_that_is_mended_is_no_failure_any_more(tmp_path: Path, database: str, texts: list[str]) -> None:
    add(texts, database=database, engine=read)
    (tmp_path / "none.txt").write_text(article("late text"))
    add(texts, database=database, engine=read)
    assert [source for source, _ in failed(database)] == ["lines.jsonl:4"]
    lines = (tmp_path / "lines.jsonl").read_text().splitlines()
    (tmp_path / "lines.jsonl").write_text("\n".join(line for line in lines if line != "{"))
    add(texts[1:2], database=database, engine=read)
    assert failed(database) == []


def test_a_file_changed_while_stopped_is_read_from_its_start(tmp_path: Path, texts: list[str]) -> None:
    database = str(tmp_path / "changed.db")
    with pytest.raises(Stop):
        add(texts[1:2], database=database, engine=read, progress=Stopping(7))
    lines = (tmp_path / "lines.jsonl").read_text().splitlines()
    new = json.dumps({"text": article("line put first")})
    (tmp_path / "lines.jsonl").write_text("\n".join([new, *lines]))
    added = add(database=database, resume=True, engine=read)
    assert added.added == 8
    assert [source for source, _ in failed(database)] == ["lines.jsonl:4", "lines.jsonl:5"]
    assert count(database, "documents") == 8


def test_standard_input_is_read_but_not_resumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = str(tmp_path / "stdin.db")
    lines = "\n".join(json.dumps({"text": article(f"line {number}")}) for number in range(5)).encode()
    _stdin(monkeypatch, lines)
    with pytest.raises(Stop):
        add(["-"], database=database, engine=read, progress=Stopping(5))
    _stdin(monkeypatch, lines)
    assert numbers(add(database=database, resume=True, engine=read)) == (3, 0, 1, 3)
    assert failed(database)[0][0] == "-"
    _stdin(monkeypatch, lines)
    assert numbers(add(["-"], database=database, engine=read)) == (2, 3, 0, 2)
    assert failed(database) == []


def _stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_what_is_there_is_committed_while_a_stream_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "BATCH_SECONDS", 0.1)
    monkeypatch.setattr(adding, "BATCH", 1000)
    database = str(tmp_path / "slow.db")
    seen_meanwhile: list[int] = []

    def slow(*_: object, **__: object) -> Iterator[object]:
        yield from documents[:2]
        end = time.monotonic() + 10
        while not seen_meanwhile and time.monotonic() < end:
            time.sleep(0.05)
            seen_meanwhile.extend([2] if count(database, "documents") == 2 else [])
        yield documents[2]

    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text(article(path.name))
    documents = list(adding.intake.documents([str(path) for path in paths], settings=Settings()))
    monkeypatch.setattr(adding.intake, "read_place", slow)
    assert add([str(paths[0])], database=database, engine=read).added == 3
    assert seen_meanwhile == [2]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Settings(published=date(2026, 3, 5)), "was begun with published 2026-03-04, not 2026-03-05"),
        (Settings(), ""),
        (Settings(published=date(2026, 3, 4), workers=2), ""),
    ],
)
def test_an_intake_goes_on_with_the_settings_it_was_begun_with(
    tmp_path: Path, texts: list[str], change: Settings, says: str
) -> None:
    database, begun = str(tmp_path / "settings.db"), Settings(published=date(2026, 3, 4))
    with pytest.raises(Stop):
        add(texts, database=database, settings=begun, engine=read, progress=Stopping(6))
    if says:
        with pytest.raises(RecordError, match=says):
            add(database=database, settings=change, engine=read, resume=True)
        return
    add(database=database, settings=change, engine=read, resume=True)
    whole = str(tmp_path / "whole.db")
    add(texts, database=whole, settings=replace(begun, workers=1), engine=read)
    with open_database(database).connect() as connection:
        assert len(connection.execute(select(tables.runs)).all()) == 1


def test_relative_sources_are_resumed_in_their_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(article("a"))
    (tmp_path / "b.txt").write_text(article("b"))
    database = str(tmp_path / "r.db")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Stop):
        add(["a.txt", "b.txt"], database=database, engine=read, progress=Stopping(1))
    monkeypatch.chdir("/")
    with pytest.raises(RecordError, match=f"was begun in the folder {tmp_path}: resume it there"):
        add(database=database, engine=read, resume=True)
    monkeypatch.chdir(tmp_path)
    assert add(database=database, engine=read, resume=True).added == 2


def test_names_of_any_bytes_can_be_told_apart(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "names")
    os.mkdir(folder)
    for name in (b"\xfe.txt", b"\xff.txt"):
        with open(folder + b"/" + name, "w") as stream:
            stream.write(article(repr(name)))
    assert add([str(tmp_path / "names")], database=str(tmp_path / "n.db"), engine=read).added == 2
    assert count(str(tmp_path / "n.db"), "places") == 2


def test_a_file_that_is_gone_when_resumed_has_failed(tmp_path: Path, texts: list[str]) -> None:
    database = str(tmp_path / "gone.db")
    with pytest.raises(Stop):
        add(texts[1:2], database=database, engine=read, progress=Stopping(7))
    (tmp_path / "lines.jsonl").unlink()
    add(database=database, resume=True, engine=read)
    assert ("lines.jsonl", "no such file") in failed(database)


def test_places_with_very_long_names_are_not_read_twice(tmp_path: Path, texts: list[str]) -> None:
    folder = tmp_path
    for _ in range(4):
        folder = folder / ("n" * 200)
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(article("far away"))
    database, seen = str(tmp_path / "long.db"), list[str]()
    time.sleep(0.02)
    with pytest.raises(Stop):
        add([str(folder / "a.txt"), *texts], database=database, engine=read, progress=Stopping(9))
    add(database=database, resume=True, engine=counted(seen))
    assert not any("far away" in text for text in seen)
    assert count(database, "documents") == 13
