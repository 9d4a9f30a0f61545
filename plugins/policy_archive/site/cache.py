"""What is kept between builds: `.cache/policy-archive/` beside `mkdocs.yml`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from policy_archive.build.cache import CATALOGUE, TEXTS, cache_folder, prepare
from policy_archive.build.texts import Texts
from policy_archive.catalogue.catalogue import Catalogue


def folder_of(config_file: str | None) -> Path | None:
    """The cache of the project of `config_file`; None where nothing can be written."""
    if config_file is None:
        return None
    return prepare(cache_folder(Path(config_file).resolve().parent))


def open_catalogue(folder: Path | None) -> tuple[Catalogue, Texts]:
    """What is known of the texts in `folder`, and what was made of them.

    Without a folder both last as long as the objects.
    """
    return Catalogue(folder and folder / CATALOGUE), Texts(folder and folder / TEXTS)


@contextmanager
def alone(folder: Path | None) -> Iterator[None]:
    """Bring the catalogue in `folder` up to date; another build that does so is waited for."""
    lock = FileLock(folder / "catalogue.lock") if folder else None
    try:
        if lock:
            lock.acquire()
    except OSError:  # a folder without rights: what is written there is not kept either
        lock = None
    try:
        yield
    finally:
        if lock:
            lock.release()
