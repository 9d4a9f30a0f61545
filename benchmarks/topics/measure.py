"""Measures the labeller on OPP-115, and writes `results.md`.

    python benchmarks/topics/measure.py [--segments segments.jsonl] [--set-thresholds]

Labels are those of two out of three annotators; segments without any stay in. `--set-thresholds`
first chooses each category's threshold on the 25 policies with the lowest `policy_id` and writes
`categories.toml`; the figure on the other 50 is the one to quote.
"""

import argparse
import json
import math
import os
import re
import sys
import tarfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from policy_archive.topics import labeller as labelling
from policy_archive.topics.labeller import DECIDED, Labeller
from policy_archive.topics.taxonomy import OPP115, load

HERE = Path(__file__).parent
CATEGORIES = Path(labelling.__file__).with_name("categories.toml")
MODEL = Path(labelling.__file__).with_name("model.tsv")
TUNED_ON = 25

Row = dict[str, Any]
Scored = list[tuple[Row, dict[str, float]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    shared = Path(os.environ.get("POLICY_ARCHIVE_CORPORA", "../shared"))
    parser.add_argument("--corpora", type=Path, default=shared / "corpora")
    parser.add_argument("--segments", type=Path, help="segments.jsonl, where it is unpacked")
    parser.add_argument("--set-thresholds", action="store_true")
    options = parser.parse_args()
    rows = segments(options.segments, options.corpora / "opp115-train.tar.xz")
    if not rows:
        print("no OPP-115 segments; name their file with --segments or its folder with --corpora")
        return 2
    low = set(sorted({int(row["policy_id"]) for row in rows})[:TUNED_ON])
    if options.set_thresholds:
        set_thresholds([row for row in rows if int(row["policy_id"]) in low])
    scored, speed = score(rows)
    text = report(scored, low, speed)
    print(text)
    (HERE / "results.md").write_text(text, "utf-8")
    return 0


def segments(file: Path | None, archive: Path) -> list[Row]:
    """The rows of segments.jsonl, from the file or from the corpus' archive."""
    if file:
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    if archive.exists():
        with tarfile.open(archive) as members:
            for member in members:
                content = members.extractfile(member) if "segments.jsonl" in member.name else None
                if content:
                    return [json.loads(line) for line in content.read().splitlines()]
    return []


def score(rows: Sequence[Row]) -> tuple[Scored, dict[str, float]]:
    """Scores of all rows, and paragraphs a second for each of the labeller's two answers."""
    labeller = Labeller(load())
    speed = {}
    for name, answer in (("topics", labeller.scores), ("OPP-115", labeller.opp115)):
        best = math.inf
        for _ in range(4):
            start = time.process_time()
            for row in rows:
                answer(row["text"], row["heading"])
            best = min(best, time.process_time() - start)
        speed[name] = len(rows) / best
    return [(row, labeller.opp115(row["text"], row["heading"])) for row in rows], speed


def f1(true: int, said: int, held: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * true / (said + held) if said + held else 0.0


def counts(scored: Scored, category: str) -> tuple[int, int, int]:
    """Right answers, answers, and labels of a category over segments."""
    said = [(scores[category] >= DECIDED, category in row["labels"]) for row, scores in scored]
    return sum(a and b for a, b in said), sum(a for a, _ in said), sum(b for _, b in said)


def averages(scored: Scored) -> tuple[float, float]:
    """Micro and macro F1 over the twelve categories."""
    table = [counts(scored, category) for category in OPP115]
    micro = f1(*(sum(column) for column in zip(*table, strict=True)))
    return micro, sum(f1(*row) for row in table) / len(table)


def presence(scored: Scored) -> float:
    """F1 of whether a policy speaks of a category at all, over all policies and categories."""
    said: dict[tuple[str, str], list[bool]] = defaultdict(lambda: [False, False])
    for row, scores in scored:
        for category in OPP115:
            cell = said[row["policy_name"], category]
            cell[0] |= scores[category] >= DECIDED
            cell[1] |= category in row["labels"]
    cells = list(said.values())
    true = sum(a and b for a, b in cells)
    return f1(true, sum(a for a, _ in cells), sum(b for _, b in cells))


def report(scored: Scored, low: set[int], speed: dict[str, float]) -> str:
    """The results as a page."""
    tuned = [pair for pair in scored if int(pair[0]["policy_id"]) in low]
    others = [pair for pair in scored if int(pair[0]["policy_id"]) not in low]
    lines = [
        "# The labeller on OPP-115",
        "",
        "`python benchmarks/topics/measure.py`. Twelve categories, labels of two out of three",
        "annotators, segments without a label kept. Nothing was trained on these policies; the",
        f"thresholds were set on the {TUNED_ON} policies with the lowest `policy_id`: "
        + ", ".join(map(str, sorted(low))) + ".",
        "",
        "| policies | segments | micro F1 | macro F1 | policy × category presence F1 |",
        "|---|---|---|---|---|",
    ]  # fmt: skip
    for name, part in (("the other 50", others), ("those 25", tuned), ("all 75", scored)):
        micro, macro = averages(part)
        lines.append(f"| {name} | {len(part)} | {micro:.3f} | {macro:.3f} | {presence(part):.3f} |")
    lines += [
        "",
        "On the other 50:",
        "",
        "| category | segments | P | R | F1 |",
        "|---|---|---|---|---|",
    ]
    for category in OPP115:
        true, said, held = counts(others, category)
        precision, recall = true / max(1, said), true / max(1, held)
        lines.append(
            f"| {category} | {held} | {precision:.2f} | {recall:.2f} | {f1(true, said, held):.2f} |"
        )
    lines += [
        "",
        "Paragraphs a second on one core (CPU time), best of four: "
        + ", ".join(f"{value:,.0f} for {name}" for name, value in speed.items())
        + f". Model: {MODEL.stat().st_size / 1000:,.0f} kB as text.",
        "",
    ]
    return "\n".join(lines)


def set_thresholds(rows: Sequence[Row]) -> None:
    """Move each category's threshold to where its F1 on `rows` is best, and write them down."""
    text = CATEGORIES.read_text("utf-8")
    labeller = Labeller(load())
    answers = [labeller.opp115(row["text"], row["heading"]) for row in rows]
    for category in OPP115:
        held = [category in row["labels"] for row in rows]
        ranked = sorted(
            ((answer[category], yes) for answer, yes in zip(answers, held, strict=True)),
            reverse=True,
        )
        true, best, place = 0, 0.0, 0
        for number, (_, yes) in enumerate(ranked, 1):
            true += yes
            value = f1(true, number, sum(held))
            if value > best:
                best, place = value, number
        # Between the last that counts and the first that does not.
        middle = (ranked[place - 1][0] + ranked[min(place, len(ranked) - 1)][0]) / 2
        line = re.compile(rf'^("{re.escape(category)}" = )(\S+)$', re.M)
        moved = math.log(middle / (1 - middle))
        text = line.sub(lambda m, by=moved: f"{m[1]}{round(float(m[2]) + by, 2)}", text)
    CATEGORIES.write_text(text, "utf-8")
    labelling._thresholds.cache_clear()


if __name__ == "__main__":
    sys.exit(main())
