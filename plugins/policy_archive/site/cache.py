"""What is kept between builds: `.cache/policy-archive/` beside `mkdocs.yml`."""

import logging
import sqlite3
from pathlib import Path

from policy_archive.build.store import Store
from policy_archive.site.fingerprint import PACKAGE, code_digest

log = logging.getLogger("mkdocs.plugins.policy_archive")


def folder_of(config_file: str | None) -> Path | None:
    """The cache of the project of `config_file`; None where nothing can be written."""
    if config_file is None:
        return None
    folder = Path(config_file).resolve().parent / ".cache" / "policy-archive"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignored = folder / ".gitignore"
        if not ignored.exists():  # nobody should have to keep results out of a repository by hand
            ignored.write_text("*\n", "utf-8")
    except OSError as error:
        log.info("%s: results are not kept between builds (%s)", folder, error)
        return None
    return folder


def open_store(folder: Path | None) -> Store:
    """The store of results in `folder`; in memory where nothing can be written.

    Its name holds a digest of the code that makes results, so that a changed program never meets
    results of another one, even while it is being worked on.
    """
    if folder is None:
        return Store()
    name = f"results-{code_digest(PACKAGE, without=('site',))[:16]}.sqlite"
    try:
        store = Store(folder / name)
        for other in folder.glob("results-*.sqlite*"):
            if not other.name.startswith(name):
                other.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        log.info("%s: results are not kept between builds (%s)", folder, error)
        return Store()
    return store
