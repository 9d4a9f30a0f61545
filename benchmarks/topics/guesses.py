"""The network's answers on blocks that nobody read, as `teacher.tsv` keeps them: without text.

A line a block: its id, and the log-odds of each name in sixteenths, in 8 bits, in base64.
"""

import base64
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.topics.labels import NAMES

GUESSES = Path(__file__).with_name("teacher.tsv")
_STEPS = 16
_ZERO = 128


def load() -> dict[str, list[float]]:
    """The log-odds of every name, by block.

    Raises:
        ValueError: the file was made for other names.
    """
    head, *lines = GUESSES.read_text("utf-8").splitlines()
    if json.loads(head) != list(NAMES):
        raise ValueError(
            f"{GUESSES}: other names than the taxonomy's; run benchmarks.topics.teacher"
        )
    rows = (line.split("\t") for line in lines)
    return {
        block: [(byte - _ZERO) / _STEPS for byte in base64.b64decode(encoded)]
        for block, encoded in rows
    }


def save(guesses: Iterable[tuple[str, Sequence[float]]]) -> None:
    """Write the log-odds of some blocks, sorted by block."""
    lines = [json.dumps(NAMES)]
    for block, logits in sorted(guesses):
        steps = bytes(min(255, max(0, round(logit * _STEPS) + _ZERO)) for logit in logits)
        lines.append(f"{block}\t{base64.b64encode(steps).decode()}")
    GUESSES.write_text("\n".join(lines) + "\n", "utf-8")
