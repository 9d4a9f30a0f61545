"""How good the labeller is on each topic, as measured on policies that it never saw."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policy_archive.topics import taxonomy
from policy_archive.topics.taxonomy import Topic


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

    @property
    def missed_policies(self) -> int:
        """How many policies that share is."""
        return round(self.missed * self.policies)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The measured accuracy of the shipped labeller."""

    blocks: int
    """Size of the gold set."""
    policies: int
    topics: Mapping[str, TopicAccuracy]
    """By the id of shipped topics; topics that `mkdocs.yml` adds are not measured."""

    def of(self, topic: Topic) -> TopicAccuracy | None:
        """The figures of a topic; None where `mkdocs.yml` added it or changed what it finds."""
        for shipped in taxonomy.load().topics:
            if shipped.id in (topic.id, *topic.aliases) and shipped.patterns == topic.patterns:
                return self.topics.get(shipped.id)
        return None

    @property
    def found(self) -> int:
        """How often a policy of the test speaks to a topic."""
        return sum(topic.policies for topic in self.topics.values())

    @property
    def missed(self) -> int:
        """In how many of these the labeller finds no passage."""
        return sum(topic.missed_policies for topic in self.topics.values())


@cache
def load() -> Accuracy:
    """The figures that `benchmarks/topics/measure.py` wrote down."""
    data = tomllib.loads(Path(__file__).with_name("accuracy.toml").read_text("utf-8"))
    topics = {id: TopicAccuracy(**figures) for id, figures in data["topics"].items()}
    return Accuracy(data["blocks"], data["policies"], topics)
