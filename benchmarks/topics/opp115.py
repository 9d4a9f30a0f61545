"""OPP-115: segments with the labels of two out of three annotators. It measures, never trains."""

import json
import math
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpora
from benchmarks.topics.figures import Counts, Pair, counts, macro, micro
from policy_archive.topics import labeller as labelling
from policy_archive.topics.labeller import DECIDED, Labeller
from policy_archive.topics.taxonomy import OPP115, load

CATEGORIES = Path(labelling.__file__).with_name("categories.toml")
TUNED_ON = 25
"""So many policies with the lowest `policy_id` set the thresholds."""

Row = dict[str, Any]


def segments() -> list[Row]:
    """The rows of `segments.jsonl`; segments without a label stay in."""
    file = next(corpora.unpacked("opp115-train").glob("**/segments.jsonl"))
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def tuned(rows: Sequence[Row]) -> list[int]:
    """The policies that set the thresholds."""
    return sorted({int(row["policy_id"]) for row in rows})[:TUNED_ON]


def section(rows: Sequence[Row]) -> list[str]:
    """The lines of the report."""
    low = tuned(rows)
    answers, alone = _answers(rows), _answers(rows, together=False)
    parts = {"the other 50": False, "those 25": True, "all 75": None}
    lines = [
        "## OPP-115",
        "",
        "Twelve categories, labels of two out of three annotators, segments without a label kept;",
        "the segments of a policy are read together, as its rows with a `document` are.",
        "Nothing was trained on these policies. Thresholds were set on the 25 with the lowest",
        f"`policy_id` ({', '.join(map(str, low))}); the figure to quote is that of the other 50.",
        "",
        "| policies | segments | micro F1 | macro F1 | policy × category presence F1 |",
        "|---|---|---|---|---|",
    ]
    for name, wanted, answered in [
        *((name, wanted, answers) for name, wanted in parts.items()),
        ("the other 50, each segment alone", False, alone),
    ]:
        chosen = [
            number
            for number, row in enumerate(rows)
            if wanted is None or wanted == (int(row["policy_id"]) in low)
        ]
        pairs = [answered[number] for number in chosen]
        table = [counts(pairs, category) for category in OPP115]
        found = presence([rows[number] for number in chosen], pairs)
        lines.append(
            f"| {name} | {len(pairs)} | {micro(table).f1:.3f} | {macro(table):.3f} | {found:.3f} |"
        )
    pairs = [
        pair for row, pair in zip(rows, answers, strict=True) if int(row["policy_id"]) not in low
    ]
    lines += [
        "",
        "On the other 50:",
        "",
        "| category | segments | P | R | F1 |",
        "|---|---|---|---|---|",
    ]
    for category in OPP115:
        row = counts(pairs, category)
        lines.append(
            f"| {category} | {row.held} | {row.precision:.2f} | {row.recall:.2f} | {row.f1:.2f} |"
        )
    return lines


def _answers(rows: Sequence[Row], *, together: bool = True) -> list[Pair]:
    return [
        ({name for name, score in scores.items() if score >= DECIDED}, row["labels"])
        for scores, row in zip(_scores(rows, together=together), rows, strict=True)
    ]


def _scores(rows: Sequence[Row], *, together: bool = True) -> list[dict[str, float]]:
    """The categories' scores of each row; of a policy's rows, read `together`, all have a say."""
    labeller = Labeller(load())
    if not together:
        return [labeller.opp115(row["text"], row["heading"]) for row in rows]
    policies: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        policies[row["policy_name"]].append(place)
    scores: dict[int, dict[str, float]] = {}
    for places in policies.values():
        texts = [(rows[place]["text"], rows[place]["heading"]) for place in places]
        answers = labeller.answer_document(texts)
        scores |= {place: opp115 for place, (_, opp115) in zip(places, answers, strict=True)}
    return [scores[place] for place in range(len(rows))]


def presence(rows: Sequence[Row], pairs: Sequence[Pair]) -> float:
    """F1 of whether a policy speaks of a category at all, over all policies and categories."""
    policies: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row, (said, held) in zip(rows, pairs, strict=True):
        policies[row["policy_name"]][0].update(said)
        policies[row["policy_name"]][1].update(held)
    return micro(counts(policies.values(), category) for category in OPP115).f1


def set_thresholds(rows: Sequence[Row]) -> None:
    """Move each category's thresholds to where its F1 on the 25 policies is best; write them."""
    low = set(tuned(rows))
    chosen = [row for row in rows if int(row["policy_id"]) in low]
    text = CATEGORIES.read_text("utf-8")
    tables = tomllib.loads(text)
    for name, table in tables.items():
        answers = _scores(chosen, together=name == "together")
        for category in OPP115:
            held = [category in row["labels"] for row in chosen]
            move = _best([answer[category] for answer in answers], held)
            table[category] = round(table[category] + move, 2)
    comment = text.partition("[")[0]
    CATEGORIES.write_text(comment + "\n\n".join(map(_table, tables.items())) + "\n", "utf-8")
    labelling._thresholds.cache_clear()


def _table(named: tuple[str, dict[str, float]]) -> str:
    """A table of numbers in TOML."""
    name, numbers = named
    return "\n".join([f"[{name}]", *(f'"{key}" = {number}' for key, number in numbers.items())])


def _best(scores: Sequence[float], held: Sequence[bool], slack: float = 0.01) -> float:
    """The middle, as log-odds, of the thresholds at which F1 is best but for `slack`.

    A single best place would follow the chance of few segments.
    """
    ranked = sorted(zip(scores, held, strict=True), reverse=True)
    values, true = [], 0
    for number, (_, yes) in enumerate(ranked, 1):
        true += yes
        values.append(Counts(true, number, sum(held)).f1)
    good = [
        score
        for (score, _), value in zip(ranked, values, strict=True)
        if value >= max(values) - slack and 0 < score < 1
    ]
    ends = [math.log(score / (1 - score)) for score in (good[0], good[-1])]
    return sum(ends) / 2
