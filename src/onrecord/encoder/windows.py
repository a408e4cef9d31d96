"""Windows of a text that the network reads at once, and how their outputs become one row a word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.encoder.features import Features, Ints

CLS, SEP = 101, 102  # of the BERT uncased vocabulary
# Windows end between words: without room to spare the last of them would be left a few words long.
SLACK = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Words `start` to `end` (exclusive) of a text and the network's input for them.

    `inputs` is (4, pieces + 2): piece ids, case, quote state and layout, with [CLS] and [SEP] at the ends;
    `heads` (words,) are the positions of each word's first piece in it.
    """

    start: int
    end: int
    inputs: Ints
    heads: Ints


def cut(features: Features, *, size: int, overlap: int) -> list[Window]:
    """Windows of about equal length, at most `size` pieces long, that share up to `overlap` pieces with the next."""
    total = int(features.first[-1])
    room = size - 2
    if total <= room:
        return [window(features, 0, len(features.case), room)] if len(features.case) else []
    count = -(-(total - overlap) // (room - overlap))
    length = -(-(total + (count - 1) * overlap) // count)
    length = min(room, length + SLACK)
    windows, low, words = [], 0, len(features.case)
    while True:
        high = max(int(np.searchsorted(features.first, features.first[low] + length, "right")) - 1, low + 1)
        windows.append(window(features, low, high, room))
        if high == words:
            return windows
        low = max(int(np.searchsorted(features.first, features.first[high] - overlap, "left")), low + 1)


def window(features: Features, start: int, end: int, room: int) -> Window:
    """The network's input for words `start` to `end`, at most `room` pieces: one word longer than that is cut short."""
    low = int(features.first[start])
    high = min(int(features.first[end]), low + room)
    owner = np.repeat(np.arange(start, end), np.diff(features.first[start : end + 1]))[: high - low]
    inputs = np.zeros((4, high - low + 2), np.int64)
    inputs[0, 0], inputs[0, -1] = CLS, SEP
    inputs[0, 1:-1] = features.pieces[low:high]
    inputs[1, 1:-1] = features.case[owner]
    inputs[2, 1:-1] = features.quote[owner]
    inputs[3, 1:-1] = features.layout[owner]
    return Window(start=start, end=end, inputs=inputs, heads=features.first[start:end] - low + 1)


def merge(windows: list[Window], outputs: list[NDArray[np.float32]], words: int) -> NDArray[np.float32]:
    """One row of network output for each word: (words, channels) from a (pieces, channels) output for each window.

    Where windows overlap, each counts by the distance from its own nearer edge: a word needs context on both sides.
    """
    channels = outputs[0].shape[1]
    total = np.zeros((words, channels), np.float32)
    weight = np.zeros((words, 1), np.float32)
    for piece, output in zip(windows, outputs, strict=True):
        size = piece.end - piece.start
        ramp = np.minimum(np.arange(1, size + 1), np.arange(size, 0, -1)).astype(np.float32)[:, None]
        total[piece.start : piece.end] += output[piece.heads] * ramp
        weight[piece.start : piece.end] += ramp
    total /= weight
    return total
