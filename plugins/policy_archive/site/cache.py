"""Where results are kept between builds: `.cache/policy-archive/` beside `mkdocs.yml`."""

import hashlib
import logging
import sqlite3
from pathlib import Path

from policy_archive.store import Store

log = logging.getLogger("mkdocs.plugins.policy_archive")

_PACKAGE = Path(__file__).parents[1]


def open_store(config_file: str | None) -> Store:
    """The store of the project of `config_file`; in memory where nothing can be written.

    Its name holds a digest of the code that makes results, so that a changed program never meets
    results of another one, even while it is being worked on.
    """
    if config_file is None:
        return Store()
    folder = Path(config_file).parent / ".cache" / "policy-archive"
    name = f"results-{_code_digest()}.sqlite"
    try:
        store = Store(folder / name)
        for other in folder.glob("results-*.sqlite*"):
            if not other.name.startswith(name):
                other.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        log.info("%s: results are not kept between builds (%s)", folder, error)
        return Store()
    return store


def _code_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        inside = path.relative_to(_PACKAGE)
        # Pages are made anew in every build; only what reads, cleans and labels leaves results.
        if inside.parts[0] == "site" or path.is_dir() or "__pycache__" in inside.parts:
            continue
        digest.update(f"{inside.as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
