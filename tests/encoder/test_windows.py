"""Windows cover every word, and merging gives each word its own row back."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.encoder.features import Features, letter_case
from onrecord.encoder.windows import CLS, SEP, cut, merge


def features(lengths: list[int]) -> Features:
    """Words of the given numbers of pieces; piece ids count up."""
    zeros = np.zeros(len(lengths), np.int64)
    first = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Features(case=zeros, quote=zeros, layout=zeros, pieces=np.arange(1000, 1000 + first[-1]), first=first)


@pytest.mark.parametrize("lengths", [[1] * 10, [1] * 500, [3, 1, 7] * 200, [1] * 63, [30] * 40])
def test_windows_cover_every_word_within_size(lengths: list[int]) -> None:
    rows = features(lengths)
    windows = cut(rows, size=64, overlap=16)
    seen = sorted({word for window in windows for word in range(window.start, window.end)})
    assert seen == list(range(len(lengths)))
    assert all(window.inputs.shape[1] <= 64 for window in windows)
    assert all(window.inputs[0, 0] == CLS and window.inputs[0, -1] == SEP for window in windows)


@pytest.mark.parametrize("words", [5, 200])
def test_merge_gives_each_word_its_first_piece(words: int) -> None:
    rows = features([2] * words)
    windows = cut(rows, size=64, overlap=16)
    outputs = [window.inputs[0][:, None].astype(np.float32) for window in windows]
    assert merge(windows, outputs, words)[:, 0] == pytest.approx(1000 + 2 * np.arange(words))


def test_a_word_longer_than_a_window_is_cut_short() -> None:
    windows = cut(features([1, 500, 1]), size=64, overlap=16)
    assert all(window.inputs.shape[1] <= 64 for window in windows)
    assert {word for window in windows for word in range(window.start, window.end)} == {0, 1, 2}


def test_no_words_no_windows() -> None:
    assert cut(features([]), size=64, overlap=16) == []


CASES = [("said", 1), ("Said", 2), ("I", 2), ("UN", 3), ("McCain", 4), ("2021", 5), (",", 0), ("“", 0), ("中", 4)]


@pytest.mark.parametrize(("word", "case"), CASES)
def test_letter_case(word: str, case: int) -> None:
    assert letter_case(word) == case
