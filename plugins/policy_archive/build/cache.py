"""What a project keeps between builds: its folder, what lies in it, and how to be rid of it."""

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from policy_archive.text.sentences import counted

log = logging.getLogger("policy_archive.build.cache")

CATALOGUE = "catalogue.sqlite"
TEXTS = "texts.sqlite"
SEARCH = "search"
DATA = "data"
SITE = "site-"
"""Followed by what tells sites of one project apart."""
CRAWLS = "crawls"
VERSIONS = "versions-"
"""Followed by what tells repositories apart."""

_MEANINGS = (
    ("catalogue", "the catalogue of texts, topics and changes"),
    ("clones", "clones of repositories"),
    (DATA, "tables of the dataset"),
    (CRAWLS, "lists of records in crawls"),
    ("texts", "texts that were read, cleaned and labelled, and bodies of pages"),
    (SEARCH, "the index for full-text search, in shards"),
    (SITE, "the site before the last one, with which the next build begins"),
    (VERSIONS, "lists of versions in git repositories"),
)


def cache_folder(project: Path) -> Path:
    """Where the project in the folder `project` keeps results."""
    return project / ".cache" / "policy-archive"


def prepare(folder: Path) -> Path | None:
    """`folder`, made if need be and unseen by git; None, said in one line: it cannot be used."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        if not os.access(folder, os.W_OK):
            raise PermissionError("it cannot be written to")
    except OSError as error:
        log.warning("%s: nothing is kept between builds (%s)", folder, error)
        return None
    return folder


def contents(folder: Path) -> Iterator[str]:
    """One line for each kind of thing in the cache: meaning, files, size."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    if not any(path.name.startswith(prefix) for path in found for prefix, _ in _MEANINGS):
        yield f"{folder}: empty"
    for prefix, meaning in _MEANINGS:
        paths = [path for path in found if path.name.startswith(prefix)]
        sizes = [size for path in paths for size in _sizes(path)]
        if sizes:
            yield f"{meaning}: {counted(len(sizes), 'file')}, {sum(sizes) / 1e6:,.1f} MB"


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
