"""What changed in each policy over time: every pair of its snapshots compared, and summed up.

Summaries are kept, under both records' keys; only pairs that are new are compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import NamedTuple

import msgspec

from policy_archive.build.parallel import OpenWorkers, Workers, run
from policy_archive.build.store import Store
from policy_archive.catalogue.archive import Archive, Entry
from policy_archive.catalogue.history import Pair, Step, pairs
from policy_archive.diff import ChangeSummary, compare, summarise
from policy_archive.model import Record

_BATCH_BYTES = 1_000_000
"""From how many bytes of packed records on a task takes no further pair of a policy."""


def steps(
    archive: Archive, store: Store, workers: Workers | OpenWorkers | None = None
) -> Mapping[str, tuple[Step, ...]]:
    """The steps of every policy, by its URL; only pairs that are new are compared."""
    known = store.changes()
    found = {
        policy.url: [(pair, _key(archive, pair)) for pair in pairs(policy)]
        for policy in archive.policies
    }
    missing = [
        [(pair, key) for pair, key in listed if key not in known and not _equal(pair)]
        for listed in found.values()
    ]
    started = workers(sum(map(len, missing))) if callable(workers) else nullcontext(workers)
    batches = (batch for listed in missing for batch in _batches(archive, store, listed))
    with started as at_work:
        for made in run(batches, _compare, at_work):
            store.put_changes(made)
            known |= made
    store.keep_only_changes(key for listed in found.values() for _, key in listed)
    return {
        url: tuple(_step(pair, known.get(key)) for pair, key in listed)
        for url, listed in found.items()
    }


def _key(archive: Archive, pair: Pair) -> str:
    """Of both records, corrected labels included, and through them the version of the code."""
    return ":".join((*archive.result(pair.before), *archive.result(pair.after)))


def _equal(pair: Pair) -> bool:
    return pair.before.sha256 == pair.after.sha256


def _step(pair: Pair, kept: bytes | None) -> Step:
    """The pair with its summary; equal bytes have none, and no change."""
    summary = msgspec.msgpack.decode(kept, type=ChangeSummary) if kept else ChangeSummary()
    return Step(pair.before, pair.after, pair.bridged, pair.since, summary)


class _Batch(NamedTuple):
    """Pairs of one policy with the records that they need, each once."""

    records: dict[str, bytes]
    pairs: list[tuple[str, str, str]]
    """Keys of the summary, of the old record, of the new one."""


def _batches(
    archive: Archive, store: Store, listed: Sequence[tuple[Pair, str]]
) -> Iterator[_Batch]:
    """The pairs of a policy, with their keys, as tasks: a policy's texts may be many, and long."""
    batch, size = _Batch({}, []), 0
    for pair, key in listed:
        for entry in (pair.before, pair.after):
            if entry.key not in batch.records:
                batch.records[entry.key] = _packed(archive, store, entry)
                size += len(batch.records[entry.key])
        batch.pairs.append((key, pair.before.key, pair.after.key))
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = _Batch({}, []), 0
    if batch.pairs:
        yield batch


def _packed(archive: Archive, store: Store, entry: Entry) -> bytes:
    kept = None if archive.result(entry)[1] else store.record(entry.key)
    return kept or msgspec.msgpack.encode(archive.record(entry))


def _compare(batch: _Batch) -> dict[str, bytes]:
    return dict(_compared(batch))


def _compared(batch: _Batch) -> Iterator[tuple[str, bytes]]:
    last: tuple[str, Record] | None = None
    for key, before, after in batch.pairs:
        old = last[1] if last and last[0] == before else _record(batch.records[before])
        new = _record(batch.records[after])
        summary = summarise(compare(old.document, new.document), old, new)
        yield key, msgspec.msgpack.encode(summary)
        last = after, new


def _record(data: bytes) -> Record:
    return msgspec.msgpack.decode(data, type=Record)
