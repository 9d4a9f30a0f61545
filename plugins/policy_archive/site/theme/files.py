"""Our files as MkDocs knows files: pages and files of the archive found by name, and our assets."""

import logging
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Self

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from policy_archive.errors import SourceError
from policy_archive.pages import plan
from policy_archive.pages.addresses import ASSETS
from policy_archive.pages.assets import FOLDER, content, paths, place_of
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.page import Page
from policy_archive.pages.plan import Output
from policy_archive.pages.publication import Publication
from policy_archive.site.theme.nav import titles
from policy_archive.site.theme.page import GENERATOR, FramedPage, source_of

log = logging.getLogger("mkdocs.plugins.policy_archive")


class ArchiveFiles:
    """The archive's pages and files, behind those that MkDocs has in its hands.

    Links of hand-written pages and the navigation find them by name; MkDocs builds none of them.
    Where a hand-written page stands, that one stays.
    """

    def __init__(self, publication: Publication, own: Set[str], config: MkDocsConfig) -> None:
        """What the archive adds to the site of `config`; `own` are sources of the site's files."""
        self._publication = publication
        self._config = config
        self._replaced: set[str] = set()
        self._classes: tuple[type[Files], type[Files]] = Files, Files
        self.arrange(own)

    def arrange(self, own: Set[str]) -> None:
        """Work out anew what is free, and what pages are called: plugins change files and `nav`."""
        self._own = frozenset(own)
        self._framed: dict[str, FramedPage] = {}
        found = plan.listing_pages(self._publication, titles(self._config.nav))
        self._listings = {source_of(page): page for page in found if self._free(page)}
        self._listed_pages = {page.place: page for page in self._listings.values()}
        self._above = self._policies()

    def _policies(self) -> Page:
        """The page above policies, even where a hand-written one stands in its place."""
        whole = plan.listing_pages(self._publication, titles(self._config.nav))
        return self._listed_pages.get("policies/") or next(whole)

    def outputs(self) -> Iterator[Output]:
        """Every page and file, one after the other; none is held."""
        yield from self._listings.values()
        found = plan.of_policies(self._publication, self._above)
        files = plan.listing_files(self._publication)
        former = plan.tombstones(self._publication)
        yield from (it for it in chain(found, former, files) if self._free(it))

    @property
    def revision(self) -> int:
        """Of the catalogue, as it is read."""
        return self._publication.catalogue.revision

    @contextmanager
    def opened_again(self, revision: int) -> Iterator[None]:
        """In a copy of this process: read on, in connections of its own.

        Raises:
            SourceError: another build has written in the meantime.
        """
        self._publication.open_again()
        with self._publication.catalogue.reading() as found:
            if found != revision:
                raise SourceError("the catalogue was written to")
            yield

    def _free(self, output: Output) -> bool:
        """Whether no page of the site's own stands there."""
        if isinstance(output, GeneratedFile):
            source = output.place
            rivals: tuple[str, ...] = (f"{source.removesuffix('.html')}.md",)
        else:
            source = source_of(output)
            folder = source.removesuffix("/index.md")
            rivals = (f"{folder}/README.md", f"{folder}.md")
        if self._own.isdisjoint((source, *rivals)):
            return True
        if source not in self._replaced:
            log.info("%s: your own page replaces the generated one", source)
        self._replaced.add(source)
        return False

    def attach(self, files: Files) -> None:
        """Have `files` find the archive's pages and files by name, whatever class they are of."""
        own = type(files)

        def get_file_from_path(path: str) -> File | None:
            return own.get_file_from_path(files, path) or self._find(path)

        vars(files)["get_file_from_path"] = get_file_from_path

    def list_in(self, files: Files) -> None:
        """Have `files` name the archive's pages and files as well, until `unlist`.

        Plugins that redirect to files or check links note in `on_files` which there are. Each is
        made when it is named, and none is held.
        """
        self.attach(files)
        own = type(files)

        def __iter__(them: Files) -> Iterator[File]:  # noqa: N807
            yield from own.__iter__(them)
            # Not texts as Markdown: to MkDocs, such a file is the source of a page.
            named = (it for it in self.outputs() if not it.place.endswith(".md"))
            yield from map(self._known_to_engine, named)

        listed = type(own.__name__, (own,), {"__iter__": __iter__})
        self._classes = listed, own
        files.__class__ = listed

    def unlist(self, files: Files) -> None:
        """Have `files` name none of them again: MkDocs would build them one by one.

        A plugin may have made `files` anew, of all that it was given.
        """
        listed, own = self._classes
        if type(files) is listed:
            files.__class__ = own
        for file in [it for it in files if it.generated_by == GENERATOR]:
            files.remove(file)

    def _known_to_engine(self, output: Output) -> File:
        if isinstance(output, GeneratedFile):
            return GeneratedEngineFile.of(output, self._config)
        return self.framed(output).file

    def _find(self, path: str) -> File | None:
        known = self._listings.get(path) or next(
            (it for it in self._candidates(path) if self._free(it)), None
        )
        if isinstance(known, Page):
            self._framed[known.place] = self.framed(known)
        return self._known_to_engine(known) if known else None

    def _candidates(self, path: str) -> Iterator[Output]:
        """What stands at `path`."""
        below = path.startswith("policies/") and not path.startswith("policies/rows/")
        found = (
            chain(plan.at(self._publication, path, self._above), plan.tombstones(self._publication))
            if below
            else plan.listing_files(self._publication)
        )
        for it in found:
            if (it.place if isinstance(it, GeneratedFile) else source_of(it)) == path:
                yield it

    def framed(self, page: Page) -> FramedPage:
        """`page` as MkDocs knows it, with its surroundings.

        One object for each page of the navigation or asked for by name; others are made anew.
        """
        if page.place in self._framed:
            return self._framed[page.place]
        found = FramedPage(page, self._config)
        if page.parent:
            found.parent = self.framed(page.parent)
        if previous := page.previous:
            found.previous_page = FramedPage(previous, self._config)
        if following := page.next:
            found.next_page = FramedPage(following, self._config)
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
        file.generated_by = GENERATOR
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
    return [f"{ASSETS}/{path.name}" for path in sorted(FOLDER.glob(f"*{suffix}"))]


def assets(config: MkDocsConfig) -> Iterator[File]:
    """Our style sheets, scripts (without their comments) and fonts."""
    generated = partial(File.generated, config, inclusion=InclusionLevel.NOT_IN_NAV)
    for path in paths():
        name = place_of(path)
        if path.suffix == ".js":
            yield generated(name, content=content(path))
        else:
            yield generated(name, abs_src_path=str(path))
