"""The labels that readers gave, as `labels.jsonl` keeps them: without text."""

import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from policy_archive.topics.taxonomy import OPP115, load

LABELS = Path(__file__).with_name("labels.jsonl")
TOPICS = tuple(topic.id for topic in load().topics)
NAMES = (*TOPICS, *OPP115)
"""Everything that a block can be labelled with: the topics, then the categories."""

HIDDEN = 420
"""Blocks of more words are left out: a reader was not shown more than 250 of them."""

Key = tuple[str, str]
"""Source and block."""


class Reading(NamedTuple):
    """What one reader gave one block."""

    reader: str
    names: frozenset[str]


def readings(kind: str) -> dict[Key, list[Reading]]:
    """All readings of the set `kind` ("train" or "gold"), in the order of their sheets."""
    found: dict[Key, list[Reading]] = defaultdict(list)
    for line in LABELS.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["set"] == kind:
            names = frozenset(row["topics"]) | frozenset(row["opp115"])
            found[row["source"], row["block"]].append(Reading(row["reader"], names))
    return dict(found)


def gold() -> dict[Key, frozenset[str]]:
    """What both readers gave, and where they differ what the third decided.

    Raises:
        ValueError: two readers differ and nobody has decided.
    """
    decided = {}
    for key, given in readings("gold").items():
        by = {reading.reader: reading.names for reading in given}
        if by["g"] != by["h"] and "k" not in by:
            raise ValueError(f"readers differ on {key}; a third reading must decide")
        decided[key] = by["g"] if by["g"] == by["h"] else by["k"]
    return decided


class Agreed(NamedTuple):
    """What two readers gave one block."""

    both: frozenset[str]
    one: frozenset[str]
    """What only one of them gave: neither right nor wrong."""


def today() -> dict[Key, Agreed]:
    """Readings u and v of the services kept apart (`modern.py`); a label counts where both agree.

    Blocks that were read once are left out. The reading w tells how repeatable the labels are
    (`agreement.py`) and decides nothing.
    """
    found = {}
    for key, given in readings("today").items():
        by = {reading.reader: reading.names for reading in given}
        if {"u", "v"} <= by.keys():
            found[key] = Agreed(by["u"] & by["v"], by["u"] ^ by["v"])
    return found


def too_long(text: str) -> bool:
    """Whether the sheet left out so much that the labels do not cover the block."""
    return len(text.split()) > HIDDEN
