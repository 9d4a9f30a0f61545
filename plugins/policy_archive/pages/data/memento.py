"""Memento (RFC 7089): link relations of a snapshot, and the TimeMap of a policy."""

import json
from typing import NamedTuple
from urllib.parse import quote

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.catalogue.questions.contents import PolicyRow
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import Addresses, snapshot_place
from policy_archive.pages.html.links import original_url, replay_url, web_url

TIMEMAP, JSON_TIMEMAP = "timemap.link", "timemap.json"
LINK_FORMAT = "application/link-format"


def dated(policy: Policy) -> tuple[Entry, ...]:
    """The snapshots that stand in time; undated ones stand outside the TimeMap."""
    return tuple(entry for entry in policy.entries if entry.snapshot.captured)


class Relation(NamedTuple):
    """A link in the head of a page."""

    rel: str
    href: str
    datetime: str = ""
    type: str = ""


class Neighbours(NamedTuple):
    """The dated snapshots before and after one, where there are any."""

    previous: Entry | None = None
    next: Entry | None = None


def neighbours(policy: Policy, position: int) -> Neighbours:
    """The neighbours in time of the snapshot at `position`; undated ones have none."""
    entries = policy.entries
    if not entries[position].snapshot.captured:
        return Neighbours()
    after = entries[position + 1] if position + 1 < len(entries) else None
    return Neighbours(
        entries[position - 1] if position else None,
        after if after and after.snapshot.captured else None,
    )


def has_timemap(policy: Policy, addresses: Addresses) -> bool:
    """Whether a TimeMap can be given: it needs absolute addresses, dates and the original URL."""
    return bool(addresses.site_url and _original(policy))


def timemap_exists(row: PolicyRow, addresses: Addresses) -> bool:
    """The same for a policy of which only its rows are known."""
    urls = (it.original_url for it in row.snapshots if it.captured)
    return bool(addresses.site_url) and any(map(web_url, urls))


def relations(
    policy: Policy, entry: Entry, around: Neighbours, addresses: Addresses
) -> tuple[Relation, ...]:
    """Links for the head of a snapshot's page.

    Where the site's own address is known the page is a memento itself; elsewhere the replay is
    named, which needs no address of ours.
    """
    links = []
    if original := original_url(entry.snapshot):
        links.append(Relation("original", original))
    moment = capture_time.http(entry.snapshot.captured)
    own = addresses.absolute(snapshot_place(policy.url, entry.segment)) or replay_url(
        entry.snapshot
    )
    if moment and own:
        links.append(Relation("memento", own, moment))
    here = snapshot_place(policy.url, entry.segment)
    if moment and has_timemap(policy, addresses):
        for name, type in ((TIMEMAP, LINK_FORMAT), (JSON_TIMEMAP, "application/json")):
            links.append(Relation("timemap", addresses.absolute(policy.url + name), type=type))
    for rel, other in zip(("prev", "next"), around, strict=True):
        if other:
            url = addresses.relative(snapshot_place(policy.url, other.segment), here)
            moment = capture_time.http(other.snapshot.captured)
            links.append(Relation(f"{rel} memento", url, moment))
    return tuple(links)


def timemap(policy: Policy, addresses: Addresses) -> str:
    """All dated snapshots of a policy in `application/link-format`."""
    entries = dated(policy)
    first, last = entries[0], entries[-1]
    own = addresses.absolute(policy.url + TIMEMAP)
    span = (
        f'from="{capture_time.http(first.snapshot.captured)}"; '
        f'until="{capture_time.http(last.snapshot.captured)}"'
    )
    lines = [
        f'<{_uri(_original(policy))}>; rel="original"',
        f'<{_uri(own)}>; rel="self"; type="{LINK_FORMAT}"; {span}',
    ]
    for entry in entries:
        place = "first " * (entry is first) + "last " * (entry is last)
        own = addresses.absolute(snapshot_place(policy.url, entry.segment))
        lines.append(
            f'<{_uri(own)}>; rel="{place}memento"; '
            f'datetime="{capture_time.http(entry.snapshot.captured)}"'
        )
    return ",\n".join(lines) + "\n"


def json_timemap(policy: Policy, addresses: Addresses) -> str:
    """The same as JSON in the form of MemGator, whose moments are to the second as well."""
    mementos = [
        {
            "datetime": capture_time.to_the_second(entry.snapshot.captured),
            "uri": _uri(addresses.absolute(snapshot_place(policy.url, entry.segment))),
        }
        for entry in dated(policy)
    ]
    own = _uri(addresses.absolute(policy.url + JSON_TIMEMAP))
    found = {
        "original_uri": _uri(_original(policy)),
        "self": own,
        "mementos": {"list": mementos, "first": mementos[0], "last": mementos[-1]},
        "timemap_uri": {
            "link_format": _uri(addresses.absolute(policy.url + TIMEMAP)),
            "json_format": own,
        },
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _original(policy: Policy) -> str:
    """The latest known address of the policy."""
    for entry in reversed(policy.entries):
        if entry.snapshot.captured and (url := original_url(entry.snapshot)):
            return url
    return ""


def _uri(url: str) -> str:
    return quote(url, safe="%/:=&?~#+!$,;@()*[]|'")
