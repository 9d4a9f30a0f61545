"""The archive in time: a policy's snapshots, changes of all policies, what stood when."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.questions.listings import DOUBTFUL
from policy_archive.diff import ChangeSummary
from policy_archive.diff.summary import TopicChange

_SPANS_OF_ONE = msgspec.json.Decoder(TopicChange.__annotations__["excerpt"])
_SPANS = msgspec.json.Decoder(ChangeSummary.__annotations__["excerpts"])


class Shot(NamedTuple):
    """A snapshot in a policy's timeline."""

    id: int
    key: str
    """Of its text, with `corrections` of all that is known of it."""
    corrections: str
    path: str
    segment: str
    captured: str
    title: str
    words: int
    doubtful: bool


class Changed(NamedTuple):
    """A change in a list of changes."""

    id: int
    key: str
    url: str
    """Of the policy."""
    site: str
    kind: str
    segment: str
    since: str
    """When the old words were last seen."""
    captured: str
    """When the new ones were first seen."""
    language: str
    technical: bool
    bridged: int
    texts: str
    """The captures that were compared, by moment and SHA-256, a line each."""
    summary: ChangeSummary

    @property
    def counts(self) -> bool:
        """Whether it is a change of the site's own words."""
        return self.summary.substantive and not self.technical

    @property
    def place(self) -> str:
        """Where its page stands."""
        return f"{self.url}{self.segment}/"


_NAMED = len(Changed._fields) - 1
_FIGURES = ("passages", "added", "removed", "moved", "cosmetic", "returned", "returns", "share")
_CHANGED = f"""
    SELECT c.id, c.key, p.url, p.site, p.kind, c.segment, b.captured, c.captured, a.language,
        c.technical, json_array_length(c.bridged),
        o.captured || ' ' || o.sha256 || char(10) || a.captured || ' ' || a.sha256,
        {", ".join(_FIGURES)}, c.excerpts
    FROM changes c JOIN policies p ON p.id = c.policy
    JOIN snapshots b ON b.id = c.since JOIN snapshots a ON a.id = c.after
    JOIN snapshots o ON o.id = c.before
"""
_COUNTS = "NOT c.technical AND c.passages > 0"
"""Changes of the sites' own words."""
_RETURNS = "NOT c.technical AND c.passages = 0 AND c.returned > 0"
"""Changes that only go back to an earlier text."""
_ON = "c.id IN (SELECT change FROM change_topics WHERE topic = ?)"
_NEWEST_FIRST = "ORDER BY c.captured DESC, p.url, a.position DESC"


def snapshots(catalogue: Catalogue, policy: int) -> Iterator[Shot]:
    """A policy's snapshots, oldest first, undated ones last."""
    rows = catalogue.connection.execute(
        f"SELECT s.id, key, corrections, path, segment, captured, title, words, {DOUBTFUL} "
        "FROM snapshots s JOIN sources USING (id) "
        "WHERE policy = ? AND position IS NOT NULL ORDER BY position",
        (policy,),
    )
    return (Shot(*row) for row in rows)


def changes_of(catalogue: Catalogue, policy: int) -> Iterator[Changed]:
    """Every change of a policy, oldest first."""
    return _changes(catalogue, "WHERE c.policy = ? ORDER BY a.position", (policy,))


def newest_changes(
    catalogue: Catalogue, count: int, topic: str = "", policy: int = 0, year: str = ""
) -> Iterator[Changed]:
    """Changes of the sites' own words, newest first: so many, on a topic, of a policy or year."""
    clauses, values = [_COUNTS], list[object]()
    if topic:
        clauses.append(_ON)
        values.append(topic)
    if year:
        clauses.append("substr(c.captured, 1, 4) = ?")
        values.append(year)
    if policy:
        clauses.append("c.policy = ?")
        values.append(policy)
    where = f"WHERE {' AND '.join(clauses)} {_NEWEST_FIRST} LIMIT ?"
    return _changes(catalogue, where, (*values, count))


def latest_of_policies(catalogue: Catalogue, count: int) -> Iterator[Changed]:
    """The newest change of words of each of the policies that changed last."""
    where = (
        "WHERE c.id IN (SELECT id FROM (SELECT id, max(captured) FROM changes c "
        f"WHERE {_COUNTS} GROUP BY policy)) {_NEWEST_FIRST} LIMIT ?"
    )
    return _changes(catalogue, where, (count,))


def topics_with_changes(catalogue: Catalogue) -> Iterator[str]:
    """Topics that a change of the sites' own words speaks to."""
    rows = catalogue.connection.execute(
        "SELECT DISTINCT topic FROM change_topics JOIN changes c ON c.id = change "
        f"WHERE {_COUNTS} ORDER BY topic"
    )
    return (topic for (topic,) in rows)


