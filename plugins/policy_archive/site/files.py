"""Our files as MkDocs knows files: pages and files of the archive found by name, and our assets."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from policy_archive.pages.addresses import ASSETS
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.page import Page
from policy_archive.site.page import FramedPage, source_of

_ASSETS = Path(__file__).parent / "assets"
_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
"""Comments of scripts that stand on lines of their own: a quarter of what readers would fetch."""


class ArchiveFiles:
    """The archive's pages and files, behind those that MkDocs has in its hands.

    Links of hand-written pages and the navigation find them by name; MkDocs builds none of them.
    """

    def __init__(
        self, pages: Sequence[Page], generated: Sequence[GeneratedFile], config: MkDocsConfig
    ) -> None:
        """`pages` and `generated` are what the archive adds to the site of `config`."""
        self.pages = pages
        self.generated = generated
        self._config = config
        self._framed: dict[str, FramedPage] = {}
        self._by_name: dict[str, Page | GeneratedFile] | None = None

    def attach(self, files: Files, *, listed: bool) -> None:
        """Have `files` find the archive's pages and files by name, whatever class they are of.

        While they are `listed`, `files.documentation_pages()` names the pages, too: plugins that
        redirect to pages note them in `on_files`.
        """
        own = type(files)

        def get_file_from_path(path: str) -> File | None:
            return own.get_file_from_path(files, path) or self._find(path)

        def documentation_pages(**inclusion: Any) -> Sequence[File]:
            pages = (self.framed(page).file for page in self.pages)
            return [*own.documentation_pages(files, **inclusion), *pages]

        attributes = vars(files)
        attributes["get_file_from_path"] = get_file_from_path
        if listed:
            attributes["documentation_pages"] = documentation_pages
        else:
            attributes.pop("documentation_pages", None)

    def _find(self, path: str) -> File | None:
        if self._by_name is None:
            self._by_name = {file.place: file for file in self.generated}
            self._by_name |= {source_of(page): page for page in self.pages}
        known = self._by_name.get(path)
        if isinstance(known, GeneratedFile):
            return GeneratedEngineFile.of(known, self._config)
        if known is None:
            return None
        self._framed[known.place] = framed = self.framed(known)
        return framed.file

    def framed(self, page: Page) -> FramedPage:
        """`page` as MkDocs knows it, with its surroundings.

        One object for each page of the navigation or asked for by name; others are made anew.
        """
        if page.place in self._framed:
            return self._framed[page.place]
        found = FramedPage(page, self._config)
        if page.parent:
            found.parent = self.framed(page.parent)
        if page.previous:
            found.previous_page = FramedPage(page.previous, self._config)
        if page.next:
            found.next_page = FramedPage(page.next, self._config)
        if page.parent is None:
            self._framed[page.place] = found
        return found

    def published_at(self, page: Page) -> str:
        """The name of a page's file below the site's root."""
        folders = self._config.use_directory_urls
        return f"{page.place}index.html" if folders else self.framed(page).file.dest_uri


class GeneratedEngineFile(File):
    """A static file whose bytes are made when somebody asks."""

    make: Callable[[], bytes]

    @classmethod
    def of(cls, generated: GeneratedFile, config: MkDocsConfig) -> Self:
        """`generated` as MkDocs knows files."""
        file = cls(
            generated.place,
            src_dir=None,
            dest_dir=config.site_dir,
            use_directory_urls=config.use_directory_urls,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        file.generated_by = "policy-archive"
        file.make = generated.make
        return file

    @property
    def content_bytes(self) -> bytes:
        """The bytes, made anew."""
        return self.make()

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self.make = lambda: value

    @property
    def content_string(self) -> str:
        """The bytes as text."""
        return self.make().decode("utf-8", "replace")

    @content_string.setter
    def content_string(self, value: str) -> None:
        self.make = value.encode


def asset_names(suffix: str) -> list[str]:
    """Where our style sheets or scripts are published."""
    return [f"{ASSETS}/{path.name}" for path in sorted(_ASSETS.glob(f"*{suffix}"))]


def assets(config: MkDocsConfig) -> Iterator[File]:
    """Our style sheets, scripts (without their comments) and fonts."""
    generated = partial(File.generated, config, inclusion=InclusionLevel.NOT_IN_NAV)
    for path in sorted(path for path in _ASSETS.rglob("*") if path.is_file()):
        name = f"{ASSETS}/{path.relative_to(_ASSETS).as_posix()}"
        if path.suffix == ".js":
            yield generated(name, content=_COMMENTS.sub("", path.read_text("utf-8")))
        else:
            yield generated(name, abs_src_path=str(path))
