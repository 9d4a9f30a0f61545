"""What may match is told from a text's words, and nothing that matches is ruled out."""

import random
import tomllib
from pathlib import Path

from policy_archive.topics import answers
from policy_archive.topics.patterns import Patterns, tokens
from policy_archive.topics.prefilter import Prefilter

_WRITTEN = tomllib.loads(Path(answers.__file__).with_suffix(".toml").read_text("utf-8"))
_EVERY = [it for kinds in _WRITTEN.values() for patterns in kinds.values() for it in patterns]


def possible(*patterns: str, text: str) -> list[str]:
    """Those of `patterns` that may match."""
    mask = Prefilter(patterns).possible(tokens(text))
    return [it for number, it in enumerate(patterns) if mask >> number & 1]


def test_a_pattern_needs_a_word_of_its_first_and_of_its_last_part() -> None:
    patterns = ("we|us .. collect*|store", "not sell", "ip address|addresses", "cookies")
    assert possible(*patterns, text="We are collecting cookies.") == [patterns[0], patterns[3]]
    assert possible(*patterns, text="We do not say.") == []
    assert possible(*patterns, text="Your IP addresses") == [patterns[2]]


def test_whatever_matches_was_possible() -> None:
    words = sorted({word for it in _EVERY for word in tokens(it.replace("*", "ing"))})
    single = [Patterns([("it", pattern)]) for pattern in _EVERY]
    prefilter = Prefilter(_EVERY)
    draw = random.Random(5)
    matched = 0
    for _ in range(60):
        text = draw.choices(words, k=40)
        mask = prefilter.possible(text)
        for number, patterns in enumerate(single):
            if patterns.find(text):
                matched += 1
                assert mask >> number & 1, (_EVERY[number], text)
    assert matched > 500
