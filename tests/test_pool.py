"""Order, bounded memory, and life after a crash."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from onrecord import pool


def double(item: int) -> int:
    if item == -1:
        os._exit(3)
    return item * 2


def crashed(item: int) -> int:
    return item


def test_results_come_in_order() -> None:
    assert list(pool.ordered(double, range(20), workers=2, crashed=crashed)) == [2 * item for item in range(20)]


def test_a_crash_costs_one_item() -> None:
    items = [1, 2, -1, 3, 4, -1, 5, 6]
    expected = [2, 4, -1, 6, 8, -1, 10, 12]
    assert list(pool.ordered(double, items, workers=2, crashed=crashed)) == expected


def test_items_are_taken_as_they_are_needed() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(100):
            taken += 1
            yield item

    stream = pool.ordered(double, items(), workers=1, crashed=crashed)
    assert next(stream) == 0
    assert taken <= pool.AHEAD + 2
    stream.close()  # type: ignore[attr-defined]


def test_results_that_need_no_work_keep_their_place() -> None:
    with pool.Window(double, workers=2, crashed=crashed) as window:
        window.pass_by(100)
        window.put(-1)
        window.pass_by(200)
        window.put(4)
        assert window.ready
        assert [window.take() for _ in range(4)] == [100, -1, 200, 8]
        assert not window


def test_a_window_without_processes_works_at_once() -> None:
    with pool.Inline(double, workers=1, crashed=crashed) as window:
        window.put(3)
        assert window.ready and window.take() == 6


def test_a_worker_that_is_killed_while_idle_costs_nothing() -> None:
    with pool.Window(double, workers=2, crashed=crashed) as window:
        window.put(1)
        assert window.take() == 2
        for worker in multiprocessing.active_children():
            worker.kill()
            worker.join()
        window.put(2)
        window.put(3)
        assert [window.take(), window.take()] == [4, 6]
    end = time.monotonic() + 10
    while multiprocessing.active_children() and time.monotonic() < end:
        time.sleep(0.02)
    assert multiprocessing.active_children() == []  # one that is left waits for ever, and Python for it at its exit


def test_a_pool_that_falls_apart_while_a_worker_starts_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with pool.Window(double, workers=1, crashed=crashed) as window:
        window.put(1)
        assert window.take() == 2
        assert window._executor is not None
        monkeypatch.setattr(window._executor, "submit", _closed)
        window.put(2)
        assert window.take() == 4


def _closed(*_: object) -> None:
    raise ValueError("bad value(s) in fds_to_keep")


def test_workers_end_when_their_parent_is_killed() -> None:
    parent = multiprocessing.get_context("spawn").Process(target=idle_parent, args=(queue := _queue(),))
    parent.start()
    worker = queue.get(timeout=30)
    parent.kill()
    parent.join()
    assert _ends(worker, seconds=10)


def idle_parent(queue: multiprocessing.Queue[int]) -> None:
    window = pool.Window(own_pid, workers=1, crashed=crashed)
    window.put(0)
    queue.put(window.take())
    time.sleep(60)


def own_pid(item: int) -> int:
    return os.getpid() + item


def _queue() -> multiprocessing.Queue[int]:
    return multiprocessing.get_context("spawn").Queue()


def _ends(pid: int, *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
            with open(f"/proc/{pid}/stat") as stream:
                if stream.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def test_items_are_taken_ahead_but_not_too_far() -> None:
    made = 0

    def items() -> Iterator[int]:
        nonlocal made
        for item in range(100):
            made += 1
            yield item

    with closing(pool.Ahead(items(), size=3)) as ahead:
        taken = ahead.take(timeout=5)
        assert taken[0] == 0
        time.sleep(0.1)
        assert made <= len(taken) + 5
        while not ahead.ended:
            taken += ahead.take(timeout=5)
        assert taken == list(range(100))


def test_nothing_there_yet_is_no_end() -> None:
    go_on = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        go_on.wait(10)
        yield 2

    with closing(pool.Ahead(items(), size=3)) as ahead:
        assert ahead.take(timeout=5) == [1]
        assert ahead.take(timeout=0.01) == [] and not ahead.ended
        go_on.set()
        assert ahead.take(timeout=5) == [2]


def test_what_the_iterator_raises_comes_after_its_items() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    with closing(pool.Ahead(items(), size=3)) as ahead:
        assert ahead.take(timeout=5) == [1]
        with pytest.raises(ZeroDivisionError):
            ahead.take(timeout=5)
