"""`policies/<site>/`: one policy at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from policy_archive.analysis.speaking import LOST_WORDS, OTHER_LANGUAGE
from policy_archive.catalogue.questions import answers, facts
from policy_archive.catalogue.questions.answers import Finding
from policy_archive.catalogue.questions.contents import PolicyRow
from policy_archive.catalogue.questions.policies import PolicyHistory
from policy_archive.model import Fact
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import row_id, snapshot_place, topic_place
from policy_archive.pages.change_rows import change_row, feed_url
from policy_archive.pages.charts import pictures
from policy_archive.pages.charts.pictures import Timeline
from policy_archive.pages.data import memento
from policy_archive.pages.doubts import doubt, doubt_of
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.language import gettext, marked
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.pages.snapshot_links import snapshot_link
from policy_archive.pages.stated_facts import stated
from policy_archive.pages.views import (
    Absence,
    Link,
    SnapshotLink,
    StatedFact,
    StepRow,
)
from policy_archive.topics.labeller import SURE
from policy_archive.topics.taxonomy import Topic

_FAULTS = {
    LOST_WORDS: marked("It holds less than a quarter of the words of the one before it."),
    OTHER_LANGUAGE: marked("It is in another language than the one before it."),
}
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
    facts: tuple[StatedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyView:
    """`policies/<site>/`: one policy at a glance."""

    place: str
    site: str
    title: str
    kind: str
    language: str
    snapshots: tuple[SnapshotLink, ...]
    """Newest first."""
    latest_url: str
    timemap_url: str
    json_timemap_url: str
    """Empty without `site_url` or dates."""
    timeline: Timeline
    """SVG; empty with fewer than two dated snapshots."""
    answers: tuple[TopicAnswer, ...]
    checked_blocks: int
    doubts: tuple[str, ...]
    speaking: SnapshotLink | None
    """The capture that is quoted, where that is not the newest."""
    fault: str
    """Why the newest is not quoted."""
    policies_url: str
    other_kinds: tuple[Link, ...] = ()
    further_kinds: int = 0
    """How many more there are."""
    steps: tuple[StepRow, ...] = ()
    """Its changes, newest first."""
    history_url: str = ""
    """Of its wordings through the years; empty where nothing was compared."""
    feed_url: str = ""
    """Empty without `site_url`."""


def policy_view(publication: Publication, history: PolicyHistory) -> PolicyView:
    """The page of a policy."""
    policy, speaking = history.policy, history.speaking
    addresses, here = publication.addresses, policy.url
    has_timemap = memento.has_timemap(policy, addresses)
    findings = answers.findings_of(publication.catalogue, speaking.id)
    states = facts.facts_of(publication.catalogue, speaking.id)
    has_feed = addresses.site_url and any(step.counts for step in history.steps)
    return PolicyView(
        place=here,
        site=policy.site,
        title=speaking.title,
        kind=kind_name(policy.kind),
        language=speaking.language,
        snapshots=tuple(_links(publication, history)),
        latest_url=addresses.relative(f"{here}latest/", here),
        timemap_url=addresses.relative(here + memento.TIMEMAP, here) if has_timemap else "",
        timeline=timeline_of(publication, history, here),
        json_timemap_url=(
            addresses.relative(here + memento.JSON_TIMEMAP, here) if has_timemap else ""
        ),
        answers=tuple(
            _answer(publication, history, findings.get(topic.id), states.get(topic.id, ()), topic)
            for topic in publication.taxonomy.topics
        ),
        checked_blocks=speaking.blocks if speaking.checked else 0,
        doubts=tuple(map(doubt, speaking.notices)),
        speaking=snapshot_link(addresses, here, speaking, here) if history.fault else None,
        fault=gettext(_FAULTS.get(history.fault, "")) or doubt_of(history.fault),
        other_kinds=tuple(
            Link(kind_name(kind), addresses.relative(url, here))
            for kind, url in _beside(here, history.kinds)
        ),
        further_kinds=max(0, len(history.kinds) - 1 - _MOST_KINDS),
        policies_url=addresses.relative("policies/", here),
        steps=tuple(
            change_row(publication, changed, here) for changed in reversed(history.changed)
        ),
        history_url=addresses.relative(f"{here}history/", here) if history.steps else "",
        feed_url=feed_url(publication, here, here) if has_feed else "",
    )


def _beside(here: str, kinds: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The site's other policies; of very many, those that stand around it, so that cost is flat."""
    at = next(place for place, (_, url) in enumerate(kinds) if url == here)
    first = max(0, min(at - _MOST_KINDS // 2, len(kinds) - 1 - _MOST_KINDS))
    return [it for it in kinds[first : first + _MOST_KINDS + 1] if it[1] != here]


def _links(publication: Publication, history: PolicyHistory) -> list[SnapshotLink]:
    """Newest first, undated ones last."""
    policy = history.policy
    undated = [entry for entry in policy.entries if not entry.snapshot.captured]
    ordered = [*reversed(memento.dated(policy)), *undated]
    found = (
        snapshot_link(publication.addresses, policy.url, entry, policy.url) for entry in ordered
    )
    return [link for link in found if link is not None]


def timeline_of(publication: Publication, history: PolicyHistory, here: str) -> Timeline:
    """Its captures in time, for the page at `here`."""
    policy = history.policy
    changed = {step.after.segment: step for step in history.steps if step.counts}
    return pictures.timeline(
        [
            pictures.Moment(
                capture_time.iso(entry.snapshot.captured),
                capture_time.shown(entry.snapshot.captured),
                publication.addresses.relative(snapshot_place(policy.url, entry.segment), here),
                entry.doubtful,
                changed[entry.segment].summary.share ** 0.5 if entry.segment in changed else 0.0,
                entry.segment,
            )
            for entry in memento.dated(policy)
        ]
    )


def _answer(
    publication: Publication,
    history: PolicyHistory,
    found: Finding | None,
    states: Sequence[Fact],
    topic: Topic,
) -> TopicAnswer:
    policy, speaking = history.policy, history.speaking
    addresses, here = publication.addresses, policy.url
    url = addresses.relative(topic_place(topic.id), here, row_id(policy.url))
    if found is None:
        absence: Absence = "none" if speaking.checked else "unchecked"
        return TopicAnswer(topic.id, topic.name, topic.question, url, absence)
    page = snapshot_place(here, speaking.segment)
    return TopicAnswer(
        topic.id,
        topic.name,
        topic.question,
        url,
        absence=None,
        quote=found.text,
        quote_url=addresses.relative(page, here, found.block),
        possible=found.score < SURE,
        more=found.passages - 1,
        facts=stated(states, addresses, page, here),
    )


class PolicyPage(Page):
    """`policies/<site>/`."""

    template = "policy"

    def __init__(
        self,
        listing: Page,
        row: PolicyRow,
        kinds: Sequence[str],
        publication: Publication,
    ) -> None:
        """`kinds` are the addresses of all policies of the site; `listing` has the page in it."""
        super().__init__(row.url, publication)
        self.parent = listing
        self._row = row
        self._kinds = kinds

    @property
    def title(self) -> str:
        """The site."""
        return self._row.site

    @property
    def history(self) -> PolicyHistory:
        """Its snapshots and changes."""
        return self.publication.history(self._row.id)

    @property
    def searchable(self) -> bool:
        """By site and title."""
        return self.publication.theme_finds_policies

    def view(self) -> object:
        """The policy at a glance."""
        return policy_view(self.publication, self.history)

    def depends(self) -> object:
        """Its snapshots and changes, and the other policies of the site."""
        kinds = [(url, url) for url in self._kinds]
        return self._row.shown, [url for url, _ in _beside(self._row.url, kinds)], len(kinds)

    def search_text(self) -> str:
        """Site and title."""
        title = self.history.speaking.title
        return f'<h1 id="pa-title">{escape(self._row.site)}</h1><p>{escape(title)}</p>'
