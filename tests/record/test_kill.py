"""An intake that is killed a few times ends as an undisturbed one; `benchmarks/record_kill.py` does it at length."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes under /proc")
def test_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/record_kill.py", "--quick", "--keep", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 in " in done.stdout and done.stdout.endswith(": 0 things wrong\n")
