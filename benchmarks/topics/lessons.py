"""The blocks that teacher and student learn from: those that readers labelled, and some unread.

The corpora are read as the package reads them today (`benchmarks/corpora.py`); labels are joined to
them by source and digest. No service of the gold set or kept apart is among them, and nothing of
OPP-115.
"""

import hashlib
import random
from collections.abc import Collection
from itertools import chain
from typing import NamedTuple

import numpy as np

from benchmarks.topics import labels as given
from benchmarks.topics.corpus import MODERN, Sample, documents, said_alone, samples, service
from benchmarks.topics.learning import Array
from policy_archive.topics.context import BlockInContext, in_context

UNREAD = 20_000
"""Blocks that nobody read, for the teachers to label."""
FOLDS = 5


class Data(NamedTuple):
    """Blocks that were read, then blocks that nobody read; and what readers said."""

    blocks: list[Sample]
    answers: Array
    """Of those that were read: the share of readers that gave each name."""
    documents: dict[str, list[BlockInContext]]
    """By source: the blocks of the policies that hold some that were read."""

    @property
    def read(self) -> int:
        """How many were read."""
        return len(self.answers)


def collect(known: Collection[str] | None = None) -> Data:
    """The labelled blocks, then those of `known`, or as many as `UNREAD` drawn with a fixed seed.

    Prints how many labels have no block.
    """
    labelled = given.readings("train")
    gold = given.readings("gold") | given.readings("today")
    closed = {service(source) for source, _ in gold}
    told = {block for _, block in gold} | {block for _, block in labelled}
    found: dict[given.Key, Sample] = {}
    unread: dict[str, Sample] = {}
    whole: dict[str, list[BlockInContext]] = {}
    sources = {source for source, _ in labelled}
    for source, document in documents(sources):
        if service(source) in closed:
            continue
        if source in sources:
            whole[source] = list(in_context(document))
        # Of today's policies, readers saw sentences and items, too.
        parts = said_alone(source, document) if source.startswith(MODERN) else ()
        for sample in chain(samples(source, document), parts):
            key = sample.source, sample.block
            if key in labelled:
                found.setdefault(key, sample)
            elif sample.block not in told and 4 <= len(sample.text.split()) < 400:
                unread.setdefault(sample.block, sample)
    used = [key for key in labelled if key in found and not given.too_long(found[key].text)]
    print(f"{len(labelled)} labelled blocks, {len(labelled) - len(found)} no longer found,")
    print(f"{len(found) - len(used)} too long for their sheet; {len(unread)} blocks unread")
    names = sorted(unread)
    if known is None:
        random.Random(0).shuffle(names)
        names = names[:UNREAD]
    drawn = [unread[block] for block in names if known is None or block in known]
    answers = [
        [np.mean([name in reading.names for reading in labelled[key]]) for name in given.NAMES]
        for key in used
    ]
    return Data([found[key] for key in used] + drawn, np.array(answers), whole)


def fold(source: str) -> int:
    """The part of the cross-validation that a policy's service belongs to."""
    return hashlib.sha256(service(source).encode()).digest()[0] % FOLDS
