"""Malformed and hostile input through intake: no crash, no hang, level memory, one outcome, nothing outside touched.

    python -m benchmarks.hostile [--quick] [--mutants 200] [--cuts 100] [--only FORMAT ...] [--show]

Each format's inputs (`hostile_inputs.py`) are read in a process of its own, by `onrecord.intake.documents`, as files.
For each input: at least one outcome, each a Document that both databases take or a SourceError of one line; under 10
seconds; memory of that process and its children together under 1.5 GB (resident, looked at every 50 ms, and each
process's own highest). What is opened and connected to is watched in parent and children by an audit hook
(`hostile_watch/sitecustomize.py`), and of native code by strace, where that is installed and may be used. Exits 1 where
anything is not as it should be. --quick makes 10 mutants of each format and 10 cuts.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import hostile_inputs

ROOT = Path(__file__).parents[1]
SECONDS = 10.0
MEMORY = 1_500_000_000
_PATH = re.compile(r'\b(open|openat|creat|connect)\((?:AT_FDCWD, )?(?:"((?:[^"\\]|\\.)*)")?(.*)')
_SYSTEM = (
    "/proc/",
    "/dev/null",
    "/dev/urandom",
    "/dev/random",
    "/sys/",
    "/etc/ld.so",
    "/lib",
    "/usr/lib",
    "/usr/share/locale",
)
_SYSTEM_ETC = (
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/etc/ssl",
    "/etc/mime.types",
)


@dataclass(kw_only=True)
class Group:
    """What came of one format's inputs."""

    name: str
    inputs: int = 0
    documents: int = 0
    errors: int = 0
    slowest: float = 0.0
    slowest_name: str = ""
    memory: int = 0
    faults: list[str] = field(default_factory=list)


def main() -> int:
    arguments = _arguments()
    if arguments.worker:
        return _work(arguments.worker)
    with _listening() as (address, connections), tempfile.TemporaryDirectory() as folder:
        strace = _strace(Path(folder))
        print(f"watched by an audit hook in every process{' and by strace' if strace else ' (no strace here)'}")
        groups = [
            _group(name, inputs, folder=Path(folder), strace=strace, show=arguments.show)
            for name, inputs in _inputs(arguments, Path(folder), address)
        ]
        if connections:
            print(f"{len(connections)} connections to the listener")
    return _report(groups) or int(bool(connections))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--mutants", type=int, default=200)
    parser.add_argument("--cuts", type=int, default=100)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--show", action="store_true", help="print each outcome")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.mutants = arguments.cuts = 10
    return arguments


def _inputs(
    arguments: argparse.Namespace, folder: Path, address: str
) -> Iterator[tuple[str, Iterator[hostile_inputs.Input]]]:
    secret = folder / "secret.txt"
    secret.write_text("The secret minister said that the secret was out.")
    wanted = arguments.only
    for name in hostile_inputs.bases():
        if not wanted or name in wanted:
            yield name, hostile_inputs.mutants(name, arguments.mutants)
    if not wanted or "cuts" in wanted:
        yield "cuts", hostile_inputs.cuts(arguments.cuts)
    if not wanted or "bombs" in wanted:
        yield "bombs", hostile_inputs.bombs(str(secret), address)


def _group(
    name: str, inputs: Iterator[hostile_inputs.Input], *, folder: Path, strace: Sequence[str], show: bool
) -> Group:
    group = Group(name=name)
    place = folder / name
    place.mkdir()
    # What lists of feeds name lies beside them.
    (place / "feed.rss").write_bytes(hostile_inputs.make_samples.rss())
    for kind in ("html", "rss", "pdf"):
        (place / f"warm.{kind}").write_bytes(hostile_inputs.bases()[kind][1])
    names = []
    for file, data in inputs:
        (place / file).write_bytes(data)
        names.append(file)
    (place / "names.json").write_text(json.dumps(names))
    waiting = list(names)
    while waiting:
        waiting = _run(group, waiting, place=place, strace=strace, show=show)
    shutil.rmtree(place)
    if group.memory >= MEMORY:
        group.faults.append(f"{group.memory / 1e6:.0f} MB of memory")
    print(_row(group), *(f"    {fault}" for fault in group.faults), sep="\n", flush=True)
    return group


