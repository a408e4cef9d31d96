"""The packaged ONNX network: loaded once a process, checked against its card, run one window at a time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.encoder.features import featurise
from onrecord.encoder.windows import cut, merge
from onrecord.errors import ModelError
from onrecord.types import Segments

FOLDER = Path(__file__).parent / "model"
# Pieces in a window, and shared with the next one; measured on PolNeAR dev, see docs/model-card.md.
SIZE, OVERLAP = 384, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What `card.json` says of the network beside it: its hash, and the numbers its decoder learned."""

    sha256: str
    corpus_sha256: str
    decoder: dict[str, Any]

    @classmethod
    def load(cls, folder: Path) -> Card:
        """Read a card. ModelError where it is missing or malformed."""
        try:
            facts = json.loads((folder / "card.json").read_text(encoding="utf-8"))
            return cls(sha256=facts["sha256"], corpus_sha256=facts["corpus_sha256"], decoder=facts["decoder"])
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"the network's card in {folder} cannot be read ({error}): reinstall onrecord") from error


class Network:
    """One loaded network with its tokenizer. Not for sharing between threads."""

    def __init__(self, folder: Path = FOLDER, *, threads: int = 1, size: int = SIZE, overlap: int = OVERLAP) -> None:
        """Load from `folder`. ModelError where a file is missing or the weights are not those on the card."""
        import onnxruntime
        from tokenizers import Tokenizer

        self.card = Card.load(folder)
        self.size, self.overlap = size, overlap
        try:
            weights = (folder / "network.onnx").read_bytes()
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises bare Exception
            raise ModelError(f"the network in {folder} cannot be read ({error}): reinstall onrecord") from error
        if hashlib.sha256(weights).hexdigest() != self.card.sha256:
            raise ModelError(f"the network in {folder} is not the one on its card: reinstall onrecord")
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    def score(self, segments: Segments) -> NDArray[np.float32]:
        """The network's output, one row a word: (words, channels). No words, no rows."""
        features = featurise(segments, self.tokenizer)
        windows = cut(features, size=self.size, overlap=self.overlap)
        if not windows:
            return np.zeros((0, 8), np.float32)
        # One at a time: batches of four were no faster (4,900 pieces a second on a core against 5,400).
        outputs = [
            self.run(window.inputs[None], np.ones((1, window.inputs.shape[1]), np.float32))[0] for window in windows
        ]
        return merge(windows, outputs, len(segments.words))

    def run(self, inputs: NDArray[np.int64], mask: NDArray[np.float32]) -> NDArray[np.float32]:
        """(batch, pieces, channels) of inputs (batch, 4, pieces) and mask (batch, pieces), 1 where there is a piece."""
        output: NDArray[np.float32] = self._session.run(None, {"inputs": inputs, "mask": mask})[0]
        return output


@lru_cache(maxsize=1)
def packaged() -> Network:
    """The network shipped in the package, loaded on first use and kept for the life of the process."""
    return Network()


@lru_cache(maxsize=1)
def packaged_card() -> Card:
    """The card of that network, without loading the network."""
    return Card.load(FOLDER)
