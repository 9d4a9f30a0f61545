"""Writes the archive's pages and files into the tree; what stands there already is left alone."""

import logging
from collections.abc import Iterator
from hashlib import sha256

import msgspec

from policy_archive.errors import SourceError
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.environment import Templates
from policy_archive.pages.page import Page
from policy_archive.site.files import ArchiveFiles
from policy_archive.site.frame import Frames
from policy_archive.site.output.tree import Tree
from policy_archive.site.search.theme_index import ThemeIndexes

log = logging.getLogger("mkdocs.plugins.policy_archive")


class Writer:
    """Puts pages and files into a tree, each under the digest of all that it depends on."""

    def __init__(
        self,
        tree: Tree,
        templates: Templates,
        frames: Frames,
        indexes: ThemeIndexes,
        shared: str,
    ) -> None:
        """`shared` is the digest of what all pages depend on (`fingerprint.py`)."""
        self._tree = tree
        self._templates = templates
        self._frames = frames
        self._indexes = indexes
        self._shared = shared.encode()

    def write(self, files: ArchiveFiles) -> Iterator[Page]:
        """Write every page and file of `files`, and add pages to the theme's search; the pages."""
        for output in files.outputs():
            if isinstance(output, GeneratedFile):
                self._file(output)
                continue
            try:
                self._page(output, files)
            except Exception:
                log.error("%sindex.md: this page could not be made", output.place)
                raise
            yield output

    def _file(self, file: GeneratedFile) -> None:
        if file.depends is None:
            data = file.make()
            key = sha256(data).hexdigest()
            if not self._tree.holds(file.place, key):
                self._tree.write(file.place, key, data)
            return
        key = self._key(file.place, "file", file.depends)
        if not self._tree.holds(file.place, key):
            try:
                self._tree.write(file.place, key, file.make())
            except SourceError as error:
                log.warning("%s", error)

    def _page(self, page: Page, files: ArchiveFiles) -> None:
        place = files.published_at(page)
        depends = page.depends()
        key = "" if depends is None else self._key(page.place, page.template, depends)
        if key and self._tree.holds(place, key):
            self._indexes.add_again(self._tree.search(place))
            return
        framed = files.framed(page)
        search = self._indexes.add(framed)
        html = self._frames.page(framed, page.body(self._templates))
        data = html.encode("utf-8", errors="xmlcharrefreplace")
        key = key or sha256(data).hexdigest()
        if depends is not None or not self._tree.holds(place, key):
            self._tree.write(place, key, data, search)

    def _key(self, place: str, kind: str, depends: object) -> str:
        return sha256(self._shared + msgspec.msgpack.encode((place, kind, depends))).hexdigest()
