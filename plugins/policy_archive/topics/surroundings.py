"""What stands around a text adds to its scores: the second stage of the model.

A text's own log-odds, those of the texts before and behind it, near it, under its heading and in
the whole document, and its place become features, whole numbers from 0 to 64. Weights of whole
numbers add up to what is added to each label's log-odds. Such sums are exact in any order, so they
are the same on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.float64]
"""Texts × labels: log-odds."""
Features = NDArray[np.float32]
"""Texts × features: whole numbers from 0 to `MOST`, which 32 bits add up without rounding."""

MOST = 64
"""What a feature is at most."""
_STEPS = 8
"""Steps of a feature for one of log-odds, which count from -4 to 4."""
_NEAR = 3
"""How many texts before and behind a text are near it."""
_PLACE, _SECTION = 8, 16
"""Steps of a feature for each text between a text and the end of its document, of its section."""
_ROWS = 32
"""Texts that are multiplied at once: so few are never spread over threads, which worker processes
would fight over."""

KINDS = ("own", "before", "behind", "near", "section", "document")
"""Whose log-odds are features, one for each label."""
PLACES = ("place", "first", "last", "size", "alone", "words", "opens", "closes")
"""What else is a feature: how far through the document a text stands, how near to its first and
last text; how many texts it has; whether it is alone in its section, how long it is, and how near
it is to its section's first and last text."""


def names(labels: Sequence[str]) -> list[str]:
    """The names of all features, in order."""
    return [*(f"{kind} {label}" for kind in KINDS for label in labels), *PLACES]


def features(logits: Logits, headings: Sequence[str], words: Sequence[int]) -> Features:
    """The features of a document's texts, from their log-odds, headings and numbers of words.

    Texts that follow each other below the same heading are a section. There must be one text at
    least.
    """
    own = np.clip(np.rint(logits * _STEPS), -MOST // 2, MOST // 2) + MOST // 2
    own = own.astype(np.float32)
    count = len(own)
    starts = [0, *(n for n, (a, b) in enumerate(pairwise(headings), 1) if a != b)]
    sizes = np.diff([*starts, count])
    section = np.add.reduceat(own, starts, axis=0).repeat(sizes, axis=0) - own
    first, size = np.repeat(starts, sizes), sizes.repeat(sizes)
    number = np.arange(count)
    close = np.minimum(number, _NEAR) + np.minimum(count - 1 - number, _NEAR)
    around = np.pad(own, ((_NEAR, _NEAR), (0, 0)))
    near = sum(around[n : n + count] for n in range(2 * _NEAR + 1) if n != _NEAR)
    lengths = [length.bit_length() for length in words]
    places = [
        np.rint(MOST * number / max(1, count - 1)),
        _PLACE * number,
        _PLACE * (count - 1 - number),
        np.full(count, _PLACE * count.bit_length()),
        MOST * (size == 1),
        _PLACE * np.array(lengths),
        _SECTION * (number - first),
        _SECTION * (first + size - 1 - number),
    ]
    return np.hstack(
        [
            own,
            around[_NEAR - 1 :][:count],
            around[_NEAR + 1 :][:count],
            np.rint(near / np.maximum(close, 1)[:, np.newaxis]),
            np.rint(section / np.maximum(size - 1, 1)[:, np.newaxis]),
            np.broadcast_to(np.rint(own.mean(axis=0)), own.shape),
            np.minimum(np.stack(places, axis=1), MOST),
        ]
    ).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The weights of what stands around a text."""

    steps: NDArray[np.float32]
    """Features × labels: -127 to 127 steps each, whole numbers."""
    scales: NDArray[np.float64]
    """By label: what one step is worth, in log-odds, for a feature of 1."""
    intercepts: NDArray[np.float64]
    """By label."""

    def move(self, logits: Logits, headings: Sequence[str], words: Sequence[int]) -> Logits:
        """The log-odds of a document's texts, with what stands around each."""
        found = features(logits, headings, words)
        sums = [found[start : start + _ROWS] @ self.steps for start in range(0, len(found), _ROWS)]
        moved: Logits = logits + np.vstack(sums) * self.scales + self.intercepts
        return moved
