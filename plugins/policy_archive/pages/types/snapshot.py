"""`policies/<site>/<timestamp>/`: one snapshot, its body between others of its policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from policy_archive.catalogue.entries import Placed
from policy_archive.catalogue.policies import PolicyHistory
from policy_archive.model import Record, Section
from policy_archive.pages import capture_time, snapshot_body
from policy_archive.pages.addresses import Addresses, snapshot_place
from policy_archive.pages.data import memento
from policy_archive.pages.environment import Templates
from policy_archive.pages.page import Body, Page
from policy_archive.pages.snapshot_body import heading_level, is_title
from policy_archive.pages.snapshot_links import snapshot_link
from policy_archive.pages.types.policy import PolicyPage
from policy_archive.pages.views import SnapshotLink

BODY = "body"
"""The name under which visits keep bodies."""


@dataclass(frozen=True, slots=True)
class AroundView:
    """What a snapshot's page says of its policy's other snapshots."""

    memento: tuple[tuple[str, str, str], ...]
    """Link relations for the head: rel, href, datetime (may be empty)."""
    previous: SnapshotLink | None
    next: SnapshotLink | None
    latest_url: str
    """Set where this is not the newest snapshot."""
    change_before_url: str
    """What changed since the snapshot before."""
    change_after_url: str
    """What the next one changed."""


def around_view(addresses: Addresses, history: PolicyHistory, position: int) -> AroundView:
    """What the page of a policy's snapshot shows of the others."""
    policy, entry = history.policy, history.entries[position]
    here = snapshot_place(policy.url, entry.segment)
    around = memento.neighbours(policy, position)
    changes = [
        addresses.relative(f"{policy.url}{segment}/", here) if segment else ""
        for segment in history.changes_at.get(entry.segment, ("", ""))
    ]
    newest = snapshot_place(policy.url, policy.newest.segment)
    return AroundView(
        memento=memento.relations(policy, entry, around, addresses),
        previous=snapshot_link(addresses, policy.url, around.previous, here),
        next=snapshot_link(addresses, policy.url, around.next, here),
        latest_url="" if entry is policy.newest else addresses.relative(newest, here),
        change_before_url=changes[0],
        change_after_url=changes[1],
    )


class SnapshotPage(Page):
    """`policies/<site>/<timestamp>/`."""

    template = snapshot_body.TEMPLATE

    def __init__(self, policy: PolicyPage, segment: str, position: int, shown: str) -> None:
        """`position` is the snapshot's in its policy; `shown` a digest of all that the page has."""
        super().__init__(snapshot_place(policy.place, segment), policy.publication)
        self.parent = self._policy = policy
        self._position = position
        self._shown = shown

    @property
    def _history(self) -> PolicyHistory:
        return self._policy.history

    @property
    def entry(self) -> Placed:
        """What is known of the snapshot."""
        return self._history.entries[self._position]

    @cached_property
    def title(self) -> str:
        """Title, site and moment."""
        moment = capture_time.shown(self.entry.snapshot.captured)
        return f"{self.entry.title}, {self._history.policy.site}, {moment}"

    @property
    def previous(self) -> Page | None:
        """The dated snapshot before it."""
        return self._beside(-1)

    @property
    def next(self) -> Page | None:
        """The dated snapshot after it."""
        return self._beside(1)

    def _beside(self, step: int) -> Page | None:
        entry = memento.neighbours(self._history.policy, self._position)[step > 0]
        if entry is None:
            return None
        position = self._position + step
        return SnapshotPage(self._policy, entry.segment, position, "")

    @property
    def searchable(self) -> bool:
        """By its headings at least."""
        return self.publication.theme_finds_snapshots

    @property
    def record(self) -> Record:
        """The whole text."""
        return self.publication.record(self.entry)

    def depends(self) -> object:
        """Its text, its place among the policy's snapshots, and what it says of its neighbours."""
        return self._shown

    def body(self, templates: Templates) -> Body:
        """The body that its visit made, with its slots filled."""
        publication = self.publication
        made = publication.part(self.entry, BODY)
        body = snapshot_body.unpacked(made) if made else None
        if body is None or body.place != self.place:  # others contend for the place
            body = snapshot_body.snapshot_body(publication.context, self.place, self.record)
        view = around_view(publication.addresses, self._history, self._position)
        blocks = templates.blocks(self.template, view, self.place, publication.addresses)
        slots = iter(body.parts)
        content = next(slots) + "".join(blocks(name) + next(slots) for name in slots)
        return Body(
            title=body.title,
            content=content,
            head=blocks("relations") + body.head,
            css_class=body.css_class,
        )

    def search_text(self) -> str:
        """Title and headings, with the words of each section where the archive is small."""
        document = self.record.document
        full = self.publication.full_text_search
        title = f"{document.title}, {self._history.policy.site}"
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
        sections = self.record.document.sections
        return {s.id for s in sections} | {b.id for s in sections for b in s.blocks}


def _paragraphs(section: Section) -> Iterator[str]:
    """The blocks' words, without the archived site's own menus."""
    return (f"<p>{escape(block.text)}</p>" for block in section.blocks if not block.folded)
