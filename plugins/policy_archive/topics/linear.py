"""The linear model over words and pairs of words: weights of 8 bits, added up in plain Python.

Each n-gram's weights for all labels stand side by side in one big integer, 32 bits a label, so
that adding two integers adds all labels at once. Weights are stored 128 too high, which keeps
every lane positive; the surplus is known from the number of n-grams and taken off at the end.

`model.tsv` is made by `benchmarks/topics/train.py` and holds nothing but n-grams and numbers.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from policy_archive.topics.patterns import STOP

_LANE = 4
_OFFSET = 128

Gram = str | tuple[str, str]
"""A word, or two in a row."""

Grams = dict[Gram, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """The n-grams of one kind of text (a block's words, or its heading's)."""

    grams: Grams
    scales: tuple[float, ...]
    """What one step of 8 bits is worth, for each label."""
    intercepts: tuple[float, ...]
    labels: int

    def logits(self, words: list[str]) -> list[float]:
        """The log-odds of each label."""
        get = self.grams.get
        found = [row for row in map(get, set(words)) if row]
        found += [row for row in map(get, set(pairwise(words))) if row]
        if not found:
            return list(self.intercepts)
        total = sum(found).to_bytes((self.labels + 1) * _LANE, "little")
        lanes = memoryview(total).cast("I")
        surplus = _OFFSET * len(found)
        # The last lane adds up the squares of the n-grams' weight in the text (its L2 norm).
        norm = 1 / math.sqrt(lanes[self.labels] or 1)
        return [
            (lane - surplus) * scale * norm + intercept
            for lane, scale, intercept in zip(lanes, self.scales, self.intercepts, strict=False)
        ]

    def strongest(self, words: list[str], label: int, most: int) -> list[str]:
        """The n-grams of a text that speak most for `label`, as words."""
        shift = 8 * _LANE * label
        weighed = [
            ((self.grams[gram] >> shift & 0xFF) - _OFFSET, gram) for gram in self._hits(words)
        ]
        best = sorted((pair for pair in weighed if pair[0] > 8), key=lambda pair: -pair[0])
        return [gram if isinstance(gram, str) else " ".join(gram) for _, gram in best[:most]]

    def _hits(self, words: list[str]) -> list[Gram]:
        """The known words and pairs of words of a text, each once, in order."""
        known = self.grams
        grams: list[Gram] = [*words, *pairwise(words)]
        return [gram for gram in dict.fromkeys(grams) if gram in known and STOP not in gram]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for a block's words and for its heading's."""

    labels: tuple[str, ...]
    body: Weights
    heading: Weights


@cache
def load() -> Model:
    """The shipped model."""
    lines = resources.files(__package__).joinpath("model.tsv").read_text("utf-8").splitlines()
    header = json.loads(lines[0])
    labels = tuple(header["labels"])
    grams: dict[str, Grams] = {"body": {}, "heading": {}}
    for line in lines[1:]:
        kind, gram, numbers = line.split("\t")
        first, _, second = gram.partition(" ")
        lanes = b"".join(bytes((byte, 0, 0, 0)) for byte in bytes.fromhex(numbers))
        key: Gram = (first, second) if second else first
        grams[kind][key] = int.from_bytes(lanes, "little")
    body, heading = (
        Weights(
            grams[kind],
            tuple(header[kind]["scales"]),
            tuple(header[kind]["intercepts"]),
            len(labels),
        )
        for kind in ("body", "heading")
    )
    return Model(labels, body, heading)
