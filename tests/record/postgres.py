"""A PostgreSQL server for tests and benchmarks: made in a temporary folder, thrown away at the end.

The server's programs come from the system's package; they refuse to run as root, so root runs them as the user
`postgres` that the package makes.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

USER = "postgres"
MISSING = (
    "there is no PostgreSQL server on this machine: install it (Debian, Ubuntu: apt-get install postgresql), or leave"
    " its tests out with ONRECORD_TEST_POSTGRES=skip"
)
# What is tested is the record, not the disk. `synchronous_commit` stays on: a server that is restarted "immediately"
# recovers from its log only what it has handed to the kernel.
_OPTIONS = "-c fsync=off -c full_page_writes=off -c max_connections=40"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, those of the newest version; None where no server is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Server:
    """A running server; `database()` makes an empty database in it and tells its URL."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        found = programs()
        if found is None:
            raise RuntimeError(MISSING)
        self._programs, self._data, self._log = found, folder / "data", folder / "log"
        self._options = "" if durable else _OPTIONS
        self._made = 0
        self.port = _free_port()
        if os.getuid() == 0:
            shutil.chown(folder, USER)
        self._run("initdb", "--username=onrecord", "--auth=trust", "--encoding=UTF8", "--no-sync", str(self._data))
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories='' {self._options}"
        self._run("pg_ctl", "--wait", "--log", str(self._log), "-o", options, "start")

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "immediate") -> None:
        """Stop it; `immediate` is as if the machine had lost power."""
        self._run("pg_ctl", "--wait", "--mode", mode, "stop")

    def restart(self, mode: Literal["smart", "fast", "immediate"] = "immediate", *, away: float = 0.0) -> None:
        """Stop it and start it again, `away` seconds later."""
        self.stop(mode)
        time.sleep(away)
        self.start()

    def database(self) -> str:
        """The URL of a new, empty database."""
        import psycopg

        self._made += 1
        name = f"record{os.getpid()}_{self._made}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def url(self, name: str) -> str:
        """The URL of a database of this server."""
        return f"postgresql://onrecord@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        if program == "pg_ctl":
            command[1:1] = ["--pgdata", str(self._data)]
        if os.getuid() == 0:
            command = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command]
        # Not by pipes: the server would hold them open.
        with self._log.with_suffix(".out").open("ab") as out:
            done = subprocess.run(command, cwd="/", stdout=out, stderr=out, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            said = self._log.with_suffix(".out").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{program} failed: {said}")


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """A server for as long as the block runs; `durable` leaves its own guards against power cuts on."""
    with tempfile.TemporaryDirectory(prefix="onrecord-postgres-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        running = Server(Path(folder), durable=durable)
        try:
            yield running
        finally:
            running.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
