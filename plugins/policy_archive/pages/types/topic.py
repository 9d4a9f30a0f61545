"""`topics/<topic>/`: the comparison of all policies on one topic, now or at the end of a year."""

from collections.abc import Sequence
from html import escape

from policy_archive.catalogue.questions import answers, facts, listings
from policy_archive.catalogue.questions.answers import Answer, Finding
from policy_archive.catalogue.questions.listings import Figures, Listed, Range
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import changes_place, paged, row_id, snapshot_place, topic_place
from policy_archive.pages.change_rows import feed_url
from policy_archive.pages.charts import over_time
from policy_archive.pages.doubts import doubt
from policy_archive.pages.html.topic_chips import why
from policy_archive.pages.language import gettext
from policy_archive.pages.listing import ListingPage
from policy_archive.pages.paging import page_links, row_files
from policy_archive.pages.publication import MOST_POLICIES_FOR_YEARS, Publication
from policy_archive.pages.stated_facts import orders, stated
from policy_archive.pages.views import ComparisonRow, Link, TopicView
from policy_archive.topics import accuracy
from policy_archive.topics.labeller import SURE
from policy_archive.topics.taxonomy import Topic

_YEARS_APART = 2_0000
"""Two years, as a difference of `YYYYMMDD` numbers."""


class TopicPage(ListingPage):
    """`topics/<topic>/`."""

    template = "topic"

    def __init__(
        self,
        topic: Topic,
        page: Range,
        pages: Sequence[Range],
        publication: Publication,
        year: str = "",
    ) -> None:
        """`pages` are all of the listing, now or at the end of `year`."""
        self.topic = topic
        self.year = year
        self._pages = pages
        title = topic.name
        if year:
            title = gettext("%(topic)s, end of %(year)s", topic=topic.name, year=year)
        super().__init__(title, as_of_place(topic.id, year), page, publication)

    @property
    def searchable(self) -> bool:
        """The first page stands for all."""
        return self.page.number == 1 and not self.year

    def view(self) -> object:
        """The comparison."""
        return topic_view(self.publication, self.topic, self.page, self._pages, self.year)

    def depends(self) -> object:
        """What each policy on it says; the first page, the figures of all."""
        publication, id, number = self.publication, self.topic.id, self.page.number
        if self.year:
            shown: object = publication.year_digests[self.year]
        else:
            shown = (
                publication.page_digests[number - 1],
                publication.catalogue.token,
                publication.similar_digests.get((id, number)),
            )
        first = number == 1 and (
            *(publication.figures[:1], publication.tallies[id]),
            (publication.year_figures[id], publication.year_pages, publication.years),
        )
        years = years_apart(publication.figures)
        return shown, self._pages, years, bool(publication.changes_on(id)), first

    def search_text(self) -> str:
        """Name, question and explanation."""
        return (
            f'<h1 id="pa-title">{escape(self.topic.name)}</h1>'
            f"<p>{escape(self.topic.question)} {escape(self.topic.explanation)}</p>"
        )


