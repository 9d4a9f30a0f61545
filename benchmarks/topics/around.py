"""Teaches the second stage: what stands around a labelled block says of it.

The first stage reads each policy that has labelled blocks as a whole, by a model that knows nothing
of its service, so that its scores are as sure as they are on a policy that nobody has read.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.topics import learning, lessons
from benchmarks.topics.labels import NAMES, TOPICS
from benchmarks.topics.learning import Array
from benchmarks.topics.lessons import Data
from policy_archive.topics import surroundings
from policy_archive.topics.linear import Model
from policy_archive.topics.patterns import STOP, tokens

PENALTY = 10.0
"""Chosen by cross-validation over the policies of the training set, as what is written below."""
ROUNDS = 60
SURE = 0.9
"""Scores from here on are to be right as often, topic by topic."""
FEWEST = 30
"""Answers from which on precision is told."""
_SHORTEST = 4
_ODDS = np.log(SURE / (1 - SURE))


class Lessons(NamedTuple):
    """Labelled blocks as the second stage sees them, a row each."""

    features: Array
    """Of the block and of what stands around it."""
    own: Array
    """Log-odds of the first stage."""
    answers: Array
    folds: NDArray[np.int64]


class Taught(NamedTuple):
    """What the second stage learned."""

    weights: Array
    """Features × labels, for one step of a feature."""
    intercepts: Array
    sobriety: list[float]
    """By label: see `_sobriety`."""
    unseen: Array
    """Log-odds of each lesson by both stages, which never saw its service."""


UNTAUGHT = Taught(
    np.zeros((len(surroundings.names(NAMES)), len(NAMES))),
    np.zeros(len(NAMES)),
    [1.0] * len(NAMES),
    np.zeros((0, len(NAMES))),
)
"""A second stage that changes nothing."""


def collect(data: Data, models: Sequence[Model]) -> Lessons:
    """The lessons, from the models of the first stage by the fold that each has not seen.

    Blocks that are scored part by part, and statements that were read alone, are left out.
    """
    labelled = {(it.source, it.block): number for number, it in enumerate(data.blocks[: data.read])}
    features, own, numbers, folds = [], [], [], []
    for source, blocks in data.documents.items():
        fold = lessons.fold(source)
        read = [
            (it.block[:10] if len(it.parts) == 1 else "", (words, it.heading or ""))
            for it in blocks
            for words in (tokens(part.text) for part in it.parts)
            if len(words) - words.count(STOP) >= _SHORTEST
        ]
        if not read:
            continue
        _, logits = models[fold].score([text for _, text in read])
        found = surroundings.features(
            logits, [heading for _, (_, heading) in read], [len(words) for _, (words, _) in read]
        )
        for row, (block, _) in enumerate(read):
            # Of words that are repeated, the first are those that a reader was shown.
            if (number := labelled.pop((source, block), None)) is not None:
                features.append(found[row])
                own.append(logits[row])
                numbers.append(number)
                folds.append(fold)
    return Lessons(np.array(features, float), np.array(own), data.answers[numbers], np.array(folds))


def teach(known: Lessons) -> Taught:
    """Weights a step of each feature, and intercepts, both by label."""
    unseen = np.zeros_like(known.own)
    for part in range(lessons.FOLDS):
        held = known.folds == part
        weights, intercepts = _fit(known, ~held)
        unseen[held] = known.own[held] + known.features[held] @ weights + intercepts
    every = np.ones(len(known.folds), bool)
    weights, intercepts = _fit(known, every)
    shifts = [
        learning.best_f1(unseen[:, label], known.answers[:, label] > 0.5)
        for label in range(unseen.shape[1])
    ]
    sober = _sobriety(unseen - shifts, known.answers)
    return Taught(weights, intercepts - shifts, sober, unseen - shifts)


def _fit(known: Lessons, chosen: NDArray[np.bool_]) -> tuple[Array, Array]:
    inner, outer = learning.fit(
        sparse.csr_matrix(known.features[chosen] / surroundings.MOST),
        known.answers[chosen],
        PENALTY,
        np.ones(chosen.sum()),
        ROUNDS,
        base=known.own[chosen],
    )
    return inner / surroundings.MOST, outer


def _sobriety(unseen: Array, answers: Array) -> list[float]:
    """By label: what log-odds above 0 are multiplied by so that scores from `SURE` on are right.

    1 where they are, and for the categories of OPP-115.
    """
    found = []
    for label in range(answers.shape[1]):
        order = np.argsort(-unseen[:, label], kind="stable")
        ranked = unseen[order, label]
        said = np.arange(1, len(order) + 1)
        precision = np.cumsum(answers[order, label] > 0.5) / said
        good = ranked[(precision >= SURE) & (said >= FEWEST)]
        begins = max(_ODDS, good[-1]) if label < len(TOPICS) and len(good) else _ODDS
        found.append(round(float(_ODDS / begins), 3))
    return found
