"""One snapshot as its page shows it. States nothing that another policy could change."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from policy_archive import PIPELINE_VERSION
from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.model import Document, Record, Section
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import snapshot_place
from policy_archive.pages.data import citation, memento
from policy_archive.pages.data.memento import Neighbours
from policy_archive.pages.data.structured_data import snapshot_json_ld
from policy_archive.pages.html import ledger, links
from policy_archive.pages.html.ledger import RepairGroup
from policy_archive.pages.html.text_html import Tongues, section_body
from policy_archive.pages.html.topic_chips import TopicChips
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication, kind_name
from policy_archive.pages.views import SnapshotLink, TopicChip

_WORDS_A_MINUTE = 230


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline."""

    id: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section of the archived text."""

    id: str
    title: str
    """Empty for text before the first heading, and for the page's title itself."""
    level: int
    body_html: str
    """Blocks as HTML. Each block stands in `<div id="p-…">` with its permalink
    `<a href="#p-…">` and, where a topic begins, `<aside class="pa-note">` with its chips."""


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """`policies/<site>/<timestamp>/`: one snapshot."""

    title: str
    site: str
    kind: str
    """"privacy policy", "terms of service" …"""
    policy_url: str
    language: str
    captured: str
    captured_iso: str
    original_url: str
    original_text: str
    """The original URL without scheme, shortened for display."""
    replay_url: str
    raw_url: str
    captures_url: str
    source_url: str
    source_path: str
    revision: str
    """The commit that recorded it, where it comes from a repository."""
    record_url: str
    licence: str
    """Of the archive that it comes from."""
    sha256: str
    encoding: str
    pipeline_version: str
    words: int
    minutes: int
    doubts: tuple[str, ...]
    stated_dates: tuple[tuple[str, str, str], ...]
    """Date, evidence, URL of the paragraph."""
    outline: tuple[OutlineEntry, ...]
    sections: tuple[SectionView, ...]
    tongues_html: tuple[str, str]
    """Attributes of elements that hold their words, and ours among theirs (`lang`, `dir`)."""
    topics: tuple[TopicChip, ...]
    """All topics found, in taxonomy order; their `url` leads to the comparison."""
    ledger: tuple[RepairGroup, ...]
    repair_count: int
    citation_text: str
    citation_bibtex: str
    json_ld: str
    """A JSON text with `<`, `>` and `&` escaped, safe inside a script element."""
    memento: tuple[tuple[str, str, str], ...]
    """Link relations for the head: rel, href, datetime (may be empty)."""
    previous: SnapshotLink | None = None
    next: SnapshotLink | None = None
    latest_url: str = ""
    """Set where this is not the newest snapshot."""
    change_before_url: str = ""
    """What changed since the snapshot before."""
    change_after_url: str = ""
    """What the next one changed."""


def snapshot_view(
    publication: Publication, policy: Policy, entry: Entry, around: Neighbours, record: Record
) -> SnapshotView:
    """Everything on the page of `entry`."""
    addresses = publication.addresses
    here = snapshot_place(policy, entry)
    snapshot = entry.snapshot
    own_url = addresses.absolute(here)
    chips = TopicChips(publication, policy, here, record.passages)
    newest = policy.newest
    tongues = Tongues.of(record.language, record.document.texts)
    sections = _sections(record, chips, tongues)
    groups = ledger.grouped(record.repairs)
    changes = [
        addresses.relative(f"{policy.url}{segment}/", here) if segment else ""
        for segment in publication.changes_at(policy, entry.segment)
    ]
    return SnapshotView(
        title=record.document.title,
        site=policy.site,
        kind=kind_name(policy.kind),
        policy_url=addresses.relative(policy.url, here),
        language=record.language,
        captured=capture_time.shown(snapshot.captured),
        captured_iso=capture_time.iso(snapshot.captured),
        original_url=links.original_url(snapshot),
        original_text=links.without_scheme(snapshot.original_url),
        replay_url=links.replay_url(snapshot),
        raw_url=links.raw_url(snapshot),
        captures_url=links.captures_url(snapshot),
        source_url=addresses.relative(f"{here}source.txt", here),
        source_path=snapshot.path,
        revision=snapshot.revision,
        record_url=links.record_url(record.snapshot),
        licence=record.snapshot.licence,
        sha256=record.sha256,
        encoding=record.encoding,
        pipeline_version=PIPELINE_VERSION,
        words=record.words,
        minutes=max(1, round(record.words / _WORDS_A_MINUTE)),
        doubts=tuple(notice.message for notice in record.notices),
        stated_dates=tuple(
            (date.date, date.evidence, f"#{date.block}") for date in record.stated_dates
        ),
        outline=tuple(
            OutlineEntry(section.id, section.title, section.level)
            for section in sections
            if section.title
        ),
        sections=sections,
        tongues_html=tongues,
        topics=chips.of(record.passages),
        ledger=groups,
        repair_count=len(record.repairs),
        citation_text=citation.plain_text(entry, publication.name, own_url),
        citation_bibtex=citation.bibtex(entry, publication.name, own_url),
        json_ld=snapshot_json_ld(publication, policy, entry, record),
        memento=memento.relations(policy, entry, around, addresses),
        previous=snapshot_link(publication, policy, around.previous, here),
        next=snapshot_link(publication, policy, around.next, here),
        change_before_url=changes[0],
        change_after_url=changes[1],
        latest_url=(
            "" if entry is newest else addresses.relative(snapshot_place(policy, newest), here)
        ),
    )


