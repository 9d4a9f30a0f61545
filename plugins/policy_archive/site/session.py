"""What lasts from one build of a live preview to the next: store, watch, what has been said."""

import logging
import re
import shutil
import tempfile
from functools import partial
from pathlib import Path

import pathspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files

from policy_archive.build import parallel
from policy_archive.build.texts import Texts
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.dataset import parquet_file
from policy_archive.pages.publication import Publication
from policy_archive.site import docs_walk
from policy_archive.site.output.staging import Staging
from policy_archive.site.output.tree import Tree
from policy_archive.site.preview import Watch
from policy_archive.site.project import exclusions, project, publication, sources
from policy_archive.site.project.cache import (
    alone,
    folder_of,
    forget_withdrawn,
    note_withdrawn,
    open_catalogue,
)
from policy_archive.site.project.config import PolicyArchiveConfig
from policy_archive.site.project.exclusions import Excluded
from policy_archive.site.project.publication import Found
from policy_archive.site.search import index
from policy_archive.site.site_build import SiteBuild
from policy_archive.site.theme.files import asset_names

log = logging.getLogger("mkdocs.plugins.policy_archive")

_TEMPLATES = Path(__file__).parent / "templates"
_SPECIAL = re.compile(r"([\\\[\]*?!# ])")
"""Characters that mean something in a line of `.gitignore`."""


