"""Statements of which people said what they mean: read for fitting, with the annotators' attributions.

Labels are files of tab-separated lines, one a statement: its place (`ARTICLE:NUMBER` in the project's own articles,
`ARTICLE:START` with the offset of the content in PolNeAR), stance, commitment, issues, category, counterparts,
instruments and, for our own articles, the words of conditions and deadlines; `-` stands for none. `NAME_published.tsv`
beside `NAME.tsv` has the days of publication. Records (`benchmarks/records`) carry all that themselves.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onrecord import text
from onrecord.meaning.context import Context
from onrecord.meaning.dates import find_dates
from onrecord.meaning.mentions import find_cast
from onrecord.meaning.speakers import resolve
from onrecord.types import Attribution, Kind, Span
from training.corpus import MARKUP, Gold, read_brat, read_markup

HERE = Path(__file__).parent
RECORDS = HERE.parent / "benchmarks" / "records"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one statement means."""

    stance: str
    commitment: str
    issues: tuple[str, ...]
    counterparts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its annotated attributions, and what each means (None where that is not annotated)."""

    name: str
    context: Context
    gold: tuple[Meaning | None, ...]


def arguments(doc: str | None) -> argparse.Namespace:
    """The options of the scripts that fit."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, default=HERE / "meaning", help="folder of annotators' files")
    parser.add_argument("--articles", type=Path, default=HERE / "articles", help="the project's own articles")
    parser.add_argument("--records", type=Path, default=RECORDS, help="records to fit on as well")
    parser.add_argument("--polnear", type=Path, help="the folder of a split (text/, attributions/)")
    parser.add_argument("--measure", type=Path, action="append", default=[], help="records that are never fitted")
    parser.add_argument("--write", action="store_true", help="put the weights into the register")
    return parser.parse_args()


def read_sets(args: argparse.Namespace) -> dict[str, list[Labelled]]:
    """The articles to fit on, by kind: `own`, `records` and, where its folder is given, `PolNeAR`."""
    meanings, days = read_labels(args.labels)
    sets = {"own": list(own_articles(args.articles, meanings, days)), "records": list(records(args.records))}
    if args.polnear:
        sets["PolNeAR"] = list(polnear(args.polnear, meanings))
    return sets


def read_labels(folder: Path) -> tuple[dict[str, Meaning], dict[str, date]]:
    """What statements mean by place, and days of publication by article. ValueError for a line without nine fields."""
    meanings: dict[str, Meaning] = {}
    days: dict[str, date] = {}
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            fields = line.split("\t")
            if path.stem.endswith("_published"):
                days.update({fields[0]: date.fromisoformat(fields[1])} if fields[1] != "-" else {})
            elif len(fields) == 9:
                meanings[fields[0]] = Meaning(fields[1], fields[2], _listed(fields[3]), _listed(fields[5]))
            else:
                raise ValueError(f"{path}, line {number}: {len(fields)} fields, not 9")
    return meanings, days


def _listed(field: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in field.split(",") if word.strip() not in ("", "-"))


def own_articles(folder: Path, meanings: Mapping[str, Meaning], days: Mapping[str, date]) -> Iterator[Labelled]:
    """The project's own articles that are annotated."""
    for article in read_markup(folder):
        marked = (folder / f"{article.name}.txt").read_text(encoding="utf-8")
        numbers = dict.fromkeys(n for match in MARKUP.finditer(marked) for n in match[2].split(","))
        gold = [meanings.get(f"{article.name}:{number}") for number in numbers]
        if any(gold):
            yield labelled(article.name, article.text, article.attributions, gold, days.get(article.name))


def polnear(folder: Path, meanings: Mapping[str, Meaning]) -> Iterator[Labelled]:
    """Articles of PolNeAR of which some statements are annotated, by the offset of the content."""
    wanted = {place.rpartition(":")[0] for place in meanings}
    for article in read_brat(folder):
        if article.name in wanted:
            rows = [row for row in article.attributions if row.content]
            gold = [meanings.get(f"{article.name}:{min(row.content)[0]}") for row in rows]
            yield labelled(article.name, article.text, rows, gold, _day(article.name))


