"""What is left of a page as blocks: headings, paragraphs, lists, tables, quotes.

Boxes that only lay out a page (divisions, layout tables, lists used to indent) leave no trace;
boxes that say something about their text become blocks. Nesting that deep structure allows is
bounded, so nothing here recurses far.
"""

from msgspec.structs import replace

from policy_archive.model import Block, Item, Lines, Run, Runs
from policy_archive.reading.html import tables
from policy_archive.reading.html.boxes import HEADING, LIST, TABLE, Box, InlineText, TextNode
from policy_archive.reading.html.list_numbers import first_line, numbers_of
from policy_archive.reading.html.runs import flowing, paragraphs, struck_out, without_end
from policy_archive.reading.runs import merged

_DEEPEST = 8
"""Lists and quotes nested deeper than this are read as plain text."""
_HEADING_WORDS = 40
"""More words than this in a heading: somebody forgot to close it."""
_ITEM_WORDS = 100
"""Items longer than this on average are numbered sections rather than a list."""
_QUOTED_WORDS = 120
"""Longer quotes are an old way to indent a page."""
_PROSE_WORDS = 6
"""Words a line from which preformatted text is somebody's way of writing paragraphs."""


def blocks_of(box: Box, depth: int = 0) -> list[Block]:
    """The blocks of what `box` holds, in order, without what has been removed."""
    blocks: list[Block] = []
    loose: list[Item] = []  # items without a list around them, waiting for their neighbours
    stack: list[Box | InlineText] = box.children[::-1]
    while stack:
        node = stack.pop()
        if node.removed or not node.words:
            if struck := _struck(node):
                blocks.append(Block("paragraph", (node.first, node.last), struck))
            continue
        if isinstance(node, Box) and node.name == "li" and _fits(node, depth):
            loose.extend(_item("", node, depth))
            continue
        if loose:
            blocks.append(_list(loose))
            loose = []
        made = _structure(node, depth) if isinstance(node, Box) else _text(node, box.verbatim)
        if made is None and isinstance(node, Box):
            stack.extend(reversed(node.children))
        else:
            blocks.extend(made or ())
    if loose:
        blocks.append(_list(loose))
    return blocks


def _struck(node: Box | InlineText) -> Runs:
    """What is struck out in a node without other text, each stretch once."""
    found: list[Run] = []
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, InlineText):
            for piece in node.pieces:
                found += struck_out(piece.inner) if piece.inner else ()
        elif not node.removed:
            stack.extend(reversed(node.children))
        elif not node.marked:  # else the line that marks it tells of it
            found += struck_out(node)
    return tuple(found)


def _structure(box: Box, depth: int) -> list[Block] | None:
    """The blocks that `box` makes; None where it only wraps others."""
    if box.name in ("h1", "h2", "h3", "h4", "h5", "h6", "summary"):
        return _heading(box)
    if box.name == "table":
        table = None if tables.unnumber(box) else tables.data(box)
        if table:
            above = [block for c in tables.captions(box) for block in blocks_of(c, depth)]
            return [*above, Block("table", box.lines, rows=table[0], has_header=table[1])]
    elif box.verbatim:
        return _preformatted(box)
    elif box.name in ("ol", "ul", "dir", "menu"):
        return _listing(box, depth)
    elif box.name == "dl":
        return _definitions(box, depth)
    elif box.name == "blockquote" and _fits(box, depth) and box.words <= _QUOTED_WORDS:
        return [Block("quote", box.lines, blocks=tuple(blocks_of(box, depth + 1)))]
    return None


def _fits(box: Box, depth: int) -> bool:
    """Whether `box` can be one block: no section begins inside, and it is not too deep."""
    return depth < _DEEPEST and not box.holds & HEADING


def _text(line: InlineText, verbatim: bool) -> list[Block]:
    return [Block("paragraph", lines, runs) for runs, lines in paragraphs(line, verbatim)]


def _heading(box: Box) -> list[Block] | None:
    if box.holds & (HEADING | LIST | TABLE) or box.words > _HEADING_WORDS:
        return None
    runs: list[Run] = []
    for node in box.walk():
        for text, _ in paragraphs(node) if isinstance(node, InlineText) else ():
            runs.extend([Run(" ")] if runs else [])
            runs.extend(text)
    level = int(box.name[1]) if box.name[1:].isdigit() else 4
    return [Block("heading", box.lines, flowing(tuple(runs)), level=level)]


