"""Which passages are similar, found in bounded time however many there are.

A passage is drawn as a sketch: the few smallest of the hashes of its word triples (the bottom-k
sketch of Broder, "On the resemblance and containment of documents", 1997). Equal triples give equal
hashes, so passages that share much text share parts of their sketches; only those are compared.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence

from policy_archive.text.words import words

Sketch = tuple[int, ...]
"""Up to twelve CRC-32 values, rising; empty for a text of fewer than three words."""

_SIZE = 12
_CROWD = 40
"""A hash that more passages share says "template" rather than "similar"; the first stand for it."""
_LEAST = 0.4
"""The resemblance from which passages are similar.

A sketch of twelve tells it in twelfths: of those with three in common, two in three share less than
a seventh of their triples; of those with five, one in thirty (`benchmarks/topics/links.md`).
"""
_MOST = 3


def sketch(text: str) -> Sketch:
    """The bottom-k sketch of `text`; empty where it has no three words."""
    found = " ".join(words(text)).encode().split()
    triples = {*map(b" ".join, zip(found, found[1:], found[2:], strict=False))}
    return tuple(sorted(map(zlib.crc32, triples))[:_SIZE])


def resemblance(a: Sketch, b: Sketch) -> float:
    """An estimate of the share of word triples that two passages have in common, 0 to 1."""
    union = sorted({*a, *b})[: max(len(a), len(b))]
    return len({*a} & {*b} & {*union}) / len(union) if union else 0.0


def most_similar(
    sketches: Mapping[str, Sketch], of: Iterable[str] | None = None
) -> dict[str, tuple[str, ...]]:
    """By name: up to three others whose passages are most similar, the most similar first.

    `of` names those that are asked about, if not all. What is said of one depends on sketches that
    share a hash with its own, and on no others.
    """
    asked = sketches.keys() if of is None else list(of)
    crowds: dict[int, list[str]] = {value: [] for name in asked for value in sketches[name]}
    for name in sorted(sketches):
        for value in crowds.keys() & sketches[name]:
            if len(crowds[value]) < _CROWD:
                crowds[value].append(name)
    near = {other for crowd in crowds.values() for other in crowd}.union(asked)
    sets = {name: frozenset(sketches[name]) for name in near}
    return {name: _nearest(name, sketches, sets, crowds) for name in asked}


def _nearest(
    name: str,
    sketches: Mapping[str, Sketch],
    sets: Mapping[str, frozenset[int]],
    crowds: Mapping[int, Sequence[str]],
) -> tuple[str, ...]:
    own, held = sketches[name], sets[name]
    candidates = {other for value in own for other in crowds[value]} - {name}
    scored = [
        (-resemblance(own, sketches[other]), other)
        for other in candidates
        # No resemblance is above this, and most have but a phrase in common.
        if len(held & sets[other]) >= _LEAST * max(len(own), len(sketches[other]))
    ]
    return tuple(other for score, other in sorted(scored)[:_MOST] if -score >= _LEAST)
