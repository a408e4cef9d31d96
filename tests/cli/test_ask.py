from __future__ import annotations

import csv
import io
import json
import re
import shlex
from dataclasses import fields, replace
from datetime import date

import pytest
from typer.testing import CliRunner

from onrecord.cli.main import app
from onrecord.record.record import Record
from onrecord.record.rows import AgendaRow, ContradictionRow, DeadlineRow, SpeakerRow, StatementRow, StatsRow
from onrecord.record.writer import Writer
from onrecord.types import Deadline
from tests.record.samples import article, copy_of, reading, said

runner = CliRunner()

NORWAY = {"role": "Foreign Minister of Norway", "country": "NOR", "counterparts": ("RUS",)}
WORDS = "the ferry to the northern islands will not sail before the ice has left the narrow strait this spring"


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    """Two copies with other words, a position, a deadline, and words that are after a terminal or a spreadsheet."""
    path = str(tmp_path_factory.mktemp("ask") / "record.db")
    with Writer(path) as writer:
        for publisher, words in (("Northern Wire", WORDS), ("Harbour Post", WORDS.replace("has left", "is gone from"))):
            writer.add(
                [reading(said("Marit Solvang", words, direct=True, **NORWAY), publisher=publisher, title=publisher)]
            )
        position = {"issues": ("trade",), "stance": "opposes", "commitment": "refuses", **NORWAY}
        later = (date(2026, 5, 1), date(2026, 5, 2))
        writer.add(
            [
                reading(
                    said("Marit Solvang", "steel must be sold by May", due=later, **position),
                    published=date(2026, 3, 4),
                    title="Steel | *sold*",
                ),
                reading(
                    said("=cmd()", "danger \x1b[31mred\x9b and ‮back", id="p:x"),
                    title="@Danger",
                    url="https://x.example",
                ),
            ]
        )
    return path


def ask(db, *arguments, status=0):
    result = runner.invoke(app, [arguments[0], "--db", db, *arguments[1:]])
    assert result.exit_code == status, result.output
    return result


def test_search_as_text(db):
    output = ask(db, "search", "ferries", "--country", "Norway").stdout
    assert "2026-03-03  Marit Solvang, Foreign Minister of Norway (NOR)" in output
    assert "“the ferry to the northern islands will not sail" in output
    assert 'direct, "said", about RUS, in Harbour Post, 2 articles' in output
    assert len(re.findall(r"^ +s[0-9a-f]{24}$", output, re.MULTILINE)) == 2
    assert "\x1b" not in output
    assert max(map(len, output.splitlines())) <= 80


def test_what_was_searched_for_is_marked_in_colour(db):
    output = ask(db, "search", "ferries", "--color", "always").stdout
    assert "\x1b[1;33mferry\x1b[0m" in output


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "csv", "md"])
@pytest.mark.parametrize(
    "question",
    [
        ["search"],
        ["search", "danger"],
        ["speakers"],
        ["agenda", "NOR", "RUS"],
        ["timeline"],
        ["deadlines", "--since", "2026"],
        ["stats"],
    ],
)
def test_every_answer_in_every_format(db, question, format):
    output = ask(db, *question, "--format", format).stdout
    assert output.endswith("\n")
    if format == "text":
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", output)
    if format == "json":
        found = json.loads(output)
        assert set(found) == {"rows", "next", "total"}
        assert found["rows"]


KINDS = [
    (["search"], StatementRow),
    (["timeline"], StatementRow),
    (["speakers"], SpeakerRow),
    (["agenda", "NOR", "RUS"], AgendaRow),
    (["deadlines", "--since", "2026"], DeadlineRow),
    (["stats"], StatsRow),
]


@pytest.mark.parametrize(("question", "kind"), KINDS)
def test_json_lines_and_csv_hold_every_field(db, question, kind):
    names = [field.name for field in fields(kind)]
    lines = ask(db, *question, "--format", "jsonl").stdout.splitlines()
    assert all(list(json.loads(line)) == names for line in lines)
    table = list(csv.reader(io.StringIO(ask(db, *question, "--format", "csv").stdout)))
    assert table[0] == [name for name in names if name != "highlights"]
    assert len(table) == len(lines) + 1


