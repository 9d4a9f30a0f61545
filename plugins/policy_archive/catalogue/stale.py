"""What has changed since a site was made, and so which of its pages have to be made anew."""

from collections.abc import Iterator
from typing import NamedTuple

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.listings import Range, pages


class SiteState(NamedTuple):
    """What a site shows."""

    revision: int
    """0: nothing."""
    shared: str
    """Digest of what all its pages depend on."""


def site_state(catalogue: Catalogue, site: str) -> SiteState:
    """What the site called `site` was last made of."""
    query = "SELECT revision, shared FROM sites WHERE name = ?"
    row = catalogue.connection.execute(query, (site,)).fetchone()
    return SiteState(*row) if row else SiteState(0, "")


def published(catalogue: Catalogue, site: str, state: SiteState) -> None:
    """Note what a site shows now that it stands in its place, while writing."""
    catalogue.connection.execute("INSERT OR REPLACE INTO sites VALUES (?, ?, ?)", (site, *state))
    # Whoever shows less than the oldest has nothing to remove.
    catalogue.connection.execute(
        "DELETE FROM removed WHERE changed <= (SELECT min(revision) FROM sites)"
    )


def removed(catalogue: Catalogue, since: int) -> Iterator[str]:
    """Where pages stood that are no more."""
    query = "SELECT place FROM removed WHERE changed > ? ORDER BY place"
    return (place for (place,) in catalogue.connection.execute(query, (since,)))


def snapshots(catalogue: Catalogue, since: int) -> Iterator[int]:
    """Snapshots, by id, whose pages show something else; a policy's together, in time order."""
    rows = catalogue.connection.execute(
        "SELECT s.id FROM snapshots s JOIN policies p ON p.id = s.policy "
        "WHERE s.changed > ? AND s.position IS NOT NULL ORDER BY p.collation, s.position",
        (since,),
    )
    return (id for (id,) in rows)


def policies(catalogue: Catalogue, since: int) -> Iterator[int]:
    """Policies, by id, whose own pages show something else."""
    query = "SELECT id FROM policies WHERE changed > ? ORDER BY collation"
    return (id for (id,) in catalogue.connection.execute(query, (since,)))


def changes(catalogue: Catalogue, since: int) -> Iterator[int]:
    """Changes, by id, whose pages show something else."""
    rows = catalogue.connection.execute(
        "SELECT c.id FROM changes c JOIN policies p ON p.id = c.policy "
        "WHERE c.changed > ? ORDER BY p.collation, c.captured, c.id",
        (since,),
    )
    return (id for (id,) in rows)


def listing_pages(catalogue: Catalogue, since: int, topic: str = "") -> list[Range]:
    """Pages of listings some of whose rows are others; of a topic's comparison, if one is named."""
    ask = catalogue.connection.execute
    firsts = {it for (it,) in ask("SELECT first FROM ranges WHERE changed > ?", (since,))}
    query = "SELECT collation FROM policies WHERE changed > ?"
    values: tuple[object, ...] = (since,)
    if topic:
        query += (
            " UNION ALL SELECT collation FROM policies JOIN similar ON policy = id "
            "WHERE topic = ? AND similar.changed > ?"
        )
        values = (since, topic, since)
    firsts |= {
        first
        for (first,) in ask(
            f"SELECT DISTINCT (SELECT max(first) FROM ranges WHERE first <= collation) "
            f"FROM ({query})",
            values,
        )
    }
    return [page for page in pages(catalogue) if page.first in firsts]
