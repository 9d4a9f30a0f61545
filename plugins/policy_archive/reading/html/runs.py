"""Inline text as marked runs: spaces collapsed, line breaks kept, paragraphs told apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from policy_archive.model import Lines, Run, Runs, plain
from policy_archive.reading.html.boxes import Box, InlineText, TextNode
from policy_archive.reading.runs import merged
from policy_archive.reading.struck import STRUCK

_SPACE = re.compile(r"\s+")
_SCRIPTED = re.compile(r"\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_LONG = 30
"""Words from which one printed line is a paragraph of its own."""


@dataclass(slots=True)
class _Row:
    """One printed line: what stands between two line breaks."""

    first: int
    last: int
    runs: list[Run] = field(default_factory=list)

    @property
    def words(self) -> int:
        return len(plain(tuple(self.runs)).split())

    @property
    def bold(self) -> bool:
        return all(run.bold or not run.text.strip() for run in self.runs)

    @property
    def ends(self) -> bool:
        """Whether it is long and ends as a sentence does."""
        return self.words >= _LONG and plain(tuple(self.runs)).rstrip()[-1:] in '.:;!?"”)'


def paragraphs(line: InlineText, verbatim: bool = False) -> list[tuple[Runs, Lines]]:
    """The paragraphs of `line`: two line breaks in a row part them, one stays inside.

    One break also parts a bold label from the text below it and long sentences from each other:
    pages without a single `<p>` are written that way.
    """
    found: list[tuple[Runs, Lines]] = []
    open_rows: list[_Row] = []

    def close() -> None:
        if open_rows:
            found.append((_joined(open_rows), (open_rows[0].first, open_rows[-1].last)))
            open_rows.clear()

    for row in _rows(_broken(line.pieces) if verbatim else line.pieces):
        if not row.runs:
            close()
            continue
        if open_rows and not verbatim:
            above = open_rows[-1]
            label = len(open_rows) == 1 and above.bold and above.words <= 12 and not row.bold
            if (label and row.words >= 8) or (above.ends and row.words >= _LONG):
                close()
        open_rows.append(row)
    close()
    return found


def struck_out(box: Box) -> Runs:
    """What the page has struck out in `box`, as a run; nothing where that was taken back."""
    said = " ".join(box.text.split()) if box.removed == STRUCK else ""
    return (Run("", struck=said),) if said else ()


def flowing(runs: Runs) -> Runs:
    """`runs` with every line break turned to a space."""
    return merged(run._replace(text=run.text.replace("\n", " ")) for run in runs)


def _broken(pieces: Iterable[TextNode]) -> Iterable[TextNode]:
    """The pieces of preformatted text with their newlines as line breaks."""
    for piece in pieces:
        if piece.broken or piece.inner:
            yield piece
            continue
        blank = len(piece.text) - len(piece.text.lstrip())
        start = piece.first - piece.text.count("\n", 0, blank)
        for number, text in enumerate(piece.text.split("\n")):
            line = start + number
            if number:
                yield TextNode("\n", line, line, broken=True)
            yield TextNode(text, line, line, piece.href, piece.bold, piece.italic)


def _rows(pieces: Iterable[TextNode]) -> list[_Row]:
    """Printed lines, each without spaces at its ends and without two in a row."""
    rows: list[_Row] = []
    row: _Row | None = None
    space = True  # nothing yet, or the text so far ends in a space
    for piece in pieces:
        if piece.broken:
            rows.append(row or _Row(piece.first, piece.last))
            row, space = None, True
            continue
        if piece.inner:
            if struck := struck_out(piece.inner):
                row = row or _Row(piece.first, piece.last)
                row.runs += struck
            continue
        text = _SPACE.sub(" ", piece.text)
        if space:
            text = text.lstrip(" ")
        if not text:
            continue
        if row is None:
            row = _Row(piece.first, piece.last)
        row.last = max(row.last, piece.last)
        href = "" if _SCRIPTED.match(piece.href) else piece.href
        row.runs.append(Run(text, href, piece.bold, piece.italic))
        space = text.endswith(" ")
    if row:
        rows.append(row)
    for row in rows:
        row.runs = without_end(row.runs)
    return rows


def without_end(runs: list[Run]) -> list[Run]:
    """`runs` without spaces at the end; what is struck out there stays."""
    struck: list[Run] = []
    while runs and not runs[-1].text.strip():
        last = runs.pop()
        struck[:0] = [last] if last.struck else []
    if runs:
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
    return runs + struck


def _joined(rows: list[_Row]) -> Runs:
    """Rows as one stretch of runs with a newline between them."""
    runs: list[Run] = []
    for number, row in enumerate(rows):
        if number:
            runs[-1] = runs[-1]._replace(text=runs[-1].text + "\n")
        runs.extend(row.runs)
    return merged(runs)
