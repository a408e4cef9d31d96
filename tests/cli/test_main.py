"""The command as a user runs it, in its own process, with the fake reader behind it."""

from __future__ import annotations

import csv
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord import __version__
from onrecord.cli.main import app

ROOT = Path(__file__).resolve().parents[2]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.cli.fake", *arguments]


def environment(**changes: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm", **changes}


def onrecord(*arguments: str, cwd: Path = ROOT, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment(**changes),
        timeout=60,
        check=False,
    )


def test_statements_stand_under_their_speakers():
    done = onrecord("read", "a.txt")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:2] == ["Minister rejects toll", "a.txt, Nordic Wire"]
    assert "Anna Kolm, Minister of Transport of Estonia (EST)" in lines
    assert "  1: 2026-03-02, interview, Tartu, via Radio Nord" in lines
    assert '  1  opposes, refuses           told ... that the toll "will not return" this' in lines
    assert "  - 3.4.2026 can be 3 April or 4 March 2026." in lines
    assert "2026-04-03" not in done.stdout
    assert "\x1b" not in done.stdout


def test_every_detail_is_shown_on_demand():
    done = onrecord("read", "a.txt", "--show", "details")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert '     position     opposes, refuses ("will not return"), 0.50' in lines
    assert '  2026-04-03  "3.4.2026", or 2026-03-04' in lines
    assert "  ambiguous-date: 3.4.2026 can be 3 April or 4 March 2026." in lines


def test_one_bad_source_is_one_line_and_the_others_are_read():
    done = onrecord("read", "a", "bad-one", "b", "bad-two")
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["onrecord: bad-one: no such file [31m", "onrecord: bad-two: no such file [31m"]
    assert done.stdout.count("Anna Kolm, Minister") == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read"], "Missing argument"),
        (["read", "a", "--published", "3.4.26"], "'3.4.26' is not a date such as 2026-03-04"),
        (["read", "a", "--published", "2026-02-30"], "is not a date"),
        (["read", "a", "--workers", "0"], "--workers"),
        (["read", "a", "--format", "xml"], "--format"),
        (["read", "a", "-o", "out.xyz"], "which format is 'out.xyz'"),
        (["read", "a", "-o", "no/such/folder/out.csv"], "no folder"),
        (["read", "a", "-o", str(ROOT), "-f", "csv"], "is a folder"),
        (["write"], "No such command"),
        (["read", "a", "--loud"], "No such option"),
    ],
)
def test_wrong_usage_is_status_2_and_says_what_is_wrong(arguments, says):
    done = CliRunner().invoke(app, arguments, terminal_width=200)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


def test_wrong_usage_prints_no_traceback():
    done = onrecord("read", "a", "--published", "soon")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_version():
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"onrecord {__version__}\n")


