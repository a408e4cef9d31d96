"""The network: a BERT encoder with word features, and heads for labels and links, in plain PyTorch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.attribution.decode import BUCKETS, LINK_SIZE, Decoder, allowed
from onrecord.encoder.features import CASES, LAYOUTS, QUOTE_STATES

LAYERS, WIDTH, HEADS, VOCABULARY, POSITIONS = 6, 384, 12, 30522, 512


class Layer(nn.Module):
    """A transformer layer, normalised after each block (Devlin et al. 2019)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm_attention, self.norm_output = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = self.norm_attention(x + F.dropout(self.out(self.attend(x, mask)), self.dropout, self.training))
        hidden = self.down(F.gelu(self.up(x)))
        return self.norm_output(x + F.dropout(hidden, self.dropout, self.training))

    def attend(self, x: Tensor, mask: Tensor) -> Tensor:
        if torch.onnx.is_in_onnx_export():
            linears = (self.query, self.key, self.value)
            weight = torch.cat([linear.weight.T for linear in linears], 1)
            return FusedAttention.apply(x, weight, torch.cat([linear.bias for linear in linears]), mask)
        batch, length, _ = x.shape
        q, k, v = (
            linear(x).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for linear in (self.query, self.key, self.value)
        )
        bias = ((1.0 - mask) * -1e4)[:, None, None, :].to(x.dtype)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        return mixed.transpose(1, 2).reshape(batch, length, WIDTH)


class FusedAttention(torch.autograd.Function):
    """Stands for ONNX Runtime's own attention operator in the exported graph; never computed here."""

    @staticmethod
    def forward(ctx: object, x: Tensor, weight: Tensor, bias: Tensor, mask: Tensor) -> Tensor:
        return x.clone()

    @staticmethod
    def symbolic(g, x, weight, bias, mask):  # type: ignore[no-untyped-def]
        mask = g.op("Cast", mask, to_i=6)  # int32
        return g.op("com.microsoft::Attention", x, weight, bias, mask, num_heads_i=HEADS).setType(x.type())


class Network(nn.Module):
    """inputs (batch, 4, pieces) and mask (batch, pieces) -> (batch, pieces, 8 + 4 * LINK_SIZE), see `Scores.split`."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.case = nn.Embedding(len(CASES), WIDTH)
        self.quote = nn.Embedding(len(QUOTE_STATES), WIDTH)
        self.layout = nn.Embedding(len(LAYOUTS), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.head = nn.Linear(WIDTH, 8 + 4 * LINK_SIZE)
        self.transitions = nn.Parameter(torch.zeros(7, 7))
        self.content_bias = nn.Parameter(torch.zeros(BUCKETS))
        self.source_bias = nn.Parameter(torch.zeros(BUCKETS))
        for extra in (self.case, self.quote, self.layout):
            nn.init.normal_(extra.weight, std=0.01)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, inputs: Tensor, mask: Tensor) -> Tensor:
        pieces, case, quote, layout = inputs.unbind(1)
        positions = torch.arange(inputs.shape[2], device=inputs.device)
        x = self.word(pieces) + self.position(positions) + self.case(case) + self.quote(quote) + self.layout(layout)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return self.head(x)

    def decoder(self) -> Decoder:
        """The learned numbers that decoding needs."""
        rows = (self.transitions, self.content_bias, self.source_bias)
        transitions, content, source = (row.detach().cpu().numpy().astype(np.float32) for row in rows)
        return Decoder(transitions=transitions, content_bias=content, source_bias=source)

    def load_bert(self, path: Path) -> None:
        """Start from a BERT checkpoint in safetensors."""
        weights = load_file(path)

        def copy(module: nn.Module, name: str) -> None:
            for kind, parameter in module.named_parameters():
                parameter.data.copy_(weights[f"{name}.{kind}"])

        copy(self.word, "embeddings.word_embeddings")
        copy(self.position, "embeddings.position_embeddings")
        self.word.weight.data += weights["embeddings.token_type_embeddings.weight"][0]
        copy(self.norm, "embeddings.LayerNorm")
        names = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "out": "attention.output.dense", "norm_attention": "attention.output.LayerNorm",
            "up": "intermediate.dense", "down": "output.dense", "norm_output": "output.LayerNorm",
        }  # fmt: skip
        for number, layer in enumerate(self.layers):
            for ours, theirs in names.items():
                copy(getattr(layer, ours), f"encoder.layer.{number}.{theirs}")


def crf_loss(emissions: Tensor, labels: Tensor, mask: Tensor, transitions: Tensor) -> Tensor:
    """Negative log likelihood of the label sequences, summed (linear-chain CRF, Lafferty et al. 2001).

    emissions (batch, words, 7), labels and mask (batch, words); a window may start inside a span.
    """
    table = transitions.masked_fill(~torch.from_numpy(allowed()).to(transitions.device), -1e4)
    picked = emissions.gather(2, labels[..., None])[..., 0]
    steps = table[labels[:, :-1], labels[:, 1:]]
    gold = (picked * mask).sum() + (steps * mask[:, 1:]).sum()
    total = emissions[:, 0]
    for row in range(1, emissions.shape[1]):
        grown = torch.logsumexp(total[:, :, None] + table, 1) + emissions[:, row]
        total = torch.where(mask[:, row, None] > 0, grown, total)
    return torch.logsumexp(total, 1).sum() - gold