def snapshot_link(
    publication: Publication, policy: Policy, entry: Entry | None, here: str
) -> SnapshotLink | None:
    """A link to `entry`, if there is one."""
    if entry is None:
        return None
    return SnapshotLink(
        captured=capture_time.shown(entry.snapshot.captured),
        captured_iso=capture_time.iso(entry.snapshot.captured),
        url=publication.addresses.relative(snapshot_place(policy, entry), here),
        doubtful=entry.doubtful,
        words=entry.words,
    )


def heading_level(section: Section) -> int:
    """The level of a section's heading: the page's title alone is an `h1`."""
    return min(max(section.level, 2), 6)


def is_title(document: Document, section: Section) -> bool:
    """Whether the section's heading is the page's title itself."""
    return section is document.sections[0] and section.title == document.title


def _sections(record: Record, chips: TopicChips, tongues: Tongues) -> tuple[SectionView, ...]:
    document = record.document
    anchors = {section.id: section.id for section in document.sections}
    link: Callable[[str], str | None] = links.ArchivedLinks(record.snapshot, anchors).attributes
    return tuple(
        SectionView(
            id=section.id,
            title="" if is_title(document, section) else section.title or "",
            level=heading_level(section),
            body_html=section_body(section.blocks, chips.of_block, link, tongues),
        )
        for section in document.sections
    )


class SnapshotPage(Page):
    """`policies/<site>/<timestamp>/`."""

    template = "snapshot"

    def __init__(
        self,
        policy: Policy,
        entry: Entry,
        around: Neighbours,
        publication: Publication,
    ) -> None:
        """`around` are the snapshots before and after it."""
        self.policy = policy
        self.entry = entry
        self.around = around
        self._record: Record | None = None
        moment = capture_time.shown(entry.snapshot.captured)
        title = f"{entry.title}, {policy.site}, {moment}"
        super().__init__(title, snapshot_place(policy, entry), publication)

    @property
    def searchable(self) -> bool:
        """By its headings at least."""
        return self.publication.theme_finds_snapshots

    @property
    def record(self) -> Record:
        """The whole text, from the store."""
        if self._record is None:
            self._record = self.publication.archive.record(self.entry)
        return self._record

    def view(self) -> object:
        """The text and everything known of it; the last to need the record, which is let go."""
        view = snapshot_view(self.publication, self.policy, self.entry, self.around, self.record)
        self._record = None
        return view

    def depends(self) -> object:
        """Its text, its place among the policy's snapshots, and what it says of its neighbours."""
        around = [
            entry and (entry.segment, entry.snapshot.captured, entry.doubtful)
            for entry in self.around
        ]
        beside = [page and page.title for page in (self.previous, self.next)]
        policy = self.policy
        timemap = memento.has_timemap(policy, self.publication.addresses)
        return (
            *(
                *self.publication.archive.result(self.entry),
                self.entry.segment,
                policy.newest.segment,
            ),
            *(policy.site, policy.site_id, policy.kind, around, beside, timemap),
            self.publication.changes_at(policy, self.entry.segment),
        )

    def search_text(self) -> str:
        """Title and headings, with the words of each section where the archive is small."""
        document = self.record.document
        full = self.publication.full_text_search
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
        sections = self.publication.archive.record(self.entry).document.sections
        return {s.id for s in sections} | {b.id for s in sections for b in s.blocks}


def _paragraphs(section: Section) -> Iterator[str]:
    """The blocks' words, without the archived site's own menus."""
    return (f"<p>{escape(block.text)}</p>" for block in section.blocks if not block.folded)
