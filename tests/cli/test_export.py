"""`onrecord export` over a real record in a file."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import icalendar
import networkx
import pytest
from typer.testing import CliRunner

from onrecord.cli.export import Job, run
from onrecord.cli.main import app
from onrecord.export import to_dict
from onrecord.record.record import Record
from onrecord.record.writer import Writer
from tests.export.filed_samples import full_reading
from tests.export.samples import empty


@pytest.fixture(scope="module")
def record(tmp_path_factory) -> str:
    """Two articles, one of them without a statement."""
    where = tmp_path_factory.mktemp("record") / "a.db"
    with Writer(where) as writer:
        writer.add([full_reading(), empty()])
    return str(where)


def export(record: str, *arguments: str):
    return CliRunner().invoke(app, ["export", *arguments, "--db", record])


def test_jsonl_is_what_read_wrote(record, tmp_path):
    done = export(record, "-o", str(tmp_path / "out.jsonl"))
    assert (done.exit_code, done.stderr) == (0, "")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [to_dict(full_reading()), to_dict(empty())]


def test_jsonl_with_a_filter_has_the_documents_of_what_was_found(record):
    done = export(record, "ships", "-f", "jsonl", "--with-text")
    (line,) = map(json.loads, done.stdout.splitlines())
    assert [statement["id"] for statement in line["statements"]] == ["s3", "s4"]
    assert line["document"]["text"] == full_reading().document.text


def test_rows_as_jsonl_and_csv(record):
    rows = [json.loads(line) for line in export(record, "-f", "jsonl", "--rows").stdout.splitlines()]
    table = list(csv.DictReader(export(record, "-f", "csv").stdout.splitlines()))
    assert sorted(row["id"] for row in rows) == ["s1", "s2", "s3", "s4", "s5"]
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert [row["speaker"] or None for row in table] == [row["speaker"] for row in rows]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (["--speaker", "Anna Kolm"], ["s1", "s2", "s4"]),
        (["--country", "EST", "--kind", "direct"], ["s2"]),
        (["--counterpart", "RUS"], ["s1"]),
        (["--issue", "transport"], ["s1"]),
        (["--instrument", "Harbour Accord"], ["s1"]),
        (["--stance", "opposes"], ["s1"]),
        (["--commitment", "refuses"], ["s1"]),
        (["--kind", "direct", "--kind", "mixed"], ["s1", "s2", "s5"]),
        (["--until", "2026-03-02"], ["s1"]),
        (["--since", "2026-03-03", "--publisher", "Nordic Wire"], ["s2", "s3", "s4", "s5"]),
        (["ships"], ["s3", "s4"]),
    ],
)
def test_the_filters_of_a_search(record, filters, ids):
    done = export(record, *filters, "-f", "csv")
    assert sorted(row["id"] for row in csv.DictReader(done.stdout.splitlines())) == ids


def test_parquet(record, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    assert export(record, "-o", str(tmp_path / "out.parquet")).exit_code == 0
    assert sorted(parquet.read_table(tmp_path / "out.parquet").column("id").to_pylist()) == [
        "s1",
        "s2",
        "s3",
        "s4",
        "s5",
    ]


@pytest.mark.parametrize(
    ("filters", "due"),
    [
        ([], 1),
        (["--speaker", "Anna Kolm"], 1),
        (["--kind", "direct"], 0),
        (["--since", "2026-12-31"], 1),
        (["--since", "2027"], 0),
        (["--until", "2026-12-30", "--country", "EST"], 0),
        (["--until", "2026", "--country", "EST"], 1),
    ],
)
def test_the_period_of_a_calendar_is_that_in_which_things_fall_due(record, filters, due):
    done = export(record, *filters, "-f", "ics")
    events = icalendar.Calendar.from_ical(done.stdout).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["the toll stays off"] * due


def test_both_ways_to_a_deadline_give_the_same_event(record):
    def event(*filters: str) -> bytes:
        done = export(record, *filters, "-f", "ics")
        return icalendar.Calendar.from_ical(done.stdout).walk("VEVENT")[0].to_ical()

    assert event() == event("--speaker", "Anna Kolm")


@pytest.mark.parametrize("format", ["jsonld", "webannotation"])
def test_linked_formats_name_speakers_across_articles(record, format):
    done = export(record, "--stance", "opposes", "-f", format)
    (entity,) = {row.entity for row in Record(record).statements() if row.id == "s1"}
    found = json.loads(done.stdout)
    assert json.dumps(found).count(f'"urn:onrecord:speaker:{entity}"') == 1
    assert "urn:onrecord:document:d0" not in done.stdout


def test_networks(record):
    graph = networkx.parse_graphml(export(record, "-f", "graphml", "--actors", "country").stdout)
    assert graph.get_edge_data("actor.EST", "issue.transport")["agreement"] is False
    assert export(record, "-f", "edges").stdout.splitlines()[1].startswith('"Anna Kolm",')
    assert '"person";"organization"' in export(record, "-f", "edges", "--rows").stdout


def test_an_empty_network_says_why(record):
    for extra in ([], ["--rows"]):
        done = export(record, "ships", "-f", "edges", *extra)
        assert done.exit_code == 0 and done.stdout.count("\n") == 1
        assert done.stderr.startswith("onrecord: the ") and "issue" in done.stderr


@pytest.mark.parametrize("format", ["jsonl", "csv", "ics", "jsonld", "webannotation"])
def test_an_empty_file_is_valid_and_one_line_says_why(record, format):
    done = export(record, "zeppelin", "-f", format)
    assert done.exit_code == 0 and len(done.stderr.splitlines()) == 1 and "\n" not in done.stderr.strip()
    if format == "ics":
        assert icalendar.Calendar.from_ical(done.stdout).walk("VEVENT") == []
    elif format in ("jsonld", "webannotation"):
        assert json.loads(done.stdout)["@context"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["-o", "out.doc"],
        ["-f", "csv", "--rows"],
        ["-f", "csv", "--with-text"],
        ["-f", "jsonl", "--rows", "--with-text"],
        ["-f", "csv", "--neutral"],
        ["-f", "edges", "--rows", "--actors", "country"],
        ["-f", "csv", "-o", "."],
        ["-f", "csv", "-o", "nowhere/out.csv"],
    ],
)
def test_wrong_usage_is_told_before_any_work(record, arguments):
    assert export(record, *arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [["--since", "soon"], ["--kind", "loud"], ["--issue", "nothing-such"]])
def test_what_the_record_does_not_know_is_one_line(record, arguments):
    done = export(record, "-f", "csv", *arguments)
    assert done.exit_code != 0 and done.stdout == "" and len(done.stderr.strip().splitlines()) >= 1


def test_no_record_is_one_line_and_no_file(tmp_path):
    done = export(str(tmp_path / "none.db"), "-o", str(tmp_path / "out.csv"))
    assert done.exit_code == 1 and len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", ["csv", "parquet", "jsonld", "graphml"])
def test_a_failure_leaves_the_old_file(record, tmp_path, format):
    target: Path = tmp_path / "out"
    target.write_bytes(b"old")

    class Failing(Record):
        def statements(self, filters=None):
            yield next(super().statements(filters))
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        run(Job(format=format, output=target), opener=lambda _: Failing(record))
    assert target.read_bytes() == b"old" and list(tmp_path.iterdir()) == [target]


def test_the_same_record_gives_the_same_bytes(record):
    for format in ("jsonl", "csv", "ics", "jsonld", "webannotation", "graphml", "edges"):
        assert export(record, "-f", format).stdout_bytes == export(record, "-f", format).stdout_bytes


def test_a_newer_run_is_exported_once(tmp_path):
    where = str(tmp_path / "a.db")
    older = full_reading()
    newer = replace(older, run=replace(older.run, model="m2"), statements=older.statements[:2])
    with Writer(where) as writer:
        writer.add([older, newer])
    found = json.loads(export(where, "-f", "webannotation").stdout)
    assert [item["id"][-2:] for item in found["first"]["items"]] == ["s1", "s2"]
