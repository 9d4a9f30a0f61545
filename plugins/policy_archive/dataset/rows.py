"""Rows of the tables, drawn from the catalogue and from the texts, in streams.

Their order depends on the archive alone: by policy as listings have them, and then in time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice, starmap
from operator import itemgetter
from typing import Any, NamedTuple

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.dataset.sections import Sections
from policy_archive.dataset.tables import (
    ChangeRow,
    Column,
    DoubtRow,
    PassageRow,
    SnapshotRow,
    Table,
)
from policy_archive.topics.taxonomy import Taxonomy

Row = tuple[Any, ...]
Columns = list[list[Any]]
"""Values of some rows in a row, column by column."""

TOGETHER = 20_000
"""Rows that are held at a time, at most."""


class Policies(NamedTuple):
    """Those from one on to before another, by their collation."""

    first: bytes = b""
    end: bytes = b"\xff\xff\xff"
    """Behind all of them: a collation is UTF-16, and begins with a character."""


EVERYBODY = Policies()


class Contents(NamedTuple):
    """What rows are drawn from."""

    catalogue: Catalogue
    sections: Sections
    taxonomy: Taxonomy

    def ask(self, query: str, policies: Policies) -> Iterator[Row]:
        """Rows of an answer; `query` has the policies `p`, and `{within}` for its condition."""
        within = "p.collation >= :first AND p.collation < :end"
        whole = query.replace("{within}", within)
        return iter(self.catalogue.connection.execute(whole, policies._asdict()))


def _iso(column: str) -> str:
    """SQL for a moment in ISO 8601, in the precision that is known."""
    day = (
        f"substr({column}, 1, 4) || '-' || substr({column}, 5, 2) || '-' || substr({column}, 7, 2)"
    )
    time = (
        f"substr({column}, 9, 2) || ':' || substr({column}, 11, 2) || ':' || substr({column}, 13)"
    )
    return f"CASE length({column}) WHEN 14 THEN {day} || 'T' || {time} || 'Z' WHEN 8 THEN {day} END"


# A cross join keeps SQLite to the order of the tables, which is that of the rows: none is sorted.
_PAGE = "p.url || s.segment || '/'"
_SNAPSHOTS = f"""
    SELECT {_PAGE}, p.url, s.site, s.kind, {_iso("s.captured")},
        CASE length(s.captured) WHEN 14 THEN 'second' WHEN 8 THEN 'day' END,
        s.id = p.newest, s.id = p.speaking, s.fault, s.title, s.language, s.words, s.blocks,
        s.checked, s.technical, s.original_url, s.memento_url, s.collection, path, revision,
        s.sha256
    FROM policies p CROSS JOIN snapshots s ON s.policy = p.id AND s.position IS NOT NULL
    CROSS JOIN sources ON sources.id = s.id WHERE {{within}} ORDER BY p.collation, s.position
"""
_PASSAGES = f"""
    SELECT name, key, {_PAGE}, topic, block, s.site, {_iso("s.captured")}, place,
        round(score, 4), human, start
    FROM policies p CROSS JOIN snapshots s ON s.policy = p.id AND s.position IS NOT NULL
    CROSS JOIN sources ON sources.id = s.id CROSS JOIN passages ON snapshot = s.id
    WHERE {{within}} ORDER BY p.collation, s.position, place, topic
"""
_FIGURES = ("passages", "added", "removed", "moved", "cosmetic", "returned")
_CHANGES = f"""
    SELECT p.url || c.segment || '/', p.url, p.site, p.kind,
        p.url || b.segment || '/', p.url || s.segment || '/',
        {_iso("o.captured")}, {_iso("c.captured")}, json_array_length(c.bridged), c.technical,
        {", ".join(f"CASE c.made WHEN '' THEN NULL ELSE c.{it} END" for it in _FIGURES)},
        CASE c.made WHEN '' THEN NULL ELSE round(c.share, 4) END,
        (SELECT group_concat(topic, ' ') FROM
            (SELECT topic FROM change_topics WHERE change = c.id ORDER BY topic))
    FROM policies p CROSS JOIN changes c ON c.policy = p.id CROSS JOIN snapshots s ON s.id = c.after
    CROSS JOIN snapshots b ON b.id = c.before CROSS JOIN snapshots o ON o.id = c.since
    WHERE {{within}} ORDER BY p.collation, s.position
"""
_DOUBTS = f"""
    SELECT {_PAGE}, 1 + (SELECT count(*) FROM diagnostics e
            WHERE e.source = d.source AND (e.about, e.number) < (d.about, d.number)), s.site,
        d.code, d.severity, d.message, d.line
    FROM policies p CROSS JOIN snapshots s ON s.policy = p.id AND s.position IS NOT NULL
    CROSS JOIN diagnostics d ON d.source = s.id
    WHERE {{within}} ORDER BY p.collation, s.position, d.about, d.number
"""


def _passages(contents: Contents, policies: Policies) -> Iterator[Row]:
    categories = {it.id: next(iter(it.opp115), None) for it in contents.taxonomy.topics}
    of_texts = groupby(contents.ask(_PASSAGES, policies), itemgetter(0, 1))
    for (name, key), rows in of_texts:
        blocks = [
            (section.title, block)
            for section in contents.sections.of(name, key)
            for block in section.blocks
        ]
        for _, _, page, topic, block, site, captured, place, score, human, start in rows:
            heading, found = blocks[place]
            category = categories.get(topic)
            marked = (place, category, score, human, start)
            yield (page, topic, block, site, captured, *marked, heading, found.text)


_ROWS: Mapping[type, Callable[[Contents, Policies], Iterator[Row]]] = {
    SnapshotRow: lambda contents, policies: contents.ask(_SNAPSHOTS, policies),
    PassageRow: _passages,
    ChangeRow: lambda contents, policies: contents.ask(_CHANGES, policies),
    DoubtRow: lambda contents, policies: contents.ask(_DOUBTS, policies),
}


def columns_of(
    table: Table, contents: Contents, policies: Policies = EVERYBODY
) -> Iterator[Columns]:
    """The rows of a table, of some policies, at most `TOGETHER` at a time and column by column."""
    rows, columns = _ROWS[table.row](contents, policies), table.columns
    while some := list(islice(rows, TOGETHER)):
        yield list(starmap(_values, zip(columns, zip(*some, strict=True), strict=True)))


def _values(column: Column, values: Iterable[Any]) -> list[Any]:
    """Values as all formats take them: no text is empty, or holds what ends one in C (NUL)."""
    if column.type is bool:
        return [None if value is None else bool(value) for value in values]
    if column.type is str:
        return [value.replace("\0", "\ufffd") if value else None for value in values]
    return list(values)
