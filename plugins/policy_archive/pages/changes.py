"""`changes/`: the changes of all policies, and changes in other pages' lists."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.history import Step
from policy_archive.diff import ChangeSummary
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import paged, row_id, topic_place
from policy_archive.pages.change import change_place, named, size
from policy_archive.pages.charts import over_time
from policy_archive.pages.html import diff_html
from policy_archive.pages.page import Page
from policy_archive.pages.paging import links, row_files
from policy_archive.pages.publication import Publication, kind_name
from policy_archive.pages.views import Link, PageLinks, RowFiles, StepRow


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


class ChangesPage(Page):
    """`changes/`."""

    template = "changes"

    def __init__(self, title: str, number: int, publication: Publication) -> None:
        """`number` counts from 1."""
        self.number = number
        shown = title if number == 1 else f"{title}, page {number}"
        super().__init__(shown, paged("changes/", number), publication)

    def depends(self) -> object:
        """Its changes, and the figures over all; no row is made only to find that it is known."""
        publication = self.publication
        shown = [named(publication, *it) for it in changes_on(publication, self.number)]
        drawn = [
            (step.after.snapshot.captured[:6], step.technical)
            for _, step in publication.newest_steps
            if step.counts or step.technical
        ]
        figures = (len(publication.newest_changes), drawn if self.number == 1 else len(drawn))
        return shown, figures

    def view(self) -> object:
        """Rows of this page."""
        return changes_view(self.publication, self.number)


def step_row(publication: Publication, policy: Policy, step: Step, here: str) -> StepRow:
    """A change in a list shown at `here`."""
    addresses, summary = publication.addresses, step.summary
    known = {topic.id: topic.name for topic in publication.archive.taxonomy.topics}
    url = addresses.relative(change_place(policy, step), here)
    moments = (step.since.snapshot.captured, step.after.snapshot.captured)
    before, after = capture_time.interval(*moments)
    return StepRow(
        site=policy.site,
        site_id=row_id(policy),
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
    return diff_html.inline_html(diff_html.readable(spans))


def change_pages(publication: Publication) -> int:
    """How many pages the list of all changes takes."""
    return max(1, -(-len(publication.newest_changes) // publication.rows))


def latest_changes(publication: Publication, count: int, here: str) -> tuple[StepRow, ...]:
    """The newest change of words of each of the policies that changed last."""
    found: dict[str, StepRow] = {}
    for policy, step in publication.newest_changes:
        if len(found) == count:
            break
        if policy.url not in found:  # one that changes to and fro would fill the list alone
            found[policy.url] = step_row(publication, policy, step, here)
    return tuple(found.values())


def changes_on(publication: Publication, number: int) -> Sequence[tuple[Policy, Step]]:
    """The changes on page `number` of the list of all."""
    return publication.newest_changes[publication.rows * (number - 1) : publication.rows * number]


def changes_view(publication: Publication, number: int) -> ChangesView:
    """Page `number` of all changes; technical ones, and mere looks, are left out."""
    here = paged("changes/", number)
    counted = publication.newest_changes
    steps = [step for _, step in counted] if number == 1 else []  # for the picture
    technical = [step for _, step in publication.newest_steps if step.technical]
    total = change_pages(publication)
    return ChangesView(
        rows=tuple(step_row(publication, *it, here) for it in changes_on(publication, number)),
        count=len(counted),
        technical=len(technical),
        picture_html=over_time.by_month(_months(steps)) if steps else "",
        years=_years(steps, technical),
        feed_url=publication.addresses.relative("changes/feed.xml", here)
        if publication.addresses.site_url and counted
        else "",
        paging=links(publication, "changes/", number, total),
        data=row_files(publication, here, "changes/", "changes/") if total > 1 else None,
    )


def _months(steps: Iterable[Step]) -> Counter[str]:
    return Counter(step.after.snapshot.captured[:6] for step in steps)


def _years(counted: Sequence[Step], technical: Sequence[Step]) -> tuple[tuple[str, int, int], ...]:
    own = Counter(step.after.snapshot.captured[:4] for step in counted)
    others = Counter(step.after.snapshot.captured[:4] for step in technical)
    return tuple((year, own[year], others[year]) for year in sorted(own | others))


def step_rows(publication: Publication, policy: Policy) -> tuple[StepRow, ...]:
    """The changes of a policy for its own page, newest first."""
    steps = reversed(publication.steps_of(policy))
    return tuple(step_row(publication, policy, step, policy.url) for step in steps)


def feed_url(publication: Publication, place: str, here: str) -> str:
    """The address of the feed that stands beside the page at `place`."""
    return publication.addresses.relative(f"{place}feed.xml", here)


def feed_of(publication: Publication, policy: Policy) -> bool:
    """Whether a policy has a feed: it needs absolute addresses, and a change to tell of."""
    return bool(publication.addresses.site_url) and any(
        s.counts for s in publication.steps_of(policy)
    )
