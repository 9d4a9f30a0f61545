"""Which files a commit has renamed: those with the same bytes, or most of the lines in common.

As in git (`diff.renameLimit`), the work is bounded: each file is looked at once, long ones by a
sample of their lines, and where very many went and came at once only equal bytes count.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from policy_archive.sources.git import objects
from policy_archive.sources.git.blobs import blobs

_SIMILAR = 0.5
"""Share of the longer file's lines in common from which a new file continues one that went."""

_MOST_PAIRS = 10_000
"""An archive that moved house and was rewritten in one commit: there is no telling."""

_SAMPLE = 1_000
"""Lines of a file that are looked at: those with the smallest checksums."""


class _Lines(NamedTuple):
    """The different lines of a file, by checksum: of a long one those with the smallest."""

    ordered: list[int]
    """At most `_SAMPLE`, ascending."""
    bound: float
    """Up to which checksum all lines are here."""
    every: frozenset[int]
    """The same as `ordered`."""


def renames(files: Sequence[objects.Touched], folder: Path) -> dict[str, objects.Touched]:
    """New paths in one commit, each with the file that it was before."""
    gone = [file for file in files if not file.blob]
    new = [file for file in files if file.blob and not file.before]
    found: dict[str, objects.Touched] = {}
    by_blob: dict[str, list[objects.Touched]] = defaultdict(list)
    for old in reversed(gone):
        by_blob[old.before].append(old)
    for file in new:
        if by_blob[file.blob]:
            found[file.path] = by_blob[file.blob].pop()
    taken = {old.path for old in found.values()}
    gone = [old for old in gone if old.path not in taken]
    new = [file for file in new if file.path not in found]
    if not gone or len(gone) * len(new) > _MOST_PAIRS:
        return found
    before = {old.path: _lines(folder, old.before) for old in gone}
    for file in new:
        lines = _lines(folder, file.blob)
        shares = ((_share(lines, before[old.path]), old) for old in gone)
        best, old = max(shares, key=lambda pair: pair[0], default=(0.0, file))
        if best >= _SIMILAR:
            found[file.path] = old
            gone.remove(old)
    return found


def _lines(folder: Path, blob: str) -> _Lines:
    try:
        data = blobs(folder).read(blob)
    except OSError:  # whoever reads the text will find the same, and say so
        data = b""
    checksums = sorted({crc32(line) for line in map(bytes.strip, data.split(b"\n")) if line})
    whole = len(checksums) <= _SAMPLE
    sample = checksums[:_SAMPLE]
    return _Lines(sample, float("inf") if whole else sample[-1], frozenset(sample))


def _share(one: _Lines, other: _Lines) -> float:
    """The share of the longer one's lines that both have, as far as both samples reach."""
    bound = min(one.bound, other.bound)
    longer = max(bisect_right(one.ordered, bound), bisect_right(other.ordered, bound))
    return len(one.every & other.every) / longer if longer else 0.0