def _run(group: Group, names: list[str], *, place: Path, strace: Sequence[str], show: bool) -> list[str]:
    """Have a worker read the inputs; what is left where it died or hung."""
    (place / "names.json").write_text(json.dumps(names))
    log, calls = place / "watch.log", place / "calls.log"
    log.write_bytes(b"")
    begin = [*strace, "-o", str(calls)] if strace else []
    process = subprocess.Popen(
        [*begin, sys.executable, "-m", "benchmarks.hostile", "--worker", str(place)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=_environment(place, log), start_new_session=True,
    )  # fmt: skip
    last = [time.monotonic()]
    threading.Thread(target=_guard, args=(process, group, last), daemon=True).start()
    assert process.stdout is not None and process.stderr is not None
    left = list(names)
    for line in process.stdout:
        last[0] = time.monotonic()
        _count(group, json.loads(line), show=show)
        left.pop(0)
    process.wait()
    if left:
        said = process.stderr.read()[-400:].decode(errors="replace").strip().replace("\n", " | ")
        group.faults.append(f"{left[0]}: the reading process ended with {process.returncode}: {said}")
        left.pop(0)
    group.faults += sorted({f"audit hook: {line}" for line in log.read_text(errors="replace").splitlines()})[:20]
    if strace:
        group.faults += [f"strace: {line}" for line in _outside(calls, place)][:20]
    return left


def _environment(place: Path, log: Path) -> dict[str, str]:
    allowed = [str(place), *_readable()]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "benchmarks" / "hostile_watch"), str(ROOT / "src"), str(ROOT)]),
        "ONRECORD_WATCH": str(log),
        "ONRECORD_WATCH_ALLOWED": os.pathsep.join(allowed),
        # A module compiled for the first time would be a file written.
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _readable() -> list[str]:
    """Where programs and their libraries are."""
    paths = [*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, *_packages(), *_SYSTEM, *_SYSTEM_ETC]
    return sorted({os.path.realpath(path) for path in paths} | set(paths) | {str(ROOT), "/usr/share/zoneinfo"})


def _packages() -> list[str]:
    return [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]


def _work(place: str) -> int:
    """The worker: reads each input of a directory and prints what came of it, one JSON object a line."""
    from onrecord.intake import documents
    from onrecord.intake.network import Network
    from onrecord.settings import Settings

    asked: list[str] = []

    def resolve(host: str, port: int, timeout: float) -> Sequence[str]:
        # Mutants that name an address would be fetched: that is what was asked for. Here nothing is reached.
        asked.append(host)
        raise OSError("no network in this test")

    settings, network = Settings(), Network(resolve=resolve)
    # The long-lived children start with the first input of their kind; what that takes is no property of the input.
    assert all(
        not isinstance(found, Exception) for found in documents([os.path.join(place, "warm.*")], settings=settings)
    )
    for name in json.loads(Path(place, "names.json").read_text()):
        started = time.monotonic()
        counts = {"name": name, "documents": 0, "errors": 0, "faults": [], "said": ""}
        try:
            for found in documents([os.path.join(place, name)], settings=settings, network=network):
                _check(found, counts)
        except BaseException as error:
            counts["faults"].append(f"raised {type(error).__name__}: {error}"[:300])
        print(json.dumps({**counts, "seconds": time.monotonic() - started}), flush=True)
    return 0


def _check(found: object, counts: dict[str, object]) -> None:
    from onrecord.errors import SourceError
    from onrecord.types import Document

    faults: list[str] = counts["faults"]  # type: ignore[assignment]
    if isinstance(found, SourceError):
        counts["errors"] += 1  # type: ignore[operator]
        counts["said"] = str(found)[-200:]
        words = [str(found)]
        if "\n" in words[0] or len(words[0]) > 1500:
            faults.append("an error of more than one line")
    else:
        assert isinstance(found, Document)
        counts["documents"] += 1  # type: ignore[operator]
        values = (found.text, found.title, found.author, found.publisher, found.url, found.path, found.published_at)
        words = [word for word in values if word is not None]
    for word in words:
        if "\0" in word or not _encodes(word):
            faults.append(f"what no database takes: {word[:60]!r}")
        if "secret minister" in word:
            faults.append("the words of a file outside")


