"""Policies side by side: what each one says on a topic, or which absence it is.

Each speaks by its newest sound snapshot. What is not found is one of two absences, never mixed:
nothing in a text that was checked, and a text that could not be checked.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.questions.facts import facts_on
from policy_archive.catalogue.questions.listings import EVERYTHING, Listed, Range, asking, policies
from policy_archive.catalogue.questions.similar import Wordings, unpacked
from policy_archive.model import Fact, Notice
from policy_archive.topics.similar import most_similar


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
    """Policies whose best passage is much like it: address, site, snapshot, block."""


class Answer(NamedTuple):
    """A policy, and what it says; `finding` None: nothing found, or not checked."""

    policy: Listed
    finding: Finding | None
    similar: Similar | None = None
    facts: tuple[Fact, ...] = ()
    """What it states that belongs to the topic."""


_BEST = """
    SELECT f.snapshot, f.block, b.excerpt, f.heading, f.score, b.evidence, f.passages, f.words
    FROM shown JOIN policies p ON p.id = shown.policy
    JOIN findings f ON f.snapshot = shown.snapshot
    JOIN passages b ON b.snapshot = f.snapshot AND b.topic = f.topic AND b.place = f.place
    WHERE f.topic = :topic AND {within}
"""
_MORE = """
    SELECT m.snapshot, m.block, m.excerpt
    FROM shown JOIN policies p ON p.id = shown.policy
    JOIN findings f ON f.snapshot = shown.snapshot
    JOIN passages m ON m.snapshot = f.snapshot AND m.topic = f.topic
    WHERE f.topic = :topic AND {within} AND m.place <> f.place AND m.excerpt IS NOT NULL
    ORDER BY m.snapshot, m.place
"""
_SKETCHES = """
    SELECT p.id, p.url, p.site, s.segment, f.block, f.sketch
    FROM shown JOIN policies p ON p.id = shown.policy JOIN snapshots s ON s.id = shown.snapshot
    JOIN findings f ON f.snapshot = s.id WHERE f.topic = :topic AND {within} ORDER BY p.collation
"""
_SIMILAR = """
    SELECT p.id, m.same, j.key, o.url, o.site, s.segment, om.block
    FROM policies p JOIN similar m ON m.policy = p.id AND m.topic = :topic
    LEFT JOIN json_each(m.alike) j LEFT JOIN policies o ON o.url = json_extract(j.value, '$[0]')
    LEFT JOIN snapshots s ON s.id = o.speaking
    LEFT JOIN similar om ON om.policy = o.id AND om.topic = :topic
    WHERE {within} ORDER BY p.id, j.key
"""


def answers(
    catalogue: Catalogue, topic: str, page: Range = EVERYTHING, year: str = ""
) -> Iterator[Answer]:
    """What each policy on a page says on a topic, in the order in which they are listed."""
    findings = _findings(catalogue, topic, page, year)
    facts = facts_on(catalogue, topic, page, year)
    # Kept for the snapshots alone that speak now.
    similar = _similar_then(catalogue, topic, year) if year else _similar(catalogue, topic, page)
    for policy in policies(catalogue, page, year):
        found = findings.get(policy.snapshot)
        states = facts.get(policy.snapshot, ())
        yield Answer(policy, found, similar.get(policy.id) if found else None, states)


def findings_of(catalogue: Catalogue, snapshot: int) -> Mapping[str, Finding]:
    """What one snapshot says, by topic; further passages are counted, not quoted."""
    rows = catalogue.connection.execute(
        "SELECT f.topic, f.block, b.excerpt, f.heading, f.score, b.evidence, f.passages, f.words "
        "FROM findings f JOIN passages b ON b.snapshot = f.snapshot AND b.topic = f.topic "
        "AND b.place = f.place WHERE f.snapshot = ?",
        (snapshot,),
    )
    return {
        topic: Finding(block, text, heading, score, tuple(json.loads(evidence)), count, words)
        for topic, block, text, heading, score, evidence, count, words in rows
    }


class Wording(NamedTuple):
    """What a policy's snapshot says on a topic."""

    snapshot: int
    block: str
    text: str
    language: str
    score: float


