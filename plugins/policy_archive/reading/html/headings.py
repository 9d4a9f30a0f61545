"""Headings that are buttons: what opens the part of an accordion that stands below it."""

from policy_archive.reading.html import vocabulary
from policy_archive.reading.html.boxes import HEADING, KINDS, Box, InlineText
from policy_archive.reading.html.measures import own_names, parts_of

_NAME = "h4"
"""A heading below those of the page, as `<summary>` is; the levels are made to fit later."""
_MOST_WORDS = 25
_LEAST_BELOW = 8
"""Words of running text in what a button opens."""
_HIGHEST = 3
"""Boxes around a button that hold nothing else."""
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
        if len(found) > 1 or _says_so(box):
            box.name = _NAME
            _note(box, parents)


def _is_control(box: Box) -> bool:
    """Whether `box` is to be clicked, and says as much as a heading does."""
    if not 0 < box.words <= _MOST_WORDS or box.holds:
        return False
    role = box.attributes.get("role")
    if not (box.name == "button" or role in ("button", "tab") or "aria-expanded" in box.attributes):
        return False
    text = box.text
    return "\n" not in text and not vocabulary.CONTROL.fullmatch(text.strip())


def _says_so(box: Box) -> bool:
    """Whether the element says that it opens something."""
    if "aria-expanded" in box.attributes or "aria-controls" in box.attributes:
        return True
    return any(_OPENING & set(parts_of(name)) for name in own_names(box))


def _opens(box: Box, parents: dict[Box, Box], places: dict[Box | InlineText, int]) -> bool:
    """Whether running text stands in the box right below `box`."""
    node = box
    for _ in range(_HIGHEST):
        parent = parents.get(node)
        if parent is None:
            return False
        place = places[node] + 1
        while place < len(parent.children) and not parent.children[place].words:
            place += 1
        if place < len(parent.children):
            below = parent.children[place]
            return isinstance(below, Box) and not below.removed and below.running >= _LEAST_BELOW
        if parent.words > box.words:
            return False
        node = parent
    return False


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
