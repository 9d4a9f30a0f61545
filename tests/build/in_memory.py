"""What a catalogue must say, worked out in memory and in the simplest way."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import NamedTuple

from policy_archive.build.tasks import failure, read_source
from policy_archive.build.update import named
from policy_archive.catalogue.archive import Entry, Policy, duplicates, in_time
from policy_archive.catalogue.history import Step, pairs
from policy_archive.catalogue.published.addresses import (
    collation_key,
    kind_segment,
    policy_folder,
    site_segments,
)
from policy_archive.catalogue.published.lock import NOTHING, Published
from policy_archive.catalogue.rows import beginning, best_of, quoted
from policy_archive.diff import ChangeSummary, compare, summarise
from policy_archive.model import Block, Notice, Passage, Record
from policy_archive.settings import Settings
from policy_archive.sources.files import Source
from policy_archive.text.words import count
from policy_archive.topics import taxonomy
from policy_archive.topics.answers import Answer, answers
from policy_archive.topics.corrections import Corrections, load
from policy_archive.topics.similar import Sketch, sketch

_MORE = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What one snapshot says on one topic: its best passage, and how much there is."""

    block: str
    text: str
    heading: str
    score: float
    evidence: tuple[str, ...]
    count: int
    words: int
    more: tuple[tuple[str, str], ...] = ()
    """Up to five further passages, in document order: block id and excerpt."""
    sketch: Sketch = ()
    """Of the best passage's words, to find passages alike."""


@dataclass(frozen=True, slots=True)
class Read(Entry):
    """A snapshot with its record."""

    record: Record = field(kw_only=True)
    findings: Mapping[str, Finding] = field(kw_only=True)
    """By topic id."""


class Archive(NamedTuple):
    """Policies, every doubt and problem, and the addresses that are now given."""

    policies: tuple[Policy, ...]
    notices: list[tuple[str, Notice]]
    published: Published

    def record(self, entry: Entry) -> Record:
        """The whole record of a snapshot, with its corrected labels."""
        assert isinstance(entry, Read)
        return entry.record


def read_archive(
    sources: Iterable[Source], settings: Settings | None = None, *, labels: Path | None = None
) -> Archive:
    """Read every source, and arrange all of them."""
    settings = settings or Settings()
    terms = taxonomy.load(json.loads(settings.topics))
    corrections, faults = load(labels, terms) if labels else (Corrections(), ())
    notices = [(labels.name, fault) for fault in faults if labels]
    found: list[Entry] = []
    for name, source in named(sources).items():
        if source.problem:
            notices.append((source.name, source.problem))
            continue
        try:
            record = corrections.apply(read_source(source, settings))
        except Exception as error:
            notices.append(
                (
                    source.name,
                    Notice("unreadable", f"It could not be read ({failure(error)}).", "problem"),
                )
            )
            continue
        if source.keeps(record.snapshot.kind, record.snapshot.captured, record.language):
            found.append(entry(record, source, name))
            notices += [(source.name, notice) for notice in record.notices]
    archive = arrange(found)
    notices = sorted([*notices, *archive.notices], key=lambda n: (n[0], n[1].line, n[1].code))
    return archive._replace(notices=notices)


def entry(record: Record, source: Source, key: str) -> Read:
    """What is known of a record's text."""
    places = {block.id: (block, heading) for block, heading in _labelled(record)}
    by_topic: dict[str, list[Passage]] = defaultdict(list)
    for passage in record.passages:
        by_topic[passage.topic].append(passage)
    said = answers(record.document, record.passages)
    return Read(
        snapshot=record.snapshot,
        title=record.document.title,
        language=record.language,
        words=record.words,
        blocks=len(places),
        sha256=record.sha256,
        checked=record.checked,
        notices=record.notices,
        source=source,
        key=key,
        record=record,
        findings={
            topic: _finding(by_topic[topic], said.get(topic), places) for topic in sorted(by_topic)
        },
    )


def _labelled(record: Record) -> Iterator[tuple[Block, str]]:
    for section in record.document.sections:
        for block in section.blocks:
            if not block.folded:
                yield block, section.title or ""


def _finding(
    passages: list[Passage], answer: Answer | None, places: Mapping[str, tuple[Block, str]]
) -> Finding:
    best, quote = quoted(passages, answer, places[best_of(passages).block][0].text)
    block, heading = places[best.block]
    others = [passage for passage in passages if passage is not best][:_MORE]
    return Finding(
        block=best.block,
        text=quote,
        heading=heading,
        score=best.score,
        evidence=best.evidence,
        count=len(passages),
        words=sum(count(places[passage.block][0].text) for passage in passages),
        more=tuple((it.block, beginning(places[it.block][0].text, it.start, 200)) for it in others),
        sketch=sketch(quote if block.text.rstrip().endswith(":") else block.text),
    )


def arrange(entries: Iterable[Entry], published: Published = NOTHING) -> Archive:
    """Group snapshots into policies, in the order of `collation_key`."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for it in entries:
        groups[it.snapshot.site, it.snapshot.kind].append(it)
    segments, unsure = site_segments((site for site, _ in groups), published)
    captures = dict(published.captures)
    notices: list[tuple[str, Notice]] = []
    policies = []
    for (site, kind), same in groups.items():
        folder = policy_folder(segments[site], kind)
        placed = tuple(in_time(folder, same, published, captures))
        policies.append(Policy(site, segments[site], kind, placed))
        notices += [(it.source.path, notice) for it, notice in duplicates(placed)]
    policies.sort(key=lambda it: (collation_key(it.site_id), collation_key(kind_segment(it.kind))))
    sites = {**published.sites, **{site: segments[site] for site in unsure}}
    given = Published(sites, captures, damaged=published.damaged)
    return Archive(tuple(policies), notices, given)


def steps(archive: Archive) -> Mapping[str, tuple[Step, ...]]:
    """What changed in each policy from one capture to the next, by the policy's address.

    Nothing is told to return.
    """
    return {policy.url: tuple(_steps(archive, policy)) for policy in archive.policies}


def _steps(archive: Archive, policy: Policy) -> Iterator[Step]:
    for pair in pairs(policy):
        ends = {it.name: getattr(pair, it.name) for it in fields(pair)}
        old, new = archive.record(pair.before), archive.record(pair.after)
        summary = summarise(compare(old.document, new.document), old, new)
        if pair.before.sha256 == pair.after.sha256:
            summary = ChangeSummary()
        yield Step(**ends, summary=summary)
