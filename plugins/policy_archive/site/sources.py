"""The option `sources`: folders and git repositories, each with what is wanted of it."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from policy_archive.site.config import PolicyArchiveConfig
from policy_archive.sources.files import Source
from policy_archive.sources.git import history, objects

_OPTION = "policy-archive: sources:"
_LISTS = ("paths", "kinds", "languages")


class Origin(NamedTuple):
    """One entry of the option."""

    name: str
    """As the maintainer wrote it."""
    repository: Path | None
    selection: history.Selection


def origins(options: PolicyArchiveConfig, config: MkDocsConfig) -> Iterator[Origin]:
    """Every entry, checked; a path is a repository if it is the root of one.

    Repositories are sought from the folder of `mkdocs.yml`, folders in the docs folder.
    """
    for entry in options.sources:
        if isinstance(entry, str):
            at = _home(config) / entry
            yield Origin(entry, at if objects.git_dir(at) else None, history.Selection())
        elif isinstance(entry, dict) and isinstance(name := entry.get("repository"), str):
            at = _home(config) / name
            if not objects.git_dir(at):
                hint = " (a bundle: clone it first)" if objects.is_bundle(at) else ""
                raise PluginError(f"{_OPTION} {name!r} is not the root of a git repository{hint}")
            yield Origin(name, at, _selection(entry))
        else:
            raise PluginError(
                f"{_OPTION} {entry!r} must be a folder's name, or have a key `repository`"
            )


def folders(options: PolicyArchiveConfig, config: MkDocsConfig) -> list[str]:
    """The names of the folders among the entries."""
    return [it.name for it in origins(options, config) if it.repository is None]


def watched(options: PolicyArchiveConfig, config: MkDocsConfig) -> list[Path]:
    """Where new commits of the repositories show."""
    found = (objects.git_dir(it.repository) for it in origins(options, config) if it.repository)
    return [place for folder in found if folder for place in objects.refs(folder)]


def from_repositories(options: PolicyArchiveConfig, config: MkDocsConfig) -> list[Source]:
    """Every wanted version of every repository; the lists are remembered beside the store."""
    found: list[Source] = []
    for origin in origins(options, config):
        if origin.repository:
            try:
                found += history.find(
                    origin.repository, origin.selection, _kept(origin, origin.repository, config)
                )
            except OSError as error:
                raise PluginError(f"{_OPTION} {error}") from error
    # Two repositories are put one after the other, for moments that both of them recorded.
    return found


def _selection(entry: Mapping[str, Any]) -> history.Selection:
    chosen: dict[str, Any] = {}
    for key, value in entry.items():
        if key in _LISTS:
            chosen[key] = [value] if isinstance(value, str) else value
        elif key != "repository":
            chosen[key] = str(value)  # YAML reads 2019-06-01 as a date
    try:
        return msgspec.convert(chosen, history.Selection)
    except msgspec.ValidationError as error:
        raise PluginError(f"{_OPTION} {entry['repository']!r}: {error}") from error


def _home(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or ".").resolve().parent


def _kept(origin: Origin, at: Path, config: MkDocsConfig) -> Path | None:
    if not config.config_file_path:
        return None
    name = hashlib.sha256(f"{at.resolve()}\0{origin.selection.branch}".encode()).hexdigest()[:16]
    return _home(config) / ".cache" / "policy-archive" / f"versions-{name}.msgpack"
