"""One policy's place in the catalogue: its snapshots in time order, each between its neighbours."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from policy_archive.catalogue import history_rows
from policy_archive.catalogue.archive import Entry, Policy, duplicates, in_time
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.entries import Placed, unplaced
from policy_archive.catalogue.history import Pair, pairs
from policy_archive.catalogue.published.addresses import collation_key, kind_segment, policy_folder
from policy_archive.catalogue.published.lock import Capture, Published
from policy_archive.catalogue.questions import lives, similar
from policy_archive.catalogue.questions.similar import Touched

_OLD = """
    SELECT p.url, p.id, s.segment FROM policies p LEFT JOIN snapshots s ON s.id = p.speaking
    WHERE p.site = ? AND p.kind = ?
"""
_PUT_POLICY = """
    INSERT INTO policies
        (site, kind, segment, url, collation, newest, speaking, snapshots, arranged, shown)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, '')
    ON CONFLICT (site, kind) DO UPDATE SET segment = excluded.segment, url = excluded.url,
        collation = excluded.collation, newest = excluded.newest, speaking = excluded.speaking,
        snapshots = excluded.snapshots, arranged = 1
    RETURNING id, shown
"""


class Addresses(NamedTuple):
    """Segments of sites; what is given already; and captures whose address is given with these."""

    segments: Mapping[str, str]
    given: Published
    captures: dict[str, Capture]


def place(
    catalogue: Catalogue, site: str, kind: str, addresses: Addresses, touched: Touched
) -> bool:
    """Arrange one policy anew, while writing; what it says otherwise is added to `touched`.

    Given back is whether it came, went, or has another address.
    """
    ask = catalogue.connection.execute
    identity = (site, kind)
    entries = unplaced(catalogue, *identity)
    old = ask(_OLD, identity).fetchone()
    ask(
        "UPDATE snapshots SET arranged = 1, policy = NULL, position = NULL "
        "WHERE site = ? AND kind = ?",
        identity,
    )
    if old:  # some may be another's now, and still stand here
        ask("UPDATE snapshots SET policy = NULL, position = NULL WHERE policy = ?", old[1:2])
    if not entries:
        if old:
            similar.note(catalogue, old[1], 0, touched)
            ask("DELETE FROM policies WHERE id = ?", old[1:2])
        return old is not None
    segment = addresses.segments[site]
    folder = policy_folder(segment, kind)
    found = in_time(folder, entries, addresses.given, addresses.captures)
    placed = tuple(entry for entry in found if isinstance(entry, Placed))
    policy = Policy(site, segment, kind, placed)
    ids = {entry.segment: entry.id for entry in placed}
    newest, speaking = ids[policy.newest.segment], ids[policy.speaking.segment]
    order = collation_key(segment) + b"\0\0" + collation_key(kind_segment(kind))
    values = (*identity, segment, policy.url, order, newest, speaking, len(placed))
    id, shown = ask(_PUT_POLICY, values).fetchone()
    compared = pairs(policy)
    snapshots = _put_snapshots(catalogue, id, policy, entries, compared)
    changes = history_rows.put(catalogue, id, policy, compared, ids)
    moved = old is None or old[0] != policy.url
    renamed = moved or old[2] != policy.speaking.segment
    similar.note(catalogue, id, speaking, touched, renamed=renamed)
    if (now := digest((policy.url, site, snapshots, changes))) != shown:
        ask("UPDATE policies SET shown = ? WHERE id = ?", (now, id))
    return moved


def _put_snapshots(
    catalogue: Catalogue,
    policy_id: int,
    policy: Policy,
    entries: Sequence[Placed],
    compared: Sequence[Pair],
) -> list[str]:
    """Put each snapshot where it stands; digests of what their pages show."""
    before = {pair.after.segment: pair.segment for pair in compared}
    after = {pair.before.segment: pair.segment for pair in compared}
    forms = [(policy_id, entry.id) for entry in entries]
    catalogue.connection.executemany("UPDATE snapshots SET policy = ? WHERE id = ?", forms)
    _put_duplicates(catalogue, entries, policy)
    faults = dict(enumerate(policy.faults))
    ids = {entry.segment: entry.id for entry in policy.entries if isinstance(entry, Placed)}
    good = [ids[it.segment] for pair in compared for it in (pair.before, pair.after)]
    stood = lives.of_snapshots(catalogue, good)
    digests, rows = [], []
    newest, timemap = policy.newest, _has_timemap(policy)
    for position, entry in enumerate(policy.entries):
        assert isinstance(entry, Placed)
        own = entry.segment
        shown = digest(
            (
                *(policy.url, policy.site, *entry.result, entry.made, own),
                [_neighbour(it) for it in _around(policy, position)],
                # A list of all its snapshots is one click away: only whether this is the newest.
                *(entry is newest, timemap),
                *(before.get(own, ""), after.get(own, "")),
                list(stood.get(entry.id, {}).values()),
            )
        )
        digests.append(shown)
        rows.append((position, own, faults.get(position, ""), shown, entry.id))
    catalogue.connection.executemany(
        "UPDATE snapshots SET position = ?, segment = ?, fault = ?, shown = ? WHERE id = ?", rows
    )
    return digests


def _around(policy: Policy, position: int) -> tuple[Entry | None, Entry | None]:
    """The dated snapshots before and after the one at `position`."""
    entries = policy.entries
    if not entries[position].snapshot.captured:
        return None, None
    following = entries[position + 1] if position + 1 < len(entries) else None
    if following and not following.snapshot.captured:
        following = None
    return (entries[position - 1] if position else None), following


def _neighbour(entry: Entry | None) -> object:
    """What a page says of the snapshot before or after its own."""
    return entry and (entry.segment, entry.snapshot.captured, entry.title, entry.doubtful)


def _has_timemap(policy: Policy) -> bool:
    found = (entry.snapshot for entry in policy.entries if entry.snapshot.captured)
    return any(it.original_url or it.memento_url for it in found)


def _put_duplicates(catalogue: Catalogue, entries: Sequence[Placed], policy: Policy) -> None:
    catalogue.connection.executemany(
        "DELETE FROM diagnostics WHERE source = ? AND about = 'place'",
        [(entry.id,) for entry in entries],
    )
    faults = [
        (entry.id, "place", 0, it.code, it.severity, it.message, it.line)
        for entry, it in duplicates(policy.entries)
        if isinstance(entry, Placed)
    ]
    catalogue.insert("diagnostics", faults)
