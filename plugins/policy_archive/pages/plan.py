"""Which pages and files the archive adds to a site."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby

from policy_archive.catalogue.archive import Policy
from policy_archive.pages.change import ChangePage
from policy_archive.pages.changes import ChangesPage, change_pages
from policy_archive.pages.compare import ComparePage
from policy_archive.pages.data import feeds, memento, row_files
from policy_archive.pages.data.files import GeneratedFile, files_of
from policy_archive.pages.data.memento import Neighbours
from policy_archive.pages.method import MethodPage
from policy_archive.pages.page import Page
from policy_archive.pages.policies import PoliciesPage
from policy_archive.pages.policy import PolicyPage
from policy_archive.pages.publication import Publication
from policy_archive.pages.search import SearchPage
from policy_archive.pages.snapshot import SnapshotPage
from policy_archive.pages.topic import TopicPage
from policy_archive.pages.topics import TopicsPage


def pages(publication: Publication, titles: Mapping[str, str]) -> Iterator[Page]:
    """Every page but the home page, each with its parent and its neighbours.

    `titles` are those of the pages in the navigation, by place.
    """
    numbers = range(1, publication.pages + 1)
    policies = [PoliciesPage(titles["policies/"], "policies/", n, publication) for n in numbers]
    yield from _listing(policies[0], policies[1:])
    for _, group in groupby(publication.policies, key=lambda policy: policy.site_id):
        kinds = tuple(group)
        for policy in kinds:
            page = PolicyPage(policy, kinds, publication)
            page.parent = policies[0]
            yield page
            yield from _snapshots(policy, page, publication)
            yield from _changes(policy, page, publication)
    yield from _listing(TopicsPage(titles["topics/"], "topics/", publication), _topics(publication))
    if any(publication.steps.values()):
        changes = [
            ChangesPage(titles["changes/"], n, publication)
            for n in range(1, change_pages(publication) + 1)
        ]
        yield from _listing(changes[0], changes[1:])
    matrix = [ComparePage(titles["compare/"], "compare/", n, publication) for n in numbers]
    yield from _listing(matrix[0], matrix[1:])
    if publication.search_page:
        yield SearchPage(titles["search/"], "search/", publication)
    yield MethodPage(titles["about/method/"], "about/method/", publication)


def files(publication: Publication) -> Iterator[GeneratedFile]:
    """Every file beside the pages."""
    return chain(
        (file for policy in publication.policies for file in files_of(policy, publication)),
        feeds.files(publication),
        row_files.files(publication),
    )


def _listing(first: Page, rest: Sequence[Page]) -> Iterator[Page]:
    yield first
    for page in rest:
        page.parent = first
        yield page


def _snapshots(policy: Policy, parent: Page, publication: Publication) -> Iterator[Page]:
    around = memento.neighbours(policy)
    before: SnapshotPage | None = None
    for entry in policy.entries:
        neighbours = around.get(entry.segment, Neighbours())
        page = SnapshotPage(policy, entry, neighbours, publication)
        page.parent = parent
        if neighbours.previous and before:
            page.previous, before.next = before, page
        yield page
        before = page


def _changes(policy: Policy, parent: Page, publication: Publication) -> Iterator[Page]:
    """A page for every change of a policy."""
    steps = publication.steps_of(policy)
    around = [None, *steps, None]
    for at, step in enumerate(steps):
        page = ChangePage(policy, step, (around[at], around[at + 2]), publication)
        page.parent = parent
        yield page


def _topics(publication: Publication) -> list[Page]:
    """The comparison on each topic, now and at the end of each year."""
    topics = publication.archive.taxonomy.topics
    years = [
        (year, number)
        for year in publication.year_pages
        for number in range(1, publication.at_end_of(year).pages + 1)
    ]
    now = [("", number) for number in range(1, publication.pages + 1)]
    return [
        *(TopicPage(topic, number, publication, year) for topic in topics for year, number in now),
        *(
            TopicPage(topic, number, publication, year)
            for topic in topics
            for year, number in years
        ),
    ]
