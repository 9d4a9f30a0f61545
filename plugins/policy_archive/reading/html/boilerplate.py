"""Finding the policy on a saved page, and what on it is the site's furniture.

Each clause of a policy counts, so nothing is judged by one sign alone. Every line gets a weight:
how many of its words read as running text of a policy (not links, and in the vocabulary that
policies share). The smallest box with nearly all of that weight is the policy's; inside it, only
what looks like furniture goes; outside it, only what reads as policy stays.
"""

import re

from policy_archive.reading.html import signs
from policy_archive.reading.html.boxes import KINDS, Box, Line, Page

_REMOVED = "page-furniture"
_HIDDEN = "hidden-text"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HINT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LEAST = 20
"""With fewer words of running text than this a page has no policy to find."""
_FRAGMENT = re.compile(r"#\w")


def mark(page: Page) -> None:
    """Set `removed` on every line and box of `page` that is not the policy's."""
    boxes = _all_boxes(page.root)
    _measure(boxes)
    if not page.root.words:
        # Some pages stay hidden until a script shows them.
        _restore(boxes, _HIDDEN)
        _sum(boxes)
    main = _main(page.root)
    _inside(main)
    if main is not page.root:
        _outside(page.root, main)
    if not any(isinstance(node, Line) and node.words for node in page.root.walk()):
        _restore(boxes, _REMOVED)
    _sum(boxes)


def _restore(boxes: list[Box], rule: str) -> None:
    """Take back what `rule` removed."""
    for box in boxes:
        for child in box.children:
            if child.removed == rule:
                child.removed = ""


def _all_boxes(root: Box) -> list[Box]:
    boxes = [root]
    for box in boxes:
        boxes.extend(child for child in box.children if isinstance(child, Box))
    return boxes


def _measure(boxes: list[Box]) -> None:
    """Fill in the statistics of all lines and boxes, and decide on hidden ones."""
    for box in boxes:
        for child in box.children:
            if isinstance(child, Line):
                _weigh(child)
            elif child.hidden:
                child.removed = _HIDDEN
    _judge(boxes)
    _sum(boxes)
    folded = _folded([box for box in boxes if box.hidden])
    for box in folded:
        box.removed = ""
    if folded:
        _sum(boxes)


def _judge(boxes: list[Box]) -> None:
    """Where hardly a word is one we know, the page is in another language: count them all."""
    lines = [child for box in boxes for child in box.children if isinstance(child, Line)]
    if sum(line.prose for line in lines) < 0.35 * sum(line.running for line in lines):
        for line in lines:
            line.prose = line.running


def _sum(boxes: list[Box]) -> None:
    """Add up what is shown, innermost boxes first."""
    for box in reversed(boxes):
        box.words = box.linked = box.privacy = box.holds = 0
        box.prose = 0.0
        for child in box.children:
            if not child.removed:
                box.words += child.words
                box.linked += child.linked
                box.prose += child.prose
                box.privacy += child.privacy
                if isinstance(child, Box) and child.words:
                    box.holds |= child.holds | KINDS.get(child.name, 0)
            box.last = max(box.last, child.last)


def _folded(hidden: list[Box]) -> list[Box]:
    """Hidden boxes that are folded parts of the policy, to be opened by a click.

    An accordion is judged as a whole, by all hidden boxes of one kind.
    """
    kinds: dict[tuple[str, str], list[Box]] = {}
    for box in hidden:
        kinds.setdefault((box.name, box.attributes.get("class", "")), []).append(box)
    folded = []
    for boxes in kinds.values():
        together = Box("div", {}, 1, 1, children=list(boxes))
        for box in boxes:
            together.words += box.words
            together.linked += box.linked
            together.prose += box.prose
            together.privacy += box.privacy
        if together.prose >= 40 and _on_privacy(together) and not _hinted(boxes[0]):
            folded.extend(boxes)
    return folded


def _weigh(line: Line) -> None:
    """Count the words of `line`, and how many of them read as a policy's running text."""
    own = 0
    for piece in line.pieces:
        count = len(piece.text.split())
        line.words += count
        if not piece.href or piece.href.startswith(("mailto:", "tel:")):
            own += count
        elif not _FRAGMENT.search(piece.href):
            # A link to a place on a page is a table of contents, not a menu.
            line.linked += count
    if own < 6:
        return
    text = line.text.lower()
    words = _WORD.findall(text)
    if len(words) >= 12 or (words and text[-1] in ".:;!?"):
        known = sum([word in signs.VOCABULARY for word in words])
        line.running = own
        line.prose = own * (0.2 + 0.8 * min(1.0, known / (0.15 * len(words))))
        line.privacy = sum([word in signs.PRIVACY for word in words])


def _main(root: Box) -> Box:
    """The smallest container that holds nearly all running text of the page."""
    main = root
    while root.prose >= _LEAST:
        inner = [child for child in main.children if isinstance(child, Box) and not child.removed]
        best = max(inner, key=lambda box: box.prose, default=None)
        if best is None or best.prose < 0.9 * root.prose or best.name in signs.LEAVES:
            break
        main = best
    return main


def _hinted(box: Box) -> bool:
    """Whether the box's own names call it furniture."""
    if box.name in signs.FURNITURE or box.attributes.get("role") in signs.ROLES:
        return True
    return _calls(box, "class", signs.PLACES | signs.SUBJECTS) or _calls(box, "id", signs.PLACES)


