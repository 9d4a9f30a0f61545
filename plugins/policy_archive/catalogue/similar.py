"""Who says the same on a topic, or nearly: kept for every policy, sought again for few topics.

Policies are copied from templates and from each other; here that can be seen. Only passages that
are surely on the topic are likened to each other.
"""

import json
import struct
from collections import Counter
from collections.abc import Mapping

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.topics.similar import Sketch, most_similar

_STATE = "similar"


def note(catalogue: Catalogue, policy: int, newest: int, *, moved: bool = False) -> None:
    """Note what a policy's newest snapshot says, and on which topics that is new; while writing.

    No snapshot, 0, says nothing. Others name a policy by its address, so one that has `moved` is
    new to them on all topics.
    """
    ask = catalogue.connection.execute
    now = _said(catalogue, "SELECT topic, block, sketch FROM findings WHERE snapshot = ?", newest)
    was = _said(catalogue, "SELECT topic, block, sketch FROM similar WHERE policy = ?", policy)
    for topic in was.keys() - now.keys():
        ask("DELETE FROM similar WHERE topic = ? AND policy = ?", (topic, policy))
    fresh = [(topic, policy, *said) for topic, said in now.items() if was.get(topic) != said]
    catalogue.connection.executemany(
        "INSERT INTO similar VALUES (?, ?, ?, ?, 0, '[]', 0) ON CONFLICT DO UPDATE "
        "SET block = excluded.block, sketch = excluded.sketch",
        fresh,
    )
    both = was.keys() | now.keys()
    topics = {topic for topic in both if moved or was.get(topic) != now.get(topic)}
    waiting = set(json.loads(catalogue.state(_STATE) or "[]"))
    if topics - waiting:
        catalogue.set_state(_STATE, json.dumps(sorted(topics | waiting)))


def _said(catalogue: Catalogue, query: str, id: int) -> dict[str, tuple[str, bytes | None]]:
    rows = catalogue.connection.execute(query, (id,))
    return {topic: (block, drawn) for topic, block, drawn in rows}


def seek(catalogue: Catalogue) -> None:
    """Find similar passages anew on every topic on which a policy says something else now."""
    with catalogue.writing():
        for topic in json.loads(catalogue.state(_STATE) or "[]"):
            _seek(catalogue, topic)
        if catalogue.state(_STATE):
            catalogue.set_state(_STATE, "")


def _seek(catalogue: Catalogue, topic: str) -> None:
    rows = catalogue.connection.execute(
        "SELECT policy, url, block, sketch, same, alike FROM similar "
        "JOIN policies ON id = policy WHERE topic = ?",
        (topic,),
    ).fetchall()
    wordings = Counter(block for _, _, block, *_ in rows)
    blocks = {url: block for _, url, block, *_ in rows}
    alike = _alike({url: drawn for _, url, _, drawn, *_ in rows}, blocks)
    changed = [
        (wordings[block] - 1, alike[url], catalogue.written, topic, policy)
        for policy, url, block, _, *known in rows
        if known != [wordings[block] - 1, alike[url]]
    ]
    catalogue.connection.executemany(
        "UPDATE similar SET same = ?, alike = ?, changed = ? WHERE topic = ? AND policy = ?",
        changed,
    )


def _alike(sketches: Mapping[str, bytes | None], blocks: Mapping[str, str]) -> Mapping[str, str]:
    """By address of a policy: those with other words that are much like its own, as JSON."""
    sure = {url: unpacked(drawn) for url, drawn in sketches.items() if drawn is not None}
    found = most_similar(sure)
    return {
        url: json.dumps([it for it in found.get(url, ()) if blocks[it] != blocks[url]])
        for url in sketches
    }


def unpacked(sketch: bytes) -> Sketch:
    """The hashes of a sketch."""
    return struct.unpack(f"<{len(sketch) // 4}I", sketch)
