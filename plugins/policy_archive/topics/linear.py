"""The linear model over words and pairs of words: weights of 8 bits, added up in plain Python.

Each n-gram's weights for many labels stand side by side in one big integer, 16 bits a label, so
that adding two integers adds all labels at once. Weights are stored 128 too high, which keeps
every lane positive; the surplus is known from the number of n-grams and taken off at the end.
Integers and square roots are the same on every machine, and so are the scores.

`model.tsv` is made by `benchmarks/topics/train.py` and holds nothing but n-grams and numbers.
"""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

from policy_archive.topics.patterns import STOP

MODEL = Path(__file__).with_name("model.tsv")
POWER = 0.75
"""The power of a block's norm that its sums are divided by: less than 1 favours long blocks."""

_LANE = 2
"""Bytes a lane."""
_MOST = 256
"""N-grams whose weights can be added before a lane might overflow."""
_OFFSET = 128
_TELLING = 20
"""Steps of weight from which an n-gram counts as evidence."""
_RARE = 6
"""The square of a word's rarity from which it says something: "and" has 3, "cookies" 15."""


def brevity(bits: int) -> float:
    """How much more a heading says of a brief block: falls from 1 with the bits of its length."""
    return 1 / (1 + 0.15 * (1 << bits >> 1))


Gram = str | tuple[str, str]
"""A word, or two that stand side by side."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The weights of n-grams for some labels, as one integer an n-gram."""

    scales: tuple[float, ...]
    """What one step of 8 bits is worth, for each label."""
    places: dict[Gram, int] = field(default_factory=dict)
    """Where in `numbers` each n-gram's weights stand; nothing stands at 0."""
    numbers: list[int] = field(default_factory=lambda: [0])

    def add(self, gram: str, weights: bytes) -> None:
        """Learn an n-gram: its weights and, as the last lane, the square of its norm."""
        first, _, second = gram.partition(" ")
        self.places[(first, second) if second else first] = len(self.numbers)
        lanes = bytearray(_LANE * len(weights))
        lanes[::_LANE] = weights
        self.numbers.append(int.from_bytes(lanes, "little"))

    def find(self, words: Sequence[str]) -> list[int]:
        """The places of the n-grams that stand in a text, each once."""
        grams: set[Gram] = {*words, *pairwise(words)}
        return [*filter(None, map(self.places.get, grams))]

    def sums(self, found: Sequence[int]) -> tuple[Sequence[int], int]:
        """The lanes of the n-grams `found`, added up, and the surplus in each."""
        if len(found) <= _MOST:
            return self._lanes(found), _OFFSET * len(found)
        starts = range(0, len(found), _MOST)
        parts = [self._lanes(found[start : start + _MOST]) for start in starts]
        return [*map(sum, zip(*parts, strict=True))], _OFFSET * len(found)

    def _lanes(self, found: Iterable[int]) -> Sequence[int]:
        total = sum(map(self.numbers.__getitem__, found))
        return memoryview(total.to_bytes((len(self.scales) + 1) * _LANE, "little")).cast("H")


_Ranked = tuple[dict[int, int], list[tuple[str, ...]]]
"""N-grams by what they say: rank by place, and words by rank."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for a block's words and for its heading's, which count again in brief blocks."""

    topics: tuple[str, ...]
    categories: tuple[str, ...]
    seldom: frozenset[str]
    """Topics that it saw too few examples of to be trusted alone."""
    intercepts: tuple[float, ...]
    """Of topics, then of categories."""
    body: Rows
    """For topics, then for categories."""
    heading: Rows
    """For topics and categories, then for both again where the block is brief."""
    _telling: dict[int, _Ranked] = field(default_factory=dict)

    def prior(self, heading: Sequence[str], share: float) -> list[float]:
        """The log-odds of topics, then of categories, before the block is read.

        `share` is the block's brevity.
        """
        lanes, surplus = self.heading.sums(self.heading.find(heading))
        norm = 1 / sqrt(lanes[-1] or 1)
        steps = [
            (lane - surplus) * scale * norm
            for lane, scale in zip(lanes, self.heading.scales, strict=False)
        ]
        count = len(self.intercepts)
        pairs = zip(self.intercepts, steps[:count], steps[count:], strict=True)
        return [intercept + step + share * brief for intercept, step, brief in pairs]

    def read(self, words: Sequence[str]) -> list[int]:
        """The places of a block's n-grams; its beginning is read like that of a sentence."""
        return self.body.find([STOP, *words])

    def logits(self, found: Sequence[int], prior: Sequence[float]) -> list[float]:
        """The log-odds of topics and categories, or of the first that have a `prior`."""
        lanes, surplus = self.body.sums(found)
        root = sqrt(sqrt(lanes[-1] or 1))
        norm = 1 / (root * sqrt(root))  # the sum to the power of 0.375, half of POWER
        return [
            (lane - surplus) * scale * norm + start
            for lane, scale, start in zip(lanes, self.body.scales, prior, strict=False)
        ]

    def strongest(self, found: Sequence[int], topic: int, most: int) -> list[str]:
        """Those of a block's n-grams that speak most for a topic, no word twice."""
        ranks, words = self._clear(topic)
        chosen: list[str] = []
        named: set[str] = set()
        for rank in sorted(map(ranks.__getitem__, ranks.keys() & found)):
            if named.isdisjoint(words[rank]):
                named.update(words[rank])
                chosen.append(" ".join(words[rank]))
                if len(chosen) == most:
                    break
        return chosen

    def _clear(self, topic: int) -> _Ranked:
        """The n-grams that speak clearly for a topic."""
        if topic not in self._telling:
            shift = 8 * _LANE * topic
            # Of equal weight, the one first in the alphabet.
            numbers = self.body.numbers
            clear = sorted(
                (-weight, _words(gram), place)
                for gram, place in self.body.places.items()
                if (weight := (numbers[place] >> shift & 0xFF) - _OFFSET) > _TELLING
                and STOP not in _words(gram)
                and any(map(self._rare, _words(gram)))
            )
            ranks = {place: rank for rank, (_, _, place) in enumerate(clear)}
            self._telling[topic] = ranks, [words for _, words, _ in clear]
        return self._telling[topic]

    def _rare(self, word: str) -> bool:
        """Whether a word says something by itself."""
        place = self.body.places.get(word)
        square = 8 * _LANE * len(self.intercepts)
        return place is None or self.body.numbers[place] >> square >= _RARE


def _words(gram: Gram) -> tuple[str, ...]:
    return (gram,) if isinstance(gram, str) else gram


@cache
def load() -> Model:
    """The shipped model."""
    lines = MODEL.read_text("utf-8").splitlines()
    header = json.loads(lines[0])
    body, heading = Rows(tuple(header["body"])), Rows(tuple(header["heading"]))
    for line in lines[1:]:
        kind, gram, encoded = line.split("\t")
        rows = body if kind == "body" else heading
        rows.add(gram, base64.b64decode(encoded))
    return Model(
        tuple(header["topics"]),
        tuple(header["categories"]),
        frozenset(header["seldom"]),
        tuple(header["intercepts"]),
        body,
        heading,
    )
