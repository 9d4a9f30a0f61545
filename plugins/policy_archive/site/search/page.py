"""The search page: a form that a script asks Pagefind with."""

from dataclasses import dataclass

from policy_archive.pages.edition import Edition, script_json
from policy_archive.site.files import asset_address
from policy_archive.site.page import ArchivePage
from policy_archive.site.search.index import PUBLISHED


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


class SearchPage(ArchivePage):
    """`search/`."""

    template = "search"

    def view(self) -> object:
        """The form."""
        return search_view(self.edition, self.place)


def search_view(edition: Edition, here: str) -> SearchView:
    """The form for an archive; `here` is its place."""
    addresses = edition.addresses
    settings = {
        "root": addresses.relative("", here).removesuffix("index.html") or "./",
        "index": addresses.relative(f"{PUBLISHED}/", here).removesuffix("index.html"),
        "page": "" if addresses.directory_urls else "index.html",
        "topics": {topic.id: topic.name for topic in edition.archive.taxonomy.topics},
    }
    return SearchView(
        settings_json=script_json(settings),
        script_url=addresses.relative(asset_address("search/search.js"), here),
        style_url=addresses.relative(asset_address("search/search.css"), here),
        policies_url=addresses.relative("policies/", here),
        topics_url=addresses.relative("topics/", here),
        snapshots=edition.snapshots,
    )
