"""How tables are divided into files: at policies, once there are a million rows.

A file is known by all that its rows say, so that one that is as it was need not be made again. As
pages of listings do (`catalogue.questions.ranges`), files begin where they began when others come
and go.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.questions import ranges
from policy_archive.dataset.rows import EVERYBODY, Policies
from policy_archive.dataset.tables import TABLES, Table

WHOLE, MOST = 1_000_000, 100_000
"""Rows up to which a table is one file, and about how many a file has at most beyond: an edit makes
the file of its policy anew."""

_SHOWN = """
    SELECT p.collation, s.shown, s.fault, s.technical, s.id = p.speaking, revision
    FROM policies p CROSS JOIN snapshots s ON s.policy = p.id AND s.position IS NOT NULL
    CROSS JOIN sources ON sources.id = s.id ORDER BY p.collation, s.position
"""
_CHANGES = """
    SELECT p.collation, c.shown, c.made <> ''
    FROM policies p CROSS JOIN changes c ON c.policy = p.id ORDER BY p.collation, c.segment
"""
_DOUBTS = """
    SELECT p.collation, s.segment, d.about, d.number, d.code, d.severity, d.message, d.line
    FROM policies p CROSS JOIN snapshots s ON s.policy = p.id AND s.position IS NOT NULL
    CROSS JOIN diagnostics d ON d.source = s.id ORDER BY p.collation, s.position, d.about, d.number
"""
_PASSAGES = """
    SELECT p.collation, sum(f.passages)
    FROM policies p CROSS JOIN snapshots s ON s.policy = p.id AND s.position IS NOT NULL
    CROSS JOIN findings f ON f.snapshot = s.id GROUP BY p.collation ORDER BY p.collation
"""


class Part(NamedTuple):
    """Rows of a table that make a file."""

    table: Table
    name: str
    """Of the file, without its ending."""
    policies: Policies
    rows: int
    shown: str
    """Digest of all that the rows say, but for what the program itself adds."""


def parts(catalogue: Catalogue) -> Iterator[Part]:
    """The parts of all tables, a table's together and in order."""
    states, rows = _states(catalogue)
    for table in TABLES:
        count = rows[table.name].total()
        # The most policies that a file may have; the more rows they have, the fewer.
        most = len(states) if count <= WHOLE else max(1, len(states) * MOST // count)
        divided = list(ranges.pages(list(states.items()), most)) if states else [()]
        firsts = [part[0][0] for part in divided[1:]]
        for number, ends in enumerate(pairwise([EVERYBODY.first, *firsts, EVERYBODY.end]), 1):
            own = divided[number - 1]
            name = table.name if len(divided) == 1 else f"{table.name}-{number}"
            many = sum(rows[table.name][policy] for policy, _ in own)
            yield Part(table, name, Policies(*ends), many, digest([it for _, it in own]))


def _states(catalogue: Catalogue) -> tuple[Mapping[bytes, str], Mapping[str, Counter[bytes]]]:
    """By policy: a digest of what its rows say; and by table how many it has there."""
    ask = catalogue.connection.execute
    states: dict[bytes, str] = {}
    rows: dict[str, Counter[bytes]] = {"passages": Counter(dict(ask(_PASSAGES)))}
    for name, query in (("snapshots", _SHOWN), ("changes", _CHANGES), ("doubts", _DOUBTS)):
        rows[name] = Counter()
        for policy, group in groupby(ask(query), itemgetter(0)):
            said = [row[1:] for row in group]
            rows[name][policy] = len(said)
            states[policy] = digest((states.get(policy, ""), name, said))
    return states, rows
