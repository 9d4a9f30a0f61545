"""The page around a body: a head, the archive's own links, and nothing of a theme."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import jinja2

from policy_archive.pages.addresses import ASSETS
from policy_archive.pages.assets import FOLDER, place_of
from policy_archive.pages.environment import with_words
from policy_archive.pages.page import Body, Page
from policy_archive.pages.publication import Publication

STYLE = f"{ASSETS}/frame.css"
STYLE_FILE = Path(__file__).with_name("frame.css")


class Frame:
    """Puts pages of `publication` into whole documents."""

    def __init__(self, publication: Publication, listings: list[Page]) -> None:
        """`listings` are the pages that every page links to."""
        self._publication = publication
        self._links = [(page.place, page.title) for page in listings]
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True
        )
        with_words(environment)
        self._frame = environment.get_template("frame.html")
        self._not_found = environment.get_template("not_found.html")

    def document(self, page: Page, body: Body) -> str:
        """The whole document; links are relative."""
        addresses, here = self._publication.addresses, page.place

        def url(place: str) -> str:
            return addresses.relative(place, here)

        def step(other: Page | None) -> tuple[str, str] | None:
            return (url(other.place), other.title) if other else None

        return self._around(
            body,
            url,
            here=here,
            canonical=addresses.absolute(here),
            previous=step(page.previous),
            following=step(page.next),
            wasm=page.template == "search",  # Pagefind compiles it
        )

    def not_found(self) -> str:
        """The document for addresses with nothing there; its links begin at the server's root."""
        addresses = self._publication.addresses
        root = urlsplit(addresses.site_url).path.rstrip("/")

        def url(place: str) -> str:
            return f"{root}/{addresses.of(place)}"

        content = self._not_found.render(url=url, search=self._publication.search_page)
        return self._around(Body("No page here", content, css_class="pa-404"), url)

    def _around(
        self, body: Body, url: Callable[[str], str], here: str | None = None, **more: object
    ) -> str:
        return self._frame.render(
            body=body,
            site_name=self._publication.site_name,
            home=url(""),
            icon=url(place_of(FOLDER / "icon.svg")),
            styles=[url(place_of(FOLDER / "policy-archive.css")), url(STYLE)],
            script=url(place_of(FOLDER / "policy-archive.js")),
            links=[(url(place), title, place == here) for place, title in self._links],
            **more,
        )