def test_json_gives_the_rows_that_python_gives(db):
    found = json.loads(ask(db, "search", "ferry", "--format", "json").stdout)
    with Record(db) as record:
        page = record.search("ferry")
    assert [row["id"] for row in found["rows"]] == [row.id for row in page.rows]
    assert found["rows"][0]["day"] == "2026-03-03"
    assert found["rows"][0]["highlights"] == [[5, 10]]
    assert (found["next"], found["total"]) == (None, 2)


def test_no_cell_is_a_formula(db):
    table = list(csv.DictReader(io.StringIO(ask(db, "search", "danger", "--format", "csv").stdout)))
    assert table[0]["speaker"] == "'=cmd()"
    assert table[0]["title"] == "'@Danger"


def test_markdown_is_one_table_with_nothing_loose(db):
    lines = ask(db, "search", "steel", "--format", "md").stdout.splitlines()
    assert lines[0].startswith("| day | speaker |")
    assert len(lines) == 3
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 9 for line in lines)


def test_the_next_page_is_printed_as_a_command(db):
    output = ask(db, "search", "--country", "NOR", "--limit", "1", "--", "-danger", "ferry").stdout
    assert "1 of 2; more:" in output
    command = output.splitlines()[-1]
    assert command.startswith("onrecord search --db")
    again = runner.invoke(app, shlex.split(command)[1:])
    assert again.exit_code == 0
    first, second = (re.findall(r"\bs[0-9a-f]{24}\b", text) for text in (output, again.stdout))
    assert len(first) == len(second) == 1 and first != second
    assert "more:" not in again.stdout


def test_programs_are_told_of_the_next_page_on_standard_error(db):
    result = ask(db, "search", "ferry", "--limit", "1", "--format", "jsonl")
    assert len(result.stdout.splitlines()) == 1
    assert "more: onrecord search --db" in result.stderr


def test_speakers(db):
    output = ask(db, "speakers", "Solvang M.").stdout
    assert "      3  Marit Solvang (NOR)" in output
    assert "Foreign Minister of Norway; in 3 articles, 2026-03-03 to 2026-03-04" in output
    assert "p:marit-solvang" in output


def test_agenda(db):
    output = ask(db, "agenda", "norway", "RUS").stdout
    assert "NOR about RUS" in output
    assert re.search(r"^  trade +1  2026-03-04  opposes, refuses$", output, re.MULTILINE)
    assert "Marit Solvang: that steel must be sold by May" in output


def test_timeline(db):
    lines = ask(db, "timeline", "--issue", "trade").stdout.splitlines()
    assert lines[:2] == ["2026-03-04", "    Marit Solvang, Foreign Minister of Norway (NOR): opposes, refuses"]


def test_deadlines(db):
    output = ask(db, "deadlines", "--on", "2026-04-01", "--until", "2027-01-01").stdout
    assert "2026-05-01  open: due" in output
    assert "passed: due" in ask(db, "deadlines", "--since", "2026-04", "--on", "2026-06-01").stdout
    empty = " ".join(ask(db, "deadlines", "--on", "2026-06-01").stdout.split())
    assert "nothing falls due in this period; 1 fell due before 2026-06-01, see --since" in empty


def test_how_it_came_to_be_due_in_plain_words(tmp_path):
    path = str(tmp_path / "record.db")
    made = reading(said("Marit Solvang", "the strait is to be reviewed", **NORWAY))
    only = made.statements[0]
    span = only.attribution.content[0]
    review = Deadline(span=span, what="review the strait", start=None, end=None, who="FIN", kind="promised")
    lease = Deadline(
        span=span, what="the lease", start=date(2026, 5, 1), end=date(2026, 6, 1), kind="expires", source="register"
    )
    with Writer(path) as writer:
        writer.add([replace(made, statements=(replace(only, deadlines=(replace(review, repeats="P2Y"), lease)),))])
    output = " ".join(ask(path, "deadlines", "--on", "2026-04-01").stdout.split())
    assert "2026-05-31 open: the lease runs out, from 2026-05-01, the day is the register's" in output
    assert "2028-03-03 open: review the strait promised by Finland, every 2 years, next on 2028-03-03" in output


