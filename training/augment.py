"""Articles as other desks would print them: British quotes, translated quotes, damaged marks, lost paragraph breaks.

Each change is a list of edits on characters; the annotation moves along.
"""

from __future__ import annotations

import bisect
import itertools
import random
import re

from training.corpus import ROLES, Article, Gold, Range

Edit = tuple[int, int, str]


def augment(article: Article, rng: random.Random) -> Article:
    """The article with one of the changes, or as it is where that change finds nothing to change."""
    return apply(article, rng.choice(CHANGES)(article.text, rng))


def apply(article: Article, edits: list[Edit]) -> Article:
    """Replace `text[start:end]` by `new` for each edit (disjoint), and move the annotation.

    What is inserted at the edge of a span stays outside it; what replaces its first or last characters, inside.
    """
    if not edits:
        return article
    edits = sorted(edits)
    starts, ends = [edit[0] for edit in edits], [edit[1] for edit in edits]
    shifts = [0, *itertools.accumulate(len(new) - (end - start) for start, end, new in edits)]
    pieces, at = [], 0
    for start, end, new in edits:
        pieces += [article.text[at:start], new]
        at = end
    text = "".join([*pieces, article.text[at:]])

    def move(span: Range) -> Range:
        low, high = span
        return low + shifts[bisect.bisect_right(ends, low)], high + shifts[bisect.bisect_left(starts, high)]

    moved = []
    for gold in article.attributions:
        rows = [[move(span) for span in getattr(gold, role)] for role in ROLES]
        moved.append(Gold(*[[(low, high) for low, high in row if low < high] for row in rows]))
    return Article(article.name, text, moved)


def straight_quotes(text: str, rng: random.Random) -> list[Edit]:
    return [(m.start(), m.end(), '"' if m[0] in "“”" else "'") for m in re.finditer("[“”‘’]", text)]


def british_quotes(text: str, rng: random.Random) -> list[Edit]:
    curly = rng.random() < 0.6
    marks = {"“": "‘" if curly else "'", "”": "’" if curly else "'", '"': "'"}
    edits = [(m.start(), m.end(), marks[m[0]]) for m in re.finditer('[“”"]', text)]
    return [*edits, *([] if curly else [(m.start(), m.end(), "'") for m in re.finditer("[‘’]", text)])]


def translated_quotes(text: str, rng: random.Random) -> list[Edit]:
    """Straight quotes with stray spaces, the comma before a closing mark lost, a dash before the speaker."""
    edits: list[Edit] = []
    for match in re.finditer(r'(,?)([”"])(?=\s(?:he|she|[A-Z]|said|the)\b)|[“”"]', text):
        if match[1] and rng.random() < 0.7:
            edits.append((match.start(), match.end(), rng.choice(['"', ' "'])))
            edits.append((match.end(), match.end(), rng.choice([" -", "-", " –", " ,", ""])))
        else:
            stray = " " if match[0] == "“" and rng.random() < 0.3 else ""
            edits.append((match.start(), match.end(), f'{match[1] or ""}"{stray}'))
    return edits


def broken_sentences(text: str, rng: random.Random) -> list[Edit]:
    """A stray full stop inside some sentences, as translation by segments leaves them."""
    gaps = [m.start() for m in re.finditer(r"(?<=[a-z]) (?=[a-z])", text)]
    chosen = sorted(rng.sample(gaps, min(len(gaps), 1 + len(text) // 900)))
    return [(at, at, ".") for at in chosen]


def lost_breaks(text: str, rng: random.Random) -> list[Edit]:
    """Paragraph breaks lost, as where a page's tags were thrown away."""
    return [(m.start(), m.end(), " ") for m in re.finditer(r"\s*\n\s*", text[:-1]) if rng.random() < 0.6]


def lost_marks(text: str, rng: random.Random) -> list[Edit]:
    """One mark in eight gone."""
    return [(m.start(), m.end(), "") for m in re.finditer('[“”"]', text) if rng.random() < 0.12]


def upper_names(text: str, rng: random.Random) -> list[Edit]:
    """Names in capitals, in the manner of transcripts and some agencies."""
    return [
        (m.start(), m.end(), m[0].upper())
        for m in re.finditer(r"\b[A-Z][a-z]+(?= [A-Z][a-z]|[,:]| said)", text)
        if rng.random() < 0.5
    ]


CHANGES = (
    straight_quotes,
    british_quotes,
    translated_quotes,
    translated_quotes,
    broken_sentences,
    lost_breaks,
    lost_marks,
    upper_names,
)
