"""What lists of policies show: all of them page by page, as a matrix, and in figures.

Pages are ranges of policies (`ranges.py`); a question about one costs what stands on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.topics.labeller import DECIDED

DOUBTFUL = (
    "EXISTS (SELECT 1 FROM diagnostics d WHERE d.source = s.id AND d.about = 'text') AS doubtful"
)
"""Whether readers are to be told of a doubt about the snapshot `s`."""


class Range(NamedTuple):
    """A page of a listing: the policies from one on to before another."""

    number: int
    """From 1."""
    first: bytes
    end: bytes | None
    """None: it is the last."""


class Listed(NamedTuple):
    """A policy in a list, by its newest snapshot."""

    id: int
    url: str
    site: str
    kind: str
    snapshots: int
    newest: int
    segment: str
    """Of the newest snapshot's address."""
    captured: str
    title: str
    language: str
    words: int
    blocks: int
    """That the labeller read."""
    checked: bool
    doubtful: bool
    topics: int
    """That it speaks to, "possibly" left out."""


class Tally(NamedTuple):
    """How many policies speak to a topic, are silent, were not checked."""

    speaking: int = 0
    silent: int = 0
    unchecked: int = 0


_LISTED = f"""
    SELECT p.id, p.url, p.site, p.kind, p.snapshots, s.id, s.segment, s.captured, s.title,
        s.language, s.words, s.blocks, s.checked, {DOUBTFUL},
        (SELECT count(*) FROM findings f WHERE f.snapshot = s.id AND f.score >= {DECIDED})
    FROM policies p JOIN snapshots s ON s.id = p.newest
"""


def pages(catalogue: Catalogue) -> list[Range]:
    """The pages of every listing of all policies; one, and empty, where there are none."""
    firsts = [it for (it,) in catalogue.connection.execute("SELECT first FROM ranges ORDER BY 1")]
    ends = [*firsts[1:], None]
    found = zip(firsts or [b""], ends, strict=True)
    return [Range(number, *it) for number, it in enumerate(found, 1)]


def policies(catalogue: Catalogue, page: Range | None = None) -> Iterator[Listed]:
    """The policies on a page, or all of them, in the order in which they are listed."""
    query, values = _within(_LISTED, page)
    return (Listed(*row) for row in catalogue.connection.execute(query, values))


def latest(catalogue: Catalogue, count: int) -> list[Listed]:
    """The policies that were captured last, the newest first."""
    query = f"{_LISTED} WHERE s.captured <> '' ORDER BY s.captured DESC, p.collation LIMIT ?"
    return [Listed(*row) for row in catalogue.connection.execute(query, (count,))]


def matrix(catalogue: Catalogue, page: Range) -> Mapping[int, Mapping[str, tuple[int, str]]]:
    """By policy and topic: how many passages, and the block of the best one."""
    query, values = _within(
        "SELECT p.id, f.topic, f.passages, f.block "
        "FROM policies p JOIN findings f ON f.snapshot = p.newest",
        page,
    )
    found: dict[int, dict[str, tuple[int, str]]] = {}
    for policy, topic, passages, block in catalogue.connection.execute(query, values):
        found.setdefault(policy, {})[topic] = (passages, block)
    return found


def tallies(catalogue: Catalogue, topics: Sequence[str]) -> Mapping[str, Tally]:
    """The figures of every topic."""
    ask = catalogue.connection.execute
    silent = dict.fromkeys(topics, 0)
    # What was found counts, whether or not a miss would say anything.
    rows = ask(
        "SELECT f.topic, count(*), sum(s.checked) FROM policies p "
        "JOIN snapshots s ON s.id = p.newest JOIN findings f ON f.snapshot = s.id GROUP BY f.topic"
    )
    speaking = {topic: (count, checked) for topic, count, checked in rows}
    (total, of_them_checked) = ask(
        "SELECT count(*), coalesce(sum(checked), 0) FROM policies JOIN snapshots s ON s.id = newest"
    ).fetchone()
    for topic in silent:
        silent[topic] = of_them_checked - speaking.get(topic, (0, 0))[1]
    return {
        topic: Tally(count := speaking.get(topic, (0, 0))[0], none, total - count - none)
        for topic, none in silent.items()
    }


def kinds(catalogue: Catalogue) -> list[str]:
    """Every kind of policy there is."""
    rows = catalogue.connection.execute("SELECT DISTINCT kind FROM policies ORDER BY kind")
    return [kind for (kind,) in rows]


def captures_by_year(catalogue: Catalogue) -> list[tuple[str, int]]:
    """Years, and how many snapshots were captured in each."""
    rows = catalogue.connection.execute(
        "SELECT substr(captured, 1, 4) AS year, count(*) FROM snapshots "
        "WHERE position IS NOT NULL AND captured <> '' GROUP BY year ORDER BY year"
    )
    return list(rows)


def doubts(catalogue: Catalogue) -> list[tuple[str, int]]:
    """Codes of doubts and problems, and of how many snapshots each is told."""
    rows = catalogue.connection.execute(
        "SELECT code, count(DISTINCT source) FROM diagnostics JOIN snapshots s ON s.id = source "
        "WHERE s.position IS NOT NULL AND about = 'text' GROUP BY code ORDER BY code"
    )
    return list(rows)


def _within(query: str, page: Range | None) -> tuple[str, tuple[object, ...]]:
    """A query of policies `p`, for those on a page and in order."""
    if page is None:
        return f"{query} ORDER BY p.collation", ()
    if page.end is None:
        return f"{query} WHERE p.collation >= ? ORDER BY p.collation", (page.first,)
    clause = "WHERE p.collation >= ? AND p.collation < ? ORDER BY p.collation"
    return f"{query} {clause}", (page.first, page.end)
