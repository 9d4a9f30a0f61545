"""Emphasis marks that a converter wrote where they close nothing: `March 26, 2024_._`."""

import re
from collections.abc import Callable

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.cleaning.walk import rewrite
from policy_archive.model import Block, Run, Runs

# Names of cookies and parameters (`_ga`, `utm_`, `__Secure-ID`) are full of underscores and must
# stay: a mark is taken out only where no such name could stand.
_MARKS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<!_)_([^\w\s]+)_(?!_)"), lambda match: match[1]),
    (re.compile(r"(?<![\w/])_([A-Z][a-z]+(?=[\s-]|$))"), lambda match: match[1]),
    (re.compile(r"(?<!\w)([^\W\d_]{4,})_([.,;:!?)]*)(?=\s|$)"), lambda match: match[1] + match[2]),
)


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Take such marks out."""
    return [_repair(block, ledger) if "_" in block.text else block for block in blocks]


def _repair(block: Block, ledger: Ledger) -> Block:
    def change(runs: Runs) -> Runs:
        kept = tuple(run._replace(text=_fix(run, block, ledger)) for run in runs)
        return tuple(run for run in kept if run.text)

    return rewrite(block, change) if block.kind != "preformatted" else block


def _fix(run: Run, block: Block, ledger: Ledger) -> str:
    text = run.text
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    if text != run.text:
        ledger.changed(block.lines, run.text, text)
    return text


RULE = Rule("leftover-mark", "Takes out emphasis marks that close nothing.", apply, routine=True)
