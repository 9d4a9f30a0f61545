"""`compare/`: policies and topics in a matrix, and up to four policies side by side."""

from bisect import bisect_right

from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.comparison import Absence, answer
from policy_archive.catalogue.summary import Finding
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import paged, row_id, snapshot_place, topic_place
from policy_archive.pages.listing import ListingPage
from policy_archive.pages.paging import page_links, row_files
from policy_archive.pages.publication import Publication
from policy_archive.pages.topics import topic_cards
from policy_archive.pages.views import CompareView, MatrixCell, MatrixRow
from policy_archive.topics.taxonomy import Topic

_STEPS = (1, 2, 4, 8)
"""From how many passages on a cell's bar is one step longer."""


class ComparePage(ListingPage):
    """`compare/`."""

    template = "compare"

    def view(self) -> object:
        """The matrix."""
        return compare_view(self.publication, self.number)

    def depends(self) -> object:
        """How often each policy on it speaks to each topic, and where first."""
        rows = [
            (
                *policy.listed,
                policy.newest.checked,
                [(id, found.count, found.block) for id, found in policy.newest.findings.items()],
            )
            for policy in self.publication.page(self.number)
        ]
        return rows, self.publication.starts, tuple(self.publication.tallies.values())


def compare_view(publication: Publication, number: int) -> CompareView:
    """Page `number` of the matrix of policies and topics."""
    here = paged("compare/", number)
    return CompareView(
        topics=topic_cards(publication, here),
        rows=tuple(_matrix_row(publication, policy, here) for policy in publication.page(number)),
        paging=page_links(publication, "compare/", number),
        data=row_files(publication, here, "policies/", "policies/")
        if publication.pages > 1
        else None,
    )


def _matrix_row(publication: Publication, policy: Policy, here: str) -> MatrixRow:
    addresses, newest = publication.addresses, policy.newest
    page = snapshot_place(policy, newest)
    return MatrixRow(
        site=policy.site,
        site_id=row_id(policy),
        url=addresses.relative(policy.url, here),
        captured=capture_time.shown(newest.snapshot.captured),
        captured_iso=capture_time.iso(newest.snapshot.captured),
        data_url=addresses.relative(f"{page}passages.json", here),
        cells=tuple(
            _cell(publication, policy, topic, answer(newest, topic.id), here)
            for topic in publication.archive.taxonomy.topics
        ),
    )


def _cell(
    publication: Publication, policy: Policy, topic: Topic, found: Finding | Absence, here: str
) -> MatrixCell:
    addresses = publication.addresses
    if isinstance(found, Finding):
        page = snapshot_place(policy, policy.newest)
        url = addresses.relative(page, here, found.block)
        return MatrixCell(found.count, bisect_right(_STEPS, found.count), url, None)
    url = addresses.relative(topic_place(topic.id), here, row_id(policy))
    return MatrixCell(0, 0, url, found)
