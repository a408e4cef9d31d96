"""Write the trained network into the package: ONNX with int8 weights, its tokenizer and its card.

python -m training.export --run DIR [--float32 DIR]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from training.network import HEADS, WIDTH, Network

PACKAGE = Path(__file__).parents[1] / "src" / "onrecord" / "encoder" / "model"


def to_onnx(network: Network, path: Path) -> None:
    """Float32 ONNX with the attention and normalisation of every layer fused into one operator each."""
    inputs = torch.ones((1, 4, 16), dtype=torch.int64)
    with tempfile.TemporaryDirectory() as folder:
        raw = str(Path(folder) / "raw.onnx")
        torch.onnx.export(
            network.eval(),
            (inputs, torch.ones((1, 16))),
            raw,
            input_names=["inputs", "mask"],
            output_names=["output"],
            dynamic_axes={"inputs": {0: "batch", 2: "pieces"}, "mask": {0: "batch", 1: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        options = FusionOptions("bert")
        options.enable_skip_layer_norm = True
        fused = optimizer.optimize_model(raw, "bert", num_heads=HEADS, hidden_size=WIDTH, optimization_options=options)
        print(fused.get_fused_operator_statistics())
        fused.save_model_to_file(str(path))


def to_int8(source: Path, target: Path) -> None:
    """Weights to int8, activations quantised as they come (dynamic): per channel, full range."""
    quantize_dynamic(
        source,
        target,
        per_channel=True,
        reduce_range=False,
        weight_type=QuantType.QInt8,
        # Fused operators are of ONNX Runtime's own domain, where shape inference gives no types.
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="output folder of training.train")
    parser.add_argument("--float32", type=Path, help="write the float32 network, with its own card, to this folder")
    parser.add_argument("--to", type=Path, default=PACKAGE)
    args = parser.parse_args()
    network = Network(dropout=0.0)
    network.load_state_dict(torch.load(args.run / "network.pt", map_location="cpu"))
    facts = json.loads((args.run / "facts.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        float32 = Path(scratch) / "float32.onnx"
        to_onnx(network, float32)
        int8 = Path(scratch) / "int8.onnx"
        to_int8(float32, int8)
        write(args.to, int8, network, facts, args.run)
        if args.float32:
            write(args.float32, float32, network, facts, args.run)


def write(folder: Path, weights: Path, network: Network, facts: dict[str, Any], run: Path) -> None:
    """A folder that `onrecord.encoder.Network` loads: weights, tokenizer and card."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(weights, folder / "network.onnx")
    shutil.copy(run / "tokenizer.json", folder / "tokenizer.json")
    decoder = network.decoder()
    card = {
        "name": "onrecord-attribution",
        "sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
        "corpus_sha256": facts["corpus"],
        "articles": facts["articles"],
        "training": facts["settings"],
        "decoder": {
            "transitions": decoder.transitions.round(5).tolist(),
            "content_bias": decoder.content_bias.round(5).tolist(),
            "source_bias": decoder.source_bias.round(5).tolist(),
        },
    }
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
