"""What int8 weights cost: accuracy on PolNeAR dev of the packaged network beside its float32 original.

python -m training.export --run DIR --float32 FOLDER
python benchmarks/quantization.py FOLDER [--shared ../shared]
"""

from __future__ import annotations

import argparse
import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

from onrecord.attribution import Decoder, attribute
from onrecord.encoder import Network, packaged
from onrecord.text import Repaired, repair, segment
from onrecord.types import Attribution, Span

ROOT = Path(__file__).parents[1]


def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score_attributions.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(network: Network, shared: Path) -> dict[str, float]:
    """F1 of each measure of the shared scorer."""
    tool = scorer(shared)
    decoder = Decoder.of(network.card.decoder)
    counts: Counter[object] = Counter()
    for text, gold in tool.read_gold(shared / "data" / "polnear" / "dev").values():
        repaired = repair(text)
        segments = segment(repaired.text)
        found = attribute(segments, network.score(segments), decoder)
        counts += tool.count(text, gold, [_pairs(row, repaired) for row in found])
    return {name: row["f1"] for name, row in tool.report(counts).items()}


def _pairs(row: Attribution, repaired: Repaired) -> dict[str, list[tuple[int, int]]]:
    def back(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
        return [(span.start, span.end) for span in map(repaired.original, spans)]

    return {"source": back((row.source,) if row.source else ()), "cue": back(row.cue), "content": back(row.content)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("float32", type=Path)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    args = parser.parse_args()
    int8, float32 = figures(packaged(), args.shared), figures(Network(args.float32), args.shared)
    print("                  int8  float32   points")
    for name, value in int8.items():
        print(f"{name:15} {value:.4f}   {float32[name]:.4f}   {100 * (value - float32[name]):+.2f}")


if __name__ == "__main__":
    main()
