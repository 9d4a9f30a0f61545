"""CPU time of one visit to a text, by stage: from a file's bytes to its record and its rows.

    python -m benchmarks.scale.visit [ROUNDS]

One process, 300 texts of the DMOZ sample and 300 of Open Terms. Each stage counts with its best of
three rounds, or of so many. Compare two revisions by turns only: a machine that is shared, or gets
warm, makes more of a difference than most changes do. `PYTHONPATH` decides which is measured.
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import corpora
from policy_archive.analysis import quality, subject
from policy_archive.build import tasks
from policy_archive.build import visit as visiting
from policy_archive.build.visit import CarriedSource, Order, Text, TextBatch, visit
from policy_archive.reading import forms
from policy_archive.settings import Settings
from policy_archive.sources import provenance
from policy_archive.topics.labeller import Labeller

KILOBYTES = 13_000
_TEXTS = 300
_STAGES: dict[str, list[tuple[object, str]]] = {
    "decoding and provenance": [(tasks, "decode"), (provenance, "read")],
    "bytes to blocks": [(forms, "read")],
    "cleaning": [(tasks, "clean")],
    "labelling": [(Labeller, "label")],
    "language, dates, doubts": [
        (tasks, "identify"),
        (tasks, "stated_dates"),
        (quality, "doubts"),
        (subject, "doubts"),
    ],
    "rows of the catalogue": [(visiting, "quotes"), (visiting, "rows_of")],
    "the record, compressed": [(visiting, "packed")],
}


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    spent: dict[str, float] = {}
    for stage, places in _STAGES.items():
        for owner, name in places:
            setattr(owner, name, _timed(getattr(owner, name), stage, spent))
    columns = {
        "plain text (DMOZ)": _measured(list(corpora.dmoz()), spent, rounds),
        "Markdown (Open Terms)": _measured(list(corpora.open_terms()), spent, rounds),
    }
    print(f"| CPU ms per 13 kB | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    for stage in (*_STAGES, "all"):
        print(f"| {stage} | {' | '.join(f'{it[stage]:.2f}' for it in columns.values())} |")


def _timed(work: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **options: Any) -> Any:
        started = time.process_time()
        try:
            return work(*args, **options)
        finally:
            spent[stage] += time.process_time() - started

    return timed


def _measured(
    files: list[tuple[str, bytes]], spent: dict[str, float], rounds: int
) -> dict[str, float]:
    """By stage: CPU milliseconds per 13 kB."""
    texts = list(_texts(files[:: max(1, len(files) // _TEXTS)][:_TEXTS]))
    size = sum(len(text.source.read()) for text in texts)
    best: dict[str, float] = {}
    for _ in range(rounds):
        spent.update(dict.fromkeys(_STAGES, 0.0))
        started = time.process_time()
        made = visit(TextBatch(Order(Settings()), texts))
        assert not any(it.failure for it in made)
        for stage, seconds in (*spent.items(), ("all", time.process_time() - started)):
            milliseconds = 1000 * seconds * KILOBYTES / size
            best[stage] = min(best.get(stage, milliseconds), milliseconds)
    return best


def _texts(files: list[tuple[str, bytes]]) -> Iterator[Text]:
    for name, data in files:
        yield Text(name, CarriedSource(path=f"policies/{name}", file=Path(name), data=data))


if __name__ == "__main__":
    main()
