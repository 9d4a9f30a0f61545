"""The labels of services of today that are kept apart may not get worse unseen.

Needs the corpus `open-terms-more`; who lacks it skips, saying so. `benchmarks/topics/results.md` has
the figures topic by topic; what stands here is a little below them.
"""

import pytest
from benchmarks import corpora
from benchmarks.topics import gold
from benchmarks.topics.figures import counts, macro, micro

from policy_archive.topics.labeller import DECIDED, SURE
from policy_archive.topics.taxonomy import OPP115

MICRO_FLOOR, MACRO_FLOOR = 0.81, 0.80
CATEGORIES_FLOOR = 0.77
SURE_FLOOR, SURE_RECALL_FLOOR = 0.89, 0.60
RANKED_RECALL_FLOOR = 0.35
"""Recall of all topics where answers are ranked by score and 95 % of them are right."""
TOPIC_SURE_FLOOR, FEWEST = 0.75, 10
"""Precision of what is said for sure on each topic, where it is said so often."""
MISSED_CEILING = 0.02
"""Of topics that readers found in a policy, those of which the labeller finds nothing possible."""


@pytest.fixture(scope="module")
def found() -> gold.Gold:
    corpus = "corpora/open-terms-more.tar.xz"
    if not (corpora.ROOT / corpus).exists():
        pytest.skip(f"{corpus} is absent; POLICY_ARCHIVE_CORPORA names the folder that has it")
    return gold.today()


def test_every_label_has_its_block(found: gold.Gold) -> None:
    assert len(found.blocks) == 421
    assert found.missing == 0


def test_topics_are_found(found: gold.Gold) -> None:
    decided = gold.table(found.blocks, DECIDED)
    assert micro(decided.values()).f1 >= MICRO_FLOOR
    assert macro(decided.values()) >= MACRO_FLOOR
    absent = gold.absences(found).values()
    assert sum(missed for _, missed in absent) <= MISSED_CEILING * sum(n for n, _ in absent)


def test_what_is_said_for_sure_is_right(found: gold.Gold) -> None:
    sure = gold.table(found.blocks, SURE)
    assert micro(sure.values()).precision >= SURE_FLOOR
    assert micro(sure.values()).recall >= SURE_RECALL_FLOOR
    assert gold.recall_at(found.blocks, 0.95) >= RANKED_RECALL_FLOOR
    assert {topic for topic, row in sure.items()
            if row.said >= FEWEST and row.precision < TOPIC_SURE_FLOOR} == set()  # fmt: skip


def test_categories_are_found(found: gold.Gold) -> None:
    pairs = [
        ({name for name, score in block.categories.items() if score >= DECIDED}, block.held)
        for block in found.blocks
    ]
    assert micro(counts(pairs, name) for name in OPP115).f1 >= CATEGORIES_FLOOR


def test_recall_is_that_of_the_longest_ranking_that_is_right_enough() -> None:
    scores = {"use": 0.9, "sale": 0.8, "cookies": 0.7, "sharing": 0.6}
    blocks = [gold.Block("a", frozenset({"use", "cookies", "rights"}), scores, {})]
    assert gold.recall_at(blocks, 1.0) == pytest.approx(1 / 3)
    assert gold.recall_at(blocks, 0.6) == pytest.approx(2 / 3)
    assert gold.recall_at(blocks, 0.5) == pytest.approx(2 / 3)