def wordings(catalogue: Catalogue, policy: int) -> Mapping[str, Mapping[int, Wording]]:
    """By topic and snapshot, of all snapshots of a policy that say something on it."""
    rows = catalogue.connection.execute(
        "SELECT f.topic, s.id, f.block, b.excerpt, s.language, f.score FROM snapshots s "
        "JOIN findings f ON f.snapshot = s.id JOIN passages b ON b.snapshot = f.snapshot "
        "AND b.topic = f.topic AND b.place = f.place "
        "WHERE s.policy = ? AND s.position IS NOT NULL",
        (policy,),
    )
    found: dict[str, dict[int, Wording]] = {}
    for topic, *wording in rows:
        found.setdefault(topic, {})[wording[0]] = Wording(*wording)
    return found


def quotes(catalogue: Catalogue, topic: str, page: Range) -> Mapping[int, tuple[str, str]]:
    """By snapshot, block and words of the best passage on a topic."""
    rows = _rows(catalogue, _BEST, topic, page)
    return {snapshot: (block, text) for snapshot, block, text, *_ in rows}


def lengths(catalogue: Catalogue, topic: str) -> Iterator[tuple[int | None, float | None]]:
    """Of each policy, words in all passages on a topic and the score of the best; None: none."""
    query, values = asking(
        "SELECT f.words, f.score FROM shown JOIN policies p ON p.id = shown.policy "
        "LEFT JOIN findings f ON f.snapshot = shown.snapshot AND f.topic = :topic"
    )
    return catalogue.connection.execute(query, {**values, "topic": topic})


def doubts_of(catalogue: Catalogue, snapshot: int) -> list[Notice]:
    """Why labelling a snapshot could not tell: its doubts."""
    rows = catalogue.connection.execute(
        "SELECT code, message FROM diagnostics "
        "WHERE source = ? AND about = 'text' AND severity = 'doubt' ORDER BY number",
        (snapshot,),
    )
    return [Notice(code, message) for code, message in rows]


def _findings(catalogue: Catalogue, topic: str, page: Range, year: str) -> Mapping[int, Finding]:
    """By snapshot."""
    more: dict[int, list[Excerpt]] = {}
    for snapshot, *excerpt in _rows(catalogue, _MORE, topic, page, year):
        more.setdefault(snapshot, []).append(Excerpt(*excerpt))
    return {
        snapshot: Finding(
            *(block, text, heading, score, tuple(json.loads(evidence)), count, words),
            tuple(more.get(snapshot, ())),
        )
        for snapshot, block, text, heading, score, evidence, count, words in _rows(
            catalogue, _BEST, topic, page, year
        )
    }


def _similar(catalogue: Catalogue, topic: str, page: Range) -> Mapping[int, Similar]:
    """By policy."""
    found: dict[int, Similar] = {}
    for policy, same, rank, *other in _rows(catalogue, _SIMILAR, topic, page):
        known = found.get(policy, Similar(same, ()))
        alike = (*known.alike, tuple(other)) if rank is not None else ()
        found[policy] = Similar(same, alike)
    return found


def _similar_then(catalogue: Catalogue, topic: str, year: str) -> Mapping[int, Similar]:
    """By policy, sought among what all policies said at the end of a year."""
    rows = list(_rows(catalogue, _SKETCHES, topic, EVERYTHING, year))
    wordings = Wordings((block, sketch) for *_, block, sketch in rows)
    named = {url: (url, site, segment, block) for _, url, site, segment, block, _ in rows}
    alike = most_similar({url: unpacked(it) for _, url, _, _, _, it in rows if it is not None})
    return {
        policy: Similar(
            wordings.others(block, sketch),
            tuple(named[it] for it in alike.get(url, ()) if named[it][3] != block),
        )
        for policy, url, _, _, block, sketch in rows
    }


def _rows(
    catalogue: Catalogue, query: str, topic: str, page: Range, year: str = ""
) -> Iterator[tuple[Any, ...]]:
    whole, values = asking(query, page, year)
    return catalogue.connection.execute(whole, {**values, "topic": topic})
