"""What listings and comparisons need of a snapshot, drawn from its record once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policy_archive.model import Block, Notice, Passage, Record, Snapshot
from policy_archive.topics.alike import Sketch, sketch
from policy_archive.words import words

_MORE = 5
_EXCERPT = 600


@dataclass(frozen=True, slots=True)
class Finding:
    """What one snapshot says on one topic: its best passage, and how much there is."""

    block: str
    text: str
    heading: str
    score: float
    evidence: tuple[str, ...]
    count: int
    words: int
    more: tuple[tuple[str, str], ...] = ()
    """Up to five further passages, in document order: block id and excerpt."""
    sketch: Sketch = ()
    """Of the best passage's words, to find passages alike."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What listings and comparisons need of a snapshot, without its text."""

    snapshot: Snapshot
    title: str
    language: str
    words: int
    blocks: int
    """Blocks that the labeller read."""
    sha256: str
    checked: bool
    notices: tuple[Notice, ...]
    findings: Mapping[str, Finding]
    """By topic id; scores from `POSSIBLE` up."""


def summarise(record: Record) -> Summary:
    """The summary of `record`: its best passage per topic, and how many blocks were checked."""
    places = {block.id: (block, heading) for block, heading in _labelled(record)}
    by_topic: dict[str, list[Passage]] = defaultdict(list)
    for passage in record.passages:
        by_topic[passage.topic].append(passage)
    return Summary(
        snapshot=record.snapshot,
        title=record.document.title,
        language=record.language,
        words=record.words,
        blocks=len(places),
        sha256=record.sha256,
        checked=record.checked,
        notices=record.notices,
        findings={topic: _finding(by_topic[topic], places) for topic in sorted(by_topic)},
    )


def _labelled(record: Record) -> Iterator[tuple[Block, str]]:
    for section in record.document.sections:
        for block in section.blocks:
            if not block.folded:
                yield block, section.title or ""


def _finding(passages: list[Passage], places: Mapping[str, tuple[Block, str]]) -> Finding:
    best = max(passages, key=lambda passage: passage.score)
    block, heading = places[best.block]
    others = [passage.block for passage in passages if passage is not best][:_MORE]
    return Finding(
        block=best.block,
        text=excerpt(block.text),
        heading=heading,
        score=best.score,
        evidence=best.evidence,
        count=len(passages),
        words=sum(len(words(places[passage.block][0].text)) for passage in passages),
        sketch=sketch(block.text),
        more=tuple((id, excerpt(places[id][0].text, 200)) for id in others),
    )


def excerpt(text: str, limit: int = _EXCERPT) -> str:
    """The beginning of `text`, on one line, cut between words at `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"
