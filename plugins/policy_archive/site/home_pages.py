"""The home page and the method page."""

from typing import Any

from mkdocs.structure.pages import Page

from policy_archive.pages.edition import Edition
from policy_archive.pages.home_view import home_view, method_view
from policy_archive.site.page import ArchivePage


class HomePage(ArchivePage):
    """`/`, where the site has no `index.md` of its own."""

    template = "home"

    def view(self) -> object:
        """Figures and topics."""
        return home_view(self.edition)


class MethodPage(ArchivePage):
    """`about/method/`."""

    template = "method"

    def view(self) -> object:
        """Rules, taxonomy, doubts."""
        return method_view(self.edition)


def as_view(page: Page, edition: Edition) -> Any:
    """The view for `page`: its own, or the home page's for a hand-written home page."""
    if isinstance(page, ArchivePage):
        return page.view()
    return home_view(edition) if is_home(page) else None


def is_home(page: Page) -> bool:
    """Whether the page is the site's first, wherever an explicit `nav` puts it."""
    return bool(page.file.dest_uri == "index.html")
