"""The body of a snapshot's page, as the visit to its text makes it.

States nothing that another text could change. What does depend on others (an older capture, the
captures before and after) stands in slots, which the page fills (`snapshot.py`).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from policy_archive import PIPELINE_VERSION
from policy_archive.catalogue.rows import Quotes
from policy_archive.model import Document, Record, Section
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import expected_place, policy_of
from policy_archive.pages.context import BodyContext
from policy_archive.pages.data import annotations, citation
from policy_archive.pages.data.structured_data import snapshot_json_ld
from policy_archive.pages.doubts import doubt
from policy_archive.pages.environment import templates
from policy_archive.pages.html import ledger, links
from policy_archive.pages.html.ledger import RepairGroup
from policy_archive.pages.html.text_html import Tongues, section_body
from policy_archive.pages.html.topic_chips import TopicChips
from policy_archive.pages.identity import whose
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.language import gettext, speaking
from policy_archive.pages.views import TopicChip

TEMPLATE = "snapshot"
_WORDS_A_MINUTE = 230


class SnapshotBody(msgspec.Struct, array_like=True):
    """HTML, without the theme and with slots."""

    place: str
    """Where it was made to stand: its addresses are relative to that."""
    title: str
    description: str
    css_class: str
    head: str
    parts: list[str]
    """Text, and between each two the name of a slot."""


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
    """`policies/<site>/<timestamp>/`: one snapshot, by itself."""

    title: str
    site: str
    whose: str
    """The site again, where the title does not begin with it; else empty."""
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
    document_url: str
    """Of the document that the text was taken out of; empty: it was taken out of none."""
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
    permalink: str
    """The page's whole address, as citations give it; empty where that is not known."""
    citations: tuple[tuple[str, str, str], ...]
    """How to cite it: an id, the name of the form, the text."""
    annotations_url: str
    """Of the passages as Web Annotations; empty: there is no such file."""
    json_ld: str
    """A JSON text with `<`, `>` and `&` escaped, safe inside a script element."""


def made(context: BodyContext, record: Record, _: Quotes) -> bytes:
    """The body of a snapshot's page where that is expected to stand, packed."""
    place = expected_place(record.snapshot, record.sha256)
    with speaking(context.language):
        return msgspec.msgpack.encode(snapshot_body(context, place, record))


def unpacked(data: bytes) -> SnapshotBody:
    """The body that was `made`."""
    return msgspec.msgpack.decode(data, type=SnapshotBody)


def snapshot_body(context: BodyContext, here: str, record: Record) -> SnapshotBody:
    """The body for the page at `here`."""
    # No text can hold a digest of itself, so that nobody can write a mark into a text.
    mark = hashlib.sha256(f"{here}{record.sha256}".encode()).hexdigest()

    def slot(name: str) -> str:
        return f"{mark}{name}{mark}"

    view = snapshot_view(context, here, record, slot)
    blocks = templates(context.templates).blocks(TEMPLATE, view, here, context.addresses, slot=slot)
    return SnapshotBody(
        place=here,
        title=blocks("title").strip(),
        description=blocks("description").strip(),
        css_class=blocks("class"),
        head=blocks("head"),
        parts=blocks("content").split(mark),
    )


def snapshot_view(
    context: BodyContext, here: str, record: Record, slot: Callable[[str], str]
) -> SnapshotView:
    """Everything on the page at `here` but what depends on other texts: that is in slots.

    A paragraph's slot has its id as a name.
    """
    addresses, snapshot = context.addresses, record.snapshot
    own_url = addresses.absolute(here)
    segment = here.rstrip("/").rpartition("/")[2]
    chips = TopicChips(context, here, record.passages)
    tongues = Tongues.of(record.language, record.document.texts)
    sections = _sections(record, chips, tongues, slot)
    return SnapshotView(
        title=record.document.title,
        site=snapshot.site,
        whose=whose(snapshot.site, record.document.title),
        kind=kind_name(snapshot.kind),
        policy_url=addresses.relative(policy_of(here), here),
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
        document_url=(
            addresses.relative(f"{here}source{snapshot.document}", here)
            if snapshot.document
            else ""
        ),
        record_url=links.record_url(snapshot),
        licence=snapshot.licence,
        sha256=record.sha256,
        encoding=record.encoding,
        pipeline_version=PIPELINE_VERSION,
        words=record.words,
        minutes=max(1, round(record.words / _WORDS_A_MINUTE)),
        doubts=tuple(map(doubt, record.notices)),
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
        ledger=ledger.grouped(record.repairs),
        repair_count=len(record.repairs),
        permalink=own_url,
        citations=(
            ("plain", gettext("plain text"), citation.plain_text(record, context.name, own_url)),
            ("bibtex", "BibTeX", citation.bibtex(record, segment, context.name, own_url)),
            ("ris", "RIS", citation.ris(record, context.name, own_url)),
            ("csl", "CSL-JSON", citation.csl_json(record, segment, context.name, own_url)),
        ),
        annotations_url=annotations.NAME if context.data else "",
        json_ld=snapshot_json_ld(context, here, record),
    )


def heading_level(section: Section) -> int:
    """The level of a section's heading: the page's title alone is an `h1`."""
    return min(max(section.level, 2), 6)


def is_title(document: Document, section: Section) -> bool:
    """Whether the section's heading is the page's title itself."""
    return section is document.sections[0] and section.title == document.title


def _sections(
    record: Record, chips: TopicChips, tongues: Tongues, slot: Callable[[str], str]
) -> tuple[SectionView, ...]:
    document = record.document
    anchors = {section.id: section.id for section in document.sections}
    link: Callable[[str], str | None] = links.ArchivedLinks(record.snapshot, anchors).attributes
    return tuple(
        SectionView(
            id=section.id,
            title="" if is_title(document, section) else section.title or "",
            level=heading_level(section),
            body_html=section_body(section.blocks, chips.of_block, link, tongues, slot),
        )
        for section in document.sections
    )