@pytest.fixture(scope="module")
def turned(tmp_path_factory):
    """One speaker who denies what he said before."""
    path = str(tmp_path_factory.mktemp("turned") / "record.db")
    with Writer(path) as writer:
        for month, stance, commitment, words in (
            (1, "supports", "commits", "we will sell the steel"),
            (3, "opposes", "refuses", "we will never sell the steel"),
        ):
            facts = {"issues": ("trade",), "stance": stance, "commitment": commitment, **NORWAY}
            writer.add([reading(said("Marit Solvang", words, **facts), published=date(2026, month, 4), title=words)])
    return path


SENTENCE = "Marit Solvang said “will sell the steel” on 2026-01-04, and “will never sell the steel” on 2026-03-04."


def test_contradictions(turned):
    output = " ".join(ask(turned, "contradictions", "--speaker", "Solvang").stdout.split())
    assert output.startswith(SENTENCE)
    assert "2026-01-04 that we will sell the steel supports, commits s" in output
    empty = " ".join(ask(turned, "contradictions", "--until", "2026-02").stdout.split())
    assert "Nothing found: nobody speaks against his own earlier words" in empty
    assert "nobody called" in ask(turned, "contradictions", "--speaker", "Nobody").stdout


def test_contradictions_in_every_format(turned):
    names = [field.name for field in fields(ContradictionRow)]
    (row,) = json.loads(ask(turned, "contradictions", "--format", "json").stdout)["rows"]
    assert list(row) == names and row["sentence"] == SENTENCE
    assert json.loads(ask(turned, "contradictions", "--format", "jsonl").stdout) == row
    table = list(csv.reader(io.StringIO(ask(turned, "contradictions", "--format", "csv").stdout)))
    assert table[0] == names and len(table) == 2
    assert len(ask(turned, "contradictions", "--format", "md").stdout.splitlines()) == 3


def test_show_tells_of_earlier_words(turned):
    with Record(turned) as record:
        (row,) = record.contradictions().rows
    output = " ".join(ask(turned, "show", row.later_id).stdout.split())
    assert f"Against earlier words: {SENTENCE} {row.earlier_id}" in output
    assert "Against earlier words" not in ask(turned, "show", row.earlier_id).stdout
    found = json.loads(ask(turned, "show", row.later_id, "--format", "json").stdout)
    assert found["contradicts"]["earlier_id"] == row.earlier_id
    assert row.earlier_id in ask(turned, "show", row.later_id, "--format", "md").stdout


def test_show_a_statement_with_its_variants(db):
    with Record(db) as record:
        row = record.search("ferry").rows[0]
    output = ask(db, "show", row.id[:10]).stdout
    assert "document id " in output
    assert row.document_id in output
    assert re.search(r"\[-has left-\]|\[-is gone from-\]", " ".join(output.split()))
    assert re.search(r"\{\+is gone from\+\}|\{\+has left\+\}", " ".join(output.split()))
    coloured = ask(db, "show", row.id, "--color", "always").stdout
    assert "[-" not in re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    found = json.loads(ask(db, "show", row.id, "--format", "json").stdout)
    assert found["statement"]["id"] == row.id
    assert {piece["change"] for piece in found["variants"][0]["differences"]} == {"same", "added", "left out"}
    assert len(ask(db, "show", row.id, "--format", "csv").stdout.splitlines()) == 3
    assert "**" in ask(db, "show", row.id, "--format", "md").stdout


def test_show_a_document_with_its_marks(db):
    with Record(db) as record:
        row = record.search("steel").rows[0]
    output = ask(db, "show", row.document_id[:8]).stdout
    assert "<Marit Solvang>1 {said}1 [that steel must be sold by May]1" in output
    assert row.document_id in output
    found = json.loads(ask(db, "show", row.document_id, "--format", "jsonl").stdout)
    assert found["document"]["id"] == row.document_id
    assert found["statements"][0]["id"] == row.id


