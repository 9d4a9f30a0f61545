"""What the listings of all policies have in common."""

from policy_archive.pages.addresses import paged, row_id
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication


class ListingPage(Page):
    """One page of a listing of all policies."""

    def __init__(self, title: str, place: str, number: int, publication: Publication) -> None:
        """`number` counts from 1."""
        self.number = number
        shown = title if number == 1 else f"{title}, page {number}"
        super().__init__(shown, paged(place, number), publication)

    def anchors(self) -> set[str]:
        """Rows."""
        return {row_id(policy) for policy in self.publication.page(self.number)}
