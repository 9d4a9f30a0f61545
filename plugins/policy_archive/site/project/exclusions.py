"""Which archived files a project leaves out: by MkDocs' own settings, or by mkdocs-exclude."""

import fnmatch
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from pathspec.gitignore import GitIgnoreSpec

Excluded = Callable[[str], bool]
"""Whether the path below `docs_dir`, in POSIX form, is left out; a folder's ends in a slash."""


def of_config(config: MkDocsConfig, *, drafts: bool) -> Excluded:
    """What `exclude_docs` and mkdocs-exclude name, and `draft_docs` unless `drafts` are shown.

    Asked for before this plugin adds its own folders to `exclude_docs`.
    """
    specs = (config.exclude_docs, None if drafts else config.draft_docs)
    plugin: Any = config.plugins.get("exclude")
    return _excluded([spec for spec in specs if spec], plugin.config if plugin else {})


def of_data(settings: Mapping[str, Any], options: Mapping[str, Any]) -> Excluded:
    """The same of a configuration file read as data, and the options of mkdocs-exclude in it."""
    lines = (settings.get(name) for name in ("exclude_docs", "draft_docs"))
    specs = [GitIgnoreSpec.from_lines(it.splitlines()) for it in lines if isinstance(it, str)]
    return _excluded(specs, options)


def _excluded(specs: Iterable[GitIgnoreSpec], options: Mapping[str, Any]) -> Excluded:
    globs, patterns = _list(options.get("glob")), _list(options.get("regex"))

    def excluded(path: str) -> bool:
        return (
            any(spec.match_file(path) for spec in specs)
            or any(fnmatch.fnmatchcase(path, glob) for glob in globs)
            or any(re.match(pattern, path) for pattern in patterns)
        )

    return excluded


def _list(value: Any) -> Iterable[str]:
    return [value] if isinstance(value, str) else value or []
