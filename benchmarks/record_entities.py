"""How well the record tells persons apart: precision and recall over pairs, and the time one article takes.

    python benchmarks/record_entities.py [--quick] [--errors] [--entities N]

The pairs are in `benchmarks/entities/`. The rules were tuned on the first half; the second was measured (precision
0.985, recall 0.905) before some of its errors were mended too; `fresh` was written after that. Each pair goes through
an empty record of its own, as two articles. Baselines: the same name letter for letter, the same name but for case and
accents, and names that rapidfuzz finds at least 90 alike. `--quick` leaves out the timing; `--errors` prints what went
wrong.
"""

from __future__ import annotations

import argparse
import random
import time
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import Connection, Engine, create_engine, insert, select

from onrecord.meaning.registers import given_names
from onrecord.record.entities import resolve
from onrecord.record.names import fold
from onrecord.record.tables import documents, identities, metadata
from onrecord.types import Speaker

FOLDER = Path(__file__).parent / "entities"


def pairs(half: str) -> list[dict[str, Any]]:
    return tomllib.loads((FOLDER / f"{half}.toml").read_text(encoding="utf-8"))["pair"]


def said(connection: Connection, number: int, speaker: list[str]) -> int:
    """Add an article in which this speaker speaks; the key of the entity."""
    name, role, country, day = speaker
    row = {"id": f"d{number}", "text": "", "words": 0, "added_at": ""}
    key = connection.execute(insert(documents).values(row).returning(documents.c.key)).scalar_one()
    who = Speaker(
        name=name, role=role or None, country=country or None, type="person", id="p:" + "-".join(fold(name).split()),
        mention=None, how="stated", score=1.0,
    )  # fmt: skip
    return resolve(connection, key, [who], day=date.fromisoformat(day) if day else None)[who.id]


def by_record(engine: Engine, pair: dict[str, Any]) -> tuple[bool, str]:
    with engine.connect() as connection, connection.begin() as everything:
        first = said(connection, 0, pair["one"])
        for i, speaker in enumerate(pair.get("between", ())):
            said(connection, i + 1, speaker)
        last = said(connection, 99, pair["other"])
        reason = connection.execute(select(identities.c.reason).order_by(identities.c.document_key.desc())).scalars()
        why = reason.first() or ""
        everything.rollback()
    return first == last, why


BASELINES: dict[str, Callable[[str, str], bool]] = {
    "same letters": lambda a, b: a == b,
    "folded": lambda a, b: fold(a) == fold(b),
    "rapidfuzz >= 90": lambda a, b: fuzz.token_sort_ratio(fold(a), fold(b)) >= 90,
}


def scores(verdicts: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall, F1 of (wanted, found)."""
    right = sum(w and f for w, f in verdicts)
    found, wanted = sum(f for _, f in verdicts), sum(w for w, _ in verdicts)
    precision, recall = right / found if found else 1.0, right / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def memory() -> Engine:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    return engine


def measure(half: str, *, errors: bool) -> dict[str, tuple[float, float, float]]:
    engine = memory()
    rows = pairs(half)
    found = [by_record(engine, pair) for pair in rows]
    for pair, (same, why) in zip(rows, found, strict=True):
        if errors and same != pair["same"]:
            print(f"  {'missed' if pair['same'] else 'WRONG'}: {pair['one']} / {pair['other']}: {why}")
    table = {"onrecord": scores([(p["same"], f) for p, (f, _) in zip(rows, found, strict=True)])}
    for name, alike in BASELINES.items():
        table[name] = scores([(p["same"], alike(p["one"][0], p["other"][0])) for p in rows])
    return table


def timing(count: int) -> None:
    """One article of 15 speakers in a record of `count` entities with names drawn at random."""
    draw = random.Random(7)
    given = sorted(given_names())
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "ov")]
    surnames = ["".join(draw.choices(syllables, k=3)).title() for _ in range(count // 5)]
    surnames += ["Smith", "Kim", "Khan", "Ivanov", "Wang"] * (len(surnames) // 500)

    def speaker() -> list[str]:
        return [f"{draw.choice(given)} {draw.choice(surnames)}", draw.choice(ROLES), draw.choice(COUNTRIES), ""]

    engine = memory()
    with engine.begin() as connection:
        people = [speaker() for _ in range(count)]
        number = 0
        for start in range(0, count, 15):
            number += 1
            article(connection, number, people[start : start + 15])
        taken = []
        for _ in range(100):
            number += 1
            row = [*draw.sample(people, 10), *[speaker() for _ in range(5)]]
            started, busy = time.perf_counter(), time.process_time()
            article(connection, number, row)
            taken.append(((time.perf_counter() - started) * 1000, (time.process_time() - busy) * 1000))
    print(f"\none article of 15 speakers beside {count:,} others, in ms:")
    for name, one in zip(("on the clock", "of a processor"), zip(*taken, strict=True), strict=True):
        print(f"  {name:16} median {sorted(one)[50]:.1f}  p95 {sorted(one)[95]:.1f}")


ROLES = ["Minister of Foreign Affairs", "President", "analyst", "Spokesman for the government", "Senator", ""]
COUNTRIES = ["USA", "RUS", "DEU", "FRA", "CHN", "IND", ""]


def article(connection: Connection, number: int, rows: list[list[str]]) -> None:
    row = {"id": f"t{number}", "text": "", "words": 0, "added_at": ""}
    key = connection.execute(insert(documents).values(row).returning(documents.c.key)).scalar_one()
    speakers = [
        Speaker(
            name=name, role=role or None, country=country or None, type="person", id="p:" + fold(name), mention=None,
            how="stated", score=1.0,
        )
        for name, role, country, _ in rows
    ]  # fmt: skip
    resolve(connection, key, speakers, day=date(2020, 1, 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="leave out the timing")
    parser.add_argument("--errors", action="store_true", help="print the pairs that went wrong")
    parser.add_argument("--entities", type=int, default=100_000, help="size of the record to time in")
    wanted = parser.parse_args()
    for half in ("tuning", "held_out", "fresh"):
        table = measure(half, errors=wanted.errors)
        print(f"{half}: {len(pairs(half))} pairs")
        for name, (precision, recall, f1) in table.items():
            print(f"  {name:16} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    if not wanted.quick:
        timing(wanted.entities)


if __name__ == "__main__":
    main()
