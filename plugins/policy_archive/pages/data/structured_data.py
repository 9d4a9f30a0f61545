"""Snapshots in schema.org's terms (JSON-LD)."""

from collections.abc import Mapping

from policy_archive.model import Record
from policy_archive.pages import capture_time
from policy_archive.pages.context import BodyContext
from policy_archive.pages.html import links
from policy_archive.pages.script_json import script_json


def snapshot_json_ld(context: BodyContext, place: str, record: Record) -> str:
    """The snapshot whose page stands at `place` in schema.org's terms."""
    snapshot, addresses = record.snapshot, context.addresses
    statement: Mapping[str, object] = {
        "@context": "https://schema.org",
        "@type": ["WebPage", "ArchiveComponent"],
        "name": f"{snapshot.site}: {record.document.title}",
        "inLanguage": "" if record.language == "und" else record.language,
        "url": addresses.absolute(place),
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
            for name, url in ((context.name, addresses.absolute("")), (snapshot.collection, ""))
            if name
        ],
    }
    return script_json({name: value for name, value in statement.items() if value})
