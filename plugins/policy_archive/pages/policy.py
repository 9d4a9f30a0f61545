"""`policies/<site>/`: one policy at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.catalogue.comparison import answer
from policy_archive.catalogue.summary import Finding
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import row_id, snapshot_place, topic_place
from policy_archive.pages.changes import feed_of, feed_url, step_rows
from policy_archive.pages.charts import pictures
from policy_archive.pages.data import memento
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication, kind_name
from policy_archive.pages.snapshot import snapshot_link
from policy_archive.pages.views import (
    Absence,
    Link,
    SnapshotLink,
    StepRow,
)
from policy_archive.topics.labeller import SURE
from policy_archive.topics.taxonomy import Topic

_MOST_KINDS = 50
"""Other policies of a site that the page of one names."""


@dataclass(frozen=True, slots=True)
class TopicAnswer:
    """What one policy says on one topic, at a glance."""

    id: str
    name: str
    question: str
    url: str
    """The topic's comparison, at this policy's row."""
    absence: Absence | None
    quote: str = ""
    quote_url: str = ""
    possible: bool = False
    more: int = 0
    """Further passages on the topic."""


@dataclass(frozen=True, slots=True)
class PolicyView:
    """`policies/<site>/`: one policy at a glance."""

    site: str
    title: str
    kind: str
    language: str
    snapshots: tuple[SnapshotLink, ...]
    """Newest first."""
    latest_url: str
    timemap_url: str
    """Empty without `site_url` or dates."""
    timeline_html: str
    """SVG; empty with fewer than two dated snapshots."""
    answers: tuple[TopicAnswer, ...]
    checked_blocks: int
    doubts: tuple[str, ...]
    policies_url: str
    other_kinds: tuple[Link, ...] = ()
    further_kinds: int = 0
    """How many more there are."""
    steps: tuple[StepRow, ...] = ()
    """Its changes, newest first."""
    feed_url: str = ""
    """Empty without `site_url`."""


def policy_view(publication: Publication, policy: Policy, kinds: tuple[Policy, ...]) -> PolicyView:
    """The page of `policy`; `kinds` are all policies of its site."""
    addresses, here, newest = publication.addresses, policy.url, policy.newest
    has_timemap = memento.has_timemap(policy, addresses)
    return PolicyView(
        site=policy.site,
        title=newest.title,
        kind=kind_name(policy.kind),
        language=newest.language,
        snapshots=tuple(_links(publication, policy)),
        latest_url=addresses.relative(f"{here}latest/", here),
        timemap_url=addresses.relative(here + memento.TIMEMAP, here) if has_timemap else "",
        timeline_html=_timeline(publication, policy),
        answers=tuple(
            _answer(publication, policy, newest, topic)
            for topic in publication.archive.taxonomy.topics
        ),
        checked_blocks=newest.blocks if newest.checked else 0,
        doubts=tuple(notice.message for notice in newest.notices),
        other_kinds=tuple(
            Link(kind_name(other.kind), addresses.relative(other.url, here))
            for other in _beside(policy, kinds)
        ),
        further_kinds=max(0, len(kinds) - 1 - _MOST_KINDS),
        policies_url=addresses.relative("policies/", here),
        steps=step_rows(publication, policy),
        feed_url=feed_url(publication, policy.url, here) if feed_of(publication, policy) else "",
    )


def _beside(policy: Policy, kinds: Sequence[Policy]) -> list[Policy]:
    """The site's other policies; of very many, those that stand around it, so that cost is flat."""
    at = next(place for place, it in enumerate(kinds) if it is policy)
    first = max(0, min(at - _MOST_KINDS // 2, len(kinds) - 1 - _MOST_KINDS))
    return [it for it in kinds[first : first + _MOST_KINDS + 1] if it is not policy]


def _links(publication: Publication, policy: Policy) -> list[SnapshotLink]:
    """Newest first, undated ones last."""
    undated = [entry for entry in policy.entries if not entry.snapshot.captured]
    ordered = [*reversed(memento.dated(policy)), *undated]
    found = (snapshot_link(publication, policy, entry, policy.url) for entry in ordered)
    return [link for link in found if link is not None]


def _timeline(publication: Publication, policy: Policy) -> str:
    changed = {step.after.segment: step for step in publication.steps_of(policy) if step.counts}
    moments = [
        pictures.Moment(
            capture_time.iso(entry.snapshot.captured),
            capture_time.shown(entry.snapshot.captured),
            publication.addresses.relative(snapshot_place(policy, entry), policy.url),
            entry.doubtful,
            changed[entry.segment].summary.share ** 0.5 if entry.segment in changed else 0.0,
        )
        for entry in memento.dated(policy)
    ]
    return pictures.timeline(moments) if len(moments) > 1 else ""


def _answer(publication: Publication, policy: Policy, entry: Entry, topic: Topic) -> TopicAnswer:
    addresses, here = publication.addresses, policy.url
    url = addresses.relative(topic_place(topic.id), here, row_id(policy))
    found = answer(entry, topic.id)
    if not isinstance(found, Finding):
        return TopicAnswer(topic.id, topic.name, topic.question, url, found)
    return TopicAnswer(
        topic.id,
        topic.name,
        topic.question,
        url,
        absence=None,
        quote=found.text,
        quote_url=addresses.relative(snapshot_place(policy, entry), here, found.block),
        possible=found.score < SURE,
        more=found.count - 1,
    )


class PolicyPage(Page):
    """`policies/<site>/`."""

    template = "policy"

    def __init__(self, policy: Policy, kinds: tuple[Policy, ...], publication: Publication) -> None:
        """`kinds` are all policies of the site."""
        self.policy = policy
        self.kinds = kinds
        super().__init__(policy.site, policy.url, publication)

    @property
    def searchable(self) -> bool:
        """By site and title."""
        return self.publication.theme_finds_policies

    def view(self) -> object:
        """The policy at a glance."""
        return policy_view(self.publication, self.policy, self.kinds)

    def depends(self) -> object:
        """Its snapshots, and the other policies of the site."""
        return (
            [
                (*self.publication.archive.result(entry), entry.segment)
                for entry in self.policy.entries
            ],
            self.policy.site,
            [(kind.kind, kind.url) for kind in _beside(self.policy, self.kinds)],
            len(self.kinds),
        )

    def search_text(self) -> str:
        """Site and title."""
        policy = self.policy
        return f'<h1 id="pa-title">{escape(policy.site)}</h1><p>{escape(policy.newest.title)}</p>'