def test_show_a_document_found_at_two_places(db, tmp_path):
    path = str(tmp_path / "record.db")
    first = reading(said("Marit Solvang", WORDS))
    with Writer(path) as writer:
        writer.add([first, replace(first, document=replace(first.document, publisher="Harbour Post"))])
    output = ask(path, "show", first.document.id).stdout
    assert "found  Northern Wire, 2026-03-03, Report" in output
    assert "found  Harbour Post" in output
    assert "copy   " not in output


def test_show_a_document_with_a_copy(tmp_path):
    path = str(tmp_path / "record.db")
    with Writer(path) as writer:
        writer.add([article(1), copy_of(1)])
    output = " ".join(ask(path, "show", article(1).document.id).stdout.split())
    copy = copy_of(1).document
    assert f"copy {copy.publisher}, {copy.published}, {copy.title}" in output
    assert copy.id in output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["search", "zeppelin"], "nothing in this record meets the question"),
        (["search", "--speaker", "Nobody Known"], "nobody called 'Nobody Known' is on record"),
        (
            ["search", "--instrument", "NPT"],
            "no statement in this record has an instrument; if an older release read the articles",
        ),
        (["speakers", "Nobody"], "nobody called 'Nobody' is on record"),
        (["agenda", "USA", "CHN"], "neither side has spoken about the other on an issue"),
    ],
)
def test_nothing_found_says_why(db, arguments, reason):
    assert f"Nothing found: {reason}" in " ".join(ask(db, *arguments).stdout.split())
    for format in ("json", "jsonl", "csv", "md"):
        result = ask(db, *arguments, "--format", format)
        assert reason in result.stderr
        assert reason not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", "--issue", "weather"], "onrecord: unknown issue 'weather'; there are arms-control,"),
        (["search", "--country", "Norwegia"], "onrecord: unknown country or organisation 'Norwegia'; did you mean NOR"),
        (["timeline", "--since", "soon"], "onrecord: 'soon' is not a date such as"),
        (["show", "feedfacefeed"], "onrecord: no document or statement 'feedfacefeed' in this record"),
        (["search", "--after", "1.2"], "onrecord: '1.2' does not continue this question"),
    ],
)
def test_a_wrong_question_is_one_line_and_status_1(db, arguments, message):
    result = ask(db, *arguments, status=1)
    assert result.stderr.startswith(message)
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_wrong_usage_is_status_2(db):
    ask(db, "search", "--limit", "0", status=2)
    ask(db, "agenda", "RUS", status=2)


def test_no_record_is_one_line(tmp_path):
    result = ask(str(tmp_path / "none.db"), "stats", status=1)
    assert "there is no record here" in result.stderr


def test_the_environment_names_the_record(db, monkeypatch):
    monkeypatch.setenv("ONRECORD_DB", db)
    result = runner.invoke(app, ["stats", "--format", "json"])
    assert json.loads(result.stdout)["rows"][0]["documents"] == 4


def test_a_list_shows_of_a_long_turn_the_words_around_what_was_found(tmp_path):
    path = str(tmp_path / "record.db")
    turn = f"{'we spoke of ports and grain ' * 60}and then of the lighthouse {'and of railways again ' * 60}"
    with Writer(path) as writer:
        writer.add([reading(said("Marit Solvang", turn.strip(), direct=True, **NORWAY))])
    found = runner.invoke(app, ["search", "lighthouse", "--db", path]).output
    assert len(found) < 900
    assert re.search(r"\[\.\.\.\] .*lighthouse.* \[\.\.\.\]", " ".join(found.split()))
    ports = " ".join(runner.invoke(app, ["search", "ports", "--db", path]).output.split())
    assert "we spoke of ports and grain we spoke" in ports and "lighthouse" not in ports
    assert (
        len(json.loads(runner.invoke(app, ["search", "ports", "--db", path, "--format", "jsonl"]).output)["words"])
        > 2000
    )
