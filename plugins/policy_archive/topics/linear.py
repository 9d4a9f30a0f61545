"""The linear model over words and pairs of words: a row of weights an n-gram, added up by NumPy.

Weights are whole numbers ("steps") and are added as such, so that no order of adding matters: the
sums are the same on every machine. `model.tsv` is made by `benchmarks/topics/train.py` and holds
nothing but n-grams, the names of features, and numbers.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policy_archive.topics.patterns import STOP, tokens
from policy_archive.topics.surroundings import Logits, Surroundings

MODEL = Path(__file__).with_name("model.tsv")
POWER = 0.75
"""The power of a block's norm that its sums are divided by: less than 1 favours long blocks."""

_OFFSET = 128
"""Weights of -127 to 127 are stored as bytes, this much higher."""
_TELLING = 20
"""Steps of weight from which an n-gram counts as evidence."""
_RARE = 6
"""The square of a word's rarity from which it says something: "and" has 3, "cookies" 15."""

_BITS = 32
"""Two numbers make one, the first this much higher."""

Gram = tuple[str, ...]
"""A word, or two that stand side by side."""

Places = NDArray[np.intp]
"""Rows of n-grams."""


class Found(NamedTuple):
    """The n-grams that stand in several texts, text by text."""

    rows: Places
    """Of each text row 0, which is no n-gram, and those of its n-grams, each once, rising."""
    starts: Places
    """By text: where its rows begin."""

    def by_text(self) -> list[Places]:
        """The rows of each text."""
        bounds = [*self.starts.tolist(), len(self.rows)]
        return [self.rows[start:end] for start, end in pairwise(bounds)]


def brevity(bits: int) -> float:
    """How much more a heading says of a brief block: falls from 1 with the bits of its length."""
    return 1 / (1 + 0.15 * (1 << bits >> 1))


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of n-grams for some labels."""

    grams: Sequence[Gram]
    """By row; row 0 is no n-gram and weighs nothing."""
    words: Mapping[str, int]
    """By word: its number, from 1."""
    singles: Places
    """By a word's number: its row; 0 where it is an n-gram only beside another."""
    pairs: NDArray[np.int64]
    """The numbers of both words of each pair as one, rising; the last is above all."""
    doubles: Places
    """By place in `pairs`: its row."""
    steps: NDArray[np.int16]
    """Rows × labels: -127 to 127 steps each."""
    squares: NDArray[np.int16]
    """By row: the square of the n-gram's norm."""
    scales: NDArray[np.float64]
    """By label: what one step is worth, in log-odds."""

    @classmethod
    def of(cls, rows: Mapping[str, bytes], scales: Sequence[float]) -> "Weights":
        """From the bytes of each n-gram: a weight for each label, and the square of its norm."""
        grams: list[Gram] = [(), *(tuple(gram.split(" ")) for gram in rows)]
        stored = np.frombuffer(b"".join(rows.values()), np.uint8).astype(np.int16)
        table = stored.reshape(-1, len(scales) + 1)
        known = dict.fromkeys(chain.from_iterable(grams))
        words = {word: number for number, word in enumerate(known, 1)}
        singles = np.zeros(len(words) + 1, np.intp)
        pairs = [(np.iinfo(np.int64).max, 0)]
        for row, gram in enumerate(grams):
            if len(gram) == 1:
                singles[words[gram[0]]] = row
            elif gram:
                pairs.append((words[gram[0]] << _BITS | words[gram[1]], row))
        numbers, doubles = zip(*sorted(pairs), strict=True)
        return cls(
            grams,
            words,
            singles,
            pairs=np.array(numbers),
            doubles=np.array(doubles, np.intp),
            steps=np.pad(table[:, :-1] - _OFFSET, ((1, 0), (0, 0))),
            squares=np.pad(table[:, -1], (1, 0)),
            scales=np.array(scales),
        )

    def find(self, texts: Sequence[Sequence[str]]) -> Found:
        """The n-grams that stand in each of some texts, which are given as words."""
        # A word that nobody knows goes before each text, so that no pair reaches into the next.
        sizes = [len(words) + 1 for words in texts]
        spread = chain.from_iterable(chain(("",), words) for words in texts)
        numbers = np.fromiter(map(self.words.get, spread, repeat(0)), np.int64, sum(sizes))
        pairs = numbers[:-1] << _BITS | numbers[1:]
        nearest = self.pairs.searchsorted(pairs)
        hits = np.flatnonzero(self.pairs[nearest] == pairs)
        # The text and the row as one number: sorted, so that equal ones stand side by side.
        begins = np.arange(len(texts)) << _BITS
        text = begins.repeat(sizes)
        found = np.concatenate(
            (text | self.singles[numbers], text[hits] | self.doubles[nearest[hits]])
        )
        found.sort()
        found = found[np.flatnonzero(np.diff(found, prepend=-1))]
        return Found(found & ((1 << _BITS) - 1), found.searchsorted(begins))

    def sums(self, found: Found) -> NDArray[np.int64]:
        """Texts × labels: the steps of their n-grams, added up."""
        steps = self.steps.take(found.rows, axis=0)
        total: NDArray[np.int64] = np.add.reduceat(steps, found.starts, axis=0, dtype=np.int64)
        return total

    def norms(self, found: Found) -> NDArray[np.float64]:
        """Texts × 1: the norm of their n-grams; 1 where there are none."""
        squares = np.add.reduceat(self.squares.take(found.rows), found.starts, dtype=np.int64)
        norms: NDArray[np.float64] = np.sqrt(np.maximum(squares, 1))[:, np.newaxis]
        return norms


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for a block's words and for its heading's, which count again in brief blocks."""

    topics: tuple[str, ...]
    categories: tuple[str, ...]
    seldom: frozenset[str]
    """Topics that it saw too few examples of to be trusted alone."""
    intercepts: NDArray[np.float64]
    """By label."""
    body: Weights
    """For topics, then for categories."""
    heading: Weights
    """For topics and categories, then for both again where the block is brief."""
    evidence: NDArray[np.int32]
    """Topics × rows of `body`, see `evidence`."""
    surroundings: Surroundings
    sobriety: NDArray[np.float64]
    """By label: what log-odds above 0 are multiplied by, 1 at most, so that what is said for sure
    is right often enough."""

    def prior(
        self, headings: Sequence[Sequence[str]], above: Sequence[int], shares: Sequence[float]
    ) -> Logits:
        """What headings say before the texts below them are read.

        `above` is the place of each text's heading in `headings`, `shares` how brief it is.
        """
        found = self.heading.find(headings)
        said = self.heading.sums(found) * self.heading.scales * (1 / self.heading.norms(found))
        long, brief = np.hsplit(said[above], 2)
        return self.intercepts + long + np.array(shares)[:, np.newaxis] * brief

    def answer(
        self, texts: Sequence[tuple[list[str], str]], *, together: bool
    ) -> tuple[Found, Logits]:
        """The n-grams and the log-odds of texts, each given as its words and its heading.

        Log-odds are those of topics, then of categories. With `together` the texts are those of one
        document, in order, and what stands around a text has a say. There must be one text at
        least.
        """
        found, logits = self.score(texts)
        if together:
            headings = [heading for _, heading in texts]
            sizes = [len(words) for words, _ in texts]
            logits = self.surroundings.move(logits, headings, sizes)
        return found, np.where(logits > 0, logits * self.sobriety, logits)

    def score(self, texts: Sequence[tuple[list[str], str]]) -> tuple[Found, Logits]:
        """What each of some texts says by itself, before it is made sober: see `answer`."""
        headings = {heading: place for place, heading in enumerate({it: 0 for _, it in texts})}
        prior = self.prior(
            [tokens(heading) for heading in headings],
            above=[headings[heading] for _, heading in texts],
            shares=[brevity(len(words).bit_length()) for words, _ in texts],
        )
        found = self.read([words for words, _ in texts])
        return found, self.logits(found, prior)

    def read(self, texts: Sequence[Sequence[str]]) -> Found:
        """The n-grams of texts; the beginning of each is read like that of a sentence."""
        return self.body.find([[STOP, *words] for words in texts])

    def logits(self, found: Found, prior: Logits) -> Logits:
        """What the n-grams `found` say after the `prior`."""
        root = np.sqrt(self.body.norms(found))
        norm = 1 / (root * np.sqrt(root))  # the sum to the power of 0.375, half of POWER
        return self.body.sums(found) * self.body.scales * norm + prior

    def strongest(self, found: Places, topic: int, most: int) -> list[str]:
        """Those of one text's n-grams that speak most for a topic, no word twice."""
        ranked = self.evidence[topic].take(found)
        ranked.sort()
        chosen: list[str] = []
        named: set[str] = set()
        for key in ranked.tolist():
            if not key:
                break
            gram = self.body.grams[key % len(self.body.grams)]
            if named.isdisjoint(gram):
                named.update(gram)
                chosen.append(" ".join(gram))
            if len(chosen) == most:
                break
        return chosen