def change_names(catalogue: Catalogue, topic: str = "") -> list[tuple[bytes, str]]:
    """Every change of the sites' own words, newest first: its name, a digest of what it shows.

    With a `topic`, those that touch it.
    """
    rows = catalogue.connection.execute(
        "SELECT c.captured || char(0) || p.url || c.segment, c.shown FROM changes c "
        "JOIN policies p ON p.id = c.policy JOIN snapshots a ON a.id = c.after "
        f"WHERE {_COUNTS} {f'AND {_ON}' if topic else ''} {_NEWEST_FIRST}",
        (topic,) if topic else (),
    )
    return [(name.encode(), shown) for name, shown in rows]


def changes_from(
    catalogue: Catalogue, first: int, count: int, topic: str = ""
) -> Iterator[Changed]:
    """So many changes of the sites' own words, newest first, from a place in the list on."""
    where = f"WHERE {_COUNTS} {f'AND {_ON}' if topic else ''} {_NEWEST_FIRST} LIMIT ? OFFSET ?"
    return _changes(catalogue, where, (*((topic,) if topic else ()), count, first))


def _changes(catalogue: Catalogue, clause: str, values: Sequence[object]) -> Iterator[Changed]:
    topics = "SELECT topic, passages, added, removed, excerpt FROM change_topics WHERE change = ?"
    for row in catalogue.connection.execute(f"{_CHANGED} {clause}", values).fetchall():
        *figures, excerpts = row[_NAMED:]
        touched = catalogue.connection.execute(topics, (row[0],)).fetchall()
        touched.sort(key=lambda it: (-it[2] - it[3], it[0]))
        by_topic = tuple(
            TopicChange(name, passages, added, removed, _SPANS_OF_ONE.decode(excerpt))
            for name, passages, added, removed, excerpt in touched
        )
        counted = dict(zip(_FIGURES, figures, strict=True))
        summary = ChangeSummary(**counted, topics=by_topic, excerpts=_SPANS.decode(excerpts))
        yield Changed._make((*row[:_NAMED], summary))


def changes_by_month(catalogue: Catalogue) -> list[tuple[str, int, int, int]]:
    """Months (`YYYYMM`), how many changes of the sites' own words, technical ones, and returns."""
    rows = catalogue.connection.execute(
        f"SELECT substr(captured, 1, 6) AS month, sum({_COUNTS}), sum(technical), sum({_RETURNS}) "
        "FROM changes c GROUP BY month ORDER BY month"
    )
    return list(rows)


def years(catalogue: Catalogue) -> list[str]:
    """The years that a comparison can go back to; none where no policy has a past to show."""
    ask = catalogue.connection.execute
    spans = ask(
        "SELECT min(substr(captured, 1, 4)), max(substr(captured, 1, 4)) FROM snapshots "
        "WHERE position IS NOT NULL AND captured <> '' GROUP BY policy"
    ).fetchall()
    if all(first == last for first, last in spans):
        return []
    first, last = min(it for it, _ in spans), max(it for _, it in spans)
    return [str(year) for year in range(int(first), int(last) + 1)]


def year_figures(
    catalogue: Catalogue, topics: Sequence[str]
) -> Mapping[str, Sequence[tuple[str, int, int]]]:
    """By topic: year, policies that spoke to it at its end, policies that were checked."""
    known = years(catalogue)
    checked = dict.fromkeys(known, 0)
    speaking = {topic: dict.fromkeys(known, 0) for topic in topics}
    # The last snapshot of each year, and the year in which another takes its place.
    rows = catalogue.connection.execute(
        "WITH last AS (SELECT id, policy, substr(captured, 1, 4) AS year, "
        "    row_number() OVER (PARTITION BY policy, substr(captured, 1, 4) "
        "        ORDER BY position DESC) AS nth FROM snapshots "
        "    WHERE position IS NOT NULL AND captured <> '' AND fault = ''), "
        "spans AS (SELECT id, year, lead(year) OVER (PARTITION BY policy ORDER BY year) AS next "
        "    FROM last WHERE nth = 1) "
        "SELECT year, coalesce(next, ''), coalesce(topic, ''), count(*) FROM spans "
        "JOIN snapshots s USING (id) "
        "LEFT JOIN (SELECT snapshot, topic FROM findings UNION ALL SELECT id, NULL FROM snapshots) "
        "    ON snapshot = id WHERE checked GROUP BY 1, 2, 3"
    )
    for first, following, topic, count in rows if known else ():
        figures = checked if not topic else speaking.get(topic, {})
        for year in known:
            if first <= year and (not following or year < following):
                figures[year] = figures.get(year, 0) + count
    return {
        topic: [(year, found[year], checked[year]) for year in known]
        for topic, found in speaking.items()
    }
