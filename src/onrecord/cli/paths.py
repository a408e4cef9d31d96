"""Names of output files, checked before any work is done."""

from __future__ import annotations

from pathlib import Path

import typer


def writable(output: str) -> None:
    """Refuse a file that cannot be written; `-` is standard output."""
    if output == "-":
        return
    if Path(output).is_dir():
        raise typer.BadParameter(f"{output!r} is a folder")
    if not Path(output).resolve().parent.is_dir():
        raise typer.BadParameter(f"no folder {str(Path(output).parent)!r} to write {Path(output).name!r} in")
