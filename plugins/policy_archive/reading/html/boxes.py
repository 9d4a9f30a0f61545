"""A page as a tree of boxes and lines of inline text: what `layout.py` makes of markup.

A `Box` is a block element; it holds further boxes and `InlineText`, so that what reads them never
has to ask whether a `<span>` wraps a paragraph.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from policy_archive.model import Lines, Repair

HEADING, LIST, TABLE = 1, 2, 4
KINDS = {
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], HEADING),
    **dict.fromkeys(["dir", "dl", "ol", "ul"], LIST),
    "table": TABLE,
}
"""What an element of a name counts as in `Box.holds`."""


@dataclass(slots=True)
class TextNode:
    """Inline text under one set of marks, as written."""

    text: str
    first: int
    last: int
    href: str = ""
    bold: bool = False
    italic: bool = False
    broken: bool = False
    """This piece is a printed line break."""
    inner: "Box | None" = None
    """What stood here: words that the page has struck out, or hides."""


@dataclass(slots=True, eq=False)
class InlineText:
    """Inline text between two block boundaries, with its statistics."""

    first: int
    last: int
    pieces: list[TextNode] = field(default_factory=list)
    words: int = 0
    linked: int = 0
    """Words in links that lead away from the page."""
    running: int = 0
    """Words of running text, where the line has any."""
    prose: float = 0.0
    """How many of those read as a policy's."""
    privacy: int = 0
    """Words of running text that policies use and few other texts do."""
    removed: str = ""
    """The ledger rule that takes this line out, if any."""

    @property
    def text(self) -> str:
        """The line's words as a browser shows them, in one line."""
        return " ".join("".join([piece.text for piece in self.pieces]).split())


@dataclass(slots=True, eq=False)
class Box:
    """A block element: what is in it, and the statistics of all text below it."""

    name: str
    attributes: dict[str, str]
    first: int
    last: int
    verbatim: bool = False
    hidden: bool = False
    struck: bool = False
    """The page has struck this text out."""
    marked: bool = False
    """The line behind this box has a piece for where it stood."""
    pictures: list[str] = field(default_factory=list)
    """In a table's cell: what its pictures say."""
    children: list["Box | InlineText"] = field(default_factory=list)
    words: int = 0
    linked: int = 0
    running: int = 0
    prose: float = 0.0
    privacy: int = 0
    holds: int = 0
    """Which of `HEADING`, `LIST`, `TABLE` there are below."""
    bold: bool = False
    """All text below is bold, as it is in the term of a definition."""
    removed: str = ""

    @property
    def lines(self) -> Lines:
        """First and last line of the source."""
        return self.first, self.last

    def walk(self) -> Iterator["Box | InlineText"]:
        """Everything below that has not been removed, in document order."""
        stack = self.children[::-1]
        while stack:
            node = stack.pop()
            if not node.removed:
                yield node
                if isinstance(node, Box):
                    stack.extend(reversed(node.children))

    @property
    def text(self) -> str:
        """All words below, in order, one line of text a line."""
        texts = [node.text for node in self.walk() if isinstance(node, InlineText)]
        return "\n".join(text for text in texts if text)


@dataclass(slots=True)
class Page:
    """One saved page: what a browser would show, and what the page says of itself."""

    root: Box
    title: str = ""
    language: str = ""
    frameset: bool = False
    base: str = ""
    """The address that the page's links start from, where it is not the page's own."""
    repairs: list[Repair] = field(default_factory=list)
    """What was changed in laying the page out."""
