"""What importing costs, and that every package has its layer (the contract itself runs in make check)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {
    "numpy",
    "onnxruntime",
    "tokenizers",
    "pandas",
    "rich",
    "trafilatura",
    "lxml",
    "multiprocessing",
    "concurrent.futures",
}


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after running `code`."""
    script = f"import sys\n{code}\nprint(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )


@pytest.mark.parametrize(
    "code",
    [
        "import onrecord",
        "import onrecord.types, onrecord.errors, onrecord.settings",
        "import onrecord.export",
        "import onrecord.cli.main",
        "import onrecord.cli.main, contextlib, io\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    onrecord.cli.main.app(['read', '--help'])",
    ],
    ids=["package", "types", "export", "command", "help"],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code):
    assert not HEAVY & loaded_by(code)


def test_the_package_does_not_import_its_training_code():
    for source in (ROOT / "src").rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        assert "import torch" not in text and "from training" not in text, source


def imported(source: Path) -> set[str]:
    """Top-level names of the packages that a module imports, anywhere in it."""
    nodes = list(ast.walk(ast.parse(source.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    taken = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in plain | taken}


def test_everything_imported_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    declared = {re.match(r"[\w.-]+", one)[0].lower().replace("-", "_") for one in wanted}
    used = set().union(*(imported(source) for source in (ROOT / "src").rglob("*.py")))
    assert used - declared - sys.stdlib_module_names - {"onrecord"} == set()


def test_every_package_has_its_layer():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    named = {name.strip(" ()") for layer in contract["layers"] for name in layer.split("|")}
    there = {
        path.stem
        for path in (ROOT / "src/onrecord").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert there - {"__init__"} <= named
    assert contract["exhaustive"]
