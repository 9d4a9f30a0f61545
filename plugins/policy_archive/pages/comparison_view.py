"""Topics and the comparison of policies on them, as pages show them."""

from bisect import bisect_right

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.catalogue.comparison import Absence, Echo, Tally, answer, compare
from policy_archive.catalogue.summary import Finding
from policy_archive.pages import as_of, capture_time
from policy_archive.pages.addresses import paged, row_id, snapshot_place, topic_place
from policy_archive.pages.change_view import feed_url
from policy_archive.pages.charts import over_time, pictures
from policy_archive.pages.edition import Edition
from policy_archive.pages.feeds import has_topic_feed
from policy_archive.pages.paging import page_links, row_files
from policy_archive.pages.snapshot_view import why
from policy_archive.pages.views import (
    CompareView,
    ComparisonRow,
    Link,
    MatrixCell,
    MatrixRow,
    TopicCard,
    TopicsView,
    TopicView,
)
from policy_archive.topics import accuracy
from policy_archive.topics.labeller import SURE
from policy_archive.topics.taxonomy import Topic

_STEPS = (1, 2, 4, 8)
"""From how many passages on a cell's bar is one step longer."""


def topic_cards(edition: Edition, here: str) -> tuple[TopicCard, ...]:
    """Every topic with its figures, for a page at `here`."""
    return tuple(
        _card(edition, topic, edition.tallies[topic.id], here)
        for topic in edition.archive.taxonomy.topics
    )


def _card(edition: Edition, topic: Topic, tally: Tally, here: str) -> TopicCard:
    return TopicCard(
        id=topic.id,
        name=topic.name,
        question=topic.question,
        url=edition.addresses.relative(topic_place(topic.id), here),
        speaking=tally.speaking,
        silent=tally.silent,
        unchecked=tally.unchecked,
        share_html=pictures.share(*tally) if edition.policies else "",
    )


def topics_view(edition: Edition) -> TopicsView:
    """All topics as questions."""
    return TopicsView(topic_cards(edition, "topics/"), len(edition.policies))


def topic_summary(edition: Edition, topic: Topic) -> TopicView:
    """A topic without its rows, as the method page lists it."""
    return TopicView(
        id=topic.id,
        name=topic.name,
        question=topic.question,
        explanation=topic.explanation,
        opp115=topic.opp115,
        dpv=tuple(Link(label, iri) for iri, label in topic.dpv),
        rows=(),
        silent=(),
        unchecked=(),
        total=len(edition.policies),
        years="",
        tally=edition.tallies[topic.id],
        accuracy=accuracy.load().of(topic),
    )


def topic_view(edition: Edition, topic: Topic, number: int, year: str = "") -> TopicView:
    """Page `number` of the comparison on a topic, at the end of `year` or now."""
    whole, place = edition, as_of_place(topic.id, year)
    here = paged(place, number)
    if year:
        edition = as_of.past(whole).edition(year)
    figures = as_of.past(whole).of(topic)
    found = compare(edition.page(number), topic.id)
    echoing = edition.echoes(topic.id)
    years = edition.years
    return TopicView(
        id=topic.id,
        name=topic.name,
        question=topic.question,
        explanation=topic.explanation,
        opp115=topic.opp115,
        dpv=tuple(Link(label, iri) for iri, label in topic.dpv),
        rows=tuple(
            _row(edition, policy, finding, topic=topic.id, echo=echoing[policy.url], here=here)
            for policy, finding in found.speaking
        ),
        silent=tuple(
            (*_named(edition, policy, here), policy.newest.blocks) for policy in found.silent
        ),
        unchecked=tuple(
            (*_named(edition, policy, here), _reason(policy.newest)) for policy in found.unchecked
        ),
        total=len(edition.policies),
        years=" to ".join(years) if years else "",
        paging=page_links(edition, place, number),
        data=row_files(edition, here, "policies/", place, "length possible")
        if edition.pages > 1 and not year
        else None,
        feed_url=feed_url(edition, topic_place(topic.id), here)
        if has_topic_feed(whole, topic.id)
        else "",
        as_of=year,
        as_of_links=_as_of_links(whole, topic, year, here),
        by_year_html=over_time.share_by_year(figures),
        by_year=figures,
        as_of_most=as_of.MOST_POLICIES,
        tally=edition.tallies[topic.id],
        accuracy=accuracy.load().of(topic),
        test=accuracy.load(),
    )


def as_of_place(topic: str, year: str) -> str:
    """Where the comparison on a topic at the end of a year stands; now, without one."""
    return f"{topic_place(topic)}{year}/" if year else topic_place(topic)


def _as_of_links(edition: Edition, topic: Topic, year: str, here: str) -> tuple[Link, ...]:
    years = as_of.page_years(edition)
    if not years:
        return ()
    return tuple(
        Link(
            it or "now",
            edition.addresses.relative(as_of_place(topic.id, it), here),
            "current" if it == year else "",
        )
        for it in (*years, "")
    )


def _row(
    edition: Edition, policy: Policy, finding: Finding, *, topic: str, echo: Echo, here: str
) -> ComparisonRow:
    addresses, newest = edition.addresses, policy.newest
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
        same=echo.same,
        alike=tuple(_passage(edition, other, topic, here) for other in echo.alike),
    )


def _passage(edition: Edition, policy: Policy, topic: str, here: str) -> Link:
    """A policy's best passage on a topic, by the name of its site."""
    page = snapshot_place(policy, policy.newest)
    block = policy.newest.findings[topic].block
    return Link(policy.site, edition.addresses.relative(page, here, block))


def _named(edition: Edition, policy: Policy, here: str) -> tuple[Link, str]:
    url = edition.addresses.relative(policy.url, here)
    captured = capture_time.shown(policy.newest.snapshot.captured)
    return Link(policy.site, url, row_id(policy)), captured


def _reason(entry: Entry) -> str:
    """Why labelling could not tell."""
    messages = [notice.message for notice in entry.notices if notice.severity == "doubt"]
    return "; ".join(messages) or "labelling does not cover this text"


def compare_view(edition: Edition, number: int) -> CompareView:
    """Page `number` of the matrix of policies and topics."""
    here = paged("compare/", number)
    return CompareView(
        topics=topic_cards(edition, here),
        rows=tuple(_matrix_row(edition, policy, here) for policy in edition.page(number)),
        paging=page_links(edition, "compare/", number),
        data=row_files(edition, here, "policies/", "policies/") if edition.pages > 1 else None,
    )


def _matrix_row(edition: Edition, policy: Policy, here: str) -> MatrixRow:
    addresses, newest = edition.addresses, policy.newest
    page = snapshot_place(policy, newest)
    return MatrixRow(
        site=policy.site,
        site_id=row_id(policy),
        url=addresses.relative(policy.url, here),
        captured=capture_time.shown(newest.snapshot.captured),
        captured_iso=capture_time.iso(newest.snapshot.captured),
        data_url=addresses.relative(f"{page}passages.json", here),
        cells=tuple(
            _cell(edition, policy, topic, answer(newest, topic.id), here)
            for topic in edition.archive.taxonomy.topics
        ),
    )


def _cell(
    edition: Edition, policy: Policy, topic: Topic, found: Finding | Absence, here: str
) -> MatrixCell:
    addresses = edition.addresses
    if isinstance(found, Finding):
        page = snapshot_place(policy, policy.newest)
        url = addresses.relative(page, here, found.block)
        return MatrixCell(found.count, bisect_right(_STEPS, found.count), url, None)
    url = addresses.relative(topic_place(topic.id), here, row_id(policy))
    return MatrixCell(0, 0, url, found)
