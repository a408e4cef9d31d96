"""Annotated articles: PolNeAR (brat stand-off) and the project's own (inline markup), as one type."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ROLES = ("source", "cue", "content")
Range = tuple[int, int]


@dataclass(slots=True)
class Gold:
    """One attribution: character ranges for each role; sources may be shared between attributions."""

    source: list[Range] = field(default_factory=list)
    cue: list[Range] = field(default_factory=list)
    content: list[Range] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Article:
    name: str
    text: str
    attributions: list[Gold]


def read_brat(folder: Path) -> list[Article]:
    """Articles of a PolNeAR folder (`text/`, `attributions/`); of several annotators the first one counts."""
    annotators: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotators[path.stem.rsplit("_", 1)[0]].append(path)
    articles = []
    for path in sorted((folder / "text").iterdir()):
        name = path.name.removesuffix(".txt")
        if annotators[name]:
            text = path.read_bytes().decode("utf-8")
            articles.append(Article(name, text, _read_annotations(annotators[name][0])))
    return articles


def _read_annotations(path: Path) -> list[Gold]:
    spans: dict[str, list[Range]] = {}
    events = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"(T\d+)\t\S+ ([\d; ]+)(?:\t|$)", line):
            pieces = [piece.split() for piece in match[2].split(";")]
            spans[match[1]] = [(int(low), int(high)) for low, high in pieces]
        elif re.match(r"E\d+\t", line):
            events.append([item.split(":") for item in line.split("\t")[1].split()])
    found = []
    for event in events:
        gold = Gold()
        for role, key in event:
            if (role := re.sub(r"\d+$", "", role).lower()) in ROLES:
                getattr(gold, role).extend(spans[key])
        found.append(gold)
    return found


MARKUP = re.compile(r"\{([SCT])(\d+(?:,\d+)*)\|([^{}]*)\}")


def read_markup(folder: Path) -> list[Article]:
    """The project's own articles: `{S1|Source} {C1|said} {T1|words}`; a shared source is `{S1,2|...}`."""
    return [parse_markup(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def parse_markup(name: str, marked: str) -> Article:
    """Take the markup out of an article. ValueError where braces do not pair."""
    text, at = "", 0
    found: dict[int, Gold] = defaultdict(Gold)
    for match in MARKUP.finditer(marked):
        text += marked[at : match.start()]
        role = {"S": "source", "C": "cue", "T": "content"}[match[1]]
        for number in match[2].split(","):
            getattr(found[int(number)], role).append((len(text), len(text) + len(match[3])))
        text += match[3]
        at = match.end()
    text += marked[at:]
    if "{" in text or "}" in text:
        raise ValueError(f"{name}: braces that are no markup")
    return Article(name, text, list(found.values()))


def corpus_hash(articles: list[Article]) -> str:
    """SHA-256 over names, texts and annotations, in order of name."""
    digest = hashlib.sha256()
    for article in sorted(articles, key=lambda article: article.name):
        rows = [[sorted(getattr(gold, role)) for role in ROLES] for gold in article.attributions]
        digest.update(f"{article.name}\0{article.text}\0{rows}\0".encode())
    return digest.hexdigest()
