"""What the lines and boxes of a saved page hold: words, links, running text of a policy.

Every line gets a weight: how many of its words read as running text of a policy (not links, and in
the vocabulary that policies share). Boxes add up what is in them.
"""

import re

from policy_archive.reading.html import vocabulary
from policy_archive.reading.html.boxes import KINDS, Box, InlineText

HIDDEN = "hidden-text"
"""The ledger's rule for what a browser does not show."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""A word in the names of an element: `siteMenu`, `site-menu`."""
_FRAGMENT = re.compile(r"#\w")


def measure(boxes: list[Box]) -> None:
    """Fill in the statistics of all lines and boxes, and decide on hidden ones."""
    for box in boxes:
        for child in box.children:
            if isinstance(child, InlineText):
                _weigh(child)
            elif child.hidden:
                child.removed = HIDDEN
    _judge(boxes)
    add_up(boxes)
    folded = _folded([box for box in boxes if box.hidden])
    for box in folded:
        box.removed = ""
    if folded:
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
        if together.prose >= 40 and on_privacy(together) and not named_as_boilerplate(boxes[0]):
            folded.extend(boxes)
    return folded


def _weigh(line: InlineText) -> None:
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
        known = sum([word in vocabulary.POLICY_WORDS for word in words])
        line.running = own
        line.prose = own * (0.2 + 0.8 * min(1.0, known / (0.15 * len(words))))
        line.privacy = sum([word in vocabulary.PRIVACY_WORDS for word in words])


def on_privacy(node: Box | InlineText) -> bool:
    """Whether so much of its running text is about privacy that it may be a clause."""
    return node.prose >= 20 and node.privacy >= 0.07 * node.words and node.linked < 0.4 * node.words


def named_as_boilerplate(box: Box) -> bool:
    """Whether the element's name, role, class or id says that it is no part of the text."""
    if box.name in vocabulary.BOILERPLATE or box.attributes.get("role") in vocabulary.ROLES:
        return True
    places, subjects = vocabulary.PLACES, vocabulary.SUBJECTS
    return _calls(box, "class", places | subjects) or _calls(box, "id", places)


def _calls(box: Box, attribute: str, names: frozenset[str]) -> bool:
    value = box.attributes.get(attribute, "")
    return any(part.lower() in names for part in _NAME_PART.findall(value))
