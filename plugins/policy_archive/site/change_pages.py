"""Pages of changes: one for each pair of snapshots, and the list of all."""

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig

from policy_archive.archive import Policy
from policy_archive.changes import Step
from policy_archive.site import capture_time
from policy_archive.site.addresses import paged
from policy_archive.site.change_view import change_pages, change_place, change_view, changes_view
from policy_archive.site.edition import Edition
from policy_archive.site.pages import ArchivePage


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
        step, archive = self.step, self.edition.archive
        around = [other.segment if other else "" for other in self.around]
        ends = [
            (entry.segment, entry.doubtful, *archive.result(entry))
            for entry in (step.before, step.after, *step.bridged)
        ]
        return self.policy.site, self.policy.kind, self.policy.url, ends, around, step.technical

    def view(self) -> object:
        """The change, made anew from both texts."""
        return change_view(self.edition, self.policy, self.step, *self.around)


class ChangesPage(ArchivePage):
    """`changes/`."""

    template = "changes"

    def __init__(self, title: str, number: int, edition: Edition, config: MkDocsConfig) -> None:
        """`number` counts from 1."""
        self.number = number
        shown = title if number == 1 else f"{title}, page {number}"
        super().__init__(shown, paged("changes/", number), edition, config)

    def depends(self) -> object:
        """Everything on it."""
        return self.view()

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
