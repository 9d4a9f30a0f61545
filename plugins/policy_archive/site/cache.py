"""What is kept between builds: `.cache/policy-archive/` beside `mkdocs.yml`."""

from pathlib import Path

from policy_archive.build.cache import RESULTS, cache_folder, prepare
from policy_archive.build.store import Store


def folder_of(config_file: str | None) -> Path | None:
    """The cache of the project of `config_file`; None where nothing can be written."""
    if config_file is None:
        return None
    return prepare(cache_folder(Path(config_file).resolve().parent))


def open_store(folder: Path | None) -> Store:
    """The store of results in `folder`; without one it lasts as long as the object."""
    return Store(folder and folder / RESULTS)
