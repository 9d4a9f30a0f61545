"""The folder of what is kept between builds: what is in it, and how to be rid of it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from policy_archive.text.sentences import counted

_MEANINGS = (
    ("results-", "texts that were read, cleaned and labelled"),
    ("pages-build", "pages of `mkdocs build`"),
    ("pages-serve", "pages of `mkdocs serve`"),
    ("search", "the index for full-text search, in shards"),
    ("site-", "a build that is under way, or was stopped"),
    ("versions-", "lists of what git repositories hold"),
)


def cache_folder(project: Path) -> Path:
    """Where the project in the folder `project` keeps results."""
    return project / ".cache" / "policy-archive"


def contents(folder: Path) -> Iterator[str]:
    """One line for each kind of thing in the cache: meaning, files, size."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    if not any(path.name.startswith(prefix) for path in found for prefix, _ in _MEANINGS):
        yield f"{folder}: empty"
    for prefix, meaning in _MEANINGS:
        paths = [path for path in found if path.name.startswith(prefix)]
        sizes = [size for path in paths for size in _sizes(path)]
        if sizes:
            files = counted(len(sizes), "file")
            yield f"{meaning}: {files}, {sum(sizes) / 1e6:,.1f} MB"


def clear(folder: Path) -> None:
    """Remove all of it.

    Raises:
        OSError: something in it cannot be removed.
    """
    if os.path.lexists(folder):
        shutil.rmtree(folder)


def _sizes(path: Path) -> Iterator[int]:
    for file in [path] if path.is_file() else path.rglob("*"):
        if file.is_file():
            yield file.stat().st_size
