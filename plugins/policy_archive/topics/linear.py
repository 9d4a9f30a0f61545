"""The linear model over words and pairs of words: weights of 8 bits, added up in plain Python.

Each n-gram's weights for many labels stand side by side in one big integer, 16 bits a label, so
that adding two integers adds all labels at once. Weights are stored 128 too high, which keeps
every lane positive; the surplus is known from the number of n-grams and taken off at the end.
Integers and square roots are the same on every machine, and so are the scores.

`model.tsv` is made by `benchmarks/topics/train.py` and holds nothing but n-grams and numbers.
"""

import base64
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import cast

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


@dataclass(frozen=True, slots=True)
class Rows:
    """The weights of all n-grams for some labels, as one integer an n-gram."""

    scales: tuple[float, ...]
    """What one step of 8 bits is worth, for each label."""
    numbers: list[int] = field(default_factory=list)

    def add(self, weights: bytes, square: int) -> None:
        """Append an n-gram's weights and, as the last lane, the square of its norm."""
        lanes = b"".join(bytes((byte, 0)) for byte in (*weights, square))
        self.numbers.append(int.from_bytes(lanes, "little"))

    def sums(self, found: Collection[int]) -> tuple[Sequence[int], int]:
        """The lanes of the n-grams `found`, added up, and the surplus in each."""
        if len(found) <= _MOST:
            return self._lanes(found), _OFFSET * len(found)
        every = sorted(found)
        parts = [self._lanes(every[at : at + _MOST]) for at in range(0, len(every), _MOST)]
        return [*map(sum, zip(*parts, strict=True))], _OFFSET * len(found)

    def _lanes(self, found: Iterable[int]) -> Sequence[int]:
        total = sum(map(self.numbers.__getitem__, found))
        return memoryview(total.to_bytes((len(self.scales) + 1) * _LANE, "little")).cast("H")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The n-grams that the model knows of one kind of text, by their number."""

    words: dict[str, int] = field(default_factory=dict)
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, gram: str) -> None:
        """Learn an n-gram; it gets the next number."""
        first, _, second = gram.partition(" ")
        number = len(self.words) + len(self.pairs)
        if second:
            self.pairs[first, second] = number
        else:
            self.words[first] = number

    def find(self, words: Sequence[str]) -> set[int]:
        """The numbers of the n-grams that stand in a text."""
        found: set[int | None] = set(map(self.words.get, words))
        found.update(map(self.pairs.get, pairwise(words)))
        found.discard(None)
        return cast("set[int]", found)


_Ranked = tuple[dict[int, int], list[tuple[str, ...]]]
"""N-grams by what they say: rank by number, and words by rank."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for a block's words and for its heading's, which count again in brief blocks."""

    topics: tuple[str, ...]
    categories: tuple[str, ...]
    seldom: frozenset[str]
    """Topics that it saw too few examples of to be trusted alone."""
    intercepts: tuple[float, ...]
    """Of topics, then of categories."""
    vocabulary: Vocabulary
    by_topic: Rows
    by_category: Rows
    headings: Vocabulary
    heading: Rows
    """For topics and categories, then for both again where the block is brief."""
    _telling: dict[int, _Ranked] = field(default_factory=dict)

    def prior(self, heading: Sequence[str], share: float) -> tuple[list[float], list[float]]:
        """The log-odds of topics and of categories before the block is read.

        `share` is the block's brevity.
        """
        lanes, surplus = self.heading.sums(self.headings.find(heading))
        norm = 1 / sqrt(lanes[-1] or 1)
        steps = [
            (lane - surplus) * scale * norm
            for lane, scale in zip(lanes, self.heading.scales, strict=False)
        ]
        count = len(self.intercepts)
        pairs = zip(self.intercepts, steps[:count], steps[count:], strict=True)
        prior = [intercept + step + share * brief for intercept, step, brief in pairs]
        return prior[: len(self.topics)], prior[len(self.topics) :]

    def read(self, words: Sequence[str]) -> set[int]:
        """The n-grams of a block by number; its beginning is read like that of a sentence."""
        return self.vocabulary.find([STOP, *words])

    def logits(self, found: set[int], prior: Sequence[float], rows: Rows) -> list[float]:
        """The log-odds of the labels of `rows` (topics or categories) for a block's n-grams."""
        lanes, surplus = rows.sums(found)
        root = sqrt(sqrt(lanes[-1] or 1))
        norm = 1 / (root * sqrt(root))  # the sum to the power of 0.375, half of POWER
        return [
            (lane - surplus) * scale * norm + start
            for lane, scale, start in zip(lanes, rows.scales, prior, strict=False)
        ]

    def strongest(self, found: set[int], topic: int, most: int) -> list[str]:
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
            grams: dict[tuple[str, ...], int] = {(w,): n for w, n in self.vocabulary.words.items()}
            grams |= {pair: number for pair, number in self.vocabulary.pairs.items()}  # noqa: C416
            # Of equal weight, the one first in the alphabet.
            ranked = sorted(
                (_OFFSET - (self.by_topic.numbers[number] >> shift & 0xFF), words, number)
                for words, number in grams.items()
                if STOP not in words and any(map(self._rare, words))
            )
            clear = [(words, number) for weight, words, number in ranked if weight < -_TELLING]
            ranks = {number: rank for rank, (_, number) in enumerate(clear)}
            self._telling[topic] = ranks, [words for words, _ in clear]
        return self._telling[topic]

    def _rare(self, word: str) -> bool:
        """Whether a word says something by itself."""
        number = self.vocabulary.words.get(word)
        square = 8 * _LANE * len(self.topics)
        return number is None or self.by_topic.numbers[number] >> square >= _RARE


@cache
def load() -> Model:
    """The shipped model."""
    lines = MODEL.read_text("utf-8").splitlines()
    header = json.loads(lines[0])
    topics, scales = len(header["topics"]), header["body"]
    vocabulary, headings = Vocabulary(), Vocabulary()
    by_topic, by_category = Rows(tuple(scales[:topics])), Rows(tuple(scales[topics:]))
    heading = Rows(tuple(header["heading"]))
    for line in lines[1:]:
        kind, gram, encoded = line.split("\t")
        numbers = base64.b64decode(encoded)
        if kind == "body":
            vocabulary.add(gram)
            by_topic.add(numbers[:topics], numbers[-1])
            by_category.add(numbers[topics:-1], numbers[-1])
        else:
            headings.add(gram)
            heading.add(numbers[:-1], numbers[-1])
    return Model(
        tuple(header["topics"]),
        tuple(header["categories"]),
        frozenset(header["seldom"]),
        tuple(header["intercepts"]),
        vocabulary,
        by_topic,
        by_category,
        headings,
        heading,
    )
