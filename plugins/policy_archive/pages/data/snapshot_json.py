"""`index.json` beside a snapshot's page: the object of `inspect`, and where things stand.

The visit to a text makes all that the text says; addresses, which others can change, are added when
the file is written.
"""

import json
from typing import Any

import msgspec

from policy_archive.catalogue.archive import Entry
from policy_archive.catalogue.questions.policies import PolicyHistory
from policy_archive.catalogue.rows import Quotes
from policy_archive.diff import unit_keys
from policy_archive.model import Record
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import Addresses, snapshot_place
from policy_archive.pages.data import memento
from policy_archive.pages.data.inspection import as_json
from policy_archive.topics import taxonomy

NAME = "index.json"
PART = "json"
"""The name under which visits keep it."""


def made(topics: str, record: Record, said: Quotes) -> bytes:
    """The object of `inspect` as JSON; `topics` are the project's changes to the taxonomy.

    With `answers`: by topic the words that answer its question, as pages quote them, and their
    block. With `units`: by the id of each heading and block the keys by which `compare/` knows its
    units.
    """
    found = as_json(record, taxonomy.load(json.loads(topics)))
    answers = {topic: {"block": it.best.block, "text": it.text} for topic, it in said.items()}
    return msgspec.json.encode(found | {"answers": answers, "units": unit_keys(record.document)})


def with_addresses(
    made: bytes, addresses: Addresses, history: PolicyHistory, position: int
) -> bytes:
    """The whole file of a policy's snapshot, of whose text the visit has `made` its object."""
    found = msgspec.json.encode(_addresses(addresses, history, position))
    return made.removesuffix(b"}") + b',"addresses":' + found + b"}\n"


def _addresses(addresses: Addresses, history: PolicyHistory, position: int) -> dict[str, Any]:
    """Addresses as seen from the file; a passage's is the page's with the block's id behind `#`."""
    policy, entry = history.policy, history.entries[position]
    here = snapshot_place(policy.url, entry.segment)
    around = memento.neighbours(policy, position)
    changes = history.changes_at.get(entry.segment, ("", ""))

    def neighbour(other: Entry | None, change: str) -> dict[str, Any] | None:
        if other is None:
            return None
        page = snapshot_place(policy.url, other.segment)
        return {
            "captured": capture_time.iso(other.snapshot.captured),
            "page": addresses.relative(page, here),
            "json": addresses.relative(f"{page}{NAME}", here),
            "change": addresses.relative(f"{policy.url}{change}/", here) if change else None,
        }

    return {
        "page": addresses.relative(here, f"{here}{NAME}"),
        "permalink": addresses.absolute(here) or None,
        "policy": addresses.relative(policy.url, here),
        "source": "source.txt",
        "newest": entry is policy.newest,
        "previous": neighbour(around.previous, changes[0]),
        "next": neighbour(around.next, changes[1]),
    }
