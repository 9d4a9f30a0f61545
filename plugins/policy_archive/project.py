"""The choices of a project's `mkdocs.yml` that decide what a file is read as.

Programs that build no site need them too, so that `inspect` says what the page says. Only this
plugin's options are looked at; tags that the site's engine gives a meaning to (`!ENV`, `!relative`)
are passed over.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from policy_archive.pipeline import Settings

NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")


class _Loader(yaml.SafeLoader):
    """A safe loader that takes nodes with unknown tags for nothing."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def settings_for(folder: Path) -> Settings:
    """The settings of the project that `folder` lies in; defaults where there is none.

    Raises:
        ValueError: its configuration is no YAML, or an option has a value of the wrong type.
    """
    for place in (folder, *folder.parents):
        for name in NAMES:
            if (place / name).is_file():
                return _settings(place / name)
    return Settings()


def _settings(file: Path) -> Settings:
    try:
        whole = yaml.load(file.read_text(encoding="utf-8"), _Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: cannot be read as YAML: {error}") from error
    options = _options(whole)
    disabled, topics = options.get("disabled_rules") or [], options.get("topics") or {}
    if not isinstance(disabled, list) or not isinstance(topics, dict):
        raise ValueError(f"{file}: disabled_rules must be a list, topics a mapping")
    return Settings(frozenset(map(str, disabled)), json.dumps(topics))


def _options(whole: object) -> Mapping[str, Any]:
    """What stands under `plugins: - policy-archive:`, in either form that MkDocs takes."""
    plugins = whole.get("plugins") if isinstance(whole, dict) else None
    entries = [plugins] if isinstance(plugins, dict) else plugins or []
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("policy-archive"), dict):
            found: Mapping[str, Any] = entry["policy-archive"]
            return found
    return {}
