"""Floors under the labeller on sentences written for it, and the figures that ship."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from policy_archive.topics import accuracy
from policy_archive.topics.labeller import DECIDED, SURE, Labeller
from policy_archive.topics.taxonomy import load

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("gold.jsonl").read_text("utf-8").splitlines()
]
TOPICS = tuple(topic.id for topic in load().topics)
Cells = dict[str, Counter[tuple[bool, bool]]]
"""For each topic, how often it was said or not, and held or not."""
FLOOR = 0.85
"""Micro F1 over all topics; 0.88 was measured."""
FLOORS = {
    **dict.fromkeys(TOPICS, 0.75),
    "data-collected": 0.65,
    "use": 0.65,
    "sale": 0.55,
    "disclosure": 0.70,
}
"""F1 of each topic, a sentence or two below what was measured."""


@pytest.fixture(scope="module")
def cells() -> Cells:
    """Counted over all rows; what may go either way is left out."""
    labeller = Labeller(load())
    table = {topic: Counter[tuple[bool, bool]]() for topic in TOPICS}
    for row in ROWS:
        scores = labeller.scores(row["text"], row["heading"])
        for topic in TOPICS:
            if topic not in row.get("either", ()):
                table[topic][scores[topic][0] >= DECIDED, topic in row["topics"]] += 1
    return table


def f1(cells: Counter[tuple[bool, bool]]) -> float:
    true = cells[True, True]
    return 2 * true / (2 * true + cells[True, False] + cells[False, True])


def test_the_set_has_some_of_every_topic_and_of_none() -> None:
    topics = Counter(topic for row in ROWS for topic in row["topics"])
    assert set(topics) == set(TOPICS)
    assert min(topics.values()) >= 5
    assert sum(not row["topics"] for row in ROWS) >= 10


def test_micro_floor(cells: Cells) -> None:
    assert f1(sum(cells.values(), Counter())) >= FLOOR


@pytest.mark.parametrize("topic", TOPICS)
def test_topic_floor(cells: Cells, topic: str) -> None:
    assert f1(cells[topic]) >= FLOORS[topic]


def test_nothing_is_said_for_sure_where_nothing_is_said() -> None:
    labeller = Labeller(load())
    for row in ROWS:
        if not row["topics"]:
            scores = labeller.scores(row["text"], row["heading"])
            assert max(score for score, _ in scores.values()) < SURE, row["text"]


def test_a_topic_that_was_renamed_has_its_figures_and_one_that_was_changed_has_none() -> None:
    figures = accuracy.load()
    cookies = figures.topics["cookies"]
    assert figures.of(load()["cookies"]) == cookies
    assert figures.of(load({"cookies": {"id": "tracking"}})["tracking"]) == cookies
    assert figures.of(load({"cookies": {"wording": ["crumb"]}})["cookies"]) is None


def test_missed_policies_are_counted_in_all() -> None:
    topic = replace(accuracy.load().topics["sale"], policies=8, missed=0.25)
    assert topic.missed_policies == 2
    figures = accuracy.Accuracy(10, 9, {"sale": topic, "use": replace(topic, missed=0.125)})
    assert (figures.found, figures.missed) == (16, 3)


def test_shipped_figures_cover_every_topic_and_are_shares() -> None:
    figures = accuracy.load()
    assert figures.blocks >= 600 and figures.policies >= 40
    assert tuple(figures.topics) == TOPICS
    for topic in figures.topics.values():
        shares = (topic.precision, topic.recall, topic.f1, topic.sure, topic.missed)
        assert all(0 <= share <= 1 for share in shares)
        assert topic.n >= topic.policies > 0
