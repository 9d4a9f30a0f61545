"""What each page template receives: plain, typed values, ready to print.

Templates print these and decide nothing. Every string is text and must be escaped (`|e`), except
fields whose name ends in `_html`, which `html/` or `charts/` made. URLs are relative to
the page they are shown on, except `https:` ones. Here are those that several modules fill or print;
the others stand beside the function that fills them.
"""

from dataclasses import dataclass, field
from typing import Literal

from policy_archive.topics.accuracy import Accuracy, TopicAccuracy

Absence = Literal["none", "unchecked"]
"""`none`: no passage found in N blocks checked; `unchecked`: labelling could not tell."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go."""

    text: str
    url: str
    id: str = ""
    """The id of the element that shows it, where other pages link to that element."""


@dataclass(frozen=True, slots=True)
class TopicChip:
    """A topic that a paragraph or the whole speaks to."""

    id: str
    name: str
    url: str
    """The topic's comparison, at this policy's own row."""
    possible: bool
    """A low score: shown as "possibly"."""
    why: str
    """Evidence in words: "heading “Use of cookies”; cookies, browser settings"."""


@dataclass(frozen=True, slots=True)
class SnapshotLink:
    """A snapshot in a list of snapshots."""

    captured: str
    """"21 May 2014, 17:33 UTC", "21 May 2014", or "date unknown"."""
    captured_iso: str
    url: str
    doubtful: bool
    words: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """A change in a list of changes."""

    site: str
    site_id: str
    """The policy's row id, by which scripts sort."""
    site_url: str
    kind: str
    before: str
    after: str
    after_iso: str
    url: str
    size: str
    """ "3 passages changed, +42 −7 words", "returns to the text of 3 May 2019"."""
    words: int
    """Added and removed, to sort by."""
    topic_ids: str
    """Of all topics that it touches, with spaces between them."""
    topics: tuple[Link, ...]
    excerpt_html: str
    language: str
    technical: bool
    counts: bool
    bridged: int


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A row of `policies/`."""

    site: str
    site_id: str
    """The policy's row id, by which scripts sort."""
    title: str
    kind: str
    url: str
    captured: str
    captured_iso: str
    snapshots: int
    words: int
    topics: int
    language: str
    doubtful: bool
    newer: bool
    """Whether a newer capture looks broken, so that this one speaks for the policy."""


@dataclass(frozen=True, slots=True)
class RowFiles:
    """Where a script finds the rows of a listing's other pages."""

    columns_url: str
    """The names; beside them stand the other values by which rows are chosen and sorted."""
    texts_url: str
    """The folder of what is shown of them, in parts, and of the values named by `own`."""
    own: str
    """Names of values that only this listing has; rows without the first are not in it."""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where a long listing continues; all empty when it stands on one page."""

    number: int = 1
    total: int = 1
    pages: tuple[Link, ...] = ()
    previous_url: str = ""
    next_url: str = ""
    starts: tuple[str, ...] = ()
    """The first row's id on each page, in order: where a script looks for a row not on this one."""


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic in a list of topics."""

    id: str
    name: str
    question: str
    url: str
    speaking: int
    silent: int
    unchecked: int
    share_html: str
    """A small server-made bar (SVG) of the three figures."""


@dataclass(frozen=True, slots=True)
class StatedFact:
    """What a policy states in so many words on one thing."""

    name: str
    label: str
    """ "Periods named"."""
    values: tuple[str, ...]
    """ "90 days", "as long as needed"."""
    sentences: tuple[Link, ...]
    """Those that state them, each once, and where they stand."""
    order: str
    """The first of its values as a number to sort by."""


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """What one policy says on the topic of the page; its element's id is `site_id`."""

    site_id: str
    site: str
    captured: str
    captured_iso: str
    newer: bool
    """As in `PolicyRow`."""
    policy_url: str
    """Of the policy; in a comparison of the past, of the capture that stood then."""
    quote: str
    quote_url: str
    heading: str
    length: int
    """Words in all its passages on the topic."""
    possible: bool
    why: str
    more: tuple[Link, ...] = ()
    """Further passages: excerpt and URL."""
    language: str = ""
    facts: tuple[StatedFact, ...] = ()
    same: int = 0
    """Other policies with the same words."""
    alike: tuple[Link, ...] = ()
    """Policies with a passage much like it: site, and URL of that passage."""


@dataclass(frozen=True, slots=True)
class TopicView:
    """`topics/<topic>/`: the comparison index of one topic."""

    id: str
    name: str
    question: str
    explanation: str
    opp115: tuple[str, ...]
    dpv: tuple[Link, ...]
    rows: tuple[ComparisonRow, ...]
    silent: tuple[tuple[Link, str, int], ...]
    """Policy (its `id` is the element's), captured, blocks checked."""
    unchecked: tuple[tuple[Link, str, str], ...]
    """Policy (its `id` is the element's), captured, reason."""
    total: int
    years: str
    """"2014 to 2019", for the warning that captures lie years apart; empty within two years."""
    orders: tuple[tuple[str, str], ...] = ()
    """By which facts the rows can be sorted: the order's name, and what then stands first."""
    paging: PageLinks = field(default_factory=PageLinks)
    data: RowFiles | None = None
    feed_url: str = ""
    changes_url: str = ""
    """Of the list of changes that touch it."""
    as_of_most: int = 0
    """Up to how many policies single years have pages."""
    as_of: str = ""
    """The year at whose end the policies are compared; empty for the newest snapshots."""
    as_of_links: tuple[Link, ...] = ()
    """The same comparison at other times; `id` is "current" for this one."""
    by_year_html: str = ""
    by_year: tuple[tuple[str, int, int], ...] = ()
    """Year, policies that spoke to it, policies checked."""
    tally: tuple[int, int, int] = (0, 0, 0)
    """Policies that speak to it, are silent, were not checked: on all pages together, while `rows`,
    `silent` and `unchecked` hold those of this page."""
    accuracy: TopicAccuracy | None = None
    """How often the labeller is right on it; None where that was not measured."""
    test: Accuracy | None = None
    """The test that says so."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell of the matrix: passages of one policy on one topic."""

    count: int
    level: int
    """0 to 4, the cell's bar."""
    url: str
    absence: Absence | None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A policy in the matrix."""

    site: str
    site_id: str
    url: str
    captured: str
    captured_iso: str
    data_url: str
    """`index.json` of the newest snapshot, fetched when the row is chosen."""
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class CompareView:
    """`compare/`: policies × topics, and up to four side by side."""

    topics: tuple[TopicCard, ...]
    rows: tuple[MatrixRow, ...]
    paging: PageLinks = field(default_factory=PageLinks)
    data: RowFiles | None = None


@dataclass(frozen=True, slots=True)
class TopicsView:
    """`topics/`: every topic as a question."""

    topics: tuple[TopicCard, ...]
    policies: int
