"""A disk that fills up, and a file that may not grow: nothing committed is lost, and the intake goes on afterwards.

    python -m benchmarks.record_disk_full [--quick]

Articles (built by hand, no network) are written in batches of four until the disk, a tmpfs of a size that differs each
time, or the size allowed for a file (RLIMIT_FSIZE) ends it; 25 points each. Each time: one line of error; every batch
that was reported written is there and not more than one batch beside; SQLite's integrity check; and with room made, the
same batches again lead to the digest of an undisturbed run. The tmpfs needs root; without it that half is left out,
which is said and counts as a failure.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import RecordError
from onrecord.record.database import open_database
from onrecord.record.digest import digest
from onrecord.record.writer import Entry, Writer
from tests.record.samples import article

BATCH = 4
SOURCES = ["articles"]


def fill(path: Path, articles: int) -> int:
    """Write all articles in batches, printing the number of each batch as soon as it is committed."""
    try:
        with Writer(path) as writer:
            intake = writer.resume_intake(SOURCES) or writer.start_intake(SOURCES, {})
            for first in range(0, articles, BATCH):
                made = [article(number) for number in range(first, min(first + BATCH, articles))]
                entries = [Entry(source=f"articles#{one.document.id[:8]}", result=one) for one in made]
                writer.write(intake, "articles", first, entries)
                print(first, flush=True)
            writer.finish_place(intake, "articles")
            writer.finish_intake(intake)
    except RecordError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def child(path: Path, articles: int, *, file_size: int | None = None) -> tuple[int, list[int], str]:
    """`fill` in a process of its own: exit status, batches committed, what it said on standard error."""

    def limit() -> None:
        if file_size:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

    command = [sys.executable, "-m", "benchmarks.record_disk_full", "--fill", str(path), "--articles", str(articles)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, check=False)
    return done.returncode, [int(line) for line in done.stdout.split()], done.stderr


@contextmanager
def tmpfs(size: int) -> Iterator[Path]:
    """A file system of so many bytes."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def held(path: Path) -> tuple[int, str, str]:
    """Articles on record, the integrity check, and the digest; none of each where it was stopped before the tables."""
    try:
        engine = open_database(path)
    except RecordError:
        return 0, "ok", ""
    with engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM documents").scalar_one()
        check = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        found = digest(connection)
    engine.dispose()
    return count, check, found


def faults(status: int, batches: list[int], said: str, path: Path, articles: int) -> Iterator[str]:
    """What is wrong after the space has run out."""
    if status != 1 or said.count("\n") != 1 or "Traceback" in said:
        yield f"not a one-line error: status {status}: {said[-300:]!r}"
    count, check, _ = held(path)
    committed = min(len(batches) * BATCH, articles)
    if not committed <= count <= committed + BATCH:
        yield f"{committed} articles were reported committed, {count} are there"
    if check != "ok":
        yield f"integrity check: {check}"


def after(path: Path, articles: int, wanted: str) -> Iterator[str]:
    """What is wrong after it was resumed with enough room."""
    status, _, said = child(path, articles)
    if status:
        yield f"did not resume: {said[-300:]}"
    elif held(path)[2] != wanted:
        yield "resumed to another digest"


def on_full_disk(size: int, articles: int, wanted: str) -> list[str]:
    """One point: fill a small tmpfs, make room, resume."""
    with tmpfs(size) as folder:
        path = folder / "record.db"
        found = list(faults(*child(path, articles), path, articles))
        subprocess.run(["mount", "-o", "remount,size=1g", str(folder)], check=True)
        return found + list(after(path, articles, wanted))


def at_file_limit(size: int, articles: int, wanted: str) -> list[str]:
    """One point: a limit on the size of a file, lifted afterwards."""
    with tempfile.TemporaryDirectory(dir=_ram()) as folder:
        path = Path(folder) / "record.db"
        found = list(faults(*child(path, articles, file_size=size), path, articles))
        return found + list(after(path, articles, wanted))


def _ram() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def undisturbed(articles: int) -> tuple[str, int, int]:
    """The digest of a run with room enough; how large the file of it is, and file and log together at their largest."""
    with tempfile.TemporaryDirectory(dir=_ram()) as folder:
        path = Path(folder) / "record.db"
        writing = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.record_disk_full", "--fill", str(path), "--articles", str(articles)],
            stdout=subprocess.DEVNULL,
        )
        most = 0
        while writing.poll() is None:
            most = max(most, shutil.disk_usage(folder).used and sum(f.stat().st_size for f in _files(folder)))
            time.sleep(0.01)
        return held(path)[2], path.stat().st_size, most


def _files(folder: str) -> list[Path]:
    return [Path(entry.path) for entry in os.scandir(folder) if os.path.exists(entry.path)]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quick", action="store_true", help="3 points each, not 25")
    arguments.add_argument("--articles", type=int, default=60)
    arguments.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.fill:
        return fill(given.fill, given.articles)
    return report(given.articles, 3 if given.quick else 25)


def report(articles: int, points: int) -> int:
    """Run all points and print what came of them; 1 if anything is wrong."""
    wanted, size, most = undisturbed(articles)
    print(f"{articles} articles; undisturbed: {size / 1e6:.2f} MB, with its log up to {most / 1e6:.2f} MB", flush=True)
    print(f"{'what ends it':<16}{'points':>8}{'wrong':>8}{'seconds':>9}")
    wrong, chance = 0, random.Random(3)
    halves = {"full disk": (on_full_disk, most), "file size limit": (at_file_limit, size)}
    for name, (work, largest) in halves.items():
        if name == "full disk" and os.getuid() != 0:
            print("full disk: LEFT OUT, mounting a tmpfs needs root")
            wrong += 1
            continue
        began, bad = time.monotonic(), 0
        for _ in range(points):
            # From the first tables to just before the end, in whole pages.
            at = int(largest * chance.uniform(0.05, 0.9)) // 4096 * 4096
            found = work(at, articles, wanted)
            bad += bool(found)
            for fault in found:
                print(f"  {name} at {at}: {fault}")
        print(f"{name:<16}{points:>8}{bad:>8}{time.monotonic() - began:>9.0f}", flush=True)
        wrong += bad
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
