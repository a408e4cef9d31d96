"""The package as others get it: a wheel in an empty environment, run from a folder that knows nothing of this one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.package


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("onrecord-*.whl"))


@pytest.fixture(scope="module")
def command(wheel, tmp_path_factory) -> Path:
    """The installed `onrecord` in an environment of its own."""
    home = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    pip = [
        str(home / "bin/python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
        str(wheel),
    ]
    subprocess.run(pip, check=True)
    return home / "bin/onrecord"


def spans(value: object) -> list[dict]:
    """Every span (start, end, text; integers) anywhere in a record."""
    if isinstance(value, dict):
        is_span = set(value) == {"start", "end", "text"}
        return [value] if is_span else [span for inner in value.values() for span in spans(inner)]
    return [span for inner in value for span in spans(inner)] if isinstance(value, list) else []


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"onrecord"}
    assert "onrecord/py.typed" in names
    assert any(name.endswith(".onnx") for name in names)
    assert any(name.endswith(".toml") and "registers" in name for name in names)
    assert not [name for name in names if "/test" in name or name.endswith((".pt", ".safetensors", ".pkl"))]


def test_the_installed_command_reads_an_article_whose_spans_slice_back(command, tmp_path):
    article = tmp_path / "wire.txt"
    shutil.copy(ROOT / "examples/wire.txt", article)
    done = subprocess.run(
        [str(command), "read", "wire.txt", "-o", "out.jsonl"],
        cwd=tmp_path,
        env={"PATH": os.defpath, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    record = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    text = article.read_bytes().decode("utf-8")
    found = spans(record)
    assert len(record["statements"]) >= 8
    assert len(found) >= 3 * len(record["statements"])
    assert all(text[span["start"] : span["end"]] == span["text"] for span in found)
    for item in record["dates"] + record["flags"]:
        assert text[item["start_char"] : item["end_char"]] == item["text"]
    assert "Tomas Berek" in {statement["speaker"]["name"] for statement in record["statements"]}
