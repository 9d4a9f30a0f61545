"""What stands around a text: the features, and what they add to its log-odds."""

import random
from collections.abc import Sequence

import numpy as np
import pytest

from policy_archive.topics import linear, surroundings
from policy_archive.topics.surroundings import KINDS, PLACES, Surroundings, features, names
from policy_archive.topics.taxonomy import OPP115, load


def table(
    logits: Sequence[float], headings: str = "", words: Sequence[int] = ()
) -> dict[str, list[float]]:
    """The features of texts with one label, by name; a letter of `headings` is a heading."""
    found = features(
        np.array(logits)[:, np.newaxis],
        headings or "a" * len(logits),
        words or [10] * len(logits),
    )
    return dict(zip(names(["x"]), found.T.tolist(), strict=True))


def test_log_odds_become_whole_numbers_within_bounds() -> None:
    assert table([-99, -4, -0.5, 0, 0.06, 0.07, 4, 99])["own x"] == [0, 0, 28, 32, 32, 33, 64, 64]


def test_a_text_has_those_before_and_behind_it() -> None:
    found = table([-4, 0, 4])
    assert found["before x"] == [0, 0, 32]
    assert found["behind x"] == [32, 64, 0]


def test_near_is_the_mean_of_three_before_and_three_behind() -> None:
    found = table([4, -4, -4, -4, 4, -4, -4, -4])
    assert found["near x"] == [0, 32, 26, 21, 0, 13, 16, 21]


def test_a_section_is_the_others_below_the_same_heading() -> None:
    assert table([4, -4, 0, 4, 4], "aabca")["section x"] == [0, 64, 0, 0, 0]


def test_a_document_is_all_of_its_texts() -> None:
    assert table([4, -4, -4, -4])["document x"] == [16] * 4


def test_places() -> None:
    found = table([0.0] * 5, "aabbb", [1, 3, 10, 300, 70_000])
    assert [found[name] for name in PLACES] == [
        [0, 16, 32, 48, 64],
        [0, 8, 16, 24, 32],
        [32, 24, 16, 8, 0],
        [24] * 5,
        [0] * 5,
        [8, 16, 32, 64, 64],
        [0, 16, 0, 16, 32],
        [16, 0, 32, 16, 0],
    ]


def test_a_text_by_itself_has_nothing_around_it() -> None:
    found = table([4])
    assert {found[f"{kind} x"][0] for kind in KINDS[1:-1]} == {0}
    assert (found["own x"], found["document x"], found["alone"]) == ([64], [64], [64])


@pytest.mark.parametrize("count", [1, 31, 32, 33, 200])
def test_sums_are_exact_in_any_order(count: int) -> None:
    draw = random.Random(count)
    logits = np.array([[draw.uniform(-6, 6) for _ in range(30)] for _ in range(count)])
    headings = [draw.choice("ab") for _ in range(count)]
    found = features(logits, headings, [7] * count)
    assert found.min() >= 0
    assert found.max() <= surroundings.MOST
    assert (found == np.rint(found)).all()
    steps = np.array([[draw.choice((-127, 126)) for _ in range(30)] for _ in found.T])
    second = Surroundings(steps.astype(np.float32), np.ones(30), np.full(30, 0.5))
    exact = found.astype(np.int64) @ steps
    assert second.move(logits, headings, [7] * count).tolist() == (logits + exact + 0.5).tolist()


def test_the_file_names_every_feature_in_order() -> None:
    lines = linear.MODEL.read_text("utf-8").splitlines()[1:]
    found = [name for kind, name, _ in (line.split("\t") for line in lines) if kind == "around"]
    assert found == names([*(topic.id for topic in load().topics), *OPP115])
    assert linear.load().surroundings.steps.shape == (len(found), 30)
