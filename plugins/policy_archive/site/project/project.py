"""A project as its `mkdocs.yml` has it: what is read, how, and where results are kept.

The plugin asks the same functions in a build, so that `policy-archive check` and the site cannot
disagree. Here the configuration is read as data: MkDocs' own loader follows `INHERIT` and `!ENV`,
Material's plugin groups are unfolded, and the options are checked as a build checks them; but no
other plugin, hook, theme or `!!python` tag is loaded: looking into an archive that somebody else
has made runs nothing of theirs.
"""

import json
import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from policy_archive.build import parallel
from policy_archive.build.archive import Beside
from policy_archive.catalogue.published import lock as published
from policy_archive.catalogue.published import withdrawn
from policy_archive.errors import ArchiveError, ProjectError
from policy_archive.settings import Settings
from policy_archive.site.project import cache
from policy_archive.site.project import sources as repositories
from policy_archive.site.project.config import PolicyArchiveConfig
from policy_archive.site.project.exclusions import Excluded, of_data
from policy_archive.sources.files import Source, find
from policy_archive.text.bounded_yaml import BoundedLoader
from policy_archive.topics import taxonomy

log = logging.getLogger("mkdocs.plugins.policy_archive")

NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
"""What a project's configuration is called, the first that is there."""

_PLUGIN = "policy-archive"
_GROUPS = ("group", "material/group")


@dataclass(frozen=True, slots=True)
class Project:
    """A configuration file whose options have been checked."""

    config: MkDocsConfig
    options: PolicyArchiveConfig
    excluded: Excluded

    @property
    def folder(self) -> Path:
        """The folder of the configuration file, which the whole project lies in."""
        return Path(self.config.config_file_path).parent

    @property
    def docs(self) -> Path:
        """The docs folder."""
        return Path(self.config.docs_dir)

    @property
    def captures(self) -> Path:
        """The first folder of archived files, which captures are added to.

        Raises:
            ProjectError: it does not lie in the docs folder.
        """
        try:
            return self.docs / folders(self.options, self.config)[0]
        except PluginError as error:
            raise ProjectError(f"{self.config.config_file_path}: {error}") from error

    @property
    def withdrawn_list(self) -> Path:
        """The list of what was withdrawn, which need not be there."""
        return self.folder / withdrawn.NAME

    @property
    def labels(self) -> Path:
        """The file of corrected labels, which need not be there."""
        return self.docs / self.options.labels

    @property
    def settings(self) -> Settings:
        """How texts are read."""
        return settings(self.options)

    def sources(self) -> list[Source]:
        """All that the archive is made of.

        Raises:
            ProjectError: a folder or a repository that is named is missing.
        """
        try:
            return sources(self.options, self.config, self.excluded)
        except PluginError as error:
            raise ProjectError(f"{self.config.config_file_path}: {error}") from error

    @property
    def beside(self) -> Beside:
        """The files that people keep beside the archive, which need not be there."""
        return Beside(self.labels, self.folder / published.NAME)

    @property
    def cache(self) -> Path | None:
        """The folder of what builds have kept; None where nothing can be written."""
        return cache.folder_of(self.config.config_file_path)

    def to_clone(self) -> list[tuple[str, Path]]:
        """Addresses of repositories that are to be cloned, and where."""
        return list(repositories.to_clone(self.options, self.config))

    def workers(self) -> parallel.OpenWorkers:
        """Who reads what is not known.

        Raises:
            ProjectError: the option names none.
        """
        return parallel.opener(self.options.executor, self.options.workers)


def settings(options: PolicyArchiveConfig) -> Settings:
    """How a project's texts are read.

    Raises:
        ProjectError: `topics` cannot be used.
    """
    taxonomy.load(options.topics)
    return Settings(frozenset(options.disabled_rules), json.dumps(options.topics))


def folders(options: PolicyArchiveConfig, config: MkDocsConfig) -> list[str]:
    """The folders of archived files that are named, as POSIX paths below the docs folder.

    Raises:
        PluginError: one of them does not lie there.
    """
    chosen = options.policies
    named = [chosen] if isinstance(chosen, str) else list(chosen)
    named += repositories.folders(options, config)
    names = [PurePosixPath(str(folder)).as_posix().strip("/") for folder in named]
    for name in names:
        if name in ("", ".") or ".." in PurePosixPath(name).parts:
            raise PluginError(f"{_PLUGIN}: policies: {name!r} must name a folder below docs_dir")
    return names