def evidence(body: Weights, topics: int) -> NDArray[np.int32]:
    """Topics × rows of `body`: what sorts the n-grams that count as evidence, and 0 for all others.

    The heavier come first, and of equal ones that of the lower row, which is the number modulo the
    count of rows. Evidence lies inside of a sentence and has a word that is rare. `topics` is how
    many of the labels are topics; they come first.
    """
    common = {gram[0] for gram, square in zip(body.grams, body.squares, strict=True)
              if len(gram) == 1 and square < _RARE}  # fmt: skip
    evident = [STOP not in gram and not common.issuperset(gram) for gram in body.grams]
    steps = body.steps[:, :topics].T.astype(np.int32)
    keys = np.arange(len(body.grams)) - steps * len(body.grams)
    return np.ascontiguousarray(np.where((steps > _TELLING) & evident, keys, 0), np.int32)


@cache
def load() -> Model:
    """The shipped model."""
    return parse(MODEL.read_text("utf-8"))


def parse(text: str) -> Model:
    """The model that is written as `text`, in the form of `model.tsv`."""
    header, *lines = text.splitlines()
    about = json.loads(header)
    rows: dict[str, dict[str, bytes]] = {"body": {}, "heading": {}, "around": {}}
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
        evidence=evidence(body, len(about["topics"])),
        surroundings=_surroundings(rows["around"], about["around"], about["moved"]),
        sobriety=np.array(about["sobriety"]),
    )


def _surroundings(
    rows: Mapping[str, bytes], scales: Sequence[float], intercepts: Sequence[float]
) -> Surroundings:
    """The second stage, from the bytes of each feature: a weight for each label."""
    stored = np.frombuffer(b"".join(rows.values()), np.uint8).astype(np.float32)
    steps = stored.reshape(-1, len(scales)) - _OFFSET
    return Surroundings(steps, np.array(scales), np.array(intercepts))
