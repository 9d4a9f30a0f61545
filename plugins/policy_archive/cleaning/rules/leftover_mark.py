"""Marks that say nothing: a converter's (`March 26, 2024_._`), a heading's link to itself (`#`)."""

import re
from collections.abc import Callable

from msgspec.structs import replace

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.cleaning.walk import rewrite
from policy_archive.model import Block, Run, Runs
from policy_archive.reading.runs import tidy

# Names of cookies and parameters (`_ga`, `utm_`, `__Secure-ID`) are full of underscores and must
# stay: a mark is taken out only where no such name could stand.
_MARKS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<!_)_([^\w\s]+)_(?!_)"), lambda match: match[1]),
    (re.compile(r"(?<![\w/])_([A-Z][a-z]+[A-Za-z]*(?=[\s,-]|$))"), lambda match: match[1]),
    (re.compile(r"(?<!\w)([^\W\d_]{4,})_([.,;:!?)]*)(?=\s|$)"), lambda match: match[1] + match[2]),
)
_PERMALINK = re.compile(r"(?:^|\s)[#¶§🔗]$")


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Take such marks out."""
    result = []
    for block in blocks:
        made = _repair(block, ledger) if "_" in block.text else block
        if block.kind in ("heading", "paragraph"):
            made = _without_permalink(made, ledger)
        if made.text or not block.text:
            result.append(made)
    return result


def _without_permalink(block: Block, ledger: Ledger) -> Block:
    """`block` without the mark at its end that links to the block itself."""
    last = block.runs[-1] if block.runs else None
    if last is None or "#" not in last.href or not _PERMALINK.search(last.text):
        return block
    rest = last.text[:-1].rstrip()
    ledger.removed(block.lines, last.text[-1])
    kept = last._replace(text=rest)
    return replace(block, runs=tidy((*block.runs[:-1], *([kept] if rest else []))))


def _repair(block: Block, ledger: Ledger) -> Block:
    def change(runs: Runs) -> Runs:
        kept = tuple(run._replace(text=_fix(run, block, ledger)) for run in runs)
        return tuple(run for run in kept if run.text or run.struck)

    return rewrite(block, change) if block.kind != "preformatted" else block


def _fix(run: Run, block: Block, ledger: Ledger) -> str:
    text = run.text
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    if text != run.text:
        ledger.changed(block.lines, run.text, text)
    return text


RULE = Rule(
    "leftover-mark",
    "Takes out marks that close nothing or link to themselves.",
    apply,
    routine=True,
)
