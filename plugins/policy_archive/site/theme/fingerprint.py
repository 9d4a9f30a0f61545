"""What every page depends on besides its own content, as one digest.

Code, templates, the theme's settings, the configuration, the plugins with theirs, the navigation.
It is better to hold too much than too little: a change of any of it makes all pages anew.
"""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from policy_archive.build.cache_key import PACKAGE, code_digest
from policy_archive.site.theme.value_digest import value_digest

_ELSEWHERE = {"config_file_path", "docs_dir", "hooks", "nav", "plugins", "site_dir", "theme"}
"""Parts of the configuration that name places, or that are taken into account on their own."""
_PREVIEW = {"dev_addr", "strict", "watch"}
"""Parts that no page shows."""


def shared_digest(config: MkDocsConfig, nav: Navigation, ours: Mapping[str, object]) -> str:
    """Digest of everything that all pages of a build share; `ours` is the archive's part of it."""
    found = hashlib.sha256(code_digest().encode())
    shared = {
        "versions": [
            mkdocs.__version__,
            *_versions("Jinja2", "MarkupSafe", "mkdocs-material", "Markdown"),
        ],
        "config": {k: v for k, v in config.items() if k not in _ELSEWHERE | _PREVIEW},
        "theme": {key: config.theme[key] for key in config.theme},
        "plugins": [_plugin(*item) for item in config.plugins.items()],
        "nav": [_item(item) for item in nav.items],
        "home": nav.homepage.url if nav.homepage else None,
        "archive": ours,
    }
    found.update(value_digest(shared))
    for path in _templates(config):
        found.update(f"\0{path.name}\0".encode())
        found.update(path.read_bytes())
    hooks: Any = config.hooks  # a mapping, whatever its declaration says
    for hook in hooks.values():
        if file := getattr(hook, "__file__", None):
            found.update(Path(file).read_bytes())
    return found.hexdigest()


def _versions(*names: str) -> Iterator[str]:
    for name in names:
        try:
            yield metadata.version(name)
        except metadata.PackageNotFoundError:
            yield ""


def _templates(config: MkDocsConfig) -> Iterator[Path]:
    """The templates of the theme; of a site's own overrides, everything.

    An installed theme has ten thousand icons, which change with its version alone.
    """
    for folder in map(Path, config.theme.dirs):
        if folder.is_relative_to(PACKAGE):
            continue
        own = config.theme.custom_dir and folder == Path(config.theme.custom_dir)
        for path in sorted(folder.rglob("*") if own else _html(folder)):
            if path.is_file():
                yield path


def _html(folder: Path) -> Iterator[Path]:
    yield from folder.glob("*.html")
    for below in folder.iterdir():
        if below.is_dir() and not below.name.startswith("."):
            yield from below.rglob("*.html")


def _plugin(name: str, plugin: Any) -> object:
    """A plugin with its options; its code is known by its file's time and size."""
    file = getattr(sys.modules.get(type(plugin).__module__), "__file__", None)
    stamp = None
    if file:
        stat = Path(file).stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
    return name, type(plugin).__qualname__, stamp, dict(getattr(plugin, "config", {}))


def _item(item: Any) -> object:
    return item.title, getattr(item, "url", ""), [_item(child) for child in item.children or ()]
