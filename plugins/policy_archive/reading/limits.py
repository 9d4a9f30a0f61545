"""The largest text that is read, and what becomes of a larger one: it is shown as it stands.

Work on a text is linear in its length (`tests/contracts/test_time.py`), so these limits bound the
time and memory that any file may take: some seconds, some hundred megabytes. What real policies
have is told in `docs/cleaning.md`.
"""

from collections.abc import Iterator

from policy_archive.model import Block, Notice, Run
from policy_archive.reading import Reading

CHARACTERS = 2_000_000
"""Of text; in HTML, of the text that a browser would show."""
PAGE_CHARACTERS = 20_000_000
"""Of an HTML page's source, which may hold its pictures and styles as well."""
LINES = 50_000
MARKS = 50_000
"""Characters that Markdown may give a meaning to, or elements of HTML."""
TOKENS = 500_000
"""Of Markdown, with the cells that complete a table's short rows."""
DEPTH = 60
"""Levels of nesting in Markdown, where a list has one and each of its items another."""

_PIECE = 10_000
"""Characters that stand together in one block of a text that is shown as it stands."""


class BeyondLimitsError(ValueError):
    """A text is larger or more intricate than any that is read; the message says in what."""


def require(count: int, limit: int, things: str) -> None:
    """Make sure that a text has no more than `limit` of some `things`.

    Raises:
        BeyondLimitsError: it has more.
    """
    if count > limit:
        raise BeyondLimitsError(f"it has more than {limit:,} {things}")


def as_it_stands(text: str, reason: str) -> Reading:
    """All of `text` as preformatted blocks, unread, with a doubt that gives the `reason`."""
    message = f"The text is shown as it stands and was not looked into, since {reason}."
    return Reading(tuple(_pieces(text)), notices=(Notice("beyond-limits", message),), unread=True)


def _pieces(text: str) -> Iterator[Block]:
    """Blocks of whole lines, or of whole words where a line is too long for one block."""
    start, line = 0, 1
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            end = text.rfind("\n", start, end) + 1 or text.rfind(" ", start, end) + 1 or end
        piece = text[start:end]
        shown = piece.strip("\n")
        first = line + len(piece) - len(piece.lstrip("\n"))
        if shown.strip():
            yield Block("preformatted", (first, first + shown.count("\n")), (Run(shown),))
        start, line = end, line + piece.count("\n")
