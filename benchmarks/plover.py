"""Accuracy of PLOVER categories on the gold standard records of PLOVER, with the majority class beside it.

    python benchmarks/plover.py [--shared ../shared] [--half tune|held|all] [--show]

The records (PLOVER_GSR_CAMEO.txt, Open Event Data Alliance, CC BY-SA 4.0) are example sentences of the CAMEO manual
with the category names of 2016. `NAMES` maps those to the names of the current manual. The two halves are cut by a hash
of the record's id; rules may be developed on `tune` only, `held` is a figure to report.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from onrecord.meaning.categories import categorise

# Conversion: CAMEO2PLOVER-2021.txt and the manual's list of changes. Names that are not here did not change.
NAMES = {
    "INVESTIGATE": "ACCUSE",  # CAMEO 09 is ACCUSE with the mode `investigate`
    "DISAPPROVE": "ACCUSE",  # CAMEO 11 is ACCUSE with the mode `disapprove`
    "DEMAND": "REQUEST",  # CAMEO 10; the current manual takes requests and demands together
    "FIGHT": "ASSAULT",  # CAMEO 18-20: conventional and unconventional violence are one
    "YIELD": "CONCEDE",  # the verbal half of CAMEO 08
    "REDUCE_RELATIONS": "SANCTION",  # CAMEO 16
}


class Record(NamedTuple):
    """One record: its id, the current name of its category, its sentence."""

    id: str
    category: str
    text: str


def records(path: Path) -> Iterator[Record]:
    """The records of the file, which is not strict JSON: cut at the lines that close an object."""
    for chunk in re.split(r"(?m)^\},?\s*$", path.read_text(encoding="utf-8", errors="replace")):
        found = {key: _value(chunk, key) for key in ("id", "event", "text")}
        if all(found.values()) and found["event"] != "DOCUMENT":
            name = str(found["event"])
            yield Record(str(found["id"]), NAMES.get(name, name), str(found["text"]).strip(" {}"))


def _value(chunk: str, key: str) -> str | None:
    match = re.search(rf'"{key}":\s*"((?:[^"\\]|\\.)*)"', chunk)
    return match[1].replace('\\"', '"') if match else None


def half(record: Record) -> str:
    """Which half a record is in, by a hash of its id."""
    return ("tune", "held")[int(hashlib.sha256(record.id.encode()).hexdigest(), 16) % 2]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--half", choices=("tune", "held", "all"), default="all")
    parser.add_argument("--show", action="store_true", help="list the errors (of the half `tune` only)")
    options = parser.parse_args()
    every = list(records(options.shared / "data" / "plover" / "PLOVER_GSR_CAMEO.txt"))
    for name in ("tune", "held") if options.half == "all" else (options.half,):
        _report(name, [record for record in every if half(record) == name], show=options.show and name == "tune")


def _report(name: str, rows: list[Record], *, show: bool) -> None:
    found = [categorise(record.text) for record in rows]
    right = [record.category for record, category in zip(rows, found, strict=True) if record.category == category]
    majority, count = Counter(record.category for record in rows).most_common(1)[0]
    accuracy, baseline = len(right) / len(rows), count / len(rows)
    print(f"{name:5} {len(rows):4} records   accuracy {accuracy:.3f}   majority class ({majority}) {baseline:.3f}")
    for record, category in zip(rows, found, strict=True) if show else ():
        if category != record.category:
            print(f"  {record.category:10} {category or '-':10} {record.text}")
    total = Counter(record.category for record in rows)
    hits = Counter[str](right)
    if show:
        print("  " + "  ".join(f"{key} {hits[key]}/{total[key]}" for key in sorted(total)))


if __name__ == "__main__":
    main()
