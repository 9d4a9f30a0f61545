"""From a project's sources and options to the archive as this build publishes it."""

import json
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.utils import get_build_datetime

from policy_archive.build import assembly, changes, executors, pipeline
from policy_archive.build.progress import Progress
from policy_archive.build.store import Store
from policy_archive.catalogue.archive import Archive
from policy_archive.catalogue.comparison import tallies
from policy_archive.pages import capture_time, plan
from policy_archive.pages.addresses import Addresses
from policy_archive.pages.files import GeneratedFile
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.site import sources
from policy_archive.site.config import PolicyArchiveConfig
from policy_archive.site.files import ArchiveFiles
from policy_archive.site.nav import titles
from policy_archive.site.page import source_of
from policy_archive.sources.files import find

log = logging.getLogger("mkdocs.plugins.policy_archive")


def publication(
    folders: Sequence[str],
    options: PolicyArchiveConfig,
    config: MkDocsConfig,
    store: Store,
    *,
    search_page: bool,
) -> Publication:
    """Read the archive in `folders` and the other sources, for this build.

    Raises:
        PluginError: an option cannot be used.
    """
    root = Path(config.docs_dir)
    found = [s for f in folders if (root / f).is_dir() for s in find(root / f, root)]
    found += sources.from_repositories(options, config)
    disabled = frozenset(options.disabled_rules)
    try:
        settings = pipeline.Settings(disabled_rules=disabled, topics=json.dumps(options.topics))
        with Progress("Reading policies") as progress:
            work = executors.opener(options.executor, options.workers)
            labels = root / options.labels
            archive = assembly.build(
                found, settings, store, labels=labels, executor=work, progress=progress
            )
        steps = changes.steps(archive, store, work)
    except (TypeError, ValueError) as error:
        raise PluginError(f"policy-archive: {error}") from error
    return Publication(
        archive=archive,
        tallies=tallies(archive.policies, archive.taxonomy),
        addresses=Addresses(config.use_directory_urls, config.site_url or ""),
        name=options.collection or config.site_name,
        rows=max(1, options.rows_per_page),
        search_texts=options.search_texts,
        search_page=search_page,
        disabled_rules=disabled,
        built=capture_time.day_of(get_build_datetime()),
        steps=steps,
        site_name=config.site_name,
        repo_url=config.repo_url or "",
        theme_search="material/search" in config.plugins,
    )


def report(archive: Archive) -> None:
    """Log what is wrong: problems as warnings, which `--strict` counts; doubts as information."""
    for path, notice in archive.notices:
        level = logging.WARNING if notice.severity == "problem" else logging.INFO
        log.log(level, "%s:%d: %s", path, notice.line, notice.message)


def archive_files(files: Files, publication: Publication, config: MkDocsConfig) -> ArchiveFiles:
    """What the archive adds to `files`; where a hand-written page stands, that one stays."""
    own = {file.src_uri for file in files}

    def free(source: str, rivals: tuple[str, ...]) -> bool:
        if own.isdisjoint(rivals):
            return True
        log.info("%s: your own page replaces the generated one", source)
        return False

    def pages() -> Iterator[Page]:
        for page in plan.pages(publication, titles(config.nav)):
            source = source_of(page)
            folder = source.removesuffix("/index.md")
            if free(source, (source, f"{folder}/README.md", f"{folder}.md")):
                yield page

    def beside() -> Iterator[GeneratedFile]:
        for file in plan.files(publication):
            if free(file.place, (file.place, f"{file.place.removesuffix('.html')}.md")):
                yield file

    return ArchiveFiles(list(pages()), list(beside()), config)
