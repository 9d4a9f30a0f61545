"""The four questions, and what is answered: permalinks, dates, figures, and quotations.

What is not found is told apart as everywhere: nothing found in what was checked, not checked, or no
such policy here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

from policy_archive.assistant.quoting import (
    NOTE,
    Capture,
    Quotation,
    capture_of,
    permalink,
    quoted,
)
from policy_archive.catalogue.entries import Placed
from policy_archive.catalogue.questions import answers, contents, policies, timeline
from policy_archive.catalogue.questions.policies import PolicyHistory
from policy_archive.catalogue.questions.timeline import Changed
from policy_archive.errors import ProjectError
from policy_archive.model import Block
from policy_archive.pages import capture_time
from policy_archive.pages.html import links
from policy_archive.site.project.opened import OpenedArchive
from policy_archive.topics.labeller import DECIDED

MOST = 50
"""Of anything, in one answer."""
_BLOCKS = 20
"""Of a text, in one answer."""


@dataclass(frozen=True)
class Found:
    """What `search` answers."""

    note: str
    quotations: list[Quotation]
    searched: int
    """How many captures were looked through, one a policy."""
    more: bool
    """Whether it stopped at the limit."""


@dataclass(frozen=True)
class SnapshotText:
    """What `snapshot` answers."""

    note: str
    capture: Capture
    title_quotation: str
    original_url: str
    replay_url: str
    sha256: str
    language: str
    words: int
    checked: bool
    doubts: list[str]
    quotations: list[Quotation]
    next_start: int | None
    """Where the rest of the text begins; None: that was all."""


@dataclass(frozen=True)
class Said:
    """What one policy says on a topic, or which absence it is."""

    site: str
    kind: str
    captured: str
    permalink: str
    quotation: str
    absence: str
    """Empty where there is a quotation."""


@dataclass(frozen=True)
class Compared:
    """What `compare` answers."""

    note: str
    question: str
    policies: list[Said]


@dataclass(frozen=True)
class ChangeFound:
    """One change; the words changed between the two moments, nobody knows when."""

    site: str
    kind: str
    old_last_seen: str
    new_first_seen: str
    permalink: str
    words_added: int
    words_removed: int
    topics: list[str]
    quotation_before: list[str]
    """Of up to three passages that changed most, the words around what changed."""
    quotation_after: list[str]


@dataclass(frozen=True)
class ChangesFound:
    """What `changes` answers."""

    note: str
    changes: list[ChangeFound]


def search(
    archive: OpenedArchive, words: str, site: str = "", topic: str = "", limit: int = 10
) -> Found:
    """Paragraphs that hold all `words`, of the capture that speaks for each policy.

    Raises:
        ProjectError: there are no words, or no such topic.
    """
    wanted = words.casefold().split()
    if not wanted:
        raise ProjectError("words: say what to look for")
    if topic:
        _check(archive, topic)
    found: list[Quotation] = []
    searched, most = 0, _bounded(limit)
    for history in _histories(archive, site):
        searched += 1
        entry = history.speaking
        for block in _blocks(archive, entry, topic):
            text = block.text.casefold()
            if all(word in text for word in wanted):
                found.append(_quotation(archive, history, entry, block))
        if len(found) > most:
            break
    return Found(note=NOTE, quotations=found[:most], searched=searched, more=len(found) > most)


def snapshot(
    archive: OpenedArchive, site: str, on: str = "", kind: str = "", start: int = 0
) -> SnapshotText:
    """The text of the newest capture up to the day `on` (`2019-05-16`), from a paragraph on.

    Raises:
        ProjectError: there is no such policy, or no capture as old as that.
    """
    histories = [it for it in _histories(archive, site) if kind in ("", it.policy.kind)]
    if not histories:
        raise ProjectError(f"there is no such policy of {site!r} in this archive")
    history = histories[0]
    entry = _on(history, on) if on else history.speaking
    record = archive.record(entry)
    blocks = [block for block in record.document.blocks if not block.folded]
    end = max(0, start) + _BLOCKS
    return SnapshotText(
        note=NOTE,
        capture=capture_of(archive.addresses, history, entry),
        title_quotation=quoted(record.document.title),
        original_url=links.original_url(record.snapshot),
        replay_url=links.replay_url(record.snapshot),
        sha256=record.sha256,
        language=record.language,
        words=record.words,
        checked=record.checked,
        doubts=[quoted(notice.message) for notice in record.notices],
        quotations=[_quotation(archive, history, entry, it) for it in blocks[max(0, start) : end]],
        next_start=end if end < len(blocks) else None,
    )


def compare(archive: OpenedArchive, topic: str, sites: Sequence[str]) -> Compared:
    """What the policies of some sites say on a topic, side by side.

    Raises:
        ProjectError: there is no such topic.
    """
    _check(archive, topic)
    said = [it for site in sites[:MOST] for it in _said(archive, topic, site)]
    return Compared(note=NOTE, question=archive.taxonomy[topic].question, policies=said[:MOST])


def changes(
    archive: OpenedArchive, site: str = "", topic: str = "", since: str = "", limit: int = 10
) -> ChangesFound:
    """Changes of the sites' own words, newest first; `since` is a day: `2019-05-16`.

    Raises:
        ProjectError: there is no such topic.
    """
    if topic:
        _check(archive, topic)
    found = timeline.newest_changes(archive.catalogue, -1, topic)
    day = _digits(since)
    chosen = (
        it
        for it in found
        if (not site or it.site in (site, site.lower())) and it.captured[:8] >= day
    )
    return ChangesFound(
        note=NOTE, changes=[_change(archive, it) for it in islice(chosen, _bounded(limit))]
    )


def _histories(archive: OpenedArchive, site: str) -> Iterator[PolicyHistory]:
    catalogue = archive.catalogue
    # Domains are lower case, names of services may not be.
    sites = [site, site.lower()]
    rows = contents.of_sites(catalogue, sites) if site else contents.policies(catalogue)
    return (policies.history(catalogue, row.id) for row in rows)


def _blocks(archive: OpenedArchive, entry: Placed, topic: str) -> Iterator[Block]:
    """The blocks of a text, without the site's own menus; on a topic, those that mention it."""
    record = archive.record(entry)
    on = {it.block for it in record.passages if it.topic == topic and it.score >= DECIDED}
    for block in record.document.blocks:
        if not block.folded and (not topic or block.id in on):
            yield block


