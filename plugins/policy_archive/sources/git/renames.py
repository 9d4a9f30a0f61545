"""Which files a commit has renamed: those with the same bytes, or most of the lines in common."""

from collections.abc import Sequence
from pathlib import Path

from policy_archive.sources.git import objects

_SIMILAR = 0.5
"""Share of lines in common from which a new file continues one that went in the same commit."""


def renames(files: Sequence[objects.Touched], folder: Path) -> dict[str, objects.Touched]:
    """New paths in one commit, each with the file that it was before."""
    gone = [file for file in files if not file.blob]
    new = [file for file in files if file.blob and not file.before]
    found: dict[str, objects.Touched] = {}
    for file in new:
        same = next((old for old in gone if old.before == file.blob), None)
        if same:
            found[file.path] = same
            gone.remove(same)
    rest = [file for file in new if file.path not in found]
    if len(gone) * len(rest) > 10_000:  # an archive moved house and was rewritten: no telling
        return found
    store = objects.blobs(folder)
    for file in rest:
        lines = _lines(store.read(file.blob)) if gone else frozenset()
        alike = [(_share(lines, _lines(store.read(old.before))), old) for old in gone]
        best = max(alike, key=lambda pair: pair[0], default=None)
        if best and best[0] >= _SIMILAR:
            found[file.path] = best[1]
            gone.remove(best[1])
    return found


def _lines(data: bytes) -> frozenset[bytes]:
    return frozenset(line.strip() for line in data.split(b"\n") if line.strip())


def _share(one: frozenset[bytes], other: frozenset[bytes]) -> float:
    return len(one & other) / max(len(one), len(other), 1)
