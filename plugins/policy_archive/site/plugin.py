"""The plugin: MkDocs' events, each handed on to the module that knows."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import pathspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from policy_archive.site import origins, publishing
from policy_archive.site.cache import open_store
from policy_archive.site.config import PolicyArchiveConfig
from policy_archive.site.edition import Edition
from policy_archive.site.files import asset_names, assets
from policy_archive.site.pages import ArchivePage, as_view, is_home
from policy_archive.site.watching import FolderWatch
from policy_archive.store import Store

_TEMPLATES = Path(__file__).parent / "templates"


class PolicyArchivePlugin(BasePlugin[PolicyArchiveConfig]):  # type: ignore[no-untyped-call]
    """Publishes a folder of archived policies."""

    def __init__(self) -> None:
        """One object serves all rebuilds of a live preview."""
        self._store: Store | None = None
        self._edition: Edition | None = None
        self._watch: FolderWatch | None = None
        self._signals: Path | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Start afresh; defined also so that MkDocs keeps this object between rebuilds.

        MkDocs keeps it between projects of one process, too.
        """
        self.on_shutdown()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Offer our templates and assets, and keep archived files out of MkDocs' own hands."""
        # An archived .html file would be published with its scripts, a .md file run through
        # Markdown; two forms of one capture would be reported as a conflict. Not even a plugin
        # that is switched off lets that happen.
        ours = pathspec.gitignore.GitIgnoreSpec.from_lines(f"/{f}/" for f in self._folders(config))
        config.exclude_docs = config.exclude_docs + ours if config.exclude_docs else ours
        if not self.config.enabled:
            return config
        if self._store is None:
            self._store = open_store(config.config_file_path)
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
        self._edition = publishing.edition(folders, self.config, config, self._store)
        publishing.report(self._edition.archive)
        publishing.add_to(files, self._edition, config)
        for file in assets(config):
            files.append(file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation | None:
        """Four links, where the site has no navigation of its own."""
        if self.config.enabled and config.nav is None:
            publishing.add_to_nav(nav, files)
        return nav

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Show the site's own home page with the archive's figures under its Markdown."""
        if self.config.enabled and is_home(page) and not isinstance(page, ArchivePage):
            page.meta.setdefault("template", "policy_archive/home.html")
        return markdown

    # Last, so that search has read the page before its view is made.
    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext | None:
        """Give the template its view."""
        if self._edition:
            context["view"] = as_view(page, self._edition)  # type: ignore[typeddict-unknown-key]
        return context

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer | None:
        """Watch the docs folder at a bounded cost instead of MkDocs' unbounded one."""
        if not self.config.enabled:
            return server
        self._signals = Path(tempfile.mkdtemp(prefix="policy-archive-"))
        signal = self._signals / "changed"
        signal.touch()
        server.unwatch(config.docs_dir)
        server.watch(str(signal))
        self._watch = FolderWatch(Path(config.docs_dir), signal)
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
