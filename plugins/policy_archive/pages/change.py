"""`policies/<site>/<from>..<to>/`: what changed between two snapshots."""

from dataclasses import dataclass

from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.history import Step
from policy_archive.diff import ChangeSummary, compare
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import row_id, topic_place
from policy_archive.pages.html import diff_html
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication, kind_name
from policy_archive.pages.snapshot import snapshot_link
from policy_archive.pages.views import SnapshotLink

_MINUS = "−"


@dataclass(frozen=True, slots=True)
class TopicLine:
    """What a change did to one topic: "Retention: 1 passage changed, +42 words"."""

    name: str
    url: str
    text: str


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
    topics: tuple[TopicLine, ...]
    technical: bool
    substantive: bool
    bridged: tuple[SnapshotLink, ...]
    body_html: str
    cosmetic: tuple[tuple[str, str], ...]
    """Both sides of what only looks different, as HTML (names say so elsewhere: `_html`)."""
    previous_url: str = ""
    next_url: str = ""


def change_place(policy: Policy, step: Step) -> str:
    """Where the page of a change stands."""
    return f"{policy.url}{step.segment}/"


def figures(added: int, removed: int) -> str:
    """Words added and removed, as "+42 −7 words"."""
    parts = [f"+{added:,}" if added else "", f"{_MINUS}{removed:,}" if removed else ""]
    said = " ".join(part for part in parts if part)
    return f"{said} {'word' if added + removed == 1 else 'words'}" if said else "punctuation only"


def size(summary: ChangeSummary) -> str:
    """A change in a few words."""
    if summary.substantive:
        return f"{_passages(summary.passages)} changed, {figures(summary.added, summary.removed)}"
    if summary.moved:
        return f"{_passages(summary.moved)} moved"
    if summary.cosmetic:
        return f"only looks: {_passages(summary.cosmetic)}"
    return "no change"


def _passages(count: int) -> str:
    return f"{count:,} {'passage' if count == 1 else 'passages'}"


def change_view(
    publication: Publication,
    policy: Policy,
    step: Step,
    previous: Step | None,
    following: Step | None,
) -> ChangeView:
    """The page of `step`; the change itself is made anew from both texts."""
    here = change_place(policy, step)
    addresses, archive = publication.addresses, publication.archive
    old, new = archive.record(step.before), archive.record(step.after)
    change = compare(old.document, new.document)
    before = snapshot_link(publication, policy, step.before, here)
    since = snapshot_link(publication, policy, step.since, here)
    after = snapshot_link(publication, policy, step.after, here)
    assert before and since and after
    bridged = (snapshot_link(publication, policy, entry, here) for entry in step.bridged)
    known = {topic.id: topic.name for topic in archive.taxonomy.topics}
    return ChangeView(
        site=policy.site,
        kind=kind_name(policy.kind),
        policy_url=addresses.relative(policy.url, here),
        language=new.language,
        since=since,
        before=before,
        after=after,
        size=size(step.summary),
        moved=step.summary.moved,
        topics=tuple(
            TopicLine(
                known[topic.topic],
                addresses.relative(topic_place(topic.topic), here, row_id(policy)),
                f"{_passages(topic.passages)} changed, {figures(topic.added, topic.removed)}",
            )
            for topic in step.summary.topics
            if topic.topic in known
        ),
        technical=step.technical,
        substantive=bool(step.summary.substantive or step.summary.moved),
        bridged=tuple(link for link in bridged if link),
        body_html=diff_html.change_body(change),
        cosmetic=tuple(diff_html.cosmetic_rows(change)),
        previous_url=addresses.relative(change_place(policy, previous), here) if previous else "",
        next_url=addresses.relative(change_place(policy, following), here) if following else "",
    )


class ChangePage(Page):
    """`policies/<site>/<from>..<to>/`."""

    template = "change"

    def __init__(
        self,
        policy: Policy,
        step: Step,
        around: tuple[Step | None, Step | None],
        publication: Publication,
    ) -> None:
        """`around` are the changes before and after it."""
        self.policy = policy
        self.step = step
        self.around = around
        moment = capture_time.shown(step.after.snapshot.captured)
        title = f"Changes of {policy.site}, {moment}"
        super().__init__(title, change_place(policy, step), publication)

    def depends(self) -> object:
        """Both texts, what was passed over, and the changes around."""
        around = [other.segment if other else "" for other in self.around]
        return named(self.publication, self.policy, self.step), around

    def view(self) -> object:
        """The change, made anew from both texts."""
        return change_view(self.publication, self.policy, self.step, *self.around)


def named(publication: Publication, policy: Policy, step: Step) -> object:
    """All that a change and what is said of it depend on."""
    ends = [
        (entry.segment, entry.snapshot.captured, entry.doubtful, *publication.archive.result(entry))
        for entry in (step.since, step.before, step.after, *step.bridged)
    ]
    return policy.site, policy.kind, policy.url, ends, step.technical
