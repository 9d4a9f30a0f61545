"""A generated page: an MkDocs page that draws on the archive and never meets Markdown.

A page holds no text. Its view is built when MkDocs writes the page, so that memory does not grow
with the texts; `content` and `toc` exist for search engines, and only then.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_build_date

from policy_archive.pages.edition import Edition

_LOOKALIKES = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’", "`": "‘", "&": "&amp;"})


def theme_title(text: str) -> str:
    """`text` as a page title that no theme can turn into markup.

    Themes print titles raw, stripped of tags (which also *un*-escapes them) and escaped, side by
    side; only text without any markup character is safe in all three.
    """
    return " ".join(text.split()).translate(_LOOKALIKES)


class ArchivePage(Page):
    """A generated page at `place`, shown by `template`.

    There is one for every page of the site in every build, so making one costs next to nothing:
    what MkDocs sets on each page is constant here, or worked out for those who ask.
    """

    template: ClassVar[str]
    searchable: ClassVar[bool] = False
    parent: Any = None
    """The page above. MkDocs expects a section, but asks only what both can answer."""
    previous_page: Any = None
    next_page: Any = None
    held: object = None
    """Its view, while what it shows is compared with what was made before."""
    children: None = None
    markdown: str | None = ""
    edit_url: str | None = None
    is_index = True
    _title_from_render: str | None = None
    _Page__active = False

    def __init__(self, title: str, place: str, edition: Edition, config: MkDocsConfig) -> None:
        """Make the page; its virtual source file follows when it is asked for."""
        self.title = theme_title(title)
        self.place = place
        self.edition = edition
        self._config = config

    @cached_property
    def file(self) -> File:  # type: ignore[override]
        """The source that MkDocs believes in."""
        file = File.generated(
            self._config, self.source, content="", inclusion=InclusionLevel.NOT_IN_NAV
        )
        file.generated_by = "policy-archive"
        file.page = self
        return file

    @property
    def source(self) -> str:
        """The name of that file."""
        return f"{self.place}index.md"

    @property
    def url(self) -> str:
        """The address from the site's root."""
        return self.edition.addresses.of(self.place)

    @cached_property
    def canonical_url(self) -> str | None:  # type: ignore[override]
        """The whole address, where the site's own is known."""
        return self.edition.addresses.absolute(self.place) or None

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
        return not self.place

    @cached_property
    def meta(self) -> dict[str, Any]:  # type: ignore[override]
        """What themes look up in front matter is ours alone."""
        meta: dict[str, Any] = {"template": f"policy_archive/{self.template}.html"}
        return meta if self.searchable else meta | {"search": {"exclude": True}}

    def depends(self) -> object:
        """What the page shows, besides what all pages depend on; None: it is made every time.

        Two pages of one place and type for which this is equal are the same to the byte.
        """
        return None

    def shows(self) -> object:
        """The same more exactly, where that takes long to find out; None: it is no more exact.

        Asked for only where what it depends on has changed.
        """
        return None

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no source."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing to render: the template prints the view."""

    def view(self) -> object:
        """What the template prints."""
        raise NotImplementedError

    def search_text(self) -> str:
        """The page as plain HTML for a search index."""
        return ""

    @property
    def content(self) -> str:
        """The search text, while MkDocs writes the page; empty before, to cost nothing."""
        return self.search_text() if self.active and self.searchable else ""

    @content.setter
    def content(self, value: str | None) -> None:
        """Other plugins' changes are not kept: archived text is shown as it is."""

    @property
    def toc(self) -> TableOfContents:
        """Empty; the templates have outlines of their own."""
        return TableOfContents([])

    @toc.setter
    def toc(self, value: Iterable[AnchorLink]) -> None:
        """MkDocs sets an empty one."""

    def anchors(self) -> set[str]:
        """The ids that hand-written pages may link to."""
        return set()

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        """Looked up only where a hand-written page links here."""
        return self.anchors()
