"""How a long listing is divided into pages that hold still.

Pages of so many rows each would all become others where one row is added at the front. Here a
listing that is too long is divided at a policy that is chosen by the digest of its name, near the
middle; so is each part, until none is too long. Whoever comes or goes then changes one page, and
seldom more; and the outcome depends on who is listed, not on how they came.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import TypeVar

from policy_archive.catalogue.catalogue import Catalogue

_Row = TypeVar("_Row", bytes, tuple[bytes, str])
ROWS = 500
"""On a page, at most, where nobody says otherwise."""


def divide(catalogue: Catalogue, most: int) -> None:
    """Divide the policies there are into pages of at most `most`, while writing."""
    ask = catalogue.connection.execute
    names = [name for (name,) in ask("SELECT collation FROM policies ORDER BY collation")]
    found = {page[0] for page in pages(names, most) if page}
    known = {first for (first,) in ask("SELECT first FROM ranges")}
    for query, firsts in (
        ("DELETE FROM ranges WHERE first = ?", known - found),
        ("INSERT INTO ranges VALUES (?)", found - known),
    ):
        catalogue.connection.executemany(query, [(first,) for first in firsts])


def pages(rows: Sequence[_Row], most: int) -> Iterator[Sequence[_Row]]:
    """`rows`, which are in order, in pages of at most `most`, and usually of half that or more.

    A row is a name, or begins with one. Of two divisions that with the smaller pages divides the
    pages of the other.
    """
    lots = [_lot(row if isinstance(row, bytes) else row[0]) for row in rows]

    def cuts(start: int, end: int) -> Iterator[int]:
        if end - start <= most:
            return
        third = max(1, (end - start) // 3)
        cut = min(range(start + third, end - third + (end - start == 2)), key=lots.__getitem__)
        yield from cuts(start, cut)
        yield cut
        yield from cuts(cut, end)

    for start, end in pairwise([0, *cuts(0, len(rows)), len(rows)]):
        yield rows[start:end]


def _lot(name: bytes) -> bytes:
    return blake2b(name, digest_size=8).digest()
