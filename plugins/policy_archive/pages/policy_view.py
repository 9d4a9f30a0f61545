"""Policies at a glance and in lists; the data file that side-by-side comparison fetches."""

from dataclasses import dataclass, field

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.catalogue.comparison import answer, decided
from policy_archive.catalogue.summary import Finding
from policy_archive.model import Record
from policy_archive.pages import capture_time, memento
from policy_archive.pages.addresses import paged, row_id, snapshot_place, topic_place
from policy_archive.pages.change_view import feed_of, feed_url, step_rows
from policy_archive.pages.charts import pictures
from policy_archive.pages.edition import Edition, kind_name, script_json
from policy_archive.pages.paging import page_links, row_files
from policy_archive.pages.snapshot_view import snapshot_link
from policy_archive.pages.views import (
    Absence,
    Link,
    PageLinks,
    PolicyRow,
    RowFiles,
    SnapshotLink,
    StepRow,
)
from policy_archive.topics.labeller import DECIDED, SURE
from policy_archive.topics.taxonomy import Topic


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
    other_kinds: tuple[Link, ...] = ()
    steps: tuple[StepRow, ...] = ()
    """Its changes, newest first."""
    feed_url: str = ""
    """Empty without `site_url`."""


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


def policy_view(edition: Edition, policy: Policy, kinds: tuple[Policy, ...]) -> PolicyView:
    """The page of `policy`; `kinds` are all policies of its site."""
    addresses, here, newest = edition.addresses, policy.url, policy.newest
    has_timemap = memento.has_timemap(policy, addresses)
    return PolicyView(
        site=policy.site,
        title=newest.title,
        kind=kind_name(policy.kind),
        language=newest.language,
        snapshots=tuple(_links(edition, policy)),
        latest_url=addresses.relative(f"{here}latest/", here),
        timemap_url=addresses.relative(here + memento.TIMEMAP, here) if has_timemap else "",
        timeline_html=_timeline(edition, policy),
        answers=tuple(
            _answer(edition, policy, newest, topic) for topic in edition.archive.taxonomy.topics
        ),
        checked_blocks=newest.blocks if newest.checked else 0,
        doubts=tuple(notice.message for notice in newest.notices),
        other_kinds=tuple(
            Link(kind_name(other.kind), addresses.relative(other.url, here))
            for other in kinds
            if other is not policy
        ),
        steps=step_rows(edition, policy),
        feed_url=feed_url(edition, policy.url, here) if feed_of(edition, policy) else "",
    )


def _links(edition: Edition, policy: Policy) -> list[SnapshotLink]:
    """Newest first, undated ones last."""
    undated = [entry for entry in policy.entries if not entry.snapshot.captured]
    ordered = [*reversed(memento.dated(policy)), *undated]
    found = (snapshot_link(edition, policy, entry, policy.url) for entry in ordered)
    return [link for link in found if link is not None]


def _timeline(edition: Edition, policy: Policy) -> str:
    changed = {step.after.segment: step for step in edition.steps_of(policy) if step.counts}
    moments = [
        pictures.Moment(
            capture_time.iso(entry.snapshot.captured),
            capture_time.shown(entry.snapshot.captured),
            edition.addresses.relative(snapshot_place(policy, entry), policy.url),
            entry.doubtful,
            changed[entry.segment].summary.share ** 0.5 if entry.segment in changed else 0.0,
        )
        for entry in memento.dated(policy)
    ]
    return pictures.timeline(moments) if len(moments) > 1 else ""


def _answer(edition: Edition, policy: Policy, entry: Entry, topic: Topic) -> TopicAnswer:
    addresses, here = edition.addresses, policy.url
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


def policy_row(edition: Edition, policy: Policy, here: str) -> PolicyRow:
    """A policy in a list shown at `here`."""
    newest = policy.newest
    return PolicyRow(
        site=policy.site,
        site_id=row_id(policy),
        title=newest.title,
        kind=kind_name(policy.kind),
        url=edition.addresses.relative(policy.url, here),
        captured=capture_time.shown(newest.snapshot.captured),
        captured_iso=capture_time.iso(newest.snapshot.captured),
        snapshots=len(policy.entries),
        words=newest.words,
        topics=decided(newest),
        language=newest.language,
        doubtful=newest.doubtful,
    )


def policies_view(edition: Edition, number: int) -> PoliciesView:
    """Page `number` of the listing of all policies."""
    here = paged("policies/", number)
    return PoliciesView(
        rows=tuple(policy_row(edition, policy, here) for policy in edition.page(number)),
        count=len(edition.policies),
        snapshots=edition.snapshots,
        paging=page_links(edition, "policies/", number),
        kinds=tuple(kind_name(kind) for kind in edition.kinds),
        data=row_files(edition, here, "policies/", "policies/") if edition.pages > 1 else None,
    )


def passages_json(edition: Edition, policy: Policy, entry: Entry, record: Record) -> str:
    """Every passage of a snapshot by topic, the best first; URLs are relative to the file itself.

    `checked` counts the blocks that were searched; 0: labelling could not tell.
    """
    here = snapshot_place(policy, entry)
    addresses = edition.addresses
    texts = {block.id: block.text for block in record.document.blocks}
    topics: dict[str, list[dict[str, object]]] = {
        topic.id: [] for topic in edition.archive.taxonomy.topics
    }
    for passage in sorted(record.passages, key=lambda passage: -passage.score):
        if passage.topic in topics and passage.block in texts:
            topics[passage.topic].append(
                {
                    "text": texts[passage.block],
                    "url": addresses.relative(here, f"{here}passages.json", passage.block),
                    "possible": passage.score < DECIDED,
                }
            )
    return script_json(
        {
            "site": policy.site,
            "captured": capture_time.shown(entry.snapshot.captured),
            "captured_iso": capture_time.iso(entry.snapshot.captured),
            "url": addresses.relative(here, f"{here}passages.json"),
            "checked": entry.blocks if entry.checked else 0,
            "topics": {topic: found for topic, found in topics.items() if found},
        }
    )
