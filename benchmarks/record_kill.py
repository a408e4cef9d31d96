"""What becomes of an intake that is killed again and again.

    python benchmarks/record_kill.py [--articles 2000] [--kills 200] [--restarts 20] [--seed 1] [--quick]

The real command adds made-up articles (kill_articles.py) from a folder of texts, a JSON Lines file, a table and a zip
folder; sources that must fail are among them. It is killed with SIGKILL: half of the times at a moment of writing
(before or after a commit, after a statement of SQL), half at a random time; with its workers, alone, or (a worker
only) going on. After each kill the database must pass SQLite's integrity check and hold all that it held before; at
the end it must be what an undisturbed intake makes of the same sources. The same is done with a PostgreSQL server that
is restarted at once (`pg_ctl -m immediate`) while the command runs on. --quick: 60 articles, 5 kills, no PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT)]

from kill_articles import write_sources  # noqa: E402

VICTIM = ROOT / "benchmarks" / "kill_victim.py"
MOMENTS = ("before-commit", "after-commit", "statement")
PATIENCE = 1800.0


@dataclass(slots=True)
class Lives:
    """What happened to the command so far."""

    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    committed: int = 0
    startup: float = 2.0

    @property
    def kills(self) -> int:
        return sum(self.kinds.values())


def start(database: str, sources: Sequence[str], *, moment: str = "never", number: int = 0, resume: bool = False,
          workers: int = 2, log: Path) -> subprocess.Popen[bytes]:  # fmt: skip
    """The command, in a process group of its own."""
    command = [sys.executable, str(VICTIM), moment, str(number), "add", "--db", database, "--workers", str(workers)]
    command += ["--resume"] if resume else list(sources)
    with log.open("ab") as stream:
        return subprocess.Popen(command, stdout=stream, stderr=stream, start_new_session=True)


def state(database: str) -> tuple[str, int, int]:
    """SQLite's verdict, the results committed and the intakes begun, read from a copy so that nothing is mended."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            if os.path.exists(database + suffix):
                shutil.copy(database + suffix, folder)
        copy = sqlite3.connect(Path(folder) / Path(database).name)
        try:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'outcomes'").fetchone():
                return verdict, 0, 0
            counts = copy.execute("SELECT (SELECT count(*) FROM outcomes), (SELECT count(*) FROM intakes)").fetchone()
            return verdict, counts[0], counts[1]
        finally:
            copy.close()


