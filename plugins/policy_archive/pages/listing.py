"""What the listings of all policies have in common."""

from policy_archive.catalogue.questions import listings
from policy_archive.catalogue.questions.listings import Range
from policy_archive.pages.addresses import paged, row_id
from policy_archive.pages.language import gettext
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication


class ListingPage(Page):
    """One page of a listing of all policies."""

    year = ""

    def __init__(self, title: str, place: str, page: Range, publication: Publication) -> None:
        """`place` is that of the listing as a whole."""
        super().__init__(paged(place, page.name), publication)
        self._title = title
        self.page = page

    @property
    def title(self) -> str:
        """That of the listing, with the page's number from the second on."""
        number = self.page.number
        if number == 1:
            return self._title
        return gettext("%(title)s, page %(number)d", title=self._title, number=number)

    def anchors(self) -> set[str]:
        """Rows."""
        found = listings.policies(self.publication.catalogue, self.page, self.year)
        return {row_id(policy.url) for policy in found}
