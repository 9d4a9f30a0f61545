"""The home page's figures, and the method page's account of how the archive was made."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from policy_archive import PIPELINE_VERSION, __version__
from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.cleaning import RULES
from policy_archive.diagnostics import NOTICES
from policy_archive.pages.change_view import latest_changes
from policy_archive.pages.charts import pictures
from policy_archive.pages.comparison_view import topic_cards, topic_summary
from policy_archive.pages.edition import Edition
from policy_archive.pages.policy_view import policy_row
from policy_archive.pages.views import PolicyRow, StepRow, TopicCard, TopicView
from policy_archive.reading import REPAIRS
from policy_archive.topics import accuracy
from policy_archive.topics.accuracy import Accuracy
from policy_archive.topics.labeller import SURE

_LATEST = 10
_LATEST_CHANGES = 6


@dataclass(frozen=True, slots=True)
class HomeView:
    """`/`: figures, topics, a picture of the archive; shown under the page's own Markdown."""

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


def home_view(edition: Edition) -> HomeView:
    """Figures, coverage by year, topics, and what changed and was captured last."""
    coverage = tuple(sorted(Counter(_years(edition)).items()))
    latest = sorted(
        (policy for policy in edition.policies if policy.newest.snapshot.captured),
        key=lambda policy: policy.newest.snapshot.captured,
        reverse=True,
    )
    return HomeView(
        figures=_figures(edition, [year for year, _ in coverage]),
        coverage_html=pictures.coverage(coverage) if coverage else "",
        coverage=coverage,
        topics=topic_cards(edition, ""),
        changes=latest_changes(edition, _LATEST_CHANGES, ""),
        changes_url=edition.addresses.relative("changes/", ""),
        latest=tuple(policy_row(edition, policy, "") for policy in latest[:_LATEST]),
        search_url=edition.addresses.relative("search/", "") if edition.search_page else "",
    )


def _figures(edition: Edition, years: list[str]) -> tuple[tuple[str, str], ...]:
    count, snapshots = len(edition.policies), edition.snapshots
    span = "–".join(dict.fromkeys((years[0], years[-1]))) if years else "–"
    return (
        (f"{count:,}", "policy" if count == 1 else "policies"),
        (f"{snapshots:,}", "snapshot" if snapshots == 1 else "snapshots"),
        (span, "captured"),
        (f"{len(edition.archive.taxonomy.topics):,}", "topics compared"),
    )


def _entries(edition: Edition) -> Iterator[tuple[Policy, Entry]]:
    return ((policy, entry) for policy in edition.policies for entry in policy.entries)


def _years(edition: Edition) -> Iterator[str]:
    captured = (entry.snapshot.captured for _, entry in _entries(edition))
    return (moment[:4] for moment in captured if moment)


def method_view(edition: Edition) -> MethodView:
    """Cleaning rules, taxonomy, doubts and versions."""
    return MethodView(
        version=__version__,
        pipeline_version=PIPELINE_VERSION,
        built=edition.built,
        rules=(
            *(RuleView(name, summary, enabled=True) for name, (summary, _) in REPAIRS.items()),
            *(
                RuleView(rule.name, rule.summary, rule.name not in edition.disabled_rules)
                for rule in RULES
            ),
        ),
        topics=tuple(topic_summary(edition, topic) for topic in edition.archive.taxonomy.topics),
        policies=len(edition.policies),
        snapshots=edition.snapshots,
        doubts=_doubts(edition),
        test=accuracy.load(),
        sure=SURE,
    )


def _doubts(edition: Edition) -> tuple[tuple[str, str, int], ...]:
    """What is doubted of how many snapshots."""
    counts: Counter[str] = Counter()
    for _, entry in _entries(edition):
        counts.update({notice.code for notice in entry.notices})
    return tuple((code, NOTICES[code], counts[code]) for code in sorted(counts))
