"""The plugin: MkDocs' events, each handed on to the module that knows."""

import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import jinja2
import pathspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from policy_archive.build.store import Store
from policy_archive.pages.edition import Edition
from policy_archive.site import origins, publishing, sitemap
from policy_archive.site.cache import folder_of, open_rendered, open_store
from policy_archive.site.config import PolicyArchiveConfig
from policy_archive.site.files import MadeFile, asset_names, assets
from policy_archive.site.home_pages import as_view, is_home
from policy_archive.site.made_pages import Publication, SiteFiles
from policy_archive.site.page import ArchivePage
from policy_archive.site.publishing import Generated
from policy_archive.site.search import index
from policy_archive.site.spare import Spare
from policy_archive.site.staging import Staging
from policy_archive.site.watching import Watch

log = logging.getLogger("mkdocs.plugins.policy_archive")

_TEMPLATES = Path(__file__).parent / "templates"


class PolicyArchivePlugin(BasePlugin[PolicyArchiveConfig]):  # type: ignore[no-untyped-call]
    """Publishes a folder of archived policies."""

    def __init__(self) -> None:
        """One object serves all rebuilds of a live preview."""
        self._store: Store | None = None
        self._edition: Edition | None = None
        self._watch: Watch | None = None
        self._signals: Path | None = None
        self._cache: Path | None = None
        self._staging: Staging | None = None
        self._site_dir = ""
        self._generated = Generated([], [])
        self._built: tuple[jinja2.Environment, Navigation, Files] | None = None
        self._command = "build"
        self._dirty = False
        self._told: set[str] = set()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Start afresh; defined also so that MkDocs keeps this object between rebuilds.

        MkDocs keeps it between projects of one process, too.
        """
        self.on_shutdown()
        self._command, self._dirty = command, dirty
        self._told.clear()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Offer our templates and assets, and keep archived files out of MkDocs' own hands."""
        # An archived .html file would be published with its scripts, a .md file run through
        # Markdown; two forms of one capture would be reported as a conflict. Not even a plugin
        # that is switched off lets that happen.
        ours = pathspec.gitignore.GitIgnoreSpec.from_lines(
            (*(f"/{folder}/" for folder in self._folders(config)), f"/{self.config.labels}")
        )
        config.exclude_docs = config.exclude_docs + ours if config.exclude_docs else ours
        if not self.config.enabled:
            return config
        if self._store is None:
            self._cache = folder_of(config.config_file_path)
            self._store = open_store(self._cache)
        # Before the theme, behind a site's own overrides.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_TEMPLATES))
        config.extra_css[:0] = asset_names(".css")
        config.extra_javascript[:0] = asset_names(".js")
        for name in self._folders(config):
            needed = not self.config.sources or name != self.config.policies
            if needed and not (Path(config.docs_dir) / name).is_dir():
                raise PluginError(
                    f"policy-archive: policies: there is no folder {name!r} in {config.docs_dir}; "
                    "create it, or name the folder of your archived files"
                )
        # A dirty build writes into the site that is there.
        if not self._dirty:
            self._site_dir = config.site_dir
            self._staging = Staging(
                Path(config.site_dir), self._cache, passing=self._command == "serve"
            )
            config.site_dir = str(self._staging.folder)
        config.theme.static_templates.discard("sitemap.xml")
        return config

    def _folders(self, config: MkDocsConfig) -> list[str]:
        """The folders of archived files, below the docs folder."""
        chosen = self.config.policies
        folders = [chosen] if isinstance(chosen, str) else list(chosen)
        folders += origins.folders(self.config, config)
        names = [PurePosixPath(folder).as_posix().strip("/") for folder in map(str, folders)]
        for name in names:
            if name in ("", ".") or ".." in PurePosixPath(name).parts:
                raise PluginError(
                    f"policy-archive: policies: {name!r} must name a folder below docs_dir"
                )
        return names

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files | None:
        """Read the archive and add its pages and files."""
        if self._store is None:  # switched off
            return None
        folders = self._folders(config)
        for file in list(files):
            if file.src_uri.startswith(tuple(f"{folder}/" for folder in folders)):
                files.remove(file)
        self._edition = publishing.edition(
            folders, self.config, config, self._store, search_page=self._has_search_page()
        )
        publishing.report(self._edition.archive)
        for file in assets(config):
            files.append(file)
        pages, made = self._generated = publishing.generated(files, self._edition, config)
        publishing.add_home(files, self._edition, config)
        if not self.config.page_events:
            return SiteFiles(files, pages, made, config)
        for page in pages:
            files.append(page.file)
        for beside in made:
            files.append(MadeFile.of(beside, config))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation | None:
        """Four links, where the site has no navigation of its own."""
        if self.config.enabled and config.nav is None:
            publishing.add_to_nav(nav, files)
        if self._edition:
            self._built = (config.theme.get_env(), nav, files)
        return nav

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Show the site's own home page with the archive's figures under its Markdown."""
        if self.config.enabled and is_home(page) and not isinstance(page, ArchivePage):
            page.meta.setdefault("template", "policy_archive/home.html")
        return markdown

    # Last, so that other plugins have changed what they want to.
    @event_priority(-100)
    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment | None:
        """Remember what pages are rendered with."""
        if self._built:
            self._built = (env, self._built[1], files)
        if self._cache:
            folder = self._cache / "templates"
            folder.mkdir(exist_ok=True)
            env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))
        return env

    # Last, so that search has read the page before its view is made.
    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext | None:
        """Give the template its view."""
        if self._edition:
            context["view"] = as_view(page, self._edition)  # type: ignore[typeddict-unknown-key]
        return context

    # First, so that search and others meet a complete site.
    @event_priority(100)
    def _on_post_build_write(self, *, config: MkDocsConfig) -> None:
        """Write our pages and files."""
        if not (self._built and self._edition) or self.config.page_events:
            return
        env, nav, files = self._built
        rendered = open_rendered(self._cache, self._command)
        try:
            taken = self._staging.take_spare() if self._staging else ""
            spare = Spare(Path(config.site_dir), taken)
            publication = Publication(self._edition, config, nav, rendered, spare)
            publication.write(*self._generated, env, nav, files)
        finally:
            rendered.close()

    # Last: what other plugins have to write is written.
    @event_priority(-100)
    def _on_post_build_publish(self, *, config: MkDocsConfig) -> None:
        """Complete the site, and put it in its place."""
        if not (self._built and self._edition):
            return
        addresses = self._edition.addresses
        own = [
            page.canonical_url
            for file in self._built[2].documentation_pages()
            if (page := file.page) and page.canonical_url
        ]
        if not self.config.page_events:
            own += [page.canonical_url for page in self._generated.pages if page.canonical_url]
        sitemap.write(Path(config.site_dir), own, addresses.absolute(""))
        failed = warnings_fail(config)
        if self._edition.search_page and not failed:
            self._add_search_index(self._edition, Path(config.site_dir))
        if self._staging and failed:
            log.warning("%s: left as it was, since this build has failed", self._site_dir)
        elif self._staging:
            self._staging.publish()
        if self._command != "serve" and not failed:  # a preview shows what is half written
            publishing.keep_addresses(self._edition.archive, config)
        self._restore(config)

    def _add_search_index(self, edition: Edition, site: Path) -> None:
        """A preview is quick: it shows the index of the last build."""
        if self._command != "serve" and not self._dirty:
            index.build(edition, site, self._cache)
        elif index.reuse(site, self._cache):
            self._tell("The search page shows the index of the last `mkdocs build`.")
        else:
            self._tell("The search page has no index before `mkdocs build` has made one.")

    def _has_search_page(self) -> bool:
        absent = index.missing()
        if absent and self.config.search == "pagefind":
            self._tell(
                f"search: pagefind needs {' and '.join(absent)} (pip install "
                "mkdocs-policy-archive[search]); without, there is no search page, and the search "
                "in the page's head serves."
            )
        return not absent and self.config.search != "built-in"

    def _tell(self, message: str) -> None:
        """Once, however often a preview is rebuilt."""
        if message not in self._told:
            log.info(message)
        self._told.add(message)

    on_post_build = CombinedEvent(_on_post_build_write, _on_post_build_publish)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it is."""
        if self._staging:
            self._staging.discard()
        self._staging = self._built = None

    def _restore(self, config: MkDocsConfig) -> None:
        if self._staging:
            self._staging.discard()
            config.site_dir = self._site_dir
        self._staging = self._built = None
        self._generated = Generated([], [])

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer | None:
        """Watch docs folder and repositories at a bounded cost, not at MkDocs' unbounded one."""
        if not self.config.enabled:
            return server
        self._signals = Path(tempfile.mkdtemp(prefix="policy-archive-"))
        signal = self._signals / "changed"
        signal.touch()
        server.unwatch(config.docs_dir)
        server.watch(str(signal))
        places = [Path(config.docs_dir), *origins.watched(self.config, config)]
        self._watch = Watch(places, signal)
        self._watch.start()
        return server

    def on_shutdown(self) -> None:
        """Stop watching, and give the store back."""
        if self._watch:
            self._watch.stop()
        if self._signals:
            shutil.rmtree(self._signals, ignore_errors=True)
        if self._store:
            self._store.close()
        self._watch = self._signals = self._store = self._edition = None


def warnings_fail(config: MkDocsConfig) -> bool:
    """Whether MkDocs is about to fail for the warnings it has counted."""
    counters = (h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler))
    return bool(config.strict and any(counter.get_counts() for counter in counters))
