"""One snapshot as its page shows it. States nothing that another policy could change."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from policy_archive import PIPELINE_VERSION
from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.model import Block, Document, Passage, Record, Section
from policy_archive.pages import capture_time, citation, ledger, links, memento
from policy_archive.pages.addresses import row_id, snapshot_place, topic_place
from policy_archive.pages.edition import Edition, kind_name, script_json
from policy_archive.pages.ledger import RepairGroup
from policy_archive.pages.memento import Neighbours
from policy_archive.pages.render import Tongues, section_body
from policy_archive.pages.views import SnapshotLink, TopicChip
from policy_archive.topics.labeller import DECIDED

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
    edition: Edition, policy: Policy, entry: Entry, around: Neighbours, record: Record
) -> SnapshotView:
    """Everything on the page of `entry`."""
    addresses = edition.addresses
    here = snapshot_place(policy, entry)
    snapshot = entry.snapshot
    own_url = addresses.absolute(here)
    chips = _Chips(edition, policy, here, record.passages)
    newest = policy.newest
    tongues = Tongues.of(record.language, record.document.texts)
    sections = _sections(record, chips, tongues)
    groups = ledger.grouped(record.repairs)
    changes = [
        addresses.relative(f"{policy.url}{segment}/", here) if segment else ""
        for segment in edition.changes_at(policy, entry.segment)
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
        citation_text=citation.plain_text(entry, edition.name, own_url),
        citation_bibtex=citation.bibtex(entry, edition.name, own_url),
        json_ld=_json_ld(edition, policy, entry, record),
        memento=memento.relations(policy, entry, around, addresses),
        previous=snapshot_link(edition, policy, around.previous, here),
        next=snapshot_link(edition, policy, around.next, here),
        change_before_url=changes[0],
        change_after_url=changes[1],
        latest_url=(
            "" if entry is newest else addresses.relative(snapshot_place(policy, newest), here)
        ),
    )


def snapshot_link(
    edition: Edition, policy: Policy, entry: Entry | None, here: str
) -> SnapshotLink | None:
    """A link to `entry`, if there is one."""
    if entry is None:
        return None
    return SnapshotLink(
        captured=capture_time.shown(entry.snapshot.captured),
        captured_iso=capture_time.iso(entry.snapshot.captured),
        url=edition.addresses.relative(snapshot_place(policy, entry), here),
        doubtful=entry.doubtful,
        words=entry.words,
    )


def heading_level(section: Section) -> int:
    """The level of a section's heading: the page's title alone is an `h1`."""
    return min(max(section.level, 2), 6)


def is_title(document: Document, section: Section) -> bool:
    """Whether the section's heading is the page's title itself."""
    return section is document.sections[0] and section.title == document.title


def why(evidence: Sequence[str]) -> str:
    """A labeller's evidence in words."""
    return "; ".join(evidence)


class _Chips:
    """Topics of blocks and sections, as links to the policy's row in the topic's comparison."""

    def __init__(
        self, edition: Edition, policy: Policy, here: str, passages: Sequence[Passage]
    ) -> None:
        row = row_id(policy)
        self._known = {
            topic.id: (topic.name, edition.addresses.relative(topic_place(topic.id), here, row))
            for topic in edition.archive.taxonomy.topics
        }
        self._by_block: dict[str, list[Passage]] = defaultdict(list)
        for passage in passages:
            self._by_block[passage.block].append(passage)

    def of_block(self, block: Block) -> tuple[TopicChip, ...]:
        """The topics that a block speaks to."""
        passages = self._by_block.get(block.id)
        return self.of(passages) if passages else ()

    def of(self, passages: Sequence[Passage]) -> tuple[TopicChip, ...]:
        """One chip a topic, for its best passage, in taxonomy order."""
        best: dict[str, Passage] = {}
        for passage in passages:
            if passage.topic not in best or passage.score > best[passage.topic].score:
                best[passage.topic] = passage
        return tuple(
            TopicChip(topic, name, url, best[topic].score < DECIDED, why(best[topic].evidence))
            for topic, (name, url) in self._known.items()
            if topic in best
        )


def _sections(record: Record, chips: _Chips, tongues: Tongues) -> tuple[SectionView, ...]:
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


def _json_ld(edition: Edition, policy: Policy, entry: Entry, record: Record) -> str:
    """The snapshot in schema.org's terms."""
    snapshot = entry.snapshot
    addresses = edition.addresses
    statement: Mapping[str, object] = {
        "@context": "https://schema.org",
        "@type": ["WebPage", "ArchiveComponent"],
        "name": f"{policy.site}: {record.document.title}",
        "inLanguage": "" if record.language == "und" else record.language,
        "url": addresses.absolute(snapshot_place(policy, entry)),
        "dateCreated": capture_time.iso(snapshot.captured),
        "isBasedOn": links.original_url(snapshot),
        "archivedAt": links.replay_url(snapshot),
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "SHA-256",
            "value": record.sha256,
        },
        "isPartOf": [
            {"@type": "Collection", "name": name, **({"url": url} if url else {})}
            for name, url in ((edition.name, addresses.absolute("")), (snapshot.collection, ""))
            if name
        ],
    }
    return script_json({name: value for name, value in statement.items() if value})
