"""The data file of a snapshot's passages, which side-by-side comparison fetches."""

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.model import Record
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import snapshot_place
from policy_archive.pages.publication import Publication, script_json
from policy_archive.topics.labeller import DECIDED


def passages_json(publication: Publication, policy: Policy, entry: Entry, record: Record) -> str:
    """Every passage of a snapshot by topic, the best first; URLs are relative to the file itself.

    `checked` counts the blocks that were searched; 0: labelling could not tell.
    """
    here = snapshot_place(policy, entry)
    addresses = publication.addresses
    texts = {block.id: block.text for block in record.document.blocks}
    topics: dict[str, list[dict[str, object]]] = {
        topic.id: [] for topic in publication.archive.taxonomy.topics
    }
    for passage in sorted(record.passages, key=lambda passage: -passage.score):
        if passage.topic in topics and passage.block in texts:
            topics[passage.topic].append(
                {
                    "text": texts[passage.block],
                    "url": addresses.relative(here, f"{here}passages.json", passage.block),
                    "possible": passage.score < DECIDED,
                }
            )
    return script_json(
        {
            "site": policy.site,
            "captured": capture_time.shown(entry.snapshot.captured),
            "captured_iso": capture_time.iso(entry.snapshot.captured),
            "url": addresses.relative(here, f"{here}passages.json"),
            "checked": entry.blocks if entry.checked else 0,
            "topics": {topic: found for topic, found in topics.items() if found},
        }
    )
