"""What a command is to read, and how: the paths it was given, and the project they lie in."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from policy_archive.build import parallel
from policy_archive.build.parallel import OpenWorkers
from policy_archive.build.store import Store
from policy_archive.catalogue import published
from policy_archive.cli.output import place
from policy_archive.errors import ProjectError, SourceError
from policy_archive.settings import Settings
from policy_archive.site import project
from policy_archive.site.project import Project
from policy_archive.sources.files import Source, find
from policy_archive.sources.forms import FORMS
from policy_archive.sources.git import history, objects, places
from policy_archive.sources.warc import container
from policy_archive.sources.warc import source as warc

log = logging.getLogger(__name__)

_LAYOUT = "policies"
"""Outside of projects, paths are shown from the folder that holds one of this name."""


class Reading(NamedTuple):
    """Everything that reading takes."""

    sources: list[Source]
    settings: Settings
    labels: Path | None
    """The file of corrected labels, if there may be one."""
    addresses: Path | None
    """The list of published addresses, if there may be one."""
    store: Store
    workers: OpenWorkers
    whole: bool
    """Whether `sources` are all that the store is for."""


@contextmanager
def reading(paths: Sequence[Path], config_file: Path | None) -> Iterator[Reading]:
    """What `paths` stand for, read as their project has it; without paths, all of the project.

    Raises:
        ProjectError: there is no project where one is needed, or it cannot be used.
        SourceError: a path is missing, or is nothing that can be read.
    """
    found = _project(paths, config_file)
    if found is None and not paths:
        raise ProjectError(
            "there is no mkdocs.yml here or in a folder above; go to a project, or name what to "
            "read"
        )
    if found:
        log.info("read as %s has it", place(Path(found.config.config_file_path)))
    settings, labels = (found.settings, found.labels) if found else (Settings(), None)
    addresses = found.folder / published.NAME if found else None
    if found and not paths:
        sources, workers = found.sources(), found.workers()
    else:
        sources = _given(paths, found.docs if found else None)
        # A project that merely lies above a path does not choose a cluster for us: what a cluster
        # answers is trusted like our own code.
        workers = parallel.opener(workers=found.options.workers if found else 0)
    with _store(found, paths) as store:
        yield Reading(sources, settings, labels, addresses, store, workers, whole=not paths)


@contextmanager
def _store(found: Project | None, paths: Sequence[Path]) -> Iterator[Store]:
    """The project's store, for texts of the project; else one that is kept for this command only.

    Even that is a file, so that memory does not grow with the archive.
    """
    with TemporaryDirectory(prefix="policy-archive-") as folder:
        own = found and all(_absolute(path).is_relative_to(found.folder) for path in paths)
        store = found.store() if found and own else Store(Path(folder) / "results.sqlite")
        try:
            yield store
        finally:
            store.close()


def here(config_file: Path | None) -> Project:
    """The project that `config_file` names, or that the current folder lies in.

    Raises:
        ProjectError: there is none, or it cannot be used.
    """
    found = _project((), config_file)
    if found is None:
        raise ProjectError(
            "there is no mkdocs.yml here or in a folder above; go to a project, or begin one with "
            "`policy-archive init`"
        )
    return found


def _project(paths: Sequence[Path], config_file: Path | None) -> Project | None:
    if config_file:
        return project.load(config_file)
    file = (project.above(paths[0]) if paths else None) or project.above(Path())
    return project.load(file) if file else None


def _given(paths: Sequence[Path], docs: Path | None) -> list[Source]:
    """Every text that `paths` stand for, each once, in their order."""
    found: dict[tuple[Path, str], Source] = {}
    for path in paths:
        sources = _at(path, docs)
        if not sources:
            log.warning("%s: holds no archived text (%s)", path, ", ".join(FORMS))
        for source in sources:
            found.setdefault((source.file, source.name if source.revision else ""), source)
    return _told_apart(list(found.values()))


def _at(path: Path, docs: Path | None) -> Sequence[Source]:
    if places.git_dir(path):
        return _versions(path)
    if objects.is_bundle(path):
        raise SourceError(f"{path}: a git bundle; clone it first: git clone {path} FOLDER")
    if container.is_crawl(path) and path.exists():
        return warc.find(path)
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder")
    whole = _absolute(path)
    return find(whole, _root(whole, docs))


def _versions(path: Path) -> Sequence[Source]:
    try:
        return history.one_form(history.find(path))
    except OSError as error:
        raise SourceError(str(error)) from error


def _absolute(path: Path) -> Path:
    """Without `..`, and with links as they are: a project may keep its texts behind one."""
    return Path(os.path.normpath(path.absolute()))


def _root(path: Path, docs: Path | None) -> Path:
    """The folder that shown paths are relative to, so that a file bears the same path as in a site.

    That is the project's docs folder, else the one that holds `policies/`, else the given one.
    """
    if docs and path.is_relative_to(docs):
        return docs
    for folder in (path, *path.parents):
        if folder.name == _LAYOUT:
            return folder.parent
    return path if path.is_dir() else path.parent


def _told_apart(sources: list[Source]) -> list[Source]:
    """`sources` with paths from further up, where two files would bear the same one."""
    files = [source for source in sources if not source.revision]
    if len({source.path for source in files}) == len(files):
        return sources
    top = os.path.commonpath([source.file for source in files])
    return [
        source
        if source.revision or source.problem
        else replace(source, path=find(source.file, Path(top))[0].path)
        for source in sources
    ]
