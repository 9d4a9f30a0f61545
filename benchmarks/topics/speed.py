"""How fast the labeller is, and how fast the machine."""

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

from policy_archive.model import Block, Document, Run, Section
from policy_archive.topics import linear
from policy_archive.topics.labeller import Labeller
from policy_archive.topics.taxonomy import load

_ROUNDS = 5


def section(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The lines of the report, from the segments of OPP-115."""
    labeller = Labeller(load())
    document = _document(rows)
    work: dict[str, Callable[[], object]] = {
        "passages of documents (`label`)": lambda: labeller.label(document),
        "all topics with evidence (`scores`)": lambda: [
            labeller.scores(row["text"], row["heading"]) for row in rows
        ],
        "all categories (`opp115`)": lambda: [
            labeller.opp115(row["text"], row["heading"]) for row in rows
        ],
    }
    words = sum(len(row["text"].split()) for row in rows) / len(rows)
    lines = [
        "## Speed and size",
        "",
        f"Paragraphs a second on one core (CPU time, best of {_ROUNDS}) over the {len(rows)}",
        f"segments of OPP-115, {words:.0f} words each. The machine's yardstick:",
        f"`for i in range(10**7): s += i` takes {_best(_yardstick):.2f} s here; 0.5 s is usual.",
        "",
        "| work | paragraphs a second |",
        "|---|---|",
        *(f"| {name} | {len(rows) / _best(each):,.0f} |" for name, each in work.items()),
        "",
        f"Model: {linear.MODEL.stat().st_size / 1000:,.0f} kB.",
    ]
    return lines


def _document(rows: Sequence[dict[str, Any]]) -> Document:
    """The segments as one document, a section each."""
    sections = []
    for row in rows:
        block = Block("paragraph", (1, 1), runs=(Run(row["text"]),), id="p-00000000")
        sections.append(Section("s", row["heading"], 2, (1, 1), (block,)))
    return Document("Privacy Policy", tuple(sections))


def _yardstick() -> None:
    total = 0
    for number in range(10**7):
        total += number


def _best(work: Callable[[], object]) -> float:
    best = math.inf
    for _ in range(_ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best
