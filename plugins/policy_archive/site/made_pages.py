"""Writes the archive's pages and files; what an earlier build has made is not made again."""

import json
import logging
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from policy_archive.build.progress import Progress
from policy_archive.pages.edition import Edition
from policy_archive.pages.files import Made
from policy_archive.site import conditions
from policy_archive.site.files import MadeFile
from policy_archive.site.page import ArchivePage
from policy_archive.site.rendered import Rendered
from policy_archive.site.shell import Press
from policy_archive.site.spare import Spare

log = logging.getLogger("mkdocs.plugins.policy_archive")


class SiteFiles(Files):
    """MkDocs' files, behind which the archive's can be asked for but are not in its hands.

    Links of hand-written pages and the navigation find them by name; nobody meets all of them.
    """

    def __init__(
        self,
        files: Files,
        pages: Sequence[ArchivePage],
        made: Sequence[Made],
        config: MkDocsConfig,
    ) -> None:
        """`pages` and `made` are what the archive adds."""
        super().__init__(files)
        self._pages = pages
        self._made = made
        self._by_name: dict[str, ArchivePage | Made] | None = None
        self._config = config

    def get_file_from_path(self, path: str) -> File | None:
        """The file named `path`, ours included."""
        if found := super().get_file_from_path(path):
            return found
        if self._by_name is None:
            self._by_name = {made.place: made for made in self._made}
            self._by_name |= {page.source: page for page in self._pages}
        known = self._by_name.get(path)
        if isinstance(known, Made):
            return MadeFile.of(known, self._config)
        return known.file if known else None


class Publication:
    """One build's pages and files on their way into a folder."""

    def __init__(
        self,
        edition: Edition,
        config: MkDocsConfig,
        nav: Navigation,
        rendered: Rendered,
        spare: Spare,
    ) -> None:
        """When the navigation is complete; `spare` is what stands in the folder already."""
        self._config = config
        self._rendered = rendered
        self._spare = spare
        self._used: list[str] = []
        self._folders: set[str] = set()
        self._indexes = [index for index in map(_index, config.plugins.values()) if index]
        ours = {
            "name": edition.name,
            "rows": edition.rows,
            "search": (
                edition.search_page,
                edition.full_text_search,
                edition.theme_finds_snapshots,
                edition.theme_finds_policies,
            ),
            "disabled_rules": edition.disabled_rules,
            "topics": edition.archive.taxonomy.version,
        }
        self._conditions = conditions.digest(config, nav, ours).encode()

    def write(
        self,
        pages: Sequence[ArchivePage],
        made: Sequence[Made],
        env: jinja2.Environment,
        nav: Navigation,
        files: Files,
    ) -> None:
        """Write all of them, and let go of what earlier builds kept."""
        press = Press(env, nav, files, self._config)
        with Progress("Writing pages") as progress:
            for number, page in enumerate(pages, 1):
                try:
                    self._page(page, press)
                    page.held = None
                except Exception:
                    log.error("%s: this page could not be made", page.source)
                    raise
                progress(number, len(pages))
        for file in made:
            key = file.depends and self._key(file.place, "file", file.depends)
            if not (key and self._kept(file.place, key)):
                self._write(file.place, key or None, file.make(), None)
        self._spare.clear()
        self._rendered.keep_only(self._used)

    def _page(self, page: ArchivePage, press: Press) -> None:
        place = self._name(page)
        depends = page.depends()
        key = None if depends is None else self._key(page.place, page.template, depends)
        if key and self._kept(place, key):
            self._replay(page, key)
            return
        shown = page.shows()
        exact = None if shown is None else self._key(page.place, f"{page.template}, exactly", shown)
        if key and exact and self._kept(place, exact):
            self._rendered.also(key, exact)
            self._replay(page, exact)
            return
        page.active = True  # a page has content for search while it is active
        search = json.dumps(list(self._indexed(page))).encode() if page.searchable else None
        page.active = False
        data = press.page(page).encode("utf-8", errors="xmlcharrefreplace")
        self._write(place, key, data, search)
        if key and exact:
            self._rendered.also(exact, key)

    def _kept(self, place: str, key: str) -> bool:
        """Whether what an earlier build made is at its place now."""
        kept = self._rendered.known(key)
        if self._spare.holds(place, kept):
            return True
        return bool(kept and self._rendered.link(key, self._target(place)))

    def _write(self, place: str, key: str | None, data: bytes, search: bytes | None) -> None:
        target = self._target(place)
        if key:
            self._rendered.put(key, data, search, target)
            return
        self._spare.holds(place, None)  # a link to what is kept is not written through
        Path(target).write_bytes(data)

    def _key(self, place: str, kind: str, depends: object) -> str:
        text = msgspec.msgpack.encode((place, kind, depends))
        key = sha256(self._conditions + text).hexdigest()
        self._used.append(key)
        return key

    def _name(self, page: ArchivePage) -> str:
        folders = self._config.use_directory_urls
        return f"{page.place}index.html" if folders else page.file.dest_uri

    def _target(self, name: str) -> str:
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            Path(self._config.site_dir, folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self._config.site_dir}/{name}"

    def _indexed(self, page: ArchivePage) -> Iterator[list[Any]]:
        """Add the page to search; what it added there, for each of the indexes."""
        for index, entries in self._indexes:
            before = len(entries)
            index.add_entry_from_context(page)
            yield entries[before:]

    def _replay(self, page: ArchivePage, key: str) -> None:
        if page.searchable and (search := self._rendered.search(key)):
            for (_, entries), own in zip(self._indexes, json.loads(search), strict=True):
                entries.extend(own)


def _index(plugin: Any) -> tuple[Any, list[Any]] | None:
    """The index of a search plugin and its list of entries: MkDocs' own, or the theme's."""
    index = getattr(plugin, "search_index", None)
    entries = getattr(index, "entries", getattr(index, "_entries", None))
    return (index, entries) if isinstance(entries, list) else None
