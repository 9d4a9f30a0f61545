"""Writes the archive's pages and files into the tree; what stands there already is left alone."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

import msgspec

from policy_archive.build.shares import in_shares
from policy_archive.errors import SourceError
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.environment import Templates
from policy_archive.pages.page import Page
from policy_archive.pages.plan import Output
from policy_archive.site.output.tree import Tree, Written
from policy_archive.site.search.theme_index import ThemeIndexes
from policy_archive.site.theme.files import ArchiveFiles
from policy_archive.site.theme.frame import Frames

log = logging.getLogger("mkdocs.plugins.policy_archive")

_TOGETHER = 8
"""Neighbours that one copy makes: pages of a policy draw on the same answers."""


class Made(NamedTuple):
    """A page or file of ours that stands in the tree now."""

    page: str
    """The place of a page that search engines may list; empty: any other, and a file's."""
    file: str
    """Its name below the site's root."""
    written: Written | None
    """None: it could not be written."""


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

    def write(self, files: ArchiveFiles) -> Iterator[Made]:
        """Write every page and file of `files`, and add pages to the theme's search."""
        return map(partial(self._made, files), files.outputs())

    def write_in_shares(
        self, files: ArchiveFiles, copies: int, done: Callable[[int], None]
    ) -> list[Made] | None:
        """The same by so many copies of this process, where that can be; None: it cannot.

        Nothing may have been written before. `done` is told now and then how much is.
        """
        shares = in_shares(copies, partial(self._share, files, copies, files.revision), done)
        if shares is None:
            return None
        found = [made for _, made in sorted(chain(*shares), key=itemgetter(0))]
        for made in found:
            if made.written:
                self._tree.adopt(made.file, made.written)
                self._indexes.add_again(made.written.search)
        return found

    def _share(
        self, files: ArchiveFiles, copies: int, revision: int, number: int
    ) -> Iterator[tuple[int, Made]]:
        """In a copy of this process: every so many outputs are made, each with its number."""
        with files.opened_again(revision):
            for at, output in enumerate(files.outputs()):
                if at // _TOGETHER % copies == number:
                    yield at, self._made(files, output)

    def _made(self, files: ArchiveFiles, output: Output) -> Made:
        if isinstance(output, GeneratedFile):
            return Made("", output.place, self._file(output))
        try:
            place = files.published_at(output)
            listed = output.place if output.indexed else ""
            return Made(listed, place, self._page(output, place, files))
        except Exception:
            log.error("%sindex.md: this page could not be made", output.place)
            raise

    def _file(self, file: GeneratedFile) -> Written | None:
        if file.depends is None:
            data = file.make()
            key = sha256(data).hexdigest()
            return self._tree.held(file.place, key) or self._tree.write(file.place, key, data)
        key = self._key(file.place, "file", file.depends)
        if held := self._tree.held(file.place, key):
            return held
        try:
            return self._tree.write(file.place, key, file.make())
        except SourceError as error:
            log.warning("%s", error)
            return None

    def _page(self, page: Page, place: str, files: ArchiveFiles) -> Written:
        depends = page.depends()
        key = "" if depends is None else self._key(page.place, page.template, depends)
        if key and (held := self._tree.held(place, key)):
            self._indexes.add_again(held.search)
            return held
        framed = files.framed(page)
        search = self._indexes.add(framed)
        html = self._frames.page(framed, page.body(self._templates))
        data = html.encode("utf-8", errors="xmlcharrefreplace")
        key = key or sha256(data).hexdigest()
        held = self._tree.held(place, key) if depends is None else None
        return held or self._tree.write(place, key, data, search)

    def _key(self, place: str, kind: str, depends: object) -> str:
        return sha256(self._shared + msgspec.msgpack.encode((place, kind, depends))).hexdigest()
