"""What listings and comparisons need of a snapshot, drawn from its record once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

import msgspec

from policy_archive.catalogue.rows import beginning, best_of, quoted
from policy_archive.model import Block, Notice, Passage, Record, Snapshot
from policy_archive.text.words import count
from policy_archive.topics.answers import Answer, answers
from policy_archive.topics.similar import Sketch, sketch

_MORE = 5


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


_FINDING = msgspec.msgpack.Decoder(Finding)


class Findings(Mapping[str, Finding]):
    """What one snapshot says on each topic, packed: nearly all of a summary, and seldom asked for.

    As objects findings take three times the memory, and every summary is held during a build.
    """

    __slots__ = ("_packed",)

    def __init__(self, packed: Mapping[str, msgspec.Raw]) -> None:
        """By topic id."""
        self._packed = packed

    @classmethod
    def of(cls, findings: Mapping[str, Finding]) -> "Findings":
        """`findings`, packed."""
        return cls({it: msgspec.Raw(msgspec.msgpack.encode(f)) for it, f in findings.items()})

    def __getitem__(self, topic: str) -> Finding:
        """Unpacked anew each time."""
        return _FINDING.decode(self._packed[topic])

    def __contains__(self, topic: object) -> bool:
        """Without unpacking."""
        return topic in self._packed

    def __iter__(self) -> Iterator[str]:
        """Topic ids."""
        return iter(self._packed)

    def __len__(self) -> int:
        """How many topics."""
        return len(self._packed)

    @property
    def packed(self) -> Mapping[str, msgspec.Raw]:
        """As they are held: equal where the findings are."""
        return self._packed


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
    said = answers(record.document, record.passages)
    return Summary(
        snapshot=record.snapshot,
        title=record.document.title,
        language=record.language,
        words=record.words,
        blocks=len(places),
        sha256=record.sha256,
        checked=record.checked,
        notices=record.notices,
        findings=Findings.of(
            {
                topic: _finding(by_topic[topic], said.get(topic), places)
                for topic in sorted(by_topic)
            }
        ),
    )


class _Packed(msgspec.Struct):
    """A summary as it is stored."""

    snapshot: Snapshot
    title: str
    language: str
    words: int
    blocks: int
    sha256: str
    checked: bool
    notices: tuple[Notice, ...]
    findings: dict[str, msgspec.Raw]


def packed(summary: Summary) -> bytes:
    """`summary` as bytes."""
    values = {f.name: getattr(summary, f.name) for f in fields(Summary)}
    return msgspec.msgpack.encode(values | {"findings": packed_findings(summary)})


def packed_findings(summary: Summary) -> Mapping[str, msgspec.Raw]:
    """Its findings by topic, packed."""
    found = summary.findings
    return (found if isinstance(found, Findings) else Findings.of(found)).packed


def unpacked(data: bytes) -> Summary:
    """The summary that was packed to `data`.

    Raises:
        msgspec.MsgspecError: it is damaged.
    """
    found = _PACKED.decode(data)
    values = {f.name: getattr(found, f.name) for f in fields(Summary)}
    return Summary(**values | {"findings": Findings(found.findings)})


_PACKED = msgspec.msgpack.Decoder(_Packed)


def _labelled(record: Record) -> Iterator[tuple[Block, str]]:
    for section in record.document.sections:
        for block in section.blocks:
            if not block.folded:
                yield block, section.title or ""


def _finding(
    passages: list[Passage], answer: Answer | None, places: Mapping[str, tuple[Block, str]]
) -> Finding:
    best, quote = quoted(passages, answer, places[best_of(passages).block][0].text)
    block, heading = places[best.block]
    others = [passage for passage in passages if passage is not best][:_MORE]
    return Finding(
        block=best.block,
        text=quote,
        heading=heading,
        score=best.score,
        evidence=best.evidence,
        count=len(passages),
        words=sum(count(places[passage.block][0].text) for passage in passages),
        sketch=sketch(block.text),
        more=tuple((it.block, beginning(places[it.block][0].text, it.start, 200)) for it in others),
    )
