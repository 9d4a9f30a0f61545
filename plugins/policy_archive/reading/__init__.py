"""Bytes to blocks: decoding, then one reader per form of text.

A reader turns text into flat blocks (headings included) and says what it had to change or leave
out. It keeps every visible word, in order: what is not in `blocks` is in `repairs`.
"""

from dataclasses import dataclass

from policy_archive.model import Block, Notice, Repair


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
