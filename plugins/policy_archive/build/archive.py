"""From many sources to an archive: what the store does not hold is read, here or by workers."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from policy_archive.build.parallel import OpenWorkers, Workers, run
from policy_archive.build.store import Store
from policy_archive.build.tasks import cache_key, failure, read_source
from policy_archive.catalogue import moved, published, withdrawn
from policy_archive.catalogue.archive import Archive, Entry, Policy, arrange
from policy_archive.catalogue.published import Published
from policy_archive.catalogue.summary import Summary, packed, summarise, unpacked
from policy_archive.model import Notice, Record
from policy_archive.settings import Settings
from policy_archive.sources.files import Source
from policy_archive.sources.provenance import Claims
from policy_archive.topics import taxonomy
from policy_archive.topics.corrections import Corrections, load

_BATCH = 16
"""The most texts in a task."""
_BATCH_BYTES = 1_000_000
"""From how many bytes on a task takes no further text: long ones must not pile up in memory."""

Progress = Callable[[int, int], None]
"""Told how many of how many sources are done."""


@dataclass(frozen=True, slots=True)
class _Carried(Source):
    """A source with its bytes, for a process that may not see the file."""

    data: bytes = b""
    said: Claims | None = None

    def read(self) -> bytes:
        return self.data

    def claims(self) -> Claims | None:
        return self.said


@dataclass(frozen=True, slots=True)
class _Batch:
    """A task: sources to read."""

    sources: Sequence[Source]
    settings: Settings


@dataclass(frozen=True, slots=True)
class _Result:
    """What was read of the source called `name`, packed, or why it could not be."""

    name: str
    summary: bytes = b""
    record: bytes = b""
    failure: str = ""


def read_archive(
    sources: Iterable[Source],
    settings: Settings,
    store: Store | None = None,
    *,
    labels: Path | None = None,
    addresses: Path | None = None,
    workers: Workers | OpenWorkers | None = None,
    progress: Progress | None = None,
    whole: bool = True,
) -> Archive:
    """Read every source that the store does not hold, and arrange all of them.

    `labels` names the file of corrected labels; these are put into what the store gives back, so
    that changing them reads nothing anew. `addresses` names the list of addresses that are given
    already (see `catalogue.published`); it is read, not written.
    A source that cannot be read becomes a problem notice and stops nothing else. The result is
    the same for any workers and any order of sources. `workers` may be what starts them, told for
    how many sources. Where `sources` are not the `whole` archive, the store forgets no others.
    """
    store = store or Store()
    keyed, notices = _keys(sources, settings)
    # In the order of sources, which the store's is not.
    known: dict[str, Summary | None] = dict.fromkeys(keyed)
    known |= {key: unpacked(data) for key, data in store.summaries() if key in keyed}
    missing = [key for key in keyed if known[key] is None]
    unread = iter(missing)
    started = workers(len(missing)) if callable(workers) else nullcontext(workers)
    done = 0
    with started as at_work:
        tasks = _batches((keyed[key] for key in missing), settings)
        for batch in run(tasks, _read_batch, at_work):
            # Results come in the order of sources. Names will not do to tell them apart: one that
            # is not UTF-8 may be shown like another.
            good = [(key, r) for r, key in zip(batch, unread, strict=False) if not r.failure]
            store.put((key, r.summary, r.record) for key, r in good)
            known |= {key: unpacked(r.summary) for key, r in good}
            notices += [(r.name, _unreadable(r.failure)) for r in batch if r.failure]
            done += len(batch)
            if progress:
                progress(done, len(missing))
    terms = taxonomy.load(json.loads(settings.topics))
    corrections, faults = load(labels, terms) if labels else (Corrections(), ())
    notices += [(labels.name, fault) for fault in faults if labels]
    found = [
        (
            _corrected(summary, corrections, partial(_record, store, settings, key, keyed[key])),
            keyed[key],
            key,
        )
        for key, summary in known.items()
        if summary is not None
    ]
    found = [it for it in found if it[1].keeps(*_asked(it[0]))]
    given, wrong = published.read(addresses) if addresses else (published.NOTHING, [])
    notices += [(addresses.name, fault) for fault in wrong if addresses]
    arranged = arrange(found, given)
    notices += [(source.name, notice) for s, source, _ in found for notice in s.notices]
    if addresses and whole:
        notices += _moved(addresses, given, arranged.policies)
    notices = sorted([*notices, *arranged.notices], key=lambda n: (n[0], n[1].line, n[1].code))
    if whole:
        store.keep_only(keyed)
    return Archive(
        arranged.policies,
        terms,
        tuple(notices),
        partial(_load, store, settings, corrections),
        corrections.digest,
        arranged.published,
    )


def _moved(
    addresses: Path, given: Published, policies: Iterable[Policy]
) -> Iterator[tuple[str, Notice]]:
    """What would become of addresses that were published, if a site was built now."""
    pages = {
        f"{policy.url}{entry.segment}".removeprefix("policies/"): moved.capture(
            entry.sha256, entry.source.path
        )
        for policy in policies
        for entry in policy.entries
        if not entry.source.revision
    }
    hidden = withdrawn.read(addresses.with_name(withdrawn.NAME))
    former = moved.former(given.pages, pages, hidden)
    return ((addresses.name, notice) for notice in former.notices())


def record(source: Source, settings: Settings, store: Store) -> Record:
    """Everything that can be said of one text, from the store where that holds it.

    Raises:
        OSError: it cannot be read.
    """
    return _record(store, settings, cache_key(source, settings), source)


def _asked(summary: Summary) -> tuple[str, str, str]:
    return summary.snapshot.kind, summary.snapshot.captured, summary.language


def _keys(
    sources: Iterable[Source], settings: Settings
) -> tuple[dict[str, Source], list[tuple[str, Notice]]]:
    """Store keys of all sources that can be opened, in path order, and notices of the others."""
    keyed: dict[str, Source] = {}
    notices = []
    for source in sorted(sources, key=lambda source: (source.path, source.order)):
        if source.problem:
            notices.append((source.name, source.problem))
            continue
        try:
            key = cache_key(source, settings)
        except OSError as error:
            notices.append((source.name, _unreadable(str(error))))
            continue
        # Two files of one name and content are two; a version in two clones is one.
        while key in keyed and keyed[key].file != source.file and not source.revision:
            key = hashlib.sha256(key.encode()).hexdigest()
        keyed[key] = source
    return keyed, notices


def _batches(sources: Iterable[Source], settings: Settings) -> Iterator[_Batch]:
    """Sources with their bytes, since a worker may see other files."""
    batch: list[Source] = []
    size = 0
    for source in sources:
        try:
            data = source.read()
        except OSError:  # whoever reads it will find the same, and say so
            batch.append(source)
            data = b""
        else:
            batch.append(_carried(source, data))
        size += len(data)
        if len(batch) == _BATCH or size >= _BATCH_BYTES:
            yield _Batch(batch, settings)
            batch, size = [], 0
    if batch:
        yield _Batch(batch, settings)


def _carried(source: Source, data: bytes) -> Source:
    return _Carried(
        source.path,
        source.file,
        revision=source.revision,
        technical=source.technical,
        data=data,
        said=source.claims(),
    )


def _read_batch(batch: _Batch) -> list[_Result]:
    return [_read_one(source, batch.settings) for source in batch.sources]


def _read_one(source: Source, settings: Settings) -> _Result:
    # One file, however broken, must not stop the others: whatever it raises is its own problem.
    try:
        record = read_source(source, settings)
        return _Result(
            source.name,
            packed(summarise(record)),
            msgspec.msgpack.encode(record),
        )
    except Exception as error:
        return _Result(source.name, failure=failure(error))


def _unreadable(reason: str) -> Notice:
    return Notice(
        "unreadable",
        f"could not be read ({reason}); check the file, or take it out of the archive",
        "problem",
    )


def _load(store: Store, settings: Settings, corrections: Corrections, entry: Entry) -> Record:
    return corrections.apply(_record(store, settings, entry.key, entry.source))


def _record(store: Store, settings: Settings, key: str, source: Source) -> Record:
    data = store.record(key)
    if data is not None:
        return msgspec.msgpack.decode(data, type=Record)
    # Another build of the same folder has cleared it, or it could not be kept.
    return read_source(source, settings)


def _corrected(summary: Summary, corrections: Corrections, record: Callable[[], Record]) -> Summary:
    """The summary of the corrected record, where people have said something of its site."""
    if not corrections.concern(summary.snapshot.site):
        return summary
    return summarise(corrections.apply(record()))
