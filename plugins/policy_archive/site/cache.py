"""What is kept between builds: `.cache/policy-archive/` beside `mkdocs.yml`."""

from pathlib import Path

from policy_archive.build.cache import PAGES, RESULTS, cache_folder, prepare
from policy_archive.build.store import Store
from policy_archive.site.rendered import Rendered


def folder_of(config_file: str | None) -> Path | None:
    """The cache of the project of `config_file`; None where nothing can be written."""
    return None if config_file is None else prepare(cache_folder(Path(config_file).parent))


def open_store(folder: Path | None) -> Store:
    """The store of results in `folder`; without one it lasts as long as the object."""
    return Store(folder and folder / RESULTS)


def open_rendered(folder: Path | None, command: str) -> Rendered:
    """Pages of earlier builds; a preview, whose addresses are others, has its own."""
    return Rendered(folder and folder / f"{PAGES}{command}")
