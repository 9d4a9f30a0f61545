"""`about/method/`: how the archive was made."""

from dataclasses import dataclass

from policy_archive import PIPELINE_VERSION, __version__
from policy_archive.catalogue.questions import listings
from policy_archive.cleaning import RULES
from policy_archive.pages.data.dataset_files import PLACE
from policy_archive.pages.doubts import doubt_of
from policy_archive.pages.language import gettext
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.pages.types.topics import topic_summary
from policy_archive.pages.types.withdrawn import LOG
from policy_archive.pages.views import TopicView
from policy_archive.reading import REPAIRS
from policy_archive.topics import accuracy
from policy_archive.topics.accuracy import Accuracy
from policy_archive.topics.labeller import SURE


@dataclass(frozen=True, slots=True)
class RuleView:
    """A cleaning rule on `about/method/`."""

    name: str
    summary: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class MethodView:
    """`about/method/`: how the archive was made."""

    version: str
    pipeline_version: str
    built: str
    rules: tuple[RuleView, ...]
    topics: tuple[TopicView, ...]
    policies: int
    snapshots: int
    doubts: tuple[tuple[str, str, int], ...]
    """Code, meaning, number of snapshots."""
    test: Accuracy
    """How the labeller's accuracy was measured; the figures are the topics'."""
    sure: float
    """The score from which comparisons leave out the "possibly"."""
    data_url: str
    """Of the archive as data; empty: it is not published."""
    withdrawn_url: str
    """Of the log of what was withdrawn; empty: nothing ever was."""


class MethodPage(Page):
    """`about/method/`."""

    template = "method"

    def __init__(self, title: str, publication: Publication) -> None:
        """`title` is that of the navigation."""
        super().__init__("about/method/", publication)
        self._title = title

    @property
    def title(self) -> str:
        """As the navigation has it."""
        return self._title

    def view(self) -> object:
        """Rules, taxonomy, doubts."""
        return method_view(self.publication)


def method_view(publication: Publication) -> MethodView:
    """Cleaning rules, taxonomy, doubts and versions."""
    return MethodView(
        version=__version__,
        pipeline_version=PIPELINE_VERSION,
        built=publication.built,
        rules=(
            *(
                RuleView(name, gettext(summary), enabled=True)
                for name, (summary, _) in REPAIRS.items()
            ),
            *(
                RuleView(
                    rule.name, gettext(rule.summary), rule.name not in publication.disabled_rules
                )
                for rule in RULES
            ),
        ),
        topics=tuple(topic_summary(publication, topic) for topic in publication.taxonomy.topics),
        policies=publication.figures.policies,
        snapshots=publication.figures.snapshots,
        doubts=_doubts(publication),
        test=accuracy.load(),
        sure=SURE,
        data_url=(
            publication.addresses.relative(PLACE, "about/method/") if publication.tables else ""
        ),
        withdrawn_url=(
            publication.addresses.relative(LOG, "about/method/")
            if publication.withdrawn.entries
            else ""
        ),
    )


def _doubts(publication: Publication) -> tuple[tuple[str, str, int], ...]:
    """What is doubted of how many snapshots."""
    found = listings.doubts(publication.catalogue)
    return tuple((code, doubt_of(code), count) for code, count in found)
