"""Telling tables that hold data from tables that lay out a page."""

import re
from itertools import zip_longest

from policy_archive.model import Run, Runs, plain
from policy_archive.reading.html.boxes import HEADING, TABLE, Box, InlineText, TextNode
from policy_archive.reading.html.runs import paragraphs
from policy_archive.reading.runs import merged

_MARKER = re.compile(r"\W{0,3}|[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)\]:]?")

_SPARSE = 10
"""Columns times rows per cell: where most have no cell, there are no columns to speak of."""


def data(table: Box) -> tuple[tuple[tuple[Runs, ...], ...], bool] | None:
    """The rows of `table` and whether the first names the columns; None for a layout table."""
    if table.holds & (TABLE | HEADING) or table.attributes.get("role") in ("presentation", "none"):
        return None
    rows = [_cells(row) for row in _rows(table) if row.words]
    filled = [cell for cells in rows for cell in cells if cell.words]
    if sum(cell.words for cell in filled) + sum(c.words for c in captions(table)) != table.words:
        return None  # text between the cells, which rows would lose
    wide = sum(sum(bool(cell.words) for cell in cells) >= 2 for cells in rows)
    if wide < 2 or wide < 0.6 * len(rows):
        return None
    if max(cell.words for cell in filled) > 120 or table.words > 40 * len(filled):
        return None
    if len(rows) * max(map(len, rows)) > _SPARSE * sum(map(len, rows)):
        return None
    header = len(rows[0]) > 1 and all(cell.name == "th" for cell in rows[0])
    columns = list(zip_longest(*([_runs(cell) for cell in cells] for cells in rows), fillvalue=()))
    columns = [column for column in columns if any(plain(runs) for runs in column)]
    return tuple(zip(*columns, strict=True)), header


def captions(table: Box) -> list[Box]:
    """What stands above the rows of `table`."""
    return [c for c in table.children if isinstance(c, Box) and c.name == "caption" and c.words]


def unnumber(table: Box) -> bool:
    """Put the numbers before the text where a table's first column holds nothing else."""
    if table.holds & TABLE:
        return False
    rows = [_cells(row) for row in _rows(table) if row.words]
    if not rows or any(len(cells) != 2 for cells in rows) or table.words < 12 * len(rows):
        return False
    pairs = [(_lines(mark), _lines(text)) for mark, text in rows]
    for marks, lines in pairs:
        if len(marks) != 1 or not lines or not _MARKER.fullmatch(marks[0].text):
            return False
    for (mark,), (line, *_) in pairs:
        line.pieces[:0] = [*mark.pieces, TextNode(" ", line.first, line.first)]
        mark.pieces.clear()
    return True


def _lines(cell: Box) -> list[InlineText]:
    return [node for node in cell.walk() if isinstance(node, InlineText) and node.words]


def _rows(table: Box) -> list[Box]:
    """The rows of `table` itself; markup gone wrong has rows inside cells too."""
    rows: list[Box] = []
    stack: list[Box | InlineText] = table.children[::-1]
    while stack:
        node = stack.pop()
        if isinstance(node, Box) and not node.removed:
            if node.name == "tr":
                rows.append(node)
            elif node.name in ("tbody", "tfoot", "thead"):
                stack.extend(reversed(node.children))
    return rows


def _cells(row: Box) -> list[Box]:
    cells = [c for c in row.children if isinstance(c, Box) and c.name in ("td", "th")]
    return [cell for cell in cells if not cell.removed]


def _runs(cell: Box) -> Runs:
    """The text of a cell, its paragraphs one a line."""
    runs: list[Run] = []
    for node in cell.walk():
        if isinstance(node, InlineText):
            for paragraph, _ in paragraphs(node):
                if runs:
                    runs[-1] = runs[-1]._replace(text=runs[-1].text + "\n")
                runs.extend(paragraph)
    return merged(runs)
