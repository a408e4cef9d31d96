"""`onrecord add` as a user runs it, in its own process, with a fake network behind it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from onrecord.cli import add as cli_add
from onrecord.cli import progress
from onrecord.cli.main import app
from onrecord.errors import SourceError
from onrecord.settings import Settings
from tests.fake_engine import read

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def onrecord(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Run:
    """The command, run here, in the folder: starting a process for each would take most of the time."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(cli_add, "engine", read)
    return lambda *arguments, **more: CliRunner().invoke(app, ["add", *arguments], terminal_width=300, **more)


def alone(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command in its own process."""
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, cwd=cwd, env=environment(), timeout=60, check=False
    )


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.cli.fake_add", "add", *arguments]


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm"}


def article(about: str) -> str:
    return f"The minister said that the {about} would be kept. It was the second time this week that she said so.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(article(name))
    time.sleep(0.02)
    return tmp_path


def test_what_it_came_to_is_one_line(onrecord: Run, folder: Path) -> None:
    done = onrecord("a.txt", "b.txt")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "added 2 articles (2 statements), 0 known already, 0 failed; record onrecord.db has 2 articles, 2 statements\n"
    )
    again = onrecord("b.txt")
    assert again.stdout == (
        "added 0 articles (0 statements), 1 known already, 0 failed; record onrecord.db has 2 articles, 2 statements\n"
    )


def test_failures_are_reported_at_the_end_and_listed_later(onrecord: Run, folder: Path) -> None:
    (folder / "c.txt").write_text(article("REFUSE"))
    done = onrecord("none.txt", "a.txt", "c.txt")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "onrecord: none.txt: no such file",
        "onrecord: c.txt: could not be read: refused",
    ]
    assert "added 1 article (1 statement), 0 known already, 2 failed" in done.stdout
    (folder / "none.txt").write_text(article("late text"))
    assert onrecord("none.txt").exit_code == 0
    listed = onrecord("--failed", "--format", "jsonl")
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [(row["source"], row["reason"]) for row in rows] == [("c.txt", "could not be read: refused")]
    assert json.loads(onrecord("--failed", "-f", "json").stdout)["rows"] == rows
    assert onrecord("--failed", "-f", "csv").stdout.startswith('"source","reason","at","intake"\n"c.txt","could not')
    assert "| c.txt | could not be read: refused |" in onrecord("--failed", "-f", "md").stdout
    plain = onrecord("--failed")
    assert plain.exit_code == 0
    assert "c.txt" in plain.stdout and "refused" in plain.stdout


def test_the_record_is_named_by_flag_or_environment(onrecord: Run, folder: Path) -> None:
    assert "record mine.db" in onrecord("a.txt", "--db", "mine.db").stdout
    assert "record theirs.db" in onrecord("a.txt", env={"ONRECORD_DB": "theirs.db"}).stdout
    assert not (folder / "onrecord.db").exists()


@pytest.mark.parametrize(("word", "status"), [("INTERRUPT", 130), ("TERMINATE", 143)])
def test_stopped_it_says_how_to_go_on_and_does(folder: Path, word: str, status: int) -> None:
    (folder / "c.txt").write_text(article(word))
    time.sleep(0.02)
    done = alone("a.txt", "c.txt", "b.txt", "--workers", "1", cwd=folder)
    assert done.returncode == status
    assert done.stderr == "onrecord: stopped; what was added is kept: 'onrecord add --resume' goes on\n"
    (folder / "c.txt").write_text(article("c"))
    resumed = alone("--resume", cwd=folder)
    assert (resumed.returncode, resumed.stderr) == (0, "")
    assert "added 3 articles (3 statements)" in resumed.stdout


def test_interrupted_while_it_waits_for_standard_input(folder: Path) -> None:
    process = subprocess.Popen(
        command("-"),
        cwd=folder,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    deadline = time.monotonic() + 30
    while not begun(folder / "onrecord.db") and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.decode() == (
        "onrecord: stopped; what was added is kept:"
        " pipe it in again to go on: what is on record by now is not read again\n"
    )


def begun(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("SELECT count(*) FROM intakes").fetchone()[0])
    except sqlite3.Error:
        return False


def test_standard_input_is_added(onrecord: Run, folder: Path) -> None:
    done = onrecord("-", input=article("piped text"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert "added 1 article" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "which sources? Name files, folders or addresses, or give --resume"),
        (["a", "--failed"], "--failed lists what failed"),
        (["--resume", "--failed"], "--failed lists what failed"),
        (["a", "--format", "jsonl"], "--format goes with --failed"),
        (["a", "--published", "3.4.26"], "'3.4.26' is not a date such as 2026-03-04"),
        (["a", "--workers", "0"], "--workers"),
        (["a", "--column", "body"], "'body' is not FIELD=NAME"),
        (["a", "--column", "body=text"], "'body=text' is not FIELD=NAME"),
    ],
)
def test_wrong_usage_is_status_2_and_says_what_is_wrong(arguments: list[str], says: str) -> None:
    done = CliRunner().invoke(app, ["add", *arguments], terminal_width=300)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in " ".join(done.stderr.replace("│", " ").split())


def test_nothing_to_resume_is_one_line(onrecord: Run, folder: Path) -> None:
    onrecord("a.txt")
    done = onrecord("--resume")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "onrecord: onrecord.db: there is no unfinished intake to resume\n"


@pytest.mark.parametrize("arguments", [["--failed"], ["--resume"]])
def test_a_record_that_is_not_there_is_not_made(onrecord: Run, folder: Path, arguments: list[str]) -> None:
    done = onrecord(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "there is no record here" in done.stderr
    assert not (folder / "onrecord.db").exists()


def test_columns_of_a_table_are_mapped(onrecord: Run, folder: Path) -> None:
    (folder / "t.csv").write_text(f'Body,Outlet\n"{article("table").strip()}",Harbour Wire\n')
    done = onrecord("t.csv", "--column", "text=Body", "--column", "publisher=Outlet")
    assert (done.exit_code, done.stderr) == (0, "")


def watch(monkeypatch: pytest.MonkeyPatch, folder: Path, *, terminal: bool, off: bool = False) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    shown = progress.Watch(off=off)
    shown.begin([str(folder)], Settings())
    time.sleep(0.2)
    shown.result(object())
    shown.result(SourceError("x", "is empty"))
    time.sleep(0.25)
    shown.through(str(folder / "a.txt"), skipped=False)
    with open(folder / "b.txt", "rb") as stream:
        shown.opened(str(folder / "b.txt"), stream)
        stream.read()
        time.sleep(0.25)
        shown.result(object())
    shown.end()


def test_progress_in_a_log_is_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    watch(monkeypatch, folder, terminal=False)
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].startswith("onrecord: 2 articles, ")
    assert lines[-1].endswith(" a second, 1 failed, 0 s left")
    assert "\x1b" not in "".join(lines)


def test_progress_on_a_terminal_is_one_line_that_is_cleared(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    watch(monkeypatch, folder, terminal=True)
    shown = capsys.readouterr().err
    assert "2 articles, " in shown and "0 s left" in shown
    assert "\n" not in shown
    assert shown.endswith("\r\x1b[K")


def test_quiet_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    watch(monkeypatch, folder, terminal=True, off=True)
    assert capsys.readouterr().err == ""
