"""Short made-up articles in every kind of source, for tests of what becomes of an intake that is killed.

Everything in them is invented; the same seed gives the same files. 30 to 60 words each, one or two attributed
statements; one in twenty stands in two sources, one in twenty is a copy with a changed word.
"""

from __future__ import annotations

import csv
import json
import random
import zipfile
from itertools import pairwise
from pathlib import Path

_FIRST = [
    "Anna",
    "Boris",
    "Clara",
    "Dmitri",
    "Elena",
    "Farid",
    "Grace",
    "Hanna",
    "Ivan",
    "Julia",
    "Karim",
    "Lena",
    "Marco",
    "Nadia",
    "Omar",
    "Petra",
]
_LAST = [
    "Ahlgren",
    "Barov",
    "Castell",
    "Dorn",
    "Ekholm",
    "Farsi",
    "Grunau",
    "Halvorsen",
    "Ibarra",
    "Jansky",
    "Kolm",
    "Lindqvist",
    "Moreau",
    "Novak",
]
_LANDS = ["Norway", "Estonia", "Kenya", "Peru", "Japan", "Chile", "Ghana", "Jordan", "Nepal", "Malta"]
_POSTS = ["Foreign Minister", "Prime Minister", "Trade Minister", "Defence Minister", "President"]
_TOWNS = ["Oslo", "Tallinn", "Nairobi", "Lima", "Kyoto", "Geneva", "Accra", "Amman", "Vienna", "Valletta"]
_THINGS = ["the fisheries treaty", "the border talks", "the grain corridor", "the rail link", "the arms register"]
_WILLS = ["would be signed by May", "could not be reopened", "had cost too much already", "would need a new vote"]
_WORDS = [
    "We have waited long enough",
    "This is a beginning and no more",
    "Nobody gains from delay",
    "We keep our word",
]
_OUTLETS = ["Harbour Wire", "The Northern Post", "Delta News"]


def article(number: int, rng: random.Random) -> dict[str, str]:
    """One article as a line of JSON Lines holds it; `number` keeps it unlike the others."""
    name = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    land, town, thing = rng.choice(_LANDS), rng.choice(_TOWNS), rng.choice(_THINGS)
    day = f"2026-{rng.randint(1, 9):02}-{rng.randint(1, 28):02}"
    text = (
        f"{town.upper()} - {rng.choice(_POSTS)} {name} of {land} said on Monday that {thing} {rng.choice(_WILLS)}. "
        f"The statement was number {number} of the session, which began in {town} a week ago."
    )
    if rng.random() < 0.6:
        text += f' "{rng.choice(_WORDS)}," {name.split()[1]} told reporters, {rng.randint(2, 90)} delegates beside.'
    return {"title": f"{land} on {thing}", "publisher": rng.choice(_OUTLETS), "published": day, "text": text}


def articles(count: int, *, seed: int) -> list[dict[str, str]]:
    """`count` articles, copies and repetitions among them."""
    rng = random.Random(seed)
    made: list[dict[str, str]] = []
    for number in range(count):
        roll = rng.random()
        if made and roll < 0.05:
            made.append(rng.choice(made))
        elif made and roll < 0.10:
            copied = rng.choice(made)
            made.append({**copied, "text": copied["text"].replace("session", "meeting"), "publisher": "Delta News"})
        else:
            made.append(article(number, rng))
    return made


def write_sources(folder: Path, count: int, *, seed: int = 1) -> list[str]:
    """A folder of texts, JSON Lines, a CSV table and a zip folder with `count` articles, and a few that must fail."""
    made = articles(count, seed=seed)
    cuts = [0, count * 2 // 5, count * 7 // 10, count * 17 // 20, count]
    texts, lines, rows, zipped = (made[a:b] for a, b in pairwise(cuts))
    (folder / "texts").mkdir(parents=True)
    for number, one in enumerate(texts):
        (folder / "texts" / f"{number:05}.txt").write_text(one["text"] + "\n", encoding="utf-8")
    (folder / "texts" / "99999-empty.txt").write_text("")
    encoded = [json.dumps(one) for one in lines]
    encoded.insert(len(encoded) // 2, '{"text": 7}')
    (folder / "lines.jsonl").write_text("\n".join(encoded) + "\n", encoding="utf-8")
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["title", "publisher", "published", "text"])
        writer.writeheader()
        writer.writerows(rows)
    with zipfile.ZipFile(folder / "folder.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, one in enumerate(zipped):
            archive.writestr(f"{number:05}.txt", one["text"] + "\n")
    return [str(folder / name) for name in ("texts", "lines.jsonl", "table.csv", "folder.zip", "missing.txt")]