def _encodes(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _count(group: Group, found: dict[str, object], *, show: bool) -> None:
    seconds, name = float(str(found["seconds"])), str(found["name"])
    group.inputs += 1
    group.documents += int(str(found["documents"]))
    group.errors += int(str(found["errors"]))
    if seconds > group.slowest:
        group.slowest, group.slowest_name = seconds, name
    if seconds >= SECONDS:
        group.faults.append(f"{name}: took {seconds:.1f} s")
    if not found["documents"] and not found["errors"]:
        group.faults.append(f"{name}: no outcome")
    faults = found["faults"]
    assert isinstance(faults, list)
    group.faults += [f"{name}: {fault}" for fault in faults]
    if show:
        print(f"  {name}: {found['documents']} documents, {found['errors']} errors, {seconds:.2f} s  {found['said']}")


def _guard(process: subprocess.Popen[bytes], group: Group, last: list[float]) -> None:
    """Note the memory of the whole tree; end the tree where one input takes six times what it may."""
    while process.poll() is None:
        sizes = [_sizes(pid) for pid in _tree(process.pid)]
        together, most = sum(now for now, _ in sizes), max((high for _, high in sizes), default=0)
        group.memory = max(group.memory, together, most)
        if time.monotonic() - last[0] > 6 * SECONDS + 60:
            group.faults.append("one input hung and was ended")
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        time.sleep(0.05)


def _tree(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                stat = Path("/proc", entry, "stat").read_text().rpartition(") ")[2]
                parents.setdefault(int(stat.split()[1]), []).append(int(entry))
    found = [root]
    for pid in found:
        found += parents.get(pid, [])
    return [pid for pid in found if _program(pid) != "strace"]


def _program(pid: int) -> str:
    try:
        return Path("/proc", str(pid), "comm").read_text().strip()
    except OSError:
        return ""


def _sizes(pid: int) -> tuple[int, int]:
    """Resident bytes, now and at most so far."""
    try:
        status = Path("/proc", str(pid), "status").read_text()
    except OSError:
        return 0, 0
    found = {key: int(size) * 1024 for key, size in re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status, re.MULTILINE)}
    return found.get("VmRSS", 0), found.get("VmHWM", 0)


def _strace(folder: Path) -> list[str]:
    """The command that writes down opened files and sockets of native code too; empty where it cannot be had."""
    program = shutil.which("strace")
    command = [program or "", "-f", "-qq", "--seccomp-bpf", "-e", "trace=open,openat,creat,connect"]
    if program is None:
        return []
    tried = subprocess.run([*command, "-o", str(folder / "tried"), "true"], capture_output=True, check=False)
    return command if tried.returncode == 0 else []


def _outside(calls: Path, place: Path) -> list[str]:
    allowed = (str(place), str(place.resolve()), *_readable())
    found = set()
    for line in calls.read_text(errors="replace").splitlines():
        if (call := _PATH.search(line)) is None:
            continue
        name, path, rest = call.groups()
        if name == "connect":
            found.add(line.partition(" ")[2][:200])
        elif path and path.startswith("/") and not path.startswith(allowed) and "ENOENT" not in rest:
            found.add(f"{name} {path}"[:200])
        elif path and any(flag in rest for flag in ("O_WRONLY", "O_RDWR", "O_CREAT")) and not _may_write(path):
            found.add(f"{name} to write {path}"[:200])
    return sorted(found)


def _may_write(path: str) -> bool:
    return path == os.devnull or path.endswith("watch.log")


@contextlib.contextmanager
def _listening() -> Iterator[tuple[str, list[object]]]:
    """An http address on this machine that nothing may ask, and who did."""
    connections: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connections.append(server.accept())

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", connections


def _row(group: Group) -> str:
    return (
        f"{group.name:9} {group.inputs:5} inputs  {group.documents:6} documents  {group.errors:6} errors  "
        f"slowest {group.slowest:5.2f} s ({group.slowest_name})  memory {group.memory / 1e6:6.0f} MB  "
        f"{'FAILED' if group.faults else 'ok'}"
    )


def _report(groups: list[Group]) -> int:
    failed = any(group.faults for group in groups)
    print(
        f"{sum(group.inputs for group in groups):,} inputs, slowest {max(group.slowest for group in groups):.1f} s, "
        f"{max(group.memory for group in groups) / 1e6:.0f} MB at most: {'FAILED' if failed else 'ok'}"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
