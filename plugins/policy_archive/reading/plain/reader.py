"""Plain text to blocks: text is never taken for Markdown or HTML.

Archived text has no blank lines and one paragraph a line, or paragraphs between blank lines, or
is wrapped at some column. All words are kept, in order; only drawn lines ("-----") go, to the
ledger.
"""

import re
from collections.abc import Iterator, Sequence

from policy_archive.model import Block, Repair, Run
from policy_archive.reading import Reading, limits
from policy_archive.reading.plain.pages import goes_on, page_furniture
from policy_archive.reading.plain.printed_list import MarkedLine, blocks_of, marked, with_lone_marks
from policy_archive.reading.plain.wrapped import Line, collapsed, rejoin

_DRAWN = re.compile(r"(?:[-=*_~#+.·•–—―─═|]\s?){3,}$")
_CLOSING = "\"'”’)]"
_ASKS_FOR_ADDRESS = re.compile(
    r"\b(?:contact|writ(?:e|ing)|mail|address|reach|call)\b", re.IGNORECASE
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
    """The blocks of plain `text`, with the lines it came from.

    Raises:
        BeyondLimitsError: the text is too long to be read.
    """
    limits.require(len(text), limits.CHARACTERS, "characters")
    limits.require(text.count("\n"), limits.LINES, "lines")
    repairs: list[Repair] = []
    lines = _lines(text, repairs)
    blank_separated = sum(line.after_blank for line in lines) > _BETWEEN_BLANKS * len(lines)
    joined = with_lone_marks(rejoin(lines))
    blocks = tuple(_blocks(joined, repairs, blank_separated=blank_separated))
    return Reading(blocks, tuple(repairs))


def _lines(text: str, repairs: list[Repair]) -> list[Line]:
    lines: list[Line] = []
    sources = text.split("\n")
    of_pages = page_furniture(sources)
    after_blank = after_page = False
    for number, raw in enumerate(sources, 1):
        words = collapsed(raw)
        drawn = bool(words) and not words[0].isalnum() and _DRAWN.match(words) is not None
        if number - 1 in of_pages:
            repairs.append(Repair("page-furniture", (number, number), words, ""))
            after_page = after_page or bool(lines)
            continue
        if not words or drawn:
            if words:
                repairs.append(Repair("rule-line", (number, number), words, ""))
            after_blank = bool(lines)
            continue
        indent = len(raw) - len(raw.lstrip())
        broken = after_page and goes_on(lines[-1].text, words)
        lines.append(Line(words, (number, number), indent, after_blank and not broken, broken))
        after_blank = after_page = False
    return lines


def _blocks(
    lines: Sequence[Line], repairs: list[Repair], *, blank_separated: bool
) -> Iterator[Block]:
    entries = [entry if entry and entry.text else None for entry in map(marked, lines)]
    position = 0
    while position < len(lines):
        end = position
        run: list[MarkedLine] = []
        while end < len(lines) and (entry := entries[end]):
            run.append(entry)
            end += 1
        if run:
            blocks = blocks_of(lines[position:end], run, before_text=end < len(lines))
            yield from blocks
            as_text = {block.lines for block in blocks if block.kind == "paragraph"}
            # Bullets are not printed, but this one is a word to whoever counts words.
            repairs.extend(
                Repair("letter-bullet", entry.lines, "o", "")
                for entry in run
                if entry.style[0] == "o" and entry.lines not in as_text
            )
        else:
            together = _between_blanks if blank_separated else _address
            end = together(lines, entries, position)
            yield _paragraph(lines[position:end])
        position = end


def _between_blanks(lines: Sequence[Line], entries: Sequence[MarkedLine | None], start: int) -> int:
    """Where the paragraph from `start` ends: at a blank line, or where sentences stand alone."""
    end = start + 1
    while end < len(lines) and not lines[end].after_blank and not entries[end]:
        if _stands_alone(lines[end - 1]) and _stands_alone(lines[end]):
            break
        end += 1
    return end


def _stands_alone(line: Line) -> bool:
    return len(line.text) > _SHORT and line.text.rstrip(_CLOSING)[-1:] in (".", "!", "?")


def _address(lines: Sequence[Line], entries: Sequence[MarkedLine | None], start: int) -> int:
    """Where the address from `start` ends, below a line that announces it; else one line."""
    if not (start and _may_be_of_address(lines[start].text) and _announces(lines[start - 1].text)):
        return start + 1
    end = start
    while end < min(len(lines), start + _ADDRESS_LINES + 1):
        if entries[end] or not _may_be_of_address(lines[end].text):
            break
        end += 1
    known = sum(_ADDRESS.search(line.text) is not None for line in lines[start:end])
    return end if 2 <= end - start <= _ADDRESS_LINES and known >= 2 else start + 1


def _announces(text: str) -> bool:
    return text[-1] in ":." and _ASKS_FOR_ADDRESS.search(text[-100:]) is not None


def _may_be_of_address(text: str) -> bool:
    sentence = text[-1] == "." and text.count(" ") > 3
    return len(text) <= _SHORT and text[-1] not in ":?;" and not sentence


def _paragraph(lines: Sequence[Line]) -> Block:
    if len(lines) == 1:
        return Block("paragraph", lines[0].lines, (Run(lines[0].text),))
    text = "\n".join(line.text for line in lines)
    return Block("paragraph", (lines[0].lines[0], lines[-1].lines[1]), (Run(text),))
