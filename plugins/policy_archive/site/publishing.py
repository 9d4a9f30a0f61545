"""Composes a build: sources to archive to edition, edition to pages, files and navigation."""

import json
import logging
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime

from policy_archive.build import changes, parallel
from policy_archive.build.archive import read_archive
from policy_archive.build.progress import Progress
from policy_archive.build.store import Store
from policy_archive.build.tasks import Settings
from policy_archive.catalogue.archive import Archive, Policy
from policy_archive.catalogue.comparison import tallies
from policy_archive.pages import as_of, capture_time, feeds, memento, row_files
from policy_archive.pages.addresses import Addresses
from policy_archive.pages.edition import Edition
from policy_archive.pages.files import Made, files_of
from policy_archive.pages.memento import Neighbours
from policy_archive.site import change_pages, origins
from policy_archive.site.config import PolicyArchiveConfig
from policy_archive.site.home_pages import HomePage, MethodPage
from policy_archive.site.listing_pages import ComparePage, PoliciesPage, TopicPage, TopicsPage
from policy_archive.site.page import ArchivePage
from policy_archive.site.policy_pages import PolicyPage, SnapshotPage
from policy_archive.site.search.page import SearchPage
from policy_archive.sources.files import find

log = logging.getLogger("mkdocs.plugins.policy_archive")

_TITLES = {
    "policies/": "Policies",
    "topics/": "Topics",
    "compare/": "Compare",
    "changes/": "Changes",
    "search/": "Search",
    "about/method/": "Method",
}
"""The pages that stand in the navigation."""


def edition(
    folders: Sequence[str],
    options: PolicyArchiveConfig,
    config: MkDocsConfig,
    store: Store,
    *,
    search_page: bool,
) -> Edition:
    """Read the archive in `folders` for this build."""
    root = Path(config.docs_dir)
    sources = [s for f in folders if (root / f).is_dir() for s in find(root / f, root)]
    sources += origins.from_repositories(options, config)
    disabled = frozenset(options.disabled_rules)
    try:
        settings = Settings(disabled_rules=disabled, topics=json.dumps(options.topics))
        with Progress("Reading policies") as progress:
            workers = parallel.opener(options.executor, options.workers)
            labels = root / options.labels
            archive = read_archive(
                sources, settings, store, labels=labels, workers=workers, progress=progress
            )
        steps = changes.steps(archive, store, workers)
    except (TypeError, ValueError) as error:
        raise PluginError(f"policy-archive: {error}") from error
    if not config.site_url:
        log.info(
            "site_url is not set: canonical links and TimeMaps are left out, since they need "
            "absolute addresses"
        )
    return Edition(
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
    )


def report(archive: Archive) -> None:
    """Log what is wrong: problems as warnings, which `--strict` counts; doubts as information."""
    for path, notice in archive.notices:
        level = logging.WARNING if notice.severity == "problem" else logging.INFO
        log.log(level, "%s:%d: %s", path, notice.line, notice.message)


def pages(edition: Edition, config: MkDocsConfig) -> Iterator[ArchivePage]:
    """Every generated page but the home page, each with its parent and its neighbours."""
    numbers = range(1, edition.pages + 1)
    titles = {place: _title(config.nav, place) or title for place, title in _TITLES.items()}

    def listing(first: ArchivePage, rest: Sequence[ArchivePage]) -> Iterator[ArchivePage]:
        yield first
        for page in rest:
            page.parent = first
            yield page

    policies = [PoliciesPage(titles["policies/"], "policies/", n, edition, config) for n in numbers]
    yield from listing(policies[0], policies[1:])
    for _, group in groupby(edition.policies, key=lambda policy: policy.site_id):
        kinds = tuple(group)
        for policy in kinds:
            page = PolicyPage(policy, kinds, edition, config)
            page.parent = policies[0]
            yield page
            yield from _snapshots(policy, page, edition, config)
            yield from change_pages.of_policy(policy, page, edition, config)
    topics = TopicsPage(titles["topics/"], "topics/", edition, config)
    comparisons = [
        TopicPage(topic, n, edition, config)
        for topic in edition.archive.taxonomy.topics
        for n in numbers
    ]
    comparisons += [
        TopicPage(topic, n, edition, config, year)
        for topic in edition.archive.taxonomy.topics
        for year, n in as_of.numbers(edition)
    ]
    yield from listing(topics, comparisons)
    yield from change_pages.listing(titles["changes/"], edition, config)
    matrix = [ComparePage(titles["compare/"], "compare/", n, edition, config) for n in numbers]
    yield from listing(matrix[0], matrix[1:])
    if edition.search_page:
        yield SearchPage(titles["search/"], "search/", edition, config)
    yield MethodPage(titles["about/method/"], "about/method/", edition, config)


