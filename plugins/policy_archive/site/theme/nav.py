"""The archive's pages in the site's navigation: their titles, and where they stand."""

from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from policy_archive.pages import plan
from policy_archive.pages.language import gettext
from policy_archive.site.theme.page import FramedPage


def titles(nav: Any) -> dict[str, str]:
    """The title of each of these pages; an explicit `nav` may give others."""
    return {place: _title(nav, place) or title for place, title in plan.titles().items()}


def _title(nav: Any, place: str) -> str | None:
    """The title that an explicit `nav` gives the page at `place`."""
    if isinstance(nav, list):
        return next((title for item in nav if (title := _title(item, place))), None)
    if isinstance(nav, dict):
        for title, value in nav.items():
            if value == f"{place}index.md":
                return str(title)
            if found := _title(value, place):
                return found
    return None


def add_to_nav(nav: Navigation, files: Files) -> None:
    """Where the site has no `nav` of its own: policies, topics, compare behind the home page.

    The method page joins the section "About", if there is one. Nothing else of the archive is in
    the navigation, whose cost grows with the square of its entries.
    """
    found = {place: files.get_file_from_path(f"{place}index.md") for place in plan.titles()}
    own = {place: f.page for place, f in found.items() if f and isinstance(f.page, FramedPage)}
    method = own.pop("about/method/", None)
    names = ("About", gettext("About"))
    home = sum(isinstance(item, Page) and item.is_homepage for item in nav.items)
    nav.items[home:home] = list(own.values())
    about = next((i for i in nav.items if isinstance(i, Section) and i.title in names), None)
    if method and about:
        method.parent = about
        about.children.append(method)
    elif method:
        nav.items.append(method)
    nav.pages.extend(page for page in (*own.values(), method) if page)
