"""From a project's sources and options to the archive as this build publishes it."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import get_build_datetime

from policy_archive.build import parallel
from policy_archive.build.archive import Beside, read_archive
from policy_archive.build.cache import DATA
from policy_archive.build.cache_key import code_digest
from policy_archive.build.progress import Progress
from policy_archive.build.texts import Texts
from policy_archive.build.update import named
from policy_archive.build.visit import ChangeExtra, Extra
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.published import lock as published
from policy_archive.catalogue.published.lock import Published
from policy_archive.dataset import files
from policy_archive.dataset.data_package import About
from policy_archive.dataset.files import DataFile
from policy_archive.errors import ArchiveError
from policy_archive.model import Notice
from policy_archive.pages import capture_time, snapshot_body
from policy_archive.pages.addresses import Addresses
from policy_archive.pages.context import BodyContext, overridden
from policy_archive.pages.data import annotations, snapshot_json, snapshot_markdown
from policy_archive.pages.language import ENGLISH, LANGUAGES, available, current, speak
from policy_archive.pages.publication import Publication
from policy_archive.pages.topic_words import in_words
from policy_archive.pages.types import change, snapshot
from policy_archive.settings import Settings
from policy_archive.site.project import project
from policy_archive.site.project import sources as repositories
from policy_archive.site.project.config import PolicyArchiveConfig
from policy_archive.site.project.exclusions import Excluded
from policy_archive.text.sentences import counted
from policy_archive.topics import taxonomy

log = logging.getLogger("mkdocs.plugins.policy_archive")


@dataclass(frozen=True)
class Found:
    """An archive that was brought up to date for a build."""

    publication: Publication
    addresses: Published
    """All that must be written down."""
    wrong: Sequence[tuple[str, Notice]]
    """What is wrong with the files of labels and of addresses."""

    def notices(self) -> Iterator[tuple[str, Notice]]:
        """Every doubt and problem with the name of what it is about."""
        return chain(self.wrong, self.publication.catalogue.diagnostics())


def publication(
    options: PolicyArchiveConfig,
    config: MkDocsConfig,
    catalogue: Catalogue,
    texts: Texts,
    *,
    excluded: Excluded,
    search_page: bool,
    cache: Path | None,
    tables: Sequence[DataFile] = (),
    sitemap: bool = False,
) -> Found:
    """Read the archive of a project for this build; `cache` is the folder of what it keeps.

    `tables` are a dataset to be shown as it is, instead of one made of what is read.

    Raises:
        PluginError: an option cannot be used.
    """
    sources = project.sources(options, config, excluded)
    labels, list_ = Path(config.docs_dir) / options.labels, addresses_list(config)
    try:
        settings = project.settings(options)
        speak(language(options, config))
        terms = in_words(taxonomy.load(options.topics))
        context = BodyContext(
            Addresses(config.use_directory_urls, config.site_url or ""),
            options.collection or config.site_name,
            tuple((topic.id, topic.name) for topic in terms.topics),
            tuple((topic.id, topic.dpv) for topic in terms.topics),
            options.data_,
            overridden(getattr(config.theme, "custom_dir", None)),
            current().code,
        )
        by_name = named(sources)
        with Progress("Reading policies") as progress:
            read = read_archive(
                catalogue,
                texts,
                by_name,
                settings,
                Beside(labels, list_),
                extras=_extras(context, settings, options),
                change_extras=_change_extras(context.language),
                workers=parallel.opener(options.executor, options.workers),
                progress=progress,
                rows=options.rows_per_page,
            )
        for sentence in repositories.unmatched(options, config, catalogue, by_name):
            log.warning(sentence)
    except (ArchiveError, OSError, UnicodeDecodeError) as error:
        raise PluginError(f"policy-archive: {error}") from error
    names = {labels: options.labels, list_: published.NAME}
    shown = Publication(
        catalogue=catalogue,
        texts=texts,
        sources=by_name,
        order=read.order,
        taxonomy=terms,
        context=context,
        rows=options.rows_per_page,
        search_texts=options.search_texts,
        search_page=search_page,
        built=capture_time.day_of(get_build_datetime()),
        withdrawn=read.order.withdrawn,
        former=read.former,
        data=options.data_,
        about=about(options, config),
        robots=options.robots,
        noindex=options.noindex,
        sitemap=sitemap,
        site_name=config.site_name,
        repo_url=config.repo_url or "",
        theme_search="material/search" in config.plugins,
    )
    if options.data_:
        shown.tables = tables or _tables(shown, cache)
    return Found(shown, read.published, [(names[file], it) for file, it in read.wrong])


def _tables(shown: Publication, cache: Path | None) -> Sequence[DataFile]:
    """The dataset, of which files that are kept are not made again."""
    try:
        with Progress("Writing tables") as progress:
            return files.update(shown.contents, cache and cache / DATA, progress)
    except OSError as error:
        raise PluginError(f"policy-archive: data: {error}") from error


def _extras(
    context: BodyContext, settings: Settings, options: PolicyArchiveConfig
) -> tuple[Extra, ...]:
    """What visits make for pages of the site, besides what the catalogue holds."""
    version = digest((code_digest(), repr(context)))
    found: tuple[Extra, ...] = (
        Extra(snapshot.BODY, version, partial(snapshot_body.made, context)),
        Extra(snapshot_json.PART, version, partial(snapshot_json.made, settings.topics)),
    )
    if options.data_:
        found += (
            Extra(snapshot_markdown.PART, version, snapshot_markdown.made),
            Extra(annotations.PART, version, partial(annotations.made, context)),
        )
    return found


def _change_extras(language: str) -> tuple[ChangeExtra, ...]:
    version = digest((code_digest(), language))
    return (ChangeExtra(change.BODY, version, partial(change.made, language)),)


def language(options: PolicyArchiveConfig, config: MkDocsConfig) -> str:
    """The code of the language of our words: the one that is chosen, the theme's, or English."""
    return available(options.language or _of_theme(config)) or ENGLISH.code