def _snapshots(
    policy: Policy, parent: ArchivePage, edition: Edition, config: MkDocsConfig
) -> Iterator[ArchivePage]:
    around = memento.neighbours(policy)
    before: SnapshotPage | None = None
    for entry in policy.entries:
        neighbours = around.get(entry.segment, Neighbours())
        page = SnapshotPage(policy, entry, neighbours, edition, config)
        page.parent = parent
        if neighbours.previous and before:
            page.previous_page, before.next_page = before, page
        yield page
        before = page


class Generated(NamedTuple):
    """What the archive adds to a site."""

    pages: list[ArchivePage]
    made: list[Made]


def generated(files: Files, edition: Edition, config: MkDocsConfig) -> Generated:
    """Every generated page and file; where a hand-written one stands, that one stays."""
    own = {file.src_uri for file in files}

    def free(source: str, rivals: tuple[str, ...]) -> bool:
        if not own.isdisjoint(rivals):
            log.info("%s: your own page replaces the generated one", source)
            return False
        return True

    return Generated(
        [p for p in pages(edition, config) if free(p.source, _rivals_of_page(p.source))],
        [
            made
            for made in chain(
                (made for policy in edition.policies for made in files_of(policy, edition)),
                feeds.files(edition),
                row_files.files(edition),
            )
            if free(made.place, (made.place, f"{made.place.removesuffix('.html')}.md"))
        ],
    )


def add_home(files: Files, edition: Edition, config: MkDocsConfig) -> None:
    """Give a site without a home page one of ours."""
    if not any(file.dest_uri == "index.html" for file in files.documentation_pages()):
        files.append(HomePage("Home", "", edition, config).file)


def _rivals_of_page(source: str) -> tuple[str, ...]:
    """Sources that would be published at the same address."""
    folder = source.removesuffix("/index.md")
    return (source, f"{folder}/README.md", f"{folder}.md")


def _title(nav: Any, place: str) -> str | None:
    """The title that an explicit `nav` gives the page at `place`."""
    if isinstance(nav, list):
        return next((title for item in nav if (title := _title(item, place))), None)
    if isinstance(nav, dict):
        for title, value in nav.items():
            if value == f"{place}index.md":
                return str(title)
            if found := _title(value, place):
                return found
    return None


def add_to_nav(nav: Navigation, files: Files) -> None:
    """Where the site has no `nav` of its own: policies, topics, compare behind the home page.

    The method page joins the section "About", if there is one. Nothing else of the archive is in
    the navigation, whose cost grows with the square of its entries.
    """
    found = {place: files.get_file_from_path(f"{place}index.md") for place in _TITLES}
    own = {place: f.page for place, f in found.items() if f and isinstance(f.page, ArchivePage)}
    method = own.pop("about/method/", None)
    home = sum(isinstance(item, Page) and item.is_homepage for item in nav.items)
    nav.items[home:home] = list(own.values())
    about = next((i for i in nav.items if isinstance(i, Section) and i.title == "About"), None)
    if method and about:
        method.parent = about
        about.children.append(method)
    elif method:
        nav.items.append(method)
    nav.pages.extend(page for page in (*own.values(), method) if page)
