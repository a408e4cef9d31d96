"""`--registers`, as a user gives it: a new process each time, since one process reads with one folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ISSUE = '[[issue]]\nid = "fisheries"\nname = "Fisheries"\nstrong = "fishing quota*"\n'
ACCORD = """[[instrument]]
name = "Holm Accord"
official = "Accord on the Strait of Holm"
form = "accord"
issues = ["fisheries"]
parties = ["NOR"]
source = "the ministry's own list"
verified = false
"""


def run(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onrecord.cli.main", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, **environment}
    )


def folder(tmp_path: Path, **registers: str) -> Path:
    own = tmp_path / "own"
    own.mkdir()
    for name, text in registers.items():
        (own / f"{name}.toml").write_text(text, encoding="utf-8")
    return own


def test_own_issues_and_instruments_are_found(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Norway said on Monday that the Holm Accord on the fishing quotas would be honoured.\n")
    own = folder(tmp_path, issues=ISSUE, instruments=ACCORD)
    plain, with_own = run("read", article, "-f", "jsonl"), run("read", article, "-f", "jsonl", "--registers", own)
    assert plain.returncode == with_own.returncode == 0, with_own.stderr
    (before,), (after,) = (json.loads(done.stdout)["statements"] for done in (plain, with_own))
    assert "fisheries" not in [issue["id"] for issue in before["issues"]]
    assert "fisheries" in [issue["id"] for issue in after["issues"]]
    assert [found["name"] for found in after["instruments"]] == ["Holm Accord"]
    runs = [json.loads(done.stdout)["run"]["settings"] for done in (plain, with_own)]
    assert runs[0] != runs[1]


def test_an_incomplete_entry_is_one_line_with_the_file(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Norway said that it would stay.\n")
    own = folder(tmp_path, instruments='[[instrument]]\nname = "Holm Accord"\n')
    done = run("read", article, "--registers", own)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and f"{own / 'instruments.toml'}: an entry is incomplete" in done.stderr


def test_questions_know_own_issues_by_the_environment(tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    own = folder(tmp_path, issues=ISSUE)
    article = tmp_path / "a.txt"
    article.write_text("Norway said on Monday that the fishing quotas would be honoured.\n")
    assert run("add", article, "--db", record, ONRECORD_REGISTERS=str(own)).returncode == 0
    found = run("search", "--issue", "fisheries", "--db", record, ONRECORD_REGISTERS=str(own))
    assert found.returncode == 0 and "honoured" in found.stdout
    unknown = run("search", "--issue", "fisheries", "--db", record)
    assert unknown.returncode != 0 and "unknown issue" in unknown.stderr
