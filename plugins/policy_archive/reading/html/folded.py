"""Hidden text that a click opens: accordions, tabs, "read more"; and pages that scripts fill.

A capture holds what the page's author wrote behind a click, and readers of the page could read it.
"""

from collections.abc import Iterator

from policy_archive.reading.html import vocabulary
from policy_archive.reading.html.boxes import Box, InlineText, TextNode
from policy_archive.reading.html.measures import (
    HIDDEN,
    add_up,
    named_as_boilerplate,
    on_privacy,
    own_names,
    parts_of,
    restore,
    running,
    weigh,
)

_PANELS = vocabulary.names(
    "accordion answer body collapse collapsed collapsible content details dropdown expand "
    "expandable faq fold hidden more panel pane section tab tabs toggle"
)
"""Words in the names of what a click opens."""
_LEAST_PANEL, _LEAST_TEXT = 8, 40
"""Words of running text from which a panel is text; and any hidden text."""
_LEAST_COPY, _REPEATED = 150, 0.6
"""Words, and part of the running words, of hidden boxes: with more they are a second copy."""
_NEXT_TO_NOTHING = 0.2
"""Of a page's running text; where less is visible, a script shows the page."""


def unfold(root: Box, boxes: list[Box]) -> None:
    """Take back what `measure` removed as hidden where a reader of the page could open it."""
    hidden = [box for box in boxes if box.removed == HIDDEN]
    if not hidden:
        return
    opened = _opened(boxes)
    seen = {line.text for line in _running(root)}
    kinds: dict[tuple[str, str], list[Box]] = {}
    for box in hidden:
        kinds.setdefault((box.name, box.attributes.get("class", "")), []).append(box)
    # An accordion is judged as a whole, by all hidden boxes of one kind.
    for alike in kinds.values():
        if _is_text(alike, opened) and not _repeats(alike, seen):
            for box in alike:
                box.removed = ""
    _rejoin(boxes)
    add_up(boxes)
    waiting = sum(box.prose for box in hidden if box.removed)
    if not root.words or (
        waiting >= _LEAST_TEXT and root.prose < _NEXT_TO_NOTHING * (root.prose + waiting)
    ):
        restore(boxes, HIDDEN)
        _rejoin(boxes)
        add_up(boxes)


def _rejoin(boxes: list[Box]) -> None:
    """Put words that were hidden amid a line, and are text after all, back into it."""
    for box in reversed(boxes):  # a line's own hidden words before the line
        if not any(isinstance(child, Box) and child.marked for child in box.children):
            continue
        for line in box.children:
            if isinstance(line, InlineText):
                pieces = [piece for mark in line.pieces for piece in _shown(mark)]
                if len(pieces) != len(line.pieces):
                    line.pieces = pieces
                    weigh(line)


def _shown(mark: TextNode) -> list[TextNode]:
    """What stands where `mark` does: itself, and the words hidden there if they are shown now."""
    inner = mark.inner
    if inner is None or inner.removed or inner.struck:
        return [mark]
    lines = [child for child in inner.children if isinstance(child, InlineText)]
    others = [child for child in inner.children if isinstance(child, Box)]
    if len(lines) != 1 or not all(box.removed or not box.words for box in others):
        return [mark]
    inner.children = [*others]
    return [TextNode("", mark.first, mark.last), *lines[0].pieces]


def _running(box: Box) -> Iterator[InlineText]:
    return (node for node in box.walk() if isinstance(node, InlineText) and node.prose)


def _repeats(alike: list[Box], seen: set[str]) -> bool:
    """Whether most of what is hidden stands on the page as well, for screens of another size.

    What does not is noted in `seen`.
    """
    lines = [line for box in alike for line in _running(box)]
    again = sum(line.words for line in lines if line.text in seen)
    if again > max(_LEAST_COPY, _REPEATED * sum(line.words for line in lines)):
        return True
    seen.update(line.text for line in lines)
    return False


def _opened(boxes: list[Box]) -> set[str]:
    """The ids of what a control says that it opens."""
    return {name for box in boxes for name in box.attributes.get("aria-controls", "").split()}


def _is_text(alike: list[Box], opened: set[str]) -> bool:
    """Whether hidden boxes of one kind are folded parts of the page's text."""
    together = Box("div", {}, 1, 1, children=list(alike))
    for box in alike:
        together.words += box.words
        together.linked += box.linked
        together.running += box.running
        together.prose += box.prose
        together.privacy += box.privacy
    first = alike[0]
    if named_as_boilerplate(first) or first.name in (*vocabulary.FORMS, "noscript"):
        return False
    if together.linked > 0.4 * together.words:
        return False
    if _is_panel(first, opened):
        return together.running >= _LEAST_PANEL
    return together.prose >= _LEAST_TEXT and (on_privacy(together) or running(together))


def _is_panel(box: Box, opened: set[str]) -> bool:
    if box.attributes.get("role") == "tabpanel" or box.attributes.get("id", "") in opened - {""}:
        return True
    return any(_PANELS & set(parts_of(name)) for name in own_names(box))
