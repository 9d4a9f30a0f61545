"""Which archived files a project leaves out: by MkDocs' own settings, or by mkdocs-exclude."""

import fnmatch
import re
from collections.abc import Callable, Iterable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

Excluded = Callable[[str], bool]
"""Whether the path below `docs_dir`, in POSIX form, is left out; a folder's ends in a slash."""


def exclusions(config: MkDocsConfig, *, drafts: bool) -> Excluded:
    """What `exclude_docs` and mkdocs-exclude name, and `draft_docs` unless `drafts` are shown.

    Asked for before this plugin adds its own folders to `exclude_docs`.
    """
    specs = [spec for spec in (config.exclude_docs, None if drafts else config.draft_docs) if spec]
    plugin: Any = config.plugins.get("exclude")
    options = plugin.config if plugin else {}
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
