"""What lists of policies show: all of them page by page, as a matrix, and in figures.

Pages are ranges of policies (`ranges.py`); a question about one costs what stands on it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from policy_archive.analysis.speaking import UNKNOWN
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.digests import digest
from policy_archive.model import PRIVACY_POLICY
from policy_archive.topics.labeller import DECIDED

DOUBTFUL = (
    "EXISTS (SELECT 1 FROM diagnostics d WHERE d.source = s.id AND d.about = 'text' "
    f"AND d.code NOT IN ({', '.join(map(repr, sorted(UNKNOWN)))})) AS doubtful"
)
"""Whether readers are to be told of a doubt about the snapshot `s`."""


class Range(NamedTuple):
    """A page of a listing: the policies from one on to before another."""

    number: int
    """From 1."""
    row: str
    """The id of the first policy's row: its address below `policies/`."""
    first: bytes
    end: bytes | None
    """None: it is the last."""

    @property
    def name(self) -> str:
        """A segment for its address; empty for the first. It does not depend on other pages."""
        return self.row.replace("/", "~") if self.number > 1 else ""


EVERYTHING = Range(1, "", b"", None)
"""All policies as one page."""


class Listed(NamedTuple):
    """A policy in a list, by the snapshot that speaks for it."""

    id: int
    url: str
    site: str
    kind: str
    snapshots: int
    snapshot: int
    segment: str
    """Of the snapshot's address."""
    captured: str
    title: str
    language: str
    words: int
    blocks: int
    """That the labeller read."""
    checked: bool
    doubtful: bool
    newer: bool
    """Whether there is a newer snapshot, which cannot speak for the policy."""
    topics: int
    """That it speaks to, "possibly" left out."""


class Tally(NamedTuple):
    """How many policies speak to a topic, are silent, were not checked."""

    speaking: int = 0
    silent: int = 0
    unchecked: int = 0


NOW = "shown AS (SELECT id AS policy, speaking AS snapshot, snapshots AS captures FROM policies)"
THEN = """
    shown AS (
        SELECT policy, id AS snapshot, count(*) AS captures, max(position) FROM snapshots
        WHERE position IS NOT NULL AND captured <> '' AND fault = ''
            AND substr(captured, 1, 4) <= :year
        GROUP BY policy
    )
"""
"""Which snapshot of each policy listings show: the last sound one, now or up to a year's end."""

_LISTED = f"""
    SELECT p.id, p.url, p.site, p.kind, captures, s.id, s.segment, s.captured, s.title,
        s.language, s.words, s.blocks, s.checked, {DOUBTFUL},
        :year = '' AND p.newest <> s.id,
        (SELECT count(*) FROM findings f WHERE f.snapshot = s.id AND f.score >= {DECIDED})
    FROM shown JOIN policies p ON p.id = shown.policy JOIN snapshots s ON s.id = shown.snapshot
"""


def asking(query: str, page: Range = EVERYTHING, year: str = "") -> tuple[str, dict[str, object]]:
    """A query of the policies `p` that are `shown` on a page, in order, with its values.

    `query` may hold `{within}` where its condition belongs; elsewhere that comes at its end.
    """
    within = "p.collation >= :first" + ("" if page.end is None else " AND p.collation < :end")
    if "{within}" in query:
        whole = query.replace("{within}", within)
    else:
        whole = f"{query} WHERE {within} ORDER BY p.collation"
    values: dict[str, object] = {"first": page.first, "end": page.end, "year": year}
    return f"WITH {THEN if year else NOW} {whole}", values


def pages(catalogue: Catalogue, year: str = "") -> list[Range]:
    """The pages of every listing of all policies; one, and empty, where there are none.

    At the end of a `year` some pages have nobody yet, and are left out.
    """
    ask = catalogue.connection.execute
    firsts = [it for (it,) in ask("SELECT first FROM ranges ORDER BY 1")]
    found = list(zip(firsts, [*firsts[1:], None], strict=False))
    if year:
        query, values = asking(
            "SELECT p.collation FROM shown JOIN policies p ON p.id = policy", year=year
        )
        there = [it for (it,) in ask(query, values)]
        found = [it for it in found if _any_within(there, *it)]
    ranges = [Range(number, row(it[0]), *it) for number, it in enumerate(found, 1)]
    return ranges or [EVERYTHING]


def _any_within(names: Sequence[bytes], first: bytes, end: bytes | None) -> bool:
    at = bisect_left(names, first)
    return at < len(names) and (end is None or names[at] < end)


def row(collation: bytes) -> str:
    """The id of a policy's row, which its collation spells out."""
    segment, _, kind = collation.decode("utf-16-be", "surrogatepass").partition("\0")
    return segment if kind == PRIVACY_POLICY else f"{segment}/{kind}"


def policies(catalogue: Catalogue, page: Range = EVERYTHING, year: str = "") -> Iterator[Listed]:
    """The policies on a page, or all of them, in the order in which they are listed."""
    query, values = asking(_LISTED, page, year)
    return (Listed(*row) for row in catalogue.connection.execute(query, values))


class Figures(NamedTuple):
    """How much a listing of all policies holds."""

    policies: int
    snapshots: int
    first: str
    """The day (`YYYYMMDD`) of the oldest of the captures that are shown; empty: none has one."""
    last: str


def figures(catalogue: Catalogue, year: str = "") -> Figures:
    """Of the policies now, or at the end of a year."""
    query, values = asking(
        "SELECT count(*), coalesce(sum(captures), 0), "
        "coalesce(min(substr(nullif(captured, ''), 1, 8)), ''), "
        "coalesce(max(substr(captured, 1, 8)), '') "
        "FROM shown JOIN policies p ON p.id = shown.policy "
        "JOIN snapshots s ON s.id = shown.snapshot WHERE {within}",
        year=year,
    )
    return Figures(*catalogue.connection.execute(query, values).fetchone())


