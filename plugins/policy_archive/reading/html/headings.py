"""Headings that are buttons or links: what opens the part of an accordion that stands below it."""

from policy_archive.reading.html import vocabulary
from policy_archive.reading.html.boxes import HEADING, KINDS, Box, InlineText
from policy_archive.reading.html.measures import add_up, own_names, parts_of

_NAME = "h4"
"""A heading below those of the page, as `<summary>` is; the levels are made to fit later."""
_MOST_WORDS = 25
_LEAST_BELOW = 8
"""Words of running text in what a button opens."""
_HIGHEST = 3
"""Boxes around a button that hold nothing else."""
_TEXT = frozenset(["p", "li", "td", "th", *vocabulary.HEADINGS])
"""Boxes of text, in which a link is one: `accordion` may be the name of what it leads to."""
_OPENING = vocabulary.names(
    "accordion collapse collapsed collapsible expand expandable faq question toggle"
)


def mark_headings(boxes: list[Box]) -> None:
    """Make headings of the buttons that open a part of the text below them."""
    parents: dict[Box, Box] = {}
    places: dict[Box | InlineText, int] = {}
    for box in boxes:
        for place, child in enumerate(box.children):
            places[child] = place
            if isinstance(child, Box):
                parents[child] = box
    found = [
        box
        for box in boxes
        if _is_control(box) and _opens(box, parents, places) and not _within(box, parents)
    ]
    for box in found:
        if box.holds:
            box.name = "div"  # the heading stays inside, and its button is no control
        elif len(found) > 1 or _says_so(box):
            box.name = _NAME
            _note(box, parents)
    for box in boxes:
        for place, child in enumerate(box.children):
            if isinstance(child, InlineText) and _is_toggle(child, box, parents, places):
                heading = Box(_NAME, {}, child.first, child.last, children=[child])
                add_up([heading])
                box.children[place] = heading
                parents[heading] = box
                _note(heading, parents)


def _is_toggle(
    line: InlineText, box: Box, parents: dict[Box, Box], places: dict[Box | InlineText, int]
) -> bool:
    """Whether `line`, in `box`, is a link to a part below it that is named for what it does."""
    if line.removed or not 0 < line.words <= _MOST_WORDS:
        return False
    targets = {piece.href for piece in line.pieces if piece.text.strip()}
    target = targets.pop() if len(targets) == 1 else ""
    if target[:1] != "#" or vocabulary.CONTROL.fullmatch(line.text) or box.name in _TEXT:
        return False
    below = _below(line, box, parents, places)
    return (
        below is not None
        and below.attributes.get("id", "").strip() == target[1:] != ""
        and any(_OPENING & set(parts_of(name)) for name in own_names(below))
        and not _within(box, parents)
    )


def _is_control(box: Box) -> bool:
    """Whether `box` is to be clicked, and says as much as a heading does."""
    if not 0 < box.words <= _MOST_WORDS or box.holds & ~HEADING:
        return False
    role = box.attributes.get("role")
    if not (box.name == "button" or role in ("button", "tab") or "aria-expanded" in box.attributes):
        return False
    if box.holds:
        return box.name in vocabulary.CONTROLS
    text = box.text
    return "\n" not in text and not vocabulary.CONTROL.fullmatch(text.strip())


def _says_so(box: Box) -> bool:
    """Whether the element says that it opens something."""
    if "aria-expanded" in box.attributes or "aria-controls" in box.attributes:
        return True
    return any(_OPENING & set(parts_of(name)) for name in own_names(box))


def _opens(box: Box, parents: dict[Box, Box], places: dict[Box | InlineText, int]) -> bool:
    """Whether running text stands in the box right below `box`."""
    parent = parents.get(box)
    return parent is not None and _below(box, parent, parents, places) is not None


def _below(
    node: Box | InlineText,
    parent: Box,
    parents: dict[Box, Box],
    places: dict[Box | InlineText, int],
) -> Box | None:
    """The box right below `node`, which is in `parent`, if it holds running text."""
    words = node.words
    for _ in range(_HIGHEST):
        place = places[node] + 1
        while place < len(parent.children) and not parent.children[place].words:
            place += 1
        if place < len(parent.children):
            below = parent.children[place]
            told = isinstance(below, Box) and not below.removed and below.running >= _LEAST_BELOW
            return below if told and isinstance(below, Box) else None
        if parent.words > words or parent not in parents:
            return None
        node, parent = parent, parents[parent]
    return None


def _within(box: Box, parents: dict[Box, Box]) -> bool:
    """Whether `box` stands in a heading already."""
    above = parents.get(box)
    for _ in range(_HIGHEST):
        if above is None:
            return False
        if above.name in vocabulary.HEADINGS:
            return True
        above = parents.get(above)
    return False


def _note(box: Box, parents: dict[Box, Box]) -> None:
    """Tell the boxes around a new heading that they hold one."""
    above = parents.get(box)
    while above is not None and not above.holds & HEADING:
        above.holds |= KINDS[_NAME]
        above = parents.get(above)