def _day(name: str) -> date | None:
    return next((date.fromisoformat(part) for part in name.split("_") if part[:2] == "20" and len(part) == 10), None)


def records(folder: Path) -> Iterator[Labelled]:
    """Records with what their statements mean."""
    for path in sorted(folder.glob("*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        with (path.parent / facts["document"]).open(encoding="utf-8", newline="") as file:
            raw = file.read()
        used: dict[str, int] = {}
        rows = [_row(raw, statement, used) for statement in facts["statements"]]
        gold = [
            Meaning(said["stance"], said["commitment"], tuple(said["issues"]), tuple(said["counterpart"]))
            for said in facts["statements"]
        ]
        yield labelled(path.stem, raw, rows, gold, date.fromisoformat(facts["published"]))


def labelled(name: str, raw: str, rows: Sequence[Gold], gold: Sequence[Meaning | None], day: date | None) -> Labelled:
    """Read an article with the attributions of its annotators in place of the network's."""
    repaired = text.repair(raw)
    segments = text.segment(repaired.text)
    back: dict[int, int] = {}
    for at in range(len(repaired.text)) if repaired.text != raw else ():
        back.setdefault(repaired.original(Span(at, at + 1)).start, at)
    pairs = [(_attribution(row, back, repaired.text), means) for row, means in zip(rows, gold, strict=True)]
    kept = [(row, means) for row, means in pairs if row is not None]
    attributions = tuple(row for row, _ in kept)
    cast = find_cast(segments)
    context = Context(
        segments=segments, published=day, dates=find_dates(segments, published=day), cast=cast,
        attributions=attributions, speakers=resolve(cast, attributions, published=day),
    )  # fmt: skip
    return Labelled(name, context, tuple(means for _, means in kept))


def _attribution(row: Gold, back: Mapping[int, int], words: str) -> Attribution | None:
    def spans(ranges: Sequence[tuple[int, int]]) -> list[Span]:
        if not back:
            return [Span(*pair) for pair in sorted(ranges)]
        found = [[back[at] for at in range(*pair) if at in back] for pair in sorted(ranges)]
        return [Span(min(ats), max(ats) + 1) for ats in found if ats]

    content = spans(row.content)
    if not content:
        return None
    cue = [span for span in spans(row.cue) if not any(span.overlaps(c) for c in content)]
    source = next((s for s in spans(row.source[:1]) if not any(s.overlaps(o) for o in (*content, *cue))), None)
    quoted = words[content[0].start] in "\"“'‘"
    kind: Kind = "direct" if quoted and words[content[-1].end - 1] in "\"”'’" else "indirect"
    return Attribution(source=source, cue=tuple(cue), content=tuple(content), kind=kind, score=1.0)


def _row(raw: str, statement: dict[str, Any], used: dict[str, int]) -> Gold:
    content = []
    for piece in statement["content"]:
        at = raw.find(piece, used.get(piece, 0))
        at = raw.find(piece) if at < 0 else at
        used[piece] = at + 1
        content.append((at, at + len(piece)))
    cues = statement.get("cue") or []
    cue = [_nearest(raw, piece, content[0][0]) for piece in ([cues] if isinstance(cues, str) else cues)]
    source = statement.get("source")
    near = cue[0][0] if cue else content[0][0]
    return Gold(source=[_nearest(raw, str(source), near)] if source else [], cue=cue, content=content)


def _nearest(raw: str, piece: str, place: int) -> tuple[int, int]:
    starts, at = [], raw.find(piece)
    while at >= 0:
        starts.append(at)
        at = raw.find(piece, at + 1)
    best = min(starts, key=lambda start: abs(start - place))
    return best, best + len(piece)
