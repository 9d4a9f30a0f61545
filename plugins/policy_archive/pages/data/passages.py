"""The data file of a snapshot's passages, which side-by-side comparison fetches."""

from policy_archive.catalogue.rows import quoted
from policy_archive.model import Passage, Record
from policy_archive.pages import capture_time
from policy_archive.pages.context import BodyContext
from policy_archive.pages.script_json import script_json
from policy_archive.topics.answers import answers
from policy_archive.topics.labeller import DECIDED

NAME = "passages.json"


def passages_json(context: BodyContext, record: Record) -> bytes:
    """Every passage of a snapshot by topic; URLs are relative to the file itself.

    The first of a topic is what answers its question; the others are whole paragraphs, the best
    first. `checked` counts the blocks that were searched; 0: labelling could not tell.
    """
    addresses, captured = context.addresses, record.snapshot.captured
    texts = {block.id: block.text for block in record.document.blocks}
    by_topic: dict[str, list[Passage]] = {topic: [] for topic, _ in context.topics}
    for passage in sorted(record.passages, key=lambda passage: -passage.score):
        if passage.topic in by_topic and passage.block in texts:
            by_topic[passage.topic].append(passage)
    said = answers(record.document, record.passages)

    def entry(passage: Passage, text: str) -> dict[str, object]:
        url = addresses.relative("", NAME, passage.block)
        return {"text": text, "url": url, "possible": passage.score < DECIDED}

    topics = {}
    for topic, found in by_topic.items():
        if found:
            best, quote = quoted(found, said.get(topic), texts[found[0].block])
            rest = (entry(it, texts[it.block]) for it in found if it is not best)
            topics[topic] = [entry(best, quote), *rest]
    checked = sum(not block.folded for block in record.document.blocks) if record.checked else 0
    return script_json(
        {
            "site": record.snapshot.site,
            "captured": capture_time.shown(captured),
            "captured_iso": capture_time.iso(captured),
            "url": addresses.relative("", NAME),
            "checked": checked,
            "topics": topics,
        }
    ).encode()
