"""`annotations.jsonld` beside a snapshot's page: its passages as W3C Web Annotations.

Each says that a passage mentions something, by the topic's name and by concepts of the W3C Data
Privacy Vocabulary: never that the site does it. What is found by two selectors, of
https://www.w3.org/TR/annotation-model/#selectors: the words, and where these stand in the text of
`index.json`, which `text_of` defines.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

import msgspec

from policy_archive.catalogue.rows import Quotes
from policy_archive.model import Document, Passage, Record
from policy_archive.pages.context import BodyContext
from policy_archive.pages.data import snapshot_json
from policy_archive.topics.labeller import DECIDED

NAME = "annotations.jsonld"
PART = "annotations"
"""The name under which visits keep it."""

_BETWEEN = "\n\n"
_AROUND = 32
"""Characters before and after the words, by which they are told from the same words elsewhere."""


def text_of(document: Document) -> str:
    """What positions count in: the titles and blocks of `index.json`, an empty line between two."""
    return _BETWEEN.join(document.texts)


def made(context: BodyContext, record: Record, _: Quotes) -> bytes:
    """The whole file; addresses in it are relative to it, wherever the snapshot's page stands."""
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "",
        "type": "AnnotationPage",
        "items": list(_annotations(context, record)),
    }
    data = msgspec.json.encode(page)
    for character in b"<>&":  # so that nobody who puts it into a page opens that to a text
        data = data.replace(bytes([character]), b"\\u%04x" % character)
    return data + b"\n"


def _annotations(context: BodyContext, record: Record) -> Iterator[Mapping[str, Any]]:
    whole, at = text_of(record.document), _positions(record.document)
    page = context.addresses.relative("page/", f"page/{NAME}")
    order = {topic: number for number, (topic, _) in enumerate(context.topics)}

    def place(passage: Passage) -> tuple[int, bool]:
        return at[passage.block][0] + passage.start, passage.human

    counted = [it for it in record.passages if it.score >= DECIDED]
    counted.sort(key=lambda it: (*place(it), order[it.topic]))
    for (start, human), group in groupby(counted, key=place):
        same = list(group)
        block, end = same[0].block, at[same[0].block][1]
        beside = f".{same[0].start}" * bool(same[0].start) + ".person" * human
        yield {
            "id": f"#{block}{beside}",
            "type": "Annotation",
            "motivation": "tagging",
            **({"creator": {"type": "Person"}} if human else {}),
            "body": _tags(context, tuple(it.topic for it in same)),
            "target": {
                "source": snapshot_json.NAME,
                "scope": f"{page}#{block}",
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": whole[start:end],
                        "prefix": whole[max(0, start - _AROUND) : start],
                        "suffix": whole[end : end + _AROUND],
                    },
                    {"type": "TextPositionSelector", "start": start, "end": end},
                ],
            },
        }


def _positions(document: Document) -> Mapping[str, tuple[int, int]]:
    """By block, where it begins and ends in the text, in code points."""
    found: dict[str, tuple[int, int]] = {}
    at = 0
    for section in document.sections:
        if section.title is not None:
            at += len(section.title) + len(_BETWEEN)
        for block in section.blocks:
            end = at + len(block.text)
            found[block.id] = at, end
            at = end + len(_BETWEEN)
    return found


@lru_cache(maxsize=4096)
def _tags(context: BodyContext, topics: tuple[str, ...]) -> tuple[object, ...]:
    """The topics by their names, and the concepts that they stand for by their IRIs."""
    names, concepts = dict(context.topics), dict(context.concepts)
    iris = dict.fromkeys(iri for topic in topics for iri, _ in concepts.get(topic, ()))
    return (*({"type": "TextualBody", "value": names[topic]} for topic in topics), *iris)