def topic_view(
    publication: Publication, topic: Topic, page: Range, pages: Sequence[Range], year: str = ""
) -> TopicView:
    """A page of the comparison on a topic, at the end of `year` or now."""
    place, catalogue = as_of_place(topic.id, year), publication.catalogue
    here = paged(place, page.name)
    found = list(answers.answers(catalogue, topic.id, page, year))
    rows = tuple(_row(publication, it, it.finding, year, here) for it in found if it.finding)
    absent = [it.policy for it in found if it.finding is None]
    total, tally = publication.figures, publication.tallies[topic.id]
    if year:
        total = listings.figures(catalogue, year)
        tally = listings.tallies(catalogue, [topic.id], year)[topic.id]
    first = page.number == 1
    figures = tuple(publication.year_figures[topic.id]) if first else ()
    has_feed = topic.id in publication.topics_with_changes
    return TopicView(
        id=topic.id,
        name=topic.name,
        question=topic.question,
        explanation=topic.explanation,
        opp115=topic.opp115,
        dpv=tuple(Link(label, iri) for iri, label in topic.dpv),
        rows=rows,
        orders=orders(topic.id, (it.facts for it in rows)),
        silent=tuple(
            (*_named(publication, policy, year, here), policy.blocks)
            for policy in absent
            if policy.checked
        ),
        unchecked=tuple(
            (*_named(publication, policy, year, here), _reason(publication, policy))
            for policy in absent
            if not policy.checked
        ),
        total=total.policies,
        years=years_apart(total),
        paging=page_links(publication, place, page, pages),
        data=row_files(
            publication,
            here,
            "policies/",
            place,
            " ".join(("length", "possible", *facts.names_of(topic.id))),
        )
        if len(pages) > 1 and not year
        else None,
        feed_url=feed_url(publication, topic_place(topic.id), here) if has_feed else "",
        changes_url=publication.addresses.relative(changes_place(topic.id), here)
        if publication.changes_on(topic.id)
        else "",
        as_of=year,
        as_of_links=_as_of_links(publication, topic, year, here),
        by_year_html=over_time.share_by_year(figures),
        by_year=figures,
        as_of_most=MOST_POLICIES_FOR_YEARS,
        tally=tally,
        accuracy=accuracy.load().of(topic),
        test=accuracy.load(),
    )


def as_of_place(topic: str, year: str) -> str:
    """Where the comparison on a topic at the end of a year stands; now, without one."""
    return f"{topic_place(topic)}{year}/" if year else topic_place(topic)


def years_apart(figures: Figures) -> str:
    """Years such as "2014 to 2019", where captures lie more than two apart; else empty."""
    first, last = figures.first, figures.last
    if not first or int(last) - int(first) <= _YEARS_APART:
        return ""
    return gettext("%(first)s to %(last)s", first=first[:4], last=last[:4])


def _as_of_links(publication: Publication, topic: Topic, year: str, here: str) -> tuple[Link, ...]:
    years = publication.year_pages
    if not years:
        return ()
    return tuple(
        Link(
            it or gettext("now"),
            publication.addresses.relative(as_of_place(topic.id, it), here),
            "current" if it == year else "",
        )
        for it in (*years, "")
    )


def _row(
    publication: Publication, answer: Answer, finding: Finding, year: str, here: str
) -> ComparisonRow:
    addresses, policy, similar = publication.addresses, answer.policy, answer.similar
    page = snapshot_place(policy.url, policy.segment)
    return ComparisonRow(
        site_id=row_id(policy.url),
        site=policy.site,
        captured=capture_time.shown(policy.captured),
        captured_iso=capture_time.iso(policy.captured),
        newer=bool(policy.newer),
        policy_url=_url(publication, policy, year, here),
        quote=finding.text,
        quote_url=addresses.relative(page, here, finding.block),
        heading=finding.heading,
        length=finding.words,
        possible=finding.score < SURE,
        why=why(finding.evidence),
        more=tuple(Link(it.text, addresses.relative(page, here, it.block)) for it in finding.more),
        language=policy.language,
        facts=stated(answer.facts, addresses, page, here),
        same=similar.same if similar else 0,
        alike=tuple(
            Link(site, addresses.relative(snapshot_place(url, segment), here, block))
            for url, site, segment, block in (similar.alike if similar else ())
        ),
    )


def _url(publication: Publication, policy: Listed, year: str, here: str) -> str:
    """Of the policy; in the past, of the capture that stood then."""
    place = snapshot_place(policy.url, policy.segment) if year else policy.url
    return publication.addresses.relative(place, here)


def _named(publication: Publication, policy: Listed, year: str, here: str) -> tuple[Link, str]:
    url = _url(publication, policy, year, here)
    captured = capture_time.shown(policy.captured)
    if policy.newer:
        captured = gettext("%(day)s, since the newest capture looks broken", day=captured)
    return Link(policy.site, url, row_id(policy.url)), captured


def _reason(publication: Publication, policy: Listed) -> str:
    """Why labelling could not tell."""
    found = answers.doubts_of(publication.catalogue, policy.snapshot)
    return "; ".join(map(doubt, found)) or gettext("labelling does not cover this text")
