"""`compare/`: policies and topics in a matrix, and up to four policies side by side."""

from bisect import bisect_right
from collections.abc import Mapping

from policy_archive.catalogue.questions import listings
from policy_archive.catalogue.questions.listings import Listed, Range
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import paged, row_id, snapshot_place, topic_place
from policy_archive.pages.data import snapshot_json
from policy_archive.pages.listing import ListingPage
from policy_archive.pages.paging import page_links, row_files
from policy_archive.pages.publication import Publication
from policy_archive.pages.types.topics import topic_cards
from policy_archive.pages.views import CompareView, MatrixCell, MatrixRow
from policy_archive.topics.taxonomy import Topic

_STEPS = (1, 2, 4, 8)
"""From how many passages on a cell's bar is one step longer."""


class ComparePage(ListingPage):
    """`compare/`."""

    template = "compare"

    def view(self) -> object:
        """The matrix."""
        return compare_view(self.publication, self.page)

    def depends(self) -> object:
        """Its policies."""
        return self.publication.page_digests[self.page.number - 1], self.publication.pages


def compare_view(publication: Publication, page: Range) -> CompareView:
    """A page of the matrix of policies and topics."""
    here, pages = paged("compare/", page.name), publication.pages
    found = listings.matrix(publication.catalogue, page)
    return CompareView(
        topics=topic_cards(publication, here),
        rows=tuple(
            _matrix_row(publication, policy, found.get(policy.id, {}), here)
            for policy in listings.policies(publication.catalogue, page)
        ),
        paging=page_links(publication, "compare/", page, pages),
        data=row_files(publication, here, "policies/", "policies/") if len(pages) > 1 else None,
    )


def _matrix_row(
    publication: Publication, policy: Listed, found: Mapping[str, tuple[int, str]], here: str
) -> MatrixRow:
    addresses = publication.addresses
    page = snapshot_place(policy.url, policy.segment)
    return MatrixRow(
        site=policy.site,
        site_id=row_id(policy.url),
        url=addresses.relative(policy.url, here),
        captured=capture_time.shown(policy.captured),
        captured_iso=capture_time.iso(policy.captured),
        data_url=addresses.relative(f"{page}{snapshot_json.NAME}", here),
        cells=tuple(
            _cell(publication, policy, topic, found.get(topic.id), here)
            for topic in publication.taxonomy.topics
        ),
    )


def _cell(
    publication: Publication, policy: Listed, topic: Topic, found: tuple[int, str] | None, here: str
) -> MatrixCell:
    addresses = publication.addresses
    if found:
        count, block = found
        page = snapshot_place(policy.url, policy.segment)
        url = addresses.relative(page, here, block)
        return MatrixCell(count, bisect_right(_STEPS, count), url, None)
    url = addresses.relative(topic_place(topic.id), here, row_id(policy.url))
    return MatrixCell(0, 0, url, "none" if policy.checked else "unchecked")
