"""What is kept between builds: `.cache/policy-archive/` beside `mkdocs.yml`."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock
from mkdocs.exceptions import PluginError

from policy_archive.build.cache import CATALOGUE, TEXTS, cache_folder, clear, prepare
from policy_archive.build.texts import Texts
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.published import withdrawn
from policy_archive.catalogue.published.withdrawn import Withdrawn
from policy_archive.errors import ProjectError

_WITHDRAWN = "withdrawn"
"""Holds a digest of what was withdrawn at the last build."""


def folder_of(config_file: str | None) -> Path | None:
    """The cache of the project of `config_file`; None where nothing can be written."""
    if config_file is None:
        return None
    return prepare(cache_folder(Path(config_file).resolve().parent))


def forget_withdrawn(config_file: str | None) -> bool:
    """Clear the cache where other things are withdrawn than at the last build; whether they are.

    So nothing of them is left, in whatever form it was kept.

    Raises:
        PluginError: the list of what is withdrawn cannot be read.
    """
    if config_file is None:
        return False
    project = Path(config_file).resolve().parent
    folder = cache_folder(project)
    try:
        now = _noted(withdrawn.read(project / withdrawn.NAME))
    except ProjectError as error:
        raise PluginError(f"policy-archive: {error}") from error
    before = ""
    with suppress(OSError):  # there is none, or no cache that can be used
        before = (folder / _WITHDRAWN).read_text("utf-8")
    if now != before:
        with suppress(OSError):
            clear(folder)
    return now != before


def note_withdrawn(folder: Path | None, hidden: Withdrawn) -> None:
    """Note in the cache what is withdrawn from this build on."""
    if folder is None:
        return
    with suppress(OSError):  # the next build then begins from nothing, too
        if now := _noted(hidden):
            (folder / _WITHDRAWN).write_text(now, "utf-8")
        else:
            (folder / _WITHDRAWN).unlink(missing_ok=True)


def _noted(hidden: Withdrawn) -> str:
    return digest(hidden) if hidden.entries else ""


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
