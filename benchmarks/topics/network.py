"""A small BERT in PyTorch: all-MiniLM-L6-v2, with one answer for each name on top.

Written out because neither `transformers` nor a newer PyTorch is needed for it. The matrices are
multiplied in 16 bits, which is several times as fast on processors that can.
"""

import json
import math
import random
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.topics.corpus import Sample

MOST = 128
"""Word pieces of a block that are read, those of its heading among them."""
RATE, HEAD_RATE, DECAY, WARMUP, CLIP = 1.2e-4, 2e-3, 0.01, 0.06, 5.0
DROPOUT = 0.1

_WIDTH, _LAYERS, _HEADS = 384, 6, 12
_HEADING = 24
_BEGIN, _END = 101, 102
_PIECES, _ROWS, _POOL = 4096, 40, 1024
"""Word pieces and blocks of a batch; blocks that are sorted by length together."""

Encoded = list[int]


class Reader:
    """Makes blocks into numbers of word pieces: heading, then text."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def encode(self, blocks: Sequence[Sample]) -> list[Encoded]:
        """The word pieces of each block."""
        pairs = zip(
            self._pieces([block.heading for block in blocks]),
            self._pieces([block.text for block in blocks]),
            strict=True,
        )
        return [
            [_BEGIN, *head[:_HEADING], _END, *text[: MOST - 3 - len(head[:_HEADING])], _END]
            for head, text in pairs
        ]

    def _pieces(self, texts: list[str]) -> list[Encoded]:
        every = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [encoding.ids for encoding in every]


class Network(nn.Module):
    """The transformer, the mean over its word pieces, and a linear answer for each name."""

    def __init__(self, folder: Path, start: Tensor) -> None:
        """Weights as they were published; answers begin at the log-odds `start`."""
        super().__init__()
        weights = _published(folder / "model.safetensors")
        self.inner = nn.ParameterDict(weights)
        self.inner["embeddings_word_embeddings_weight"].requires_grad_(False)
        self.outer = nn.Parameter(torch.zeros(len(start), _WIDTH))
        self.start = nn.Parameter(start.clone())

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Log-odds of every name for every block."""
        kinds = self.inner["embeddings_token_type_embeddings_weight"][0]
        places = self.inner["embeddings_position_embeddings_weight"][: ids.shape[1]]
        known = functional.embedding(ids, self.inner["embeddings_word_embeddings_weight"])
        state = self._norm(known + places + kinds, "embeddings_LayerNorm")
        hidden = (mask - 1)[:, None, None, :] * 1e4
        for layer in range(_LAYERS):
            state = self._layer(state, hidden, f"encoder_layer_{layer}_")
        shown = mask[:, :, None]
        mean = (state * shown).sum(1) / shown.sum(1)
        mean = functional.dropout(mean, DROPOUT, self.training)
        return functional.linear(mean, self.outer, self.start)

    def _layer(self, state: Tensor, hidden: Tensor, name: str) -> Tensor:
        rows, length, _ = state.shape
        query, key, value = (
            self._linear(state, f"{name}attention_self_{part}")
            .view(rows, length, _HEADS, _WIDTH // _HEADS)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        seen = (query @ key.transpose(-1, -2)).float() / math.sqrt(_WIDTH // _HEADS) + hidden
        mixed = seen.softmax(-1).bfloat16() @ value
        mixed = mixed.transpose(1, 2).reshape(rows, length, _WIDTH)
        mixed = self._linear(mixed, f"{name}attention_output_dense").float()
        state = self._norm(state + mixed, f"{name}attention_output_LayerNorm")
        wide = functional.gelu(self._linear(state, f"{name}intermediate_dense").float())
        narrow = self._linear(wide, f"{name}output_dense").float()
        return self._norm(state + narrow, f"{name}output_LayerNorm")

    def _linear(self, state: Tensor, name: str) -> Tensor:
        weight, bias = self.inner[f"{name}_weight"], self.inner[f"{name}_bias"]
        return functional.linear(state.bfloat16(), weight.bfloat16(), bias.bfloat16())

    def _norm(self, state: Tensor, name: str) -> Tensor:
        weight, bias = self.inner[f"{name}_weight"], self.inner[f"{name}_bias"]
        return functional.layer_norm(state, (_WIDTH,), weight, bias, 1e-12)


def fit(network: Network, blocks: list[Encoded], answers: list[list[float]], rounds: int) -> None:
    """Learn the answers (0…1) of some blocks; prints the loss of each round."""
    draw = random.Random(0)
    torch.manual_seed(0)
    inner = [weights for weights in network.inner.values() if weights.requires_grad]
    outer = [network.outer, network.start]
    groups = [{"params": inner, "lr": RATE}, {"params": outer, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, weight_decay=DECAY)
    # The last round's number of batches may differ by a few: the rate ends near 0 all the same.
    steps = rounds * len(list(_batches(blocks, draw)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: max(0.0, min((step + 1) / (WARMUP * steps), 1.0, 1 - step / steps)),
    )
    for number in range(rounds):
        network.train()
        batches = list(_batches(blocks, draw))
        total = 0.0
        for batch in batches:
            logits = network(*_padded([blocks[place] for place in batch]))
            wanted = torch.tensor([answers[place] for place in batch])
            cost = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
            loss = cost.sum(1).mean()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(inner + outer, CLIP)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"round {number + 1}: loss {total / len(batches):.3f}", flush=True)


def answer(network: Network, blocks: list[Encoded]) -> list[list[float]]:
    """Log-odds of every name for every block."""
    network.eval()
    found: dict[int, list[float]] = {}
    with torch.no_grad():
        for batch in _batches(blocks):
            logits = network(*_padded([blocks[place] for place in batch]))
            found.update(zip(batch, logits.tolist(), strict=True))
    return [found[place] for place in range(len(blocks))]


def _batches(blocks: list[Encoded], draw: random.Random | None = None) -> Iterator[list[int]]:
    """Places of blocks of like length together; in random order where there is a `draw`."""
    order = list(range(len(blocks)))
    if draw:
        draw.shuffle(order)
    made = []
    for start in range(0, len(order), _POOL):
        batch: list[int] = []
        for place in sorted(order[start : start + _POOL], key=lambda place: len(blocks[place])):
            if len(batch) == _ROWS or (len(batch) + 1) * len(blocks[place]) > _PIECES:
                made.append(batch)
                batch = []
            batch.append(place)
        made.append(batch)
    if draw:
        draw.shuffle(made)
    yield from made


def _padded(blocks: list[Encoded]) -> tuple[Tensor, Tensor]:
    length = max(map(len, blocks))
    ids = [[*block, *[0] * (length - len(block))] for block in blocks]
    mask = [[1.0] * len(block) + [0.0] * (length - len(block)) for block in blocks]
    return torch.tensor(ids), torch.tensor(mask)


def _published(path: Path) -> dict[str, nn.Parameter]:
    """The weights in a file of the safetensors format: a header in JSON, then the numbers."""
    data = bytearray(path.read_bytes())
    size = 8 + struct.unpack("<Q", data[:8])[0]
    weights = {}
    for name, row in json.loads(data[8:size]).items():
        if row.get("dtype") == "F32" and not name.startswith("pooler"):
            start, end = row["data_offsets"]
            numbers = torch.frombuffer(data[size + start : size + end], dtype=torch.float32)
            weight = numbers.reshape(row["shape"]).clone()
            weights[name.replace(".", "_")] = nn.Parameter(weight)
    return weights