def _of_theme(config: MkDocsConfig) -> str:
    """The language of the theme; where the configuration was read as data, as that has it."""
    theme: Any = config.theme
    return str(theme.get("language") or "") if isinstance(theme, Mapping) else ""


def unspoken(options: PolicyArchiveConfig, config: MkDocsConfig) -> str:
    """What to say where the theme's language is not one of ours; empty where nothing is."""
    asked = _of_theme(config)
    if options.language or not asked or available(asked):
        return ""
    return (
        f"theme.language: the archive's own words are not there in {asked!r}, so they are English; "
        f"`language` chooses among {', '.join(sorted(LANGUAGES))}"
    )


def about(options: PolicyArchiveConfig, config: MkDocsConfig) -> About:
    """What the keepers of an archive say of it."""
    return About(
        title=options.collection or config.site_name or "Archive",
        homepage=config.site_url or "",
        keeper=options.keeper,
        contact=options.contact,
        licence=options.licence,
        doi=options.doi,
    )


def addresses_list(config: MkDocsConfig) -> Path | None:
    """Where the addresses that the archive has given are written down."""
    file = config.config_file_path
    return Path(file).resolve().with_name(published.NAME) if file else None


def keep_addresses(found: Found, config: MkDocsConfig) -> None:
    """Write down the addresses that are given now; a list that cannot be written is a warning."""
    file = addresses_list(config)
    try:
        if file:
            published.write(file, found.addresses)
    except OSError as error:
        log.warning("%s: addresses of this build are not kept: %s", file, error)


def report(notices: Iterable[tuple[str, Notice]]) -> None:
    """Log what is wrong where: a warning a problem, which `--strict` counts; doubts in one line.

    Every doubt has its own line in `mkdocs build --verbose`.
    """
    doubts: Counter[str] = Counter()
    for path, notice in notices:
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
