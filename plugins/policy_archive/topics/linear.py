"""The linear model over words and pairs of words: a row of weights an n-gram, added up by NumPy.

Weights are whole numbers ("steps") and are added as such, so that no order of adding matters: the
sums are the same on every machine. `model.tsv` is made by `benchmarks/topics/train.py` and holds
nothing but n-grams and numbers.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from policy_archive.topics.patterns import STOP

MODEL = Path(__file__).with_name("model.tsv")
POWER = 0.75
"""The power of a block's norm that its sums are divided by: less than 1 favours long blocks."""

_OFFSET = 128
"""Weights of -127 to 127 are stored as bytes, this much higher."""
_TELLING = 20
"""Steps of weight from which an n-gram counts as evidence."""
_RARE = 6
"""The square of a word's rarity from which it says something: "and" has 3, "cookies" 15."""

Gram = str | tuple[str, str]
"""A word, or two that stand side by side."""

Places = NDArray[np.intp]
"""The rows of the n-grams that stand in a text, each once, in no order."""


Logits = NDArray[np.float64]
"""Log-odds of topics, then of categories."""


def brevity(bits: int) -> float:
    """How much more a heading says of a brief block: falls from 1 with the bits of its length."""
    return 1 / (1 + 0.15 * (1 << bits >> 1))


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of n-grams for some labels."""

    grams: Sequence[Gram]
    """By row; row 0 is no n-gram and weighs nothing."""
    places: Mapping[Gram, int]
    """By n-gram: its row."""
    steps: NDArray[np.int16]
    """Rows × labels: -127 to 127 steps each."""
    squares: NDArray[np.int16]
    """By row: the square of the n-gram's norm."""
    scales: NDArray[np.float64]
    """By label: what one step is worth, in log-odds."""

    @classmethod
    def of(cls, rows: Mapping[str, bytes], scales: Sequence[float]) -> "Weights":
        """From the bytes of each n-gram: a weight for each label, and the square of its norm."""
        grams = ["", *map(_gram, rows)]
        stored = np.frombuffer(b"".join(rows.values()), np.uint8).astype(np.int16)
        table = stored.reshape(-1, len(scales) + 1)
        return cls(
            grams,
            places={gram: row for row, gram in enumerate(grams) if row},
            steps=np.pad(table[:, :-1] - _OFFSET, ((1, 0), (0, 0))),
            squares=np.pad(table[:, -1], (1, 0)),
            scales=np.array(scales),
        )

    def find(self, words: Sequence[str]) -> Places:
        """The n-grams that stand in a text."""
        grams: set[Gram] = {*words, *pairwise(words)}
        return np.array([*filter(None, map(self.places.get, grams))], np.intp)

    def sums(self, found: Places) -> NDArray[np.int64]:
        """By label: the steps of the n-grams `found`, added up."""
        total: NDArray[np.int64] = self.steps.take(found, axis=0).sum(axis=0, dtype=np.int64)
        return total

    def square(self, found: Places) -> int:
        """The square of the norm of the n-grams `found`; 1 where there are none."""
        return int(self.squares.take(found).sum(dtype=np.int64)) or 1


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for a block's words and for its heading's, which count again in brief blocks."""

    topics: tuple[str, ...]
    categories: tuple[str, ...]
    seldom: frozenset[str]
    """Topics that it saw too few examples of to be trusted alone."""
    intercepts: Logits
    body: Weights
    """For topics, then for categories."""
    heading: Weights
    """For topics and categories, then for both again where the block is brief."""
    evident: NDArray[np.bool_]
    """By row of `body`: whether the n-gram says something by itself, so that it can be named."""

    def prior(self, heading: Sequence[str], share: float) -> Logits:
        """What the heading says before the block is read; `share` is the block's brevity."""
        found = self.heading.find(heading)
        norm = 1 / sqrt(self.heading.square(found))
        long, brief = np.split(self.heading.sums(found) * self.heading.scales * norm, 2)
        return self.intercepts + long + share * brief

    def read(self, words: Sequence[str]) -> Places:
        """A block's n-grams; its beginning is read like that of a sentence."""
        return self.body.find([STOP, *words])

    def logits(self, found: Places, prior: Logits) -> Logits:
        """What the n-grams `found` say after the `prior`."""
        root = sqrt(sqrt(self.body.square(found)))
        norm = 1 / (root * sqrt(root))  # the sum to the power of 0.375, half of POWER
        return self.body.sums(found) * self.body.scales * norm + prior

    def strongest(self, found: Places, topic: int, most: int) -> list[str]:
        """Those of a block's n-grams that speak most for a topic, no word twice."""
        steps = self.body.steps[found, topic]
        clear = (steps > _TELLING) & self.evident[found]
        # Rows are in alphabetical order, which decides between equal weights.
        ranked = sorted(zip((-steps[clear]).tolist(), found[clear].tolist(), strict=True))
        chosen: list[str] = []
        named: set[str] = set()
        for _, row in ranked:
            words = _words(self.body.grams[row])
            if named.isdisjoint(words):
                named.update(words)
                chosen.append(" ".join(words))
                if len(chosen) == most:
                    break
        return chosen


def _gram(text: str) -> Gram:
    first, _, second = text.partition(" ")
    return (first, second) if second else first


def _words(gram: Gram) -> tuple[str, ...]:
    return (gram,) if isinstance(gram, str) else gram


def evident(body: Weights) -> NDArray[np.bool_]:
    """Which n-grams lie inside of a sentence and have a word that is rare."""
    common = {gram for gram, row in body.places.items() if body.squares[row] < _RARE}
    return np.array([STOP not in (words := _words(gram)) and not common.issuperset(words)
                     for gram in body.grams])  # fmt: skip


@cache
def load() -> Model:
    """The shipped model."""
    header, *lines = MODEL.read_text("utf-8").splitlines()
    about = json.loads(header)
    rows: dict[str, dict[str, bytes]] = {"body": {}, "heading": {}}
    for line in lines:
        kind, gram, encoded = line.split("\t")
        rows[kind][gram] = base64.b64decode(encoded)
    body = Weights.of(rows["body"], about["body"])
    return Model(
        topics=tuple(about["topics"]),
        categories=tuple(about["categories"]),
        seldom=frozenset(about["seldom"]),
        intercepts=np.array(about["intercepts"]),
        body=body,
        heading=Weights.of(rows["heading"], about["heading"]),
        evident=evident(body),
    )
