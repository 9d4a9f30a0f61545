"""Pages of changes: one for each pair of snapshots, and the list of all."""

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig

from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.history import Step
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import paged
from policy_archive.pages.change_view import (
    change_pages,
    change_place,
    change_view,
    changes_on,
    changes_view,
)
from policy_archive.pages.edition import Edition
from policy_archive.site.page import ArchivePage


class ChangePage(ArchivePage):
    """`policies/<site>/<from>..<to>/`."""

    template = "change"

    def __init__(
        self,
        policy: Policy,
        step: Step,
        around: tuple[Step | None, Step | None],
        edition: Edition,
        config: MkDocsConfig,
    ) -> None:
        """`around` are the changes before and after it."""
        self.policy = policy
        self.step = step
        self.around = around
        moment = capture_time.shown(step.after.snapshot.captured)
        title = f"Changes of {policy.site}, {moment}"
        super().__init__(title, change_place(policy, step), edition, config)

    def depends(self) -> object:
        """Both texts, what was passed over, and the changes around."""
        around = [other.segment if other else "" for other in self.around]
        return _named(self.edition, self.policy, self.step), around

    def view(self) -> object:
        """The change, made anew from both texts."""
        return change_view(self.edition, self.policy, self.step, *self.around)


def _named(edition: Edition, policy: Policy, step: Step) -> object:
    """All that a change and what is said of it depend on."""
    ends = [
        (entry.segment, entry.snapshot.captured, entry.doubtful, *edition.archive.result(entry))
        for entry in (step.since, step.before, step.after, *step.bridged)
    ]
    return policy.site, policy.kind, policy.url, ends, step.technical


class ChangesPage(ArchivePage):
    """`changes/`."""

    template = "changes"

    def __init__(self, title: str, number: int, edition: Edition, config: MkDocsConfig) -> None:
        """`number` counts from 1."""
        self.number = number
        shown = title if number == 1 else f"{title}, page {number}"
        super().__init__(shown, paged("changes/", number), edition, config)

    def depends(self) -> object:
        """Its changes, and the figures over all; no row is made only to find that it is known."""
        edition = self.edition
        shown = [_named(edition, *it) for it in changes_on(edition, self.number)]
        drawn = [
            (step.after.snapshot.captured[:6], step.technical)
            for _, step in edition.newest_steps
            if step.counts or step.technical
        ]
        figures = (len(edition.newest_changes), drawn if self.number == 1 else len(drawn))
        return shown, figures

    def view(self) -> object:
        """Rows of this page."""
        return changes_view(self.edition, self.number)


def of_policy(
    policy: Policy, parent: ArchivePage, edition: Edition, config: MkDocsConfig
) -> Iterator[ArchivePage]:
    """A page for every step of a policy."""
    steps = edition.steps_of(policy)
    around = [None, *steps, None]
    for at, step in enumerate(steps):
        page = ChangePage(policy, step, (around[at], around[at + 2]), edition, config)
        page.parent = parent
        yield page


def listing(title: str, edition: Edition, config: MkDocsConfig) -> Iterator[ArchivePage]:
    """The list of all changes, where there are any to list."""
    if not any(edition.steps.values()):
        return
    first = ChangesPage(title, 1, edition, config)
    yield first
    for number in range(2, change_pages(edition) + 1):
        page = ChangesPage(title, number, edition, config)
        page.parent = first
        yield page
