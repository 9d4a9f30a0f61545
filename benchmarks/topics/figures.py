"""Precision, recall, F1 and agreement, from what was said and what holds."""

from collections.abc import Collection, Iterable
from typing import NamedTuple


class Counts(NamedTuple):
    """Right answers, answers, and labels."""

    true: int
    said: int
    held: int

    @property
    def precision(self) -> float:
        """The share of answers that are right; 0 without any."""
        return self.true / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share of labels that were answered; 0 without any."""
        return self.true / self.held if self.held else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.true / (self.said + self.held) if self.said + self.held else 0.0


Pair = tuple[Collection[str], Collection[str]]
"""What was said of one text, and what holds of it."""


def counts(pairs: Iterable[Pair], name: str) -> Counts:
    """The counts of one name over texts."""
    cells = [(name in said, name in held) for said, held in pairs]
    return Counts(
        sum(a and b for a, b in cells), sum(a for a, _ in cells), sum(b for _, b in cells)
    )


def micro(table: Iterable[Counts]) -> Counts:
    """All names together."""
    return Counts(*(sum(column) for column in zip(*table, strict=True)))


def macro(table: Iterable[Counts]) -> float:
    """The mean of all names' F1."""
    values = [row.f1 for row in table]
    return sum(values) / len(values)


def kappa(pairs: Collection[Pair], name: str) -> float:
    """Cohen's kappa of two readers on one name."""
    size = len(pairs)
    true, said, held = counts(pairs, name)
    agreed = (size - said - held + 2 * true) / size
    chance = (said * held + (size - said) * (size - held)) / size**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)
