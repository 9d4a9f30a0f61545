"""A page of the archive as MkDocs, its plugins and themes know pages.

It is made around a page of ours when somebody asks: when the theme frames it, when a search index
or the navigation has it, when a hand-written page links to it. It never meets Markdown.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as EnginePage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_build_date

from policy_archive.pages.page import Page

FRAME = "policy_archive/frame.html"
"""The theme's template with a body of ours inside."""
GENERATOR = "policy-archive"
"""Who has made a file, for MkDocs' messages."""
_LOOKALIKES = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’", "`": "‘", "&": "&amp;"})


def theme_title(text: str) -> str:
    """`text` as a page title that no theme can turn into markup.

    Themes print titles raw, stripped of tags (which also *un*-escapes them) and escaped, side by
    side; only text without any markup character is safe in all three.
    """
    return " ".join(text.split()).translate(_LOOKALIKES)


class FramedPage(EnginePage):
    """`page` as MkDocs knows pages; what MkDocs works out at once is worked out for those who ask.

    Two objects for one page are equal, so that the navigation finds its own.
    """

    parent: Any = None
    """MkDocs expects a section, but asks only what a page can answer as well."""
    previous_page: Any = None
    next_page: Any = None
    children: None = None
    markdown: str | None = ""
    edit_url: str | None = None
    is_index = True
    _title_from_render: str | None = None
    _Page__active = False

    def __init__(self, page: Page, config: MkDocsConfig) -> None:
        """Around `page`; its virtual source file follows when it is asked for."""
        self.page = page
        self.title = theme_title(page.title)
        self._config = config

    @cached_property
    def file(self) -> File:  # type: ignore[override]
        """The source that MkDocs believes in."""
        file = File.generated(
            self._config, source_of(self.page), content="", inclusion=InclusionLevel.NOT_IN_NAV
        )
        file.generated_by = GENERATOR
        file.page = self
        return file

    @property
    def url(self) -> str:
        """The address from the site's root."""
        return self.page.publication.addresses.of(self.page.place)

    @cached_property
    def canonical_url(self) -> str | None:  # type: ignore[override]
        """The whole address, where the site's own is known."""
        return self.page.publication.addresses.absolute(self.page.place) or None

    @property
    def abs_url(self) -> str | None:  # type: ignore[override]
        """Its path."""
        return urlsplit(self.canonical_url).path if self.canonical_url else None

    @property
    def update_date(self) -> str:  # type: ignore[override]
        """When the site is built."""
        return get_build_date()

    @property
    def is_homepage(self) -> bool:
        """Whether it is the site's first."""
        return not self.page.place

    @cached_property
    def meta(self) -> dict[str, Any]:  # type: ignore[override]
        """What themes look up in front matter is ours alone."""
        searchable = self.page.searchable
        return {"template": FRAME} | ({} if searchable else {"search": {"exclude": True}})

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no source."""

    def render(self, config: MkDocsConfig, files: object) -> None:
        """Nothing to render: the frame prints the body."""

    @property
    def content(self) -> str:
        """The search text, while MkDocs writes the page; at other times its anchors alone.

        They are what checkers of links look for.
        """
        if self.active:
            return self.page.search_text() if self.page.searchable else ""
        return "".join(f'<a id="{anchor}"></a>' for anchor in sorted(self.page.anchors()))

    @content.setter
    def content(self, value: str | None) -> None:
        """Other plugins' changes are not kept: archived text is shown as it is."""

    @property
    def toc(self) -> TableOfContents:
        """Empty; bodies have outlines of their own."""
        return TableOfContents([])

    @toc.setter
    def toc(self, value: Iterable[AnchorLink]) -> None:
        """MkDocs sets an empty one."""

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        """Looked up only where a hand-written page links here."""
        return self.page.anchors()


def source_of(page: Page) -> str:
    """The name of the virtual source file of a page."""
    return f"{page.place}index.md"
