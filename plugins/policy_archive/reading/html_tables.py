"""Telling tables that hold data from tables that lay out a page."""

import re
from itertools import zip_longest

from policy_archive.model import Run, Runs, plain
from policy_archive.reading.html_boxes import HEADING, TABLE, Box, Line, Piece
from policy_archive.reading.html_runs import merged, paragraphs

_MARKER = re.compile(r"\W{0,3}|[(\[]?\w{1,4}[.)\]:]?")


def data(table: Box) -> tuple[tuple[tuple[Runs, ...], ...], bool] | None:
    """The rows of `table` and whether the first names the columns; None for a layout table."""
    if table.holds & (TABLE | HEADING) or table.attributes.get("role") in ("presentation", "none"):
        return None
    rows = [_cells(row) for row in _descendants(table, "tr") if row.words]
    filled = [cell for cells in rows for cell in cells if cell.words]
    wide = sum(sum(bool(cell.words) for cell in cells) >= 2 for cells in rows)
    if wide < 2 or wide < 0.6 * len(rows):
        return None
    if max(cell.words for cell in filled) > 120 or table.words > 40 * len(filled):
        return None
    header = len(rows[0]) > 1 and all(cell.name == "th" for cell in rows[0])
    columns = list(zip_longest(*([_runs(cell) for cell in cells] for cells in rows), fillvalue=()))
    columns = [column for column in columns if any(plain(runs) for runs in column)]
    return tuple(zip(*columns, strict=True)), header


def unnumber(table: Box) -> None:
    """Where a layout table's first column only holds numbers, put them before the text."""
    if table.holds & TABLE:
        return
    rows = [_cells(row) for row in _descendants(table, "tr") if row.words]
    pairs = [cells for cells in rows if len(cells) == 2 and cells[0].words]
    if not pairs or len(pairs) < len(rows):
        return
    texts = [[n for n in cells[0].walk() if isinstance(n, Line) and n.words] for cells in pairs]
    if not all(len(lines) == 1 and _MARKER.fullmatch(lines[0].text) for lines in texts):
        return
    for cells, lines in zip(pairs, texts, strict=True):
        target = next((n for n in cells[1].walk() if isinstance(n, Line) and n.words), None)
        if target is not None:
            line = target.first
            target.pieces[:0] = [*lines[0].pieces, Piece(" ", line, line)]
            lines[0].pieces.clear()


def _descendants(box: Box, name: str) -> list[Box]:
    return [node for node in box.walk() if isinstance(node, Box) and node.name == name]


def _cells(row: Box) -> list[Box]:
    cells = [c for c in row.children if isinstance(c, Box) and c.name in ("td", "th")]
    return [cell for cell in cells if not cell.removed]


def _runs(cell: Box) -> Runs:
    """The text of a cell, its paragraphs one a line."""
    runs: list[Run] = []
    for node in cell.walk():
        if isinstance(node, Line):
            for paragraph, _ in paragraphs(node):
                if runs:
                    runs[-1] = runs[-1]._replace(text=runs[-1].text + "\n")
                runs.extend(paragraph)
    return merged(runs)
