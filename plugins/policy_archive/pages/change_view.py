"""Changes as pages show them: one change, and lists of changes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.history import Step
from policy_archive.diff import ChangeSummary, compare
from policy_archive.pages import capture_time, change_render
from policy_archive.pages.addresses import paged, row_id, topic_place
from policy_archive.pages.charts import over_time
from policy_archive.pages.edition import Edition, kind_name
from policy_archive.pages.paging import links, row_files
from policy_archive.pages.snapshot_view import snapshot_link
from policy_archive.pages.views import Link, PageLinks, RowFiles, SnapshotLink, StepRow

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


@dataclass(frozen=True, slots=True)
class ChangesView:
    """`changes/`: the latest changes of all policies."""

    rows: tuple[StepRow, ...]
    count: int
    technical: int
    picture_html: str
    years: tuple[tuple[str, int, int], ...]
    """Year, changes, technical ones: for the table behind the picture."""
    feed_url: str
    paging: PageLinks = field(default_factory=PageLinks)
    data: RowFiles | None = None


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
    edition: Edition, policy: Policy, step: Step, previous: Step | None, following: Step | None
) -> ChangeView:
    """The page of `step`; the change itself is made anew from both texts."""
    here = change_place(policy, step)
    addresses, archive = edition.addresses, edition.archive
    old, new = archive.record(step.before), archive.record(step.after)
    change = compare(old.document, new.document)
    before = snapshot_link(edition, policy, step.before, here)
    since = snapshot_link(edition, policy, step.since, here)
    after = snapshot_link(edition, policy, step.after, here)
    assert before and since and after
    bridged = (snapshot_link(edition, policy, entry, here) for entry in step.bridged)
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
        body_html=change_render.change_body(change),
        cosmetic=tuple(change_render.cosmetic_rows(change)),
        previous_url=addresses.relative(change_place(policy, previous), here) if previous else "",
        next_url=addresses.relative(change_place(policy, following), here) if following else "",
    )


def step_row(edition: Edition, policy: Policy, step: Step, here: str) -> StepRow:
    """A change in a list shown at `here`."""
    addresses, summary = edition.addresses, step.summary
    known = {topic.id: topic.name for topic in edition.archive.taxonomy.topics}
    url = addresses.relative(change_place(policy, step), here)
    moments = (step.since.snapshot.captured, step.after.snapshot.captured)
    before, after = capture_time.interval(*moments)
    return StepRow(
        site=policy.site,
        site_url=addresses.relative(policy.url, here),
        kind=kind_name(policy.kind),
        before=before,
        after=after,
        after_iso=capture_time.iso(step.after.snapshot.captured),
        url=url,
        size=size(summary),
        words=summary.added + summary.removed,
        topics=tuple(
            Link(known[topic.topic], addresses.relative(topic_place(topic.topic), here))
            for topic in summary.topics[:4]
            if topic.topic in known
        ),
        excerpt_html=excerpt_html(summary),
        language=step.after.language,
        technical=step.technical,
        counts=step.counts,
        bridged=len(step.bridged),
    )


def excerpt_html(summary: ChangeSummary) -> str:
    """The first changed passage, in HTML."""
    spans = summary.excerpts[0] if summary.excerpts else ()
    return change_render.inline_html(change_render.readable(spans))


def change_pages(edition: Edition) -> int:
    """How many pages the list of all changes takes."""
    return max(1, -(-len(edition.newest_changes) // edition.rows))


def latest_changes(edition: Edition, count: int, here: str) -> tuple[StepRow, ...]:
    """The newest change of words of each of the policies that changed last."""
    found: dict[str, StepRow] = {}
    for policy, step in edition.newest_changes:
        if len(found) == count:
            break
        if policy.url not in found:  # one that changes to and fro would fill the list alone
            found[policy.url] = step_row(edition, policy, step, here)
    return tuple(found.values())


def changes_on(edition: Edition, number: int) -> Sequence[tuple[Policy, Step]]:
    """The changes on page `number` of the list of all."""
    return edition.newest_changes[edition.rows * (number - 1) : edition.rows * number]


def changes_view(edition: Edition, number: int) -> ChangesView:
    """Page `number` of all changes; technical ones, and mere looks, are left out."""
    here = paged("changes/", number)
    counted = edition.newest_changes
    steps = [step for _, step in counted] if number == 1 else []  # for the picture
    technical = [step for _, step in edition.newest_steps if step.technical]
    total = change_pages(edition)
    return ChangesView(
        rows=tuple(step_row(edition, *it, here) for it in changes_on(edition, number)),
        count=len(counted),
        technical=len(technical),
        picture_html=over_time.by_month(_months(steps)) if steps else "",
        years=_years(steps, technical),
        feed_url=edition.addresses.relative("changes/feed.xml", here)
        if edition.addresses.site_url and counted
        else "",
        paging=links(edition, "changes/", number, total),
        data=row_files(edition, here, "changes/", "changes/") if total > 1 else None,
    )


def _months(steps: Iterable[Step]) -> Counter[str]:
    return Counter(step.after.snapshot.captured[:6] for step in steps)


def _years(counted: Sequence[Step], technical: Sequence[Step]) -> tuple[tuple[str, int, int], ...]:
    own = Counter(step.after.snapshot.captured[:4] for step in counted)
    others = Counter(step.after.snapshot.captured[:4] for step in technical)
    return tuple((year, own[year], others[year]) for year in sorted(own | others))


def step_rows(edition: Edition, policy: Policy) -> tuple[StepRow, ...]:
    """The changes of a policy for its own page, newest first."""
    steps = reversed(edition.steps_of(policy))
    return tuple(step_row(edition, policy, step, policy.url) for step in steps)


def feed_url(edition: Edition, place: str, here: str) -> str:
    """The address of the feed that stands beside the page at `place`."""
    return edition.addresses.relative(f"{place}feed.xml", here)


def feed_of(edition: Edition, policy: Policy) -> bool:
    """Whether a policy has a feed: it needs absolute addresses, and a change to tell of."""
    return bool(edition.addresses.site_url) and any(s.counts for s in edition.steps_of(policy))
