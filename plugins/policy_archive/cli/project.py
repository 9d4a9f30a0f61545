"""The choices of a project's `mkdocs.yml` that decide what a file is read as.

Programs that build no site need them too, so that `inspect` says what the page says. Only this
plugin's options are looked at; tags that the site's engine gives a meaning to (`!ENV`, `!relative`)
are passed over.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from policy_archive.build.tasks import Settings

LABELS = "labels.yml"
"""The file of corrected labels, below the docs folder, where no option names another."""

NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")


class _Loader(yaml.SafeLoader):
    """A safe loader that takes nodes with unknown tags for nothing."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


class Project(NamedTuple):
    """What decides how files are read: settings, and the file of corrected labels."""

    settings: Settings = Settings()
    labels: Path | None = None


def project_of(folder: Path) -> Project:
    """The project that `folder` lies in; defaults where there is none.

    Raises:
        ValueError: its configuration is no YAML, or an option has a value of the wrong type.
    """
    for place in (folder, *folder.parents):
        for name in NAMES:
            if (place / name).is_file():
                return _project(place / name)
    return Project()


def _project(file: Path) -> Project:
    try:
        whole = yaml.load(file.read_text(encoding="utf-8"), _Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: cannot be read as YAML: {error}") from error
    options = _options(whole)
    disabled, topics = options.get("disabled_rules") or [], options.get("topics") or {}
    if not isinstance(disabled, list) or not isinstance(topics, dict):
        raise ValueError(f"{file}: disabled_rules must be a list, topics a mapping")
    docs = whole.get("docs_dir") if isinstance(whole, dict) else None
    labels = file.parent / str(docs or "docs") / str(options.get("labels") or LABELS)
    return Project(Settings(frozenset(map(str, disabled)), json.dumps(topics)), labels)


def _options(whole: object) -> Mapping[str, Any]:
    """What stands under `plugins: - policy-archive:`, in either form that MkDocs takes."""
    plugins = whole.get("plugins") if isinstance(whole, dict) else None
    entries = [plugins] if isinstance(plugins, dict) else plugins or []
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("policy-archive"), dict):
            found: Mapping[str, Any] = entry["policy-archive"]
            return found
    return {}
