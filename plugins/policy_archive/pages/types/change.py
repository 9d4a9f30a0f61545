"""`policies/<site>/<from>..<to>/`: what changed between two snapshots."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from policy_archive.catalogue import history_rows
from policy_archive.catalogue.history import Step
from policy_archive.catalogue.questions.policies import PolicyHistory
from policy_archive.diff import Change, ChangeSummary, compare, returning
from policy_archive.model import Record
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import row_id, topic_place
from policy_archive.pages.change_rows import changed, size
from policy_archive.pages.html import diff_html
from policy_archive.pages.html.changed_sentences import ChangedSentence, changed_sentences
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.language import gettext, ngettext, speaking
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.pages.snapshot_links import snapshot_link
from policy_archive.pages.types.policy import PolicyPage
from policy_archive.pages.views import SnapshotLink

BODY = "change"
"""The name under which visits to two texts keep what is shown of their difference."""


@dataclass(frozen=True, slots=True)
class TopicLine:
    """What a change did to one topic: "Retention: 1 passage changed, +42 words"."""

    name: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """A sentence that changed, and the topics of whose passages it changed most."""

    topics: tuple[TopicLine, ...]
    place: str
    """Its passage's id on the page."""
    before_html: str
    after_html: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """`policies/<site>/<from>..<to>/`: what changed between two snapshots."""

    site: str
    kind: str
    policy_url: str
    language: str
    since: SnapshotLink
    """The last capture of the old words; `before` is the record of it that was compared."""
    before: SnapshotLink
    after: SnapshotLink
    size: str
    moved: int
    returned: str
    """What only goes back to an earlier text, besides what changes: "2 passages return to …"."""
    sentences: tuple[ChangedPassage, ...]
    technical: bool
    substantive: bool
    bridged: tuple[SnapshotLink, ...]
    body_html: str
    cosmetic: tuple[tuple[str, str], ...]
    """Both sides of what only looks different, as HTML (names say so elsewhere: `_html`)."""
    previous_url: str = ""
    next_url: str = ""


class ChangedText(msgspec.Struct, array_like=True):
    """Two texts with what differs marked, as HTML; it states nothing of where it stands."""

    body: str
    cosmetic: list[tuple[str, str]]
    sentences: list[ChangedSentence]


def made(language: str, change: Change, old: Record, new: Record) -> bytes:
    """What is shown of a change, with our words in a `language`, packed."""
    with speaking(language):
        found = ChangedText(
            diff_html.change_body(change),
            list(diff_html.cosmetic_rows(change)),
            changed_sentences(change, old, new),
        )
    return msgspec.msgpack.encode(found)


def change_view(publication: Publication, history: PolicyHistory, number: int) -> ChangeView:
    """The page of a policy's change, by its number from 0."""
    policy, step = history.policy, history.steps[number]
    previous = history.steps[number - 1] if number else None
    following = history.steps[number + 1] if number + 1 < len(history.steps) else None
    here, addresses = f"{policy.url}{step.segment}/", publication.addresses
    text = _changed_text(publication, step, history.changed[number].id)
    before = snapshot_link(addresses, policy.url, step.before, here)
    since = snapshot_link(addresses, policy.url, step.since, here)
    after = snapshot_link(addresses, policy.url, step.after, here)
    assert before and since and after
    bridged = (snapshot_link(addresses, policy.url, entry, here) for entry in step.bridged)
    return ChangeView(
        site=policy.site,
        kind=kind_name(policy.kind),
        policy_url=addresses.relative(policy.url, here),
        language=step.after.language,
        since=since,
        before=before,
        after=after,
        size=size(step.summary),
        moved=step.summary.moved,
        returned=_returned(step.summary),
        sentences=tuple(_by_sentence(publication, text, step.summary, row_id(policy.url), here)),
        technical=step.technical,
        substantive=step.summary.substantive or step.summary.moved + step.summary.returned > 0,
        bridged=tuple(link for link in bridged if link),
        body_html=text.body,
        cosmetic=tuple(text.cosmetic),
        previous_url=addresses.relative(f"{policy.url}{previous.segment}/", here)
        if previous
        else "",
        next_url=addresses.relative(f"{policy.url}{following.segment}/", here) if following else "",
    )


def _by_sentence(
    publication: Publication, text: ChangedText, summary: ChangeSummary, row: str, here: str
) -> Iterator[ChangedPassage]:
    """What changed by topic, most words first; topics with one sentence are told together."""
    known = dict(publication.context.topics)
    sentences = {it.topic: (it.passage, it.before, it.after) for it in text.sentences}
    found: dict[tuple[str, str, str], list[TopicLine]] = {}
    for topic in summary.topics:
        if topic.topic in known and topic.topic in sentences:
            line = TopicLine(
                known[topic.topic],
                publication.addresses.relative(topic_place(topic.topic), here, row),
                changed(topic.passages, topic.added, topic.removed),
            )
            found.setdefault(sentences[topic.topic], []).append(line)
    for (place, before, after), lines in found.items():
        yield ChangedPassage(tuple(lines), place, before, after)


def _returned(summary: ChangeSummary) -> str:
    if not (summary.substantive and summary.returned):
        return ""
    return ngettext(
        "%(num)s passage as on %(day)s",
        "%(num)s passages as on %(day)s",
        summary.returned,
        day=capture_time.of_segment(summary.returns),
    )


def _changed_text(publication: Publication, step: Step, id: int) -> ChangedText:
    data = publication.change_part(step.key, BODY)
    if data is None:  # it could not be kept
        old, new = publication.record(step.before), publication.record(step.after)
        (past,) = history_rows.pasts(publication.catalogue, [id])
        change = returning(compare(old.document, new.document), past)
        data = made(publication.context.language, change, old, new)
    return msgspec.msgpack.decode(data, type=ChangedText)


class ChangePage(Page):
    """`policies/<site>/<from>..<to>/`."""

    template = "change"
    archived = True

    def __init__(self, policy: PolicyPage, segment: str, number: int, shown: str) -> None:
        """`number` is the change's in its policy; `shown` a digest of all that the page has."""
        super().__init__(f"{policy.place}{segment}/", policy.publication)
        self.parent = self._policy = policy
        self._number = number
        self._shown = shown

    @property
    def title(self) -> str:
        """The site, and when the new words were first seen."""
        history = self._policy.history
        moment = capture_time.shown(history.steps[self._number].after.snapshot.captured)
        return gettext("Changes of %(site)s, %(day)s", site=history.policy.site, day=moment)

    def depends(self) -> object:
        """Both texts, what was passed over, and the changes around."""
        return self._shown

    def view(self) -> object:
        """The change, of which the visit to both texts has made what is shown of these."""
        return change_view(self.publication, self._policy.history, self._number)
