"""Which pages and files the archive adds to a site."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

from policy_archive.catalogue.questions import contents, listings
from policy_archive.catalogue.questions.contents import PolicyRow
from policy_archive.catalogue.questions.standing import standings
from policy_archive.pages.data import crawlers, dataset_files, feeds, former_pages, row_files
from policy_archive.pages.data.files import GeneratedFile, files_of
from policy_archive.pages.language import gettext, marked
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.pages.types.any_two import AnyTwoPage
from policy_archive.pages.types.change import ChangePage
from policy_archive.pages.types.changes import ChangesPage
from policy_archive.pages.types.compare import ComparePage
from policy_archive.pages.types.data import DataPage
from policy_archive.pages.types.history import HistoryPage
from policy_archive.pages.types.method import MethodPage
from policy_archive.pages.types.policies import PoliciesPage
from policy_archive.pages.types.policy import PolicyPage
from policy_archive.pages.types.search import SearchPage
from policy_archive.pages.types.snapshot import SnapshotPage
from policy_archive.pages.types.topic import TopicPage
from policy_archive.pages.types.topics import TopicsPage
from policy_archive.pages.types.withdrawn import TombstonePage, WithdrawnPage

Output = Page | GeneratedFile

_TITLES = {
    "policies/": marked("Policies"),
    "topics/": marked("Topics"),
    "compare/": marked("Compare"),
    "changes/": marked("Changes"),
    "search/": marked("Search"),
    "about/method/": marked("Method"),
}


def titles() -> Mapping[str, str]:
    """The pages that stand in the navigation: their titles by place."""
    return {place: gettext(title) for place, title in _TITLES.items()}


def listing_pages(publication: Publication, titles: Mapping[str, str]) -> Iterator[Page]:
    """Every page but the home page and those of policies, the first of each listing before others.

    `titles` are those of the pages in the navigation, by place.
    """
    ranges = publication.pages
    policies = [PoliciesPage(titles["policies/"], "policies/", it, publication) for it in ranges]
    yield from _listing(policies[0], policies[1:])
    yield from _listing(TopicsPage(titles["topics/"], "topics/", publication), _topics(publication))
    if publication.has_changes:
        yield from _changes(titles["changes/"], publication)
        for topic, name in publication.context.topics:
            if publication.changes_on(topic):
                yield from _changes(gettext("Changes on %(topic)s", topic=name), publication, topic)
    matrix = [ComparePage(titles["compare/"], "compare/", it, publication) for it in ranges]
    yield from _listing(matrix[0], matrix[1:])
    if publication.search_page:
        yield SearchPage(titles["search/"], publication)
    if publication.tables:
        yield DataPage(publication)
    yield MethodPage(titles["about/method/"], publication)
    if publication.withdrawn.entries:
        yield WithdrawnPage(publication)


def tombstones(publication: Publication) -> Iterator[Page]:
    """A page in each place that something withdrawn stood on; where something stands, that does.

    Of several withdrawals of one place the last says what became of it.
    """
    places = {place: it for it in publication.withdrawn.entries for place in it.places}
    urls = {f"{'/'.join(place.split('/')[:count])}/" for place in places for count in (2, 3)}
    taken = {
        f"{row.url}{name}"
        for row in publication.find(sorted(urls))
        for name in (
            *("", "latest/"),
            *(f"{it.segment}/" for it in row.snapshots),
            *(f"{it.segment}/" for it in row.changes),
        )
    }
    for place, entry in places.items():
        if place not in taken:
            yield TombstonePage(place, entry, publication)


def listing_files(publication: Publication) -> Iterator[GeneratedFile]:
    """Every file beside these."""
    return chain(
        feeds.files(publication),
        row_files.files(publication),
        dataset_files.files(publication),
        former_pages.files(publication),
        crawlers.files(publication),
    )


def of_policies(publication: Publication, listing: Page) -> Iterator[Output]:
    """The pages and files of all policies, one policy's together; `listing` is above them."""
    return _of_rows(contents.policies(publication.catalogue), publication, listing)


def at(publication: Publication, place: str, listing: Page) -> Iterator[Output]:
    """Those of the policies at or above `place`, and no others."""
    parts = place.split("/")
    urls = [f"{'/'.join(parts[:count])}/" for count in (2, 3)]
    sites = {row.site for row in publication.find(urls)}
    rows = contents.of_sites(publication.catalogue, sorted(sites))
    return _of_rows(rows, publication, listing)


def _of_rows(
    rows: Iterable[PolicyRow], publication: Publication, listing: Page
) -> Iterator[Output]:
    for _, group in groupby(rows, key=lambda row: row.site):
        of_site = list(group)
        kinds = [row.url for row in of_site]
        for row in of_site:
            yield from _of_policy(row, kinds, publication, listing)


def _of_policy(
    row: PolicyRow, kinds: Sequence[str], publication: Publication, listing: Page
) -> Iterator[Output]:
    page = PolicyPage(listing, row, kinds, publication)
    yield page
    stood = standings(row.snapshots, row.changes)
    for position, (segment, shown, *_) in enumerate(row.snapshots):
        yield SnapshotPage(page, segment, position, shown, stood.get(segment))
    for number, change in enumerate(row.changes):
        yield ChangePage(page, change.segment, number, change.shown)
    if row.changes:
        yield HistoryPage(page, row)
    if len(row.snapshots) > 1:
        yield AnyTwoPage(page, row)
    yield from files_of(row, publication)
    yield from feeds.of_policy(row, publication)


def _listing(first: Page, rest: Iterable[Page]) -> Iterator[Page]:
    yield first
    for page in rest:
        page.parent = first
        yield page


def _changes(title: str, publication: Publication, topic: str = "") -> Iterator[Page]:
    numbers = range(1, len(publication.change_pages(topic)) + 1)
    pages = [ChangesPage(title, number, publication, topic) for number in numbers]
    return _listing(pages[0], pages[1:])


def _topics(publication: Publication) -> Iterator[Page]:
    """The comparison on each topic, now and at the end of each year."""
    times = [("", publication.pages)]
    times += [
        (year, listings.pages(publication.catalogue, year)) for year in publication.year_pages
    ]
    for year, pages in times:
        for topic in publication.taxonomy.topics:
            for page in pages:
                yield TopicPage(topic, page, pages, publication, year)
