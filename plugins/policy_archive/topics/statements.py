"""What can be quoted of a block: its sentences, its items, its rows, each with what introduces it.

A line that ends in a colon, or as if in one, says nothing without the items behind it, so it stands
with them; an item stands with the line that introduces it. Headings, dates, links and a table's
head are none.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from policy_archive.model import Block, Section

_LINE, _CELL = re.compile(r"\n"), re.compile(r"\n| \| ")
_END = re.compile(r"[.!?][\"”’)\]]{0,3}\s+(?=[A-Z0-9“\"‘'(•*])")
_NO_END = re.compile(
    # Full stops after these end no sentence; nor after one capital ("U.S.", "J. Smith").
    r"(?:\b(?:e\.g|i\.e|etc|inc|ltd|llc|corp|co|no|vs|art|sec|mr|mrs|ms|dr|st|cf|incl|approx)"
    r"|(?:^|[\s.(])[A-Za-z]|^\W*\d{1,3})\.\W*$",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"<[^<>]{0,200}>|[*_#]{2,}|(?<!\S)[*•·▪◦●■□➢✓#>|–—-]+(?=\s)|(?<!\S)[*_](?=\w)|(?<=\w)[*_](?!\S)"
    r"|[•▪◦●■□\u200b-\u200f\ue000-\uf8ff]|\\(?=[^\w\s])|\|"
)
_MARKED = re.compile(r"[<*_#•·▪◦●■□➢✓>|\\\u200b-\u200f\ue000-\uf8ff]|(?<!\S)[–—-]")
"""Nearly no text has one."""
_NUMBER = re.compile(
    r"^\(?(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3})\s+"
)
_SPACE_BEFORE = re.compile(r" (?=[,;:.!?)])")
_SUBJECT = re.compile(r"\b(?:we|you|they|it|information|data|cookies|rights?)\b", re.IGNORECASE)
_SUBJECT_WITHIN = 200
"""Characters of an item that is a sentence by itself, within which it names its subject."""
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|may|might|can|could|will|would|shall"
    r"|should|must|we|you|they|it|i|\w+(?:s|ed|ing))\b|n['’]t\b",
    re.IGNORECASE,
)

FEWEST_WORDS = 4
"""Fewer say nothing by themselves, unless a line introduces them."""
_LONGEST_LEAD = 300
"""Characters."""
_MOST_ITEMS = 12
_SHOWN = 320
"""Characters up to which further items follow their introduction."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of a block that can be quoted by themselves."""

    block: str
    """The block's id."""
    start: int
    end: int
    """Where they stand in the block's text, in characters."""
    text: str
    """On one line, without marks of lists, tables and emphasis."""
    lead: str = ""
    """The line, ending in a colon, that introduces an item; empty for a sentence."""
    place: int = 0
    """How many sentences, items and rows of its block stand before it."""
    items: tuple[str, ...] = ()
    """Of a line that ends in a colon: what it introduces."""

    @property
    def shown(self) -> str:
        """The words as a reader is shown them: introduction, text, items."""
        if self.items:
            return f"{self.text} {_listed(self.items, _SHOWN - len(self.text))}"
        return f"{self.lead} {self.text}" if self.lead else self.text


def statements(section: Section, wanted: Collection[str]) -> Iterator[Statement]:
    """What can be quoted of the blocks `wanted` (by id) of a section, in order."""
    lead = ""
    blocks = [block for block in section.blocks if not block.folded]
    for block, follows in zip_longest(blocks, blocks[1:]):
        if block.id in wanted:
            yield from _of_block(block, lead, follows)
        # What introduces the next block, if this one ends so.
        lead = ""
        text = block.text.rstrip()
        if _introduces(text):
            last_line = text.rfind("\n") + 1
            *_, (_, _, last) = (0, 0, ""), *_sentences(text, last_line, len(text))
            lead = _lead(last)


def _of_block(block: Block, lead: str, follows: Block | None) -> Iterator[Statement]:
    """The statements of one block, after the line that introduces it."""
    parts = list(_parts(block))
    listed = block.kind == "list"
    for n, (start, end, text) in enumerate(parts):
        if _introduces(text):
            if behind := _behind(parts[n + 1 : n + 1 + _MOST_ITEMS], listed, follows):
                yield Statement(block.id, start, end, text, place=n, items=behind)
            lead = _lead(text)
            continue
        introduced = lead if listed and not _is_sentence(text) else ""
        if _says_something(text, introduced):
            yield Statement(block.id, start, end, text, introduced, n)


Part = tuple[int, int, str]
"""Start and end in the block's text, and the words without marks."""


def _parts(block: Block) -> Iterator[Part]:
    """The sentences of a block's lines and cells."""
    text = block.text
    first = 0
    if block.kind == "table" and block.has_header:
        first = text.find("\n") + 1 or len(text)
    start = first
    for stop in (*(_CELL if block.kind == "table" else _LINE).finditer(text, first), None):
        end = stop.start() if stop else len(text)
        yield from _sentences(text, start, end)
        start = stop.end() if stop else end


def _sentences(text: str, start: int, end: int) -> Iterator[Part]:
    """The sentences of one line."""
    ends = [it.end() for it in _END.finditer(text, start, end)]
    begin = start
    for _, stop in pairwise([start, *ends, end]):
        if stop != end and _NO_END.search(text[max(begin, stop - 12) : stop]):
            continue
        if words := plain(text[begin:stop]):
            yield begin, stop, words
        begin = stop


def plain(text: str) -> str:
    """`text` on one line, without marks of lists, tables and emphasis and without its number."""
    if _MARKED.search(text):
        text = _MARKS.sub(" ", text)
    line = " ".join(text.split())
    return _NUMBER.sub("", _SPACE_BEFORE.sub("", line))


def _behind(rest: Sequence[Part], listed: bool, follows: Block | None) -> tuple[str, ...]:
    """What a line that ends in a colon introduces: lines behind it, or the list that follows."""
    if not rest and follows is not None and follows.kind != "table":
        listed, rest = follows.kind == "list", list(_parts(follows))
    return tuple(text for _, _, text in rest[: _MOST_ITEMS if listed else 1])


def _listed(items: Sequence[str], room: int) -> str:
    """Items after one another, as many as there is room for, the first in any case."""
    shown = ""
    for item in items:
        text = item.rstrip(" ;,.")
        if shown and len(shown) + len(text) > room:
            return f"{shown}; …"
        between = "" if not shown else " " if shown.endswith(":") else "; "
        shown += between + text
    return shown.rstrip(":") + ("." if items[-1].endswith(".") else "")


def _introduces(text: str) -> bool:
    """Whether a line says nothing without what stands behind it."""
    return text.endswith((":", "limited to;", "following;", "as follows;"))


def _lead(text: str) -> str:
    """The line that introduces items, or nothing where it is too long to stand with each."""
    return text if len(text) <= _LONGEST_LEAD else ""


def _is_sentence(text: str) -> bool:
    """Whether an item says something without the line that introduces it."""
    if text.startswith(("We ", "You ", "Our ")):
        return True
    return (
        (text[0] in '“"' or text[0].isupper())
        and text.rstrip('”")').endswith(".")
        and bool(_SUBJECT.search(text[:_SUBJECT_WITHIN]))
    )


def _says_something(text: str, lead: str) -> bool:
    """Whether words are more than a heading, a link, a date."""
    size = len(text.split())
    if lead:
        return any(char.isalpha() for char in text)
    return size >= FEWEST_WORDS and (text[-1] in '.!?)”"' or size >= 8) and bool(_VERB.search(text))
