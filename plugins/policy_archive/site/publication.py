"""From a project's sources and options to the archive as this build publishes it."""

import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.utils import get_build_datetime

from policy_archive.build import changes, parallel
from policy_archive.build.archive import read_archive
from policy_archive.build.progress import Progress
from policy_archive.build.store import Store
from policy_archive.catalogue import published
from policy_archive.catalogue.archive import Archive
from policy_archive.catalogue.comparison import tallies
from policy_archive.errors import ArchiveError
from policy_archive.pages import capture_time, plan
from policy_archive.pages.addresses import Addresses
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.site import project
from policy_archive.site import sources as repositories
from policy_archive.site.config import PolicyArchiveConfig
from policy_archive.site.exclusions import Excluded
from policy_archive.site.files import ArchiveFiles
from policy_archive.site.nav import titles
from policy_archive.site.page import source_of
from policy_archive.text.sentences import counted

log = logging.getLogger("mkdocs.plugins.policy_archive")


def publication(
    options: PolicyArchiveConfig,
    config: MkDocsConfig,
    store: Store,
    *,
    excluded: Excluded,
    search_page: bool,
) -> Publication:
    """Read the archive of a project for this build.

    Raises:
        PluginError: an option cannot be used.
    """
    found = project.sources(options, config, excluded)
    try:
        settings = project.settings(options)
        with Progress("Reading policies") as progress:
            workers = parallel.opener(options.executor, options.workers)
            labels = Path(config.docs_dir) / options.labels
            archive = read_archive(
                found,
                settings,
                store,
                labels=labels,
                addresses=addresses_list(config),
                workers=workers,
                progress=progress,
            )
        for sentence in repositories.unmatched(options, config, archive.policies):
            log.warning(sentence)
        steps = changes.steps(archive, store, workers)
    except ArchiveError as error:
        raise PluginError(f"policy-archive: {error}") from error
    return Publication(
        archive=archive,
        tallies=tallies(archive.policies, archive.taxonomy),
        addresses=Addresses(config.use_directory_urls, config.site_url or ""),
        name=options.collection or config.site_name,
        rows=options.rows_per_page,
        search_texts=options.search_texts,
        search_page=search_page,
        disabled_rules=settings.disabled_rules,
        built=capture_time.day_of(get_build_datetime()),
        steps=steps,
        site_name=config.site_name,
        repo_url=config.repo_url or "",
        theme_search="material/search" in config.plugins,
    )


def addresses_list(config: MkDocsConfig) -> Path | None:
    """Where the addresses that the archive has given are written down."""
    file = config.config_file_path
    return Path(file).resolve().with_name(published.NAME) if file else None


def keep_addresses(archive: Archive, config: MkDocsConfig) -> None:
    """Write down the addresses that are given now; a list that cannot be written is a warning."""
    file = addresses_list(config)
    try:
        if file:
            published.write(file, archive.published)
    except OSError as error:
        log.warning("%s: addresses of this build are not kept: %s", file, error)


def report(archive: Archive) -> None:
    """Log what is wrong: a warning a problem, which `--strict` counts; doubts in one line.

    Every doubt has its own line in `mkdocs build --verbose`.
    """
    doubts: Counter[str] = Counter()
    for path, notice in archive.notices:
        if notice.severity == "problem":
            log.warning("%s:%d: %s", path, notice.line, notice.message)
        else:
            doubts[notice.code] += 1
            log.debug("%s:%d: %s", path, notice.line, notice.message)
    if doubts:
        log.info(
            "%s: %s; -v lists all of them, and so does `policy-archive check`",
            counted(doubts.total(), "doubt"),
            ", ".join(f"{number:,} {code}" for code, number in doubts.most_common()),
        )


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
