"""How good the labeller is on each topic, as measured on policies that it never saw."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TopicAccuracy:
    """Figures of one topic on the gold set, at the score that decides."""

    n: int
    """Blocks that readers gave the topic."""
    precision: float
    recall: float
    f1: float
    sure: float
    """Precision of the scores that cross-links and the comparison use."""
    sure_n: int
    """Blocks with such a score."""
    policies: int
    """Policies in which readers found the topic."""
    missed: float
    """The share of those in which the labeller finds no passage: how often absence is wrong."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The measured accuracy of the shipped labeller."""

    blocks: int
    """Size of the gold set."""
    policies: int
    topics: Mapping[str, TopicAccuracy]
    """By the id of shipped topics; topics that `mkdocs.yml` adds are not measured."""


@cache
def load() -> Accuracy:
    """The figures that `benchmarks/topics/measure.py` wrote down."""
    source = Path(__file__).with_name("accuracy.toml").read_text("utf-8")
    data = tomllib.loads(source)
    topics = {id: TopicAccuracy(**figures) for id, figures in data["topics"].items()}
    return Accuracy(data["blocks"], data["policies"], topics)
