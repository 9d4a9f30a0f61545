"""A page of the archive: what it stands for, what it depends on, and its body.

A page holds no text and knows no engine. Its body is made when it is asked for, so that memory does
not grow with the texts; what stands around the body is the engine's (`site/theme/frame.py`).
"""

from dataclasses import dataclass
from typing import ClassVar

from policy_archive.pages.environment import Templates
from policy_archive.pages.publication import Publication


@dataclass(frozen=True, slots=True)
class Body:
    """A page without the theme around it; every field is HTML."""

    title: str
    """For the browser's window, without the site's name; empty on the home page."""
    content: str
    description: str = ""
    """What the page is, in a sentence or two, for those who only see a link to it."""
    head: str = ""
    """Elements for the head: link relations, structured data."""
    css_class: str = ""
    styles: str = ""
    scripts: str = ""


class Page:
    """A page at `place`, shown by `template`; there is one object for each page in every build."""

    template: ClassVar[str]
    """The name of its template, without folder and ending."""
    archived: ClassVar[bool] = False
    """Whether most of it is archived text."""
    parent: "Page | None" = None

    def __init__(self, place: str, publication: Publication) -> None:
        """`place` ends in a slash, or is empty for the home page."""
        self.place = place
        self.publication = publication

    @property
    def title(self) -> str:
        """As plain text, for the browser's window, navigation and search."""
        raise NotImplementedError

    @property
    def previous(self) -> "Page | None":
        """The page before it in time."""
        return None

    @property
    def next(self) -> "Page | None":
        """The page after it in time."""
        return None

    @property
    def searchable(self) -> bool:
        """Whether the theme's own search has it."""
        return False

    @property
    def indexed(self) -> bool:
        """Whether search engines may list it."""
        unlisted = self.publication.noindex
        return unlisted != "all" and not (unlisted == "archived" and self.archived)

    @property
    def robots(self) -> str:
        """An element for the head that says so; empty where they may."""
        return "" if self.indexed else '\n    <meta name="robots" content="noindex">'

    def depends(self) -> object:
        """What the page shows, besides what all pages depend on; None: it is made every time.

        Two pages of one place and type for which this is equal are the same to the byte.
        """
        return None

    def view(self) -> object:
        """What the template prints."""
        raise NotImplementedError

    def body(self, templates: Templates) -> Body:
        """The page's body, made anew."""
        addresses, site = self.publication.addresses, self.publication
        blocks = templates.blocks(self.template, self.view(), self.place, addresses, site=site)
        return Body(
            title=blocks("title").strip(),
            content=blocks("content"),
            description=blocks("description").strip(),
            head=self.robots + blocks("head"),
            css_class=blocks("class"),
            styles=blocks("styles"),
            scripts=blocks("scripts"),
        )

    def search_text(self) -> str:
        """The page as plain HTML for the theme's search index."""
        return ""

    def anchors(self) -> set[str]:
        """The ids that hand-written pages may link to."""
        return set()
