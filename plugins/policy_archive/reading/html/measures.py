"""What the lines and boxes of a saved page hold: words, links, running text of a policy.

Every line gets a weight: how many of its words read as running text of a policy (not links, and in
the vocabulary that policies share). Boxes add up what is in them.
"""

import re

from policy_archive.reading.html import vocabulary
from policy_archive.reading.html.boxes import KINDS, Box, InlineText
from policy_archive.reading.struck import STRUCK

FURNITURE = "page-furniture"
"""The ledger's rule for what stands around the policy."""
HIDDEN = "hidden-text"
"""The ledger's rule for what a browser does not show."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_BESIDE = frozenset(["has", "no", "with", "without"])
_FRAGMENT = re.compile(r"#\w")


def measure(boxes: list[Box]) -> None:
    """Fill in the statistics of all lines and boxes, without what is hidden or struck out."""
    for box in boxes:
        for child in box.children:
            if isinstance(child, InlineText):
                weigh(child)
            elif child.hidden or child.struck:
                child.removed = HIDDEN if child.hidden else STRUCK
    _judge(boxes)
    add_up(boxes)
    struck = sum(box.prose for box in boxes if box.removed == STRUCK)
    if struck > boxes[0].prose:  # a style that was meant for something else
        restore(boxes, STRUCK)
        add_up(boxes)


def boxes_of(root: Box) -> list[Box]:
    """`root` and all boxes inside, outer ones before inner ones."""
    boxes = [root]
    for box in boxes:
        boxes.extend(child for child in box.children if isinstance(child, Box))
    return boxes


def restore(boxes: list[Box], rule: str) -> None:
    """Take back what `rule` removed."""
    for box in boxes:
        for child in box.children:
            if child.removed == rule:
                child.removed = ""


def _judge(boxes: list[Box]) -> None:
    """Where hardly a word is one we know, the page is in another language: count them all."""
    lines = [child for box in boxes for child in box.children if isinstance(child, InlineText)]
    if sum(line.prose for line in lines) < 0.35 * sum(line.running for line in lines):
        for line in lines:
            line.prose = line.running


def add_up(boxes: list[Box]) -> None:
    """Add up what is shown, innermost boxes first."""
    for box in reversed(boxes):
        box.words = box.linked = box.running = box.privacy = box.holds = 0
        box.prose = 0.0
        for child in box.children:
            if not child.removed:
                box.words += child.words
                box.linked += child.linked
                box.running += child.running
                box.prose += child.prose
                box.privacy += child.privacy
                if isinstance(child, Box) and child.words:
                    box.holds |= child.holds | KINDS.get(child.name, 0)
            box.last = max(box.last, child.last)


def weigh(line: InlineText) -> None:
    """Count the words of `line`, and how many of them read as a policy's running text."""
    own = line.words = line.linked = line.running = line.privacy = 0
    line.prose = 0.0
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
        known = sum([word in vocabulary.POLICY_WORDS for word in words])
        line.running = own
        line.prose = own * (0.2 + 0.8 * min(1.0, known / (0.15 * len(words))))
        line.privacy = sum([word in vocabulary.PRIVACY_WORDS for word in words])


def on_privacy(node: Box | InlineText) -> bool:
    """Whether so much of its running text is about privacy that it may be a clause."""
    return node.prose >= 20 and node.privacy >= 0.07 * node.words and node.linked < 0.4 * node.words


def running(node: Box | InlineText) -> bool:
    """Whether it is running text for the most part, in the words of policies, and no menu."""
    return node.prose >= 40 and node.prose >= 0.6 * node.words and node.linked < 0.2 * node.words


def named_as_boilerplate(box: Box) -> bool:
    """Whether the element's name, role, class or id says that it is no part of the text.

    What says no more than where on a page something stands (`nav-item`) is no word against
    running text.
    """
    if box.name in vocabulary.BOILERPLATE or box.attributes.get("role") in vocabulary.ROLES:
        return True
    called = {part for name in _classes(box) for part in _own_parts(name)}
    if called & vocabulary.SUBJECTS:
        return True
    called.update(_own_parts(box.attributes.get("id", "")))
    if called & vocabulary.LAYERS:
        return True
    return bool(called & vocabulary.PLACES) and not running(box)


def own_names(box: Box) -> list[str]:
    """The `id` and the classes of an element."""
    name = box.attributes.get("id", "").strip()
    return [*([name] if name else []), *_classes(box)]


def _classes(box: Box) -> list[str]:
    return box.attributes.get("class", "").split()


def _own_parts(name: str) -> list[str]:
    """The words in a name but for those on what the element has or lacks: `page-with-menu`."""
    parts = parts_of(name)
    return next((parts[:at] for at, part in enumerate(parts) if part in _BESIDE), parts)


def parts_of(name: str) -> list[str]:
    """The words in a name of an element: `siteMenu`, `site-menu`."""
    return [part.lower() for part in _NAME_PART.findall(name)]
