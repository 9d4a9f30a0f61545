"""Snapshots in lists on other pages."""

from policy_archive.catalogue.archive import Entry
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import Addresses, snapshot_place
from policy_archive.pages.views import SnapshotLink


def snapshot_link(
    addresses: Addresses, policy_url: str, entry: Entry | None, here: str
) -> SnapshotLink | None:
    """A link to `entry`, if there is one."""
    if entry is None:
        return None
    return SnapshotLink(
        captured=capture_time.shown(entry.snapshot.captured),
        captured_iso=capture_time.iso(entry.snapshot.captured),
        url=addresses.relative(snapshot_place(policy_url, entry.segment), here),
        doubtful=entry.doubtful,
        words=entry.words,
    )