class Session:
    """One run of MkDocs: a build, or a preview with all its rebuilds."""

    def __init__(self, command: str = "build", *, dirty: bool = False) -> None:
        """`command` is MkDocs' own; a dirty build writes into the site that is there."""
        self._preview = command == "serve"
        self._dirty = dirty
        self._cache: Path | None = None
        self._fresh = False
        """Whether other things are withdrawn than at the last build."""
        self._catalogue: Catalogue | None = None
        self._texts: Texts | None = None
        self._found: Found | None = None
        self._staging: Staging | None = None
        self._watch: Watch | None = None
        self._signals: Path | None = None
        self._excluded: Excluded = lambda path: False
        self._said: set[str] = set()

    def keep_out(self, options: PolicyArchiveConfig, config: MkDocsConfig) -> None:
        """Have MkDocs leave archived files alone, even where the plugin is switched off.

        An archived .html file would be published with its scripts, a .md file run through
        Markdown; two forms of one capture would be reported as a conflict.
        """
        self._excluded = exclusions.of_config(config, drafts=self._preview)
        names = [f"/{_exactly(folder)}/" for folder in project.folders(options, config)]
        ours = pathspec.gitignore.GitIgnoreSpec.from_lines([*names, f"/{_exactly(options.labels)}"])
        config.exclude_docs = config.exclude_docs + ours if config.exclude_docs else ours

    def new_build(self, options: PolicyArchiveConfig, config: MkDocsConfig) -> SiteBuild:
        """Begin a build of `config`, with our templates and assets in its theme.

        Raises:
            PluginError: the theme or an option does not fit.
        """
        if self._catalogue is None:
            self._fresh = forget_withdrawn(config.config_file_path)
            self._cache = folder_of(config.config_file_path)
            self._catalogue, self._texts = open_catalogue(self._cache)
        _check(options, config)
        # Before the theme, behind a site's own overrides.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_TEMPLATES))
        config.extra_css[:0] = asset_names(".css")
        config.extra_javascript[:0] = asset_names(".js")
        site = Path(config.site_dir)
        if not self._dirty:
            self._staging = Staging(site, self._cache, preview=self._preview, fresh=self._fresh)
        walk = docs_walk.without(Path(config.docs_dir), project.folders(options, config))
        processes = partial(parallel.processes, options.workers)
        return SiteBuild(config, self._staging, walk, self._add_search_index, processes)

    def read(self, files: Files, options: PolicyArchiveConfig, config: MkDocsConfig) -> Publication:
        """Read the archive, whose files MkDocs no longer has, and say what is wrong with it."""
        assert self._catalogue and self._texts
        folders = project.folders(options, config)
        for file in list(files):
            if file.src_uri.startswith(tuple(f"{folder}/" for folder in folders)):
                files.remove(file)
        # A preview is quick: it shows the tables of its first build.
        tables = self._found.publication.tables if self._preview and self._found else ()
        with alone(self._cache):
            found = publication.publication(
                options,
                config,
                self._catalogue,
                self._texts,
                excluded=self._excluded,
                search_page=self._has_search_page(options),
                cache=self._cache,
                tables=tables,
                sitemap=True,
            )
        publication.report(found.notices())
        self._found = found
        if not found.publication.figures.policies:
            # A new project has no captures yet, or all were withdrawn: that is no fault.
            shown = found.publication
            meant = not shown.sources or shown.withdrawn.entries
            level = logging.INFO if meant else logging.WARNING
            log.log(level, "policy-archive: the archive is empty: no archived file was found")
        if sentence := publication.unspoken(options, config):
            self._say(sentence)
        if tables:
            self._say("data/ shows the tables of this preview's first build.")
        if options.data_ and not parquet_file.available():
            self._say(parquet_file.ABSENT)
        if not config.site_url:
            self._say(
                "site_url is not set: canonical links, TimeMaps and feeds are left out, since they "
                "need absolute addresses"
            )
        return found.publication

    def _add_search_index(self, found: Publication, tree: Tree) -> None:
        """A preview is quick: it shows the index of the last build."""
        if not found.search_page:
            return
        if not self._preview and not self._dirty:
            index.build(found, tree, self._cache)
        elif index.reuse(tree, self._cache):
            self._say("The search page shows the index of the last `mkdocs build`.")
        else:
            self._say("The search page has no index before `mkdocs build` has made one.")

    def _has_search_page(self, options: PolicyArchiveConfig) -> bool:
        absent = index.missing()
        if absent and options.search == "pagefind":
            message = (
                f"search: pagefind needs {' and '.join(absent)} (pip install "
                "mkdocs-policy-archive[search]); without, there is no search page, and the search "
                "in the page's head serves."
            )
            self._say(message, logging.WARNING)
        return not absent and options.search != "built-in"

    def _say(self, message: str, level: int = logging.INFO) -> None:
        """Once, however often a preview is rebuilt."""
        if message not in self._said:
            log.log(level, message)
        self._said.add(message)

    def published(self, config: MkDocsConfig) -> None:
        """The site stands: write down which addresses it has given; a preview gives none."""
        if self._found and not self._preview:
            publication.keep_addresses(self._found, config)
            note_withdrawn(self._cache, self._found.publication.withdrawn)

    def watch(
        self, server: LiveReloadServer, options: PolicyArchiveConfig, config: MkDocsConfig
    ) -> None:
        """Have a preview rebuilt when a file of the docs folder or a repository changes."""
        self._signals = Path(tempfile.mkdtemp(prefix="policy-archive-"))
        signal = self._signals / "changed"
        signal.touch()
        server.unwatch(config.docs_dir)
        server.watch(str(signal))
        self._watch = Watch([Path(config.docs_dir), *sources.watched(options, config)], signal)
        self._watch.start()

    def close(self) -> None:
        """Stop watching, and give the store back."""
        if self._watch:
            self._watch.stop()
        if self._signals:
            shutil.rmtree(self._signals, ignore_errors=True)
        if self._staging and self._preview:
            self._staging.forget()
        if self._catalogue and self._texts:
            self._catalogue.close()
            self._texts.close()
        self._watch = self._signals = self._catalogue = self._texts = self._staging = None


def _check(options: PolicyArchiveConfig, config: MkDocsConfig) -> None:
    """That the project has what a site of an archive needs."""
    if not any((Path(folder) / "partials" / "nav.html").is_file() for folder in config.theme.dirs):
        raise PluginError(
            f"policy-archive: theme: the archive's pages need Material for MkDocs (`theme: "
            f"material`); this project uses {config.theme.name!r}"
        )
    site = Path(config.site_dir)
    for place in (site, *site.parents):
        if place.exists() and not place.is_dir():
            raise PluginError(
                f"policy-archive: site_dir: {place} is a file, and the site needs a folder: move "
                "it away, or name another"
            )
    if missing := options.missing_labels(config):
        raise PluginError(f"policy-archive: labels: there is no file {missing}")
    project.existing_folders(options, config)


def _exactly(path: str) -> str:
    """`path` as a pattern of `.gitignore` that names it alone."""
    return _SPECIAL.sub(r"\\\1", path)
