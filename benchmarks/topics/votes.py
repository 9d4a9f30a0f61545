"""What patterns say of a block: features for the teacher, never shipped."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.topics.labels import NAMES
from benchmarks.topics.learning import Array
from policy_archive.topics.patterns import Patterns, outside
from policy_archive.topics.taxonomy import load

_KINDS = ("wording", "counter", "headings")


def votes(texts: Sequence[list[str]], titles: Sequence[list[str]]) -> Array:
    """For each block and name: whether one, two, three matches; a heading's; both kinds."""
    wording, counter, headings = _patterns()
    words = np.zeros((len(texts), len(NAMES)), int)
    headed = np.zeros((len(texts), len(NAMES)), bool)
    for row, (text, title) in enumerate(zip(texts, titles, strict=True)):
        against, under = counter.find(text), headings.find(title)
        for name, found in wording.find(text).items():
            words[row, NAMES.index(name)] = len(outside(found, against.get(name, ())))
        headed[row] = [name in under for name in NAMES]
    kinds = [words > 0, words > 1, words > 2, headed, headed & (words > 0)]
    return np.hstack(kinds).astype(float)


def _patterns() -> list[Patterns]:
    """The taxonomy's patterns for topics, those of `weak.toml` for categories."""
    taxonomy = load()
    rules = tomllib.loads(Path(__file__).with_name("weak.toml").read_text("utf-8"))
    pairs = {
        kind: [(t.id, p) for t in taxonomy.topics for p in getattr(t, kind)] for kind in _KINDS
    }
    for category, rule in rules.items():
        for kind in _KINDS:
            pairs[kind] += [(category, pattern) for pattern in rule[kind]]
            if kind != "headings":
                for id in rule["topics"]:
                    pairs[kind] += [(category, p) for p in getattr(taxonomy[id], kind)]
    return [Patterns(pairs[kind]) for kind in _KINDS]
