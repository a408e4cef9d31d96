from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from onrecord.intake import child, child_main
from onrecord.intake.child_main import Borrowed
from onrecord.intake.messages import Cut, Message, receive, send
from tests.intake.make_archives import news, parquet_table, rows

SLOW = """
import sys, time
from onrecord.intake import child_main
def sleep(request):
    time.sleep(request["sleep"])
    return {"slept": request["sleep"], "data": request["data"]}
def fill(request):
    return {"size": len(bytearray(request["size"]))}
child_main.WORK.update(sleep="sitecustomize:sleep", fill="sitecustomize:fill")
def halves(request, stream):
    yield {"first": True, "data": stream.read(3)}
    time.sleep(request["sleep"])
    yield {"first": False, "data": stream.read()}
child_main.STREAMS["halves"] = "sitecustomize:halves"
"""


@pytest.fixture
def work(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kinds of work for tests, put into the children as Python starts."""
    with open(os.path.join(str(tmp_path), "sitecustomize.py"), "w") as file:
        file.write(SLOW)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    # `-m child_main` is another module than the one that the code above imports.
    monkeypatch.setattr(child, "_COMMAND", ["-c", "from onrecord.intake.child_main import main; main()"])
    yield
    for name in ("sleep", "fill"):
        if parser := child._parsers.pop(name, None):
            parser.close()


def test_messages_carry_values_and_bytes() -> None:
    pipe = io.BytesIO()
    message: Message = {"a": [1, None, "\ud800é"], "data": b"\x00\xff" * 70_000}
    send(pipe, message)
    send(pipe, {})
    pipe.seek(0)
    assert receive(pipe) == message
    assert receive(pipe) == {"data": b""}
    with pytest.raises(Cut):
        receive(pipe)
    with pytest.raises(Cut):
        receive(io.BytesIO(pipe.getvalue()[:50]))


def test_every_kind_of_work_has_its_function() -> None:
    for name in (*child_main.WORK.values(), *child_main.STREAMS.values()):
        assert callable(child_main._function(name))


def test_an_answer_and_a_late_one(work: None) -> None:
    assert child.ask("sleep", {"sleep": 0, "data": b"x"}, seconds=20) == {"slept": 0, "data": b"x"}
    first = child._parsers["sleep"]._child
    assert child.ask("sleep", {"sleep": 0}, seconds=20)["slept"] == 0
    assert child._parsers["sleep"]._child is first
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        child.ask("sleep", {"sleep": 30}, seconds=0.2)
    assert time.monotonic() - started < 5
    assert child.ask("sleep", {"sleep": 0}, seconds=20)["slept"] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is kept by Linux only")
def test_memory_is_limited(work: None) -> None:
    assert child.ask("fill", {"size": 1_000_000}, seconds=20)["size"] == 1_000_000
    with pytest.raises(child.ChildDied):
        # Clearly more: what a child lets go of after its limit was set is room too.
        child.ask("fill", {"size": 2 * child.MEMORY}, seconds=20)
    assert child.ask("fill", {"size": 1_000_000}, seconds=20)["size"] == 1_000_000


def test_a_stream_is_read_through_the_parent_and_the_child_ends_with_it(work: None) -> None:
    source = io.BytesIO(b"abcdef")
    found = child.stream("halves", {"sleep": 0}, source=source, seconds=20)
    assert next(found) == {"first": True, "data": b"abc"}
    assert [one["data"] for one in found] == [b"def"]
    late = child.stream("halves", {"sleep": 30}, source=io.BytesIO(b"abcdef"), seconds=0.5)
    assert next(late)["data"] == b"abc"
    with pytest.raises(TimeoutError):
        next(late)


def test_a_stream_given_up_by_its_reader_leaves_no_process() -> None:
    found = child.stream("warc", {"max_bytes": 1000}, source=io.BytesIO(b"".join(news(3))), seconds=20)
    next(found)
    frame = found.gi_frame  # type: ignore[attr-defined]
    process = frame.f_locals["child"]._process
    assert process.poll() is None
    found.close()  # type: ignore[attr-defined]
    assert process.poll() is not None


def test_a_source_that_cannot_seek_where_damaged_data_lead_ends_the_stream() -> None:
    class Stubborn(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            raise OverflowError

    found = child.stream(
        "parquet", {"columns": [], "max_bytes": 1000}, source=Stubborn(parquet_table(rows(1))), seconds=20
    )
    with pytest.raises(child.ChildDied):
        list(found)


def test_a_borrowed_stream_is_a_file() -> None:
    source = io.BytesIO(b"0123456789")

    def ask(message: Message) -> Message:
        if "seek" in message:
            return {"at": source.seek(*message["seek"])}
        return {"data": source.read(min(message["read"], 4))}

    borrowed = Borrowed(ask)
    assert borrowed.read(3) == b"012"
    assert (borrowed.seek(-3, io.SEEK_END), borrowed.tell()) == (7, 7)
    assert borrowed.read() == b"789"
    assert borrowed.read(1) == b""


def test_a_child_whose_parent_is_killed_ends(work: None) -> None:
    code = (
        "import os, signal\nfrom onrecord.intake import child\n"
        "child._COMMAND = ['-c', 'from onrecord.intake.child_main import main; main()']\n"
        "child.ask('sleep', {'sleep': 0}, seconds=20)\n"
        "print(child._parsers['sleep']._child._process.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    pid = int(done.stdout)
    for _ in range(100):
        if not _runs(pid):
            return
        time.sleep(0.05)
    raise AssertionError("the child goes on")


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as state:
            return state.read().split()[2] != "Z"
    except OSError:
        return False


def test_a_child_that_nobody_minds_ends_itself(work: None, monkeypatch: pytest.MonkeyPatch) -> None:
    process = child._Child("sleep", child.MEMORY)
    process.ask({"sleep": 0, "seconds": 20}, seconds=20)
    assert process._process.stdin is not None
    # The time that the request allows, and the grace, are over; the parent waits longer.
    with pytest.raises(child.ChildDied):
        process.ask({"sleep": 60, "seconds": -child_main._GRACE + 0.2}, seconds=40)
    process.close()
