"""From snapshots to policies: each gets its place in time, its address, and its neighbours.

Only policies some of whose snapshots came, went or became others are arranged. What pages show
besides their own texts (neighbours, changes, addresses) is known by digests.
"""

import json

from policy_archive.catalogue import placing
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.placing import Addresses
from policy_archive.catalogue.published.addresses import site_segments
from policy_archive.catalogue.published.lock import Capture, Published
from policy_archive.catalogue.questions import ranges, similar

_MARK_JOINED = """
    UPDATE policies SET arranged = 0
    WHERE (site, kind) IN (SELECT site, kind FROM snapshots WHERE arranged = 0)
"""
_TO_ARRANGE = """
    SELECT site, kind FROM snapshots WHERE arranged = 0
    UNION SELECT site, kind FROM policies WHERE arranged = 0
    ORDER BY site, kind
"""


def arrange_changed(
    catalogue: Catalogue, published: Published, rows: int = ranges.ROWS
) -> Published:
    """Arrange the policies of all snapshots that were put or taken away since.

    What is `published` keeps its address. Given back are all addresses that must be written down.
    Long listings are divided into pages of `rows` at most.
    """
    with catalogue.writing():
        addresses = _addresses(catalogue, _given(catalogue, published))
        ask = catalogue.connection.execute
        ask(_MARK_JOINED)
        to_arrange = ask(_TO_ARRANGE).fetchall()
        touched = similar.touched(catalogue)
        arranged = [
            placing.place(catalogue, site, kind, addresses, touched) for site, kind in to_arrange
        ]
        similar.note_touched(catalogue, touched)
        if any(arranged) or catalogue.state("rows") != str(rows):
            ranges.divide(catalogue, rows)
            catalogue.set_state("rows", str(rows))
        return _noted(catalogue, published, addresses)


def _given(catalogue: Catalogue, published: Published) -> Published:
    """`published`, and what was given since and is not yet in the list."""
    sites, captures = dict(published.sites), dict(published.captures)
    for place, text, owner in catalogue.connection.execute("SELECT * FROM addresses"):
        if text is None:
            sites.setdefault(owner, place)
        else:
            captures.setdefault(place, Capture(text, owner))
    return Published(sites, captures, damaged=published.damaged)


def _addresses(catalogue: Catalogue, given: Published) -> Addresses:
    """The segment of each site. What must be arranged since a list became another is marked."""
    ask = catalogue.connection.execute
    edited = _lists(given) != catalogue.state("addresses")
    if edited:  # by a person: whatever is arranged may have another address now
        ask("UPDATE policies SET arranged = 0")
    query = "SELECT DISTINCT site FROM snapshots JOIN sources USING (id) WHERE wanted"
    sites = sorted(site for (site,) in ask(query))
    known = dict(ask("SELECT site, segment FROM policies"))
    if not edited and digest(sites) == catalogue.state("sites"):
        return Addresses(known, given, dict(given.captures))
    segments, unsure = site_segments(sites, given)
    moved = [site for site, segment in segments.items() if known.get(site, segment) != segment]
    ask(
        "UPDATE policies SET arranged = 0 WHERE site IN (SELECT value FROM json_each(?))",
        (json.dumps(moved),),
    )
    known_sites = {**given.sites, **{site: segments[site] for site in unsure}}
    catalogue.set_state("sites", digest(sites))
    return Addresses(segments, Published(known_sites, given.captures), dict(given.captures))


def _lists(given: Published) -> str:
    return digest((sorted(given.sites.items()), sorted(given.captures.items())))


def _noted(catalogue: Catalogue, published: Published, addresses: Addresses) -> Published:
    """All addresses that are given now; those that the list lacks are kept here."""
    sites, captures = addresses.given.sites, addresses.captures
    lists = Published(sites, captures, damaged=published.damaged)
    if _lists(lists) != catalogue.state("addresses"):
        rows: list[tuple[str, str | None, str]] = [
            (place, None, site) for site, place in sites.items() if site not in published.sites
        ]
        rows += [
            (place, owner.digest, owner.path)
            for place, owner in captures.items()
            if place not in published.captures
        ]
        catalogue.connection.execute("DELETE FROM addresses")
        catalogue.insert("addresses", rows)
        catalogue.set_state("addresses", _lists(lists))
    return lists
