"""Writing: once and only once, whole or not at all, newest shown."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from onrecord.errors import QuestionError, SourceError
from onrecord.record.database import open_database
from onrecord.record.digest import digest, parts
from onrecord.record.restored import current
from onrecord.record.writer import Entry, Piece, Writer, Written
from onrecord.types import Flag, Reading, Span
from tests.record import postgres
from tests.record.samples import NEWER, RUN, article, copy_of, full, reading, said


def _ask(writer: Writer, sql: str) -> list[tuple[Any, ...]]:
    with writer.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def _entry(result: Any) -> Entry:
    return Entry(source="here", result=result)


def test_the_same_article_again_changes_nothing(database: str) -> None:
    with Writer(database) as writer:
        assert writer.add([article(1), article(2)]) == Written(added=2)
        with writer.engine.connect() as connection:
            before = digest(connection)
        assert writer.add([article(2), article(1)]) == Written(known=2)
        with writer.engine.connect() as connection:
            assert digest(connection) == before


def test_the_same_text_elsewhere_is_one_more_appearance(database: str) -> None:
    made = article(1)
    other = replace(made.document, publisher="Other Post", url="https://other.example/1")
    with Writer(database) as writer:
        writer.add([made, replace(made, document=other)])
        writer.write(None, "", 0, [_entry(other)])
        assert _ask(writer, "SELECT publisher, first FROM appearances ORDER BY key") == [
            (made.document.publisher, True),
            ("Other Post", False),
        ]
        assert _ask(writer, "SELECT count(*) FROM statements") == [(len(made.statements),)]


def test_known_are_the_documents_of_that_very_run(database: str) -> None:
    ids = [article(n).document.id for n in range(3)]
    with Writer(database) as writer:
        assert writer.known(ids, RUN) == set()
        writer.add([article(0), article(1), article(2, run=NEWER)])
        assert writer.known(ids, RUN) == set(ids[:2])
        assert writer.known(ids, NEWER) == {ids[2]}


def test_a_newer_run_is_shown_and_the_older_kept(database: str) -> None:
    old, new = full(), full(run=NEWER)
    with Writer(database) as writer:
        writer.add([old, new])
        assert _ask(writer, "SELECT current FROM readings ORDER BY run_key") == [(False,), (True,)]
        assert _ask(writer, "SELECT shown, count(*) FROM statements GROUP BY shown ORDER BY shown") == [
            (False, 2),
            (True, 2),
        ]


def test_an_older_run_that_comes_late_is_not_shown(database: str) -> None:
    with Writer(database) as writer:
        writer.add([article(1), article(2, run=NEWER), article(2)])
        rows = _ask(writer, "SELECT u.model, r.current FROM readings r JOIN runs u ON u.key = r.run_key ORDER BY r.key")
        assert rows == [("m1", True), ("m2", True), ("m1", False)]
        with writer.engine.connect() as connection:
            assert [found.run.model for found in current(connection)] == ["m1", "m2"]
        assert _ask(writer, "SELECT count(*) FROM statements WHERE shown") == [
            (len(article(1).statements) + len(article(2).statements),)
        ]


# --- intakes -------------------------------------------------------------------------------------------------------


def test_an_outcome_is_kept_of_every_result(database: str) -> None:
    with Writer(database) as writer:
        intake = writer.start_intake(["a.warc"], {"publisher": None})
        entries = [_entry(article(1)), _entry(SourceError("a.warc#2", "no text")), _entry(article(1).document)]
        assert writer.write(intake, "a.warc", 0, entries) == Written(added=1, known=1, failed=1)
        assert _ask(writer, "SELECT number, status, reason FROM outcomes ORDER BY number") == [
            (0, "added", None),
            (1, "failed", "no text"),
            (2, "known", None),
        ]


def test_a_batch_that_is_written_again_changes_nothing(database: str) -> None:
    with Writer(database) as writer:
        intake = writer.start_intake(["a"], {})
        first, second = [_entry(article(1)), _entry(SourceError("x", "no"))], [_entry(article(2))]
        writer.write(intake, "a", 0, first)
        assert writer.write(intake, "a", 0, [*first, *second]) == Written(added=1)
        assert _ask(writer, "SELECT status FROM outcomes ORDER BY number") == [("added",), ("failed",), ("added",)]


def test_an_intake_goes_on_where_it_stood(database: str) -> None:
    sources = ["b.txt", "caf\udce9.txt", "x" * 5000]
    with Writer(database) as writer:
        begun = writer.start_intake(sources, {"folder": "/here"})
        writer.write_pieces(
            begun,
            [
                Piece(place="b.txt", first_number=0, entries=[_entry(article(1)), _entry(article(2))]),
                Piece(place="caf\udce9.txt", first_number=0, entries=[_entry(article(3))], done=True),
            ],
        )
        writer.write(begun, "x" * 5000, 0, [_entry(article(4))])
        writer.finish_place(begun, "x" * 5000)
    with Writer(database) as writer:
        found = writer.resume_intake(sources)
        assert found is not None
        assert (found.id, found.sources, found.options) == (begun.id, tuple(sources), {"folder": "/here"})
        assert found.started == begun.started
        assert "caf\udce9.txt" in found.done and "b.txt" not in found.done
        assert found.counts["b.txt"] == 2
        assert writer.resume_intake(["other"]) is None
        assert writer.resume_intake() == found
        writer.finish_intake(found)
        assert writer.resume_intake() is None


def test_a_batch_is_whole_or_not_at_all(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Writer(database) as writer:
        intake = writer.start_intake(["a"], {})
        with writer.engine.connect() as connection:
            before = parts(connection)
        monkeypatch.setattr("onrecord.record.intaking.add_outcomes", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            writer.write(intake, "a", 0, [_entry(article(1)), _entry(article(2))])
        with writer.engine.connect() as connection:
            assert parts(connection) == before


@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b", ""])
def test_a_text_that_no_database_holds_is_a_failure(database: str, bad: str) -> None:
    made = replace(article(1), statements=(), document=replace(article(1).document, text=bad))
    with Writer(database) as writer:
        intake = writer.start_intake(["a"], {})
        assert writer.write(intake, "a", 0, [_entry(made)]) == Written(failed=1)


def test_unfit_characters_elsewhere_are_spelled_out(database: str) -> None:
    document = replace(
        article(1).document, title="a\0b", publisher="c\ud800d", url="https://e.example/" + "x" * 9000, path="f\udce9"
    )
    with Writer(database) as writer:
        intake = writer.start_intake(["a\0"], {"name": "\udce9"})
        entries = [_entry(replace(article(1), document=document)), _entry(SourceError("\udce9", "bad \0 byte"))]
        assert writer.write(intake, "p\0", 0, entries) == Written(added=1, failed=1)
        assert _ask(writer, "SELECT title, publisher, path FROM appearances") == [("a\\x00b", "c\\ud800d", "f\\udce9")]
        assert writer.resume_intake(["a\0"]) is not None


def test_one_article_that_cannot_be_written_does_not_stop_the_others(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_DEBUG", raising=False)
    made = article(1)
    broken = replace(made, flags=(Flag(kind="text-damage", span=Span(0, 1), message=None),))  # type: ignore[arg-type]
    with Writer(database) as writer:
        intake = writer.start_intake(["a"], {})
        assert writer.write(intake, "a", 0, [_entry(broken), _entry(article(2))]) == Written(added=1, failed=1)
        assert _ask(writer, "SELECT count(*) FROM documents") == [(1,)]
        ((reason,),) = _ask(writer, "SELECT reason FROM outcomes WHERE status = 'failed'")
        assert reason.startswith("could not be written: ")


def test_a_very_long_name_is_accepted(database: str) -> None:
    name = "Ann " + " ".join(f"Żółć{n}" for n in range(2000))
    with Writer(database) as writer:
        assert writer.add([reading(said(name, "we will sign", role="x " * 4000, id="p:" + "y" * 1500))]).added == 1


# --- judgements ----------------------------------------------------------------------------------------------------


def _shown(writer: Writer) -> list[str]:
    return [row[0] for row in _ask(writer, "SELECT id FROM current_statements ORDER BY start_char")]


def test_what_is_rejected_is_not_shown_and_can_be_accepted_again(database: str) -> None:
    made = full()
    first, second = (statement.id for statement in made)
    with Writer(database) as writer:
        writer.add([made])
        writer.judge(first, "reject", by="me", why="a heading")
        assert _shown(writer) == [second]
        writer.judge(first, "correct", by="you", field="stance", after="neutral")
        assert _shown(writer) == [first, second]
        assert _ask(writer, 'SELECT verdict, "by", before, after FROM judgements ORDER BY key') == [
            ("reject", "me", None, None),
            ("correct", "you", '"supports"', '"neutral"'),
        ]


@pytest.mark.parametrize(
    ("field", "before"),
    [
        ("category", "SUPPORT"),
        ("actor", "CHE"),
        ("recipient", "YEM"),
        ("counterparts", ["RUS", "USA"]),
        ("issues", ["arms-control", "trade"]),
        ("instruments", ["New START", "NPT"]),
        ("via", [{"name": "Radio Meridian", "type": "outlet"}]),
        ("conditions", [{"kind": "condition", "start_char": 51, "end_char": 75}]),
        ("something else", None),
    ],
)
def test_a_correction_keeps_what_was_read(database: str, field: str, before: object) -> None:
    made = full()
    with Writer(database) as writer:
        writer.add([made])
        writer.judge(made.statements[0].id, "correct", by="me", field=field, after="other")
        ((read,),) = _ask(writer, "SELECT before FROM judgements")
    found = json.loads(read) if read else None
    if field == "conditions":
        span = made.statements[0].conditions[0].span
        before = [{"kind": "condition", "start_char": span.start, "end_char": span.end}]
    assert found == before


def test_a_correction_of_what_falls_due(database: str) -> None:
    made = full()
    with Writer(database) as writer:
        writer.add([made])
        writer.judge(made.statements[0].id, "correct", by="me", field="deadlines", after=[])
        ((read, after),) = _ask(writer, "SELECT before, after FROM judgements")
    (due,) = json.loads(read)
    assert (due["what"], due["kind"], due["who"], due["due_from"], due["source"]) == (
        *("due", "scheduled", None, "2026-02-05", "text"),
    )
    assert after == "[]"


def test_judgements_survive_a_newer_run(database: str) -> None:
    made = full(run=NEWER)
    first, second = made.statements
    content = first.attribution.content[0]
    moved = replace(
        first,
        id="s-moved",
        attribution=replace(first.attribution, content=(Span(content.start + 5, content.end),)),
    )
    second = replace(second, parent="s-moved")
    with Writer(database) as writer:
        writer.add([full()])
        writer.judge(first.id, "reject", by="me")
        writer.judge(second.id, "accept", by="me")
        writer.add([replace(made, statements=(moved, second))])
        assert _shown(writer) == [second.id]
        rows = _ask(
            writer,
            "SELECT s.id, t.how FROM judgement_targets t JOIN statements s ON s.key = t.statement_key"
            " JOIN readings r ON r.key = s.reading_key WHERE r.current ORDER BY s.ordinal",
        )
        assert rows == [("s-moved", "overlap"), (second.id, "id")]


def test_a_judgement_of_something_else_does_not_spread(database: str) -> None:
    made = full(run=NEWER)
    far = replace(made.statements[1], id="s-far", parent=None)
    far = replace(far, attribution=replace(far.attribution, parent=None))
    with Writer(database) as writer:
        writer.add([full()])
        writer.judge(made.statements[0].id, "reject", by="me")
        writer.add([replace(made, statements=(far,))])
        assert _shown(writer) == ["s-far"]


@pytest.mark.parametrize(("statement", "verdict"), [("nobody", "accept"), (None, "maybe")])
def test_judgements_of_nothing_are_refused(database: str, statement: str | None, verdict: str) -> None:
    with Writer(database) as writer:
        writer.add([full()])
        with pytest.raises(QuestionError):
            writer.judge(statement or full().statements[0].id, verdict, by="me")


# --- digest --------------------------------------------------------------------------------------------------------


def _filled(where: str) -> str:
    with Writer(where) as writer:
        intake = writer.start_intake(["a"], {})
        results = [full(), article(1), SourceError("x", "no"), copy_of(1), article(2), full(run=NEWER)]
        writer.write(intake, "a", 0, [_entry(result) for result in results])
        writer.judge(full().statements[0].id, "reject", by="me")
        writer.finish_place(intake, "a")
        with writer.engine.connect() as connection:
            return digest(connection)


def test_the_digest_is_the_same_in_either_database(tmp_path: Any, postgres_server: postgres.Server) -> None:
    assert _filled(str(tmp_path / "one.db")) == _filled(postgres_server.database()) == _filled(str(tmp_path / "two.db"))


def test_the_digest_counts_copies_and_variants(database: str) -> None:
    with Writer(database) as writer:
        writer.add([article(1), copy_of(1), article(2)])
        with writer.engine.connect() as connection:
            found = parts(connection)
    assert found["stories"][0] == 2
    assert found["utterances"][0] > 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE statements SET stance = 'neutral' WHERE ordinal = 0",
        "UPDATE statements SET entity_key = NULL WHERE ordinal = 0",
        "DELETE FROM spans WHERE part = 'cue'",
        "UPDATE deadlines SET what = 'other'",
        "UPDATE documents SET story_key = NULL",
        "UPDATE readings SET current = NOT current",
        "UPDATE appearances SET title = 'other'",
        "UPDATE agenda_items SET issue = 'energy'",
        "UPDATE identities SET reason = 'other'",
    ],
)
def test_the_digest_sees_every_change(database: str, change: str) -> None:
    with Writer(database) as writer:
        writer.add([full()])
        with writer.engine.connect() as connection:
            before = digest(connection)
        with writer.engine.begin() as connection:
            connection.exec_driver_sql(change)
        with writer.engine.connect() as connection:
            assert digest(connection) != before


# --- two writers, and a server that goes away ----------------------------------------------------------------------


def test_two_writers_at_once_lose_and_double_nothing(database: str) -> None:
    made = [article(n) for n in range(24)]

    def work(mine: list[Reading]) -> None:
        with Writer(database) as writer:
            intake = writer.start_intake(["a"], {})
            for at in range(0, len(mine), 4):
                writer.write(intake, "a", at, [_entry(one) for one in mine[at : at + 4]])

    threads = [threading.Thread(target=work, args=(mine,)) for mine in (made[:16], made[8:])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Writer(database) as writer:
        assert _ask(writer, "SELECT count(*) FROM documents") == [(24,)]
        assert _ask(writer, "SELECT count(*) FROM statements") == [(sum(len(one.statements) for one in made),)]
        assert dict(_ask(writer, "SELECT status, count(*) FROM outcomes GROUP BY status")) == {"added": 24, "known": 8}


def test_a_server_that_is_restarted_is_waited_for(postgres_server: postgres.Server) -> None:
    server = postgres_server
    with Writer(server.database()) as writer:
        writer.add([article(0)])
        thread = threading.Thread(target=server.restart, kwargs={"away": 0.5})
        thread.start()
        time.sleep(0.2)
        assert writer.add([article(1), article(2)]).failed == 0
        thread.join()
        assert _ask(writer, "SELECT count(*) FROM documents") == [(3,)]
        server.restart()
        writer.add([article(3)])
        engine = open_database(writer.engine.url.render_as_string())
        with engine.connect() as connection:
            assert list(current(connection)) == [article(n) for n in range(4)]
        engine.dispose()