def _listing(box: Box, depth: int) -> list[Block] | None:
    """A list, or None where it does not hold items or its items are whole sections."""
    items = [c for c in box.children if isinstance(c, Box) and c.name == "li" and not c.removed]
    items = [item for item in items if item.words]
    numbers = dict(zip(items, numbers_of(box, items), strict=True))
    if not items or not _fits(box, depth) or box.words > _ITEM_WORDS * len(items):
        for item in items:
            _number(item, numbers[item])
        return None
    made: list[Item] = []
    for child in box.children:
        if child.removed or not child.words:
            if struck := _struck(child):
                made.append(Item("", (Block("paragraph", (child.first, child.last), struck),)))
            continue
        if isinstance(child, Box) and child.name == "li":
            made.extend(_item(numbers[child], child, depth))
            continue
        # A list right inside a list, or text between items, belongs to the item before.
        around = Box("div", {}, child.first, child.last, children=[child])
        blocks = tuple(blocks_of(around, depth + 1))
        if made:
            made[-1] = replace(made[-1], blocks=made[-1].blocks + blocks)
        else:
            made.append(Item("", blocks))
    return [_list(made, box.lines)]


def _item(number: str, box: Box, depth: int) -> list[Item]:
    blocks = tuple(blocks_of(box, depth + 1))
    return [Item(number, blocks)] if blocks else []


def _list(items: list[Item], lines: Lines | None = None) -> Block:
    ends = items[0].blocks[0].lines[0], items[-1].blocks[-1].lines[1]
    return Block("list", lines or ends, items=tuple(items))


def _number(item: Box, number: str) -> None:
    """Print `number` before the first words of an item that stops being one."""
    if number:
        line = first_line(item)
        if line:
            line.pieces.insert(0, TextNode(f"{number} ", line.first, line.first))


def _definitions(box: Box, depth: int) -> list[Block] | None:
    """Short definitions as a list of "term: text" items; long ones are sections with a label."""
    parts = [c for c in box.children if isinstance(c, Box) and c.words and not c.removed]
    terms = [part for part in parts if part.name == "dt"]
    for term in terms:
        if not term.bold:
            _embolden(term)
    stray = any(isinstance(c, InlineText) and c.words and not c.removed for c in box.children)
    plain = not stray and all(part.name in ("dt", "dd") for part in parts)
    if not terms or not plain or not _fits(box, depth) or box.words > 60 * len(terms):
        return None
    items: list[Item] = []
    for part in parts:
        blocks = tuple(blocks_of(part, depth + 1))
        if part.name == "dt" or not items:
            items.append(Item("", blocks))
        else:
            items[-1] = replace(items[-1], blocks=items[-1].blocks + blocks)
    return [_list([item for item in items if item.blocks], box.lines)]


def _embolden(term: Box) -> None:
    """Set all text of `term` in bold, and note it, so that no term in it is gone through again."""
    for node in term.walk():
        if isinstance(node, InlineText):
            for piece in node.pieces:
                piece.bold = True
        else:
            node.bold = True


def _preformatted(box: Box) -> list[Block] | None:
    """Text set in columns as it is; sentences set that way as the paragraphs they are."""
    lines = [node for node in box.walk() if isinstance(node, InlineText)]
    runs: list[Run] = []
    for line in lines:
        if runs and not runs[-1].text.endswith("\n"):
            runs.append(Run("\n"))  # what stands in boxes of their own begins on a new line
        for piece in line.pieces:
            own = Run(piece.text, "", piece.bold, piece.italic)
            runs += struck_out(piece.inner) if piece.inner else (own,)
    text = "".join(run.text for run in runs)
    rows = [row for row in text.split("\n") if row.strip()]
    if box.words >= 30 and box.words >= _PROSE_WORDS * len(rows):
        blocks = [block for line in lines for block in _text(line, verbatim=True)]
        return [replace(block, runs=_rewrapped(block.runs)) for block in blocks]
    return [Block("preformatted", box.lines, _trimmed(merged(runs)))]


def _rewrapped(runs: Runs) -> Runs:
    """A paragraph typed with line ends as one flow; an address keeps its lines."""
    text = "".join(run.text for run in runs)
    words, rows = len(text.split()), text.count("\n") + 1
    return flowing(runs) if words >= _PROSE_WORDS * rows else runs


def _trimmed(runs: Runs) -> Runs:
    """Preformatted runs without empty lines before and after."""
    kept = list(runs)
    while kept and not (kept[0].text.strip() or kept[0].struck):
        kept.pop(0)
    if kept:
        kept[0] = kept[0]._replace(text=kept[0].text.lstrip("\r\n"))
    return tuple(without_end(kept))
