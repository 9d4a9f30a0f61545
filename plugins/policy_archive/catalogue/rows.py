"""What the catalogue holds of one text, drawn from its record by whoever has read it."""

import json
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from policy_archive.diff import passage_keys
from policy_archive.model import Block, Passage, Record
from policy_archive.text.words import count
from policy_archive.topics.answers import Answer, answers
from policy_archive.topics.labeller import SURE
from policy_archive.topics.similar import sketch
from policy_archive.topics.statements import plain

Row = tuple[object, ...]

_EXCERPT, _SHORT = 600, 200
"""Characters shown of the best passage on a topic, and of further ones."""
_FACT = 400
"""Characters shown of a sentence that states a fact."""
_MORE = 5
"""Further passages on a topic that listings show."""


_JSON = json.JSONEncoder(ensure_ascii=False)


class SnapshotRows(NamedTuple):
    """Rows of `schema.sql` without the ids of their snapshot, columns in the order there."""

    snapshot: Row
    diagnostics: Sequence[Row]
    findings: Sequence[Row]
    passages: Sequence[Row]
    facts: Sequence[Row]


class Quote(NamedTuple):
    """What a text says on a topic, as pages quote it."""

    passages: Sequence[Passage]
    """All of the topic, in the text's order."""
    best: Passage
    """The one that stands for them."""
    text: str
    """Its words: those that answer the topic's question."""


Quotes = Mapping[str, Quote]
"""By topic, in order; found once for everything that is made of a text."""


class _Labelled(NamedTuple):
    """A block that the labeller read."""

    place: int
    block: Block
    heading: str
    text: str


def quotes(record: Record) -> Quotes:
    """What a text says on each topic that it speaks to; `record` has its corrected labels."""
    by_topic: dict[str, list[Passage]] = defaultdict(list)
    for passage in record.passages:
        by_topic[passage.topic].append(passage)
    texts = {it.block.id: it.text for it in _labelled(record)}
    said = answers(record.document, record.passages)
    return {
        topic: Quote(found, *quoted(found, said.get(topic), texts[best_of(found).block]))
        for topic, found in sorted(by_topic.items())
    }


def rows_of(record: Record, said: Quotes) -> SnapshotRows:
    """The rows of a snapshot, of which `said` is what it says on each topic."""
    labelled = {it.block.id: it for it in _labelled(record)}
    findings: list[Row] = []
    passages: list[Row] = []
    length = cache(lambda block: count(labelled[block].text))
    for topic, (found, best, quote) in said.items():
        place, _, heading, _ = labelled[best.block]
        whole = sum(length(passage.block) for passage in found)
        likened = _likened(labelled[best.block].text, quote) if best.score >= SURE else None
        findings.append((topic, place, best.block, heading, best.score, len(found), whole, likened))
        passages += _passages(found, best, quote, labelled)
    return SnapshotRows(
        _snapshot(record, len(labelled)),
        [
            ("text", number, it.code, it.severity, it.message, it.line)
            for number, it in enumerate(record.notices)
        ],
        findings,
        passages,
        [
            (number, it.name, it.value, it.order, it.block, excerpt(it.sentence, _FACT))
            for number, it in enumerate(record.facts)
        ],
    )


def best_of(found: Sequence[Passage]) -> Passage:
    """The passage of the highest score, the first of equal ones."""
    return max(found, key=lambda passage: passage.score)


def quoted(found: Sequence[Passage], answer: Answer | None, text: str) -> tuple[Passage, str]:
    """The passage that stands for a topic, and its words: those that answer the question.

    Where none does, the passage of the highest score from where it speaks of it; `text` is its
    block's.
    """
    if answer is None:
        best = best_of(found)
        return best, ("… " if best.start else "") + _complete(
            excerpt(plain(text[best.start :]), _EXCERPT)
        )
    best = next(it for it in found if it.block == answer.statement.block)
    return best, excerpt(answer.statement.shown, _EXCERPT)


def _complete(words: str) -> str:
    """`words` without a last sentence that was cut, or only announces what is not shown."""
    return words[: words.rfind(". ") + 1] or words if words.endswith((":", "…")) else words


def _likened(text: str, quote: str) -> bytes:
    """The sketch by which a passage is likened to others.

    A line that introduces a list is like many: it is likened with its items, as it is quoted.
    """
    return packed_sketch(quote if text.rstrip().endswith(":") else text)


def packed_sketch(text: str) -> bytes:
    """The sketch of `text`, four bytes a hash."""
    found = sketch(text)
    return struct.pack(f"<{len(found)}I", *found)


def excerpt(text: str, limit: int) -> str:
    """The beginning of `text`, on one line, cut between words at `limit` characters."""
    # So many words have more characters than are asked for; the rest is not looked into.
    line = " ".join(text.split(None, limit // 2 + 1))
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _labelled(record: Record) -> Iterator[_Labelled]:
    place = 0
    for section in record.document.sections:
        for block in section.blocks:
            if not block.folded:
                yield _Labelled(place, block, section.title or "", block.text)
            place += 1


def _passages(
    found: Sequence[Passage], best: Passage, quote: str, labelled: Mapping[str, _Labelled]
) -> Iterator[Row]:
    further = 0
    for it in found:
        place, _, _, text = labelled[it.block]
        shown: str | None = quote
        if it is not best:
            shown = beginning(text, it.start, _SHORT) if further < _MORE else None
            further += 1
        evidence = _JSON.encode(it.evidence)
        yield (it.topic, place, it.block, it.score, it.start, int(it.human), evidence, shown)


def beginning(text: str, start: int, limit: int) -> str:
    """The words of a block that speak to the topic, or of a long one their beginning."""
    return ("… " if start else "") + excerpt(text[start:], limit)


def _snapshot(record: Record, labelled: int) -> Row:
    snapshot = record.snapshot
    return (
        snapshot.site,
        snapshot.kind,
        snapshot.captured,
        int(snapshot.technical),
        record.document.title,
        record.language,
        record.words,
        labelled,
        int(record.checked),
        record.sha256,
        snapshot.original_url,
        snapshot.memento_url,
        snapshot.raw_url,
        snapshot.collection,
        b"".join(bytes.fromhex(block.id[2:10]) for block in record.document.blocks),
        passage_keys(record.document),
    )
