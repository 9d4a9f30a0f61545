"""The model's arithmetic and its file."""

import pytest

from policy_archive.topics import linear
from policy_archive.topics.taxonomy import OPP115, load

MODEL = linear.load()


def test_the_model_knows_the_shipped_topics_and_categories() -> None:
    assert MODEL.topics == tuple(topic.id for topic in load().topics)
    assert MODEL.categories == OPP115


def test_the_model_is_small() -> None:
    assert linear.MODEL.stat().st_size <= 1_000_000


@pytest.mark.parametrize("count", [0, 1, 256, 257, 1000])
def test_lanes_never_run_over(count: int) -> None:
    rows = linear.Rows((1.0, 1.0))
    for number in range(1000):
        rows.add(f"w{number}", bytes((255, number % 256, 255 - number % 2)))
    found = rows.find([f"w{number}" for number in range(count)])
    lanes, surplus = rows.sums(found)
    numbers = range(count)
    expected = [255 * count, sum(n % 256 for n in numbers), sum(255 - n % 2 for n in numbers)]
    assert list(lanes) == expected
    assert surplus == 128 * count


def test_ngrams_are_found_by_word_and_pair() -> None:
    rows = linear.Rows((1.0,))
    for gram in ("cookies", "opt out", "out"):
        rows.add(gram, b"\x80\x01")
    assert sorted(rows.find(["you", "opt", "out", "out"])) == [2, 3]
    assert rows.find([]) == []


def test_a_heading_counts_more_in_brief_blocks() -> None:
    shares = [linear.brevity(bits) for bits in range(12)]
    assert shares[0] <= 1
    assert shares == sorted(shares, reverse=True)
    brief, long = (MODEL.prior(["cookies"], share) for share in (shares[1], shares[11]))
    assert brief[MODEL.topics.index("cookies")] > long[MODEL.topics.index("cookies")]
