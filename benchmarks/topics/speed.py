"""How fast the labeller is, and how fast the machine."""

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
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
    work: dict[str, Callable[[str, str | None], object]] = {
        "all topics and categories (`policy-archive label`)": labeller.answer,
        "all topics with evidence": labeller.scores,
        "all categories": labeller.opp115,
    }
    runs: dict[str, Callable[[], object]] = {
        name: partial(_each, rows, answer) for name, answer in work.items()
    }
    runs["passages of documents, as pages show them"] = lambda: labeller.label(document)
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
        *(f"| {name} | {len(rows) / _best(each):,.0f} |" for name, each in runs.items()),
        "",
        f"Model: {linear.MODEL.stat().st_size / 1000:,.0f} kB.",
    ]
    return lines


def _each(rows: Sequence[dict[str, Any]], answer: Callable[[str, str | None], object]) -> None:
    for row in rows:
        answer(row["text"], row["heading"])


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
