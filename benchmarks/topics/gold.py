"""Blocks of policies that the model never saw: what readers gave them, and what the labeller says.

The gold set was read twice and decided by a third reading. The services of today that are kept
apart (`modern.py`) were read twice, and a label counts where both readings agree.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.topics import labels as given
from benchmarks.topics.corpus import MODERN, documents, samples
from benchmarks.topics.figures import Counts, counts, macro, micro
from policy_archive.topics import labeller as labelling
from policy_archive.topics.labeller import DECIDED, POSSIBLE, SURE, Labeller
from policy_archive.topics.taxonomy import OPP115, load

ACCURACY = Path(labelling.__file__).with_name("accuracy.toml")


class Block(NamedTuple):
    """One block that readers labelled: what it holds, and what the labeller said of it."""

    source: str
    held: frozenset[str]
    topics: dict[str, float]
    categories: dict[str, float]


class Gold(NamedTuple):
    """A measured set."""

    blocks: list[Block]
    missing: int
    """Labels whose block is no longer found, or was too long for its sheet."""
    said: dict[str, set[str]]
    """By policy: the topics that the labeller finds possible anywhere in it."""


def measured() -> Gold:
    """The labeller's answers on the gold set."""
    return _answers({key: given.Agreed(held, frozenset()) for key, held in given.gold().items()})


def today() -> Gold:
    """The labeller's answers on the services of today that are kept apart."""
    return _answers(given.today(), MODERN)


def _answers(labelled: Mapping[given.Key, given.Agreed], only: str = "") -> Gold:
    """The labeller's answers, each policy labelled as a whole as the site does.

    What only one reader gave is taken out of both.
    """
    labeller = Labeller(load())
    blocks: list[Block] = []
    said: dict[str, set[str]] = {}
    for source, document in documents({source for source, _ in labelled}, alone=True, only=only):
        passages = labeller.label(document)
        said[source] = {passage.topic for passage in passages}
        seen: set[str] = set()
        found = list(samples(source, document))
        answers = labeller.answer_document([(it.text, it.heading) for it in found])
        for sample, (_, categories) in zip(found, answers, strict=True):
            agreed = labelled.get((source, sample.block))
            if agreed is None or given.too_long(sample.text) or sample.block in seen:
                continue
            seen.add(sample.block)
            scores = {p.topic: p.score for p in passages if p.block[:10] == sample.block}
            for name in agreed.one:
                scores.pop(name, None)
                categories.pop(name, None)
            blocks.append(Block(source, agreed.both, scores, categories))
    return Gold(blocks, len(labelled) - len(blocks), said)


def table(blocks: Sequence[Block], threshold: float) -> dict[str, Counts]:
    """The counts of each topic, where answers begin at `threshold`."""
    pairs = [
        ({topic for topic, score in block.topics.items() if score >= threshold}, block.held)
        for block in blocks
    ]
    return {topic: counts(pairs, topic) for topic in given.TOPICS}


def recall_at(blocks: Sequence[Block], precision: float) -> float:
    """The most recall of all topics together at which so many of the answers are right."""
    ranked = sorted(
        ((score, topic in block.held) for block in blocks for topic, score in block.topics.items()),
        reverse=True,
    )
    held = sum(topic in block.held for block in blocks for topic in given.TOPICS)
    right, best = 0, 0
    for said, (_, yes) in enumerate(ranked, 1):
        right += yes
        if right >= precision * said:
            best = right
    return best / held


def absences(gold: Gold) -> dict[str, tuple[int, int]]:
    """For each topic: policies in which readers found it, and those where nothing was possible."""
    found: dict[str, set[str]] = {topic: set() for topic in given.TOPICS}
    for block in gold.blocks:
        for topic in block.held & found.keys():
            found[topic].add(block.source)
    return {
        topic: (len(sources), sum(topic not in gold.said[source] for source in sources))
        for topic, sources in found.items()
    }


def section(gold: Gold, title: str) -> list[str]:
    """The lines of the report on one of the sets."""
    decided, sure, absent = table(gold.blocks, DECIDED), table(gold.blocks, SURE), absences(gold)
    whole = micro(decided.values())
    lines = [
        f"## {title}",
        "",
        f"{len(gold.blocks)} blocks of {len(gold.said)} policies, none trained on; {gold.missing}",
        "labels are left out because their block is no longer found or was too long for its sheet.",
        f"Topics from {DECIDED} on, as the site decides; beside it precision from {SURE} on",
        "(cross-links, comparison); and of the policies where readers found the topic, those in",
        f"which the labeller finds no passage even possible ({POSSIBLE}).",
        "",
        "| topic | blocks | P | R | F1 | said for sure | P | policies | missed |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for topic in given.TOPICS:
        row, strict, (policies, missed) = decided[topic], sure[topic], absent[topic]
        lines.append(
            f"| {topic} | {row.held} | {row.precision:.2f} | {row.recall:.2f} | {row.f1:.2f} "
            f"| {strict.said} | {strict.precision:.2f} | {policies} | {missed} |"
        )
    strict = micro(sure.values())
    policies, missed = (sum(column) for column in zip(*absent.values(), strict=True))
    lines.append(
        f"| **all** | {whole.held} | {whole.precision:.2f} | {whole.recall:.2f} "
        f"| **{whole.f1:.3f}** | {strict.said} | **{strict.precision:.2f}** "
        f"| {policies} | {missed} |"
    )
    pairs = [
        ({name for name, score in block.categories.items() if score >= DECIDED}, block.held)
        for block in gold.blocks
    ]
    categories = [counts(pairs, name) for name in OPP115]
    return [
        *lines,
        "",
        f"Macro F1 of the topics {macro(decided.values()):.3f}; recall of what is said for sure "
        f"{strict.recall:.2f}, and {recall_at(gold.blocks, 0.95):.2f}",
        "where answers are ranked by score and 95 % of them are right. The twelve categories of",
        "OPP-115 on the same blocks, with thresholds set on OPP-115: "
        f"micro {micro(categories).f1:.3f}, macro {macro(categories):.3f}.",
    ]


def accuracy(gold: Gold) -> str:
    """The text of `accuracy.toml`."""
    decided, sure, absent = table(gold.blocks, DECIDED), table(gold.blocks, SURE), absences(gold)
    lines = [
        "# How good the labeller is on the gold set, written by `benchmarks/topics/measure.py`.",
        "# n: blocks that readers gave the topic; policies: policies with one of them; missed: the",
        "# share of those in which the labeller finds no passage; sure: precision of high scores.",
        "",
        f"blocks = {len(gold.blocks)}",
        f"policies = {len(gold.said)}",
    ]
    for topic in given.TOPICS:
        row, (policies, missed) = decided[topic], absent[topic]
        lines += [
            "",
            f"[topics.{topic}]",
            f"n = {row.held}",
            f"precision = {row.precision:.2f}",
            f"recall = {row.recall:.2f}",
            f"f1 = {row.f1:.2f}",
            f"sure = {sure[topic].precision:.2f}",
            f"sure_n = {sure[topic].said}",
            f"policies = {policies}",
            f"missed = {missed / max(1, policies):.2f}",
        ]
    return "\n".join(lines) + "\n"
