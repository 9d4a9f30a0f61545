"""Bytes to blocks: decoding, then one reader per form of text.

A reader turns text into flat blocks (headings included) and says what it had to change or leave
out. It keeps every visible word, in order: what is not in `blocks` is in `repairs`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from policy_archive.model import Block, Notice, Repair

REPAIRS: Mapping[str, tuple[str, bool]] = {
    "cell-break": ("Breaks lines in a table's cell where a converter wrote `<br>`.", True),
    "cell-mark": ("Prints a cell's list with bullets, its headings in bold.", True),
    "hidden-text": ("Leaves out text that the page kept hidden.", False),
    "letter-bullet": ("Takes a letter “o” that stood for a bullet as one.", True),
    "lone-mark": ("Takes out marks of emphasis that no other mark closes.", True),
    "missing-space": ("Parts words that a link or a label had grown together with.", True),
    "page-furniture": ("Leaves out menus, banners and footers around the policy.", False),
    "raised-text": ("Tells raised numbers from the word or number before them.", True),
    "struck-text": ("Shows as struck out what the page had, and leaves it out of the text.", False),
    "split-link": ("Takes out the brackets of a link that spanned several blocks.", True),
    "rule-line": ("Leaves out lines drawn with characters.", True),
}
"""Repairs that readers make: what each does, and whether it is routine (see `cleaning.rule`)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one source text."""

    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...] = ()
    notices: tuple[Notice, ...] = ()
    title: str = ""
    """The page's own `<title>`, where the form of text has one; not part of the text."""
    language: str = ""
    """The language that the markup declares, if any (BCP 47)."""
    unread: bool = False
    """The blocks are the source as it stands, of which nothing more is to be asked."""
