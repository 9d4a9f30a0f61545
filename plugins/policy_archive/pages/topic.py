"""`topics/<topic>/`: the comparison of all policies on one topic, now or at the end of a year."""

from html import escape

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.catalogue.comparison import SimilarPassages, compare
from policy_archive.catalogue.summary import Finding
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import paged, row_id, snapshot_place, topic_place
from policy_archive.pages.changes import feed_url
from policy_archive.pages.charts import over_time
from policy_archive.pages.data.feeds import has_topic_feed
from policy_archive.pages.html.topic_chips import why
from policy_archive.pages.listing import ListingPage
from policy_archive.pages.paging import page_links, row_files
from policy_archive.pages.publication import MOST_POLICIES_FOR_YEARS, Publication
from policy_archive.pages.views import (
    ComparisonRow,
    Link,
    TopicView,
)
from policy_archive.topics import accuracy
from policy_archive.topics.labeller import SURE
from policy_archive.topics.taxonomy import Topic


def topic_view(publication: Publication, topic: Topic, number: int, year: str = "") -> TopicView:
    """Page `number` of the comparison on a topic, at the end of `year` or now."""
    whole, place = publication, as_of_place(topic.id, year)
    here = paged(place, number)
    if year:
        publication = whole.at_end_of(year)
    figures = whole.year_figures.of(topic.id)
    found = compare(publication.page(number), topic.id)
    similar = publication.similar_passages(topic.id)
    years = publication.years
    return TopicView(
        id=topic.id,
        name=topic.name,
        question=topic.question,
        explanation=topic.explanation,
        opp115=topic.opp115,
        dpv=tuple(Link(label, iri) for iri, label in topic.dpv),
        rows=tuple(
            _row(
                publication, policy, finding, topic=topic.id, similar=similar[policy.url], here=here
            )
            for policy, finding in found.speaking
        ),
        silent=tuple(
            (*_named(publication, policy, here), policy.newest.blocks) for policy in found.silent
        ),
        unchecked=tuple(
            (*_named(publication, policy, here), _reason(policy.newest))
            for policy in found.unchecked
        ),
        total=len(publication.policies),
        years=" to ".join(years) if years else "",
        paging=page_links(publication, place, number),
        data=row_files(publication, here, "policies/", place, "length possible")
        if publication.pages > 1 and not year
        else None,
        feed_url=feed_url(publication, topic_place(topic.id), here)
        if has_topic_feed(whole, topic.id)
        else "",
        as_of=year,
        as_of_links=_as_of_links(whole, topic, year, here),
        by_year_html=over_time.share_by_year(figures),
        by_year=figures,
        as_of_most=MOST_POLICIES_FOR_YEARS,
        tally=publication.tallies[topic.id],
        accuracy=accuracy.load().of(topic),
        test=accuracy.load(),
    )


def as_of_place(topic: str, year: str) -> str:
    """Where the comparison on a topic at the end of a year stands; now, without one."""
    return f"{topic_place(topic)}{year}/" if year else topic_place(topic)


def _as_of_links(publication: Publication, topic: Topic, year: str, here: str) -> tuple[Link, ...]:
    years = publication.year_pages
    if not years:
        return ()
    return tuple(
        Link(
            it or "now",
            publication.addresses.relative(as_of_place(topic.id, it), here),
            "current" if it == year else "",
        )
        for it in (*years, "")
    )


def _row(
    publication: Publication,
    policy: Policy,
    finding: Finding,
    *,
    topic: str,
    similar: SimilarPassages,
    here: str,
) -> ComparisonRow:
    addresses, newest = publication.addresses, policy.newest
    page = snapshot_place(policy, newest)
    return ComparisonRow(
        site_id=row_id(policy),
        site=policy.site,
        captured=capture_time.shown(newest.snapshot.captured),
        captured_iso=capture_time.iso(newest.snapshot.captured),
        policy_url=addresses.relative(policy.url, here),
        quote=finding.text,
        quote_url=addresses.relative(page, here, finding.block),
        heading=finding.heading,
        length=finding.words,
        possible=finding.score < SURE,
        why=why(finding.evidence),
        more=tuple(
            Link(excerpt, addresses.relative(page, here, block)) for block, excerpt in finding.more
        ),
        language=newest.language,
        same=similar.same,
        alike=tuple(_passage(publication, other, topic, here) for other in similar.alike),
    )


def _passage(publication: Publication, policy: Policy, topic: str, here: str) -> Link:
    """A policy's best passage on a topic, by the name of its site."""
    page = snapshot_place(policy, policy.newest)
    block = policy.newest.findings[topic].block
    return Link(policy.site, publication.addresses.relative(page, here, block))


def _named(publication: Publication, policy: Policy, here: str) -> tuple[Link, str]:
    url = publication.addresses.relative(policy.url, here)
    captured = capture_time.shown(policy.newest.snapshot.captured)
    return Link(policy.site, url, row_id(policy)), captured


def _reason(entry: Entry) -> str:
    """Why labelling could not tell."""
    messages = [notice.message for notice in entry.notices if notice.severity == "doubt"]
    return "; ".join(messages) or "labelling does not cover this text"


class TopicPage(ListingPage):
    """`topics/<topic>/`."""

    template = "topic"

    def __init__(self, topic: Topic, number: int, publication: Publication, year: str = "") -> None:
        """`number` counts from 1; the first page of the newest snapshots alone is searchable."""
        self.topic = topic
        self.year = year
        title = f"{topic.name}, end of {year}" if year else topic.name
        super().__init__(title, as_of_place(topic.id, year), number, publication)

    def anchors(self) -> set[str]:
        """Rows of this page, of its year where it has one."""
        if self.year:
            then = self.publication.at_end_of(self.year)
            return {row_id(policy) for policy in then.page(self.number)}
        return super().anchors()

    @property
    def searchable(self) -> bool:
        """The first page stands for all."""
        return self.number == 1 and not self.year

    def view(self) -> object:
        """The comparison."""
        return topic_view(self.publication, self.topic, self.number, self.year)

    def depends(self) -> object:
        """What each policy on it says on the topic, or why nothing, and figures over all.

        Whoever says the same may stand on any page, so all of them count.
        """
        whole, id = self.publication, self.topic.id
        publication = whole.at_end_of(self.year) if self.year else whole
        over_time = (
            whole.year_figures.of(self.topic.id),
            whole.year_pages,
            has_topic_feed(whole, id),
        )
        rows = [
            (*policy.listed, policy.newest.checked, policy.newest.blocks, policy.newest.notices)
            for policy in publication.page(self.number)
            if id not in policy.newest.findings
        ]
        places = [policy.url for policy in publication.page(self.number)]
        figures = (
            publication.starts,
            publication.tallies[id],
            publication.years,
            len(publication.policies),
        )
        return rows, places, publication.answers(id), figures, over_time

    def search_text(self) -> str:
        """Name, question and explanation."""
        return (
            f'<h1 id="pa-title">{escape(self.topic.name)}</h1>'
            f"<p>{escape(self.topic.question)} {escape(self.topic.explanation)}</p>"
        )
