"""One build of a site, from `on_config` to the end of `on_post_build`.

`config.site_dir` names the real place for every plugin at every event. Only where MkDocs itself
uses it, between two events, it names the folder that the site is built in:

- from `on_pre_build` to `on_files`, so that MkDocs empties nothing and its files are written aside;
- while the theme's own templates (`404.html`) and the search index are written.

Once MkDocs has built its pages, the complete site takes its place; what other plugins do after
a build, they do there. If one of them fails, the site before comes back.

Another build with the same configuration, which a plugin starts after this one to add to the site
(a translation), is *nested*: it writes into the site as it stands, and adds no archive of its own.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import mkdocs.commands.build as engine
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import CountHandler

from policy_archive.build import shares
from policy_archive.build.progress import Progress
from policy_archive.pages.context import overridden
from policy_archive.pages.environment import templates
from policy_archive.pages.page import Body
from policy_archive.pages.publication import Publication
from policy_archive.pages.types.home import HomePage
from policy_archive.site.docs_walk import PrunedWalk
from policy_archive.site.output import sitemap
from policy_archive.site.output.staging import Staging
from policy_archive.site.output.tree import Tree
from policy_archive.site.output.writer import Made, Writer
from policy_archive.site.search.theme_index import ThemeIndexes, is_search
from policy_archive.site.theme import nav as navigation
from policy_archive.site.theme.content_policy import MARK, content_policy, without
from policy_archive.site.theme.files import ArchiveFiles, assets
from policy_archive.site.theme.fingerprint import shared_digest
from policy_archive.site.theme.frame import Frames
from policy_archive.site.theme.page import FramedPage

log = logging.getLogger("mkdocs.plugins.policy_archive")
_ENGINE_LOG = logging.getLogger(engine.__name__)


class SiteBuild:
    """What one build knows, and the order in which it does things."""

    def __init__(
        self,
        config: MkDocsConfig,
        staging: Staging | None,
        walk: PrunedWalk,
        add_search_index: Callable[[Publication, Tree], None],
        processes: Callable[[int], int],
    ) -> None:
        """Without `staging` (a dirty build) the site is written where it stands.

        `processes` says how many may work on so many policies.
        """
        self._processes = processes
        self.config = config
        self._walk = walk
        self._add_search_index = add_search_index
        self.published = False
        self.nested = 0
        """How many builds with the same configuration are under way inside this one."""
        self._staging = staging
        self._site = Path(config.site_dir)
        self._theme_templates: list[str] = []
        self._extra_templates: list[str] = []
        self._addresses: list[str] = []
        self._grown = False
        self._publication: Publication | None = None
        self._files: ArchiveFiles | None = None
        self._nav: Navigation | None = None
        self._env: jinja2.Environment | None = None
        self._engine_files: Files | None = None
        self._search_handlers: list[Any] = []
        self._tree: Tree | None = None
        self._templates = templates(overridden(config.theme.custom_dir))
        self._home: Body | None = None

    @property
    def folder(self) -> Path:
        """Where the site is being built."""
        return self._staging.folder if self._staging and not self.published else self._site

    def divert(self) -> None:
        """From here to `restore`, MkDocs believes that the site stands where it is built."""
        self.config.site_dir = str(self.folder)
        self._walk.begin()
        _ENGINE_LOG.addFilter(self._real_name)

    def _real_name(self, record: logging.LogRecord) -> bool:
        """Have MkDocs' messages name the place where the site will be."""
        record.msg = str(record.msg).replace(str(self.folder), str(self._site))
        return True

    def files(self, files: Files, publication: Publication) -> None:
        """Add the archive to MkDocs' `files`, and begin to build."""
        self.restore()
        self._publication = publication
        if self._staging:
            self._tree = self._staging.begin()
        self._files = ArchiveFiles(publication, {it.src_uri for it in files}, self.config)
        self._files.list_in(files)

    def files_noted(self, files: Files) -> None:
        """Other plugins have seen the archive's pages and files; MkDocs does not build them."""
        if self._files:
            self._files.unlist(files)

    def files_gathered(self, files: Files) -> None:
        """Other plugins have added theirs, perhaps to an object and a `nav` of their own."""
        if self._files and self._publication and not self.nested:
            # Not before: plugins that arrange files of the docs folder take these for some.
            for asset in assets(self.config):
                files.append(asset)
            if not any(file.dest_uri == "index.html" for file in files.documentation_pages()):
                files.append(FramedPage(HomePage(self._publication), self.config).file)
            self._files.arrange({it.src_uri for it in files})
        if self._files:
            self._files.attach(files)

    def restore(self) -> None:
        """`config.site_dir` names the real place again."""
        self.config.site_dir = str(self._site)
        self._walk.end()
        _ENGINE_LOG.removeFilter(self._real_name)

    def nav(self, nav: Navigation, files: Files) -> None:
        """The navigation is complete, but for ours where it has none of its own."""
        if self.config.nav is None:
            navigation.add_to_nav(nav, files)
        self._nav = nav

    def env(self, env: jinja2.Environment, files: Files) -> None:
        """All is gathered, and MkDocs is about to write."""
        self._env, self._engine_files = env, files
        handlers = self.config.plugins.events["post_build"]
        self._search_handlers = [h for h in handlers if is_search(getattr(h, "__self__", None))]
        handlers[:] = [h for h in handlers if h not in self._search_handlers]
        for file in files:
            target = Path(file.abs_dest_path)
            if target.is_relative_to(self._site):  # a plugin's doing
                file.abs_dest_path = str(self.folder / target.relative_to(self._site))
        # Theme's own templates would be written where `config.site_dir` points.
        templates = self.config.theme.static_templates
        self._theme_templates = [name for name in sorted(templates) if name != "sitemap.xml"]
        self._extra_templates = list(self.config.extra_templates)
        templates.clear()
        self.config.extra_templates.clear()

    def body(self, page: Any) -> Body | None:
        """The body of a page that MkDocs builds: the home page's, whoever wrote it."""
        if page.file.dest_uri != "index.html" or self._publication is None:
            return None
        home = HomePage(self._publication, "" if isinstance(page, FramedPage) else page.content)
        self._home = home.body(self._templates)
        return self._home

    def with_policy(self, output: str, page: Any) -> str:
        """A page that MkDocs has built in our frame, with its policy.

        What its author has written may run scripts; what the archive adds may not.
        """
        body = self._home
        written = "" if page is None or isinstance(page, FramedPage) else page.content
        around = without(output, (body.content, body.head)) if body else output
        return output.replace(MARK, content_policy(around + written), 1)

    def write(self) -> None:
        """Write the archive and what MkDocs has left to us, and put the site in its place."""
        ours, files, nav, env = self._files, self._engine_files, self._nav, self._env
        if not (ours and files and nav and env and self._publication):
            return
        with self._diverted():
            for template in self._theme_templates:
                engine._build_theme_template(template, env, files, self.config, nav)
            for template in self._extra_templates:
                engine._build_extra_template(template, files, self.config, nav)
        self._give_templates_back()
        tree = self._tree or Tree(self._site, {})
        shared = shared_digest(self.config, nav, _shared_by_pages(self._publication))
        frames, indexes = Frames(env, nav, files, self.config), ThemeIndexes(self.config)
        writer = Writer(tree, self._templates, frames, indexes, shared)
        with Progress("Writing pages") as progress, self._publication.catalogue.reading():
            pages = self._publication.page_count
            done = partial(_told, progress, pages)
            for number, made in enumerate(self._written(writer, tree, ours, done), 1):
                if made.page and (address := self._publication.addresses.absolute(made.page)):
                    self._addresses.append(address)
                done(number)
        with self._diverted():
            for write_index in self._search_handlers:  # so that the site is complete at once
                write_index(config=self.config)
        if not warnings_fail(self.config):
            self._add_search_index(self._publication, tree)
        self._list(files)
        self._write_sitemap()
        if self._staging and not warnings_fail(self.config):
            self._staging.publish(tree.finish())
            self.published = True

    def _written(
        self, writer: Writer, tree: Tree, ours: ArchiveFiles, done: Callable[[int], None]
    ) -> Iterable[Made]:
        """Every page and file: of a new site by several processes, else by this one."""
        assert self._publication
        copies = self._processes(self._publication.figures.policies)
        if copies > 1 and tree.is_new and self._publication.catalogue.kept and shares.possible():
            found = writer.write_in_shares(ours, copies, done)
            if found is not None:
                return found
        return writer.write(ours)

    def grown(self, files: Files) -> None:
        """A nested build adds the pages among `files`."""
        self._list(files)
        self._grown = True

    def _list(self, files: Files) -> None:
        """Put MkDocs' own pages among `files` into the sitemap."""
        unlisted = self._publication.noindex if self._publication else ""
        own = [
            page.canonical_url
            for file in files.documentation_pages()
            if (page := file.page)
            and page.canonical_url
            and (file.dest_uri != "index.html" or unlisted != "all")
        ]
        self._addresses = [*dict.fromkeys([*own, *self._addresses])]

    def _write_sitemap(self) -> None:
        home = self._publication.addresses.absolute("") if self._publication else ""
        sitemap.write(self.folder, self._addresses, home)

    def finish(self) -> Publication | None:
        """Other plugins are done as well: the site stays. What it publishes, if it does."""
        if self._grown:
            self._write_sitemap()
        if self._staging and self.published:
            self._staging.commit()
        elif self._staging:
            log.warning("%s: left as it was, since this build has failed", self._site)
            self._staging.discard()
        self.restore()
        return self._publication if self.published else None

    def abandon(self) -> None:
        """The build has failed: leave the last good site, or put it back."""
        if self._staging:
            self._staging.withdraw()
        self.restore()
        self._give_templates_back()

    def _give_templates_back(self) -> None:
        self.config.theme.static_templates.update(self._theme_templates)
        self.config.extra_templates[:] = self._extra_templates

    @contextmanager
    def _diverted(self) -> Iterator[None]:
        self.divert()
        try:
            yield
        finally:
            self.restore()


def _told(progress: Progress, of: int, number: int) -> None:
    """There are somewhat more files than are counted."""
    progress(min(number, of), of)


def _shared_by_pages(publication: Publication) -> dict[str, object]:
    """What all pages show of the archive as a whole."""
    return {
        "name": publication.name,
        "language": publication.context.language,
        "rows": publication.rows,
        "search": (
            publication.search_page,
            publication.full_text_search,
            publication.theme_finds_snapshots,
            publication.theme_finds_policies,
        ),
        "disabled_rules": publication.disabled_rules,
        "topics": publication.taxonomy.version,
    }


def warnings_fail(config: MkDocsConfig) -> bool:
    """Whether MkDocs is about to fail for the warnings it has counted."""
    counters = (h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler))
    return bool(config.strict and any(counter.get_counts() for counter in counters))
