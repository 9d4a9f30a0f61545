"""The plugin: MkDocs' events, each handed on to what knows."""

from collections.abc import Callable
from typing import Any, Literal

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from policy_archive.pages import language
from policy_archive.site.project.config import PolicyArchiveConfig
from policy_archive.site.session import Session
from policy_archive.site.site_build import SiteBuild
from policy_archive.site.theme.content_policy import MARK
from policy_archive.site.theme.page import FRAME


class PolicyArchivePlugin(BasePlugin[PolicyArchiveConfig]):  # type: ignore[no-untyped-call]
    """Publishes a folder of archived policies.

    One object serves all rebuilds of a live preview, and all projects of one process.
    """

    def __init__(self) -> None:
        """Nothing is opened before a build begins."""
        self._session = Session()
        self._build: SiteBuild | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Start afresh; defined also so that MkDocs keeps this object between rebuilds."""
        self.on_shutdown()
        self._session = Session(command, dirty=dirty)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Offer our templates and assets, and keep archived files out of MkDocs' own hands."""
        if self._build and self._build.config is config and self._build.published:
            self._build.nested += 1
            return config
        self._session.keep_out(self.config, config)
        self._build = self._session.new_build(self.config, config) if self.config.enabled else None
        return config

    # Last: MkDocs is the next to use `site_dir`.
    @event_priority(-1000)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Have MkDocs build aside."""
        if self._build:
            self._build.divert()

    # First, so that other plugins meet the archive.
    @event_priority(1000)
    def _on_files_read(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the archive and add its pages and files."""
        if self._build and not self._build.nested:
            publication = self._session.read(files, self.config, config)
            self._build.files(files, publication)
        return files

    # After those that note which files there are, before those that arrange them.
    @event_priority(-50)
    def _on_files_noted(self, files: Files, *, config: MkDocsConfig) -> Files:
        if self._build and not self._build.nested:
            self._build.files_noted(files)
        return files

    # Last: plugins may have made another object of the files.
    @event_priority(-1000)
    def _on_files_gathered(self, files: Files, *, config: MkDocsConfig) -> Files:
        if self._build:
            self._build.restore()
            self._build.files_gathered(files)
        return files

    on_files = CombinedEvent(_on_files_read, _on_files_noted, _on_files_gathered)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation | None:
        """Four links, where the site has no navigation of its own."""
        if self._build and not self._build.nested:
            self._build.nav(nav, files)
        return nav

    # Last, so that other plugins have changed what they want to.
    @event_priority(-1000)
    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment | None:
        """Remember what pages are rendered with."""
        env.globals.update(
            content_policy=MARK if self.config.csp else "",
            pa_attributes=language.attributes(str(config.theme.get("language") or "en")),
            pa_gettext=language.gettext,
        )
        if self._build and self._build.nested:
            self._build.grown(files)
        elif self._build:
            self._build.env(env, files)
        return env

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Show the site's own home page with the archive's figures under its Markdown."""
        if self._build and page.file.dest_uri == "index.html":
            page.meta.setdefault("template", FRAME)
        return markdown

    # Last, so that search has read the page before its body is made.
    @event_priority(-1000)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext | None:
        """Give the home page its body."""
        if self._build:
            context["body"] = self._build.body(page)  # type: ignore[typeddict-unknown-key]
        return context

    # Last, so that no script of the page is changed after its digest is taken.
    @event_priority(-1000)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str | None:
        """Put the policy into the home page."""
        return self._build.with_policy(output, page) if self._build and MARK in output else output

    @event_priority(-1000)
    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str | None:
        """Put the policy into the page that is shown where there is none."""
        if self._build and MARK in output_content:
            return self._build.with_policy(output_content, None)
        return output_content

    # First, so that others meet a complete site.
    @event_priority(1000)
    def _on_post_build_write(self, *, config: MkDocsConfig) -> None:
        """Write our pages and files, and put the site in its place."""
        if self._build and not self._build.nested:
            self._build.write()

    # Last: what other plugins have to write is written.
    @event_priority(-1000)
    def _on_post_build_finish(self, *, config: MkDocsConfig) -> None:
        """Keep what serves the next build."""
        if self._build and self._build.nested:
            self._build.nested -= 1
        elif self._build and self._build.finish():
            self._session.published(config)

    on_post_build = CombinedEvent(_on_post_build_write, _on_post_build_finish)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it is."""
        if self._build:
            self._build.abandon()
        self._build = None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer | None:
        """Watch docs folder and repositories at a bounded cost, not at MkDocs' unbounded one."""
        if self.config.enabled:
            self._session.watch(server, self.config, config)
        return server

    def on_shutdown(self) -> None:
        """Stop watching, and give the store back."""
        self._session.close()
        self._build = None
