"""A function over many items in several processes: in order, bounded in memory, alive after a crash."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from types import TracebackType
from typing import Generic, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Items under way for each worker: enough that none waits, few enough that results do not pile up.
AHEAD = 4
AHEAD_NAME = "onrecord-ahead"


def ordered(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int,
    crashed: Callable[[Item], Result],
) -> Iterator[Result]:
    """`function` of each item, in order. Where a process dies of an item, `crashed` of it is given instead."""
    with Window(function, workers=workers, crashed=crashed) as window:
        for item in items:
            if window.full:
                yield window.take()
            window.put(item)
        while window:
            yield window.take()


class Window(Generic[Item, Result]):
    """Items under way in `workers` processes, whose results are taken in the order they were put in.

    `function` must not raise and must be importable by name: processes are started afresh, not forked, since
    ONNX Runtime's threads do not survive a fork. They are started with the first item.
    """

    def __init__(self, function: Callable[[Item], Result], *, workers: int, crashed: Callable[[Item], Result]) -> None:
        self._function = function
        self._workers = workers
        self._crashed = crashed
        self._waiting: deque[tuple[Item | None, Future[Result]]] = deque()
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def full(self) -> bool:
        """Whether a result should be taken before the next item is put in."""
        return len(self._waiting) >= self._workers * AHEAD

    @property
    def ready(self) -> bool:
        """Whether the next result can be had without waiting."""
        return bool(self._waiting) and self._waiting[0][1].done()

    def put(self, item: Item) -> None:
        """Have `item` worked on."""
        try:
            future = self._submit(item)
        # Broken by an earlier item, not yet taken: its turn comes in `take`. While the pool falls apart, its pipes are
        # closed under the start of another worker, which then fails with an OSError or a ValueError.
        except (BrokenProcessPool, OSError, ValueError):
            self._restart()
            future = self._submit(item)
        self._waiting.append((item, future))

    def pass_by(self, result: Result) -> None:
        """Put in a result that needs no work, for its place in the order."""
        future: Future[Result] = Future()
        future.set_result(result)
        self._waiting.append((None, future))

    def take(self) -> Result:
        """The first result. A crash takes every item under way with it, so each is tried once more, alone."""
        item, future = self._waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            assert item is not None
        self._restart()
        result = self._alone(item)
        self._waiting = deque(
            (other, self._submit(other)) if other is not None and _lost(found) else (other, found)
            for other, found in self._waiting
        )
        return result

    def _submit(self, item: Item) -> Future[Result]:
        if self._executor is None:
            self._executor = _executor(self._workers)
        return self._executor.submit(self._function, item)

    def _restart(self) -> None:
        if self._executor is not None:
            _abandon(self._executor)
        self._executor = None

    def _alone(self, item: Item) -> Result:
        try:
            with _executor(1) as alone:
                return alone.submit(self._function, item).result()
        except BrokenProcessPool:
            return self._crashed(item)


class Inline(Window[Item, Result]):
    """A window without processes: an item is worked on when it is put in."""

    def put(self, item: Item) -> None:
        """Work on `item`, here and now."""
        self.pass_by(self._function(item))


class Ahead(Generic[Item]):
    """An iterator run in a thread, up to `size` items ahead of whoever takes them.

    A thread, since an iterator that waits for the network or a pipe must not keep what is there already from being
    dealt with. It ends with the process, whatever it waits for.
    """

    def __init__(self, items: Iterable[Item], *, size: int) -> None:
        self._items = items
        self._queue: queue.Queue[Item | None] = queue.Queue(size)
        self._error: BaseException | None = None
        self._stopped = False
        self.ended = False
        self._thread = threading.Thread(target=self._run, name=AHEAD_NAME, daemon=True)
        self._thread.start()

    def take(self, *, timeout: float) -> list[Item]:
        """Items that are there, at least one unless `timeout` seconds pass or all are through (`ended`).

        Raises what the iterator raised, after the last item before it.
        """
        taken: list[Item] = []
        try:
            item = self._queue.get(timeout=timeout)
            while item is not None:
                taken.append(item)
                item = self._queue.get_nowait()
        except queue.Empty:
            return taken
        if self._error is not None and not taken:
            raise self._error
        if self._error is not None:
            self._queue.put(None)
            return taken
        self.ended = True
        return taken

    def close(self) -> None:
        """Have the thread end when it next comes to hand over an item."""
        self._stopped = True

    def _run(self) -> None:
        try:
            for item in self._items:
                if not self._handed_over(item):
                    return
        except BaseException as error:
            self._error = error
        self._handed_over(None)

    def _handed_over(self, item: Item | None) -> bool:
        while not self._stopped:
            try:
                self._queue.put(item, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False


def _executor(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _abandon(executor: ProcessPoolExecutor) -> None:
    """Let go of an executor that lost a process, and end its other processes.

    It does that itself, but a process that is started at the moment when another dies escapes it (seen with Python
    3.11): it waits for work for ever, and we at our exit for it. There is no public way before Python 3.14.
    """
    processes = list((getattr(executor, "_processes", None) or {}).values())
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()


def _begin() -> None:
    """Set up a worker: Ctrl-C reaches every process of a terminal, and the parent alone answers it.

    Python's workers wait for ever for a parent that was killed, since each holds the writing end of the pipe it
    reads from; this one watches for that.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _lost(future: Future[Result]) -> bool:
    return not (future.done() and not future.cancelled() and future.exception() is None)