def names(catalogue: Catalogue) -> list[tuple[bytes, str]]:
    """Of each policy what sorts it, and a digest of all that it shows, in order."""
    return list(catalogue.connection.execute("SELECT collation, shown FROM policies ORDER BY 1"))


def digest_then(catalogue: Catalogue, year: str) -> str:
    """A digest of who stood in the archive at the end of a year, and with what."""
    query, values = asking(
        "SELECT p.collation, s.shown FROM shown JOIN policies p ON p.id = shown.policy "
        "JOIN snapshots s ON s.id = shown.snapshot",
        year=year,
    )
    return digest(catalogue.connection.execute(query, values).fetchall())


def latest(catalogue: Catalogue, count: int) -> list[Listed]:
    """The policies that were captured last, the newest first."""
    query = (
        f"{_LISTED} WHERE s.captured <> '' AND {{within}} "
        "ORDER BY s.captured DESC, p.collation LIMIT :count"
    )
    query, values = asking(query)
    rows = catalogue.connection.execute(query, {**values, "count": count})
    return [Listed(*row) for row in rows]


def matrix(catalogue: Catalogue, page: Range) -> Mapping[int, Mapping[str, tuple[int, str]]]:
    """By policy and topic: how many passages, and the block of the best one."""
    query, values = asking(
        "SELECT p.id, f.topic, f.passages, f.block FROM shown "
        "JOIN policies p ON p.id = shown.policy JOIN findings f ON f.snapshot = shown.snapshot",
        page,
    )
    found: dict[int, dict[str, tuple[int, str]]] = {}
    for policy, topic, passages, block in catalogue.connection.execute(query, values):
        found.setdefault(policy, {})[topic] = (passages, block)
    return found


def tallies(catalogue: Catalogue, topics: Sequence[str], year: str = "") -> Mapping[str, Tally]:
    """The figures of every topic."""
    # What was found counts, whether or not a miss would say anything.
    query, values = asking(
        "SELECT f.topic, count(*), sum(s.checked) FROM shown "
        "JOIN policies p ON p.id = shown.policy JOIN snapshots s ON s.id = shown.snapshot "
        "JOIN findings f ON f.snapshot = s.id WHERE {within} GROUP BY f.topic",
        year=year,
    )
    rows = catalogue.connection.execute(query, values)
    speaking = {topic: (count, checked) for topic, count, checked in rows}
    query, values = asking(
        "SELECT count(*), coalesce(sum(checked), 0) FROM shown "
        "JOIN policies p ON p.id = shown.policy JOIN snapshots s ON s.id = shown.snapshot "
        "WHERE {within}",
        year=year,
    )
    (total, checked) = catalogue.connection.execute(query, values).fetchone()
    found = {}
    for topic in topics:
        count, of_them_checked = speaking.get(topic, (0, 0))
        silent = checked - of_them_checked
        found[topic] = Tally(count, silent, total - count - silent)
    return found


def kinds(catalogue: Catalogue) -> list[str]:
    """Every kind of policy there is."""
    rows = catalogue.connection.execute("SELECT DISTINCT kind FROM policies ORDER BY kind")
    return [kind for (kind,) in rows]


def words(catalogue: Catalogue) -> int:
    """How many there are in all texts."""
    (found,) = catalogue.connection.execute("SELECT coalesce(sum(words), 0) FROM snapshots")
    return int(found[0])


def snapshots_in_time(catalogue: Catalogue) -> Iterator[tuple[Any, ...]]:
    """Every snapshot, oldest first, undated ones before them.

    Policy's id, address, site and kind; position, segment, moment, words; keys of text and labels.
    """
    return catalogue.connection.execute(
        "SELECT p.id, p.url, p.site, p.kind, position, s.segment, captured, words, "
        "key, corrections "
        "FROM snapshots s JOIN policies p ON p.id = s.policy JOIN sources ON sources.id = s.id "
        "WHERE position IS NOT NULL ORDER BY captured, p.url, s.segment"
    )


def versions(catalogue: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    """Every snapshot out of a repository: name of its source, kind, moment, language."""
    return catalogue.connection.execute(
        "SELECT name, kind, captured, language FROM snapshots JOIN sources USING (id) "
        "WHERE position IS NOT NULL AND revision <> '' ORDER BY name"
    )


def captures_by_year(catalogue: Catalogue) -> list[tuple[str, int]]:
    """Years, and how many snapshots were captured in each."""
    rows = catalogue.connection.execute(
        "SELECT substr(captured, 1, 4) AS year, count(*) FROM snapshots "
        "WHERE position IS NOT NULL AND captured <> '' GROUP BY year ORDER BY year"
    )
    return list(rows)


def days(catalogue: Catalogue) -> tuple[str, str]:
    """Days (`YYYYMMDD`) of the oldest and the newest of all captures; empty: none has one."""
    rows = catalogue.connection.execute(
        "SELECT min(captured), max(captured) FROM snapshots "
        "WHERE position IS NOT NULL AND captured <> ''"
    )
    first, last = rows.fetchone()
    return (first or "")[:8], (last or "")[:8]


def doubts(catalogue: Catalogue) -> list[tuple[str, int]]:
    """Codes of doubts and problems, and of how many snapshots each is told."""
    rows = catalogue.connection.execute(
        "SELECT code, count(DISTINCT source) FROM diagnostics JOIN snapshots s ON s.id = source "
        "WHERE s.position IS NOT NULL AND about = 'text' GROUP BY code ORDER BY code"
    )
    return list(rows)
