"""The option `sources`: folders, git repositories and crawls, each with what is wanted of it."""

import hashlib
import logging
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from policy_archive.build.cache import CRAWLS, VERSIONS, cache_folder
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.questions import listings
from policy_archive.errors import SourceError
from policy_archive.intake import clones
from policy_archive.site.project.config import PolicyArchiveConfig
from policy_archive.sources.files import Source
from policy_archive.sources.git import history, objects, places
from policy_archive.sources.git.command import UnusableError
from policy_archive.sources.git.selection import Seen, Selection, parse
from policy_archive.sources.warc import source as warc
from policy_archive.sources.warc.container import is_crawl

log = logging.getLogger("mkdocs.plugins.policy_archive")

_OPTION = "policy-archive: sources:"


class ConfiguredSource(NamedTuple):
    """One entry of the option."""

    name: str
    """As the maintainer wrote it."""
    repository: Path | None = None
    selection: Selection = Selection()
    crawl: Path | None = None
    """A WARC or WACZ file, or a folder of them."""
    match: tuple[str, ...] = ()
    """Which addresses of a crawl are wanted."""


def configured(options: PolicyArchiveConfig, config: MkDocsConfig) -> Iterator[ConfiguredSource]:
    """Every entry, checked; a path is a repository if it is the root of one.

    Repositories are sought from the folder of `mkdocs.yml`, folders in the docs folder.
    """
    for entry in options.sources:
        if isinstance(entry, str):
            at = _home(config) / entry
            if clones.is_address(entry) or objects.is_bundle(at):
                yield ConfiguredSource(entry, _repository(entry, {}, config))
            elif is_crawl(at):
                yield _crawl(entry, {}, at)
            else:
                yield ConfiguredSource(entry, at if places.is_meant(at) else None)
        elif isinstance(entry, dict) and isinstance(name := entry.get("crawl"), str):
            yield _crawl(name, entry, _home(config) / name)
        elif isinstance(entry, dict) and isinstance(name := entry.get("repository"), str):
            yield ConfiguredSource(name, _repository(name, entry, config), _selection(entry))
        else:
            raise PluginError(
                f"{_OPTION} {entry!r} must be a folder's name, or have a key `repository` or "
                "`crawl`"
            )


def _repository(name: str, entry: Mapping[str, Any], config: MkDocsConfig) -> Path:
    """Where the repository called `name` is: itself, or its clone in the cache."""
    at = _home(config) / name
    elsewhere = clones.is_address(name)
    if not elsewhere and places.is_meant(at):
        return at
    if not elsewhere and not objects.is_bundle(at):
        raise PluginError(f"{_OPTION} {name!r} is not the root of a git repository")
    if entry.get("clone") is not True:
        what = "the address of a git repository" if elsewhere else "a git bundle"
        raise PluginError(
            f"{_OPTION} {name!r} is {what}: clone it (git clone --mirror {name} FOLDER) and name "
            "the folder, or give `repository` with `clone: true`"
        )
    clone = clones.place(cache_folder(_home(config)), name)
    if not elsewhere and not (clone.is_dir() and _newer(clone, at)):
        try:
            clones.bring(str(at), clone)
            os.utime(clone)
        except SourceError as error:
            raise PluginError(f"{_OPTION} {error}") from error
    if not clone.is_dir():
        raise PluginError(
            f"{_OPTION} {name!r} is not cloned yet: run `policy-archive update`, since builds "
            "never go to the network"
        )
    return clone


def _newer(one: Path, other: Path) -> bool:
    return one.stat().st_mtime >= other.stat().st_mtime


def to_clone(options: PolicyArchiveConfig, config: MkDocsConfig) -> Iterator[tuple[str, Path]]:
    """Addresses of repositories that are to be cloned, and where."""
    for entry in options.sources:
        name = entry.get("repository") if isinstance(entry, dict) else None
        if isinstance(name, str) and clones.is_address(name) and entry.get("clone") is True:
            yield name, clones.place(cache_folder(_home(config)), name)


