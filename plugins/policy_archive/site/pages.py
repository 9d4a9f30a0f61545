"""Page types: MkDocs pages that draw on the archive and never meet Markdown.

A page holds no text. Its view is built when MkDocs writes the page, so that memory does not grow
with the texts; `content` and `toc` exist for search engines, and only then.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from html import escape
from typing import Any, ClassVar
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_build_date

from policy_archive.archive import Entry, Policy
from policy_archive.model import Record, Section
from policy_archive.site import as_of, capture_time
from policy_archive.site.addresses import paged, row_id, snapshot_place
from policy_archive.site.comparison_view import as_of_place, compare_view, topic_view, topics_view
from policy_archive.site.edition import Edition
from policy_archive.site.feeds import has_topic_feed
from policy_archive.site.home_view import home_view, method_view
from policy_archive.site.memento import Neighbours, has_timemap
from policy_archive.site.policy_view import policies_view, policy_view
from policy_archive.site.snapshot_view import heading_level, is_title, snapshot_view
from policy_archive.topics.taxonomy import Topic

_LOOKALIKES = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’", "`": "‘", "&": "&amp;"})


def theme_title(text: str) -> str:
    """`text` as a page title that no theme can turn into markup.

    Themes print titles raw, stripped of tags (which also *un*-escapes them) and escaped, side by
    side; only text without any markup character is safe in all three.
    """
    return " ".join(text.split()).translate(_LOOKALIKES)


class ArchivePage(Page):
    """A generated page at `place`, shown by `template`.

    There is one for every page of the site in every build, so making one costs next to nothing:
    what MkDocs sets on each page is constant here, or worked out for those who ask.
    """

    template: ClassVar[str]
    searchable: ClassVar[bool] = False
    parent: Any = None
    """The page above. MkDocs expects a section, but asks only what both can answer."""
    previous_page: Any = None
    next_page: Any = None
    children: None = None
    markdown: str | None = ""
    edit_url: str | None = None
    is_index = True
    _title_from_render: str | None = None
    _Page__active = False

    def __init__(self, title: str, place: str, edition: Edition, config: MkDocsConfig) -> None:
        """Make the page; its virtual source file follows when it is asked for."""
        self.title = theme_title(title)
        self.place = place
        self.edition = edition
        self._config = config

    @cached_property
    def file(self) -> File:  # type: ignore[override]
        """The source that MkDocs believes in."""
        file = File.generated(
            self._config, self.source, content="", inclusion=InclusionLevel.NOT_IN_NAV
        )
        file.generated_by = "policy-archive"
        file.page = self
        return file

    @property
    def source(self) -> str:
        """The name of that file."""
        return f"{self.place}index.md"

    @property
    def url(self) -> str:
        """The address from the site's root."""
        return self.edition.addresses.of(self.place)

    @cached_property
    def canonical_url(self) -> str | None:  # type: ignore[override]
        """The whole address, where the site's own is known."""
        return self.edition.addresses.absolute(self.place) or None

    @property
    def abs_url(self) -> str | None:  # type: ignore[override]
        """Its path."""
        return urlsplit(self.canonical_url).path if self.canonical_url else None

    @property
    def update_date(self) -> str:  # type: ignore[override]
        """When the site is built."""
        return get_build_date()

    @property
    def is_homepage(self) -> bool:
        """Whether it is the site's first."""
        return not self.place

    @cached_property
    def meta(self) -> dict[str, Any]:  # type: ignore[override]
        """What themes look up in front matter is ours alone."""
        meta: dict[str, Any] = {"template": f"policy_archive/{self.template}.html"}
        return meta if self.searchable else meta | {"search": {"exclude": True}}

    def depends(self) -> object:
        """What the page shows, besides what all pages depend on; None: it is made every time.

        Two pages of one place and type for which this is equal are the same to the byte.
        """
        return None

    def shows(self) -> object:
        """The same more exactly, where that takes long to find out; None: it is no more exact.

        Asked for only where what it depends on has changed.
        """
        return None

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no source."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing to render: the template prints the view."""

    def view(self) -> object:
        """What the template prints."""
        raise NotImplementedError

    def search_text(self) -> str:
        """The page as plain HTML for a search index."""
        return ""

    @property
    def content(self) -> str:
        """The search text, while MkDocs writes the page; empty before, to cost nothing."""
        return self.search_text() if self.active and self.searchable else ""

    @content.setter
    def content(self, value: str | None) -> None:
        """Other plugins' changes are not kept: archived text is shown as it is."""

    @property
    def toc(self) -> TableOfContents:
        """Empty; the templates have outlines of their own."""
        return TableOfContents([])

    @toc.setter
    def toc(self, value: Iterable[AnchorLink]) -> None:
        """MkDocs sets an empty one."""

    def anchors(self) -> set[str]:
        """The ids that hand-written pages may link to."""
        return set()

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        """Looked up only where a hand-written page links here."""
        return self.anchors()


