"""Features and logistic regression in NumPy and SciPy, the same on every run."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

Matrix: TypeAlias = sparse.csr_matrix
Array = NDArray[np.float64]


def grams(tokens: Sequence[str]) -> set[str]:
    """The words and pairs of words of a text."""
    return {*tokens, *map(" ".join, pairwise(tokens))}


def commonest(texts: Iterable[Sequence[str]], most: int) -> list[str]:
    """The n-grams that stand in most texts, sorted."""
    counts = Counter(gram for tokens in texts for gram in grams(tokens))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return sorted(gram for gram, _ in ranked[:most])


def presence(texts: Sequence[Sequence[str]], names: Sequence[str]) -> Matrix:
    """Which of the n-grams `names` stand in which text."""
    column = {gram: number for number, gram in enumerate(names)}
    indices: list[int] = []
    ends = [0]
    for tokens in texts:
        indices += sorted(column[gram] for gram in grams(tokens) if gram in column)
        ends.append(len(indices))
    shape = len(texts), len(names)
    return sparse.csr_matrix((np.ones(len(indices)), indices, ends), shape)


def stems(names: Sequence[str], length: int = 5) -> Matrix:
    """Maps n-grams to their beginnings, so that "disclose" learns from "disclosure"."""
    column: dict[str, int] = {}
    columns = [
        column.setdefault(" ".join(word[:length] for word in gram.split()), len(column))
        for gram in names
    ]
    entries = np.ones(len(columns)), (range(len(columns)), columns)
    return sparse.csr_matrix(entries, (len(names), len(column)))


def rows(matrix: Matrix, by: Array) -> Matrix:
    """`matrix` with each row multiplied."""
    return sparse.diags(by) @ matrix


def beside(*parts: Matrix) -> Matrix:
    """Matrices side by side."""
    return sparse.hstack(parts).tocsr()


def fit(
    features: Matrix,
    answers: Array,
    penalty: float,
    weights: Array,
    rounds: int,
    *,
    base: Array | float = 0.0,
) -> tuple[Array, Array]:
    """One logistic regression a column of `answers` (0…1), all at once: weights and intercepts.

    What they give is added to the log-odds `base`.
    """
    size, labels = features.shape[1], answers.shape[1]
    turned = features.T.tocsr()
    by = weights[:, None]

    def loss(flat: Array) -> tuple[float, Array]:
        inner = flat[: size * labels].reshape(size, labels)
        logits = features @ inner + flat[size * labels :] + base
        small = np.exp(-np.abs(logits))
        cost = (by * (np.log1p(small) + np.maximum(logits, 0) - answers * logits)).sum()
        rest = by * (np.where(logits >= 0, 1, small) / (1 + small) - answers)
        slope = turned @ rest + penalty * inner
        return cost + penalty / 2 * (inner**2).sum(), np.r_[slope.ravel(), rest.sum(0)]

    yes = answers.T @ weights
    start = np.zeros((size + 1) * labels)
    if not np.any(base):
        start[size * labels :] = np.log((yes + 1) / (weights.sum() - yes + 1))
    limits = {"maxiter": rounds, "maxcor": 8, "ftol": 1e-6}
    flat = minimize(loss, start, jac=True, method="L-BFGS-B", options=limits).x
    return flat[: size * labels].reshape(size, labels), flat[size * labels :]


def probabilities(logits: Array) -> Array:
    """Log-odds as probabilities."""
    return 1 / (1 + np.exp(-logits))


def best_f1(scores: Array, yes: NDArray[np.bool_], slack: float = 0.005) -> float:
    """The middle of the thresholds at which F1 is best but for `slack`."""
    order = np.argsort(-scores, kind="stable")
    true = np.cumsum(yes[order])
    f1 = 2 * true / (np.arange(1, len(order) + 1) + yes.sum())
    good = scores[order][f1 >= f1.max() - slack]
    return float((good[0] + good[-1]) / 2)
