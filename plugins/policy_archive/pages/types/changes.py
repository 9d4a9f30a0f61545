"""`changes/`: the changes of all policies, newest first."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from policy_archive.catalogue import timeline
from policy_archive.pages.addresses import paged
from policy_archive.pages.change_rows import change_row, feed_url
from policy_archive.pages.charts import over_time
from policy_archive.pages.page import Page
from policy_archive.pages.paging import links, row_files
from policy_archive.pages.publication import Publication
from policy_archive.pages.views import PageLinks, RowFiles, StepRow


@dataclass(frozen=True, slots=True)
class ChangesView:
    """`changes/`: the latest changes of all policies."""

    rows: tuple[StepRow, ...]
    count: int
    technical: int
    returns: int
    """How many only go back to an earlier text, and are left out."""
    picture_html: str
    years: tuple[tuple[str, int, int, int], ...]
    """Year, changes, technical ones, returns: for the table behind the picture."""
    feed_url: str
    paging: PageLinks = field(default_factory=PageLinks)
    data: RowFiles | None = None


class ChangesPage(Page):
    """`changes/`."""

    template = "changes"

    def __init__(self, title: str, number: int, publication: Publication) -> None:
        """`number` counts from 1."""
        super().__init__(paged("changes/", page_names(publication)[number - 1]), publication)
        self._title = title
        self.number = number

    @property
    def title(self) -> str:
        """That of the navigation, with the page's number from the second on."""
        return self._title if self.number == 1 else f"{self._title}, page {self.number}"

    def depends(self) -> object:
        """Its changes; the first page, how many there are at what time."""
        publication = self.publication
        figures = publication.changes_by_month if self.number == 1 else ()
        shown = publication.change_pages[self.number - 1]
        return [digest for _, digest in shown], page_names(publication), publication.kinds, figures

    def view(self) -> object:
        """Rows of this page."""
        return changes_view(self.publication, self.number)


def page_names(publication: Publication) -> Sequence[str]:
    """Of the pages of the list; each from its first change, so that others leave it alone."""
    return ["", *(name_of(page[0][0]) for page in publication.change_pages[1:])]


def name_of(change: bytes) -> str:
    """A segment for what begins with a change, by the name that sorts that."""
    captured = change.partition(b"\0")[0].decode()
    return f"{captured}-{hashlib.sha256(change).hexdigest()[:8]}"


def changes_view(publication: Publication, number: int) -> ChangesView:
    """Page `number` of all changes; technical ones, returns and mere looks are left out."""
    names, catalogue = page_names(publication), publication.catalogue
    here = paged("changes/", names[number - 1])
    pages = publication.change_pages
    first = sum(map(len, pages[: number - 1]))
    found = timeline.changes_from(catalogue, first, len(pages[number - 1]))
    months = publication.changes_by_month
    count = sum(own for _, own, *_ in months)
    return ChangesView(
        rows=tuple(change_row(publication, change, here) for change in found),
        count=count,
        technical=sum(technical for _, _, technical, _ in months),
        returns=sum(returns for *_, returns in months),
        picture_html=over_time.by_month(_months(publication)) if number == 1 and count else "",
        years=_years(publication) if number == 1 else (),
        feed_url=feed_url(publication, "changes/", here)
        if publication.addresses.site_url and count
        else "",
        paging=links(publication, "changes/", number, names),
        data=row_files(publication, here, "changes/", "changes/") if len(names) > 1 else None,
    )


def _months(publication: Publication) -> Mapping[str, int]:
    return {month: own for month, own, *_ in publication.changes_by_month if own}


def _years(publication: Publication) -> tuple[tuple[str, int, int, int], ...]:
    found: dict[str, tuple[int, int, int]] = {}
    for month, *counts in publication.changes_by_month:
        own, technical, returns = map(
            sum, zip(found.get(month[:4], (0, 0, 0)), counts, strict=True)
        )
        found[month[:4]] = own, technical, returns
    return tuple((year, *it) for year, it in sorted(found.items()) if any(it))