def children_of(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def gone(pids: Sequence[int], *, seconds: float) -> bool:
    """Whether all of these processes end within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(_alive(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill_at_moment(database: str, sources: Sequence[str], lives: Lives, rng: random.Random, *, pace: float,
                   resume: bool, log: Path) -> bool:  # fmt: skip
    """One life that ends at a moment of writing; False where the command came to its end first."""
    moment = rng.choice(MOMENTS)
    # A batch of four is one commit and some two hundred statements; the first two commits begin the intake.
    number = rng.randint(1, max(2, round(pace / 4 * 2))) + (0 if rng.random() < 0.1 else 2)
    number = number * rng.randint(1, 150) if moment == "statement" else number
    process = start(
        database, sources, moment=moment, number=number, resume=resume, workers=rng.choice((1, 1, 2)), log=log
    )
    if _ended(process, lives):
        return False
    lives.kinds[moment] += 1
    return True


def kill_at_time(database: str, sources: Sequence[str], lives: Lives, rng: random.Random, *, pace: float, rate: float,
                 resume: bool, log: Path) -> bool:  # fmt: skip
    """One life that ends at a random time; False where the command came to its end first."""
    process = start(database, sources, resume=resume, workers=_few(rng), log=log)
    how = rng.choice(("group", "group", "alone", "worker"))
    life = lives.startup * rng.random() if rng.random() < 0.2 else lives.startup + rng.random() * 2 * pace / rate
    try:
        process.wait(life)
    except subprocess.TimeoutExpired:
        pass
    else:
        return not _ended(process, lives) and False
    if how == "worker":
        if workers := children_of(process.pid):
            os.kill(rng.choice(workers), signal.SIGKILL)
            time.sleep(pace / rate)
        else:
            how = "group"
    children = children_of(process.pid)
    if process.poll() is not None:
        return not _ended(process, lives) and False
    if how == "alone":
        os.kill(process.pid, signal.SIGKILL)
        if not gone(children, seconds=10):
            lives.wrong.append(f"a worker lives on after its parent was killed: {children}")
    _kill_group(process)
    lives.kinds[how] += 1
    return True


def _few(rng: random.Random) -> int:
    """One process or two, rather one: it starts faster."""
    return rng.choice((1, 1, 2))


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _ended(process: subprocess.Popen[bytes], lives: Lives) -> bool:
    """Whether the command came to its end; anything but that and being killed is wrong."""
    try:
        status = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        _kill_group(process)
        lives.wrong.append("the command hangs")
        return False
    if status not in (0, 1, -signal.SIGKILL):
        lives.wrong.append(f"the command ended with status {status}")
    return status != -signal.SIGKILL


def run_out(database: str, sources: Sequence[str], lives: Lives, *, resume: bool, log: Path) -> float:
    """Let the command run to its end: seconds."""
    began = time.monotonic()
    _ended(start(database, sources, resume=resume, log=log), lives)
    return time.monotonic() - began


def digest_of(database: str) -> tuple[str, dict[str, int]]:
    """The digest of a record, and how many rows of each kind it has."""
    from sqlalchemy import func, select

    from onrecord.record import tables
    from onrecord.record.database import open_database
    from onrecord.record.digest import digest

    counted = ("documents", "appearances", "readings", "statements", "outcomes", "stories", "utterances", "entities")
    with open_database(database).connect() as connection:
        rows = {
            name: connection.scalar(select(func.count()).select_from(getattr(tables, name))) or 0 for name in counted
        }
        return digest(connection), rows


def kill_round(folder: Path, name: str, sources: Sequence[str], lives: Lives, rng: random.Random, *, kills: int,
               articles: int, rate: float) -> str:  # fmt: skip
    """One intake, killed until it is through or `kills` are spent, then let to its end: its database."""
    database, log = str(folder / f"{name}.db"), folder / f"{name}.log"
    spent, committed = lives.kills, 0
    through = False
    while not through and lives.kills - spent < kills:
        left = kills - (lives.kills - spent)
        pace = max(4.0, (articles - committed) / left)
        began = os.path.exists(database) and state(database)[2] > 0
        if rng.random() < 0.5:
            killed = kill_at_moment(database, sources, lives, rng, pace=pace, resume=began, log=log)
        else:
            killed = kill_at_time(database, sources, lives, rng, pace=pace, rate=rate, resume=began, log=log)
        verdict, now, _ = state(database) if os.path.exists(database) else ("ok", 0, 0)
        if verdict != "ok":
            lives.wrong.append(f"integrity check: {verdict}")
        if now < committed:
            lives.wrong.append(f"{committed - now} results that were committed are lost")
        committed, through = now, not killed
        if lives.kills % 20 == 0:
            print(f"  {lives.kills} kills, {committed:,} results committed", flush=True)
    if not through:
        run_out(database, sources, lives, resume=state(database)[2] > 0, log=log)
    return database


def compare(name: str, database: str, reference: tuple[str, dict[str, int]], lives: Lives) -> None:
    """Say what is different from the undisturbed record."""
    found, rows = digest_of(database)
    for kind, count in reference[1].items():
        if rows[kind] != count:
            lives.wrong.append(f"{name}: {rows[kind]} {kind}, undisturbed {count}")
    if found != reference[0]:
        lives.wrong.append(f"{name}: the digest differs from the undisturbed record's")
    print(f"{name}: digest {found[:16]}, " + ", ".join(f"{count:,} {kind}" for kind, count in rows.items()), flush=True)


def killed(folder: Path, sources: Sequence[str], *, articles: int, kills: int, seed: int) -> Lives:
    """The kill test proper, on SQLite."""
    lives, rng = Lives(), random.Random(seed)
    seconds = run_out(str(folder / "undisturbed.db"), sources, lives, resume=False, log=folder / "undisturbed.log")
    reference = digest_of(str(folder / "undisturbed.db"))
    lives.startup = startup(folder, sources, lives)
    rate = articles / max(0.1, seconds - lives.startup)
    print(f"undisturbed: {seconds:.1f} s, of which {lives.startup:.1f} s to start; {rate:.0f} articles a second")
    compare("undisturbed", str(folder / "undisturbed.db"), reference, lives)
    rounds = 0
    while lives.kills < kills:
        rounds += 1
        left = kills - lives.kills
        database = kill_round(folder, f"killed-{rounds}", sources, lives, rng, kills=left, articles=articles, rate=rate)
        compare(f"killed, intake {rounds} ({lives.kills} kills so far)", database, reference, lives)
    return lives


def startup(folder: Path, sources: Sequence[str], lives: Lives) -> float:
    """Seconds that the command takes to add one article."""
    one = str(next(Path(sources[0]).iterdir()))
    return run_out(str(folder / "startup.db"), [one], lives, resume=False, log=folder / "startup.log")


def restarted(folder: Path, sources: Sequence[str], *, articles: int, restarts: int, seed: int) -> Lives:
    """The same on a PostgreSQL server that is restarted at once, `restarts` times."""
    from tests.record.postgres import server

    lives, rng = Lives(), random.Random(seed)
    # Durable, unlike for tests: a server that need not write its log before it says "committed" loses what it said.
    with server(durable=True) as running:
        undisturbed, url, log = running.database(), running.database(), folder / "postgres-restarted.log"
        run_out(undisturbed, sources, lives, resume=False, log=folder / "postgres-undisturbed.log")
        reference = digest_of(undisturbed)
        process, resumed = start(url, sources, log=log), 0
        for number in range(restarts):
            target = articles * (number + rng.random()) / restarts
            while process.poll() is None and _outcomes(url) < target:
                time.sleep(0.2)
            if process.poll() is not None:
                break
            running.restart(mode="immediate")
            lives.kinds["restart"] += 1
        while process.wait(PATIENCE) not in (0, 1) or _outcomes(url) < reference[1]["outcomes"]:
            resumed += 1
            process = start(url, sources, resume=True, log=log)
            if resumed > restarts:
                lives.wrong.append("the intake does not come to its end")
                break
        print(f"PostgreSQL: {lives.kills} immediate restarts, --resume needed {resumed} times")
        compare("PostgreSQL, undisturbed", undisturbed, reference, lives)
        compare("PostgreSQL, restarted", url, reference, lives)
    return lives


def _outcomes(url: str) -> int:
    """Results that are committed; 0 while the server does not answer."""
    import psycopg

    try:
        with psycopg.connect(url.replace("+psycopg", ""), connect_timeout=5) as connection:
            row = connection.execute("SELECT count(*) FROM outcomes").fetchone()
            return int(row[0]) if row else 0
    except psycopg.Error:
        return 0


def report(lives: Lives, seconds: float) -> int:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(lives.kinds.items()))
    print(f"{lives.kills} in {seconds:.0f} s ({kinds}): {len(lives.wrong)} things wrong", flush=True)
    for line in lives.wrong:
        print(f"  WRONG: {line}")
    return len(lives.wrong)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--restarts", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", type=Path, help="work here and leave everything for inspection")
    given = parser.parse_args()
    if given.quick:
        given.articles, given.kills, given.restarts = 60, 5, 0
    folder = given.keep or Path(tempfile.mkdtemp(prefix="onrecord-kill-"))
    sources = write_sources(folder / "sources", given.articles, seed=given.seed)
    wrong = 0
    if given.kills:
        began = time.monotonic()
        lives = killed(folder, sources, articles=given.articles, kills=given.kills, seed=given.seed)
        wrong += report(lives, time.monotonic() - began)
    if given.restarts:
        began = time.monotonic()
        lives = restarted(folder, sources, articles=given.articles, restarts=given.restarts, seed=given.seed)
        wrong += report(lives, time.monotonic() - began)
    if not given.keep and not wrong:
        shutil.rmtree(folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
