"""Plain text to blocks: text is never taken for Markdown or HTML.

Archived text has no blank lines and one paragraph a line, or paragraphs between blank lines, or
is wrapped at some column. All words are kept, in order; only drawn lines ("-----") go, to the
ledger.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import count, takewhile

from policy_archive.model import Block, Repair, Run
from policy_archive.reading import Reading
from policy_archive.reading.printed_list import (
    Entry,
    blocks_of,
    marked,
    plain_list,
    unmarked_items,
    with_lone_marks,
)
from policy_archive.reading.wrapped import Line, rejoin, tidy

_DRAWN = re.compile(r"(?:[-=*_~#+.·•–—―─═|]\s?){3,}$")
_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*$")
_ASKS_FOR_ADDRESS = re.compile(
    r"\b(?:contact|writ(?:e|ing)|mail|address|reach|call)\b.{0,80}$", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\b[A-Z]{2},? \d{5}\b|\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b|\b\d{5}\b|\bP\.? ?O\.? Box\b|"
    r"\b(?:street|st|road|rd|avenue|ave|suite|floor|drive|lane|blvd|boulevard)\b\.?,?|"
    r"\b(?:tel|fax|phone|e-?mail)\b|[+(]?\d[\d ().-]{7,}\d|\S@\S",
    re.IGNORECASE,
)
_BETWEEN_BLANKS = 0.15
_ADDRESS_LINES = 8
_SHORT = 60


def read(text: str) -> Reading:
    """The blocks of plain `text`, with the lines it came from."""
    repairs: list[Repair] = []
    lines = _lines(text, repairs)
    blank_separated = sum(line.after_blank for line in lines) > _BETWEEN_BLANKS * len(lines)
    blocks = list(_blocks(with_lone_marks(rejoin(lines)), blank_separated=blank_separated))
    return Reading(tuple(blocks), tuple(repairs))


def _lines(text: str, repairs: list[Repair]) -> list[Line]:
    lines: list[Line] = []
    after_blank = False
    for number, raw in enumerate(text.split("\n"), 1):
        words = tidy(raw)
        if not words or _DRAWN.match(words):
            if words:
                repairs.append(Repair("rule-line", (number, number), words, ""))
            after_blank = bool(lines)
            continue
        indent = len(raw) - len(raw.lstrip())
        lines.append(Line(words, (number, number), indent, after_blank))
        after_blank = False
    return lines


def _blocks(lines: Sequence[Line], *, blank_separated: bool) -> Iterator[Block]:
    position = 0
    entries = [marked(line) for line in lines]
    while position < len(lines):
        run = list(takewhile(lambda entry: entry is not None, entries[position:]))
        if run:
            end = position + len(run)
            yield from blocks_of(
                lines[position:end],
                [entry for entry in run if isinstance(entry, Entry)],
                before_text=end < len(lines),
            )
        elif items := unmarked_items(lines, position):
            end = position + items
            yield plain_list(lines[position:end])
        else:
            end = position + _together(lines, entries, position, blank_separated=blank_separated)
            yield _paragraph(lines[position:end])
        position = end


def _together(
    lines: Sequence[Line], entries: Sequence[Entry | None], start: int, *, blank_separated: bool
) -> int:
    """How many lines from `start` on are one paragraph with printed line ends."""
    if not blank_separated:
        return _address_lines(lines, entries, start)
    for end in count(start + 1):
        if end == len(lines) or lines[end].after_blank or entries[end]:
            return end - start
        if _stands_alone(lines[end - 1]) and _stands_alone(lines[end]):
            return end - start
        if unmarked_items(lines, end):
            return end - start
    return 1


def _stands_alone(line: Line) -> bool:
    return len(line.text) > _SHORT and _SENTENCE.search(line.text) is not None


def _address_lines(lines: Sequence[Line], entries: Sequence[Entry | None], start: int) -> int:
    """One, or the lines of an address: short lines below a sentence that announces it."""
    if not start or not _announces(lines[start - 1].text):
        return 1
    end = start
    while end < len(lines) and not entries[end] and _may_be_of_address(lines[end].text):
        end += 1
    known = sum(_ADDRESS.search(line.text) is not None for line in lines[start:end])
    return end - start if 2 <= end - start <= _ADDRESS_LINES and known >= 2 else 1


def _announces(text: str) -> bool:
    return text[-1] in ":." and _ASKS_FOR_ADDRESS.search(text) is not None


def _may_be_of_address(text: str) -> bool:
    return len(text) <= _SHORT and not text.endswith((":", "?", ";"))


def _paragraph(lines: Sequence[Line]) -> Block:
    text = "\n".join(line.text for line in lines)
    return Block("paragraph", (lines[0].lines[0], lines[-1].lines[1]), (Run(text),))
