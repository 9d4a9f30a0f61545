"""Snapshots in schema.org's terms (JSON-LD)."""

from collections.abc import Mapping

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.model import Record
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import snapshot_place
from policy_archive.pages.html import links
from policy_archive.pages.publication import Publication, script_json


def snapshot_json_ld(publication: Publication, policy: Policy, entry: Entry, record: Record) -> str:
    """The snapshot in schema.org's terms."""
    snapshot = entry.snapshot
    addresses = publication.addresses
    statement: Mapping[str, object] = {
        "@context": "https://schema.org",
        "@type": ["WebPage", "ArchiveComponent"],
        "name": f"{policy.site}: {record.document.title}",
        "inLanguage": "" if record.language == "und" else record.language,
        "url": addresses.absolute(snapshot_place(policy, entry)),
        "dateCreated": capture_time.iso(snapshot.captured),
        "isBasedOn": links.original_url(snapshot),
        "archivedAt": links.replay_url(snapshot),
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "SHA-256",
            "value": record.sha256,
        },
        "isPartOf": [
            {"@type": "Collection", "name": name, **({"url": url} if url else {})}
            for name, url in ((publication.name, addresses.absolute("")), (snapshot.collection, ""))
            if name
        ],
    }
    return script_json({name: value for name, value in statement.items() if value})
