"""How fast a large record answers, on SQLite.

    python benchmarks/record_size.py [--statements 1000000] [--db FILE] [--keep] [--quick]

The record is made up: words, names and facts are drawn by seeded chance with the frequencies of news (Zipf's law for
words, speakers, countries, issues and publishers; about 15 statements an article; 20 years, the later ones fuller) and
written straight into the tables. Every kind of question is asked 200 times or more with other values, the frequent
ones more often. Time is on the clock; `cpu p95` is the processor's, for a machine that is busy with other things.
--quick makes 20,000 statements, to show that the benchmark works.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.record_made import Made, make
from onrecord.record.record import Record

ASKED = 240
Question = Callable[[], Any]


def measured(name: str, questions: list[Question]) -> list[float]:
    """Milliseconds of each question, after one of them has warmed the connection."""
    questions[0]()
    took, busy, rows = [], [], 0
    for question in questions:
        began, worked = time.perf_counter(), time.process_time()
        answer = question()
        took.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - worked) * 1000)
        rows += len(getattr(answer, "rows", answer))
    p50, p95, worst = np.percentile(took, [50, 95, 100])
    processor = np.percentile(busy, 95)
    print(
        f"{name:34} {len(took):5} {p50:9.1f} {p95:9.1f} {worst:9.1f} {processor:9.1f} {rows / len(took):10.1f}",
        flush=True,
    )
    return took


def questions(record: Record, made: Made, rng: np.random.Generator) -> Iterator[tuple[str, list[Question]]]:
    """Every kind of question, many times with other values."""
    pick = made.picker(rng)
    many = range(ASKED)

    def search(**filters: Any) -> Question:
        return partial(record.search, **filters)

    yield "search, rare word", [search(words=pick.word(2e-6, 2e-5)) for _ in many]
    yield "search, middling word", [search(words=pick.word(1e-4, 1e-3)) for _ in many]
    yield "search, common word", [search(words=pick.word(5e-3, 1e-1)) for _ in many]
    frequent = made.word_in(0.3)
    yield f"search, word in {made.share(frequent):.0%}", [search(words=frequent, since=pick.day()) for _ in many]
    yield "search, two common words", [search(words=f"{pick.word(3e-3, 1e-1)} {pick.word(3e-3, 1e-1)}") for _ in many]
    yield "search, phrase", [search(words=f'"{pick.phrase()}"') for _ in many]
    yield "search, prefix of 4 letters", [search(words=pick.word(1e-5, 1e-2)[:4] + "*") for _ in many]
    yield (
        "search, word without another",
        [search(words=f"{pick.word(1e-3, 1e-1)} -{pick.word(1e-3, 1e-1)}") for _ in many],
    )
    yield (
        "search, word, country, issue",
        [search(words=pick.word(1e-4, 1e-1), country=pick.country(), issue=pick.issue()) for _ in many],
    )
    yield (
        "search, word, speaker, since",
        [search(words=pick.word(1e-4, 1e-1), speaker=pick.speaker(), since=pick.day()) for _ in many],
    )
    yield "search, word, publisher", [search(words=pick.word(1e-4, 1e-1), publisher=pick.publisher()) for _ in many]
    yield "filters: speaker", [search(speaker=pick.speaker()) for _ in many]
    yield (
        "filters: five at once",
        [
            search(
                country=pick.country(),
                counterpart=pick.country(),
                issue=pick.issue(),
                stance="opposes",
                since=pick.day(),
            )
            for _ in many
        ],
    )
    yield "filters: kind and period", [search(kind="direct", until=pick.day()) for _ in many]
    yield "search, page 50", [deep(record, pick.word(5e-3, 1e-1)) for _ in many]
    yield "agenda", [partial(record.agenda, pick.country(), pick.country()) for _ in many]
    yield "agenda, the most frequent pair", [partial(record.agenda, *made.countries[:2])] * ASKED
    yield "timeline", [partial(record.timeline, pick.issue()) for _ in many]
    yield (
        "timeline, country, period",
        [partial(record.timeline, pick.issue(), country=pick.country(), since=pick.day()) for _ in many],
    )
    days = [pick.day() for _ in many]
    yield "deadlines", [partial(record.deadlines, since=day, until=day + timedelta(days=90)) for day in days]
    yield "deadlines, those repeated too", [partial(record.deadlines, since=day, limit=1000) for day in days[:20]]
    yield "contradictions, a page", [partial(record.contradictions, until=day) for day in days[:20]]
    yield (
        "contradictions, of a speaker",
        [partial(record.contradictions, speaker=pick.speaker()) for _ in range(40)],
    )
    yield (
        "contradictions, country, issue",
        [partial(record.contradictions, country=pick.country(), issue=pick.issue()) for _ in range(40)],
    )
    yield "speakers, by name", [partial(record.speakers, pick.speaker().split()[-1]) for _ in many]
    yield "speakers, all", [record.speakers] * 10
    yield "stats", [lambda: [record.stats()]] * 10


def deep(record: Record, words: str) -> Question:
    """The fiftieth page: its place is found by going there once, then asked for."""
    page = record.search(words, limit=980)
    return partial(record.search, words, after=page.next)


def export(path: Path) -> None:
    """Read every statement and say how long it took and how much memory it needed more than opening the record did."""
    with Record(path) as record:
        record.search("", limit=20)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        count = sum(1 for _ in record.statements())
        took = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{count:,} statements streamed in {took:.0f} s;"
        f" peak memory {before / 1024:.0f} MiB before, {after / 1024:.0f} after"
    )


def added(path: Path, made: Made) -> None:
    """Time to add one more article of 15 statements, median and worst of 50."""
    from onrecord.record.writer import Writer

    took = []
    with Writer(path) as writer:
        for number in range(50):
            reading = made.article(number)
            began = time.perf_counter()
            writer.add([reading])
            took.append((time.perf_counter() - began) * 1000)
    print(f"one more article: {np.median(took):.0f} ms, worst of {len(took)} {max(took):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--keep", action="store_true", help="keep the file, and use it if it is there")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.db or Path(folder) / "size.db"
        began = time.perf_counter()
        made = make(path, 20_000 if given.quick else given.statements)
        size = path.stat().st_size / 1e6
        print(f"{made.statements:,} statements in {made.documents:,} articles, {size:,.0f} MB", end="")
        print(f", made in {time.perf_counter() - began:.0f} s")
        print(f"{'question':34} {'asked':>5} {'p50 ms':>9} {'p95 ms':>9} {'worst':>9} {'cpu p95':>9} {'rows each':>10}")
        slow = []
        with Record(path) as record:
            for name, asked in questions(record, made, np.random.default_rng(7)):
                if np.percentile(measured(name, asked), 95) >= 150:
                    slow.append(name)
        export(path)
        added(path, made)
        if not given.keep:
            path.unlink()
    print(f"p95 of 150 ms or more: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
