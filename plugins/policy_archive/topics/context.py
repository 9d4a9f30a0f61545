"""What a block must be read with: its heading, and the line that introduces a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from policy_archive.model import Block, Document
from policy_archive.text.words import words

_LONG = 150
"""Lists and tables of more words are scored part by part: a long list dilutes what it says."""
_PART = 60
_GIANT = 420
"""Paragraphs of more words lost their breaks on the way to the archive: they are scored so, too."""
_SENTENCES = 80
_LINE_END = re.compile(r"\n")
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s*(?=[A-Z“\"(])")
_INTRO = 60
_MOST = 1000
"""Characters of a heading or introduction that are read again with each block: real ones have up
to 600, and a longer one would be read as often as there are blocks."""
_CONTINUES = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|[a-z•·–—-]")
"""How a paragraph begins that is really an item of the list before it."""
_TITLES = frozenset({"privacy", "policy", "statement", "notice", "terms", "the", "our", "of"})


class Part(NamedTuple):
    """A text that is scored by itself."""

    text: str
    start: int = 0
    """Where it begins in the block's text, in characters; what introduces it left out."""


@dataclass(frozen=True, slots=True)
class BlockInContext:
    """One block as the labeller reads it."""

    block: str
    heading: str | None
    parts: tuple[Part, ...]


def in_context(document: Document) -> Iterator[BlockInContext]:
    """The blocks to label, in document order; the site's own menus and footers are left out."""
    above: list[tuple[int, str]] = []
    for section in document.sections:
        while above and above[-1][0] >= section.level:
            above.pop()
        title = section.title and section.title[:_MOST]
        heading = _heading(title, above[-1][1] if above else "")
        if title:
            above.append((section.level, title))
        intro = ""
        for block in section.blocks:
            if block.folded:
                continue
            text = block.text
            item = block.kind in ("list", "table") or bool(_CONTINUES.match(text))
            yield BlockInContext(
                block.id, heading, tuple(_parts(block, text, intro if item else ""))
            )
            if text.rstrip().endswith(":") and len(text.split()) <= 4 * _INTRO:
                intro = " ".join(text.split()[-_INTRO:])[-_MOST:]
            elif not item:
                intro = ""


def _heading(title: str | None, above: str) -> str | None:
    """The section's own title, with the one above where it says little ("1.", "General")."""
    if title is None or len(words(title)) > 1:
        return title
    # The document's own title says nothing about its parts.
    return title if set(words(above)) <= _TITLES else f"{above}: {title}"


def _parts(block: Block, text: str, intro: str) -> Iterator[Part]:
    """The block's text after the line that introduces it; a long block part by part."""
    lead = intro + "\n" if intro else ""
    if block.kind in ("list", "table"):
        most, end_of_part, least = _LONG, _LINE_END, _PART
    else:
        most, end_of_part, least = _GIANT, _SENTENCE_END, _SENTENCES
    # So many words have at least twice as many characters; most blocks are shorter.
    if len(text) <= 2 * most or len(text.split(None, most)) <= most:
        if text := text.rstrip("\n"):
            yield Part(lead + text)
        return
    ends = [match.end() for match in end_of_part.finditer(text)]
    start = size = 0
    for before, end in pairwise([0, *ends, len(text)]):
        size += len(text[before:end].split())
        if size >= least or end == len(text):
            if part := text[start:end].rstrip("\n"):
                yield Part(lead + part, start)
            start, size = end, 0
