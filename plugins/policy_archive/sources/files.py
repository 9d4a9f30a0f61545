"""Archived policies kept as files in a folder, whatever its layout."""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policy_archive.sources.forms import form
from policy_archive.sources.provenance import Claims

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """The untouched bytes of one snapshot, and where they are."""

    path: str
    """POSIX path as shown, e.g. `policies/softorino.com.md`."""
    file: Path
    """Where the bytes are."""
    revision: str = ""
    """The commit, for a version in a repository."""
    order: int = 0
    """Decides between snapshots of one moment, before the path does."""
    technical: bool = False
    """Recorded because the archive's own tools had changed, not the site."""

    @property
    def name(self) -> str:
        """Tells this source from all others of the archive."""
        return f"{self.path}@{self.revision[:12]}" if self.revision else self.path

    def read(self) -> bytes:
        """The bytes as archived."""
        return self.file.read_bytes()

    def fingerprint(self) -> bytes:
        """All that a result depends on, with the path and the settings."""
        return self.read()

    def claims(self) -> Claims | None:
        """What is known of the text's provenance from outside of it."""
        return None

    def keeps(self, kind: str, captured: str, language: str) -> bool:
        """Whether the maintainer wants a snapshot of this kind, moment and language."""
        return True


def find(folder: Path, root: Path) -> list[Source]:
    """Every archived text below `folder`, by path; `root` is what paths are shown relative to.

    Hidden files and folders are left out. A file named itself is taken whatever its ending.
    """
    if folder.is_file():
        return [Source(_shown(folder, root), folder)]
    files = _walk(folder, os.path.realpath(folder))
    return sorted((Source(_shown(file, root), file) for file in files), key=lambda it: it.path)


def _walk(folder: Path, inside: str) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_symlink() and not _stays(entry, inside):
                # An archive is foreign material: a link in it must not publish a private file.
                _log.warning("%s: left out, since the link leads out of the archive", entry.path)
            elif entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), inside)
            elif entry.is_file() and form(entry.name):
                yield Path(entry.path)


def _stays(entry: os.DirEntry[str], inside: str) -> bool:
    target = os.path.realpath(entry.path)
    return target.startswith(inside + os.sep)


def _shown(file: Path, root: Path) -> str:
    try:
        path = file.relative_to(root)
    except ValueError:
        path = file
    # File names are bytes on POSIX; what is not UTF-8 must still print and be stored.
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")
