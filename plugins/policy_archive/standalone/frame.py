"""The page around a body: a head, the archive's own links, and nothing of a theme."""

from pathlib import Path

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
        self._template = environment.get_template("frame.html")

    def document(self, page: Page, body: Body) -> str:
        """The whole document; links are relative."""
        addresses, here = self._publication.addresses, page.place

        def url(place: str) -> str:
            return addresses.relative(place, here)

        def step(other: Page | None) -> tuple[str, str] | None:
            return (url(other.place), other.title) if other else None

        return self._template.render(
            body=body,
            site_name=self._publication.site_name,
            canonical=addresses.absolute(here),
            home=url(""),
            styles=[url(place_of(FOLDER / "policy-archive.css")), url(STYLE)],
            script=url(place_of(FOLDER / "policy-archive.js")),
            links=[(url(place), title, place == here) for place, title in self._links],
            previous=step(page.previous),
            following=step(page.next),
        )