def folders(options: PolicyArchiveConfig, config: MkDocsConfig) -> list[str]:
    """The names of the folders among the entries."""
    found = configured(options, config)
    return [it.name for it in found if it.repository is None and it.crawl is None]


def watched(options: PolicyArchiveConfig, config: MkDocsConfig) -> list[Path]:
    """Where new commits of the repositories show, and the files of crawls."""
    crawls = [it.crawl for it in configured(options, config) if it.crawl]
    found = (places.git_dir(it.repository) for it in configured(options, config) if it.repository)
    return [*crawls, *(place for folder in found if folder for place in places.refs(folder))]


def from_crawls(options: PolicyArchiveConfig, config: MkDocsConfig) -> list[Source]:
    """Every wanted page of every crawl; lists of records are remembered beside the store."""
    found: list[Source] = []
    for entry in configured(options, config):
        if entry.crawl:
            kept = cache_folder(_home(config)) / CRAWLS if config.config_file_path else None
            try:
                pages = warc.find(entry.crawl, entry.match, kept)
            except (SourceError, OSError) as error:
                raise PluginError(f"{_OPTION} {error}") from error
            if not pages:
                log.warning("%s %r holds no page that is wanted", _OPTION, entry.name)
            found += pages
    return found


def from_repositories(options: PolicyArchiveConfig, config: MkDocsConfig) -> list[Source]:
    """Every wanted version of every repository; the lists are remembered beside the store."""
    found: list[Source] = []
    for entry in configured(options, config):
        if entry.repository:
            try:
                found += history.find(
                    entry.repository, entry.selection, _kept(entry, entry.repository, config)
                )
            except UnusableError as error:
                found.append(history.unusable(Path(entry.name), error))
            except OSError as error:
                raise PluginError(f"{_OPTION} {error}") from error
    # Two repositories are put one after the other, for moments that both of them recorded.
    return found


def unmatched(
    options: PolicyArchiveConfig,
    config: MkDocsConfig,
    catalogue: Catalogue,
    named: Mapping[str, Source],
) -> Iterator[str]:
    """A sentence on each filter of a repository that nothing passes; `named` are all sources."""
    published: dict[object, list[Seen]] = defaultdict(list)
    for name, *asked in listings.versions(catalogue):
        if isinstance(source := named.get(name), history.Version):
            published[source.file, source.selection].append(Seen((), *asked))
    for it in configured(options, config):
        if it.repository and (folder := places.git_dir(it.repository)):
            seen = published[folder.resolve(), it.selection]
            kept = _kept(it, it.repository, config)
            with suppress(UnusableError):  # which was said of the repository already
                for sentence in history.unmatched(it.repository, it.selection, seen, kept):
                    yield f"{_OPTION} {it.name!r}: {sentence}"


def _crawl(name: str, entry: Mapping[str, Any], at: Path) -> ConfiguredSource:
    if unknown := set(entry) - {"crawl", "match"}:
        raise PluginError(f"{_OPTION} {name!r}: there is no key {min(unknown)!r}; there is `match`")
    if not at.exists():
        raise PluginError(f"{_OPTION} {name!r}: there is no file or folder {at}")
    match = entry.get("match", [])
    match = [match] if isinstance(match, str) else match
    if not isinstance(match, list) or not all(isinstance(it, str) for it in match):
        raise PluginError(f"{_OPTION} {name!r}: `match` must be a list of patterns for addresses")
    return ConfiguredSource(name, crawl=at, match=tuple(match))


def _selection(entry: Mapping[str, Any]) -> Selection:
    try:
        ours = ("repository", "clone")
        return parse({key: value for key, value in entry.items() if key not in ours})
    except ValueError as error:
        raise PluginError(f"{_OPTION} {entry['repository']!r}: {error}") from error


def _home(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or ".").resolve().parent


def _kept(entry: ConfiguredSource, at: Path, config: MkDocsConfig) -> Path | None:
    if not config.config_file_path:
        return None
    name = hashlib.sha256(f"{at.resolve()}\0{entry.selection.history}".encode()).hexdigest()[:16]
    return cache_folder(_home(config)) / f"{VERSIONS}{name}.msgpack"
