"""Telling tables that hold data from tables that lay out a page."""

import re

from policy_archive.model import Run, Runs, plain
from policy_archive.reading.html.boxes import HEADING, TABLE, Box, InlineText, TextNode
from policy_archive.reading.html.runs import paragraphs
from policy_archive.reading.runs import merged

_MARKER = re.compile(r"\W{0,3}|[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)\]:]?")

_WIDEST = 50
"""Columns that one cell may span."""
_FEWEST_ANSWERS, _ANSWER = 2, 4
"""Cells with a picture alone from which pictures are answers; and the most words in one."""
_SPARSE = 10
"""Columns times rows per cell: where most have no cell, there are no columns to speak of."""


def data(table: Box) -> tuple[tuple[tuple[Runs, ...], ...], bool] | None:
    """The rows of `table` and whether the first names the columns; None for a layout table.

    A cell that spans columns or rows stands in the first of them, and leaves the others empty.
    """
    if table.holds & (TABLE | HEADING) or table.attributes.get("role") in ("presentation", "none"):
        return None
    rows = [_cells(row) for row in _rows(table) if row.words]
    filled = [cell for cells in rows for cell in cells if cell.words]
    if sum(cell.words for cell in filled) + sum(c.words for c in captions(table)) != table.words:
        return None  # text between the cells, which rows would lose
    answers = _answers(rows)
    said = set(filled) | set(answers)
    wide = sum(sum(cell in said for cell in cells) >= 2 for cells in rows)
    if wide < 2 or wide < 0.6 * len(rows):
        return None
    if max(cell.words for cell in filled) > 120 or table.words > 40 * len(filled):
        return None
    places = _places(rows)
    width = 1 + max(column for _, column in places.values())
    if len(rows) * width > _SPARSE * sum(map(len, rows)):
        return None
    header = len(rows[0]) > 1 and all(cell.name == "th" for cell in rows[0])
    grid: list[list[Runs]] = [[()] * width for _ in rows]
    for cell, (row, column) in places.items():
        grid[row][column] = answers.get(cell) or _runs(cell)
    columns = [column for column in zip(*grid, strict=True) if any(plain(runs) for runs in column)]
    return tuple(zip(*columns, strict=True)), header


def _places(rows: list[list[Box]]) -> dict[Box, tuple[int, int]]:
    """The row and the column in which each cell begins, by the spans of those before it."""
    places: dict[Box, tuple[int, int]] = {}
    taken: dict[int, int] = {}  # for a column: the first row in which it is free again
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while taken.get(column, 0) > row:
                column += 1
            places[cell] = row, column
            free = row + _span(cell, "rowspan", len(rows) - row)
            for _ in range(_span(cell, "colspan", _WIDEST)):
                taken[column] = free
                column += 1
    return places


def _span(cell: Box, attribute: str, most: int) -> int:
    """Over how many columns or rows `cell` reaches."""
    value = cell.attributes.get(attribute, "").strip()
    if not (value.isascii() and value.isdigit()) or len(value) > 5:
        return 1
    return max(1, min(int(value), most)) if value != "0" or attribute == "colspan" else most


def _answers(rows: list[list[Box]]) -> dict[Box, Runs]:
    """What pictures say in cells with nothing else: a table's answers, if there are few of them."""
    found = {
        cell: " ".join(cell.pictures)
        for cells in rows
        for cell in cells
        if cell.pictures and not cell.words and any(other.words for other in cells)
    }
    if len(found) < _FEWEST_ANSWERS or any(len(said.split()) > _ANSWER for said in found.values()):
        return {}
    return {cell: (Run(said, italic=True),) for cell, said in found.items()}


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
