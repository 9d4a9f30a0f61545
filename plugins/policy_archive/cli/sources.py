"""What a command is to read, and how: the paths it was given, and the project they lie in."""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from policy_archive.build import parallel
from policy_archive.build.archive import Beside, ReadArchive, read_archive
from policy_archive.build.parallel import OpenWorkers
from policy_archive.build.progress import Progress
from policy_archive.build.texts import Texts
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.questions.ranges import ROWS
from policy_archive.cli.output import place
from policy_archive.errors import ProjectError, SourceError
from policy_archive.settings import Settings
from policy_archive.site.project import cache, project
from policy_archive.site.project.project import Project
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
    beside: Beside
    workers: OpenWorkers
    rows: int
    """Of a page of a long listing, by which the catalogue is divided."""
    catalogue: Catalogue
    texts: Texts
    whole: bool
    """Whether `sources` are all of a project."""
    project: Project | None
    """That they are read as."""
    cache: Path | None
    """The folder of what that keeps; None: nothing is kept."""
    lock: AbstractContextManager[None]
    """Held while these two are brought up to date."""

    def bring_up_to_date(self, by_name: Mapping[str, Source], progress: Progress) -> ReadArchive:
        """Read what is new of the sources; the lock is held."""
        return read_archive(
            self.catalogue,
            self.texts,
            by_name,
            self.settings,
            self.beside,
            workers=self.workers,
            progress=progress,
            rows=self.rows,
            whole=self.whole,
        )


@contextmanager
def reading(paths: Sequence[Path], config_file: Path | None) -> Iterator[Reading]:
    """What `paths` stand for, read as their project has it; without paths, all of the project.

    All of a project shares the catalogue of its builds; anything else has one for this command.

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
    settings, beside = (found.settings, found.beside) if found else (Settings(), Beside())
    if found and not paths:
        sources, workers, folder = found.sources(), found.workers(), found.cache
    else:
        sources, folder = _given(paths, found.docs if found else None), None
        # A project that merely lies above a path does not choose a cluster for us: what a cluster
        # answers is trusted like our own code.
        workers = parallel.opener(workers=found.options.workers if found else 0)
    rows = found.options.rows_per_page if found else ROWS
    catalogue, texts = cache.open_catalogue(folder)
    try:
        lock, whole = cache.alone(folder), not paths
        yield Reading(
            *(sources, settings, beside, workers, rows, catalogue, texts, whole, found, folder),
            lock=lock,
        )
    finally:
        catalogue.close()
        texts.close()


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
