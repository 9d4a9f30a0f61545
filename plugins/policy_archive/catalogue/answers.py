"""Policies side by side: what each one's newest snapshot says on a topic, or which absence it is.

What is not found is one of two absences, never mixed: nothing in a text that was checked, and a
text that could not be checked.
"""

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.listings import Listed, Range, policies


class Excerpt(NamedTuple):
    """A further passage: its block, and its beginning."""

    block: str
    text: str


class Finding(NamedTuple):
    """What one snapshot says on one topic: its best passage, and how much there is."""

    block: str
    text: str
    heading: str
    score: float
    evidence: tuple[str, ...]
    passages: int
    words: int
    """In all of them."""
    more: tuple[Excerpt, ...] = ()
    """Up to five further passages, in document order."""


class Similar(NamedTuple):
    """Where else the words of a policy's best passage on a topic are found."""

    same: int
    """Other policies whose best passage has the same words."""
    alike: tuple[tuple[str, str, str, str], ...]
    """Policies whose best passage is much like it: address, site, newest snapshot, block."""


class Answer(NamedTuple):
    """A policy, and what it says; `finding` None: nothing found, or not checked."""

    policy: Listed
    finding: Finding | None
    similar: Similar | None = None


_BEST = """
    SELECT f.snapshot, f.block, b.excerpt, f.heading, f.score, b.evidence, f.passages, f.words
    FROM policies p JOIN findings f ON f.snapshot = p.newest
    JOIN passages b ON b.snapshot = f.snapshot AND b.topic = f.topic AND b.place = f.place
    WHERE f.topic = :topic AND {within}
"""
_MORE = """
    SELECT m.snapshot, m.block, m.excerpt
    FROM policies p JOIN findings f ON f.snapshot = p.newest
    JOIN passages m ON m.snapshot = f.snapshot AND m.topic = f.topic
    WHERE f.topic = :topic AND {within} AND m.place <> f.place AND m.excerpt IS NOT NULL
    ORDER BY m.snapshot, m.place
"""
_SIMILAR = """
    SELECT p.id, m.same, j.key, o.url, o.site, s.segment, om.block
    FROM policies p JOIN similar m ON m.policy = p.id AND m.topic = :topic
    LEFT JOIN json_each(m.alike) j LEFT JOIN policies o ON o.url = j.value
    LEFT JOIN snapshots s ON s.id = o.newest
    LEFT JOIN similar om ON om.policy = o.id AND om.topic = :topic
    WHERE {within} ORDER BY p.id, j.key
"""


def answers(catalogue: Catalogue, topic: str, page: Range) -> Iterator[Answer]:
    """What each policy on a page says on a topic, in the order in which they are listed."""
    findings = _findings(catalogue, topic, page)
    similar = _similar(catalogue, topic, page)
    for policy in policies(catalogue, page):
        found = findings.get(policy.newest)
        yield Answer(policy, found, similar.get(policy.id) if found else None)


def doubts_of(catalogue: Catalogue, snapshot: int) -> list[str]:
    """Why labelling a snapshot could not tell: the messages of its doubts."""
    rows = catalogue.connection.execute(
        "SELECT message FROM diagnostics "
        "WHERE source = ? AND about = 'text' AND severity = 'doubt' ORDER BY number",
        (snapshot,),
    )
    return [message for (message,) in rows]


def _findings(catalogue: Catalogue, topic: str, page: Range) -> Mapping[int, Finding]:
    """By snapshot."""
    within, values = _bounds(topic, page)
    ask = catalogue.connection.execute
    more: dict[int, list[Excerpt]] = {}
    for snapshot, *excerpt in ask(_MORE.format(within=within), values):
        more.setdefault(snapshot, []).append(Excerpt(*excerpt))
    return {
        snapshot: Finding(
            *(block, text, heading, score, tuple(json.loads(evidence)), count, words),
            tuple(more.get(snapshot, ())),
        )
        for snapshot, block, text, heading, score, evidence, count, words in ask(
            _BEST.format(within=within), values
        )
    }


def _similar(catalogue: Catalogue, topic: str, page: Range) -> Mapping[int, Similar]:
    """By policy."""
    within, values = _bounds(topic, page)
    found: dict[int, Similar] = {}
    for policy, same, rank, *other in catalogue.connection.execute(
        _SIMILAR.format(within=within), values
    ):
        known = found.get(policy, Similar(same, ()))
        alike = (*known.alike, tuple(other)) if rank is not None else ()
        found[policy] = Similar(same, alike)
    return found


def _bounds(topic: str, page: Range) -> tuple[str, Mapping[str, object]]:
    values = {"topic": topic, "first": page.first, "end": page.end}
    within = "p.collation >= :first"
    return (within if page.end is None else f"{within} AND p.collation < :end"), values
