"""The folder of what is kept between builds: what is in it, and how to be rid of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

_MEANINGS = (
    ("results-", "texts that were read, cleaned and labelled"),
    ("pages-build", "pages of `mkdocs build`"),
    ("pages-serve", "pages of `mkdocs serve`"),
    ("search", "the index for full-text search, in shards"),
    ("site-", "a build that is under way, or was stopped"),
)


def cache_folder(project: Path) -> Path:
    """Where the project in the folder `project` keeps results."""
    return project / ".cache" / "policy-archive"


def contents(folder: Path) -> Iterator[str]:
    """One line for each kind of thing in the cache: meaning, files, size."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    if not found:
        yield f"{folder}: empty"
    for prefix, meaning in _MEANINGS:
        paths = [path for path in found if path.name.startswith(prefix)]
        sizes = [size for path in paths for size in _sizes(path)]
        if sizes:
            yield f"{meaning}: {len(sizes):,} files, {sum(sizes) / 1e6:,.1f} MB"


def clear(folder: Path) -> None:
    """Remove all of it."""
    shutil.rmtree(folder, ignore_errors=True)


def _sizes(path: Path) -> Iterator[int]:
    for file in [path] if path.is_file() else path.rglob("*"):
        if file.is_file():
            yield file.stat().st_size
