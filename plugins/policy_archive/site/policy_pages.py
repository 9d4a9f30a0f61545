"""The pages of one policy and of one snapshot."""

from collections.abc import Iterator
from html import escape

from mkdocs.config.defaults import MkDocsConfig

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.model import Record, Section
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import snapshot_place
from policy_archive.pages.edition import Edition
from policy_archive.pages.memento import Neighbours, has_timemap
from policy_archive.pages.policy_view import policy_view
from policy_archive.pages.snapshot_view import heading_level, is_title, snapshot_view
from policy_archive.site.page import ArchivePage


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
