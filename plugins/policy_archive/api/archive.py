"""A project's archive: its snapshots, passages and changes, one after the other."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from policy_archive.catalogue import entries
from policy_archive.catalogue.entries import Placed
from policy_archive.catalogue.questions import contents, timeline
from policy_archive.catalogue.questions.contents import PolicyRow
from policy_archive.errors import ProjectError
from policy_archive.model import Notice, Record, Snapshot
from policy_archive.pages.addresses import snapshot_place
from policy_archive.site.project.opened import OpenedArchive, opened, project_of


@dataclass(frozen=True, slots=True)
class ArchivedSnapshot:
    """One capture of one policy: what is known of it without its text, and where its page stands.

    `Archive.record` gives the text.
    """

    place: str
    """Where its page stands below the site's root: `policies/example.com/20140521173313/`."""
    permalink: str
    """The page's whole URL; empty where the project has no `site_url`."""
    snapshot: Snapshot
    """Whose policy it is, when it was captured, and how we know."""
    title: str
    """As the text has it."""
    language: str
    """BCP 47 primary tag, `und` where it could not be told."""
    words: int
    """How many, without the archived site's own menus."""
    sha256: str
    """Of the archived bytes."""
    checked: bool
    """False where finding no passage says nothing: another language, too short, an error page."""
    notices: tuple[Notice, ...]
    """Doubts and problems of its text."""
    _entry: Placed = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class ArchivedPassage:
    """A block of a snapshot that mentions a topic. It never says that the site does what it says.

    One block that mentions two topics is two passages.
    """

    snapshot: ArchivedSnapshot
    """Where it stands."""
    topic: str
    """The topic's id."""
    score: float
    """0 to 1; from 0.5 on it counts, below pages say "possibly"."""
    evidence: tuple[str, ...]
    """The words or the heading that it was found by."""
    human: bool
    """Said by a person, not found by the labeller."""
    block: str
    """The block's id, which is its anchor on the page: `p-81d3e07c`."""
    text: str
    """The whole block; a list has one item a line."""
    start: int
    """Where in a long text it begins to speak of the topic, in characters."""

    @property
    def permalink(self) -> str:
        """The block's whole URL; empty where the project has no `site_url`."""
        page = self.snapshot.permalink
        return f"{page}#{self.block}" if page else ""


@dataclass(frozen=True, slots=True)
class ArchivedChange:
    """What one policy's words became from one of its snapshots to a later one."""

    place: str
    """Where its page stands below the site's root."""
    permalink: str
    """The page's whole URL; empty where the project has no `site_url`."""
    site: str
    """Of the policy."""
    kind: str
    """Of the policy: `privacy-policy`."""
    since: str
    """When the old words were last seen: `YYYYMMDDhhmmss` or `YYYYMMDD`, UTC."""
    captured: str
    """When the new words were first seen; they changed in between, nobody knows on which day."""
    technical: bool
    """Whether only the tools of the archive that it comes from caused it."""
    passages: int
    """With words added or removed; 0: the texts differ in looks or order alone."""
    added: int
    """Words."""
    removed: int
    """Words."""
    topics: tuple[str, ...]
    """Ids of the topics of these passages, the one with most words first."""


class Archive:
    """An archive that `open_archive` has opened, as it was at that moment.

    A context manager: leaving it, or `close`, gives the catalogue back. What the iterators give
    holds no whole text, so that any archive can be gone through.
    """

    def __init__(self, archive: OpenedArchive, closing: ExitStack) -> None:
        """`open_archive` calls it."""
        self._archive = archive
        self._closing = closing

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the catalogue back; whatever is asked then fails."""
        self._closing.close()

    def snapshots(self) -> Iterator[ArchivedSnapshot]:
        """Every snapshot: policies in the order of the site's list, each oldest first."""
        for policy in contents.policies(self._archive.catalogue):
            yield from self._snapshots(policy)

    def record(self, snapshot: ArchivedSnapshot) -> Record:
        """The whole text of a snapshot, its ledger and its passages, with corrected labels.

        Raises:
            OSError: its file was changed or removed since, and no record of it is kept.
        """
        return self._archive.record(snapshot._entry)

    def passages(self, topic: str | None = None) -> Iterator[ArchivedPassage]:
        """Every passage of every snapshot, in the order of the texts; on one topic, by its id.

        Raises:
            ProjectError: the project has no such topic.
        """
        known = [it.id for it in self._archive.taxonomy.topics]
        if topic is not None and topic not in known:
            raise ProjectError(f"there is no topic {topic!r}; topics are {', '.join(known)}")
        return self._passages(topic)

    def _passages(self, topic: str | None) -> Iterator[ArchivedPassage]:
        query = (
            "SELECT block, topic, score, start, human, evidence FROM passages WHERE snapshot = ?"
            f"{'' if topic is None else ' AND topic = ?'} ORDER BY place, topic"
        )
        ask = self._archive.catalogue.connection.execute
        for snapshot in self.snapshots():
            values = (snapshot._entry.id, *(() if topic is None else (topic,)))
            found = ask(query, values).fetchall()
            blocks = self.record(snapshot).document.blocks if found else ()
            texts = {block.id: block.text for block in blocks}
            for block, on, score, start, human, evidence in found:
                yield ArchivedPassage(
                    snapshot=snapshot,
                    topic=on,
                    score=score,
                    evidence=tuple(json.loads(evidence)),
                    human=bool(human),
                    block=block,
                    text=texts[block],
                    start=start,
                )

    def changes(self) -> Iterator[ArchivedChange]:
        """Every change that has a page: policies as in `snapshots`, each oldest first."""
        catalogue, addresses = self._archive.catalogue, self._archive.addresses
        for policy in contents.policies(catalogue):
            for it in timeline.changes_of(catalogue, policy.id) if policy.changes else ():
                yield ArchivedChange(
                    place=it.place,
                    permalink=addresses.absolute(it.place),
                    site=it.site,
                    kind=it.kind,
                    since=it.since,
                    captured=it.captured,
                    technical=bool(it.technical),
                    passages=it.summary.passages,
                    added=it.summary.added,
                    removed=it.summary.removed,
                    topics=tuple(touched.topic for touched in it.summary.topics),
                )

    def _snapshots(self, policy: PolicyRow) -> Iterator[ArchivedSnapshot]:
        for entry in entries.of_policy(self._archive.catalogue, policy.id):
            place = snapshot_place(policy.url, entry.segment)
            yield ArchivedSnapshot(
                place=place,
                permalink=self._archive.addresses.absolute(place),
                snapshot=entry.snapshot,
                title=entry.title,
                language=entry.language,
                words=entry.words,
                sha256=entry.sha256,
                checked=entry.checked,
                notices=entry.notices,
                _entry=entry,
            )


def open_archive(project: Path | str = ".") -> Archive:
    """The archive of a project: its `mkdocs.yml`, or a folder in it.

    Sources that are new or changed are read first, as `policy-archive check` does, into the
    catalogue that builds use. Nothing else of the project is run or written.

    Raises:
        ProjectError: there is no project, or an option of it cannot be used.
        OSError: a file beside the sources cannot be read.
    """
    with ExitStack() as stack:
        archive = stack.enter_context(opened(project_of(Path(project))))
        return Archive(archive, stack.pop_all())
