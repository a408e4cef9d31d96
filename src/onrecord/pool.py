"""A function over many items in several processes: in order, bounded in memory, alive after a crash."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Items under way for each worker: enough that none waits, few enough that results do not pile up.
AHEAD = 4
# Ctrl-C reaches every process of a terminal; the parent alone answers it, by shutting the workers down.
IGNORE_CTRL_C = (signal.SIGINT, signal.SIG_IGN)


def ordered(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int,
    crashed: Callable[[Item], Result],
) -> Iterator[Result]:
    """`function` of each item, in order. Where a process dies of an item, `crashed` of it is given instead.

    `function` must not raise and must be importable by name: processes are started afresh, not forked, since
    ONNX Runtime's threads do not survive a fork.
    """
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    executor = _executor(workers)
    try:
        for item in items:
            if len(waiting) >= workers * AHEAD:
                executor, result = _take(executor, waiting, function, workers, crashed)
                yield result
            executor = _submit(executor, waiting, item, function, workers)
        while waiting:
            executor, result = _take(executor, waiting, function, workers, crashed)
            yield result
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _executor(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=signal.signal, initargs=IGNORE_CTRL_C
    )


def _submit(
    executor: ProcessPoolExecutor,
    waiting: deque[tuple[Item, Future[Result]]],
    item: Item,
    function: Callable[[Item], Result],
    workers: int,
) -> ProcessPoolExecutor:
    try:
        waiting.append((item, executor.submit(function, item)))
    except BrokenProcessPool:  # of an earlier item, not yet taken: its turn comes in `_take`
        executor.shutdown(wait=False, cancel_futures=True)
        executor = _executor(workers)
        waiting.append((item, executor.submit(function, item)))
    return executor


def _take(
    executor: ProcessPoolExecutor,
    waiting: deque[tuple[Item, Future[Result]]],
    function: Callable[[Item], Result],
    workers: int,
    crashed: Callable[[Item], Result],
) -> tuple[ProcessPoolExecutor, Result]:
    """The first result. A crash takes every item under way with it, so each is tried once more, alone."""
    item, future = waiting.popleft()
    try:
        return executor, future.result()
    except BrokenProcessPool:
        executor.shutdown(wait=False, cancel_futures=True)
    try:
        with _executor(1) as alone:
            result = alone.submit(function, item).result()
    except BrokenProcessPool:
        result = crashed(item)
    executor = _executor(workers)
    lost = [(other, executor.submit(function, other)) if _lost(found) else (other, found) for other, found in waiting]
    waiting.clear()
    waiting.extend(lost)
    return executor, result


def _lost(future: Future[Result]) -> bool:
    return not (future.done() and not future.cancelled() and future.exception() is None)
