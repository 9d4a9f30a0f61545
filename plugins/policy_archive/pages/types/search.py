"""The search page: a form that a script asks Pagefind with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policy_archive.pages.addresses import ASSETS, SEARCH_INDEX
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.pages.script_json import script_json


@dataclass(frozen=True, slots=True)
class SearchView:
    """`search/`: the form, and what its script needs to know."""

    settings_json: str
    """Where the index, the site's root and topics' names are; safe inside a script element."""
    script_url: str
    style_url: str
    policies_url: str
    topics_url: str
    snapshots: int


class SearchPage(Page):
    """`search/`."""

    template = "search"

    def __init__(self, title: str, publication: Publication) -> None:
        """`title` is that of the navigation."""
        super().__init__("search/", publication)
        self._title = title

    @property
    def title(self) -> str:
        """As the navigation has it."""
        return self._title

    def view(self) -> object:
        """The form."""
        return search_view(self.publication, self.place)


def search_view(publication: Publication, here: str) -> SearchView:
    """The form for an archive; `here` is its place."""
    addresses = publication.addresses
    settings: dict[str, object] = {
        "root": addresses.relative("", here).removesuffix("index.html") or "./",
        "index": addresses.relative(f"{SEARCH_INDEX}/", here).removesuffix("index.html"),
        "page": "" if addresses.directory_urls else "index.html",
        "topics": {topic.id: topic.name for topic in publication.taxonomy.topics},
    }
    if named := _named_kinds(publication.kinds):
        settings["kinds"] = named
    return SearchView(
        settings_json=script_json(settings),
        script_url=addresses.relative(f"{ASSETS}/search/search.js", here),
        style_url=addresses.relative(f"{ASSETS}/search/search.css", here),
        policies_url=addresses.relative("policies/", here),
        topics_url=addresses.relative("topics/", here),
        snapshots=publication.figures.snapshots,
    )


def _named_kinds(kinds: Iterable[str]) -> Mapping[str, str]:
    """The names of kinds that are not told from the kinds themselves: those of other languages."""
    named = {kind: kind_name(kind) for kind in kinds}
    return {kind: name for kind, name in named.items() if name != kind.replace("-", " ")}
