"""Pages that list policies: all of them, by topic, and as a matrix."""

from html import escape

from mkdocs.config.defaults import MkDocsConfig

from policy_archive.pages import as_of
from policy_archive.pages.addresses import paged, row_id
from policy_archive.pages.comparison_view import as_of_place, compare_view, topic_view, topics_view
from policy_archive.pages.edition import Edition
from policy_archive.pages.feeds import has_topic_feed
from policy_archive.pages.policy_view import policies_view
from policy_archive.site.page import ArchivePage
from policy_archive.topics.taxonomy import Topic


class ListingPage(ArchivePage):
    """One page of a listing of all policies."""

    def __init__(
        self, title: str, place: str, number: int, edition: Edition, config: MkDocsConfig
    ) -> None:
        """`number` counts from 1."""
        self.number = number
        shown = title if number == 1 else f"{title}, page {number}"
        super().__init__(shown, paged(place, number), edition, config)

    def anchors(self) -> set[str]:
        """Rows."""
        return {row_id(policy) for policy in self.edition.page(self.number)}


class PoliciesPage(ListingPage):
    """`policies/`."""

    template = "policies"

    def view(self) -> object:
        """Rows of this page."""
        return policies_view(self.edition, self.number)

    def depends(self) -> object:
        """Everything on it, which is little."""
        return self.view()


class ComparePage(ListingPage):
    """`compare/`."""

    template = "compare"

    def view(self) -> object:
        """The matrix."""
        return compare_view(self.edition, self.number)

    def depends(self) -> object:
        """How often each policy on it speaks to each topic, and where first."""
        rows = [
            (
                *policy.listed,
                policy.newest.checked,
                [(id, found.count, found.block) for id, found in policy.newest.findings.items()],
            )
            for policy in self.edition.page(self.number)
        ]
        return rows, self.edition.starts, tuple(self.edition.tallies.values())


class TopicPage(ListingPage):
    """`topics/<topic>/`."""

    template = "topic"

    def __init__(
        self, topic: Topic, number: int, edition: Edition, config: MkDocsConfig, year: str = ""
    ) -> None:
        """`number` counts from 1; the first page of the newest snapshots alone is searchable."""
        self.topic = topic
        self.year = year
        title = f"{topic.name}, end of {year}" if year else topic.name
        super().__init__(title, as_of_place(topic.id, year), number, edition, config)

    def anchors(self) -> set[str]:
        """Rows of this page, of its year where it has one."""
        if self.year:
            then = as_of.past(self.edition).edition(self.year)
            return {row_id(policy) for policy in then.page(self.number)}
        return super().anchors()

    @property
    def searchable(self) -> bool:  # type: ignore[override]
        """The first page stands for all."""
        return self.number == 1 and not self.year

    def view(self) -> object:
        """The comparison."""
        return self.held or topic_view(self.edition, self.topic, self.number, self.year)

    def depends(self) -> object:
        """What each policy on it says on the topic, or why nothing, and figures over all.

        Whoever says the same may stand on any page, so all of them count.
        """
        whole, id = self.edition, self.topic.id
        edition = as_of.past(whole).edition(self.year) if self.year else whole
        over_time = (
            as_of.past(whole).of(self.topic),
            as_of.page_years(whole),
            has_topic_feed(whole, id),
        )
        rows = [
            (*policy.listed, policy.newest.checked, policy.newest.blocks, policy.newest.notices)
            for policy in edition.page(self.number)
            if id not in policy.newest.findings
        ]
        places = [policy.url for policy in edition.page(self.number)]
        figures = (edition.starts, edition.tallies[id], edition.years, len(edition.policies))
        return rows, places, edition.answers(id), figures, over_time

    def shows(self) -> object:
        """Everything on it: most of what others say is of no concern to this page."""
        self.held = self.view()
        return self.held

    def search_text(self) -> str:
        """Name, question and explanation."""
        return (
            f'<h1 id="pa-title">{escape(self.topic.name)}</h1>'
            f"<p>{escape(self.topic.question)} {escape(self.topic.explanation)}</p>"
        )


class TopicsPage(ArchivePage):
    """`topics/`."""

    template = "topics"

    def view(self) -> object:
        """All topics."""
        return topics_view(self.edition)
