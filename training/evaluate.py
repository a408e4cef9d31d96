"""Measures on prepared articles: the F1 figures of the shared attribution scorer, on words instead of characters."""

from __future__ import annotations

from collections import Counter

import numpy as np
import torch

from onrecord.attribution.decode import Linked, Scores, attributions
from onrecord.encoder.windows import cut, merge
from training.examples import Prepared
from training.network import Network

TRIMMED = set("\"'“”‘’,.;:")


@torch.no_grad()
def outputs(
    network: Network, prepared: list[Prepared], device: torch.device, *, size: int = 384, overlap: int = 96
) -> list[np.ndarray]:
    """The network's (words, channels) output for each article."""
    rows = []
    for row in prepared:
        windows = cut(row.features, size=size, overlap=overlap)
        found = []
        for window in windows:
            inputs = torch.from_numpy(window.inputs)[None].to(device)
            found.append(network(inputs, torch.ones_like(inputs[:, 0], dtype=torch.float32))[0].float().cpu().numpy())
        rows.append(merge(windows, found, len(row.labels)) if found else np.zeros((0, 8), np.float32))
    return rows


def evaluate(network: Network, prepared: list[Prepared], device: torch.device) -> dict[str, float]:
    decoder = network.decoder()
    found = outputs(network, prepared, device)
    return measure(
        prepared,
        [
            attributions(Scores.split(output), decoder, row.paragraphs)
            for output, row in zip(found, prepared, strict=True)
        ],
    )


def measure(prepared: list[Prepared], predicted: list[list[Linked]]) -> dict[str, float]:
    counts: Counter[tuple[str, str]] = Counter()
    for row, rows in zip(prepared, predicted, strict=True):
        texts = [word.of(row.segments.text) for word in row.segments.words]
        gold = [tuple(_key(texts, spans[role]) for role in ("source", "cue", "content")) for spans in row.attributions]
        ours = [
            (_key(texts, [x.source] if x.source else []), _key(texts, [x.cue]), _key(texts, list(x.content)))
            for x in rows
        ]
        for number, role in enumerate(("source", "cue", "content")):
            a, b = {x[number] for x in gold if x[number]}, {x[number] for x in ours if x[number]}
            counts[role, "hit"] += len(a & b)
            counts[role, "all"] += len(a) + len(b)
        counts["triple", "hit"] += len(set(gold) & set(ours))
        counts["triple", "all"] += len(set(gold)) + len(set(ours))
    return {
        role: 2 * counts[role, "hit"] / max(1, counts[role, "all"]) for role in ("source", "cue", "content", "triple")
    }


def _key(texts: list[str], ranges: list[tuple[int, int]]) -> tuple[int, ...]:
    """The words of a span set without marks at its edges."""
    found: list[int] = []
    for low, high in sorted(ranges):
        while low < high and texts[low] in TRIMMED:
            low += 1
        while high > low and texts[high - 1] in TRIMMED:
            high -= 1
        found += range(low, high)
    return tuple(found)
