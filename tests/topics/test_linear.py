"""The model's arithmetic and its file."""

import base64
import json
from dataclasses import replace
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest

from policy_archive.topics import linear
from policy_archive.topics.linear import Model, Weights
from policy_archive.topics.patterns import STOP, tokens
from policy_archive.topics.surroundings import Surroundings
from policy_archive.topics.taxonomy import OPP115, load

MODEL = linear.load()
TEXT = "We use cookies to remember what is in your basket; see about our cookies."


def test_the_model_knows_the_shipped_topics_and_categories() -> None:
    assert MODEL.topics == tuple(topic.id for topic in load().topics)
    assert MODEL.categories == OPP115


def test_the_model_is_small() -> None:
    assert linear.MODEL.stat().st_size <= 1_000_000


@pytest.mark.parametrize("count", [0, 1, 257, 70_000])
def test_sums_are_exact_however_many_ngrams_there_are(count: int) -> None:
    rows = {f"w{number}": bytes((255, number % 256, 255)) for number in range(count)}
    weights = Weights.of(rows | {"another": bytes((0, 0, 1))}, (1.0, 1.0))
    found = weights.find([list(rows), [], list(rows)])
    sums = [127 * count, sum(number % 256 - 128 for number in range(count))]
    assert weights.sums(found).tolist() == [sums, [0, 0], sums]
    norm = sqrt(255 * count or 1)
    assert weights.norms(found).tolist() == [[norm], [1], [norm]]


def test_ngrams_are_found_by_word_and_pair_each_once() -> None:
    weights = Weights.of(dict.fromkeys(("cookies", "opt out", "out"), b"\x80\x01"), (1.0,))
    first, second = weights.find([["you", "opt", "out", "out"], ["opt"]]).by_text()
    assert [weights.grams[row] for row in first] == [(), ("opt", "out"), ("out",)]
    assert [weights.grams[row] for row in second] == [()]


def test_no_pair_reaches_from_one_text_into_the_next() -> None:
    weights = Weights.of(dict.fromkeys(("opt out",), b"\x80\x01"), (1.0,))
    found = weights.find([["opt"], ["out"], ["opt", "out"]])
    assert [len(rows) for rows in found.by_text()] == [1, 1, 2]


def test_texts_are_read_alike_alone_and_together() -> None:
    texts = [tokens(TEXT), [], ["cookies"], tokens("Write to us."), tokens(TEXT)]
    headings = [["use", "of", "cookies"], []]
    above, shares = [0, 1, 0, 1, 1], [1.0, 0.5, 0.25, 0.125, 0.0]
    together = MODEL.logits(MODEL.read(texts), MODEL.prior(headings, above, shares))
    alone = [
        MODEL.logits(MODEL.read([text]), MODEL.prior([headings[place]], [0], [share]))
        for text, place, share in zip(texts, above, shares, strict=True)
    ]
    assert together.tolist() == np.concatenate(alone).tolist()


def test_log_odds_are_those_of_the_file() -> None:
    """Worked out anew in plain Python, from the lines of the file."""
    header, *lines = linear.MODEL.read_text("utf-8").splitlines()
    about, words = json.loads(header), [STOP, *tokens(TEXT)]
    grams = {*words, *map(" ".join, pairwise(words))}
    rows = [
        base64.b64decode(encoded)
        for kind, gram, encoded in (line.split("\t") for line in lines)
        if kind == "body" and gram in grams
    ]
    norm = sqrt(sum(row[-1] for row in rows)) ** linear.POWER
    expected = [
        start + sum(row[label] - 128 for row in rows) * scale / norm
        for label, (start, scale) in enumerate(zip(about["intercepts"], about["body"], strict=True))
    ]
    (found,) = MODEL.logits(MODEL.read([tokens(TEXT)]), MODEL.prior([[]], [0], [1]))
    assert len(rows) > 15
    assert found.tolist() == pytest.approx(expected, abs=1e-9)


def test_what_a_heading_says_is_that_of_the_file() -> None:
    header, *lines = linear.MODEL.read_text("utf-8").splitlines()
    about, words = json.loads(header), ["use", "of", "cookies"]
    grams = {*words, *map(" ".join, pairwise(words))}
    rows = [
        base64.b64decode(encoded)
        for kind, gram, encoded in (line.split("\t") for line in lines)
        if kind == "heading" and gram in grams
    ]
    norm = sqrt(sum(row[-1] for row in rows))
    steps = [
        sum(row[label] - 128 for row in rows) * scale / norm
        for label, scale in enumerate(about["heading"])
    ]
    labels = len(about["intercepts"])
    expected = [
        start + long + 0.5 * brief
        for start, long, brief in zip(
            about["intercepts"], steps[:labels], steps[labels:], strict=True
        )
    ]
    assert len(rows) > 3
    (found,) = MODEL.prior([words], [0], [0.5])
    assert found.tolist() == pytest.approx(expected, abs=1e-9)


def test_a_heading_counts_more_in_brief_blocks() -> None:
    shares = [linear.brevity(bits) for bits in range(12)]
    assert shares[0] <= 1
    assert shares == sorted(set(shares), reverse=True)
    brief, long = MODEL.prior([["cookies"]], [0, 0], [shares[1], shares[11]])
    assert brief[MODEL.topics.index("cookies")] > long[MODEL.topics.index("cookies")]


def model(**rows: bytes) -> Model:
    """A model of one topic, from n-grams (`_` for a space) with their weight and square."""
    body = Weights.of({gram.replace("_", " "): row for gram, row in rows.items()}, (1.0,))
    heading = Weights.of({}, (1.0, 1.0))
    evidence = linear.evidence(body, 1)
    nothing = Surroundings(np.zeros((14, 1), np.float32), np.ones(1), np.zeros(1))
    return Model(("x",), (), frozenset(), np.zeros(1), body, heading, evidence, nothing, np.ones(1))


def test_the_strongest_words_come_first_and_none_twice() -> None:
    small = model(
        ads=bytes((128 + 40, 9)),
        b=bytes((128 + 40, 9)),
        b_c=bytes((128 + 60, 9)),
        d=bytes((128 + 21, 9)),
        e=bytes((128 + 20, 9)),
    )
    (found,) = small.read([["ads", "b", "c", "d", "e"]]).by_text()
    assert small.strongest(found, 0, 4) == ["b c", "ads", "d"]
    assert small.strongest(found, 0, 1) == ["b c"]


def test_common_words_and_ends_of_sentences_are_no_evidence() -> None:
    small = model(**{
        ".": bytes((255, 9)), "._a": bytes((255, 9)), "and": bytes((255, 3)),
        "and_the": bytes((255, 9)), "and_so": bytes((200, 9)), "the": bytes((255, 5)),
    })  # fmt: skip
    (found,) = small.read([["a", "and", "the", STOP, "a", "and", "so"]]).by_text()
    assert small.strongest(found, 0, 4) == ["and so"]


def test_a_model_is_sober_about_what_it_is_sure_of_alone() -> None:
    sober = replace(model(a=bytes((128 + 40, 1))), sobriety=np.array([0.5]))
    texts = [(["a"], ""), (["b"], "")]
    _, plain = sober.score(texts)
    _, found = sober.answer(texts, together=False)
    assert plain[0, 0] > 0
    assert found.tolist() == [[plain[0, 0] / 2], [plain[1, 0]]]


def test_sobriety_lowers_and_never_raises() -> None:
    assert (MODEL.sobriety <= 1).all()
    assert (MODEL.sobriety > 0.3).all()
    assert (MODEL.sobriety[len(MODEL.topics) :] == 1).all()
