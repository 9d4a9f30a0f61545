"""`changes/`, `topics/<topic>/changes/`: the changes of all policies, newest first."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from policy_archive.catalogue.questions import timeline
from policy_archive.pages.addresses import changes_place, paged, topic_place
from policy_archive.pages.change_rows import change_row, feed_url
from policy_archive.pages.charts import over_time
from policy_archive.pages.language import gettext
from policy_archive.pages.page import Page
from policy_archive.pages.paging import links, row_files
from policy_archive.pages.publication import Publication
from policy_archive.pages.views import Link, PageLinks, RowFiles, StepRow


@dataclass(frozen=True, slots=True)
class ChangesView:
    """`changes/`: the latest changes of all policies, or of those that touch a topic."""

    topic: str
    """Its name; empty: all topics."""
    topic_url: str
    topics: tuple[tuple[str, str], ...]
    """Ids and names, to choose from; none on a topic's own list."""
    rows: tuple[StepRow, ...]
    count: int
    technical: int
    returns: int
    """How many only go back to an earlier text, and are left out."""
    picture_html: str
    years: tuple[tuple[str, int, int, int], ...]
    """Year, changes, technical ones, returns: for the table behind the picture."""
    feed_url: str
    feeds: tuple[Link, ...]
    """The same by year."""
    paging: PageLinks = field(default_factory=PageLinks)
    data: RowFiles | None = None


class ChangesPage(Page):
    """`changes/` or `topics/<topic>/changes/`."""

    template = "changes"

    def __init__(self, title: str, number: int, publication: Publication, topic: str = "") -> None:
        """`number` counts from 1."""
        name = page_names(publication, topic)[number - 1]
        super().__init__(paged(changes_place(topic), name), publication)
        self._title = title
        self.number = number
        self.topic = topic

    @property
    def title(self) -> str:
        """That of the navigation, with the page's number from the second on."""
        if self.number == 1:
            return self._title
        return gettext("%(title)s, page %(number)d", title=self._title, number=self.number)

    def depends(self) -> object:
        """Its changes; the first page, how many there are at what time."""
        publication, topic = self.publication, self.topic
        figures = publication.changes_by_month if self.number == 1 else ()
        shown = publication.change_pages(topic)[self.number - 1]
        names = page_names(publication, topic)
        return [digest for _, digest in shown], names, publication.kinds, figures

    def view(self) -> object:
        """Rows of this page."""
        return changes_view(self.publication, self.number, self.topic)


def page_names(publication: Publication, topic: str = "") -> Sequence[str]:
    """Of the pages of the list; each from its first change, so that others leave it alone."""
    return ["", *(name_of(page[0][0]) for page in publication.change_pages(topic)[1:])]


def name_of(change: bytes) -> str:
    """A segment for what begins with a change, by the name that sorts that."""
    captured = change.partition(b"\0")[0].decode()
    return f"{captured}-{hashlib.sha256(change).hexdigest()[:8]}"


def changes_view(publication: Publication, number: int, topic: str) -> ChangesView:
    """Page `number` of all changes; technical ones, returns and mere looks are left out."""
    names, place = page_names(publication, topic), changes_place(topic)
    here, pages = paged(place, names[number - 1]), publication.change_pages(topic)
    first = sum(map(len, pages[: number - 1]))
    found = timeline.changes_from(publication.catalogue, first, len(pages[number - 1]), topic)
    months = publication.changes_by_month
    count = len(publication.changes_on(topic))
    whole = number == 1 and not topic
    beside = topic_place(topic) if topic else place
    has_feed = bool(publication.addresses.site_url and count)
    return ChangesView(
        topic=dict(publication.context.topics).get(topic, ""),
        topic_url=publication.addresses.relative(topic_place(topic), here) if topic else "",
        topics=() if topic else publication.context.topics,
        rows=tuple(change_row(publication, change, here, topic) for change in found),
        count=count,
        technical=sum(technical for _, _, technical, _ in months) if whole else 0,
        returns=sum(returns for *_, returns in months) if whole else 0,
        picture_html=over_time.by_month(_months(publication, topic))
        if number == 1 and count
        else "",
        years=_years(publication) if whole else (),
        feed_url=feed_url(publication, beside, here) if has_feed else "",
        feeds=tuple(
            Link(year, feed_url(publication, beside, here, year))
            for year in _years_of(publication, topic)
        )
        if has_feed and number == 1
        else (),
        paging=links(publication, place, number, names),
        data=row_files(publication, here, "changes/", "changes/")
        if len(names) > 1 and not topic
        else None,
    )


def _years_of(publication: Publication, topic: str) -> Sequence[str]:
    found = {name[:4].decode() for name, _ in publication.changes_on(topic)}
    return sorted(found, reverse=True)


def _months(publication: Publication, topic: str) -> Mapping[str, int]:
    return Counter(name[:6].decode() for name, _ in publication.changes_on(topic))


def _years(publication: Publication) -> tuple[tuple[str, int, int, int], ...]:
    found: dict[str, tuple[int, int, int]] = {}
    for month, *counts in publication.changes_by_month:
        own, technical, returns = map(
            sum, zip(found.get(month[:4], (0, 0, 0)), counts, strict=True)
        )
        found[month[:4]] = own, technical, returns
    return tuple((year, *it) for year, it in sorted(found.items()) if any(it))
