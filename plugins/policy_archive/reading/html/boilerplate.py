"""Finding the policy on a saved page, and what on it is the site's boilerplate.

Each clause of a policy counts, so nothing is judged by one sign alone. The smallest box with nearly
all running text (`measures.py`) is the policy's; inside it, only what looks like boilerplate goes;
outside it, only what reads as policy stays.
"""

from policy_archive.reading.html import surroundings, vocabulary
from policy_archive.reading.html.boxes import Box, InlineText, Page
from policy_archive.reading.html.folded import unfold
from policy_archive.reading.html.headings import mark_headings
from policy_archive.reading.html.measures import (
    FURNITURE,
    add_up,
    boxes_of,
    measure,
    named_as_boilerplate,
    on_privacy,
    restore,
)

_LEAST = 20
"""With fewer words of running text than this a page has no policy to find."""


def mark(page: Page) -> None:
    """Set `removed` on every line and box of `page` that is not the policy's."""
    boxes = boxes_of(page.root)
    measure(boxes)
    surroundings.take_out(page.root, boxes)
    unfold(page.root, boxes)
    mark_headings(boxes)
    main = _main(page.root)
    _inside(main)
    if main is not page.root:
        _outside(page.root, main)
    if not any(isinstance(node, InlineText) and node.words for node in page.root.walk()):
        restore(boxes, FURNITURE)
    add_up(boxes)


def _main(root: Box) -> Box:
    """The smallest container that holds nearly all running text of the page."""
    main = root
    while root.prose >= _LEAST:
        inner = [child for child in main.children if isinstance(child, Box) and not child.removed]
        best = max(inner, key=lambda box: box.prose, default=None)
        if best is None or best.prose < 0.9 * root.prose or best.name in vocabulary.LEAVES:
            break
        main = best
    return main


def _is_boilerplate(box: Box, main: Box) -> bool:
    """Whether `box`, inside the policy, is boilerplate by its own names and words."""
    if box.name in vocabulary.HEADINGS or box.prose > 0.3 * main.prose:
        return False
    if box.name in vocabulary.CONTROLS:
        return True
    if named_as_boilerplate(box) or box.name in vocabulary.FORMS:
        return not on_privacy(box) or vocabulary.COOKIE_BAR.search(box.text) is not None
    return False


def _inside(main: Box) -> None:
    """Take boilerplate out of the policy's own box."""
    lines = [node for node in main.walk() if isinstance(node, InlineText)]
    spans = _spans(main, lines)
    prose = [index for index, line in enumerate(lines) if line.prose >= 8]
    first, last = (prose[0], prose[-1]) if prose else (0, len(lines))
    stack: list[Box | InlineText] = [main]
    while stack:
        node = stack.pop()
        if node.removed or not node.words:
            continue
        if isinstance(node, InlineText):
            if _control(node):
                node.removed = FURNITURE
        elif node.name in vocabulary.HEADINGS:
            continue  # a button in a heading is the heading
        elif node is not main and _is_boilerplate(node, main):
            node.removed = FURNITURE
        elif node.prose < 8 and node.linked > 0.5 * node.words:
            # Before and after the text a block of links is a menu; amid it, it may be a clause.
            begins, ends = spans[node]
            if ends < first or begins > last:
                node.removed = FURNITURE
            else:
                stack.extend(node.children)
        else:
            stack.extend(node.children)


def _spans(main: Box, lines: list[InlineText]) -> dict[Box | InlineText, tuple[int, int]]:
    """For everything in `main` that holds some of its `lines`, the places of first and last."""
    spans: dict[Box | InlineText, tuple[int, int]] = {line: (n, n) for n, line in enumerate(lines)}
    for box in reversed(boxes_of(main)):
        inside = [spans[child] for child in box.children if child in spans]
        if inside:
            spans[box] = inside[0][0], inside[-1][1]
    return spans


def _control(line: InlineText) -> bool:
    """Whether `line` is a way around the page and not a sentence of it."""
    if line.words > 15:
        return False
    text = line.text.strip("\t [](){}|<>«»↑^.-–—")
    linked = all(piece.href or not piece.text.strip() for piece in line.pieces)
    if linked and vocabulary.CONTROL.fullmatch(text):
        return True
    return vocabulary.ADVERT.fullmatch(text) is not None


def _outside(root: Box, main: Box) -> None:
    """Take out what surrounds the policy's box, but for its title, date and stray clauses."""
    parents: dict[Box | InlineText, Box] = {}
    for box in boxes_of(root):
        parents.update(dict.fromkeys(box.children, box))
    kept: set[Box | InlineText] = set()
    belonging: list[Box | InlineText] = [main, *_strays(root, main)]
    for node in belonging:
        above: Box | InlineText | None = node
        while above is not None and above not in kept:
            kept.add(above)
            above = parents.get(above)
    stack = [root]
    while stack:
        box = stack.pop()
        for child in box.children:
            if child is main or child.removed or not child.words:
                continue
            if child not in kept:
                child.removed = FURNITURE
            elif isinstance(child, Box):
                stack.append(child)


def _strays(root: Box, main: Box) -> list[InlineText]:
    """Lines outside the policy's box that belong to the policy all the same."""
    strays: list[InlineText] = []
    title: list[InlineText] = []
    before = True
    below = False  # nothing but the policy's box has been passed yet
    stack: list[tuple[Box | InlineText, bool, Box]] = [(root, False, root)]
    while stack:
        node, hinted, parent = stack.pop()
        if node is main:
            before, below = False, True
        elif node.removed:
            continue
        elif isinstance(node, Box):
            if node.name in vocabulary.CONTROLS:
                continue
            hinted = hinted or named_as_boilerplate(node)
            stack.extend((child, hinted, node) for child in reversed(node.children))
        elif _clause(node, hinted):
            strays.append(node)
        elif before and _named(node, parent):
            if not (hinted and title):
                title = [node]
        elif before and title and (_dated(node) or _plain(node, parent, hinted)):
            title.append(node)
        elif not before and ((below and _dated(node)) or _plain(node, parent, hinted)):
            strays.append(node)
        below = below and (isinstance(node, Box) or not node.words)
    return title + strays


def _clause(line: InlineText, hinted: bool) -> bool:
    """Whether `line` reads as policy though it stands outside the policy's box."""
    if on_privacy(line) or (not hinted and line.prose >= 15 and line.linked < 0.4 * line.words):
        return not vocabulary.COOKIE_BAR.search(line.text)
    return False


def _plain(line: InlineText, parent: Box, hinted: bool) -> bool:
    """Whether nothing speaks against `line`: a date, a signature, an address."""
    if hinted or parent.linked:
        return False
    return not (vocabulary.COPYRIGHT.search(line.text) or vocabulary.COOKIE_BAR.search(line.text))


def _named(line: InlineText, parent: Box) -> bool:
    """Whether `line` may be the policy's title."""
    if line.words > 12 or not vocabulary.TITLE.search(line.text):
        return False
    return parent.name in vocabulary.HEADINGS or (
        line.words <= 6
        and "privacy" in line.text.lower()
        and not any(piece.href for piece in line.pieces)
    )


def _dated(line: InlineText) -> bool:
    """Whether `line` says when the policy took effect."""
    return line.words <= 25 and not line.linked and bool(vocabulary.DATED.search(line.text))