@pytest.mark.parametrize("suffix", ["jsonl", "ndjson", "json", "csv", "md", "txt"])
def test_the_format_follows_the_name_of_the_file(tmp_path, suffix):
    done = onrecord("read", "a", "b", "-o", str(tmp_path / f"out.{suffix}"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = (tmp_path / f"out.{suffix}").read_text(encoding="utf-8")
    if suffix in ("jsonl", "ndjson"):
        assert [json.loads(line)["document"]["path"] for line in text.splitlines()] == ["a", "b"]
    elif suffix == "json":
        assert len(json.loads(text)) == 2
    elif suffix == "csv":
        assert len(list(csv.DictReader(text.splitlines()))) == 10
    else:
        assert text.startswith("# Minister" if suffix == "md" else "Minister rejects toll\na, Nordic Wire\n")
    assert [path.name for path in tmp_path.iterdir()] == [f"out.{suffix}"]


def test_the_flag_wins_over_the_name_and_published_reaches_the_reader(tmp_path):
    onrecord("read", "a", "-o", str(tmp_path / "out.txt"), "-f", "jsonl", "--published", "2026-03-04")
    record = json.loads((tmp_path / "out.txt").read_text())
    assert record["document"]["published"] == "2026-03-04"


@pytest.mark.parametrize(
    ("sources", "status"),
    [(["a", "boom"], 1), (["a", "interrupt"], 130), (["a", "terminate"], 143), (["bad"], 1)],
)
def test_a_file_appears_whole_or_not_at_all(tmp_path, sources, status):
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    done = onrecord("read", *sources, "-o", str(out))
    assert done.returncode == status
    assert out.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1


def test_a_failed_source_among_good_ones_does_not_stop_the_file(tmp_path):
    done = onrecord("read", "bad", "a", "-o", str(tmp_path / "out.jsonl"))
    assert done.returncode == 1
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 1


def test_an_existing_file_keeps_its_mode_and_a_link_its_target(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("")
    real.chmod(0o600)
    link.symlink_to(real)
    assert onrecord("read", "a", "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert real.read_text().startswith("document_id")
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_device_is_written_to_directly():
    assert onrecord("read", "a", "-o", "/dev/null").returncode == 0
    assert not Path("/dev/null").is_file()


def test_the_unexpected_is_one_line_and_a_traceback_only_when_asked_for():
    done = onrecord("read", "boom")
    assert done.returncode == 1
    assert done.stderr == "onrecord: internal error: ZeroDivisionError: by zero (ONRECORD_DEBUG=1 shows where)\n"
    assert "Traceback" in onrecord("read", "boom", ONRECORD_DEBUG="1").stderr


def test_a_reader_that_goes_away_is_no_error_message():
    with subprocess.Popen(
        command("read", *["a"] * 500), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment()
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGPIPE


def on_terminal(*arguments: str, **changes: str) -> str:
    """What the command prints when its standard output is a terminal."""
    mine, its = pty.openpty()
    process = subprocess.Popen(
        command(*arguments), stdout=its, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment(**changes)
    )
    os.close(its)
    shown = b""
    while True:
        try:
            some = os.read(mine, 65536)
        except OSError:  # the other end is closed
            break
        if not some:
            break
        shown += some
    os.close(mine)
    assert process.wait(timeout=30) == 0
    return shown.decode()


def test_color_is_for_terminals_unless_told_otherwise():
    assert "\x1b[" in on_terminal("read", "a")
    assert "\x1b[" not in on_terminal("read", "a", NO_COLOR="1")
    assert "\x1b[" not in on_terminal("read", "a", "--color", "never")
    assert "\x1b[" not in onrecord("read", "a", "--color", "auto").stdout
    assert "\x1b[" in onrecord("read", "a", "--color", "always").stdout


@pytest.mark.parametrize("format", ["text", "jsonl", "csv", "md"])
def test_no_control_character_of_a_name_reaches_the_terminal(format):
    shown = on_terminal("read", "evil\x1b]0;title\x07\x9b31m", "-f", format, "--color", "never")
    assert not {"\x1b", "\x07", "\x9b"} & set(shown)


def test_an_ascii_terminal_gets_question_marks_not_a_traceback():
    done = onrecord("read", "caf\u00e9", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "\ncaf?, Nordic Wire\n" in done.stdout


def test_machine_formats_are_utf8_whatever_the_locale():
    done = subprocess.run(
        command("read", "caf\u00e9", "-f", "jsonl"),
        capture_output=True,
        cwd=ROOT,
        env=environment(PYTHONIOENCODING="latin-1"),
        check=True,
    )
    assert json.loads(done.stdout.decode("utf-8"))["document"]["path"] == "caf\u00e9"


@pytest.mark.parametrize(
    ("shell", "status", "errors"),
    [
        ("read a > /dev/full", 1, "onrecord: No space left on device\n"),
        ("read a -f csv > /dev/full", 1, "onrecord: No space left on device\n"),
        ("read a -o /dev/full -f md", 1, "onrecord: No space left on device\n"),
        ("read a >&-", 1, "onrecord: standard output is closed\n"),
        ("read bad a 2>&- >/dev/null", 1, ""),
    ],
)
def test_streams_that_cannot_be_written(shell, status, errors):
    line = f"{sys.executable} -m tests.cli.fake {shell}"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, cwd=ROOT, env=environment(), check=False)
    assert (done.returncode, done.stderr) == (status, errors)
