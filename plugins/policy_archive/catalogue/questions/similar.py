"""Who says the same on a topic, or nearly: kept for every policy, and sought again for few.

Policies are copied from templates and from each other; here that can be seen. Only passages that
are surely on the topic are likened to each other. What is said of one depends on those that share a
hash with it (`topics/similar.py`), so where a passage came or went, only these are looked at.
"""

import json
import struct
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    sketch: bytes | None
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
    catalogue: Catalogue, policy: int, speaking: int, found: Touched, *, renamed: bool = False
) -> None:
    """Note what the snapshot `speaking` for a policy says, while writing; add news to `found`.

    No snapshot, 0, says nothing. Others name a policy by that snapshot's address: one that is
    `renamed` is new to them on all topics.
    """
    ask = catalogue.connection.execute
    now = _said(catalogue, "SELECT topic, block, sketch FROM findings WHERE snapshot = ?", speaking)
    was = _said(catalogue, "SELECT topic, block, sketch FROM similar WHERE policy = ?", policy)
    for topic in was.keys() | now.keys():
        if renamed or was.get(topic) != now.get(topic):
            for said in (was.get(topic), now.get(topic)):
                found[topic].update(unpacked(said[1]) if said and said[1] else (0,))
            ask("DELETE FROM similar WHERE topic = ? AND policy = ?", (topic, policy))
            if topic in now:
                row = (topic, policy, *now[topic], catalogue.written)
                ask("INSERT INTO similar VALUES (?, ?, ?, ?, 0, '', ?)", row)


def _said(catalogue: Catalogue, query: str, id: int) -> dict[str, tuple[str, bytes | None]]:
    rows = catalogue.connection.execute(query, (id,))
    return {topic: (block, drawn) for topic, block, drawn in rows}


class Wordings:
    """How many say the same on one topic."""

    def __init__(self, said: Iterable[tuple[str, bytes | None]]) -> None:
        """`said` are block and sketch of each policy's passage."""
        counted = list(said)
        self._words = Counter(block for block, _ in counted)
        self._likened = Counter(counted)

    def others(self, block: str, sketch: bytes | None) -> int:
        """How many others have the same words.

        Lines that introduce lists have other sketches where the lists are others; passages that are
        not surely on the topic have none.
        """
        if sketch is None:
            return self._words[block] - 1
        return self._likened[block, sketch] + self._likened[block, None] - 1


class Question(NamedTuple):
    """On one topic: about whom to ask, and the sketches of all, by address."""

    topic: str
    asked: Sequence[str]
    sketches: Mapping[str, bytes]


class Answer(NamedTuple):
    """On one topic: by address, whose passages are most similar."""

    topic: str
    similar: Mapping[str, Sequence[str]]


def waiting(catalogue: Catalogue) -> int:
    """How many passages nobody has sought similar ones of."""
    query = "SELECT count(*) FROM similar WHERE alike = ''"
    return int(catalogue.connection.execute(query).fetchone()[0])


def questions(catalogue: Catalogue) -> Iterator[Question]:
    """What has to be sought anew, on each topic: for all to whom it may make a difference."""
    for topic, hashes in touched(catalogue).items():
        rows = list(_rows(catalogue, topic))
        asked = [
            row.url
            for row in rows
            if row.sketch is not None
            and (not (row.alike and hashes) or not hashes.isdisjoint(unpacked(row.sketch)))
        ]
        sketches = {row.url: row.sketch for row in rows if row.sketch is not None}
        yield Question(topic, asked, sketches)


def answer(question: Question) -> Answer:
    """What is sought, found; a task for any process."""
    sketches = {url: unpacked(sketch) for url, sketch in question.sketches.items()}
    return Answer(question.topic, most_similar(sketches, question.asked))


def put(catalogue: Catalogue, found: Answer) -> None:
    """Hold what was found, and how many others have the same words, while writing."""
    rows = list(_rows(catalogue, found.topic))
    wordings = Wordings((row.block, row.sketch) for row in rows)
    blocks = {row.url: row.block for row in rows}
    segments = _speaking_segments(catalogue)
    changed = []
    for row in rows:
        known = [url for url, *_ in json.loads(row.alike or "[]")]
        others = found.similar.get(row.url, known)
        # Where they stand is shown as well, and may have become another place.
        places = [(url, segments[url], blocks[url]) for url in others if url in blocks]
        alike = json.dumps([it for it in places if it[2] != row.block])
        same = wordings.others(row.block, row.sketch)
        if (same, alike) != (row.same, row.alike):
            changed.append((same, alike, catalogue.written, found.topic, row.policy))
    catalogue.connection.executemany(
        "UPDATE similar SET same = ?, alike = ?, changed = ? WHERE topic = ? AND policy = ?",
        changed,
    )
    left = touched(catalogue)
    left.pop(found.topic, None)  # another build may have found it meanwhile
    note_touched(catalogue, left)


def _speaking_segments(catalogue: Catalogue) -> Mapping[str, str]:
    """By a policy's address, the last segment of that of the snapshot which speaks for it."""
    query = "SELECT p.url, s.segment FROM policies p JOIN snapshots s ON s.id = p.speaking"
    return dict(catalogue.connection.execute(query))


def page_states(catalogue: Catalogue, firsts: Sequence[bytes]) -> Mapping[tuple[str, int], object]:
    """By topic and page: another value where something else is similar there.

    A page is known by its number from 1; `firsts` are the names of the first policies on each.
    """
    ask = catalogue.connection.execute
    pages = {
        policy: max(1, bisect_right(firsts, name))
        for policy, name in ask("SELECT id, collation FROM policies")
    }
    latest: dict[tuple[str, int], tuple[int, int]] = {}
    query = "SELECT topic, policy, changed FROM similar INDEXED BY similar_changed"
    for topic, policy, changed in ask(query):
        at = topic, pages[policy]
        newest, count = latest.get(at, (0, 0))
        latest[at] = max(newest, changed), count + 1
    return latest


def _rows(catalogue: Catalogue, topic: str) -> Iterator[_Row]:
    rows = catalogue.connection.execute(
        "SELECT policy, url, block, sketch, same, alike FROM similar "
        "JOIN policies ON id = policy WHERE topic = ?",
        (topic,),
    )
    return (_Row(*row) for row in rows)


def unpacked(sketch: bytes) -> Sketch:
    """The hashes of a sketch."""
    return struct.unpack(f"<{len(sketch) // 4}I", sketch)