def _quotation(
    archive: OpenedArchive, history: PolicyHistory, entry: Placed, block: Block
) -> Quotation:
    of = capture_of(archive.addresses, history, entry, block.id)
    return Quotation(**asdict(of), quotation=quoted(block.text))


def _on(history: PolicyHistory, day: str) -> Placed:
    asked = _digits(day)
    then = [it for it in history.entries if "" < it.snapshot.captured[:8] <= asked]
    if not then:
        raise ProjectError(f"there is no capture of {history.policy.site!r} as old as {day}")
    return then[-1]


def _said(archive: OpenedArchive, topic: str, site: str) -> Iterator[Said]:
    some = False
    for history in _histories(archive, site):
        some = True
        entry = history.speaking
        finding = answers.findings_of(archive.catalogue, entry.id).get(topic)
        of = capture_of(archive.addresses, history, entry, finding.block if finding else "")
        absence = ""
        if finding is None and entry.checked:
            absence = f"no passage found in {entry.blocks} checked"
        elif finding is None:
            doubts = " ".join(it.message for it in answers.doubts_of(archive.catalogue, entry.id))
            absence = f"not checked: {quoted(doubts)}"
        yield Said(**asdict(of), quotation=quoted(finding.text) if finding else "", absence=absence)
    if not some:
        absence = "no snapshot in this archive"
        yield Said(site=site, kind="", captured="", permalink="", quotation="", absence=absence)


def _change(archive: OpenedArchive, change: Changed) -> ChangeFound:
    excerpts = change.summary.excerpts
    return ChangeFound(
        site=quoted(change.site),
        kind=change.kind,
        old_last_seen=capture_time.iso(change.since),
        new_first_seen=capture_time.iso(change.captured),
        permalink=permalink(archive.addresses, change.place),
        words_added=change.summary.added,
        words_removed=change.summary.removed,
        topics=[it.topic for it in change.summary.topics],
        quotation_before=[quoted("".join(span.old for span in it)) for it in excerpts],
        quotation_after=[quoted("".join(span.new for span in it)) for it in excerpts],
    )


def _check(archive: OpenedArchive, topic: str) -> None:
    ids = [it.id for it in archive.taxonomy.topics]
    if topic not in ids:
        raise ProjectError(f"there is no topic {topic!r}; topics are {', '.join(ids)}")


def _bounded(limit: int) -> int:
    return min(max(1, limit), MOST)


def _digits(day: str) -> str:
    digits = day.replace("-", "")
    if day and not (len(digits) == 8 and digits.isascii() and digits.isdigit()):
        raise ProjectError(f"{day!r} is no day; write one as 2019-05-16")
    return digits
