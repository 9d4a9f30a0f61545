"""Snapshots in schema.org's terms (JSON-LD)."""

from collections.abc import Mapping, Sequence

from policy_archive.model import Record
from policy_archive.pages import capture_time
from policy_archive.pages.context import BodyContext
from policy_archive.pages.html import links
from policy_archive.pages.script_json import script_json
from policy_archive.topics.labeller import DECIDED


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
        "mentions": _mentions(context, record),
    }
    return script_json({name: value for name, value in statement.items() if value})


def _mentions(context: BodyContext, record: Record) -> Sequence[Mapping[str, str]]:
    """Concepts that the text mentions, in the taxonomy's order; whether it does them, nobody says.

    Terms of the W3C Data Privacy Vocabulary, and of others where a project's topics name them.
    """
    found = {passage.topic for passage in record.passages if passage.score >= DECIDED}
    concepts = dict.fromkeys(
        concept for topic, named in context.concepts if topic in found for concept in named
    )
    return [
        {
            "@type": "DefinedTerm",
            "@id": iri,
            "name": label,
            "inDefinedTermSet": iri.partition("#")[0],
        }
        for iri, label in concepts
    ]
