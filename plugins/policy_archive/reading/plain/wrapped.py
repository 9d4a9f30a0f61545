"""Hard-wrapped text: which line ends of a plain text file are the paper's edge.

Some archived text is wrapped at a column (72, 80, 110, 140), some keeps the line ends of the HTML
source it came from, and most has one paragraph a line. The evidence is a line that cannot be the
end of anything ("… to protect the") before one that goes on in lower case.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from policy_archive.model import Lines

_SPACES = re.compile(r"[^\S\n]{2,}|[\t\f\v]")
_TERMINAL = re.compile(r"[.!?:;][\"'”’)\]]*$|;\s*(?:and|or|and/or)$")
_DANGLING = re.compile(
    r"(?:^|\s)(?:an?|the|of|your|our|its|their|his|her|this|these|those|any|such|is|are|was|were|be|"
    r"been|as|at|by|from|with|that|which|who|have|has|not|may|will|can|in|on|for|than|into|if|each|"
    r"we|you|they|it|no|all|other|to|and|or|but|about|between|only|also)$"
)
_MARKED = re.compile(r"[•·▪●○■◦‣⁃*–—-]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s|[•·▪●○■◦‣⁃]")
_MIN_RUN_ON = 40


class Line(NamedTuple):
    """A line of text as its author meant it: its words, where they stood, how far indented."""

    text: str
    lines: Lines
    indent: int = 0
    after_blank: bool = False
    """A blank line or a drawn line stands before it."""
    goes_on: bool = False
    """It goes on with a sentence that the end of a page broke."""


def collapsed(text: str) -> str:
    """`text` without space around it, and with runs of space made one."""
    text = text.strip()
    # Most lines have single spaces only; asking that first is three times as quick.
    crooked = "  " in text or "\t" in text or "\xa0" in text or not text.isprintable()
    return _SPACES.sub(" ", text) if crooked else text


def is_marked(text: str) -> bool:
    """Whether `text` begins as list items do."""
    return _MARKED.match(text) is not None


def rejoin(lines: Sequence[Line]) -> list[Line]:
    """`lines` with hard-wrapped ones put together again; a file that is not wrapped stays as is."""
    edge = _edge(lines)
    if edge is None and not any(line.goes_on for line in lines):
        return list(lines)
    joined: list[list[Line]] = []
    for position, line in enumerate(lines):
        following = lines[position + 1].text if position + 1 < len(lines) else ""
        wraps = joined and edge is not None and not line.after_blank
        if line.goes_on or (
            wraps and edge is not None and edge.wraps(joined[-1][-1].text, line.text, following)
        ):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_one(parts) for parts in joined]


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where lines end: a column that every line is filled up to, or no more than a habit."""

    column: int
    regular: bool

    def wraps(self, line: str, following: str, after: str) -> bool:
        """Whether `line` goes on in `following` (which `after` follows)."""
        if is_marked(following):
            return False
        goes_on = following[0].islower() and not _TERMINAL.search(line)
        full = len(line) + 1 + _first_word(following) > self.column - 3
        if self.regular:
            if len(line) > self.column + 2 or not full:
                return False
            return goes_on or not _may_be_heading(line, following, after)
        if goes_on:
            return len(line) >= 20
        if _DANGLING.search(line) or (line[-1] == "," and len(line) >= _MIN_RUN_ON):
            return True
        return full and len(line) <= self.column + 2 and len(following) > self.column // 2


def _edge(lines: Sequence[Line]) -> _Edge | None:
    run_on: list[tuple[int, int]] = []
    dangling = candidates = 0
    for line, following in pairwise(lines):
        text = line.text
        if len(text) < _MIN_RUN_ON or following.after_blank:
            continue
        candidates += 1
        if following.text[0].islower() and not _TERMINAL.search(text):
            run_on.append((len(text), len(text) + 1 + _first_word(following.text)))
            dangling += _DANGLING.search(text) is not None
    if len(run_on) < 2 or (dangling < 3 and len(run_on) < 0.3 * candidates):
        return None
    lengths = sorted(length for length, _ in run_on)
    # The longest lines may be paragraphs that were never wrapped.
    filled, column = max(
        (sum(edge - 3 < reach and length <= edge + 3 for length, reach in run_on), edge)
        for edge in (lengths[-1], lengths[int(0.95 * (len(lengths) - 1))])
    )
    # Lists of phrases run on in lower case too, but hardly ever break off at "the", and are not
    # filled up to one column.
    if dangling < max(1, 0.2 * len(run_on)) and not filled >= max(4, 0.9 * len(run_on)):
        return None
    return _Edge(column, regular=filled >= 0.8 * len(run_on))


def _first_word(text: str) -> int:
    end = text.find(" ")
    return len(text) if end < 0 else end


def _may_be_heading(line: str, following: str, after: str) -> bool:
    """A full last line of a paragraph, then a heading: short, unfinished, and not going on."""
    if not _TERMINAL.search(line) or _TERMINAL.search(following) or len(following) > 60:
        return False
    return bool(after) and not after[0].islower() and len(after) > len(following)


def _one(parts: list[Line]) -> Line:
    if len(parts) == 1:
        return parts[0]
    words = [parts[0].text]
    for before, part in pairwise(parts):
        divided = before.text[-1] == "-" and before.text[-2:-1].isalnum() and part.text[0].islower()
        words.append(part.text if divided else f" {part.text}")
    first, last = parts[0], parts[-1]
    return Line("".join(words), (first.lines[0], last.lines[1]), first.indent, first.after_blank)
