"""`/`: figures, topics, and what changed and was captured last."""

from dataclasses import dataclass

from policy_archive.catalogue.questions import listings, timeline
from policy_archive.pages.change_rows import change_row
from policy_archive.pages.charts import pictures
from policy_archive.pages.language import gettext, ngettext, number
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.pages.types.policies import policy_row
from policy_archive.pages.types.topics import topic_cards
from policy_archive.pages.views import PolicyRow, StepRow, TopicCard

_LATEST = 10
_LATEST_CHANGES = 6


@dataclass(frozen=True, slots=True)
class HomeView:
    """`/`: figures, topics, a picture of the archive; shown under the site's own text."""

    own_html: str
    figures: tuple[tuple[str, str], ...]
    """Number and label, four of them."""
    coverage_html: str
    """SVG: captures by year, with title and description."""
    coverage: tuple[tuple[str, int], ...]
    """The same figures, for the table behind the picture."""
    topics: tuple[TopicCard, ...]
    latest: tuple[PolicyRow, ...]
    """The most recently captured snapshots, up to ten."""
    changes: tuple[StepRow, ...] = ()
    """The newest change of words of a few policies; none where nothing changed."""
    changes_url: str = ""
    search_url: str = ""
    """Of the page that searches every text; empty where there is none."""


def home_view(publication: Publication, own_html: str) -> HomeView:
    """Figures, coverage by year, topics, and what changed and was captured last."""
    catalogue = publication.catalogue
    coverage = tuple(listings.captures_by_year(catalogue))
    return HomeView(
        own_html=own_html,
        figures=_figures(publication, [year for year, _ in coverage]),
        coverage_html=pictures.coverage(coverage) if coverage else "",
        coverage=coverage,
        topics=topic_cards(publication, ""),
        # One that changes to and fro would fill the list alone.
        changes=tuple(
            change_row(publication, change, "")
            for change in timeline.latest_of_policies(catalogue, _LATEST_CHANGES)
        ),
        changes_url=publication.addresses.relative("changes/", ""),
        latest=tuple(
            policy_row(publication, policy, "") for policy in listings.latest(catalogue, _LATEST)
        ),
        search_url=publication.addresses.relative("search/", "") if publication.search_page else "",
    )


def _figures(publication: Publication, years: list[str]) -> tuple[tuple[str, str], ...]:
    count, snapshots = publication.figures.policies, publication.figures.snapshots
    span = "–".join(dict.fromkeys((years[0], years[-1]))) if years else "–"
    return (
        (number(count), ngettext("policy", "policies", count)),
        (number(snapshots), ngettext("snapshot", "snapshots", snapshots)),
        (span, gettext("captured")),
        (number(len(publication.taxonomy.topics)), gettext("topics compared")),
    )


class HomePage(Page):
    """`/`: under the site's own text, where it has any."""

    template = "home"

    def __init__(self, publication: Publication, own_html: str = "") -> None:
        """`own_html` is the site's own home page, made from its Markdown."""
        self.own_html = own_html
        super().__init__("", publication)

    @property
    def title(self) -> str:
        """For themes; the site's name alone stands in the browser's window."""
        return gettext("Home")

    def view(self) -> object:
        """Figures, topics, changes."""
        return home_view(self.publication, self.own_html)
