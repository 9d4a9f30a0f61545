"""The indexes of the theme's own search: what a page adds to them, kept to be added again."""

import json
from collections.abc import Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from policy_archive.site.theme.page import FramedPage


class ThemeIndexes:
    """The indexes of all search plugins of a build: MkDocs' own, or the theme's."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Of the plugins that `config` names."""
        self._indexes = [found for found in map(_index, config.plugins.values()) if found]

    def add(self, page: FramedPage) -> bytes | None:
        """Add `page`; what it added, as JSON, or None where it is not searched for."""
        if not page.page.searchable:
            return None
        page.active = True  # a page has content for search while it is active
        try:
            return json.dumps(list(self._added(page))).encode()
        finally:
            page.active = False

    def _added(self, page: FramedPage) -> Iterator[list[Any]]:
        for index, entries in self._indexes:
            before = len(entries)
            index.add_entry_from_context(page)
            yield entries[before:]

    def add_again(self, search: bytes | None) -> None:
        """Add what `add` has returned in an earlier build."""
        if search is not None:
            for (_, entries), own in zip(self._indexes, json.loads(search), strict=True):
                entries.extend(own)


def is_search(plugin: Any) -> bool:
    """Whether a plugin keeps an index of pages that it writes after the build."""
    return _index(plugin) is not None


def _index(plugin: Any) -> tuple[Any, list[Any]] | None:
    index = getattr(plugin, "search_index", None)
    entries = getattr(index, "entries", getattr(index, "_entries", None))
    return (index, entries) if isinstance(entries, list) else None
