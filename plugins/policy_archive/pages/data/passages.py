"""The data file of a snapshot's passages, which side-by-side comparison fetches."""

from policy_archive.model import Record
from policy_archive.pages import capture_time
from policy_archive.pages.context import BodyContext
from policy_archive.pages.script_json import script_json
from policy_archive.topics.labeller import DECIDED

NAME = "passages.json"


def passages_json(context: BodyContext, record: Record) -> bytes:
    """Every passage of a snapshot by topic, the best first; URLs are relative to the file itself.

    `checked` counts the blocks that were searched; 0: labelling could not tell.
    """
    addresses, captured = context.addresses, record.snapshot.captured
    texts = {block.id: block.text for block in record.document.blocks}
    topics: dict[str, list[dict[str, object]]] = {topic: [] for topic, _ in context.topics}
    for passage in sorted(record.passages, key=lambda passage: -passage.score):
        if passage.topic in topics and passage.block in texts:
            topics[passage.topic].append(
                {
                    "text": texts[passage.block],
                    "url": addresses.relative("", NAME, passage.block),
                    "possible": passage.score < DECIDED,
                }
            )
    checked = sum(not block.folded for block in record.document.blocks) if record.checked else 0
    return script_json(
        {
            "site": record.snapshot.site,
            "captured": capture_time.shown(captured),
            "captured_iso": capture_time.iso(captured),
            "url": addresses.relative("", NAME),
            "checked": checked,
            "topics": {topic: found for topic, found in topics.items() if found},
        }
    ).encode()
