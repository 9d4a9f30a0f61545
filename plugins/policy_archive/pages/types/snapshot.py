"""`policies/<site>/<timestamp>/`: one snapshot, its body between others of its policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from policy_archive.catalogue.entries import Placed
from policy_archive.catalogue.questions.lives import Lives
from policy_archive.catalogue.questions.policies import PolicyHistory
from policy_archive.catalogue.questions.standing import Standing
from policy_archive.model import Record, Section
from policy_archive.pages import capture_time, snapshot_body
from policy_archive.pages.addresses import Addresses, snapshot_place
from policy_archive.pages.data import memento
from policy_archive.pages.data.memento import Relation
from policy_archive.pages.environment import Templates
from policy_archive.pages.identity import named
from policy_archive.pages.language import current, gettext
from policy_archive.pages.page import Body, Page
from policy_archive.pages.snapshot_body import heading_level, is_title
from policy_archive.pages.snapshot_links import snapshot_link
from policy_archive.pages.types.policy import PolicyPage
from policy_archive.pages.views import SnapshotLink

BODY = "body"
"""The name under which visits keep bodies."""


@dataclass(frozen=True, slots=True)
class StandingView:
    """From when to when a capture's text stood, in words."""

    first: str
    first_iso: str
    last: str
    last_iso: str
    replaced: SnapshotLink | None
    """The first capture with other words."""
    change_url: str
    """What they changed."""


@dataclass(frozen=True, slots=True)
class AroundView:
    """What a snapshot's page says of its policy's other snapshots."""

    memento: tuple[Relation, ...]
    """Link relations for the head."""
    previous: SnapshotLink | None
    next: SnapshotLink | None
    latest_url: str
    """Set where this is not the newest snapshot."""
    standing: StandingView | None
    """None where the capture was compared with no other."""
    change_before_url: str
    """What changed since the snapshot before."""
    change_after_url: str
    """What the next one changed."""


def around_view(
    addresses: Addresses, history: PolicyHistory, position: int, standing: Standing | None
) -> AroundView:
    """What the page of a policy's snapshot shows of the others."""
    policy, entry = history.policy, history.entries[position]
    here = snapshot_place(policy.url, entry.segment)
    around = memento.neighbours(policy, position)
    changes = [
        addresses.relative(f"{policy.url}{segment}/", here) if segment else ""
        for segment in history.changes_at.get(entry.segment, ("", ""))
    ]
    # Its stable address: which one that is now, older captures' pages do not depend on.
    newest = f"{policy.url}latest/"
    return AroundView(
        memento=memento.relations(policy, entry, around, addresses),
        previous=snapshot_link(addresses, policy.url, around.previous, here),
        next=snapshot_link(addresses, policy.url, around.next, here),
        latest_url="" if entry is policy.newest else addresses.relative(newest, here),
        standing=_standing_view(addresses, history, here, standing) if standing else None,
        change_before_url=changes[0],
        change_after_url=changes[1],
    )


def _standing_view(
    addresses: Addresses, history: PolicyHistory, here: str, standing: Standing
) -> StandingView:
    url = history.policy.url
    entries = history.policy.entries
    following = next((it for it in entries if it.segment == standing.following), None)
    return StandingView(
        first=capture_time.shown(standing.first[:8]),
        first_iso=capture_time.iso(standing.first),
        last=capture_time.shown(standing.last[:8]),
        last_iso=capture_time.iso(standing.last),
        replaced=snapshot_link(addresses, url, following, here),
        change_url=addresses.relative(f"{url}{standing.change}/", here) if standing.change else "",
    )


def _life(lives: Lives, block: str) -> str:
    """From when to when a paragraph stood, as HTML; empty where nothing tells."""
    life = lives.get(bytes.fromhex(block[2:10]))
    if life is None:
        return ""
    first, last = (capture_time.shown(it[:8]) for it in life)
    if life.last:
        said = gettext("stood from %(first)s to %(last)s", first=first, last=last)
    else:
        said = gettext("stands since %(first)s", first=first)
    language = current()
    return f'<i class="pa-life" lang="{language.code}" dir="{language.direction}">{said}</i>'


class SnapshotPage(Page):
    """`policies/<site>/<timestamp>/`."""

    template = snapshot_body.TEMPLATE
    archived = True

    def __init__(
        self,
        policy: PolicyPage,
        segment: str,
        position: int,
        shown: str = "",
        standing: Standing | None = None,
    ) -> None:
        """`position` is the snapshot's in its policy; `shown` a digest of all else on the page."""
        super().__init__(snapshot_place(policy.place, segment), policy.publication)
        self.parent = self._policy = policy
        self._position = position
        self._shown = shown
        self._standing = standing

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
        return f"{named(self._history.policy.site, self.entry.title)}, {moment}"

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
        return SnapshotPage(self._policy, entry.segment, position)

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
        return self._shown, self._standing

    def body(self, templates: Templates) -> Body:
        """The body that its visit made, with its slots filled."""
        publication = self.publication
        made = publication.part(self.entry, BODY)
        body = snapshot_body.unpacked(made) if made else None
        if body is None or body.place != self.place:  # others contend for the place
            body = snapshot_body.snapshot_body(publication.context, self.place, self.record)
        view = around_view(publication.addresses, self._history, self._position, self._standing)
        blocks = templates.blocks(self.template, view, self.place, publication.addresses)
        lives = self._history.lives.get(self.entry.id, {})

        def filled(name: str) -> str:
            return _life(lives, name) if name.startswith("p-") else blocks(name)

        slots = iter(body.parts)
        content = next(slots) + "".join(filled(name) + next(slots) for name in slots)
        return Body(
            title=body.title,
            description=body.description,
            content=content,
            head=self.robots + blocks("relations") + body.head,
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
