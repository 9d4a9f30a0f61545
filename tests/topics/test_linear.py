"""The model's arithmetic and its file."""

import pytest

from policy_archive.topics import linear
from policy_archive.topics.taxonomy import OPP115, load

MODEL = linear.load()


def test_the_model_knows_the_shipped_topics_and_categories():
    assert MODEL.topics == tuple(topic.id for topic in load().topics)
    assert MODEL.categories == OPP115


def test_the_model_is_small():
    assert linear.MODEL.stat().st_size <= 1_000_000


@pytest.mark.parametrize("count", [0, 1, 256, 257, 1000])
def test_lanes_never_run_over(count):
    rows = linear.Rows((1.0, 1.0))
    for number in range(1000):
        rows.add(bytes((255, number % 256)), 255 - number % 2)
    found = set(range(count))
    lanes, surplus = rows.sums(found)
    expected = [255 * count, sum(n % 256 for n in found), sum(255 - n % 2 for n in found)]
    assert list(lanes) == expected
    assert surplus == 128 * count


def test_ngrams_are_found_by_word_and_pair():
    vocabulary = linear.Vocabulary()
    for gram in ("cookies", "opt out", "out"):
        vocabulary.add(gram)
    assert vocabulary.find(["you", "opt", "out", "out"]) == {1, 2}
    assert vocabulary.find([]) == set()


def test_a_heading_counts_more_in_brief_blocks():
    shares = [linear.brevity(bits) for bits in range(12)]
    assert shares[0] <= 1
    assert shares == sorted(shares, reverse=True)
    brief, long = (MODEL.prior(["cookies"], share)[0] for share in (shares[1], shares[11]))
    assert brief[MODEL.topics.index("cookies")] > long[MODEL.topics.index("cookies")]
