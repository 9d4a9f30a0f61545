"""`policies/`: all policies."""

from dataclasses import dataclass, field

from policy_archive.catalogue.questions import listings
from policy_archive.catalogue.questions.listings import Listed, Range
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import paged, row_id
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.listing import ListingPage
from policy_archive.pages.paging import page_links, row_files
from policy_archive.pages.publication import Publication
from policy_archive.pages.views import PageLinks, PolicyRow, RowFiles


@dataclass(frozen=True, slots=True)
class PoliciesView:
    """`policies/`: all policies."""

    rows: tuple[PolicyRow, ...]
    count: int
    snapshots: int
    paging: PageLinks = field(default_factory=PageLinks)
    kinds: tuple[str, ...] = ()
    """Of all policies, on whatever page."""
    data: RowFiles | None = None


class PoliciesPage(ListingPage):
    """`policies/`."""

    template = "policies"

    def view(self) -> object:
        """Rows of this page."""
        return policies_view(self.publication, self.page)

    def depends(self) -> object:
        """Its policies; the first page, how many there are."""
        publication, number = self.publication, self.page.number
        figures = publication.figures[:2] if number == 1 else ()
        return (
            *(publication.page_digests[number - 1], publication.pages, publication.kinds),
            figures,
        )


def policies_view(publication: Publication, page: Range) -> PoliciesView:
    """A page of the listing of all policies."""
    here, pages = paged("policies/", page.name), publication.pages
    found = listings.policies(publication.catalogue, page)
    return PoliciesView(
        rows=tuple(policy_row(publication, policy, here) for policy in found),
        count=publication.figures.policies,
        snapshots=publication.figures.snapshots,
        paging=page_links(publication, "policies/", page, pages),
        kinds=tuple(kind_name(kind) for kind in publication.kinds),
        data=row_files(publication, here, "policies/", "policies/") if len(pages) > 1 else None,
    )


def policy_row(publication: Publication, policy: Listed, here: str) -> PolicyRow:
    """A policy in a list shown at `here`."""
    return PolicyRow(
        site=policy.site,
        site_id=row_id(policy.url),
        title=policy.title,
        kind=kind_name(policy.kind),
        url=publication.addresses.relative(policy.url, here),
        captured=capture_time.shown(policy.captured),
        captured_iso=capture_time.iso(policy.captured),
        snapshots=policy.snapshots,
        words=policy.words,
        topics=policy.topics,
        language=policy.language,
        doubtful=bool(policy.doubtful),
        newer=bool(policy.newer),
    )
