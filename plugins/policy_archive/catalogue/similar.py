"""Who says the same on a topic, or nearly: kept for every policy, and sought again for few.

Policies are copied from templates and from each other; here that can be seen. Only passages that
are surely on the topic are likened to each other. What is said of one depends on those that share a
hash with it (`topics/similar.py`), so where a passage came or went, only these are looked at.
"""

import json
import struct
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.topics.similar import Sketch, most_similar

Touched = dict[str, set[int]]
"""By topic: hashes of the passages that came or went; an empty set stands for very many."""

_STATE = "similar"
_MANY = 20_000
"""From so many hashes on, everybody is looked at."""


class _Row(NamedTuple):
    policy: int
    url: str
    block: str
    sketch: Sketch | None
    same: int
    alike: str


def touched(catalogue: Catalogue) -> Touched:
    """What came or went since similar passages were sought."""
    kept = json.loads(catalogue.state(_STATE) or "{}")
    return defaultdict(set, {topic: set(hashes) for topic, hashes in kept.items()})


def note_touched(catalogue: Catalogue, found: Touched) -> None:
    """Keep what came or went until it has been acted on, while writing."""
    kept = {
        topic: sorted(hashes) if len(hashes) < _MANY else []
        for topic, hashes in sorted(found.items())
    }
    text = json.dumps(kept) if kept else ""
    if text != catalogue.state(_STATE):
        catalogue.set_state(_STATE, text)


def note(
    catalogue: Catalogue, policy: int, newest: int, found: Touched, *, moved: bool = False
) -> None:
    """Note what a policy's newest snapshot says, while writing, and add what is new to `found`.

    No snapshot, 0, says nothing. Others name a policy by its address: one that has `moved` is new
    to them on all topics.
    """
    ask = catalogue.connection.execute
    now = _said(catalogue, "SELECT topic, block, sketch FROM findings WHERE snapshot = ?", newest)
    was = _said(catalogue, "SELECT topic, block, sketch FROM similar WHERE policy = ?", policy)
    for topic in was.keys() | now.keys():
        if moved or was.get(topic) != now.get(topic):
            for said in (was.get(topic), now.get(topic)):
                found[topic].update(unpacked(said[1]) if said and said[1] else (0,))
            ask("DELETE FROM similar WHERE topic = ? AND policy = ?", (topic, policy))
            if topic in now:
                row = (topic, policy, *now[topic], catalogue.written)
                ask("INSERT INTO similar VALUES (?, ?, ?, ?, 0, '', ?)", row)


def _said(catalogue: Catalogue, query: str, id: int) -> dict[str, tuple[str, bytes | None]]:
    rows = catalogue.connection.execute(query, (id,))
    return {topic: (block, drawn) for topic, block, drawn in rows}


def seek(catalogue: Catalogue) -> None:
    """Find similar passages anew, for all to whom what came or went may make a difference."""
    with catalogue.writing():
        for topic, hashes in touched(catalogue).items():
            _seek(catalogue, topic, hashes)
        note_touched(catalogue, {})


def _seek(catalogue: Catalogue, topic: str, hashes: set[int]) -> None:
    rows = [*_rows(catalogue, topic)]
    wordings = Counter(row.block for row in rows)
    blocks = {row.url: row.block for row in rows}
    asked = {
        row.url
        for row in rows
        if not (row.alike and hashes) or (row.sketch and not hashes.isdisjoint(row.sketch))
    }
    sketches = {row.url: row.sketch for row in rows if row.sketch is not None}
    found = most_similar(sketches, [url for url in sketches if url in asked])
    changed = []
    for row in rows:
        alike = row.alike
        if row.url in asked:
            others = [url for url in found.get(row.url, ()) if blocks[url] != row.block]
            alike = json.dumps(others)
        same = wordings[row.block] - 1
        if (same, alike) != (row.same, row.alike):
            changed.append((same, alike, catalogue.written, topic, row.policy))
    catalogue.connection.executemany(
        "UPDATE similar SET same = ?, alike = ?, changed = ? WHERE topic = ? AND policy = ?",
        changed,
    )


def _rows(catalogue: Catalogue, topic: str) -> Iterator[_Row]:
    for policy, url, block, drawn, *known in catalogue.connection.execute(
        "SELECT policy, url, block, sketch, same, alike FROM similar "
        "JOIN policies ON id = policy WHERE topic = ?",
        (topic,),
    ):
        yield _Row(policy, url, block, None if drawn is None else unpacked(drawn), *known)


def unpacked(sketch: bytes) -> Sketch:
    """The hashes of a sketch."""
    return struct.unpack(f"<{len(sketch) // 4}I", sketch)