def existing_folders(options: PolicyArchiveConfig, config: MkDocsConfig) -> list[str]:
    """Those of `folders` that are there.

    Raises:
        PluginError: one is not, and somebody has named it.
    """
    found = []
    for name in folders(options, config):
        if (Path(config.docs_dir) / name).is_dir():
            found.append(name)
        # Who has other sources needs no folder `policies`.
        elif not options.sources or name != options.policies:
            raise PluginError(
                f"{_PLUGIN}: policies: there is no folder {name!r} in {config.docs_dir}; create "
                "it, or name the folder of your archived files"
            )
    return found


def sources(options: PolicyArchiveConfig, config: MkDocsConfig, excluded: Excluded) -> list[Source]:
    """Every archived text of the project's folders, repositories and crawls that is not `excluded`.

    Raises:
        PluginError: an entry of `policies` or `sources` cannot be used.
    """
    root = Path(config.docs_dir)
    files = [
        source
        for name in existing_folders(options, config)
        for source in find(root / name, root, excluded)
    ]
    return [
        *files,
        *repositories.from_repositories(options, config),
        *repositories.from_crawls(options, config),
    ]


def above(place: Path) -> Path | None:
    """The configuration of the project that `place` lies in; None where there is none."""
    place = Path(os.path.normpath(place.absolute()))
    for folder in (place, *place.parents):
        for name in NAMES:
            if (folder / name).is_file():
                return folder / name
    return None


def load(file: Path) -> Project:
    """The project that `file` configures.

    Raises:
        ProjectError: it cannot be read, or an option in it cannot be used.
    """
    file = file.absolute()
    whole = _read(file)
    config = MkDocsConfig(config_file_path=str(file))
    docs = whole.get("docs_dir") or config.docs_dir
    if not isinstance(docs, str):
        raise ProjectError(f"{file}: docs_dir: must be the name of a folder")
    config.docs_dir = os.path.normpath(file.parent / docs)
    for name in ("site_name", "site_url", "repo_url"):
        if isinstance(whole.get(name), str):
            config[name] = whole[name]
    config.use_directory_urls = whole.get("use_directory_urls") is not False
    options = PolicyArchiveConfig(config_file_path=str(file))
    plugins = whole.get("plugins")
    try:
        options.load_dict(dict(_options(plugins, _PLUGIN)))
        errors, warnings = options.validate()
        for name, error in errors:
            raise ProjectError(f"{name}: {error}")
        settings(options)
    except ArchiveError as error:
        raise ProjectError(f"{file}: {_PLUGIN}: {error}") from error
    for name, warning in warnings:
        log.warning("%s: %s: %s: %s", file, _PLUGIN, name, warning)
    if missing := options.missing_labels(config):
        raise ProjectError(f"{file}: {_PLUGIN}: labels: there is no file {missing}")
    return Project(config, options, of_data(whole, _options(plugins, "exclude")))


class _NotData(NamedTuple):
    """Stands for a value that only code could make, such as `!!python/name:…`; of no type."""

    tag: str


class _DataLoader(BoundedLoader):
    """Reads data, and runs nothing."""


_DataLoader.add_multi_constructor("", lambda loader, suffix, node: _NotData(node.tag))


def _read(file: Path) -> Mapping[str, Any]:
    """The configuration in `file` with all that it inherits."""
    try:
        with file.open("rb") as stream:
            whole: object = yaml_load(stream, get_yaml_loader(_DataLoader))
    except FileNotFoundError:
        raise ProjectError(f"{file}: no such file") from None
    except OSError as error:
        raise ProjectError(f"{file}: {error.strerror}") from error
    except Exception as error:  # whatever a file may do to a parser that is not ours
        raise ProjectError(f"{file}: cannot be read: {error or type(error).__name__}") from error
    if not isinstance(whole, dict):
        raise ProjectError(f"{file}: must hold keys with values, such as `site_name: My archive`")
    return whole


def _options(plugins: object, plugin: str) -> Mapping[str, Any]:
    """What stands below a plugin's name in `plugins`; nothing where it is not used."""
    found = (options for name, options in _unfolded(plugins) if name == plugin)
    options = next(found, None) or {}
    if not isinstance(options, dict):
        raise ProjectError(f"must hold options with values; {options!r} is none")
    return options


def _unfolded(plugins: object) -> Iterator[tuple[str, Any]]:
    """Plugins with their options, in either form that MkDocs takes, groups unfolded."""
    entries = [plugins] if isinstance(plugins, dict) else plugins or []
    if not isinstance(entries, list):
        raise ProjectError(f"`plugins` must be a list; {plugins!r} is none")
    for entry in entries:
        for name, options in entry.items() if isinstance(entry, dict) else [(entry, None)]:
            if name not in _GROUPS or not isinstance(options, dict):
                yield str(name).removeprefix("/"), options
            elif options.get("enabled"):
                yield from _unfolded(options.get("plugins"))