def _calls(box: Box, attribute: str, hints: frozenset[str]) -> bool:
    value = box.attributes.get(attribute, "")
    return any(hint.lower() in hints for hint in _HINT.findall(value))


def _on_privacy(node: Box | Line) -> bool:
    """Whether so much of its running text is about privacy that it may be a clause."""
    return node.prose >= 20 and node.privacy >= 0.07 * node.words and node.linked < 0.4 * node.words


def _furniture(box: Box, main: Box) -> bool:
    """Whether `box`, inside the policy, is furniture by its own signs."""
    if box.name in signs.HEADINGS or box.prose > 0.3 * main.prose:
        return False
    if box.name in signs.CONTROLS:
        return True
    if _hinted(box) or box.name in signs.FORMS:
        return not _on_privacy(box) or signs.COOKIE_BAR.search(box.text) is not None
    return False


def _inside(main: Box) -> None:
    """Take furniture out of the policy's own box."""
    lines = [node for node in main.walk() if isinstance(node, Line)]
    spans = _spans(main, lines)
    prose = [index for index, line in enumerate(lines) if line.prose >= 8]
    first, last = (prose[0], prose[-1]) if prose else (0, len(lines))
    stack: list[Box | Line] = [main]
    while stack:
        node = stack.pop()
        if node.removed or not node.words:
            continue
        if isinstance(node, Line):
            if _control(node):
                node.removed = _REMOVED
        elif node is not main and _furniture(node, main):
            node.removed = _REMOVED
        elif node.prose < 8 and node.linked > 0.5 * node.words:
            # Before and after the text a block of links is a menu; amid it, it may be a clause.
            begins, ends = spans[node]
            if ends < first or begins > last:
                node.removed = _REMOVED
            else:
                stack.extend(node.children)
        else:
            stack.extend(node.children)


def _spans(main: Box, lines: list[Line]) -> dict[Box | Line, tuple[int, int]]:
    """For everything in `main` that holds some of its `lines`, the places of first and last."""
    spans: dict[Box | Line, tuple[int, int]] = {line: (n, n) for n, line in enumerate(lines)}
    for box in reversed(_all_boxes(main)):
        inside = [spans[child] for child in box.children if child in spans]
        if inside:
            spans[box] = inside[0][0], inside[-1][1]
    return spans


def _control(line: Line) -> bool:
    """Whether `line` is a way around the page and not a sentence of it."""
    if line.words > 15:
        return False
    text = line.text.strip("\t [](){}|<>«»↑^.-–—")
    linked = all(piece.href or not piece.text.strip() for piece in line.pieces)
    return bool((linked and signs.CONTROL.fullmatch(text)) or signs.ADVERT.fullmatch(text))


def _outside(root: Box, main: Box) -> None:
    """Take out what surrounds the policy's box, but for its title, date and stray clauses."""
    parents: dict[Box | Line, Box] = {}
    for box in _all_boxes(root):
        parents.update(dict.fromkeys(box.children, box))
    kept: set[Box | Line] = set()
    belonging: list[Box | Line] = [main, *_strays(root, main)]
    for node in belonging:
        above: Box | Line | None = node
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
                child.removed = _REMOVED
            elif isinstance(child, Box):
                stack.append(child)


def _strays(root: Box, main: Box) -> list[Line]:
    """Lines outside the policy's box that belong to the policy all the same."""
    strays: list[Line] = []
    title: list[Line] = []
    before = True
    stack: list[tuple[Box | Line, bool, Box]] = [(root, False, root)]
    while stack:
        node, hinted, parent = stack.pop()
        if node is main:
            before = False
        elif node.removed:
            continue
        elif isinstance(node, Box):
            if node.name in signs.CONTROLS:
                continue
            hinted = hinted or _hinted(node)
            stack.extend((child, hinted, node) for child in reversed(node.children))
        elif _clause(node, hinted):
            strays.append(node)
        elif before and _named(node, parent):
            if not (hinted and title):
                title = [node]
        elif before and title and (_dated(node) or _plain(node, parent, hinted)):
            title.append(node)
        elif not before and _plain(node, parent, hinted):
            strays.append(node)
    return title + strays


def _clause(line: Line, hinted: bool) -> bool:
    """Whether `line` reads as policy though it stands outside the policy's box."""
    if _on_privacy(line) or (not hinted and line.prose >= 15 and line.linked < 0.4 * line.words):
        return not signs.COOKIE_BAR.search(line.text)
    return False


def _plain(line: Line, parent: Box, hinted: bool) -> bool:
    """Whether nothing speaks against `line`: a date, a signature, an address."""
    if hinted or parent.linked:
        return False
    return not (signs.COPYRIGHT.search(line.text) or signs.COOKIE_BAR.search(line.text))


def _named(line: Line, parent: Box) -> bool:
    """Whether `line` may be the policy's title."""
    if line.words > 12 or not signs.TITLE.search(line.text):
        return False
    return parent.name in signs.HEADINGS or (
        line.words <= 6
        and "privacy" in line.text.lower()
        and not any(piece.href for piece in line.pieces)
    )


def _dated(line: Line) -> bool:
    """Whether `line` says when the policy took effect."""
    return line.words <= 25 and not line.linked and bool(signs.DATED.search(line.text))