class HomePage(ArchivePage):
    """`/`, where the site has no `index.md` of its own."""

    template = "home"

    def view(self) -> object:
        """Figures and topics."""
        return home_view(self.edition)


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
        return topic_view(self.edition, self.topic, self.number, self.year)

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
        return self.view()

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


class MethodPage(ArchivePage):
    """`about/method/`."""

    template = "method"

    def view(self) -> object:
        """Rules, taxonomy, doubts."""
        return method_view(self.edition)


class PolicyPage(ArchivePage):
    """`policies/<site>/`."""

    template = "policy"

    def __init__(
        self, policy: Policy, kinds: tuple[Policy, ...], edition: Edition, config: MkDocsConfig
    ) -> None:
        """`kinds` are all policies of the site."""
        self.policy = policy
        self.kinds = kinds
        super().__init__(policy.site, policy.url, edition, config)

    @property
    def searchable(self) -> bool:  # type: ignore[override]
        """By site and title."""
        return self.edition.theme_finds_policies

    def view(self) -> object:
        """The policy at a glance."""
        return policy_view(self.edition, self.policy, self.kinds)

    def depends(self) -> object:
        """Its snapshots, and the other policies of the site."""
        return (
            [(*self.edition.archive.result(entry), entry.segment) for entry in self.policy.entries],
            self.policy.site,
            [(kind.kind, kind.url) for kind in self.kinds],
        )

    def search_text(self) -> str:
        """Site and title."""
        policy = self.policy
        return f'<h1 id="pa-title">{escape(policy.site)}</h1><p>{escape(policy.newest.title)}</p>'


class SnapshotPage(ArchivePage):
    """`policies/<site>/<timestamp>/`."""

    template = "snapshot"

    def __init__(
        self,
        policy: Policy,
        entry: Entry,
        around: Neighbours,
        edition: Edition,
        config: MkDocsConfig,
    ) -> None:
        """`around` are the snapshots before and after it."""
        self.policy = policy
        self.entry = entry
        self.around = around
        self._record: Record | None = None
        moment = capture_time.shown(entry.snapshot.captured)
        title = f"{entry.title}, {policy.site}, {moment}"
        super().__init__(title, snapshot_place(policy, entry), edition, config)

    @property
    def searchable(self) -> bool:  # type: ignore[override]
        """By its headings at least."""
        return self.edition.theme_finds_snapshots

    @property
    def record(self) -> Record:
        """The whole text, from the store."""
        if self._record is None:
            self._record = self.edition.archive.record(self.entry)
        return self._record

    def view(self) -> object:
        """The text and everything known of it; the last to need the record, which is let go."""
        view = snapshot_view(self.edition, self.policy, self.entry, self.around, self.record)
        self._record = None
        return view

    def depends(self) -> object:
        """Its text, its place among the policy's snapshots, and what it says of its neighbours."""
        around = [
            entry and (entry.segment, entry.snapshot.captured, entry.doubtful)
            for entry in self.around
        ]
        beside = [page and page.title for page in (self.previous_page, self.next_page)]
        policy = self.policy
        timemap = has_timemap(policy, self.edition.addresses)
        return (
            *(*self.edition.archive.result(self.entry), self.entry.segment, policy.newest.segment),
            *(policy.site, policy.site_id, policy.kind, around, beside, timemap),
            self.edition.changes_at(policy, self.entry.segment),
        )

    def search_text(self) -> str:
        """Title and headings, with the words of each section where the archive is small."""
        document = self.record.document
        full = self.edition.full_text_search
        title = f"{document.title}, {self.policy.site}"
        parts = [f'<h1 id="pa-title">{escape(title)}</h1>']
        for section in document.sections:
            if section.title is not None and not is_title(document, section):
                level = heading_level(section)
                parts.append(
                    f'<h{level} id="{escape(section.id)}">{escape(section.title)}</h{level}>'
                )
            parts += _paragraphs(section) if full else ()
        return "\n".join(parts)

    def anchors(self) -> set[str]:
        """Sections and paragraphs."""
        sections = self.edition.archive.record(self.entry).document.sections
        return {s.id for s in sections} | {b.id for s in sections for b in s.blocks}


def _paragraphs(section: Section) -> Iterator[str]:
    """The blocks' words, without the archived site's own menus."""
    return (f"<p>{escape(block.text)}</p>" for block in section.blocks if not block.folded)


def as_view(page: Page, edition: Edition) -> Any:
    """The view for `page`: its own, or the home page's for a hand-written home page."""
    if isinstance(page, ArchivePage):
        return page.view()
    return home_view(edition) if is_home(page) else None


def is_home(page: Page) -> bool:
    """Whether the page is the site's first, wherever an explicit `nav` puts it."""
    return bool(page.file.dest_uri == "index.html")
