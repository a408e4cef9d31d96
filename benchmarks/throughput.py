"""Speed and memory, measured through the installed package.

    python benchmarks/throughput.py [--texts DIR] [--articles 300] [--explore] [--quick]

Words are runs of characters between white space. --explore also tries window lengths, batches and threads against
processes on the network alone. --quick reads ten articles, to show that the benchmark works.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from onrecord import Document, Reader, Settings, attribution, document_from_text, meaning
from onrecord.encoder import Network
from onrecord.encoder.features import featurise
from onrecord.encoder.windows import cut
from onrecord.settings import usable_cores
from onrecord.text import repair, segment

ROOT = Path(__file__).parents[1]


def corpus(folder: Path, count: int) -> list[Document]:
    """`count` documents: the folder's texts in order of name, repeated as needed."""
    paths = sorted(path for path in folder.iterdir() if path.suffix == ".txt")
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return [document_from_text(text, path=f"{number}.txt") for number, text in enumerate(islice(cycle(texts), count))]


def words(documents: list[Document]) -> int:
    return sum(len(document.text.split()) for document in documents)


def timed(function: Callable[[], object]) -> float:
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def read_all(documents: list[Document], workers: int) -> float:
    """Seconds to read all; the time to start the processes and load their networks is left out."""
    reader = Reader(Settings(workers=workers))
    warm = documents[: workers * 4]
    stream = reader.pipe([*warm, *documents])
    for _ in islice(stream, len(warm)):
        pass
    return timed(lambda: list(stream))


def _peak(documents: list[Document]) -> float:
    """Peak memory in MB of a process that has read the documents; run in a fresh one."""
    for document in documents:
        Reader().read(document)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak_memory(documents: list[Document]) -> float:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (documents,))


def encoder_share(documents: list[Document]) -> tuple[float, int, int]:
    """Share of one process's time that the network takes, its wordpieces, and those it reads twice where windows
    overlap."""
    network = Network()
    spent, pieces, read = 0.0, 0, 0
    for document in documents:
        segments = segment(repair(document.text).text)
        spent += timed(lambda segments=segments: network.score(segments))
        features = featurise(segments, network.tokenizer)
        pieces += int(features.first[-1])
        read += sum(window.inputs.shape[1] for window in cut(features, size=network.size, overlap=network.overlap))
    return spent, pieces, read


def meaning_share(documents: list[Document]) -> float:
    """Seconds to say what statements mean, over the seconds of all that comes before it, in one run of one process."""
    network = Network()
    decoder = attribution.Decoder.of(network.card.decoder)
    before = after = 0.0
    for document in documents:
        started = time.perf_counter()
        segments = segment(repair(document.text).text)
        found = attribution.attribute(segments, network.score(segments), decoder)
        chained = [row.attribution for row in meaning.settle_chain(segments, found)]
        context = meaning.read_context(segments, chained, published=document.published)
        meaning.settle(segments, chained, context.dates, published=document.published)
        read = time.perf_counter()
        meaning.understand(context)
        before, after = before + read - started, after + time.perf_counter() - read
    return after / before


def cold_starts(document: Document, repeats: int) -> tuple[float, float]:
    """Best seconds for `onrecord read FILE` and `onrecord --help`, each a process of its own."""
    command = Path(sys.executable).with_name("onrecord")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(document.text, encoding="utf-8")

        def run(*options: str) -> float:
            call = [str(command), *options]
            return min(timed(lambda: subprocess.run(call, capture_output=True, check=True)) for _ in range(repeats))

        return run("read", str(path)), run("--help")


def explore(documents: list[Document]) -> None:
    """Words a second of the network alone, by window length, batch and threads."""
    base = Network()
    features = [featurise(segment(repair(document.text).text), base.tokenizer) for document in documents]
    count = words(documents)
    print("\nnetwork alone, one process\nthreads  window  overlap  batch   words/s")
    for threads in sorted({1, usable_cores()}):
        network = Network(threads=threads)
        for size, overlap in ((128, 32), (256, 64), (384, 32), (384, 96), (384, 192), (510, 96)):
            inputs = [window.inputs for row in features for window in cut(row, size=size, overlap=overlap)]
            print(f"{threads:7}  {size:6}  {overlap:7}  {1:5}  {count / _seconds(network, inputs, 1):8.0f}")
        inputs = [window.inputs for row in features for window in cut(row, size=384, overlap=96)]
        inputs.sort(key=lambda row: row.shape[1])  # windows of about equal length together
        for batch in (4, 16):
            print(f"{threads:7}  {384:6}  {96:7}  {batch:5}  {count / _seconds(network, inputs, batch):8.0f}")


def _seconds(network: Network, inputs: list[np.ndarray], batch: int) -> float:
    started = time.perf_counter()
    for at in range(0, len(inputs), batch):
        group = inputs[at : at + batch]
        longest = max(row.shape[1] for row in group)
        stacked = np.zeros((len(group), 4, longest), np.int64)
        mask = np.zeros((len(group), longest), np.float32)
        for number, row in enumerate(group):
            stacked[number, :, : row.shape[1]] = row
            mask[number, : row.shape[1]] = 1
        network.run(stacked, mask)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=ROOT.parent / "shared" / "data" / "polnear" / "dev" / "text")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--explore", action="store_true")
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    folder = args.texts if args.texts.is_dir() else ROOT / "examples"
    documents = corpus(folder, 10 if args.quick else args.articles)
    count, cores = words(documents), usable_cores()
    print(f"{len(documents)} articles, {count} words, from {folder.name}; {cores} of {os.cpu_count()} cores")
    single = read_all(documents, 1)
    print(f"one process     {count / single:8.0f} words/s")
    if cores > 1:
        print(f"{cores} processes     {count / read_all(documents, cores):8.0f} words/s")
    spent, pieces, read = encoder_share(documents)
    print(f"network         {spent / single:8.0%} of one process's time; {pieces} wordpieces, {read} read with overlap")
    meaning_share(documents[:5])  # registers are loaded with the first
    print(f"meaning         {meaning_share(documents):8.0%} more than reading without it")
    print(f"peak memory     {peak_memory(documents):8.0f} MB in a worker")
    article, helped = cold_starts(documents[0], 1 if args.quick else 5)
    print(f"one article     {article:8.2f} s from a cold start; --help {helped:.2f} s")
    if args.explore:
        explore(documents[:60])


if __name__ == "__main__":
    main()
