"""Accuracy of the installed command on PolNeAR's dev articles, on the gold records and on our own.

    python benchmarks/accuracy.py [--shared ../shared] [--bootstrap 1000] [--limit N] [--keep DIR]

Runs `onrecord read` as a user would, scores the output with the shared scorers and prints their tables. With --limit
only the first N articles of dev are read (the scorer is given just these).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def command(*words: str | Path) -> str:
    """Run a command and give what it prints; SystemExit with its complaint where it fails."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words[:4]))} ... failed: {done.stderr.strip()[-500:]}")
    return done.stdout


def onrecord() -> str:
    """The command installed beside this Python, else the one on the path."""
    beside = Path(sys.executable).with_name("onrecord")
    return str(beside) if beside.exists() else "onrecord"


def attributions(shared: Path, folder: Path, *, limit: int, bootstrap: int) -> str:
    """Score dev; `folder` keeps the predictions."""
    dev = shared / "data" / "polnear" / "dev"
    if limit:
        dev = _part(dev, folder / "dev", limit)
    command(onrecord(), "read", dev / "text", "--format", "jsonl", "-o", folder / "dev.jsonl")
    scorer = shared / "tools" / "score_attributions.py"
    options = ["--bootstrap", str(bootstrap)] if bootstrap else []
    return command(sys.executable, scorer, dev, folder / "dev.jsonl", *options)


def _part(dev: Path, target: Path, limit: int) -> Path:
    """A copy of the first articles of dev with their annotations."""
    for name in ("text", "attributions"):
        (target / name).mkdir(parents=True)
    for text in sorted((dev / "text").iterdir())[:limit]:
        shutil.copy(text, target / "text")
        for annotation in (dev / "attributions").glob(f"{text.name.removesuffix('.txt')}_*.ann"):
            shutil.copy(annotation, target / "attributions")
    return target


def records(shared: Path, gold: Path, out: Path) -> str:
    """Score a folder of records, each read with its own date of publication; `out` keeps the predictions."""
    path = Path(onrecord()).parent
    out.unlink(missing_ok=True)
    script = f'PATH="{path}:$PATH" exec "$0" "$@"'
    command("sh", "-c", script, sys.executable, shared / "tools" / "read_gold.py", gold, out)
    return command(sys.executable, shared / "tools" / "score_record.py", gold, out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--bootstrap", type=int, default=1000)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="keep the predictions in this folder")
    args = parser.parse_args()
    if not args.shared.is_dir():
        sys.exit(f"{args.shared}: no such folder; the corpora are not part of the repository (--shared DIR)")
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        print("PolNeAR dev" + (f", first {args.limit} articles" if args.limit else ""))
        print(attributions(args.shared, folder, limit=args.limit, bootstrap=args.bootstrap))
        print("Gold records")
        print(records(args.shared, args.shared / "gold", folder / "gold.jsonl"))
        print("Our own records, of other genres and regions, looked at while rules were written")
        print(records(args.shared, ROOT / "benchmarks" / "records", folder / "records.jsonl"))
        print("Our own records that nobody looked at for what statements mean")
        print(records(args.shared, ROOT / "benchmarks" / "unseen", folder / "unseen.jsonl"))


if __name__ == "__main__":
    main()
