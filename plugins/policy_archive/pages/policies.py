"""`policies/`: all policies."""

from dataclasses import dataclass, field

from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.comparison import decided
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import paged, row_id
from policy_archive.pages.listing import ListingPage
from policy_archive.pages.paging import page_links, row_files
from policy_archive.pages.publication import Publication, kind_name
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
        return policies_view(self.publication, self.number)

    def depends(self) -> object:
        """Everything on it, which is little."""
        return self.view()


def policies_view(publication: Publication, number: int) -> PoliciesView:
    """Page `number` of the listing of all policies."""
    here = paged("policies/", number)
    return PoliciesView(
        rows=tuple(policy_row(publication, policy, here) for policy in publication.page(number)),
        count=len(publication.policies),
        snapshots=publication.snapshots,
        paging=page_links(publication, "policies/", number),
        kinds=tuple(kind_name(kind) for kind in publication.kinds),
        data=row_files(publication, here, "policies/", "policies/")
        if publication.pages > 1
        else None,
    )


def policy_row(publication: Publication, policy: Policy, here: str) -> PolicyRow:
    """A policy in a list shown at `here`."""
    newest = policy.newest
    return PolicyRow(
        site=policy.site,
        site_id=row_id(policy),
        title=newest.title,
        kind=kind_name(policy.kind),
        url=publication.addresses.relative(policy.url, here),
        captured=capture_time.shown(newest.snapshot.captured),
        captured_iso=capture_time.iso(newest.snapshot.captured),
        snapshots=len(policy.entries),
        words=newest.words,
        topics=decided(newest),
        language=newest.language,
        doubtful=newest.doubtful,
    )
