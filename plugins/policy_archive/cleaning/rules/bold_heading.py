"""Bold lines that are headings but were never marked as such."""

import re

from msgspec.structs import replace

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block, Runs, plain
from policy_archive.reading.runs import join_lines, lines_of, tidy

_LEVEL = 4
"""Under the marked headings that most texts have; `heading-level` makes it fit."""
_LONGEST = 120
_NOT_HEADING = re.compile(
    r"[.!;,]$|^\W*$|@|https?://|\d{3}[-. ]\d{4}|^(note|important|please|effective|last)\b", re.I
)


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Make headings of paragraphs, and of lines at the beginning or inside one, all in bold.

    A bold line counts only if text follows it and if it does not end like a sentence.
    """
    result: list[Block] = []
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if block.kind == "paragraph" and any(run.bold for run in block.runs):
            result.extend(_divide(block, following, ledger))
        else:
            result.append(block)
    return result


def _divide(block: Block, following: Block | None, ledger: Ledger) -> list[Block]:
    lines = lines_of(block.runs)
    result: list[Block] = []
    text: list[Runs] = []
    source_lines = _source_lines(block, len(lines))

    def close(before: int) -> None:
        runs = tidy(join_lines(text))
        if runs:
            span = (source_lines[before - len(text)], source_lines[before - 1])
            result.append(replace(block, runs=runs, lines=span))
        text.clear()

    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        followed = following is not None and following.kind != "heading" if last else True
        if followed and _is_heading(line):
            close(number)
            runs = tidy(run._replace(bold=False) for run in line)
            span = (source_lines[number], source_lines[number])
            result.append(Block("heading", span, runs=runs, level=_LEVEL))
            ledger.changed(span, f"**{plain(runs)}**", f"{'#' * _LEVEL} {plain(runs)}")
        else:
            text.append(line)
    close(len(lines))
    made = len(result) > 1 or any(part.kind == "heading" for part in result)
    return result if made else [block]


def _source_lines(block: Block, count: int) -> list[int]:
    """The source line of each printed line: known where the source breaks as the text does."""
    first, last = block.lines
    return list(range(first, last + 1)) if last - first + 1 == count else [first] * count


def _is_heading(line: Runs) -> bool:
    text = plain(line).strip()
    return (
        bool(line)
        and all(run.bold or not run.text.strip(" :*") for run in line)
        and len(text) <= _LONGEST
        and not _NOT_HEADING.search(text)
    )


RULE = Rule("bold-heading", "Makes headings of bold lines that stand for headings.", apply)
